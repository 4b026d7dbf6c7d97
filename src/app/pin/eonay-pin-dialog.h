#pragma once

#include <adwaita.h>

#include "base/eonay-secret.h"
#include "session/sign/eonay-candidate.h"

G_BEGIN_DECLS

/**
 * EonayPinDialog: asks for the PIN of one certificate's card: whose, how many tries are left, how
 * long it is. Cannot be confirmed before the length fits; the last try is confirmed twice. Stays
 * open, busy, while the card works, so that a wrong PIN is reported where it was typed. The tries
 * shown follow the token; cannot be confirmed while the card is being queried.
 *
 * If the token's PIN is typed on the reader there is no entry: the dialog says so, starts by itself
 * (except for the last try, and after a mistake), and counts the seconds that the reader waits.
 *
 * Signals: `entered`, then eonay_pin_dialog_take_pin() returns it (a secret is never in a GValue),
 * or it is to be typed on the reader now; `cancelled`, the person cancelled or closed the dialog;
 * `forgotten`, the person does not remember the PIN, and nothing was sent.
 */
#define EONAY_TYPE_PIN_DIALOG (eonay_pin_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EonayPinDialog, eonay_pin_dialog, EONAY, PIN_DIALOG, AdwWindow)

GtkWidget *eonay_pin_dialog_new (GtkWindow *parent);

/**
 * eonay_pin_dialog_ask:
 * @candidate: whose PIN; the tries left and the rule are read from its token
 * @error: (nullable): the error of the last one
 *
 * Clears the entry and waits for the person.
 */
void eonay_pin_dialog_ask (EonayPinDialog *self, EonayCandidate *candidate, const GError *error);

/**
 * eonay_pin_dialog_take_pin:
 *
 * Returns: (transfer full): what was typed; the entry is wiped
 */
EonaySecret *eonay_pin_dialog_take_pin (EonayPinDialog *self);

/** Returns: what was shown and agreed to on confirmation */
const EonayPinConsent *eonay_pin_dialog_get_consent (EonayPinDialog *self);

/** Returns: whether the PIN is typed on the reader, so that there is none to take */
gboolean eonay_pin_dialog_is_on_reader (EonayPinDialog *self);

/** While busy the card is working: nothing can be typed or cancelled. */
void eonay_pin_dialog_set_busy (EonayPinDialog *self, gboolean busy);

/** Whether the countdown is large; see #EonayCountdown. */
void eonay_pin_dialog_set_large_countdown (EonayPinDialog *self, gboolean large);

/** Shows the countdown, which is not there before: only a portal has a clock. */
void eonay_pin_dialog_set_time (EonayPinDialog *self, guint seconds_left, guint total);

G_END_DECLS
