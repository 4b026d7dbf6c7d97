#include "signature/eonay-name.h"

#include <string.h>

/* A name goes on screen: a NUL, a line break or a bidirectional override in it must not. */
static char *
make_presentable (const char *utf8, gsize length)
{
  GString *text = g_string_sized_new (length);

  for (const char *at = utf8; at < utf8 + length; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      GUnicodeType type = g_unichar_type (character);

      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT
          || type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        character = 0xFFFD;
      g_string_append_unichar (text, character);
    }

  return g_string_free (text, FALSE);
}

char *
eonay_name_read (const X509_NAME *name, int nid)
{
  int at = X509_NAME_get_index_by_NID (name, nid, -1);
  g_autoptr (GBytes) bytes = NULL;
  unsigned char *utf8 = NULL;
  int length;

  if (at < 0)
    return NULL;

  length = ASN1_STRING_to_UTF8 (&utf8, X509_NAME_ENTRY_get_data (X509_NAME_get_entry (name, at)));
  if (length < 0)
    return NULL;
  bytes = eonay_crypto_take (utf8, (gsize) length);
  /* NUL is left to make_presentable(): g_utf8_validate_len() would refuse it. */
  for (int start = 0; start < length;)
    {
      gsize run = strnlen ((const char *) utf8 + start, (gsize) (length - start));

      if (!g_utf8_validate ((const char *) utf8 + start, (gssize) run, NULL))
        return NULL;
      start += (int) run + 1;
    }

  return make_presentable ((const char *) utf8, (gsize) length);
}
