#pragma once

#include "card/pcsc/eonay-pcsc-probe.h"
#include "card/reader/eonay-reader.h"
#include "session/sign/eonay-candidate.h"

G_BEGIN_DECLS

/** The properties of a certificate in the diagnosis, without names and numbers of persons. */
typedef struct {
  EonayCandidateReasons reasons;
  gboolean is_qualified;
  int days_left;
  GDateTime *not_before;
  GDateTime *not_after;
} EonayCertificateFacts;

/**
 * EonayCardFacts: a reader and its card.
 *
 * @reader: its name; the module's name for a module without readers
 * @is_module: whether it belongs to a PKCS#11 module
 * @error: (nullable): of the reader
 * @is_mute: the card in it does not answer the service
 * @atr: "3B 9F …", "" if it is not known
 * @model, @serial, @can_use_keys: of the token; "" and %FALSE without one
 * @backend: (nullable): of the token
 * @module: the file name of the module that is made for such cards; "" if it is not known
 * @pin_error: (nullable): why the card did not report the state of its PINs now; @pins is older
 *   then
 * @pins: (element-type EonayPinState): of each PIN that a key has; @puks: those that unblock them
 * @unblock_errors: (element-type GError): for each PIN why it could not be unblocked with a PUK;
 *   %NULL if it could
 * @certificates: (element-type EonayCertificateFacts)
 * @n_unreadable: number of unreadable certificates
 */
typedef struct {
  char *reader;
  EonayReaderState state;
  gboolean is_module;
  GError *error;
  gboolean is_mute;
  char *atr;
  char *model;
  char *serial;
  char *backend;
  char *module;
  gboolean can_use_keys;
  GError *pin_error;
  GArray *pins;
  GArray *puks;
  GPtrArray *unblock_errors;
  GPtrArray *certificates;
  guint n_unreadable;
} EonayCardFacts;

/** Returns: (transfer full): of a reader named @reader in @state, without further facts */
EonayCardFacts *eonay_card_facts_new (const char *reader, EonayReaderState state);

/**
 * eonay_card_facts_gather:
 * @snapshot: (nullable): the service's state of the same reader
 * @candidates: of the readers that @reader is one of
 */
EonayCardFacts *eonay_card_facts_gather (EonayReader *reader,
                                         const EonayPcscProbeSnapshot *snapshot,
                                         EonayCandidateList *candidates, GDateTime *now);

/** Adds a certificate. @not_before, @not_after: (transfer none) */
void eonay_card_facts_add_certificate (EonayCardFacts *self, EonayCandidateReasons reasons,
                                       gboolean is_qualified, int days_left, GDateTime *not_before,
                                       GDateTime *not_after);

/** Returns: whether the error is a PKCS#11 module's, not the card's or the reader's */
gboolean eonay_card_facts_blames_module (const EonayCardFacts *self);

/** Returns: whether there is a reader; a failed module is not one */
gboolean eonay_card_facts_is_reader (const EonayCardFacts *self);

/** Returns: whether the card answers and has a certificate that can sign now */
gboolean eonay_card_facts_can_sign (const EonayCardFacts *self);

void eonay_card_facts_free (EonayCardFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCardFacts, eonay_card_facts_free)

G_END_DECLS
