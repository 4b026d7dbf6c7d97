#pragma once

#include <gio/gio.h>

#include "base/eonay-clock.h"
#include "portal/eonay-portal-profile.h"

G_BEGIN_DECLS

/** How far a request got; each step was begun. */
typedef enum {
  EONAY_PORTAL_STEP_NONE,
  EONAY_PORTAL_STEP_NAME,    /* looking up the name of the portal, or of the proxy */
  EONAY_PORTAL_STEP_CONNECT, /* to the portal, or to the proxy */
  EONAY_PORTAL_STEP_PROXY,   /* asking the proxy for the portal */
  EONAY_PORTAL_STEP_TLS,
  EONAY_PORTAL_STEP_ANSWER,
} EonayPortalStep;

/**
 * EonayPortalFacts: what a request to a portal showed.
 *
 * @step: how far it got
 * @error: (nullable): of %EONAY_PORTAL_ERROR: why nothing could be resolved there; %NULL: it has
 *   answered as only a portal does
 * @status: HTTP; 0 without an answer
 * @has_proxy_answer: whether the desktop's settings said which proxy is used, if any
 * @proxy: (nullable): "http://host:port", without name and password; %NULL if none is used
 * @tls_version: (nullable): "TLS 1.3"; %NULL if it did not come to that
 * @tls_problems: why the server's certificate is not trusted
 * @has_date: whether the answer says what time it is
 * @ahead: seconds by which this computer's clock is ahead of the portal's; negative: behind
 */
typedef struct {
  EonayPortalStep step;
  GError *error;
  guint status;
  gboolean has_proxy_answer;
  char *proxy;
  char *tls_version;
  GTlsCertificateFlags tls_problems;
  gboolean has_date;
  gint64 ahead;
} EonayPortalFacts;

void eonay_portal_facts_free (EonayPortalFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPortalFacts, eonay_portal_facts_free)

/**
 * eonay_portal_probe_async:
 * @timeout: in milliseconds, for the whole of it
 * @clock: (nullable): what is compared with the portal's
 *
 * Asks the portal to resolve an empty code: what is no portal, or another address than the
 * profile's, cannot say `code-malformed` to that. By a connection of its own, the way that a
 * signing would go: through the desktop's proxy, with the profile's CA, by redirects within the
 * origin. Main thread.
 */
void eonay_portal_probe_async (EonayPortalProfile *profile, guint timeout, const EonayClock *clock,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);

/** Returns: (transfer full): fails only with %G_IO_ERROR_CANCELLED */
EonayPortalFacts *eonay_portal_probe_finish (GAsyncResult *result, GError **error);

/** Returns: (transfer full) (nullable): @uri of a proxy as it may be shown; %NULL for "direct://" */
char *eonay_portal_probe_describe_proxy (const char *uri);

/**
 * eonay_portal_probe_compare:
 * @before: when the request left; @after: when the answer came
 * @date: what the portal then said; whole seconds
 *
 * Returns: seconds by which the clock of @before and @after is ahead of @date at least, as the
 *   answer was made somewhere between the two; negative: behind
 */
gint64 eonay_portal_probe_compare (GDateTime *before, GDateTime *after, GDateTime *date);

G_END_DECLS
