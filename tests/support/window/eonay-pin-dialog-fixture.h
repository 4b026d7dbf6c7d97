#pragma once

#include "app/pin/eonay-change-pin-dialog.h"
#include "eonay-window-fixture.h"

G_BEGIN_DECLS

/* The dialog for a change or an unblocking, above a practice card. */
typedef struct {
  EonayWindowFixture fixture;
  GtkWidget *dialog;
  EonayToken *token;
} EonayPinDialogFixture;

/** Opens the window with @card in the reader. */
void eonay_pin_dialog_fixture_open (EonayPinDialogFixture *self, int card, int width, int height);

/** Opens the dialog for the card's first key. */
void eonay_pin_dialog_fixture_begin (EonayPinDialogFixture *self, EonayTokenRequestKind kind);

/** Closes the dialog and checks that it is finalized. */
void eonay_pin_dialog_fixture_end (EonayPinDialogFixture *self);

/** Ends, and closes the window. */
void eonay_pin_dialog_fixture_close (EonayPinDialogFixture *self);

/** Returns: (transfer none): the entry that screen readers call @name */
GtkEditable *eonay_pin_dialog_fixture_find_entry (EonayPinDialogFixture *self, const char *name);
void eonay_pin_dialog_fixture_type (EonayPinDialogFixture *self, const char *name,
                                    const char *text);

/** Clicks a button, which has to be there and sensitive. */
void eonay_pin_dialog_fixture_click (EonayPinDialogFixture *self, const char *label);
gboolean eonay_pin_dialog_fixture_can_click (EonayPinDialogFixture *self, const char *label);

/** Runs the main loop until the dialog says @text in a label of its own. */
void eonay_pin_dialog_fixture_await (EonayPinDialogFixture *self, const char *text);
gboolean eonay_pin_dialog_fixture_says (EonayPinDialogFixture *self, const char *text);

/** Returns: the status word of a command to the card, past the program */
guint16 eonay_pin_dialog_fixture_send (EonayPinDialogFixture *self, const guint8 *command,
                                       gsize length);

G_END_DECLS
