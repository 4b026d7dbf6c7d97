#include "card/apdu/eonay-tlv.h"

#define TAG_BYTES_MAX 4
#define LENGTH_BYTES_MAX 4

static EonayTlvResult
read_tag (EonayByteReader *reader, guint32 *tag)
{
  guint8 byte;

  if (!eonay_byte_reader_u8 (reader, &byte) || byte == 0x00 || byte == 0xFF)
    return EONAY_TLV_END;

  *tag = byte;
  if ((byte & 0x1F) != 0x1F)
    return EONAY_TLV_OBJECT;

  for (int i = 1; i < TAG_BYTES_MAX; i++)
    {
      if (!eonay_byte_reader_u8 (reader, &byte))
        return EONAY_TLV_TRUNCATED;
      *tag = *tag << 8 | byte;
      if ((byte & 0x80) == 0)
        return EONAY_TLV_OBJECT;
    }

  return EONAY_TLV_MALFORMED;
}

static EonayTlvResult
read_length (EonayByteReader *reader, gsize *length)
{
  guint8 byte;
  int count;

  if (!eonay_byte_reader_u8 (reader, &byte))
    return EONAY_TLV_TRUNCATED;
  if (byte < 0x80)
    {
      *length = byte;
      return EONAY_TLV_OBJECT;
    }

  count = byte & 0x7F;
  if (count == 0 || count > LENGTH_BYTES_MAX)
    return EONAY_TLV_MALFORMED;

  *length = 0;
  for (int i = 0; i < count; i++)
    {
      if (!eonay_byte_reader_u8 (reader, &byte))
        return EONAY_TLV_TRUNCATED;
      *length = *length << 8 | byte;
    }

  return EONAY_TLV_OBJECT;
}

EonayTlvResult
eonay_tlv_read (EonayByteReader *reader, EonayTlv *tlv)
{
  EonayByteReader ahead = *reader;
  EonayTlvResult result;

  *tlv = (EonayTlv){ 0 };
  result = read_tag (&ahead, &tlv->tag);
  if (result == EONAY_TLV_OBJECT)
    result = read_length (&ahead, &tlv->length);
  if (result != EONAY_TLV_OBJECT)
    return result;

  tlv->total = ahead.position - reader->position + tlv->length;
  if (!eonay_byte_reader_take (&ahead, tlv->length, &tlv->value))
    return EONAY_TLV_TRUNCATED;

  *reader = ahead;

  return EONAY_TLV_OBJECT;
}

gboolean
eonay_tlv_take (EonayByteReader *reader, guint32 tag, EonayTlv *tlv)
{
  EonayByteReader ahead = *reader;

  if (eonay_tlv_read (&ahead, tlv) != EONAY_TLV_OBJECT || tlv->tag != tag)
    return FALSE;

  *reader = ahead;

  return TRUE;
}

gboolean
eonay_tlv_find (const guint8 *bytes, gsize length, guint32 tag, EonayTlv *tlv)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);

  while (eonay_tlv_read (&reader, tlv) == EONAY_TLV_OBJECT)
    if (tlv->tag == tag)
      return TRUE;

  return FALSE;
}

EonayByteReader
eonay_tlv_enter (const EonayTlv *self)
{
  return EONAY_BYTE_READER_INIT (self->value, self->length);
}
