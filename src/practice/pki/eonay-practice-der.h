#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Parts of a DER encoding (ITU-T X.690), built from the inside out. Every call returns a new
 * element (transfer full) and takes the elements that it is built of.
 */

/** An element of @tag around @first and the following ones, up to %NULL. */
GBytes *eonay_practice_der (guint8 tag, GBytes *first, ...) G_GNUC_NULL_TERMINATED;

/**
 * The concatenation of @first and the following elements, up to %NULL, without a tag of its own.
 */
GBytes *eonay_practice_der_join (GBytes *first, ...) G_GNUC_NULL_TERMINATED;

GBytes *eonay_practice_der_bytes (guint8 tag, const void *bytes, gsize length);

/** A UTF8String. */
GBytes *eonay_practice_der_text (const char *text);

/** A non-negative INTEGER, under a tag of its own for implicit tagging. */
GBytes *eonay_practice_der_integer (guint8 tag, guint32 value);

/** A BIT STRING with named bits; @bits: "0010000001", bit 0 first, ending in its last 1. */
GBytes *eonay_practice_der_bits (const char *bits);

G_END_DECLS
