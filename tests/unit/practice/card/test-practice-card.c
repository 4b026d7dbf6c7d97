#include "support/card-probe.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#define SELECT_PKCS15 "00a4040c0c a000000063504b43532d3135"
#define VERIFY "00200001 06 313233343536"
#define VERIFY_WRONG "00200001 06 393939393939"
#define STATUS "00200001"
#define PIN_PADDED "31323334353600000000000000000000"
#define PUK_PADDED "31323334353637380000000000000000"
#define NEW_PADDED "36353433323100000000000000000000"
#define WRONG_PADDED "39393939393900000000000000000000"
#define CHANGE "00240001 20 "
#define UNBLOCK "002c0001 20 "
#define CHOOSE_FIRST "002241b6 06 800111 840100"
#define SHA256_OF_NOTHING "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define DIGEST_INFO "3031300d060960864801650304020105000420" SHA256_OF_NOTHING
#define SHA384_OF_NOTHING                                            \
  "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da" \
  "274edebfe76f65fbd51ad2f14898b95b"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)

static void
test_answer_to_reset (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_EC);
  GBytes *atr = eonay_practice_card_get_atr (card);
  const guint8 *bytes = g_bytes_get_data (atr, NULL);
  guint n_historical = bytes[1] & 0x0f;
  guint8 check = 0;

  g_assert_cmpuint (g_bytes_get_size (atr), ==, 3 + n_historical + 1);
  for (gsize i = 1; i < g_bytes_get_size (atr); i++)
    check ^= bytes[i];
  g_assert_cmphex (check, ==, 0);

  /* Third capability byte: command chaining and extended lengths. */
  g_assert_cmpmem (bytes + 3, 7, "\x80\x31\xf8\x73\xf4\x21\xe0", 7);
  probe_expect (card, "00ca5f5200", "8031f873f421e055454f4e41599000");
}

static void
test_select_by_name (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_EC);

  probe_expect (card, SELECT_PKCS15, "9000");
  probe_expect (card, "00a40400 0c a000000063504b43532d3135 00",
                "6f1882013883025015840ca000000063504b43532d31358a01059000");
  probe_expect (card, "00a40400 0c a000000063504b43532d3135", "9000");
  probe_expect (card, "00a4040c 05 a000000063", "9000");
  probe_expect (card, "00b0910001", "a89000");
  probe_expect (card, "00a4040e 05 a000000063", "6a82");
  probe_expect (card, "00a4040c 0d a000000063504b43532d313500", "6a82");
  probe_expect (card, "00a4040c 06 a00000006399", "6a82");
  probe_expect (card, "00a4040c 0c f276a288bcfba69d34f31001", "9000");
  probe_expect (card, "00a40404", "9000");
}

static void
test_select_by_identifier_and_path (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_EC);

  probe_expect (card, "00a4000c 02 5031", "6a82");
  probe_expect (card, "00a4000c 02 2f00", "9000");
  probe_expect (card, "00a4000c 02 5015", "9000");
  probe_expect (card, "00a4000c 02 5031", "9000");
  probe_expect (card, "00a4000c 02 2f00", "9000");
  probe_expect (card, "00a4010c 02 5015", "9000");
  probe_expect (card, "00a4010c 02 5031", "6a82");
  probe_expect (card, "00a4020c 02 5031", "9000");
  probe_expect (card, "00a4030c", "9000");
  probe_expect (card, "00a4030c", "6a82");
  probe_expect (card, "00a4020c 02 5015", "6a82");
  probe_expect (card, "00a4080c 04 50155031", "9000");
  probe_expect (card, "00a4080c 06 3f0050155032", "9000");
  probe_expect (card, "00a4080c 04 50155099", "6a82");
  probe_expect (card, "00a4080c 03 501550", "6a82");
  probe_expect (card, "00a4080c 06 2f0050155032", "6a82");
  probe_expect (card, "00a4000c 02 3f00", "9000");
  probe_expect (card, "00a4090c 04 50155031", "9000");
  probe_expect (card, "00a4090c 04 50155031", "6a82");
  probe_expect (card, "00a4090c 02 5032", "9000");
  probe_expect (card, "00a4000c", "9000");
  probe_expect (card, "00a40804 02 2f01 00", "621182010183022f01800200138801e88a01059000");
  probe_expect (card, "00a40800 02 2f01 00", "6f1182010183022f01800200138801e88a01059000");
  probe_expect (card, "00a40808 02 2f01 00", "6a86");
  probe_expect (card, "00a4050c 02 2f01", "6a86");
}

