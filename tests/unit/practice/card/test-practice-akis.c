#include "support/card-probe.h"

#include <string.h>

#define SELECT_MF "00a40000 02 3f00"
#define SELECT_BY_NAME "00a40400 07 504b43532d3135"
#define SELECT_CERTIFICATE "00a40200 02 2f10"

/* PIN and PUK as digit values, and as ASCII. */
#define DIGITS "06 010203040506"
#define DIGITS_WRONG "06 090909090909"
#define DIGITS_NEW "06 060504030201"
#define DIGITS_PUK "08 0102030405060708"
#define ASCII "06 313233343536"
#define ASCII_WRONG "06 393939393939"
#define ASCII_NEW "06 363534333231"
#define ASCII_PUK "08 3132333435363738"

#define VERIFY_PIN "00200081"
#define VERIFY_PUK "00200082"
#define SIGN "002a9e9a"
#define PIN 0x81
#define PUK 0x82

static void
assert_tries (EonayPracticeCard *card, int pin, int puk)
{
  g_assert_cmpint (eonay_practice_card_get_tries (card, PIN), ==, pin);
  g_assert_cmpint (eonay_practice_card_get_tries (card, PUK), ==, puk);
}

static GBytes *
read_certificate (EonayPracticeCard *card, const char *id)
{
  g_autofree char *select = g_strconcat ("00a40200 02 ", id, NULL);
  GBytes *content;

  probe_expect (card, SELECT_MF, "9000");
  probe_expect (card, SELECT_BY_NAME, "9000");
  probe_expect (card, select, "9000");
  content = probe_read_file (card, 0xf4);
  g_assert_cmphex (*(const guint8 *) g_bytes_get_data (content, NULL), ==, 0x30);

  return content;
}

static void
test_answers_to_reset (void)
{
  g_autoptr (EonayPracticeCard) first = probe_card (EONAY_PRACTICE_CARD_AKIS_1_0);
  g_autoptr (EonayPracticeCard) second = probe_card (EONAY_PRACTICE_CARD_AKIS_2);
  static const EonayPracticeCardKind kinds[] = { EONAY_PRACTICE_CARD_AKIS_1_0,
                                                 EONAY_PRACTICE_CARD_AKIS_1_2,
                                                 EONAY_PRACTICE_CARD_AKIS_2,
                                                 EONAY_PRACTICE_CARD_AKIS_3 };

  probe_assert_atr (first, "3bba11008131fe4d55454b41452056312e30ae");
  probe_assert_atr (second, "3b9f978131fe4580655443d3228231c073f621808105d3");

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (EonayPracticeCard) card = probe_card (kinds[i]);
      GBytes *atr = eonay_practice_card_get_atr (card);
      const guint8 *bytes = g_bytes_get_data (atr, NULL);
      guint8 check = 0;

      for (gsize j = 1; j < g_bytes_get_size (atr); j++)
        check ^= bytes[j];
      g_assert_cmphex (check, ==, 0);
      g_assert_cmpint ((int) eonay_practice_card_get_protocol (card), ==, EONAY_PROTOCOL_T1);
    }
}

static void
test_historical_bytes (void)
{
  g_autoptr (EonayPracticeCard) early = probe_card (EONAY_PRACTICE_CARD_AKIS_1_2);
  g_autoptr (EonayPracticeCard) third = probe_card (EONAY_PRACTICE_CARD_AKIS_3);
  gsize length;
  const guint8 *atr = g_bytes_get_data (eonay_practice_card_get_atr (early), &length);

  g_assert_cmpmem (atr, 3, "\x3b\x9f\x96", 3);
  g_assert_cmpuint (length, ==, 7 + 15 + 1);
  g_assert_cmpmem (atr + 7, 7, "\x80\x67UEKAE", 7);

  atr = g_bytes_get_data (eonay_practice_card_get_atr (third), &length);
  g_assert_cmpuint (length, ==, 7u + (atr[1] & 0x0f) + 1);
  g_assert_cmpmem (atr + 7, 5, "\x80\x66\x68\x32\x09", 5);
  g_assert_cmpmem (atr + length - 5, 4, "\x31\x95\x81\x05", 4);
}

