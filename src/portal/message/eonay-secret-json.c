#include "portal/message/eonay-secret-json.h"

#include <openssl/crypto.h>
#include <string.h>

#include "base/eonay-error.h"
#include "base/eonay-json-syntax.h"
#include "portal/message/eonay-json.h"

/* "\u001f" is the longest escape of a byte. */
#define ESCAPED_MAX 6

typedef struct {
  char *text;
  gsize length;
  gsize size;
} Writing;

static void
cleanse_free (gpointer user_data)
{
  Writing *writing = user_data;

  OPENSSL_cleanse (writing->text, writing->size);
  g_free (writing->text);
  g_free (writing);
}

static void
put (Writing *writing, const char *text)
{
  gsize length = strlen (text);

  memcpy (writing->text + writing->length, text, length);
  writing->length += length;
}

static void
put_text (Writing *writing, const char *text, gsize length)
{
  put (writing, "\"");
  for (gsize i = 0; i < length; i++)
    {
      guchar byte = (guchar) text[i];

      if (byte == '"' || byte == '\\')
        put (writing, "\\");
      if (byte >= 0x20)
        writing->text[writing->length++] = text[i];
      else
        {
          put (writing, byte < 0x10 ? "\\u000" : "\\u001");
          writing->text[writing->length++] = "0123456789abcdef"[byte % 16];
        }
    }
  put (writing, "\"");
}

GBytes *
eonay_secret_json_new (const char *name, const char *value, const char *secret_name,
                       const EonaySecret *secret)
{
  gsize length;
  const char *bytes = (const char *) eonay_secret_peek (secret, &length);
  Writing *writing;

  if (!g_utf8_validate_len (bytes, length, NULL) ||
      (name != NULL && !g_utf8_validate (value, -1, NULL)))
    return NULL;

  writing = g_new0 (Writing, 1);
  writing->size = ESCAPED_MAX * length + strlen (secret_name) + 16;
  if (name != NULL)
    writing->size += ESCAPED_MAX * strlen (value) + strlen (name) + 16;
  writing->text = g_malloc (writing->size);

  put (writing, "{");
  if (name != NULL)
    {
      put_text (writing, name, strlen (name));
      put (writing, ":");
      put_text (writing, value, strlen (value));
      put (writing, ",");
    }
  put_text (writing, secret_name, strlen (secret_name));
  put (writing, ":");
  put_text (writing, bytes, length);
  put (writing, "}");

  return g_bytes_new_with_free_func (writing->text, writing->length, cleanse_free, writing);
}

static const char *
skip_space (const char *at)
{
  while (g_ascii_isspace (*at))
    at++;

  return at;
}

/* @at: at the opening quote. Returns: after the closing quote */
static const char *
skip_text (const char *at)
{
  for (at++; *at != '"'; at++)
    if (*at == '\\')
      at++;

  return at + 1;
}

/* Returns: on the comma or bracket behind the value */
static const char *
skip_value (const char *at)
{
  guint depth = 0;

  for (;;)
    {
      if (depth == 0 && (*at == ',' || *at == '}'))
        return at;

      if (*at == '{' || *at == '[')
        depth++;
      else if (*at == '}' || *at == ']')
        depth--;
      at = *at == '"' ? skip_text (at) : at + 1;
    }
}

/* @at: a well-formed object, so that the end of the text need not be checked. */
static const char *
find_only_value (const char *at, const char *name)
{
  gsize length = strlen (name);
  const char *found = NULL;
  guint count = 0;

  for (at = skip_space (at + 1); *at != '}'; at = skip_space (*at == ',' ? at + 1 : at))
    {
      gboolean matches = strncmp (at + 1, name, length) == 0 && at[1 + length] == '"';

      at = skip_space (skip_space (skip_text (at)) + 1);
      if (matches)
        {
          found = at;
          count++;
        }
      at = skip_value (at);
    }

  return count == 1 ? found : NULL;
}

EonaySecret *
eonay_secret_json_get_digits (GBytes *json, const char *name, gsize min, gsize max, GError **error)
{
  gsize length;
  const char *bytes = g_bytes_get_data (json, &length);
  const char *value = NULL;
  gsize digits = 0;

  if (bytes != NULL && length <= EONAY_JSON_MAX &&
      eonay_json_syntax_is_well_formed (bytes, length, EONAY_JSON_DEPTH))
    {
      const char *start = skip_space (bytes);

      value = *start == '{' ? find_only_value (start, name) : NULL;
    }

  if (value != NULL && *value == '"')
    while (g_ascii_isdigit (value[1 + digits]))
      digits++;
  if (digits < min || digits > max || value[1 + digits] != '"')
    {
      g_set_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_MALFORMED,
                   "The portal's answer has a missing or invalid \"%s\": expected digits", name);
      return NULL;
    }

  return eonay_secret_new (value + 1, digits);
}
