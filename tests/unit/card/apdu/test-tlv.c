#include "card/apdu/eonay-tlv.h"

#include "card/apdu/eonay-atr.h"
#include "support/test-slots.h"

static EonayTlvResult
read_hex (const char *hex, EonayTlv *tlv, gsize *moved)
{
  g_autoptr (GBytes) bytes = test_from_hex (hex);
  EonayByteReader reader = EONAY_BYTE_READER_INIT (g_bytes_get_data (bytes, NULL),
                                                   g_bytes_get_size (bytes));
  EonayTlvResult result = eonay_tlv_read (&reader, tlv);

  *moved = reader.position;

  return result;
}

static void
test_reads_objects (void)
{
  static const struct {
    const char *hex;
    EonayTlvResult result;
    guint32 tag;
    gsize length;
    gsize total;
  } rows[] = {
    { "3000", EONAY_TLV_OBJECT, 0x30, 0, 2 },
    { "0401aa", EONAY_TLV_OBJECT, 0x04, 1, 3 },
    { "7f490401020304", EONAY_TLV_OBJECT, 0x7F49, 4, 7 },
    { "5f8101020102", EONAY_TLV_OBJECT, 0x5F8101, 2, 6 },
    { "04810101", EONAY_TLV_OBJECT, 0x04, 1, 4 },
    { "0484000000020102", EONAY_TLV_OBJECT, 0x04, 2, 8 },
    { "", EONAY_TLV_END, 0, 0, 0 },
    { "00", EONAY_TLV_END, 0, 0, 0 },
    { "ffff", EONAY_TLV_END, 0, 0, 0 },
    { "30", EONAY_TLV_TRUNCATED, 0, 0, 0 },
    { "7f", EONAY_TLV_TRUNCATED, 0, 0, 0 },
    { "3082", EONAY_TLV_TRUNCATED, 0, 0, 0 },
    { "30820575aa", EONAY_TLV_TRUNCATED, 0, 0x575, 0x579 },
    { "3084ffffffffaa", EONAY_TLV_TRUNCATED, 0, 0xFFFFFFFF, 0x100000005 },
    { "3080aa", EONAY_TLV_MALFORMED, 0, 0, 0 },
    { "30850000000001aa", EONAY_TLV_MALFORMED, 0, 0, 0 },
    { "1f8181818101aa", EONAY_TLV_MALFORMED, 0, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      EonayTlv tlv;
      gsize moved;
      EonayTlvResult result = read_hex (rows[i].hex, &tlv, &moved);

      g_assert_cmpint (result, ==, rows[i].result);
      if (result == EONAY_TLV_OBJECT)
        {
          g_assert_cmphex (tlv.tag, ==, rows[i].tag);
          g_assert_cmpuint (tlv.length, ==, rows[i].length);
          g_assert_cmpuint (moved, ==, rows[i].total);
        }
      else
        g_assert_cmpuint (moved, ==, 0);
      if (result != EONAY_TLV_MALFORMED)
        g_assert_cmpuint (tlv.total, ==, rows[i].total);
    }
}

static void
test_takes_only_what_is_asked_for (void)
{
  static const guint8 bytes[] = { 0x30, 0x03, 0x02, 0x01, 0x05, 0x04, 0x01, 0xAA, 0x00, 0x00 };
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, sizeof bytes);
  EonayByteReader inside;
  EonayTlv tlv;

  g_assert_false (eonay_tlv_take (&reader, 0x04, &tlv));
  g_assert_cmpuint (reader.position, ==, 0);
  g_assert_true (eonay_tlv_take (&reader, 0x30, &tlv));
  inside = eonay_tlv_enter (&tlv);
  g_assert_true (eonay_tlv_take (&inside, 0x02, &tlv));
  g_assert_cmpuint (tlv.value[0], ==, 5);
  g_assert_cmpuint (eonay_byte_reader_remaining (&inside), ==, 0);
  g_assert_true (eonay_tlv_find (bytes, sizeof bytes, 0x04, &tlv));
  g_assert_cmpuint (tlv.value[0], ==, 0xAA);
  g_assert_false (eonay_tlv_find (bytes, sizeof bytes, 0x05, &tlv));
}

static void
test_survives_any_bytes (void)
{
  for (guint i = 0; i < 50000; i++)
    {
      gsize length = (gsize) g_test_rand_int_range (0, 24);
      g_autofree guint8 *bytes = g_malloc (length);
      EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);
      EonayTlv tlv;

      for (gsize b = 0; b < length; b++)
        bytes[b] = (guint8) g_test_rand_int ();
      while (eonay_tlv_read (&reader, &tlv) == EONAY_TLV_OBJECT)
        {
          g_assert_true (tlv.value >= bytes);
          g_assert_true (tlv.value + tlv.length <= bytes + length);
        }
      g_assert_cmpuint (reader.position, <=, length);
    }
}

static void
test_extended_length_in_atr (void)
{
  static const struct {
    const char *atr;
    gboolean extended;
  } rows[] = {
    { "3b8d018031f873f421e0554f4e4159f0aa", TRUE },
    { "3b8d018031f873f42100554f4e4159f0aa", FALSE },
    { "3b80800101", FALSE },
    { "3bba11008131fe4d55454b41452056312e30ae", FALSE },
    { "3b9f978131fe4580655443d3228231c073f621808105d3", FALSE },
    { "3b0800738421c0009000", TRUE },
    { "3b0400738421c0", FALSE },
    { "3b", FALSE },
    { "", FALSE },
    { "3bff", FALSE },
    { "3b8f", FALSE },
    { "3b028073", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) atr = test_from_hex (rows[i].atr);

      g_assert_true (eonay_atr_allows_extended_length (g_bytes_get_data (atr, NULL),
                                                       g_bytes_get_size (atr)) == rows[i].extended);
    }
}

static void
test_atr_survives_any_bytes (void)
{
  for (guint i = 0; i < 50000; i++)
    {
      gsize length = (gsize) g_test_rand_int_range (0, 34);
      g_autofree guint8 *bytes = g_malloc (length);
      const guint8 *historical;
      gsize count;

      for (gsize b = 0; b < length; b++)
        bytes[b] = (guint8) g_test_rand_int ();
      eonay_atr_allows_extended_length (bytes, length);
      if (eonay_atr_get_historical_bytes (bytes, length, &historical, &count))
        g_assert_true (historical + count <= bytes + length);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/tlv/reads-objects", test_reads_objects);
  g_test_add_func ("/card/tlv/takes-only-what-is-asked-for", test_takes_only_what_is_asked_for);
  g_test_add_func ("/card/tlv/survives-any-bytes", test_survives_any_bytes);
  g_test_add_func ("/card/atr/extended-length", test_extended_length_in_atr);
  g_test_add_func ("/card/atr/survives-any-bytes", test_atr_survives_any_bytes);

  return g_test_run ();
}
