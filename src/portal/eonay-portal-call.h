#pragma once

#include "portal/eonay-portal.h"
#include "portal/message/eonay-answer.h"

G_BEGIN_DECLS

/**
 * EonayPortalCall: a POST about a transaction, with its retries.
 *
 * @name: what follows the transaction in the path: "signatures"
 * @parse: (nullable): makes the result (transfer full) of an answer of any status; %NULL: any 200
 *   in JSON will do
 * @free_result: (nullable): frees it
 * @retries: maximum number of retries, with back-off, after a temporary error: unreachable, timed
 *   out, 429 and 5xx
 * @is_costly: it is retried only if nothing of it was sent
 * @grace: microseconds after the transaction's expiry in which it is still retried
 * @secret: its body or its answer contains a secret
 */
typedef struct {
  const char *name;
  gpointer (*parse) (EonayTransaction *transaction, EonayAnswer *answer, GError **error);
  GDestroyNotify free_result;
  guint retries;
  gboolean is_costly;
  gint64 grace;
  gboolean secret;
} EonayPortalCall;

/**
 * eonay_portal_call_async:
 * @self: must be constant
 * @key: (transfer full) (nullable): the Idempotency-Key
 * @body: (transfer full): JSON
 */
void eonay_portal_call_async (const EonayPortalCall *self, EonayPortal *portal,
                              EonayTransaction *transaction, char *key, GBytes *body,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);

/** Returns: (transfer full) (nullable): the result; not %NULL for a call that succeeded */
gpointer eonay_portal_call_finish (EonayPortal *portal, GAsyncResult *result, GError **error);

/**
 * eonay_portal_call_try_later:
 * @task: of an #EonayPortal; returns the error at once unless it is temporary
 * @error: (transfer full)
 * @until: CLOCK_BOOTTIME, microseconds: no attempt starts later
 * @attempt: (inout): counts the attempts
 * @again: makes the next attempt, after the back-off
 */
void eonay_portal_call_try_later (GTask *task, GError *error, gint64 until, guint *attempt,
                                  void (*again) (GTask *task));

G_END_DECLS
