#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What a trace shows of an answer's data; its length and status word always. */
typedef enum {
  EONAY_TRACE_SHOWN,   /* random numbers, signatures */
  EONAY_TRACE_NUMBERS, /* all but a national id: GET DATA */
  EONAY_TRACE_OBJECTS, /* objects without the person in them: files, and what is not known */
  EONAY_TRACE_HIDDEN,  /* nothing */
} EonayTraceView;

/**
 * EonayTraceRule: what a trace may show of a command and its answer, by the command's instruction
 * (ISO 7816-4, 5.4.2) and nothing else: it is decided before anything is formatted.
 *
 * @has_body: whether the command carries data
 * @body_hidden: whether that data, and its length, must not be written: PINs, and whatever
 *   belongs to an instruction or class that is not known
 * @reads_file: the answer is a piece of a file: READ BINARY
 * @continues: the answer is the next piece of the previous one: GET RESPONSE
 * @short_id: of the file that is read; 0 for the selected one
 * @offset: in that file
 */
typedef struct {
  gboolean has_body;
  gboolean body_hidden;
  EonayTraceView answer;
  gboolean reads_file;
  gboolean continues;
  guint8 short_id;
  gsize offset;
} EonayTraceRule;

/** @command: at least 4 bytes; only its header and its lengths are looked at */
EonayTraceRule eonay_trace_rule_of_command (const guint8 *command, gsize length);

/** Returns: whether data follows the header: anything but a lone Le, if it is no right command */
gboolean eonay_trace_rule_has_body (const guint8 *command, gsize length);

G_END_DECLS
