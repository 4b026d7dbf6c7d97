#include "support/card-probe.h"

#include "practice/reader/eonay-practice-reader.h"

#include <string.h>

#define SELECT_PKCS15 "00a4040c 0c a000000063504b43532d3135"
#define VERIFY "00200001 06 313233343536"
#define VERIFY_WRONG "00200001 06 393939393939"
#define SIGN "002a9e9a"
#define DIGITS "06 313233343536"
#define OTHER_DIGITS "06 363534333231"
#define PADDED "31323334353600000000000000000000"
#define OTHER_PADDED "36353433323100000000000000000000"

static GBytes *
read_at (EonayPracticeCard *card, const char *path, guint piece)
{
  g_autofree char *select = g_strconcat ("00a4080c", path, NULL);

  probe_expect (card, select, "9000");

  return probe_read_file (card, piece);
}

static void
test_names (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  EonayPracticeCardKind kind = EONAY_PRACTICE_CARD_TWO;

  for (guint i = 0; i < EONAY_PRACTICE_N_CARD_KINDS; i++)
    {
      const char *name = eonay_practice_card_kind_get_name ((EonayPracticeCardKind) i);

      g_assert_true (g_hash_table_add (seen, (gpointer) name));
      g_assert_true (eonay_practice_card_kind_from_name (name, &kind));
      g_assert_cmpuint ((guint) kind, ==, i);
    }

  g_assert_false (eonay_practice_card_kind_from_name ("akis", &kind));
  g_assert_cmpuint ((guint) kind, ==, EONAY_PRACTICE_N_CARD_KINDS - 1);
  g_assert_cmpuint (EONAY_PRACTICE_N_CARDS, ==, 5);
}

static void
test_random_bytes (void)
{
  static const guint8 instructions[] = { 0x18, 0x20, 0x22, 0x24, 0x2a, 0x2c,
                                         0x84, 0xa4, 0xb0, 0xc0, 0xca };
  g_autoptr (GRand) random = g_rand_new_with_seed (20260102);

  for (guint kind = EONAY_PRACTICE_N_CARDS; kind < EONAY_PRACTICE_N_CARD_KINDS; kind++)
    {
      g_autoptr (EonayPracticeCard) card = probe_card ((EonayPracticeCardKind) kind);

      for (guint i = 0; i < 4000; i++)
        {
          guint8 command[64];
          gsize length = (gsize) g_rand_int_range (random, 0, sizeof command);
          g_autoptr (GBytes) answer = NULL;
          const guint8 *status;

          for (gsize j = 0; j < length; j++)
            command[j] = (guint8) g_rand_int (random);
          if (length > 5 && g_rand_int_range (random, 0, 8) != 0)
            {
              command[0] = g_rand_boolean (random) ? 0x00 : (g_rand_boolean (random) ? 0x10 : 0x80);
              command[1] = instructions[g_rand_int_range (random, 0, G_N_ELEMENTS (instructions))];
              command[2] = g_rand_boolean (random) ? command[2] & 0x0e : command[2];
              command[3] = g_rand_boolean (random) ? 0x81 : command[3];
              command[4] = (guint8) (length - 5 - (gsize) g_rand_int_range (random, 0, 2));
            }

          answer = eonay_practice_card_process (card, command, length);
          g_assert_cmpuint (g_bytes_get_size (answer), >=, 2);
          status = g_bytes_get_data (answer, NULL);
          status += g_bytes_get_size (answer) - 2;
          g_assert_true (status[0] == 0x90 || (status[0] >= 0x61 && status[0] <= 0x6e));
        }
    }
}

static void
test_token_info (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *year = g_date_time_format (now, "%Y");
  g_autofree char *updated = g_strconcat ("\xa5\x11\x18\x0f", year, NULL);
  g_autoptr (GBytes) token = NULL;
  g_autoptr (GBytes) by_path = NULL;

  probe_expect (card, SELECT_PKCS15, "9000");
  token = probe_read (card, "00b0920000");
  by_path = read_at (card, "04 50155032", 0);
  g_assert_true (g_bytes_equal (token, by_path));
  g_assert_true (probe_contains (token, updated, strlen (updated)));
  /* CKM_RSA_PKCS with 11, CKM_RSA_PKCS_PSS with 12, CKM_ECDSA with 21. */
  g_assert_true (probe_contains (token, "\x02\x01\x01\x05\x00\x03\x02\x06\x40\x02\x01\x11", 12));
  g_assert_true (probe_contains (token, "\x02\x01\x0d\x05\x00\x03\x02\x06\x40\x02\x01\x12", 12));
  g_assert_true (
      probe_contains (token, "\x02\x02\x10\x41\x05\x00\x03\x02\x06\x40\x02\x01\x21", 13));
}

