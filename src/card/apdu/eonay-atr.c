#include "card/apdu/eonay-atr.h"

#include "base/eonay-byte-reader.h"
#include "card/apdu/eonay-tlv.h"

#define CATEGORY_STATUS_AT_THE_END 0x00
#define CATEGORY_COMPACT_TLV 0x80
#define STATUS_LENGTH 3
#define TAG_CARD_CAPABILITIES 0x70
#define EXTENDED_LENGTH 0x40
#define TAG_FILE_CAPABILITIES 0x47
#define TAG_EXTENDED_LENGTH_INFORMATION 0x7F66

gboolean
eonay_atr_get_historical_bytes (const guint8 *atr, gsize length, const guint8 **bytes, gsize *count)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (atr, length);
  guint8 t0, indicator;

  if (!eonay_byte_reader_skip (&reader, 1) || !eonay_byte_reader_u8 (&reader, &t0))
    return FALSE;

  indicator = t0 & 0xF0;
  while (indicator != 0)
    {
      gsize before_next = ((indicator & 0x10) != 0) + ((indicator & 0x20) != 0) +
                          ((indicator & 0x40) != 0);
      gboolean has_next = (indicator & 0x80) != 0;

      indicator = 0;
      if (!eonay_byte_reader_skip (&reader, before_next) ||
          (has_next && !eonay_byte_reader_u8 (&reader, &indicator)))
        return FALSE;
      indicator &= 0xF0;
    }

  *count = t0 & 0x0F;

  return eonay_byte_reader_take (&reader, *count, bytes);
}

gboolean
eonay_atr_allows_extended_length (const guint8 *atr, gsize length)
{
  const guint8 *historical;
  gsize count;
  EonayByteReader reader;
  guint8 category, head;

  if (!eonay_atr_get_historical_bytes (atr, length, &historical, &count))
    return FALSE;

  reader = EONAY_BYTE_READER_INIT (historical, count);
  if (!eonay_byte_reader_u8 (&reader, &category))
    return FALSE;
  if (category == CATEGORY_STATUS_AT_THE_END && count > STATUS_LENGTH)
    reader.length -= STATUS_LENGTH;
  else if (category != CATEGORY_COMPACT_TLV)
    return FALSE;

  while (eonay_byte_reader_u8 (&reader, &head))
    {
      const guint8 *value;

      if (!eonay_byte_reader_take (&reader, head & 0x0F, &value))
        return FALSE;
      if ((head & 0xF0) == TAG_CARD_CAPABILITIES)
        return (head & 0x0F) >= 3 && (value[2] & EXTENDED_LENGTH) != 0;
    }

  return FALSE;
}

gboolean
eonay_atr_file_allows_extended_length (const guint8 *content, gsize length)
{
  EonayTlv object;

  if (eonay_tlv_find (content, length, TAG_EXTENDED_LENGTH_INFORMATION, &object))
    return TRUE;

  return eonay_tlv_find (content, length, TAG_FILE_CAPABILITIES, &object) && object.length >= 3 &&
         (object.value[2] & EXTENDED_LENGTH) != 0;
}
