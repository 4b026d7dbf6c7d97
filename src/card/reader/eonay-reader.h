#pragma once

#include <gio/gio.h>

#include "card/apdu/eonay-slot-source.h"
#include "card/driver/eonay-card-cache.h"
#include "card/driver/eonay-card-driver.h"
#include "card/driver/eonay-card.h"
#include "card/token/eonay-token.h"

G_BEGIN_DECLS

typedef enum {
  EONAY_READER_EMPTY,
  EONAY_READER_READING,     /* a card is in; its certificates are being read */
  EONAY_READER_READY,       /* `token` is set */
  EONAY_READER_UNSUPPORTED, /* no driver knows the card; `error` is set */
  EONAY_READER_FAILED,      /* `error` is set */
} EonayReaderState;

#define EONAY_TYPE_READER_STATE (eonay_reader_state_get_type ())
GType eonay_reader_state_get_type (void);

/** The families of cards that are known, in the order in which they are asked; %NULL at the end. */
extern const EonayCardDriver *const eonay_reader_families[];

/**
 * EonayReader: a slot with its own worker thread, which owns the slot's transport.
 *
 * Properties, with notify on the main thread: `name` (string), `state` (#EonayReaderState),
 * `token` (#EonayToken, %NULL but in %EONAY_READER_READY), `error` (GError, %NULL but in
 * UNSUPPORTED and FAILED). `token` and `error` are set before `state` is notified.
 */
#define EONAY_TYPE_READER (eonay_reader_get_type ())
G_DECLARE_FINAL_TYPE (EonayReader, eonay_reader, EONAY, READER, GObject)

/**
 * eonay_reader_new:
 * @timeout: for how many milliseconds a card may keep silent, usually %EONAY_WORKER_TIMEOUT;
 *   then the reader has failed with %EONAY_CARD_ERROR_UNRESPONSIVE (or _BUSY), and its token dies
 *
 * Returns: (transfer full): an empty reader; the list feeds it with the source's events
 */
EonayReader *eonay_reader_new (EonaySlotSource *source, const char *name, guint timeout);

/** Returns: (transfer none): to put on screen (eonay_text_class_make_name()) */
const char *eonay_reader_get_name (EonayReader *self);

/** Returns: (transfer none) (nullable): as the slot source calls it; %NULL for a lent reader */
const char *eonay_reader_get_slot (EonayReader *self);

EonayReaderState eonay_reader_get_state (EonayReader *self);

/** Returns: (transfer none) (nullable) */
EonayToken *eonay_reader_get_token (EonayReader *self);

/** Returns: (transfer none) (nullable) */
const GError *eonay_reader_get_error (EonayReader *self);

/**
 * Returns: milliseconds since the card gave its last sign of life, while something is done with
 *   it: a slow card that is being read goes on giving them. %G_MAXINT while nothing is done
 */
int eonay_reader_get_silence (EonayReader *self);

/** Reads the card again, after a failure that may have passed. */
void eonay_reader_retry (EonayReader *self);

/* For what PKCS#11 modules know of cards. */

/**
 * eonay_reader_new_lent: a reader that no PC/SC slot stands for
 * @token: (transfer full) (nullable)
 * @error: (transfer full) (nullable): if there is no token
 */
EonayReader *eonay_reader_new_lent (const char *name, EonayToken *token, GError *error);

/** Whether it comes of eonay_reader_new_lent(). */
gboolean eonay_reader_is_module (EonayReader *self);

/** Reads the card again, if there is one; a token that was lent is no more. */
void eonay_reader_read_again (EonayReader *self);

/** As eonay_reader_new_lent(), until the card that is in @self leaves or is read again. */
void eonay_reader_lend (EonayReader *self, EonayToken *token, GError *error);

/** Resets the card in @self whenever a request is over that a module carried out with @token. */
void eonay_reader_reset_after (EonayReader *self, EonayToken *token);

/** Returns: whether a driver of the program's own has read the card, and how well it signs */
gboolean eonay_reader_get_knowledge (EonayReader *self, EonaySigningKnowledge *knowledge);

/** Returns: a number that changes with each card, and each reading of one */
guint eonay_reader_get_reading (EonayReader *self);

/* For the list, which hears the source's signals. @cache: (nullable) */
void eonay_reader_set_cache (EonayReader *self, EonayCardCache *cache);
void eonay_reader_set_allow_experimental (EonayReader *self, gboolean allow);
void eonay_reader_card_inserted (EonayReader *self);
void eonay_reader_card_removed (EonayReader *self);

/** The service that the reader belongs to has gone, and the reader's card will with it. */
void eonay_reader_service_lost (EonayReader *self);

/** Reads the card again if it was busy. */
void eonay_reader_card_released (EonayReader *self);

G_END_DECLS