static void
test_first_selects (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_AKIS_1_0);
  g_autoptr (GBytes) listed = NULL;

  probe_expect (card, "00a40800 06 3f003d002f10", "9000");
  probe_expect (card, "00a40000 02 3f00", "9000");
  probe_expect (card, "00a40000 02 3d00", "9000");
  probe_expect (card, "00a40000 02 2f10", "6a82");
  probe_expect (card, "00a40200 02 2f10", "9000");
  probe_expect (card, "00a40200 02 2f11", "6a82");
  probe_expect (card, "00a40200 02 5031", "9000");
  probe_expect (card, "00a40100 02 3d00", "6a86");
  probe_expect (card, "00a4020c 02 5031", "6a86");
  probe_expect (card, SELECT_BY_NAME, "6a82");
  probe_expect (card, SELECT_MF, "9000");
  probe_expect (card, "00a40400 0c a000000063504b43532d3135", "6a82");
  probe_expect (card, SELECT_BY_NAME, "9000");

  listed = probe_fetch (card, "8018000000");
  g_assert_cmpuint (g_bytes_get_size (listed), ==, 6 * 20);
  g_assert_cmpmem (g_bytes_get_data (listed, NULL), 3, "\x2f\x2f\x10", 3);
  probe_expect (card, SELECT_MF, "9000");
  probe_expect (card, "8018000014", "3d3d0000000000000000000000000000000000009000");
  probe_expect (card, "0018000000", "6d00");
  probe_expect (card, "80a40000 02 3f00", "6d00");
}

static void
test_first_lengths (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_AKIS_1_0);
  g_autofree char *long_body = g_strnfill (2 * 245, '1');
  g_autofree char *too_long = g_strconcat (SIGN "f5", long_body, NULL);
  g_autoptr (GBytes) piece = NULL;

  probe_expect (card, "00a40800 06 3f003d002f10", "9000");
  piece = probe_read (card, "00b00000f4");
  g_assert_cmpuint (g_bytes_get_size (piece), ==, 244);
  probe_expect (card, "00b00000f5", "6700");
  probe_expect (card, "00b0000000", "6700");
  probe_expect (card, "00b00000 000010", "6700");
  probe_expect (card, too_long, "6700");
  probe_expect (card, "10200081 03 010203", "6884");
}

static void
test_serial_number (void)
{
  static const EonayPracticeCardKind kinds[] = { EONAY_PRACTICE_CARD_AKIS_1_0,
                                                 EONAY_PRACTICE_CARD_AKIS_1_2,
                                                 EONAY_PRACTICE_CARD_AKIS_2,
                                                 EONAY_PRACTICE_CARD_AKIS_3 };
  g_autofree char *last = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (EonayPracticeCard) card = probe_card (kinds[i]);
      g_autoptr (GBytes) system = probe_read (card, "00ca01064d");
      char *serial;

      g_assert_cmpuint (g_bytes_get_size (system), ==, 77);
      serial = g_strndup ((const char *) g_bytes_get_data (system, NULL) + 55, 12);
      g_assert_cmpuint (strspn (serial, "0123456789"), ==, 12);
      g_assert_cmpstr (serial, !=, last);
      g_free (last);
      last = serial;
      probe_expect (card, "00ca010500", "6a88");
    }
}