static void
test_plain_card_signs_pss (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (GBytes) certificate = read_at (card, "04 50153400", 0);
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GBytes) longer = NULL;

  probe_expect (card, VERIFY, "9000");
  probe_expect (card, "002241b6 06 800112 840100", "9000");
  signature = probe_read (card, SIGN "20" PROBE_SHA256 "00");
  probe_assert_signs (certificate, signature, PROBE_RSA_PSS, EVP_sha256 ());
  longer = probe_read (card, SIGN "30" PROBE_SHA384 "00");
  probe_assert_signs (certificate, longer, PROBE_RSA_PSS, EVP_sha384 ());
  probe_expect (card, SIGN "33" PROBE_DIGEST_INFO "00", "6a80");
}

static void
test_t0_halves (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_T0);
  g_autoptr (GBytes) name = NULL;

  /* T0 announces 13 historical bytes and no interface byte: T=0, and no TCK. */
  probe_assert_atr (card, "3b0d8031f873f4218055454f4e4159");
  probe_expect (card, "00a40400 0c a000000063504b43532d3135 00", "6700");
  probe_expect (card, "00a40400 0c a000000063504b43532d3135", "611a");
  probe_expect (card, "00c0000000", "6c1a");
  name = probe_read (card, "00c000001a");
  g_assert_cmphex (*(const guint8 *) g_bytes_get_data (name, NULL), ==, 0x6f);
  probe_expect (card, "00a4040c 0c a000000063504b43532d3135", "9000");
  probe_expect (card, "00a40800 04 50155031", "6113");
  probe_expect (card, "00c000000a", "6f1182010183025031806109");
  probe_expect (card, "00b0000000", "6c30");
  probe_expect (card, "00b0000002", "a80a9000");
  probe_expect (card, "00b0002f02", "6c01");
  probe_expect (card, "00b00000 000010", "6700");
  probe_expect (card, "00ca010100", "6c03");
  probe_expect (card, "00ca010103", "01000e9000");
}

static void
test_t0_signs (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_T0);
  g_autoptr (GBytes) certificate = read_at (card, "04 50153400", 0);
  g_autoptr (GBytes) signature = NULL;

  probe_expect (card, "0020000100", "63c3");
  probe_expect (card, VERIFY_WRONG, "63c2");
  probe_expect (card, VERIFY, "9000");
  probe_expect (card, "002241b6 06 800111 840100", "9000");
  probe_expect (card, SIGN "33" PROBE_DIGEST_INFO "00", "6700");
  probe_expect (card, SIGN "33" PROBE_DIGEST_INFO, "6100");
  signature = probe_fetch (card, SIGN "33" PROBE_DIGEST_INFO);
  g_assert_cmpuint (g_bytes_get_size (signature), ==, 256);
  probe_assert_signs (certificate, signature, PROBE_RSA_PKCS1, EVP_sha256 ());
}

static void
test_t0_transport (void)
{
  g_autoptr (EonayPracticeReader) reader = eonay_practice_reader_new ();
  g_autoptr (EonayTransport) transport = eonay_practice_reader_open (reader);
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_T0);
  g_autoptr (GError) error = NULL;

  eonay_practice_reader_set_card (reader, card);
  g_assert_true (eonay_transport_connect (transport, &error));
  g_assert_no_error (error);
  g_assert_cmpint ((int) eonay_transport_get_protocol (transport), ==, EONAY_PROTOCOL_T0);
  eonay_transport_disconnect (transport, EONAY_DISPOSITION_LEAVE);
}

static void
test_many_applications (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_MANY);
  g_autoptr (GBytes) directory = read_at (card, "02 2f00", 0);
  const guint8 *bytes = g_bytes_get_data (directory, NULL);
  g_autoptr (GBytes) odf = NULL;

  g_assert_cmpmem (bytes, 1, "\x61", 1);
  g_assert_cmpmem (bytes + 2, 8, "\x4f\x06\xd2\x76\x00\x01\x24\x01", 8);
  g_assert_true (probe_contains (directory, "\x51\x04\x3f\x00\x7f\x15", 6));
  g_assert_true (probe_contains (directory, "\x4f\x0a\xa0\x00\x00\x01\x67", 7));

  probe_expect (card, SELECT_PKCS15, "6a82");
  probe_expect (card, "00a4080c 04 50155031", "6a82");
  probe_expect (card, "00a4040c 06 d27600012401", "9000");
  probe_expect (card, "00a4080c 06 3f007f155031", "9000");
  odf = probe_read_file (card, 0);
  g_assert_true (probe_contains (odf, "\xa0\x06\x30\x04\x04\x02\x44\x02", 8));
  g_assert_true (probe_contains (odf, "\xa0\x06\x30\x04\x04\x02\x44\x05", 8));
}

