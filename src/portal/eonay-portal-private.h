#pragma once

#include <libsoup/soup.h>

#include "base/eonay-error.h"
#include "portal/eonay-portal.h"
#include "portal/message/eonay-answer.h"

G_BEGIN_DECLS

/**
 * EonayPortalTiming: timeouts and back-off in milliseconds. Tests set their own.
 *
 * @timeout: for a JSON answer, and for each further 64 KiB of a document
 * @first_wait: before the second attempt; doubles with each further one
 * @longest_wait: the maximum of it
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
 * @retry_after: seconds from the Retry-After header, or -1
 *
 * Returns: milliseconds to the next attempt
 */
guint eonay_portal_timing_get_wait (const EonayPortalTiming *self, guint attempt, int retry_after);

/** How long after the client's expiry the portal may still answer; microseconds. */
#define EONAY_PORTAL_GRACE (30 * G_USEC_PER_SEC)

/** Returns: (transfer none) */
const EonayClock *eonay_portal_get_clock (EonayPortal *self);

/** Returns: (transfer none) (nullable): %NULL if the profile's CA file cannot be used */
SoupSession *eonay_portal_get_session (EonayPortal *self);

/**
 * eonay_portal_post_async:
 * @path: relative to the profile's base URL
 * @body: JSON
 * @secret: the body or the answer contains a secret: a connection of its own is used, and closed
 *   afterwards
 *
 * Finish with eonay_portal_post_finish(): any status.
 */
void eonay_portal_post_async (EonayPortal *self, const char *path, GBytes *body,
                              const char *idempotency_key, gboolean secret,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);
EonayAnswer *eonay_portal_post_finish (EonayPortal *self, GAsyncResult *result, GError **error);

/** Returns: (transfer full): the content of a regular file of at most 64 KiB */
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
