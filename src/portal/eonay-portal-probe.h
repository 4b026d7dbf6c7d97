#pragma once

#include <gio/gio.h>

#include "base/eonay-clock.h"
#include "portal/eonay-portal-profile.h"

G_BEGIN_DECLS

/** The last step that a request started. */
typedef enum {
  EONAY_PORTAL_STEP_NONE,
  EONAY_PORTAL_STEP_NAME,    /* looking up the name of the portal, or of the proxy */
  EONAY_PORTAL_STEP_CONNECT, /* to the portal, or to the proxy */
  EONAY_PORTAL_STEP_PROXY,   /* asking the proxy for the portal */
  EONAY_PORTAL_STEP_TLS,
  EONAY_PORTAL_STEP_ANSWER,
} EonayPortalStep;

/**
 * EonayPortalProbeFacts: results of a request to a portal.
 *
 * @step: the last step that it started
 * @error: (nullable): of %EONAY_PORTAL_ERROR: why no code can be resolved there; %NULL if it
 *   answered as a portal
 * @status: HTTP; 0 without an answer
 * @has_proxy_answer: whether the desktop's proxy settings could be read
 * @proxy: (nullable): "http://host:port", without name and password; %NULL if none is used
 * @tls_version: (nullable): "TLS 1.3"; %NULL without TLS
 * @tls_problems: why the server's certificate is not trusted
 * @has_date: whether the answer has a Date header
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
} EonayPortalProbeFacts;

void eonay_portal_probe_facts_free (EonayPortalProbeFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPortalProbeFacts, eonay_portal_probe_facts_free)

/**
 * eonay_portal_probe_async:
 * @timeout: in milliseconds, in total
 * @clock: (nullable): the clock to compare with the portal's
 *
 * Asks the portal to resolve an empty code: only a portal, at the profile's address, answers
 * `code-malformed` to that. Uses a connection of its own, made as for a signing: through the
 * desktop's proxy, with the profile's CA, with redirects within the origin. Main thread.
 */
void eonay_portal_probe_async (EonayPortalProfile *profile, guint timeout, const EonayClock *clock,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);

/** Returns: (transfer full): fails only with %G_IO_ERROR_CANCELLED */
EonayPortalProbeFacts *eonay_portal_probe_finish (GAsyncResult *result, GError **error);

/**
 * Returns: (transfer full) (nullable): @uri of a proxy without credentials, for display; %NULL for
 *   "direct://"
 */
char *eonay_portal_probe_describe_proxy (const char *uri);

/**
 * eonay_portal_probe_compare:
 * @before: when the request was sent; @after: when the answer arrived
 * @date: the portal's Date; whole seconds
 *
 * Returns: seconds by which the clock of @before and @after is at least ahead of @date, as the
 *   answer was made between the two; negative: behind
 */
gint64 eonay_portal_probe_compare (GDateTime *before, GDateTime *after, GDateTime *date);

G_END_DECLS
