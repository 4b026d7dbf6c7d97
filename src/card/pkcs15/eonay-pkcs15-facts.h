#pragma once

#include "card/pin/eonay-card-pin.h"

G_BEGIN_DECLS

/**
 * EonayPkcs15Facts: what PKCS#15 leaves open and one family of cards has settled.
 *
 * @model: for people
 * @aid: what selects the application
 * @df: where the application's files lie under the MF
 * @atr: (nullable): the whole answer to reset of these cards
 * @historical: (nullable): what their historical bytes contain
 * @empty_verify: whether a VERIFY without content tells the tries left and costs none. Some
 *   cards count it as a wrong PIN, so it is only sent where it was seen to be harmless
 * @unpadded_verify: whether VERIFY takes a PIN without its padding as well as with it; elsewhere
 *   that would be a guess which could cost a try
 * @extended: whether these cards take extended lengths although their answer to reset does not
 *   say so
 * @odf_short_id: the ODF's short file identifier (ISO 7816-4, 7.3.2); 0 when it has to be selected
 * @token_info_short_id: TokenInfo's, likewise
 * @tries_max: of the PIN; -1 when unknown
 * @manufacturer: (nullable): how TokenInfo's manufacturer begins, where the answer to reset does
 *   not tell the family
 * @puk: (nullable): of cards that do not describe their PUK; its reference is that of the PIN
 * @names_key_file: whether MSE SET names the file that a key lies in, and key 00 there
 * @module: (nullable): the file name of the PKCS#11 module that is made for such cards
 * @rsa: algorithm reference for RSA over a DigestInfo that the card pads; 0 when unknown
 * @ecdsa: algorithm reference for ECDSA over a bare hash; 0 when unknown
 * @rsa_pss: algorithm reference for RSA-PSS over a bare hash; 0 when unknown
 */
typedef struct {
  const char *model;
  const guint8 *aid;
  gsize aid_length;
  const guint8 *df;
  gsize df_length;
  const char *atr;
  const char *historical;
  const char *manufacturer;
  gboolean empty_verify;
  gboolean unpadded_verify;
  gboolean extended;
  guint8 odf_short_id;
  guint8 token_info_short_id;
  int tries_max;
  const EonayCardPinRules *puk;
  gboolean names_key_file;
  const char *module;
  guint8 rsa;
  guint8 ecdsa;
  guint8 rsa_pss;
} EonayPkcs15Facts;

/**
 * eonay_pkcs15_facts_candidates:
 *
 * Returns: (transfer container) (element-type EonayPkcs15Facts): the families to try, in order:
 *   first those that the answer to reset speaks for, then the standard, then the rest. A family
 *   that can only be known by its answer to reset is left out where it does not fit.
 */
GPtrArray *eonay_pkcs15_facts_candidates (const guint8 *atr, gsize length);

/**
 * eonay_pkcs15_facts_find_by_manufacturer: for a card that the standard's facts have opened
 * @manufacturer: (nullable): from TokenInfo
 *
 * Returns: (transfer none): the family's facts; the standard's where the manufacturer is unknown
 */
const EonayPkcs15Facts *eonay_pkcs15_facts_find_by_manufacturer (const char *manufacturer);

/** Returns: (transfer none): what is known of a card that is none of the families */
const EonayPkcs15Facts *eonay_pkcs15_facts_get_standard (void);

G_END_DECLS
