#pragma once

#include "card/reader/eonay-reader-list.h"

G_BEGIN_DECLS

/**
 * EonayCardStatus: status of readers and cards, in the order of importance if there are several
 * readers.
 */
typedef enum {
  EONAY_CARD_STATUS_STARTING,
  EONAY_CARD_STATUS_NO_SERVICE,
  EONAY_CARD_STATUS_NO_ACCESS,
  EONAY_CARD_STATUS_OTHER_SERVICE,
  EONAY_CARD_STATUS_NO_READER,
  EONAY_CARD_STATUS_EMPTY,
  EONAY_CARD_STATUS_FAILED,
  EONAY_CARD_STATUS_UNSUPPORTED,
  EONAY_CARD_STATUS_READING,
  EONAY_CARD_STATUS_READY,
} EonayCardStatus;

/** Returns: the most important status of @service and its readers' @states (@n_readers of them) */
EonayCardStatus eonay_card_status_of (EonayServiceState service, const EonayReaderState *states,
                                      guint n_readers);

/**
 * eonay_card_status_describe:
 * @holder: (nullable): of the first certificate on the card
 * @model: (nullable): the card's family
 * @n_cards: how many cards are ready
 *
 * Returns: (transfer full)
 */
char *eonay_card_status_describe (EonayCardStatus card_status, const char *holder,
                                  const char *model, guint n_cards);

/**
 * eonay_card_status_describe_backend:
 * @text: description of the card
 * @reader: the reader's name
 * @backend: (nullable): what speaks to the card: eonay_token_get_backend()
 *
 * Returns: (transfer full): the three, one per line
 */
char *eonay_card_status_describe_backend (const char *text, const char *reader,
                                          const char *backend);

/**
 * eonay_card_status_dup_error:
 * @reader_error: (nullable): of the reader that the status is of
 *
 * Returns: (transfer full) (nullable): the error, for #EonayAdvice; %NULL if there is none
 */
GError *eonay_card_status_dup_error (EonayCardStatus card_status, const GError *reader_error);

/** Returns: (transfer none): a symbolic icon's name */
const char *eonay_card_status_get_icon (EonayCardStatus card_status);

G_END_DECLS