static void
test_many_certificates_in_one_file (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_MANY);
  g_autoptr (GBytes) certificates = read_at (card, "04 7f153400", 0);
  g_autoptr (GBytes) directory = read_at (card, "04 7f154404", 0);
  g_autoptr (GBytes) first_keys = read_at (card, "04 7f154402", 0);
  g_autoptr (GBytes) other_keys = read_at (card, "04 7f154405", 0);
  const guint8 *bytes = g_bytes_get_data (certificates, NULL);
  gsize first_length = (gsize) (bytes[18] << 8 | bytes[19]) + 4;
  const guint8 *second = bytes + 16 + first_length + 16;
  const guint8 index[] = { 0x02, 0x02, (guint8) ((second - bytes) >> 8),
                           (guint8) ((second - bytes) & 0xff) };

  g_assert_cmphex (bytes[16], ==, 0x30);
  g_assert_cmphex (second[0], ==, 0x30);
  g_assert_cmpuint ((gsize) (second - bytes) + (gsize) (second[2] << 8 | second[3]) + 4, ==,
                    g_bytes_get_size (certificates));
  g_assert_true (probe_contains (directory, "\x02\x01\x10\x80\x02", 5));
  g_assert_true (probe_contains (directory, index, sizeof index));
  /* Each key names its own PIN's identifier; the second has userConsent 1. */
  g_assert_true (probe_contains (first_keys, "\x03\x02\x07\x80\x04\x01\x11\x30", 8));
  g_assert_true (probe_contains (other_keys, "\x03\x02\x07\x80\x04\x01\x12\x02\x01\x01\x30", 11));
}

static GBytes *
read_many_certificate (EonayPracticeCard *card, guint place)
{
  g_autoptr (GBytes) all = read_at (card, "04 7f153400", 0);
  const guint8 *bytes = g_bytes_get_data (all, NULL);
  gsize first_length = (gsize) (bytes[18] << 8 | bytes[19]) + 4;
  gsize start = place == 0 ? 16 : 16 + first_length + 16;

  return g_bytes_new_from_bytes (all, start, g_bytes_get_size (all) - start);
}

static void
test_many_pins (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_MANY);
  g_autoptr (GBytes) login = read_many_certificate (card, 0);
  g_autoptr (GBytes) signing = read_many_certificate (card, 1);
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GBytes) qualified = NULL;

  probe_expect (card, "00200081" DIGITS, "9000");
  probe_expect (card, "002241b6 03 840101", "9000");
  probe_expect (card, SIGN "33" PROBE_DIGEST_INFO "00", "6982");
  probe_expect (card, "002241b6 03 840100", "9000");
  signature = probe_read (card, SIGN "33" PROBE_DIGEST_INFO "00");
  probe_assert_signs (login, signature, PROBE_RSA_PKCS1, EVP_sha256 ());

  probe_expect (card, "00200083" DIGITS, "63c2");
  g_assert_cmpint (eonay_practice_card_get_tries (card, 0x81), ==, 3);
  g_assert_cmpint (eonay_practice_card_get_tries (card, 0x83), ==, 2);
  probe_expect (card, "00200083" OTHER_DIGITS, "9000");
  probe_expect (card, "002241b6 03 840101", "9000");
  probe_expect (card, "00b0920001", "309000");
  probe_expect (card, SIGN "33" PROBE_DIGEST_INFO "00", "6982");
  probe_expect (card, "00200083" OTHER_DIGITS, "9000");
  probe_expect (card, "002241b6 03 840101", "9000");
  qualified = probe_read (card, SIGN "33" PROBE_DIGEST_INFO "00");
  probe_assert_signs (signing, qualified, PROBE_RSA_PKCS1, EVP_sha256 ());
  probe_expect (card, SIGN "33" PROBE_DIGEST_INFO "00", "6982");
}

static void
test_many_puks (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_MANY);

  for (guint i = 0; i < 3; i++)
    probe_send (card, "00200083" DIGITS);
  probe_expect (card, "00200083", "6983");
  probe_expect (card, "00200081" DIGITS, "9000");
  probe_expect (card, "002c0083 20 31323334353637380000000000000000" PADDED, "63c2");
  g_assert_cmpint (eonay_practice_card_get_tries (card, 0x82), ==, 3);
  g_assert_cmpint (eonay_practice_card_get_tries (card, 0x84), ==, 2);
  probe_expect (card, "002c0083 20 38373635343332310000000000000000" PADDED, "9000");
  probe_expect (card, "00200083" DIGITS, "9000");
  probe_expect (card, "00240083 20 " PADDED OTHER_PADDED, "9000");
  probe_expect (card, "00240082 20 " PADDED OTHER_PADDED, "6985");
}

