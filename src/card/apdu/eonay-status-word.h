#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The kind of command that a status word answers, which determines its meaning. */
typedef enum {
  EONAY_STATUS_OF_COMMAND,
  EONAY_STATUS_OF_PIN,     /* VERIFY, or the query of the tries left */
  EONAY_STATUS_OF_NEW_PIN, /* a new PIN is set: the old one may be wrong, or the new one refused */
  EONAY_STATUS_OF_ONLY_NEW_PIN, /* the command has only a new PIN */
  EONAY_STATUS_OF_PUK,          /* as for a new PIN, with a PUK instead of the old one */
} EonayStatusOf;

/**
 * eonay_status_word_to_error: the one table from ISO 7816-4 status words (5.6, tables 5 and 6) to
 * %EONAY_CARD_ERROR.
 * @what: the command's name, for the log: "SELECT"
 *
 * Returns: (transfer full) (nullable): %NULL for 9000; a wrong PIN or PUK carries the tries left
 */
GError *eonay_status_word_to_error (guint16 status, EonayStatusOf of, const char *what);

/** Returns: whether @status is 9000; else sets @error from the table */
gboolean eonay_status_word_check (guint16 status, EonayStatusOf of, const char *what,
                                  GError **error);

/**
 * eonay_status_word_to_pin_pad_error: the table of a keypad's own status words (PC/SC part 10,
 *   2.5.4): the card has received nothing then
 * @of: what was to be typed
 *
 * Returns: (transfer full) (nullable): %NULL when @status is the card's own. 6401, the person
 *   pressed cancel on the reader, is %G_IO_ERROR_CANCELLED
 */
GError *eonay_status_word_to_pin_pad_error (guint16 status, EonayStatusOf of);

/** Returns: the tries left of a PIN from 63Cx, 6983 or 6984; -1 for any other @status */
int eonay_status_word_get_tries_left (guint16 status);

G_END_DECLS
