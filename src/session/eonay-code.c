#include "session/eonay-code.h"

#include <string.h>

#include "base/eonay-error.h"

#define LINK_SCHEME "eonay:"
#define LINK_PORTAL "?portal="
#define PROFILE_ID_MAX 32

static gboolean
is_separator (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_SPACE_SEPARATOR:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_FORMAT:
      return TRUE;
    default:
      return g_unichar_isspace (c);
    }
}

static char *
parse_digits (const char *text, GError **error)
{
  g_autoptr (GString) digits = g_string_sized_new (EONAY_CODE_LENGTH + 1);

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_CODE_LETTERS,
                           "The code is not even text");
      return NULL;
    }

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_ascii_isdigit (*at))
        {
          g_string_append_c (digits, *at);
        }
      else if (!is_separator (c))
        {
          g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_CODE_LETTERS,
                               "The code has something else than digits");
          return NULL;
        }
    }

  if (digits->len != EONAY_CODE_LENGTH)
    {
      g_set_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_CODE_LENGTH,
                   "The code has %" G_GSIZE_FORMAT " digits, not %d", digits->len,
                   EONAY_CODE_LENGTH);
      return NULL;
    }

  return g_strdup (digits->str);
}

static gboolean
is_profile_id (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > PROFILE_ID_MAX)
    return FALSE;

  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '-' && *at != '_')
      return FALSE;

  return TRUE;
}

/* As it is written: another URI that stands for the same (RFC 3986, 6.2.2) is none of a portal's. */
static char *
parse_link (const char *text, char **portal_id, GError **error)
{
  const char *code = text + strlen (LINK_SCHEME);
  const char *rest = code + strspn (code, "0123456789");
  const char *id = g_str_has_prefix (rest, LINK_PORTAL) ? rest + strlen (LINK_PORTAL) : NULL;

  if (rest - code != EONAY_CODE_LENGTH || (id != NULL ? !is_profile_id (id) : *rest != '\0'))
    {
      g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_LINK_MALFORMED,
                           "The link names something else than a code and a portal");
      return NULL;
    }

  if (portal_id != NULL)
    *portal_id = g_strdup (id);

  return g_strndup (code, EONAY_CODE_LENGTH);
}

char *
eonay_code_parse (const char *text, char **portal_id, GError **error)
{
  g_autofree char *stripped = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (portal_id != NULL)
    *portal_id = NULL;

  stripped = g_strstrip (g_strdup (text));
  if (g_ascii_strncasecmp (stripped, LINK_SCHEME, strlen (LINK_SCHEME)) == 0)
    return parse_link (stripped, portal_id, error);

  return parse_digits (stripped, error);
}

char *
eonay_code_format (const char *digits)
{
  GString *text;

  g_return_val_if_fail (digits != NULL, NULL);

  text = g_string_new (NULL);
  for (gsize i = 0; digits[i] != '\0'; i++)
    {
      if (i == 3 || i == 7 || i == 11)
        g_string_append_c (text, ' ');
      g_string_append_c (text, digits[i]);
    }

  return g_string_free (text, FALSE);
}