static void
test_read (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_EC);
  g_autoptr (GBytes) short_form = NULL;
  g_autoptr (GBytes) extended_form = NULL;

  probe_expect (card, "00b0000000", "6986");
  probe_expect (card, "00a4000c 02 2f01", "9000");
  probe_expect (card, "00b0000000", "4301f84703f421e07f660802027fff02027fff9000");
  probe_expect (card, "00b00000", "6700");
  probe_expect (card, "00b0000013", "4301f84703f421e07f660802027fff02027fff9000");
  probe_expect (card, "00b0000014", "4301f84703f421e07f660802027fff02027fff6282");
  probe_expect (card, "00b0000302", "47039000");
  probe_expect (card, "00b0001205", "ff6282");
  probe_expect (card, "00b0001301", "6b00");
  probe_expect (card, "00b07fff01", "6b00");
  probe_expect (card, "00b09d0302", "47039000");
  probe_expect (card, "00b09e0001", "619000");
  probe_expect (card, "00b0910001", "6a82");
  probe_expect (card, "00b0800001", "6a82");
  probe_expect (card, "00b0bd0001", "6a86");

  probe_expect (card, "00a4080c 04 50153400", "9000");
  short_form = probe_read (card, "00b0000000");
  extended_form = probe_read (card, "00b00000 000000");
  g_assert_cmpuint (g_bytes_get_size (short_form), ==, 256);
  g_assert_cmpuint (g_bytes_get_size (extended_form), >, 512);
  g_assert_cmpmem (g_bytes_get_data (short_form, NULL), 256, g_bytes_get_data (extended_form, NULL),
                   256);
}

static void
test_pin (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_VALID);

  probe_expect (card, STATUS, "63c3");
  probe_expect (card, STATUS "00", "63c3");
  probe_expect (card, "00200003", "6a88");
  probe_expect (card, "00200101", "6a86");
  probe_expect (card, "00200001 05 3132333435", "6700");
  probe_expect (card, "00200001 11 " PIN_PADDED "00", "6700");
  probe_expect (card, STATUS, "63c3");

  probe_expect (card, VERIFY_WRONG, "63c2");
  eonay_practice_card_reset (card);
  probe_expect (card, STATUS, "63c2");
  probe_expect (card, VERIFY_WRONG, "63c1");
  probe_expect (card, VERIFY, "9000");
  probe_expect (card, STATUS, "9000");
  probe_expect (card, "0020ff01", "9000");
  probe_expect (card, STATUS, "63c3");
  probe_expect (card, "00200001 10 " PIN_PADDED, "9000");
  probe_expect (card, SELECT_PKCS15, "9000");
  probe_expect (card, STATUS, "9000");
  probe_expect (card, VERIFY_WRONG, "63c2");
  probe_expect (card, STATUS, "63c2");
  probe_expect (card, VERIFY, "9000");
  eonay_practice_card_reset (card);
  probe_expect (card, STATUS, "63c3");
}

static void
test_pin_blocks (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_VALID);

  probe_expect (card, VERIFY_WRONG, "63c2");
  probe_expect (card, VERIFY_WRONG, "63c1");
  probe_expect (card, VERIFY_WRONG, "63c0");
  probe_expect (card, STATUS, "6983");
  probe_expect (card, VERIFY, "6983");
  eonay_practice_card_reset (card);
  probe_expect (card, VERIFY, "6983");
  probe_expect (card, CHANGE PIN_PADDED NEW_PADDED, "6983");

  probe_expect (card, UNBLOCK WRONG_PADDED NEW_PADDED, "63c2");
  probe_expect (card, STATUS, "6983");
  probe_expect (card, "00200002", "63c2");
  probe_expect (card, UNBLOCK PUK_PADDED NEW_PADDED, "9000");
  probe_expect (card, "00200002", "63c3");
  probe_expect (card, STATUS, "63c3");
  probe_expect (card, VERIFY, "63c2");
  probe_expect (card, "00200001 06 363534333231", "9000");
}

static void
test_issued_pins (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_EC);

  g_assert_false (eonay_practice_card_issue_pins (card, "12345", NULL));
  g_assert_false (eonay_practice_card_issue_pins (card, NULL, "1234567890123456x"));
  g_assert_true (eonay_practice_card_issue_pins (card, "246802", "1357913579"));
  probe_expect (card, SELECT_PKCS15, "9000");
  probe_expect (card, "00200001 06 323436383032", "9000");
  probe_expect (card, "00200002 0a 31333537393133353739", "9000");
}

