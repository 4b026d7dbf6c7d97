#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * eonay_secret_message_set_body:
 * @body: JSON with a secret in it
 *
 * Has @message carry @body in a way that leaves no copy behind, and its connection closed behind
 * it. Over HTTP/1.1, as every #EonayRequest goes.
 */
void eonay_secret_message_set_body (SoupMessage *message, GBytes *body);

G_END_DECLS
