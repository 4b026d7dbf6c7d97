#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/** Returns: whether the answer to @message is a redirect */
gboolean eonay_redirect_is_one (SoupMessage *message);

/**
 * eonay_redirect_find_target:
 * @message: answered by a redirect
 * @uri: the request's address
 *
 * Returns: (transfer full): the new address, at the same origin; %NULL with
 *   %EONAY_PORTAL_ERROR_INSECURE for another origin, or %EONAY_PORTAL_ERROR_MALFORMED for an
 *   invalid address, and for a POST whose answer is not 307 or 308
 */
GUri *eonay_redirect_find_target (SoupMessage *message, GUri *uri, GError **error);

G_END_DECLS
