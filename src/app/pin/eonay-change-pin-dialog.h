#pragma once

#include <adwaita.h>

#include "card/token/eonay-token.h"

G_BEGIN_DECLS

/**
 * EonayChangePinDialog: PIN’i değiştir, and Kilidi çöz with the PUK: asks for the present PIN or the
 * PUK and for a new PIN, or has them typed on the reader; confirms the last try; stays open while
 * the card works, and shows the outcome. A wrong one is reported where it was typed. Once the card
 * is removed nothing can be typed any more.
 *
 * Closes itself when it is done.
 */
#define EONAY_TYPE_CHANGE_PIN_DIALOG (eonay_change_pin_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EonayChangePinDialog, eonay_change_pin_dialog, EONAY, CHANGE_PIN_DIALOG,
                      AdwWindow)

/**
 * eonay_change_pin_dialog_new:
 * @certificate: (nullable): selects the PIN of its key; %NULL for the token's first
 * @kind: %EONAY_TOKEN_REQUEST_CHANGE_PIN or %EONAY_TOKEN_REQUEST_UNBLOCK
 */
GtkWidget *eonay_change_pin_dialog_new (GtkWindow *parent, EonayToken *token,
                                        EonayTokenCertificate *certificate,
                                        EonayTokenRequestKind kind);

G_END_DECLS
