#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What a status word answers: the same one means different things. */
typedef enum {
  EONAY_STATUS_OF_COMMAND,
  EONAY_STATUS_OF_PIN,     /* VERIFY, or the question how many tries are left */
  EONAY_STATUS_OF_NEW_PIN, /* where a new PIN is set: the old one may be wrong, or the new refused */
  EONAY_STATUS_OF_ONLY_NEW_PIN, /* where nothing else is in the command */
  EONAY_STATUS_OF_PUK,          /* as for a new PIN, with a PUK in the old one's place */
} EonayStatusOf;

/**
 * eonay_status_word_to_error: the one table from ISO 7816-4 status words (5.6, tables 5 and 6) to
 * %EONAY_CARD_ERROR.
 * @what: what was asked, for the log: "SELECT"
 *
 * Returns: (transfer full) (nullable): %NULL for 9000; a wrong PIN or PUK carries the tries left
 */
GError *eonay_status_word_to_error (guint16 status, EonayStatusOf of, const char *what);

/** Returns: whether @status is 9000; else sets @error from the table */
gboolean eonay_status_word_check (guint16 status, EonayStatusOf of, const char *what,
                                  GError **error);

/**
 * eonay_status_word_to_pin_pad_error: what a reader's keypad says in the card's place (PC/SC part
 *   10, 2.5.4): the card has seen nothing then
 * @of: what was to be typed
 *
 * Returns: (transfer full) (nullable): %NULL when @status is the card's own. 6401, the person
 *   pressed cancel on the reader, is %G_IO_ERROR_CANCELLED
 */
GError *eonay_status_word_to_pin_pad_error (guint16 status, EonayStatusOf of);

/** Returns: the tries left that 63Cx, 6983 or 6984 tell about a PIN; -1 if @status tells nothing */
int eonay_status_word_get_tries_left (guint16 status);

G_END_DECLS