static void
test_first_pin (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_AKIS_1_0);

  probe_expect (card, VERIFY_PIN DIGITS_WRONG, "63c2");
  probe_expect (card, VERIFY_PIN ASCII, "63c1");
  probe_expect (card, VERIFY_PIN DIGITS, "9000");
  assert_tries (card, 3, 3);
  probe_expect (card, VERIFY_PIN, "63c2");
  probe_expect (card, VERIFY_PIN DIGITS, "9000");
  probe_expect (card, VERIFY_PIN "03 010203", "63c2");
  assert_tries (card, 2, 3);
  probe_expect (card, "00200001" DIGITS, "641a");
  probe_expect (card, VERIFY_PIN DIGITS_WRONG, "63c1");
  probe_expect (card, VERIFY_PIN DIGITS_WRONG, "63c0");
  probe_expect (card, VERIFY_PIN DIGITS, "6984");
  probe_expect (card, VERIFY_PIN, "6984");
  assert_tries (card, 0, 3);

  probe_expect (card, "002c0281" DIGITS_NEW, "6406");
  probe_expect (card, VERIFY_PUK DIGITS_PUK, "9000");
  probe_expect (card, "002c0281 06 363534333231", "6a80");
  probe_expect (card, "002c0181" DIGITS_NEW, "6a86");
  probe_expect (card, "002c0281" DIGITS_NEW, "9000");
  probe_expect (card, "002c0281" DIGITS_NEW, "6406");
  probe_expect (card, VERIFY_PIN DIGITS, "63c2");
  probe_expect (card, VERIFY_PIN DIGITS_NEW, "9000");
}

static void
test_first_change (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_AKIS_1_0);

  probe_expect (card, "00240081 0e" DIGITS_WRONG DIGITS_NEW, "63c2");
  probe_expect (card, "00240081 0c 010203040506 060504030201", "6700");
  probe_expect (card,
                "00240081 0e"
                "07 010203040506" DIGITS_NEW,
                "6700");
  probe_expect (card, "00240081 0e" DIGITS "07 060504030201", "6700");
  probe_expect (card, "00240081 0e" DIGITS DIGITS_NEW, "9000");
  eonay_practice_card_reset (card);
  probe_expect (card, VERIFY_PIN DIGITS_NEW, "9000");
  probe_expect (card, "00240201 0e" DIGITS_NEW DIGITS, "9000");
  probe_expect (card, "00240199 0e" DIGITS DIGITS_NEW, "6a86");
  probe_expect (card, VERIFY_PIN DIGITS, "9000");
  assert_tries (card, 3, 3);
}

static void
assert_signs_early (EonayPracticeCardKind kind, const char *verify)
{
  g_autoptr (EonayPracticeCard) card = probe_card (kind);
  g_autoptr (GBytes) certificate = read_certificate (card, "2f10");
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GBytes) again = NULL;

  probe_expect (card, "0022c301", "9000");
  probe_expect (card, SIGN "33" PROBE_DIGEST_INFO "00", "6406");
  eonay_practice_card_reset (card);
  probe_expect (card, verify, "9000");
  probe_expect (card, SIGN "33" PROBE_DIGEST_INFO "00", "6987");
  probe_expect (card, "0022c302", "6419");
  probe_expect (card, "0022c3 01 03 840101", "6700");
  probe_expect (card, "002241b6 03 840101", "6a86");
  probe_expect (card, "0022c301", "9000");
  probe_expect (card, SIGN "20" PROBE_SHA256 "00", "6a80");

  first = probe_send (card, SIGN "33" PROBE_DIGEST_INFO "00");
  g_assert_cmpuint (g_bytes_get_size (first), ==, 244 + 2);
  g_assert_cmpmem ((const guint8 *) g_bytes_get_data (first, NULL) + 244, 2, "\x61\x0c", 2);
  signature = probe_fetch (card, SIGN "33" PROBE_DIGEST_INFO "00");
  g_assert_cmpuint (g_bytes_get_size (signature), ==, 256);
  probe_assert_signs (certificate, signature, PROBE_RSA_PKCS1, EVP_sha256 ());
  again = probe_fetch (card, SIGN "33" PROBE_DIGEST_INFO "f4");
  g_assert_true (g_bytes_equal (again, signature));
}

