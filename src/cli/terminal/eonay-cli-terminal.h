#pragma once

#include <gio/gio.h>

#include "base/eonay-secret.h"
#include "cli/terminal/eonay-cli-size.h"

G_BEGIN_DECLS

/**
 * EonayCliTerminal: the person at the controlling terminal, wherever standard input and output
 * go. Every wait runs the main context, so that clock and card are not kept waiting, and ends
 * early with %G_IO_ERROR_CANCELLED once @stop is cancelled or the person ends the input.
 */
typedef struct _EonayCliTerminal EonayCliTerminal;

/** Returns: %NULL if there is no controlling terminal */
EonayCliTerminal *eonay_cli_terminal_new (GError **error);

void eonay_cli_terminal_free (EonayCliTerminal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCliTerminal, eonay_cli_terminal_free)

/**
 * eonay_cli_terminal_ask:
 *
 * What was typed before the question is thrown away.
 *
 * Returns: (transfer full): the line, without its end; %G_IO_ERROR_INVALID_DATA for one that is
 *   too long or has a NUL
 */
char *eonay_cli_terminal_ask (EonayCliTerminal *self, const char *question, GCancellable *stop,
                              GError **error);

/**
 * eonay_cli_terminal_confirm:
 *
 * Asks again until the answer is clear (eonay_cli_answer_read()).
 *
 * Returns: whether the answer was yes; no answer is no
 */
gboolean eonay_cli_terminal_confirm (EonayCliTerminal *self, const char *question,
                                     GCancellable *stop);

/** Returns: what the screen has now */
EonayCliSize eonay_cli_terminal_measure (EonayCliTerminal *self);

/**
 * eonay_cli_terminal_has_room:
 *
 * Returns: whether a text can be read there; %EONAY_SESSION_ERROR_SCREEN_TOO_SMALL
 */
gboolean eonay_cli_terminal_has_room (EonayCliTerminal *self, GError **error);

/**
 * eonay_cli_terminal_show:
 * @text: what the person has to have seen before the next question
 * @room: how many rows what comes next may take
 * @at: (out): the size of the screen that all of it was shown at
 *
 * Prints @text so that the person can read each row of it: where it is longer than the screen, a
 * page at a time, and with a wait at its end unless that stays on the screen with @room rows more.
 * When the window gets another size meanwhile, @text is shown again from its beginning, since a row
 * that was broken for the old size need not be on the screen.
 *
 * Returns: %FALSE without an error if the person typed “q” instead of going on, ended the input, or
 *   @stop was cancelled, before all of @text was shown; %EONAY_SESSION_ERROR_SCREEN_TOO_SMALL
 */
gboolean eonay_cli_terminal_show (EonayCliTerminal *self, const char *text, guint room,
                                  EonayCliSize *at, GCancellable *stop, GError **error);

/**
 * eonay_cli_terminal_ask_secret:
 * @end: cancelled when the program is to end at once
 *
 * Where @stop ends the question and @end does not, the person is asked for an Enter: until then, or
 * until nothing has been typed for some seconds, the terminal stays silent, and what is typed is
 * thrown away.
 *
 * Returns: (transfer full): what was typed, without being shown
 */
EonaySecret *eonay_cli_terminal_ask_secret (EonayCliTerminal *self, const char *question,
                                            GCancellable *stop, GCancellable *end, GError **error);

/**
 * eonay_cli_terminal_read_line:
 * @fd: any file descriptor
 *
 * Reads one line and not a byte more.
 *
 * Returns: (transfer full): without the line's end; %G_IO_ERROR_CANCELLED at the end of the
 *   input, %G_IO_ERROR_INVALID_DATA for a line over %EONAY_SECRET_MAX bytes
 */
EonaySecret *eonay_cli_terminal_read_line (int fd, GCancellable *stop, GError **error);

G_END_DECLS
