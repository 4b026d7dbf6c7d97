#include "card/pkcs11/eonay-pkcs11-field.h"

#include <string.h>

#include "base/eonay-text-class.h"

#define LIST_MAX 4096

static void
put_number (GByteArray *frame, guint64 value, guint length)
{
  for (guint i = length; i > 0; i--)
    {
      guint8 byte = (guint8) (value >> (8 * (i - 1)));

      g_byte_array_append (frame, &byte, 1);
    }
}

void
eonay_pkcs11_put_u8 (GByteArray *frame, guint8 value)
{
  put_number (frame, value, 1);
}

void
eonay_pkcs11_put_u16 (GByteArray *frame, guint16 value)
{
  put_number (frame, value, 2);
}

void
eonay_pkcs11_put_u32 (GByteArray *frame, guint32 value)
{
  put_number (frame, value, 4);
}

void
eonay_pkcs11_put_u64 (GByteArray *frame, guint64 value)
{
  put_number (frame, value, 8);
}

static void
put_sized (GByteArray *frame, const void *bytes, gsize length)
{
  put_number (frame, length, 4);
  if (length > 0)
    g_byte_array_append (frame, bytes, (guint) length);
}

void
eonay_pkcs11_put_string (GByteArray *frame, const char *string)
{
  put_sized (frame, string, string != NULL ? strlen (string) : 0);
}

void
eonay_pkcs11_put_bytes (GByteArray *frame, GBytes *bytes)
{
  if (bytes == NULL)
    put_sized (frame, NULL, 0);
  else
    put_sized (frame, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

void
eonay_pkcs11_put_list (GByteArray *frame, GPtrArray *list)
{
  guint length = list != NULL ? list->len : 0;

  put_number (frame, length, 4);
  for (guint i = 0; i < length; i++)
    eonay_pkcs11_put_bytes (frame, g_ptr_array_index (list, i));
}

gboolean
eonay_pkcs11_take_u32 (EonayByteReader *reader, guint32 *value)
{
  const guint8 *bytes;

  if (!eonay_byte_reader_take (reader, 4, &bytes))
    return FALSE;

  *value = (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];

  return TRUE;
}

gboolean
eonay_pkcs11_take_u64 (EonayByteReader *reader, guint64 *value)
{
  guint32 high, low;

  if (!eonay_pkcs11_take_u32 (reader, &high) || !eonay_pkcs11_take_u32 (reader, &low))
    return FALSE;

  *value = (guint64) high << 32 | low;

  return TRUE;
}

static gboolean
take_sized (EonayByteReader *reader, const guint8 **bytes, gsize *length)
{
  guint32 claimed;

  if (!eonay_pkcs11_take_u32 (reader, &claimed) || !eonay_byte_reader_take (reader, claimed, bytes))
    return FALSE;

  *length = claimed;

  return TRUE;
}

static gboolean
is_plain_text (const char *text, gsize length)
{
  if (!g_utf8_validate_len (text, length, NULL))
    return FALSE;

  for (gsize i = 0; i < length; i++)
    if ((guint8) text[i] < 0x20 || text[i] == 0x7F)
      return FALSE;

  return TRUE;
}

gboolean
eonay_pkcs11_take_string (EonayByteReader *reader, char **string)
{
  const guint8 *bytes;
  gsize length;

  if (!take_sized (reader, &bytes, &length) || !is_plain_text ((const char *) bytes, length))
    return FALSE;

  /* A host that serves a hostile module may have been taken over by it. */
  *string = eonay_text_class_make_line (bytes, (gssize) length);

  return TRUE;
}

gboolean
eonay_pkcs11_take_bytes (EonayByteReader *reader, GBytes **bytes)
{
  const guint8 *taken;
  gsize length;

  if (!take_sized (reader, &taken, &length))
    return FALSE;

  *bytes = g_bytes_new (taken, length);

  return TRUE;
}

gboolean
eonay_pkcs11_take_list (EonayByteReader *reader, GPtrArray **list)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  guint32 length;

  if (!eonay_pkcs11_take_u32 (reader, &length) || length > LIST_MAX)
    return FALSE;

  for (guint32 i = 0; i < length; i++)
    {
      GBytes *bytes;

      if (!eonay_pkcs11_take_bytes (reader, &bytes))
        return FALSE;
      g_ptr_array_add (taken, bytes);
    }
  *list = g_steal_pointer (&taken);

  return TRUE;
}
