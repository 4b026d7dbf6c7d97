#pragma once

#include "portal/eonay-portal.h"
#include "portal/message/eonay-answer.h"

G_BEGIN_DECLS

/**
 * EonayPortalCall: a kind of POST about a transaction, which may have to be made more than once.
 *
 * @name: what follows the transaction in the path: "signatures"
 * @parse: (nullable): makes the result (transfer full) of an answer of any status; without it a 200
 *   in JSON is all that is asked for
 * @free_result: (nullable): frees it
 * @retries: how often it is repeated, with back-off, after what may pass: unreachable, timed out,
 *   429 and 5xx
 * @is_costly: it is repeated only while nothing of it has left
 * @grace: microseconds after the transaction has expired in which it is still repeated
 * @secret: its body or its answer holds a secret
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
 * @task: of an #EonayPortal; returns the error at once unless it may pass
 * @error: (transfer full)
 * @until: CLOCK_BOOTTIME, microseconds: no attempt begins later
 * @attempt: (inout): counts the attempts
 * @again: makes the next attempt, after the back-off
 */
void eonay_portal_call_try_later (GTask *task, GError *error, gint64 until, guint *attempt,
                                  void (*again) (GTask *task));

G_END_DECLS
