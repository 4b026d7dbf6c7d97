#include "base/eonay-byte-reader.h"

static void
test_reads_in_order (void)
{
  const guint8 bytes[] = { 0x01, 0x02, 0x03, 0x04, 0x05 };
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, sizeof bytes);
  const guint8 *rest;
  guint16 u16;
  guint8 u8;

  g_assert_true (eonay_byte_reader_peek_u8 (&reader, &u8));
  g_assert_cmphex (u8, ==, 0x01);
  g_assert_true (eonay_byte_reader_u8 (&reader, &u8));
  g_assert_cmphex (u8, ==, 0x01);
  g_assert_true (eonay_byte_reader_u16 (&reader, &u16));
  g_assert_cmphex (u16, ==, 0x0203);
  g_assert_true (eonay_byte_reader_take (&reader, 2, &rest));
  g_assert_true (rest == bytes + 3);
  g_assert_cmpuint (eonay_byte_reader_remaining (&reader), ==, 0);
}

static void
test_stops_at_the_end (void)
{
  const guint8 bytes[] = { 0x01 };
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, sizeof bytes);
  const guint8 *rest;
  guint16 u16;
  guint8 u8;

  g_assert_false (eonay_byte_reader_u16 (&reader, &u16));
  g_assert_false (eonay_byte_reader_take (&reader, 2, &rest));
  g_assert_false (eonay_byte_reader_skip (&reader, G_MAXSIZE));
  g_assert_cmpuint (reader.position, ==, 0);
  g_assert_true (eonay_byte_reader_skip (&reader, 1));
  g_assert_false (eonay_byte_reader_u8 (&reader, &u8));
  g_assert_false (eonay_byte_reader_peek_u8 (&reader, &u8));
  g_assert_true (eonay_byte_reader_take (&reader, 0, &rest));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/byte-reader/reads-in-order", test_reads_in_order);
  g_test_add_func ("/base/byte-reader/stops-at-the-end", test_stops_at_the_end);

  return g_test_run ();
}
