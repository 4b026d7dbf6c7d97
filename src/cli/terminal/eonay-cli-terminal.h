#pragma once

#include <gio/gio.h>

#include "base/eonay-secret.h"
#include "cli/terminal/eonay-cli-size.h"

G_BEGIN_DECLS

/**
 * EonayCliTerminal: the controlling terminal, independent of standard input and output. Every wait
 * runs the main context, so that clock and card are not blocked, and ends early with
 * %G_IO_ERROR_CANCELLED once @stop is cancelled or the person ends the input.
 */
typedef struct _EonayCliTerminal EonayCliTerminal;

/** Returns: %NULL if there is no controlling terminal */
EonayCliTerminal *eonay_cli_terminal_new (GError **error);

void eonay_cli_terminal_free (EonayCliTerminal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCliTerminal, eonay_cli_terminal_free)

/**
 * eonay_cli_terminal_ask:
 *
 * Input from before the question is discarded.
 *
 * Returns: (transfer full): the line, without its end; %G_IO_ERROR_INVALID_DATA if it is too long
 *   or contains a NUL
 */
char *eonay_cli_terminal_ask (EonayCliTerminal *self, const char *question, GCancellable *stop,
                              GError **error);

/**
 * eonay_cli_terminal_confirm:
 *
 * Asks again until the answer is clear (eonay_cli_answer_read()).
 *
 * Returns: whether the answer was yes; no answer counts as no
 */
gboolean eonay_cli_terminal_confirm (EonayCliTerminal *self, const char *question,
                                     GCancellable *stop);

/** Returns: the present size of the screen */
EonayCliSize eonay_cli_terminal_measure (EonayCliTerminal *self);

/**
 * eonay_cli_terminal_has_room:
 *
 * Returns: whether the screen is large enough for a text; %EONAY_SESSION_ERROR_SCREEN_TOO_SMALL
 */
gboolean eonay_cli_terminal_has_room (EonayCliTerminal *self, GError **error);

/**
 * eonay_cli_terminal_show:
 * @text: the text that the person has to see before the next question
 * @room: the number of rows needed by what follows
 * @at: (out): the size of the screen at which all of it was shown
 *
 * Prints @text so that the person can read each row of it: if it is longer than the screen, a page
 * at a time, with a wait at its end unless that stays visible with @room more rows. If the window's
 * size changes meanwhile, @text is shown again from its beginning, as rows broken for the old size
 * may not be visible.
 *
 * Returns: %FALSE without an error if the person typed “q” instead of going on, ended the input, or
 *   @stop was cancelled, before all of @text was shown; %EONAY_SESSION_ERROR_SCREEN_TOO_SMALL
 */
gboolean eonay_cli_terminal_show (EonayCliTerminal *self, const char *text, guint room,
                                  EonayCliSize *at, GCancellable *stop, GError **error);

/**
 * eonay_cli_terminal_ask_secret:
 * @end: cancelled when the program has to end at once
 *
 * If @stop ends the question and @end does not, the person is asked to press Enter: until then, or
 * until nothing was typed for some seconds, the echo stays off, and input is discarded.
 *
 * Returns: (transfer full): the input, typed without echo
 */
EonaySecret *eonay_cli_terminal_ask_secret (EonayCliTerminal *self, const char *question,
                                            GCancellable *stop, GCancellable *end, GError **error);

/**
 * eonay_cli_terminal_read_line:
 * @fd: any file descriptor
 *
 * Reads exactly one line, and no byte after it.
 *
 * Returns: (transfer full): without the line's end; %G_IO_ERROR_CANCELLED at the end of the
 *   input, %G_IO_ERROR_INVALID_DATA for a line over %EONAY_SECRET_MAX bytes
 */
EonaySecret *eonay_cli_terminal_read_line (int fd, GCancellable *stop, GError **error);

G_END_DECLS