static void
test_unblock_keeps_pin_and_puk_blocks (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_BLOCKED);

  probe_expect (card, STATUS, "6983");
  probe_expect (card, "002c0101 10 " PUK_PADDED, "9000");
  probe_expect (card, VERIFY, "9000");

  probe_expect (card, "002c0201 10 " PUK_PADDED, "6a86");
  probe_expect (card, "002c0002 20 " PUK_PADDED NEW_PADDED, "6a88");
  probe_expect (card, "002c0001 10 " PUK_PADDED, "6700");
  probe_expect (card, UNBLOCK PUK_PADDED "61626364656600000000000000000000", "6a80");
  probe_expect (card, "00200002", "63c3");
  probe_expect (card, UNBLOCK WRONG_PADDED NEW_PADDED, "63c2");
  eonay_practice_card_reset (card);
  probe_expect (card, UNBLOCK WRONG_PADDED NEW_PADDED, "63c1");
  probe_expect (card, UNBLOCK WRONG_PADDED NEW_PADDED, "63c0");
  probe_expect (card, UNBLOCK PUK_PADDED NEW_PADDED, "6983");
  probe_expect (card, VERIFY, "9000");
}

static void
test_change (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_VALID);

  probe_expect (card, CHANGE WRONG_PADDED NEW_PADDED, "63c2");
  probe_expect (card, CHANGE PIN_PADDED "31323300000000000000000000000000", "6a80");
  probe_expect (card, "00240001 0c 313233343536 363534333231", "6700");
  probe_expect (card, "00240101 20 " PIN_PADDED NEW_PADDED, "6a86");
  probe_expect (card, "00240002 20 " PUK_PADDED NEW_PADDED, "6985");
  probe_expect (card, "00240009 20 " PUK_PADDED NEW_PADDED, "6a88");
  probe_expect (card, CHANGE PIN_PADDED NEW_PADDED, "9000");
  eonay_practice_card_reset (card);
  probe_expect (card, VERIFY, "63c2");
  probe_expect (card, "00200001 06 363534333231", "9000");
}

static EVP_PKEY *
read_key (EonayPracticeCard *card, const char *path)
{
  g_autofree char *select = g_strconcat ("00a4080c 04 ", path, NULL);
  g_autoptr (GBytes) der = NULL;
  g_autoptr (X509) certificate = NULL;
  const guint8 *bytes;

  probe_expect (card, select, "9000");
  der = probe_read (card, "00b00000 000000");
  bytes = g_bytes_get_data (der, NULL);
  certificate = d2i_X509 (NULL, &bytes, (long) g_bytes_get_size (der));
  g_assert_nonnull (certificate);

  return X509_get_pubkey (certificate);
}

static void
assert_signs_nothing (GBytes *signature, EVP_PKEY *key, const EVP_MD *hash)
{
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();

  g_assert_cmpint (EVP_DigestVerifyInit (context, NULL, hash, NULL, key), ==, 1);
  g_assert_cmpint (EVP_DigestVerify (context, g_bytes_get_data (signature, NULL),
                                     g_bytes_get_size (signature), (const guint8 *) "", 0),
                   ==, 1);
  EVP_PKEY_free (key);
}

static void
test_sign_rsa (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GBytes) other = NULL;

  probe_expect (card, "002a9e9a 33 " DIGEST_INFO "00", "6982");
  probe_expect (card, VERIFY, "9000");
  probe_expect (card, "002a9e9a 33 " DIGEST_INFO "00", "6985");
  probe_expect (card, CHOOSE_FIRST, "9000");
  signature = probe_read (card, "002a9e9a 33 " DIGEST_INFO "00");
  g_assert_cmpuint (g_bytes_get_size (signature), ==, 256);
  assert_signs_nothing (signature, read_key (card, "50153400"), EVP_sha256 ());

  probe_expect (card, "002241b6 0a 80011181025015 840101", "9000");
  other = probe_read (card, "002a9e9a 000033 " DIGEST_INFO "0000");
  assert_signs_nothing (other, read_key (card, "50153401"), EVP_sha256 ());

  probe_expect (card, "002a9e9a 20 " SHA256_OF_NOTHING "00", "6a80");
  probe_expect (card, "002a9e9a 32 " DIGEST_INFO "00", "6700");
  probe_expect (card, "002a9e9a00", "6a80");
  probe_expect (card, "002a9a9e 33 " DIGEST_INFO "00", "6a86");
}

