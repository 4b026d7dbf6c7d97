#pragma once

#include <libsoup/soup.h>

#include "base/eonay-clock.h"
#include "portal/message/eonay-answer.h"

G_BEGIN_DECLS

/**
 * EonayExchangeRequest: one HTTP request; only needed for the call of eonay_exchange_async().
 *
 * @method: "GET" or "POST"
 * @body: (nullable): JSON
 * @idempotency_key: (nullable)
 * @cap: maximum bytes of the answer's body; more is %EONAY_PORTAL_ERROR_TOO_LARGE
 * @timeout: milliseconds; for the whole exchange, redirects and interim answers included
 * @deadline: CLOCK_BOOTTIME, microseconds: until then every 64 KiB of the answer's body renew the
 *   timeout; 0: it is not renewed
 * @secret: the body or the answer contains a secret: they are cleansed, and the connection is
 *   closed afterwards; @session must have no other use
 */
typedef struct {
  const char *method;
  GUri *uri;
  GBytes *body;
  const char *idempotency_key;
  gsize cap;
  guint timeout;
  gint64 deadline;
  gboolean secret;
} EonayExchangeRequest;

/**
 * eonay_exchange_async:
 *
 * Sends one request and reads its answer within the limit, whatever Content-Length says. Follows
 * redirects within the origin (a POST only by 307 and 308); refuses others, and TLS below 1.2. Uses
 * HTTP/1.1. More than 16 interim answers (1xx) are %EONAY_PORTAL_ERROR_MALFORMED.
 */
void eonay_exchange_async (SoupSession *session, const EonayClock *clock,
                           const EonayExchangeRequest *request, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);

/**
 * Returns: (transfer full): any status; %NULL with %EONAY_PORTAL_ERROR, which records whether
 *   nothing was sent, or %G_IO_ERROR_CANCELLED
 */
EonayAnswer *eonay_exchange_finish (GAsyncResult *result, GError **error);

G_END_DECLS
