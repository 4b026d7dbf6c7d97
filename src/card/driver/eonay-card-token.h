#pragma once

#include "card/apdu/eonay-worker.h"
#include "card/driver/eonay-card.h"

G_BEGIN_DECLS

/** EonayCardToken: a token on a card that Eonay speaks to itself. Main thread. */
#define EONAY_TYPE_CARD_TOKEN (eonay_card_token_get_type ())
G_DECLARE_FINAL_TYPE (EonayCardToken, eonay_card_token, EONAY, CARD_TOKEN, EonayToken)

EonayToken *eonay_card_token_new (EonayCard *card, EonayWorker *worker, const char *reader_name);

G_END_DECLS
