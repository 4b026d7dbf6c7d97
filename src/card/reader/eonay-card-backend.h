#pragma once

#include "card/driver/eonay-card.h"

G_BEGIN_DECLS

/*
 * Which way to a card: the program's own driver, or a PKCS#11 module. Pure functions.
 */

typedef enum {
  EONAY_CARD_BACKEND_NATIVE,
  EONAY_CARD_BACKEND_MODULE,
} EonayCardBackend;

/**
 * EonayCardBackendFacts
 *
 * @known: whether a native driver has read the card
 * @knowledge: of that driver; means nothing without @known
 * @experimental: whether the person has switched experimental signing on
 * @remembered: (nullable): the path of the module that has signed with this card
 * @module: (nullable): the path of a module that has the card
 */
typedef struct {
  gboolean known;
  EonaySigningKnowledge knowledge;
  gboolean experimental;
  const char *remembered;
  const char *module;
} EonayCardBackendFacts;

/** Returns: whether modules have to be asked about such a card; the others are left alone */
gboolean eonay_card_backend_wants_module (const EonayCardBackendFacts *facts);

EonayCardBackend eonay_card_backend_choose (const EonayCardBackendFacts *facts);

/**
 * Returns: whether a slot with that description (CK_SLOT_INFO has room for 64 bytes of it) is the
 *   PC/SC reader of that name
 */
gboolean eonay_card_backend_is_reader (const char *description, const char *reader_name);

/**
 * eonay_card_backend_is_same_card:
 * @certificates: (element-type EonayTokenCertificate): of a module's token
 *
 * Returns: whether @token has all of them that have keys, or all of them if none has: some ways
 *   show the issuers' certificates, others do not; %FALSE if there are none
 */
gboolean eonay_card_backend_is_same_card (EonayToken *token, GPtrArray *certificates);

G_END_DECLS
