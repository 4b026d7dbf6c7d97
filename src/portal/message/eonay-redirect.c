#include "portal/message/eonay-redirect.h"

#include "base/eonay-error.h"

gboolean
eonay_redirect_is_one (SoupMessage *message)
{
  guint status = soup_message_get_status (message);

  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static gboolean
same_origin (GUri *a, GUri *b)
{
  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b)) &&
         g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0 &&
         g_uri_get_port (a) == g_uri_get_port (b) && g_uri_get_userinfo (b) == NULL;
}

GUri *
eonay_redirect_find_target (SoupMessage *message, GUri *uri, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *location = soup_message_headers_get_one (headers, "Location");
  guint status = soup_message_get_status (message);
  g_autoptr (GUri) target = location == NULL
                                ? NULL
                                : g_uri_parse_relative (uri, location, SOUP_HTTP_URI_FLAGS, NULL);

  if (target == NULL ||
      (g_str_equal (soup_message_get_method (message), "POST") && status != 307 && status != 308))
    {
      g_set_error_literal (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_MALFORMED,
                           "The portal redirects to an invalid address");
      return NULL;
    }

  if (g_uri_get_host (target) == NULL || !same_origin (uri, target))
    {
      g_set_error_literal (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_INSECURE,
                           "The portal redirects to another origin");
      return NULL;
    }

  return g_steal_pointer (&target);
}
