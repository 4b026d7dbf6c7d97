#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Whether a family's own way to sign is known. */
typedef enum {
  EONAY_SIGNING_PROVEN,       /* from public documents or seen, or the card itself tells it */
  EONAY_SIGNING_PARTIAL,      /* so for some of the card's keys, only a PKCS#11 module for others */
  EONAY_SIGNING_EXPERIMENTAL, /* inferred: only for those who switch it on */
  EONAY_SIGNING_UNKNOWN,      /* only a PKCS#11 module can */
} EonaySigningKnowledge;

/**
 * EonayTokenDescription: what does not change of a card while it is in. Counted references.
 *
 * Who lists the card fills it, on one thread. Once a token shows it (eonay_token_describe()) nobody
 * writes to it, and any thread may read it. Only label and serial number may come later:
 * eonay_token_description_name().
 *
 * @model: the card's family for people: "PKCS#15", "AKİS v2.2"
 * @module_name: (nullable): a constant: the file name of the PKCS#11 module that is made for such cards
 * @knowledge: %EONAY_SIGNING_UNKNOWN at first
 * @knows_pins: whether PINs can be changed and unblocked although no key may be used
 * @certificates: (element-type EonayTokenCertificate)
 * @atr: (nullable): the answer to reset, to know the card again
 * @insertion: eonay_transport_get_insertion() when it was read
 */
typedef struct {
  char *model;
  const char *module_name;
  EonaySigningKnowledge knowledge;
  gboolean knows_pins;
  GPtrArray *certificates;
  GBytes *atr;
  guint insertion;
  /*< private >*/
  char *label;
  char *serial;
  gboolean is_named;
} EonayTokenDescription;

EonayTokenDescription *eonay_token_description_new (const char *model);
EonayTokenDescription *eonay_token_description_ref (EonayTokenDescription *self);
void eonay_token_description_unref (EonayTokenDescription *self);

/**
 * eonay_token_description_name: what the card says of label and serial number, at any time; a second
 *   call changes nothing
 * @label, @serial: (transfer full) (nullable)
 */
void eonay_token_description_name (EonayTokenDescription *self, char *label, char *serial);

/** Returns: whether eonay_token_description_name() was called; for the thread that does */
gboolean eonay_token_description_is_named (const EonayTokenDescription *self);

/** Returns: (transfer none): "" until it is known */
const char *eonay_token_description_get_label (EonayTokenDescription *self);
const char *eonay_token_description_get_serial (EonayTokenDescription *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayTokenDescription, eonay_token_description_unref)

G_END_DECLS
