#include "practice/pki/eonay-practice-der.h"

#include <stdarg.h>
#include <string.h>

static void
append_length (GByteArray *out, gsize length)
{
  guint8 octets[sizeof length];
  guint n = 0;

  if (length < 0x80)
    {
      octets[0] = (guint8) length;
      g_byte_array_append (out, octets, 1);
      return;
    }

  for (gsize rest = length; rest > 0; rest >>= 8)
    octets[sizeof octets - ++n] = rest & 0xff;

  g_byte_array_append (out, (const guint8[]){ (guint8) (0x80 | n) }, 1);
  g_byte_array_append (out, octets + sizeof octets - n, n);
}

static GBytes *
join (GBytes *first, va_list more)
{
  GByteArray *out = g_byte_array_new ();

  for (GBytes *part = first; part != NULL; part = va_arg (more, GBytes *))
    {
      gsize length;
      const guint8 *bytes = g_bytes_get_data (part, &length);

      if (length > 0)
        g_byte_array_append (out, bytes, (guint) length);
      g_bytes_unref (part);
    }

  return g_byte_array_free_to_bytes (out);
}

GBytes *
eonay_practice_der_join (GBytes *first, ...)
{
  GBytes *joined;
  va_list more;

  va_start (more, first);
  joined = join (first, more);
  va_end (more);

  return joined;
}

GBytes *
eonay_practice_der (guint8 tag, GBytes *first, ...)
{
  g_autoptr (GBytes) content = NULL;
  va_list more;

  va_start (more, first);
  content = join (first, more);
  va_end (more);

  return eonay_practice_der_bytes (tag, g_bytes_get_data (content, NULL),
                                   g_bytes_get_size (content));
}

GBytes *
eonay_practice_der_bytes (guint8 tag, const void *bytes, gsize length)
{
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, &tag, 1);
  append_length (out, length);
  if (length > 0)
    g_byte_array_append (out, bytes, (guint) length);

  return g_byte_array_free_to_bytes (out);
}

GBytes *
eonay_practice_der_text (const char *text)
{
  return eonay_practice_der_bytes (0x0c, text, strlen (text));
}

GBytes *
eonay_practice_der_integer (guint8 tag, guint32 value)
{
  guint8 octets[] = { 0, value >> 24, (value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff };
  guint skip = 0;

  while (skip < 4 && octets[skip] == 0 && octets[skip + 1] < 0x80)
    skip++;

  return eonay_practice_der_bytes (tag, octets + skip, sizeof octets - skip);
}

GBytes *
eonay_practice_der_bits (const char *bits)
{
  guint8 octets[1 + 8] = { 0 };
  gsize n = strlen (bits);

  g_assert (n <= 64);

  octets[0] = (guint8) ((8 - n % 8) % 8);
  for (gsize i = 0; i < n; i++)
    if (bits[i] == '1')
      octets[1 + i / 8] |= 0x80 >> (i % 8);

  return eonay_practice_der_bytes (0x03, octets, 1 + (n + 7) / 8);
}