static void
test_early_sign (void)
{
  assert_signs_early (EONAY_PRACTICE_CARD_AKIS_1_0, VERIFY_PIN DIGITS);
  assert_signs_early (EONAY_PRACTICE_CARD_AKIS_1_2, VERIFY_PIN ASCII);
}

static void
test_early_directories (void)
{
  static const EonayPracticeCardKind kinds[] = { EONAY_PRACTICE_CARD_AKIS_1_0,
                                                 EONAY_PRACTICE_CARD_AKIS_1_2 };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (EonayPracticeCard) card = probe_card (kinds[i]);
      g_autoptr (GBytes) odf = NULL;
      g_autoptr (GBytes) keys = NULL;

      probe_expect (card, i == 0 ? "00a40000 02 3d00" : "00a40100 02 3d00", "9000");
      probe_expect (card, "00a40200 02 5031", "9000");
      odf = probe_read_file (card, 0xf4);
      g_assert_true (probe_contains (odf, "\x3f\x00\x3d\x00\x44\x02", 6));
      probe_expect (card, "00a40200 02 4402", "9000");
      keys = probe_read_file (card, 0xf4);
      /* Identifier 01, usage, access, reference 1. */
      g_assert_true (probe_contains (keys, "\x04\x01\x01\x03\x03\x06\x20\x40", 8));
      g_assert_true (probe_contains (keys, "\x02\x01\x01", 3));
    }
}

static void
test_second_generation_of_first (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_AKIS_1_2);

  probe_expect (card, "00a40000 02 3d00", "6a82");
  probe_expect (card, "00a40100 02 3d00", "9000");
  probe_expect (card, "00a40800 04 3f003d00", "6a86");
  probe_expect (card, "8018000000", "6e00");

  probe_expect (card, VERIFY_PIN DIGITS, "63c2");
  probe_expect (card, VERIFY_PIN "05 3132333435", "63c1");
  probe_expect (card, VERIFY_PIN ASCII, "9000");
  probe_expect (card, "00240081 0e" ASCII ASCII_NEW, "9000");
  for (guint i = 0; i < 3; i++)
    probe_send (card, VERIFY_PIN ASCII_WRONG);
  assert_tries (card, 0, 3);
  probe_expect (card, VERIFY_PIN, "6984");
  probe_expect (card, VERIFY_PUK ASCII_WRONG, "63c2");
  probe_expect (card, "002c0281" ASCII, "6406");
  probe_expect (card, VERIFY_PUK ASCII_PUK, "9000");
  probe_expect (card, "002c0282" ASCII, "641a");
  probe_expect (card, "002c0281" ASCII, "9000");
  probe_expect (card, VERIFY_PIN ASCII, "9000");
  assert_tries (card, 3, 3);
}

static void
test_second_lists (void)
{
  static const EonayPracticeCardKind kinds[] = { EONAY_PRACTICE_CARD_AKIS_2,
                                                 EONAY_PRACTICE_CARD_AKIS_3 };
  static const guint n_certificates[] = { 2, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (EonayPracticeCard) card = probe_card (kinds[i]);

      probe_expect (card, SELECT_CERTIFICATE, "6a82");
      probe_expect (card, SELECT_MF, "9000");
      probe_expect (card, SELECT_BY_NAME, "9000");
      probe_expect (card, "00a40200 02 5031", "6a82");
      for (guint j = 0; j < 10; j++)
        {
          g_autofree char *select = g_strdup_printf ("00a40200 02 2f1%u", j);

          probe_expect (card, select, j < n_certificates[i] ? "9000" : "6a82");
        }
      probe_expect (card, "00b0910010", "6a86");
      probe_expect (card, "00a40800 06 3f003d002f10", "6a86");
    }
}

