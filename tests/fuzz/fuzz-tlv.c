#include "fuzz-target.h"

#include "card/apdu/eonay-tlv.h"

#define DEPTH_MAX 64

static void
walk (const guint8 *bytes, gsize length, guint depth)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);
  gsize position = 0;
  EonayTlv object, same;
  EonayTlvResult result;

  while ((result = eonay_tlv_read (&reader, &object)) == EONAY_TLV_OBJECT)
    {
      EonayByteReader inside = eonay_tlv_enter (&object);
      EonayByteReader again = EONAY_BYTE_READER_INIT (bytes + position, length - position);

      g_assert_cmpuint (reader.position - position, ==, object.total);
      g_assert_cmpuint (reader.position, <=, length);
      g_assert_true (object.value + object.length == bytes + reader.position);
      g_assert_cmpuint (eonay_byte_reader_remaining (&inside), ==, object.length);
      g_assert_true (eonay_tlv_take (&again, object.tag, &same));
      g_assert_true (eonay_tlv_find (bytes, length, object.tag, &same));
      g_assert_true (same.value <= object.value);
      if (depth > 0)
        walk (object.value, object.length, depth - 1);
      position = reader.position;
    }

  g_assert_cmpuint (reader.position, ==, position);
  if (result == EONAY_TLV_TRUNCATED && object.total != 0)
    g_assert_cmpuint (object.total, >, length - position);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  walk (bytes, length, DEPTH_MAX);

  return 0;
}