static void
test_sign_ec (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_EC);
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GBytes) shorter = NULL;

  probe_expect (card, VERIFY, "9000");
  probe_expect (card, "002241b6 03 840100", "9000");
  signature = probe_read (card, "002a9e9a 30 " SHA384_OF_NOTHING "00");
  assert_signs_nothing (signature, read_key (card, "50153400"), EVP_sha384 ());

  probe_expect (card, "002241b6 06 800121840100", "9000");
  shorter = probe_read (card, "002a9e9a 20 " SHA256_OF_NOTHING "00");
  assert_signs_nothing (shorter, read_key (card, "50153400"), EVP_sha256 ());
  probe_expect (card, "002a9e9a 33 " DIGEST_INFO "00", "6a80");
}

static void
test_environment (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_TWO);

  probe_expect (card, "002241b6 03 800111", "6a88");
  probe_expect (card, "002241b6 06 800121840100", "6a80");
  probe_expect (card, "002241b6 06 800111840101", "6a80");
  probe_expect (card, "002241b6 06 800111840109", "6a88");
  probe_expect (card, "002241b6 03 850100", "6a80");
  probe_expect (card, "002241b6 03 840200", "6a80");
  probe_expect (card, "002241b8 03 840100", "6a86");
  probe_expect (card, "0022f3b6 03 840100", "6a86");
  probe_expect (card, "002241b6 06 800121840101", "9000");
  probe_expect (card, "002241b6 03 800121", "9000");

  probe_expect (card, VERIFY, "9000");
  probe_expect (card, SELECT_PKCS15, "9000");
  probe_expect (card, "002a9e9a 30 " SHA384_OF_NOTHING "00", "6985");
  probe_expect (card, "002241b6 03 840102", "9000");
  eonay_practice_card_reset (card);
  probe_expect (card, "002a9e9a 33 " DIGEST_INFO "00", "6982");
}

static void
test_get_response (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  g_autoptr (GBytes) rest = NULL;
  g_autoptr (GByteArray) signature = g_byte_array_new ();
  g_autoptr (GBytes) whole = NULL;

  probe_expect (card, "00c0000000", "6985");
  probe_expect (card, VERIFY, "9000");
  probe_expect (card, CHOOSE_FIRST, "9000");
  probe_expect (card, "002a9e9a 33 " DIGEST_INFO, "6100");

  first = probe_send (card, "00c0000064");
  g_assert_cmpuint (g_bytes_get_size (first), ==, 0x64 + 2);
  g_assert_cmpmem ((const guint8 *) g_bytes_get_data (first, NULL) + 0x64, 2, "\x61\x9c", 2);
  second = probe_send (card, "00c0000001");
  g_assert_cmpmem ((const guint8 *) g_bytes_get_data (second, NULL) + 1, 2, "\x61\x9b", 2);
  rest = probe_read (card, "00c0000000");
  g_assert_cmpuint (g_bytes_get_size (rest), ==, 0x9b);
  probe_expect (card, "00c0000000", "6985");

  g_byte_array_append (signature, g_bytes_get_data (first, NULL), 0x64);
  g_byte_array_append (signature, g_bytes_get_data (second, NULL), 1);
  g_byte_array_append (signature, g_bytes_get_data (rest, NULL), 0x9b);
  whole = g_byte_array_free_to_bytes (g_steal_pointer (&signature));
  assert_signs_nothing (whole, read_key (card, "50153400"), EVP_sha256 ());

  probe_expect (card, "002a9e9a 33 " DIGEST_INFO, "6100");
  probe_expect (card, STATUS, "9000");
  probe_expect (card, "00c0000000", "6985");
}

static void
test_chaining (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (GBytes) signature = NULL;

  probe_expect (card, "10200001 03 313233", "9000");
  probe_expect (card, "00200001 03 343536", "9000");
  probe_expect (card, STATUS, "9000");
  probe_expect (card, CHOOSE_FIRST, "9000");
  probe_expect (card, "102a9e9a 13 3031300d060960864801650304020105000420", "9000");
  signature = probe_read (card, "002a9e9a 20 " SHA256_OF_NOTHING "00");
  assert_signs_nothing (signature, read_key (card, "50153400"), EVP_sha256 ());

  probe_expect (card, "102a9e9a 13 3031300d060960864801650304020105000420", "9000");
  probe_expect (card, STATUS, "6883");
  probe_expect (card, STATUS, "9000");
  probe_expect (card, "10200001 03 393939", "9000");
  eonay_practice_card_reset (card);
  probe_expect (card, "00200001 03 343536", "6700");
}

