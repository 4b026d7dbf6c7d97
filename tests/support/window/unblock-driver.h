#pragma once

#include "eonay-window-fixture.h"

G_BEGIN_DECLS

/* What a person does in the dialog of an unblocking. */

/** Returns: (nullable): the dialog, if it is open */
GtkWidget *unblock_driver_find (void);

/** Puts the blocked card in, and opens the dialog from the window's action. */
GtkWidget *unblock_driver_open (EonayWindowFixture *fixture);

/** Waits until the dialog shows a label of these words. */
void unblock_driver_await (GtkWidget *dialog, const char *words);

/** Presses the button of that label. */
void unblock_driver_press (GtkWidget *dialog, const char *label);

/** Types into the password entries that are shown, one after the other. */
void unblock_driver_type (GtkWidget *dialog, const char *text);

/** Enters a code of the practice portal. @wish, @fault: (nullable) */
void unblock_driver_enter_code (EonayWindowFixture *fixture, GtkWidget *dialog,
                                const EonayPracticeUnblockWish *wish, const char *fault);

/* From one page to the next, as it should be. */
void unblock_driver_word (EonayWindowFixture *fixture, GtkWidget *dialog);
void unblock_driver_sms (EonayWindowFixture *fixture, GtkWidget *dialog);
void unblock_driver_new_pin (GtkWidget *dialog, const char *pin);

G_END_DECLS
