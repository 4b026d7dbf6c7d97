#include "base/eonay-byte-reader.h"

gsize
eonay_byte_reader_remaining (const EonayByteReader *self)
{
  return self->length - self->position;
}

gboolean
eonay_byte_reader_peek_u8 (const EonayByteReader *self, guint8 *value)
{
  if (eonay_byte_reader_remaining (self) < 1)
    return FALSE;

  *value = self->bytes[self->position];

  return TRUE;
}

gboolean
eonay_byte_reader_u8 (EonayByteReader *self, guint8 *value)
{
  return eonay_byte_reader_peek_u8 (self, value) && eonay_byte_reader_skip (self, 1);
}

gboolean
eonay_byte_reader_u16 (EonayByteReader *self, guint16 *value)
{
  const guint8 *bytes;

  if (!eonay_byte_reader_take (self, 2, &bytes))
    return FALSE;

  *value = (guint16) (bytes[0] << 8 | bytes[1]);

  return TRUE;
}

gboolean
eonay_byte_reader_take (EonayByteReader *self, gsize length, const guint8 **bytes)
{
  if (eonay_byte_reader_remaining (self) < length)
    return FALSE;

  *bytes = self->bytes + self->position;
  self->position += length;

  return TRUE;
}

gboolean
eonay_byte_reader_skip (EonayByteReader *self, gsize length)
{
  const guint8 *ignored;

  return eonay_byte_reader_take (self, length, &ignored);
}
