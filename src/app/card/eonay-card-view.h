#pragma once

#include <adwaita.h>

#include "card/reader/eonay-reader-list.h"

G_BEGIN_DECLS

/**
 * EonayCardView: Kartım: every card in every reader, with its PINs and certificates; or what to do
 * until there is one. Built when it is first shown, and live from then on; each time it is shown it
 * has the cards report their tries left.
 */
#define EONAY_TYPE_CARD_VIEW (eonay_card_view_get_type ())
G_DECLARE_FINAL_TYPE (EonayCardView, eonay_card_view, EONAY, CARD_VIEW, AdwBin)

/** To be called once. */
void eonay_card_view_set_readers (EonayCardView *self, EonayReaderList *readers);

/** Shows how the PIN of @certificate, on the card @token, can be unblocked. */
void eonay_card_view_offer_unblocking (EonayCardView *self, EonayToken *token,
                                       EonayTokenCertificate *certificate);

G_END_DECLS
