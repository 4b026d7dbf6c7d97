#pragma once

#include <adwaita.h>

#include "card/token/eonay-token.h"

G_BEGIN_DECLS

/** EonayCardPanel: one card: its description, its PINs, its certificates. It follows its token. */
#define EONAY_TYPE_CARD_PANEL (eonay_card_panel_get_type ())
G_DECLARE_FINAL_TYPE (EonayCardPanel, eonay_card_panel, EONAY, CARD_PANEL, GtkBox)

GtkWidget *eonay_card_panel_new (EonayToken *token);

/** Returns: (transfer none) */
EonayToken *eonay_card_panel_get_token (EonayCardPanel *self);

/** Shows how the PIN of @certificate can be unblocked, and moves the focus there. */
void eonay_card_panel_offer_unblocking (EonayCardPanel *self, EonayTokenCertificate *certificate);

G_END_DECLS
