#pragma once

#include <gio/gio.h>

#include "base/eonay-clock.h"
#include "card/reader/eonay-reader-list.h"
#include "portal/eonay-transaction.h"
#include "signature/certificate/eonay-certificate.h"

G_BEGIN_DECLS

/** Why a certificate on a card cannot be chosen for this transaction. */
typedef enum {
  EONAY_CANDIDATE_USABLE = 0,
  EONAY_CANDIDATE_EXPIRED = 1 << 0,
  EONAY_CANDIDATE_NOT_YET_VALID = 1 << 1,
  EONAY_CANDIDATE_SEAL = 1 << 2,
  EONAY_CANDIDATE_NOT_FOR_SIGNATURE = 1 << 3,
  EONAY_CANDIDATE_NOT_QUALIFIED = 1 << 4, /* only if the transaction requires a qualified one */
  EONAY_CANDIDATE_NO_KEY = 1 << 5,
  EONAY_CANDIDATE_UNSUPPORTED_KEY = 1 << 6,
  EONAY_CANDIDATE_OTHER_PERSON = 1 << 7,
  EONAY_CANDIDATE_PIN_BLOCKED = 1 << 8,
  EONAY_CANDIDATE_MODULE_NEEDED = 1 << 9, /* only a PKCS#11 module can use the card's keys */
} EonayCandidateReasons;

/** EonayCandidate: one certificate on one card, judged for one transaction. Immutable. */
#define EONAY_TYPE_CANDIDATE (eonay_candidate_get_type ())
G_DECLARE_FINAL_TYPE (EonayCandidate, eonay_candidate, EONAY, CANDIDATE, GObject)

/**
 * eonay_candidate_new:
 * @token: the card
 * @token_certificate: one of @token's
 * @certificate: the same, parsed
 */
EonayCandidate *eonay_candidate_new (EonayToken *token, EonayTokenCertificate *token_certificate,
                                     EonayCertificate *certificate, EonayCandidateReasons reasons);

/**
 * eonay_candidate_judge:
 * @transaction: (nullable): its hint and policy apply
 *
 * Returns: why this certificate cannot be chosen at @now
 */
EonayCandidateReasons eonay_candidate_judge (EonayToken *token,
                                             EonayTokenCertificate *token_certificate,
                                             EonayCertificate *certificate,
                                             EonayTransaction *transaction, GDateTime *now);

/** Returns: (transfer none) */
EonayToken *eonay_candidate_get_token (EonayCandidate *self);

/** Returns: (transfer none) */
EonayTokenCertificate *eonay_candidate_get_token_certificate (EonayCandidate *self);

/** Returns: (transfer none) */
EonayCertificate *eonay_candidate_get_certificate (EonayCandidate *self);

EonayCandidateReasons eonay_candidate_get_reasons (EonayCandidate *self);
gboolean eonay_candidate_is_usable (EonayCandidate *self);

/**
 * Returns: (transfer full): the most important reason in the person's language ("Süresi dolmuş",
 *   "Askıda", …); "" when usable
 */
char *eonay_candidate_describe_reason (EonayCandidate *self);

/** Returns: (transfer full): all of them, one per line, the most important first */
char *eonay_candidate_describe_reasons (EonayCandidate *self);

/**
 * EonayCandidateList: a live #GListModel of #EonayCandidate: every certificate on every card of a
 * reader list, usable ones first. A certificate that cannot be parsed is omitted with a warning in
 * the log. An item stays the same object while its card is inserted, unless the PIN state or the
 * transaction changes its reasons.
 */
#define EONAY_TYPE_CANDIDATE_LIST (eonay_candidate_list_get_type ())
G_DECLARE_FINAL_TYPE (EonayCandidateList, eonay_candidate_list, EONAY, CANDIDATE_LIST, GObject)

EonayCandidateList *eonay_candidate_list_new (EonayReaderList *readers, const EonayClock *clock);

/** @transaction: (nullable): its hint and policy determine the reasons */
void eonay_candidate_list_set_transaction (EonayCandidateList *self, EonayTransaction *transaction);

/**
 * eonay_candidate_list_find_best:
 * @last_used: (nullable): fingerprint of the certificate that signed last
 *
 * Returns: (transfer none) (nullable): the usable one that matches the portal's hint, else the last
 *   used, else the only usable one; %NULL if the person has to choose
 */
EonayCandidate *eonay_candidate_list_find_best (EonayCandidateList *self, const char *last_used);

/** Returns: how many of the certificates can be chosen */
guint eonay_candidate_list_count_usable (EonayCandidateList *self);

G_END_DECLS