static void
test_second_pin (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_AKIS_2);

  probe_expect (card, VERIFY_PIN, "63c2");
  assert_tries (card, 2, 3);
  probe_expect (card, VERIFY_PIN "05 3132333435", "6700");
  assert_tries (card, 2, 3);
  probe_expect (card, "00200001" ASCII, "6a88");
  probe_expect (card, VERIFY_PIN ASCII, "9000");
  probe_expect (card, "00240081 0c 313233343536 363534333231", "9000");
  probe_expect (card, "00240281 0c 363534333231 313233343536", "6a86");
  probe_expect (card, VERIFY_PIN ASCII_NEW, "9000");
  probe_expect (card, VERIFY_PIN ASCII_WRONG, "63c2");
  probe_expect (card, VERIFY_PIN ASCII_WRONG, "63c1");
  probe_expect (card, VERIFY_PIN ASCII_WRONG, "63c0");
  probe_expect (card, VERIFY_PIN ASCII_NEW, "6983");
  probe_expect (card, "002c0281" ASCII, "6982");
  probe_expect (card, VERIFY_PUK ASCII_PUK, "9000");
  probe_expect (card, "002c0281" ASCII, "9000");
  probe_expect (card, VERIFY_PIN ASCII, "9000");
}

static void
test_second_signs (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_AKIS_2);
  g_autoptr (GBytes) rsa = read_certificate (card, "2f10");
  g_autoptr (GBytes) ec = read_certificate (card, "2f11");
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GBytes) plain = NULL;

  probe_expect (card, "002241b6 06 800102 840181", "9000");
  probe_expect (card, SIGN "33" PROBE_DIGEST_INFO "00", "6982");
  probe_expect (card, VERIFY_PIN ASCII, "9000");
  signature = probe_fetch (card, SIGN "33" PROBE_DIGEST_INFO "00");
  probe_assert_signs (rsa, signature, PROBE_RSA_PKCS1, EVP_sha256 ());
  probe_expect (card, SIGN "33" PROBE_DIGEST_INFO "00", "6982");

  probe_expect (card, VERIFY_PIN ASCII, "9000");
  probe_expect (card, "002241b6 06 800104 840183", "9000");
  plain = probe_fetch (card, SIGN "30" PROBE_SHA384 "00");
  g_assert_cmpuint (g_bytes_get_size (plain), ==, 96);
  probe_assert_signs (ec, plain, PROBE_ECDSA_PLAIN, EVP_sha384 ());

  probe_expect (card, "002241b6 06 800104 840181", "6a80");
  probe_expect (card, "002241b6 03 840181", "6a80");
  probe_expect (card, "002241b6 06 800102 840101", "6a88");
  probe_expect (card, "0022c301", "6a86");
  assert_tries (card, 3, 3);
}

static void
test_third_refuses (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_AKIS_3);

  probe_expect (card, VERIFY_PIN, "63c2");
  probe_expect (card, VERIFY_PIN ASCII, "9000");
  probe_expect (card, "002241b6 06 800102 840181", "6d00");
  probe_expect (card, "0022c301", "6d00");
  probe_expect (card, SIGN "33" PROBE_DIGEST_INFO "00", "6d00");
  assert_tries (card, 3, 3);
  g_assert_cmpint (eonay_practice_card_get_tries (card, 0x01), ==, -1);
}

#define ADD(name, function) g_test_add_func ("/practice/akis/" name, function)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("answers-to-reset", test_answers_to_reset);
  ADD ("historical-bytes", test_historical_bytes);
  ADD ("serial-number", test_serial_number);
  ADD ("1.0/selects", test_first_selects);
  ADD ("1.0/lengths", test_first_lengths);
  ADD ("1.0/pin", test_first_pin);
  ADD ("1.0/change", test_first_change);
  ADD ("1/sign", test_early_sign);
  ADD ("1/directories", test_early_directories);
  ADD ("1.2/differs", test_second_generation_of_first);
  ADD ("2/lists", test_second_lists);
  ADD ("2/pin", test_second_pin);
  ADD ("2/signs", test_second_signs);
  ADD ("3/refuses", test_third_refuses);

  return g_test_run ();
}
