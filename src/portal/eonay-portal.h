#pragma once

#include <gio/gio.h>

#include "base/eonay-clock.h"
#include "portal/eonay-portal-profile.h"
#include "portal/eonay-transaction.h"

G_BEGIN_DECLS

/**
 * EonayPortalReceipt: the portal's final answer to a submission.
 *
 * @message: (nullable): for the person, from the portal
 * @receipt: (nullable): the portal's reference
 */
typedef struct {
  char *message;
  char *receipt;
} EonayPortalReceipt;

void eonay_portal_receipt_free (EonayPortalReceipt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPortalReceipt, eonay_portal_receipt_free)

/**
 * EonayPortal: the client of protocol version 1 (data/portal-api.yaml), over HTTPS with TLS ≥ 1.2.
 * Answers are limited (JSON 64 KiB, documents to their announced size), redirects to another origin
 * refused, the desktop's proxy settings used. Main thread.
 *
 * The code is never logged and lives no longer than the call.
 */
#define EONAY_TYPE_PORTAL (eonay_portal_get_type ())
G_DECLARE_FINAL_TYPE (EonayPortal, eonay_portal, EONAY, PORTAL, GObject)

/** @clock: (nullable): for tests; must outlive the portal */
EonayPortal *eonay_portal_new (EonayPortalProfile *profile, const EonayClock *clock);

/** Returns: (transfer none) */
EonayPortalProfile *eonay_portal_get_profile (EonayPortal *self);

/**
 * eonay_portal_resolve_async:
 * @code: 15 digits
 *
 * Requests the transaction, then each of its documents; on success all are present and match their
 * digests. A document is requested up to five times, with the back-off of
 * eonay_portal_submit_async(), after temporary errors; the code, which is valid once, is not
 * retried.
 */
void eonay_portal_resolve_async (EonayPortal *self, const char *code, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);

/** Returns: (transfer full) */
EonayTransaction *eonay_portal_resolve_finish (EonayPortal *self, GAsyncResult *result,
                                               GError **error);

/**
 * eonay_portal_submit_async:
 * @signatures: (element-type GBytes): in the order of the transaction's documents
 *
 * Submits with an idempotency key that stays the same for the same signatures of the same
 * transaction, and again with back-off (0.5 s doubling to 8 s, Retry-After honoured) after
 * temporary errors (unreachable, timed out, 429, 5xx), until the portal accepts, refuses, or the
 * transaction has been expired for 30 s: the portal decides.
 */
void eonay_portal_submit_async (EonayPortal *self, EonayTransaction *transaction,
                                GPtrArray *signatures, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);

/** Returns: (transfer full) */
EonayPortalReceipt *eonay_portal_submit_finish (EonayPortal *self, GAsyncResult *result,
                                                GError **error);

/** Reports to the portal that the person declines to sign. */
void eonay_portal_decline_async (EonayPortal *self, EonayTransaction *transaction,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean eonay_portal_decline_finish (EonayPortal *self, GAsyncResult *result, GError **error);

/** Returns: whether @error is one after which calls are retried: unreachable, timed out, 429, 5xx */
gboolean eonay_portal_is_temporary_error (const GError *error);

G_END_DECLS
