#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The longest frame, in bytes. */
#define EONAY_FRAME_MAX (4 * 1024 * 1024)

/*
 * What the program and one of its hosts (base/host/eonay-host-process.h) say to each other: one
 * serialised GVariant a frame, in the machine's byte order. A PIN is in none. A host may have been
 * taken over by what it runs: nothing is read of a frame before its length, type and normal form
 * are known to be right, which GLib checks in linear time from 2.74.4 on. What is read then still
 * has counts and texts to be checked.
 */

/**
 * eonay_frame_open:
 * @type: a type string
 *
 * Returns: (transfer full) (nullable): %NULL if @bytes are too long, or no such value in normal form
 */
GVariant *eonay_frame_open (const char *type, GBytes *bytes);

/* The parts of a frame. Each eonay_frame_new_…() returns a floating reference. */

/** @text: (nullable): goes as "" */
GVariant *eonay_frame_new_text (const char *text);

/** @bytes: (nullable): goes as empty. Returns: of type "ay" */
GVariant *eonay_frame_new_bytes (GBytes *bytes);

/** @list: (nullable) (element-type GBytes). Returns: of type "aay" */
GVariant *eonay_frame_new_list (GPtrArray *list);

/** Returns: (transfer full) (nullable): a line to put on screen; %NULL for control characters */
char *eonay_frame_read_text (const char *text);

/** Returns: (transfer full): a copy of an "ay" */
GBytes *eonay_frame_read_bytes (GVariant *bytes);

/** Returns: (transfer full) (nullable) (element-type GBytes): an "aay"; %NULL if it is too long */
GPtrArray *eonay_frame_read_list (GVariant *list);

G_END_DECLS
