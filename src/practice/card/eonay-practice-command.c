#include "practice/card/eonay-practice-command.h"

#include "base/eonay-byte-reader.h"

static gboolean
parse_short (EonayPracticeCommand *self, EonayByteReader *reader, guint8 length)
{
  guint8 expected;

  if (!eonay_byte_reader_take (reader, length, &self->body))
    return FALSE;
  self->body_length = length;

  if (eonay_byte_reader_u8 (reader, &expected))
    self->expected = expected != 0 ? expected : 256;

  return eonay_byte_reader_remaining (reader) == 0;
}

static gboolean
parse_extended (EonayPracticeCommand *self, EonayByteReader *reader)
{
  guint16 value;

  if (!eonay_byte_reader_u16 (reader, &value))
    return FALSE;

  if (eonay_byte_reader_remaining (reader) == 0)
    {
      self->expected = value != 0 ? value : 65536;
      return TRUE;
    }

  if (value == 0 || !eonay_byte_reader_take (reader, value, &self->body))
    return FALSE;
  self->body_length = value;

  if (eonay_byte_reader_u16 (reader, &value))
    self->expected = value != 0 ? value : 65536;

  return eonay_byte_reader_remaining (reader) == 0;
}

gboolean
eonay_practice_command_parse (EonayPracticeCommand *self, const guint8 *bytes, gsize length)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);
  guint8 first;

  *self = (EonayPracticeCommand){ 0 };

  if (!eonay_byte_reader_u8 (&reader, &self->cla) || !eonay_byte_reader_u8 (&reader, &self->ins) ||
      !eonay_byte_reader_u8 (&reader, &self->p1) || !eonay_byte_reader_u8 (&reader, &self->p2))
    return FALSE;

  if (!eonay_byte_reader_u8 (&reader, &first))
    return TRUE;

  if (eonay_byte_reader_remaining (&reader) == 0)
    {
      self->expected = first != 0 ? first : 256;
      return TRUE;
    }

  return first != 0 ? parse_short (self, &reader, first) : parse_extended (self, &reader);
}
