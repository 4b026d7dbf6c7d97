#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * eonay_secret_message_set_body:
 * @body: JSON that contains a secret
 *
 * Sets @body so that sending it leaves no copy in memory, and the connection is closed afterwards.
 * For HTTP/1.1, as every #EonayExchangeRequest uses.
 */
void eonay_secret_message_set_body (SoupMessage *message, GBytes *body);

G_END_DECLS
