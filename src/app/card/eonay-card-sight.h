#pragma once

#include "card/reader/eonay-reader-list.h"

G_BEGIN_DECLS

/**
 * EonayCardSight: what there is to say about readers and cards, in the order of importance when
 * there are several readers.
 */
typedef enum {
  EONAY_CARD_SIGHT_STARTING,
  EONAY_CARD_SIGHT_NO_SERVICE,
  EONAY_CARD_SIGHT_NO_ACCESS,
  EONAY_CARD_SIGHT_OTHER_SERVICE,
  EONAY_CARD_SIGHT_NO_READER,
  EONAY_CARD_SIGHT_EMPTY,
  EONAY_CARD_SIGHT_FAILED,
  EONAY_CARD_SIGHT_UNSUPPORTED,
  EONAY_CARD_SIGHT_READING,
  EONAY_CARD_SIGHT_READY,
} EonayCardSight;

/** Returns: what is worth saying of @service and its readers' @states (@n_readers of them) */
EonayCardSight eonay_card_sight_of (EonayServiceState service, const EonayReaderState *states,
                                    guint n_readers);

/**
 * eonay_card_sight_describe:
 * @holder: (nullable): of the first certificate on the card
 * @model: (nullable): the card's family
 * @n_cards: how many cards are ready
 *
 * Returns: (transfer full)
 */
char *eonay_card_sight_describe (EonayCardSight sight, const char *holder, const char *model,
                                 guint n_cards);

/**
 * eonay_card_sight_describe_way:
 * @text: what is said of the card
 * @reader: the reader's name
 * @way: what speaks to the card: eonay_token_get_way()
 *
 * Returns: (transfer full): the three, a line each
 */
char *eonay_card_sight_describe_way (const char *text, const char *reader, const char *way);

/**
 * eonay_card_sight_dup_error:
 * @reader_error: (nullable): of the reader that the sight is of
 *
 * Returns: (transfer full) (nullable): what is wrong, for #EonayAdvice; %NULL if nothing is
 */
GError *eonay_card_sight_dup_error (EonayCardSight sight, const GError *reader_error);

/** Returns: (transfer none): a symbolic icon's name */
const char *eonay_card_sight_get_icon (EonayCardSight sight);

G_END_DECLS