static void
test_pss_only (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_PSS);
  g_autoptr (GBytes) certificate = read_at (card, "04 50153400", 0);
  g_autoptr (GBytes) token = read_at (card, "04 50155032", 0);
  g_autoptr (GBytes) keys = read_at (card, "04 50154402", 0);
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GBytes) unasked = NULL;

  g_assert_true (probe_contains (token, "\x02\x01\x0d\x05\x00\x03\x02\x06\x40\x02\x01\x12", 12));
  g_assert_true (probe_contains (token, "\x02\x01\x43\x05\x00\x03\x02\x06\x40\x02\x01\x12", 12));
  g_assert_false (probe_contains (token, "\x02\x01\x11", 3));
  g_assert_true (probe_contains (keys, "\xa1\x06\x02\x01\x01\x02\x01\x02", 8));

  probe_expect (card, VERIFY, "9000");
  probe_expect (card, "002241b6 06 800111 840100", "6a80");
  probe_expect (card, "002241b6 06 800112 840100", "9000");
  signature = probe_read (card, SIGN "20" PROBE_SHA256 "00");
  probe_assert_signs (certificate, signature, PROBE_RSA_PSS, EVP_sha256 ());
  probe_expect (card, SIGN "33" PROBE_DIGEST_INFO "00", "6a80");
  probe_expect (card, SIGN "30" PROBE_SHA384 "00", "6a80");
  probe_expect (card, "002241b6 03 840100", "9000");
  unasked = probe_read (card, SIGN "20" PROBE_SHA256 "00");
  probe_assert_signs (certificate, unasked, PROBE_RSA_PSS, EVP_sha256 ());
}

static void
test_host_padded (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_HOST_PADDED);
  g_autoptr (GBytes) certificate = read_at (card, "04 50153400", 0);
  g_autoptr (GBytes) token = read_at (card, "04 50155032", 0);
  g_autoptr (GBytes) capabilities = read_at (card, "02 2f01", 0);
  g_autofree char *padding = g_strnfill (2 * 202, 'f');
  g_autofree char *first = g_strconcat ("102a9e9a cd 0001", padding, "00", NULL);
  g_autoptr (GBytes) signature = NULL;

  g_assert_true (probe_contains (token, "\x02\x01\x03\x05\x00\x03\x02\x06\x40\x02\x01\x10", 12));
  g_assert_cmpmem (g_bytes_get_data (capabilities, NULL), g_bytes_get_size (capabilities),
                   "\x43\x01\xf8\x47\x03\xf4\x21\x80", 8);
  probe_expect (card, "00ca010103", "01000e9000");
  probe_expect (card, "00b00000 000000", "6700");

  probe_expect (card, VERIFY, "9000");
  probe_expect (card, "002241b6 06 800111 840100", "6a80");
  probe_expect (card, "002241b6 06 800110 840100", "9000");
  probe_expect (card, first, "9000");
  signature = probe_read (card, SIGN "33" PROBE_DIGEST_INFO "00");
  probe_assert_signs (certificate, signature, PROBE_RSA_PKCS1, EVP_sha256 ());
  probe_expect (card, SIGN "33" PROBE_DIGEST_INFO "00", "6a80");
}

static void
test_63c0 (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_63C0);

  probe_expect (card, VERIFY, "9000");
  probe_expect (card, "00200001", "63c3");
  probe_expect (card, "002241b6 03 840100", "9000");
  g_bytes_unref (probe_read (card, SIGN "33" PROBE_DIGEST_INFO "00"));
  probe_expect (card, VERIFY_WRONG, "63c2");
  probe_expect (card, "00200001", "63c2");
  probe_expect (card, VERIFY_WRONG, "63c1");
  probe_expect (card, VERIFY_WRONG, "63c0");
  probe_expect (card, VERIFY, "63c0");
  probe_expect (card, "00200001", "63c0");
  g_assert_cmpint (eonay_practice_card_get_tries (card, 0x01), ==, 0);
}

#define ADD(name, function) g_test_add_func ("/practice/variety/" name, function)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("names", test_names);
  ADD ("random-bytes", test_random_bytes);
  ADD ("token-info", test_token_info);
  ADD ("plain-card-signs-pss", test_plain_card_signs_pss);
  ADD ("t0/halves", test_t0_halves);
  ADD ("t0/signs", test_t0_signs);
  ADD ("t0/transport", test_t0_transport);
  ADD ("many/applications", test_many_applications);
  ADD ("many/certificates-in-one-file", test_many_certificates_in_one_file);
  ADD ("many/pins", test_many_pins);
  ADD ("many/puks", test_many_puks);
  ADD ("pss/only", test_pss_only);
  ADD ("host-padded/signs", test_host_padded);
  ADD ("63c0/states", test_63c0);

  return g_test_run ();
}