static void
test_other_commands (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_EC);
  g_autoptr (GBytes) challenge = probe_read (card, "0084000010");
  g_autoptr (GBytes) another = probe_read (card, "0084000010");

  g_assert_cmpuint (g_bytes_get_size (challenge), ==, 16);
  g_assert_false (g_bytes_equal (challenge, another));
  probe_expect (card, "00840000", "6700");
  probe_expect (card, "0084010008", "6a86");
  probe_expect (card, "00ca010103", "01000f9000");
  probe_expect (card, "00ca010100", "01000f9000");
  probe_expect (card, "00ca010102", "01006101");
  probe_expect (card, "00ca020200", "6a88");
  probe_expect (card, "00d6000001ff", "6d00");
  probe_expect (card, "80ca010103", "6e00");
  probe_expect (card, "ff00000000", "6e00");
  probe_expect (card, "01ca010103", "6881");
  probe_expect (card, "0cca010103", "6882");
  probe_expect (card, "", "6700");
  probe_expect (card, "00a404", "6700");
  probe_expect (card, "00a4040c 05 a0000000", "6700");
  probe_expect (card, "00a4040c 00", "9000");
  probe_expect (card, "00a4040c 0000", "6700");
  probe_expect (card, "00a4040c 000000 00", "6700");
}

static void
test_random_bytes (void)
{
  static const guint8 instructions[] = {
    0x20, 0x22, 0x24, 0x2a, 0x2c, 0x84, 0xa4, 0xb0, 0xc0, 0xca
  };
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_TWO);
  g_autoptr (GRand) random = g_rand_new_with_seed (20191225);

  for (guint i = 0; i < 20000; i++)
    {
      guint8 command[300];
      gsize length = (gsize) g_rand_int_range (random, 0, i % 10 == 0 ? sizeof command : 24);
      g_autoptr (GBytes) answer = NULL;
      const guint8 *bytes;

      for (gsize j = 0; j < length; j++)
        command[j] = (guint8) g_rand_int (random);
      if (length > 4 && g_rand_boolean (random))
        {
          command[0] = g_rand_boolean (random) ? 0x00 : 0x10;
          command[1] = instructions[g_rand_int_range (random, 0, G_N_ELEMENTS (instructions))];
          command[2] &= g_rand_boolean (random) ? 0x0d : 0xff;
          command[4] = g_rand_boolean (random) ? (guint8) (length - 5) : command[4];
        }

      answer = eonay_practice_card_process (card, command, length);
      g_assert_cmpuint (g_bytes_get_size (answer), >=, 2);
      g_assert_cmpuint (g_bytes_get_size (answer), <=, 65536 + 2);
      bytes = g_bytes_get_data (answer, NULL);
      bytes += g_bytes_get_size (answer) - 2;
      g_assert_true (bytes[0] == 0x90 || (bytes[0] >= 0x61 && bytes[0] <= 0x6e));
    }
}

static void
test_kinds (void)
{
  for (guint kind = 0; kind < EONAY_PRACTICE_N_CARDS; kind++)
    {
      static const guint n_certificates[] = { 2, 1, 1, 1, 3 };
      EonayPracticeCard *card = probe_card ((EonayPracticeCardKind) kind);

      g_assert_cmpint ((int) eonay_practice_card_get_kind (card), ==, (int) kind);
      for (guint i = 0; i < 4; i++)
        {
          g_autofree char *select = g_strdup_printf ("00a4080c 04 5015340%u", i);

          probe_expect (card, select, i < n_certificates[kind] ? "9000" : "6a82");
        }
      probe_expect (card, STATUS, kind == EONAY_PRACTICE_CARD_BLOCKED ? "6983" : "63c3");
      g_assert_finalize_object (card);
    }
}

#define ADD(name, function) g_test_add_func ("/practice/card/" name, function)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("answer-to-reset", test_answer_to_reset);
  ADD ("select-by-name", test_select_by_name);
  ADD ("select-by-identifier-and-path", test_select_by_identifier_and_path);
  ADD ("read", test_read);
  ADD ("pin", test_pin);
  ADD ("pin-blocks", test_pin_blocks);
  ADD ("issued-pins", test_issued_pins);
  ADD ("unblock-keeps-pin-and-puk-blocks", test_unblock_keeps_pin_and_puk_blocks);
  ADD ("change", test_change);
  ADD ("sign-rsa", test_sign_rsa);
  ADD ("sign-ec", test_sign_ec);
  ADD ("environment", test_environment);
  ADD ("get-response", test_get_response);
  ADD ("chaining", test_chaining);
  ADD ("other-commands", test_other_commands);
  ADD ("random-bytes", test_random_bytes);
  ADD ("kinds", test_kinds);

  return g_test_run ();
}
