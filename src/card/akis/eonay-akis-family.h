#pragma once

#include "card/driver/eonay-card.h"
#include "card/pin/eonay-card-pin.h"

G_BEGIN_DECLS

/** How a key is named before a signature. */
typedef enum {
  EONAY_AKIS_MSE_KEY_IN_P2, /* 00 22 C3 and the key's number, no content; RSA only */
  EONAY_AKIS_MSE_TEMPLATE,  /* 00 22 41 B6 with algorithm and key (ISO 7816-8, 11.2) */
} EonayAkisMse;

/**
 * EonayAkisFamily: what one generation of AKİS cards has settled.
 *
 * @model: for people
 * @signing: whether its way to sign, and to change the PIN, is known
 * @unblocking: whether its way to unblock is known
 * @encoding: of PIN and PUK
 * @change: how the PIN is changed
 * @tries_max: of the PIN; -1 when unknown
 * @select_df: P1 of a SELECT that names a folder by its identifier
 * @longest_read: bytes of one READ BINARY; 0 when nothing but the command's form limits it
 * @mse: how a key is named
 * @pin_each_time: whether each signature wants a VERIFY of its own
 * @wants_description: whether a PIN is only sent if the card's directory says how it is kept: a
 *   wrong guess at its bytes would cost a try
 */
typedef struct {
  const char *model;
  EonaySigningKnowledge signing;
  EonaySigningKnowledge unblocking;
  EonayPinEncoding encoding;
  EonayChangeStyle change;
  int tries_max;
  guint8 select_df;
  gsize longest_read;
  EonayAkisMse mse;
  gboolean pin_each_time;
  gboolean wants_description;
} EonayAkisFamily;

/**
 * eonay_akis_family_recognise:
 * @atr: any answer to reset
 *
 * Returns: (transfer none) (nullable): %NULL for what is no AKİS card
 */
const EonayAkisFamily *eonay_akis_family_recognise (const guint8 *atr, gsize length);

G_END_DECLS
