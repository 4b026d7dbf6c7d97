#pragma once

#include <adwaita.h>

#include "card/reader/eonay-reader-list.h"

G_BEGIN_DECLS

/**
 * EonayCardView: Kartım: every card in every reader, with its PINs and certificates; or the one
 * thing to do until there is one. Made of what is there when it is shown, and live from then on;
 * each time it comes on screen it has the cards asked for their tries left.
 */
#define EONAY_TYPE_CARD_VIEW (eonay_card_view_get_type ())
G_DECLARE_FINAL_TYPE (EonayCardView, eonay_card_view, EONAY, CARD_VIEW, AdwBin)

/** Once. */
void eonay_card_view_set_readers (EonayCardView *self, EonayReaderList *readers);

G_END_DECLS
