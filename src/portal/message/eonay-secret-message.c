#include "portal/message/eonay-secret-message.h"

#include "portal/message/eonay-wiping-stream.h"

void
eonay_secret_message_set_body (SoupMessage *message, GBytes *body)
{
  g_autoptr (GInputStream) stream = eonay_wiping_stream_new (body);

  soup_message_set_request_body (message, "application/json", stream,
                                 (gssize) g_bytes_get_size (body));
  soup_message_headers_replace (soup_message_get_request_headers (message), "Connection", "close");
}
