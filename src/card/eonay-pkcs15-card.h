#pragma once

#include "card/eonay-card.h"
#include "card/eonay-pkcs15-facts.h"
#include "card/eonay-pkcs15-objects.h"

G_BEGIN_DECLS

/**
 * EonayPkcs15Application: how to get back to the application that was listed.
 *
 * @facts: of the family
 * @aid: selects it; empty when only the path does
 * @df: where it lies under the MF
 */
typedef struct {
  const EonayPkcs15Facts *facts;
  guint8 aid[16];
  gsize aid_length;
  guint8 df[EONAY_PKCS15_PATH_MAX];
  gsize df_length;
} EonayPkcs15Application;

/**
 * EonayPkcs15Card: a listed PKCS#15 card. Signs with SELECT, VERIFY, and one MSE and PSO for each
 * digest; before the PIN it asks for the tries left, if the family answers that without harm.
 *
 * Label and serial number are "" until TokenInfo has been read, which a listing does without.
 */
#define EONAY_TYPE_PKCS15_CARD (eonay_pkcs15_card_get_type ())
G_DECLARE_FINAL_TYPE (EonayPkcs15Card, eonay_pkcs15_card, EONAY, PKCS15_CARD, EonayCard)

/**
 * eonay_pkcs15_card_new:
 * @objects: (transfer full)
 * @atr: of the card, to know it again
 */
EonayPkcs15Card *eonay_pkcs15_card_new (const EonayPkcs15Application *application,
                                        EonayPkcs15Objects *objects, GBytes *atr);

/** Adds a certificate that was read. */
void eonay_pkcs15_card_add (EonayPkcs15Card *self, const EonayPkcs15Certificate *entry,
                            GBytes *der);

G_END_DECLS
