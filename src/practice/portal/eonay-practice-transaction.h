#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "base/eonay-clock.h"
#include "practice/portal/eonay-practice-document.h"
#include "practice/portal/eonay-practice-unblocking.h"

G_BEGIN_DECLS

typedef enum {
  EONAY_PRACTICE_WAITING,
  EONAY_PRACTICE_COMPLETED,
  EONAY_PRACTICE_DECLINED,
  EONAY_PRACTICE_EXPIRED,
  EONAY_PRACTICE_FAILED, /* only unblockings */
} EonayPracticeState;

/**
 * EonayPracticeAnswer: the answer to one idempotency key, repeated for the same key.
 *
 * @checksum: of the request's body
 * @problem: (nullable): the problem's word; %NULL for the acceptance
 * @attempts_left: attempts left in the problem; -1 for none
 */
typedef struct {
  char *checksum;
  const char *problem;
  int attempts_left;
} EonayPracticeAnswer;

/**
 * EonayPracticeTransaction: one transaction of the practice portal.
 *
 * @code_used: whether the code was resolved
 * @expires_at: CLOCK_BOOTTIME, microseconds
 * @documents: (element-type EonayPracticeDocument): none for an unblocking
 * @unblocking: (nullable): only for an unblocking
 * @signer: (nullable): the holder, once accepted
 * @receipt: (nullable): once accepted
 * @answers: (element-type utf8 EonayPracticeAnswer): by idempotency key
 * @submissions: number of submissions, including retries
 */
typedef struct {
  char *id;
  char *code;
  char *operation;
  char *signer_hint;
  GDateTime *created_at;
  gint64 expires_at;
  EonayPracticeFault fault;
  gboolean code_used;
  gboolean completed;
  gboolean declined;
  GPtrArray *documents;
  EonayPracticeUnblocking *unblocking;
  char *signer;
  char *receipt;
  GHashTable *answers;
  guint submissions;
} EonayPracticeTransaction;

/**
 * eonay_practice_transaction_new:
 * @wish: for "unblock"; its security word for an application, too
 *
 * Returns: (transfer full) (nullable): %NULL if @operation is not supported, or not with @wish, or (with
 *   @error) if a document could not be made
 */
EonayPracticeTransaction *eonay_practice_transaction_new (
    const EonayClock *clock, const char *operation, guint validity, const char *signer_hint,
    EonayPracticeFault fault, const EonayPracticeUnblockWish *wish, GError **error);
void eonay_practice_transaction_free (EonayPracticeTransaction *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPracticeTransaction, eonay_practice_transaction_free)

/** Returns: its state; EXPIRED if it was waiting and expired at @now (CLOCK_BOOTTIME) */
EonayPracticeState eonay_practice_transaction_get_state (EonayPracticeTransaction *self,
                                                         gint64 now);

/** Returns: (transfer none) (nullable): the document of that id */
EonayPracticeDocument *eonay_practice_transaction_find_document (EonayPracticeTransaction *self,
                                                                 const char *id);

/** Returns: (transfer none): the protocol's word */
const char *eonay_practice_transaction_state_to_word (EonayPracticeState state);

/** Returns: whether the submission counted last is to be answered 503 */
gboolean eonay_practice_transaction_is_out_of_order (EonayPracticeTransaction *self);

/** Returns: (transfer full): the answer to `resolve`, with the faults that affect it */
JsonNode *eonay_practice_transaction_resolve (EonayPracticeTransaction *self, gint64 now);

/** Returns: (transfer full): the answer to `GET /practice/transactions/{id}` */
JsonNode *eonay_practice_transaction_describe (EonayPracticeTransaction *self, gint64 now);

G_END_DECLS
