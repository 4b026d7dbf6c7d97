#pragma once

#include <libsoup/soup.h>

#include "base/eonay-error.h"
#include "portal/eonay-portal.h"
#include "portal/message/eonay-exchange.h"

G_BEGIN_DECLS

/**
 * EonayPortalTiming: how long the client waits, in milliseconds. Tests set their own.
 *
 * @timeout: for a JSON answer, and for each next 64 KiB of a document
 * @first_wait: before the second attempt; doubles with each further one
 * @longest_wait: what it doubles up to
 * @retry_after_unit: one second of a Retry-After header
 */
typedef struct {
  guint timeout;
  guint first_wait;
  guint longest_wait;
  guint retry_after_unit;
} EonayPortalTiming;

void eonay_portal_set_timing (EonayPortal *self, const EonayPortalTiming *timing);
const EonayPortalTiming *eonay_portal_get_timing (EonayPortal *self);

/**
 * eonay_portal_timing_get_wait:
 * @attempt: 0 after the first attempt
 * @retry_after: seconds that the portal asks for, or -1
 *
 * Returns: milliseconds to the next attempt
 */
guint eonay_portal_timing_get_wait (const EonayPortalTiming *self, guint attempt, int retry_after);

/**
 * eonay_portal_try_later:
 * @task: of an #EonayPortal; returns the error at once unless it may pass
 * @error: (transfer full): unreachable, timed out, 429 and 5xx may pass
 * @until: CLOCK_BOOTTIME, microseconds: no attempt begins later
 * @attempt: (inout): counts the attempts
 * @again: makes the next attempt, after the back-off
 */
void eonay_portal_try_later (GTask *task, GError *error, gint64 until, guint *attempt,
                             void (*again) (GTask *task));

/** Fails @task with an error of @code that says that nothing has left. */
void eonay_portal_return_unsent (GTask *task, EonayPortalError code, const char *message);

/** Returns: (transfer none) */
const EonayClock *eonay_portal_get_clock (EonayPortal *self);

/** Returns: (transfer none) (nullable): %NULL if the profile's CA file cannot be used */
SoupSession *eonay_portal_get_session (EonayPortal *self);

/**
 * eonay_portal_post_async:
 * @path: relative to the profile's base URL
 * @body: JSON
 *
 * Finish with eonay_portal_post_finish(): any status.
 */
void eonay_portal_post_async (EonayPortal *self, const char *path, GBytes *body,
                              const char *idempotency_key, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
EonayAnswer *eonay_portal_post_finish (EonayPortal *self, GAsyncResult *result, GError **error);

/**
 * eonay_portal_post_secret_async:
 *
 * Like eonay_portal_post_async(), for a body or an answer with a secret in it: over a connection
 * of its own, which is closed behind it. Finish with eonay_portal_post_finish().
 */
void eonay_portal_post_secret_async (EonayPortal *self, const char *path, GBytes *body,
                                     const char *idempotency_key, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);

/**
 * EonayPortalCall: a POST about a transaction that may have to be made more than once; task data.
 *
 * @key: (nullable): the Idempotency-Key
 * @body: (nullable): JSON; %NULL if none could be made, and nothing is to be sent
 * @attempt: for eonay_portal_try_later()
 */
typedef struct {
  EonayTransaction *transaction;
  char *path;
  char *key;
  GBytes *body;
  guint attempt;
} EonayPortalCall;

/**
 * eonay_portal_call_new:
 * @name: what follows the transaction in the path: "signatures"
 * @key: (transfer full) (nullable)
 * @body: (transfer full) (nullable)
 */
EonayPortalCall *eonay_portal_call_new (EonayTransaction *transaction, const char *name, char *key,
                                        GBytes *body);
void eonay_portal_call_free (EonayPortalCall *self);

/** A new message came: what is confirmed from now on is another question than before. */
void eonay_portal_renew_confirmation (EonayTransaction *transaction);

/** Like eonay_portal_post_async(), of @document; its content is set when it succeeds. */
void eonay_portal_fetch_async (EonayPortal *self, EonayTransaction *transaction,
                               EonayDocument *document, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
gboolean eonay_portal_fetch_finish (EonayPortal *self, GAsyncResult *result, GError **error);

/** Returns: (transfer full): of a regular file of at most 64 KiB */
GBytes *eonay_portal_profile_read_file (GFile *file, GError **error);

/**
 * eonay_portal_profile_list_folders: eonay_portal_profile_list()
 * @installed: folders whose later profiles replace earlier ones; NULL-terminated
 * @own: (nullable): a folder whose profiles are only added
 * @left_out: (out) (transfer full) (optional): those of @own with an id of an installed one
 */
GListModel *eonay_portal_profile_list_folders (const char *const *installed, const char *own,
                                               GListModel **left_out);

/**
 * eonay_portal_profile_import_besides: eonay_portal_profile_import()
 * @others: folders of the package and the administrator; NULL-terminated
 */
EonayPortalProfile *eonay_portal_profile_import_besides (GFile *file, const char *const *others,
                                                         GError **error);

G_END_DECLS
