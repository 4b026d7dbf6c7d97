#include <string.h>

#include "base/eonay-error.h"
#include "card/pkcs15/eonay-pkcs15-algorithm.h"
#include "card/pkcs15/eonay-pkcs15-parser.h"
#include "card/pkcs15/eonay-pkcs15-pin.h"
#include "support/test-slots.h"

static guint
parse_file (EonayPkcs15Objects *objects, EonayPkcs15Kind kind, const char *name)
{
  g_autoptr (GBytes) file = test_read_file (name);

  return eonay_pkcs15_parser_read_objects (objects, kind, g_bytes_get_data (file, NULL),
                                           g_bytes_get_size (file), NULL);
}

static guint
parse_hex (EonayPkcs15Objects *objects, EonayPkcs15Kind kind, const char *hex)
{
  g_autoptr (GBytes) bytes = test_from_hex (hex);

  return eonay_pkcs15_parser_read_objects (objects, kind, g_bytes_get_data (bytes, NULL),
                                           g_bytes_get_size (bytes), NULL);
}

static void
assert_bytes (GBytes *bytes, const char *hex)
{
  g_autoptr (GBytes) expected = test_from_hex (hex);

  g_assert_true (g_bytes_equal (bytes, expected));
}

static void
test_object_directory (void)
{
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();
  g_autoptr (GBytes) file = test_read_file ("files/3f0050155031.bin");
  const struct {
    EonayPkcs15Kind kind;
    guint8 last;
  } rows[] = { { EONAY_PKCS15_PINS, 0x01 },
               { EONAY_PKCS15_PRIVATE_KEYS, 0x02 },
               { EONAY_PKCS15_CERTIFICATES, 0x04 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GArray) paths = eonay_pkcs15_parser_read_odf (
          objects, rows[i].kind, g_bytes_get_data (file, NULL), g_bytes_get_size (file));
      const guint8 expected[] = { 0x3F, 0x00, 0x50, 0x15, 0x44, rows[i].last };

      g_assert_cmpuint (paths->len, ==, 1);
      g_assert_cmpmem (g_array_index (paths, EonayPkcs15Path, 0).bytes,
                       g_array_index (paths, EonayPkcs15Path, 0).length, expected, sizeof expected);
    }
}

static void
test_pins_of_a_card (void)
{
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();
  const EonayPkcs15Pin *pin;

  g_assert_cmpuint (parse_file (objects, EONAY_PKCS15_PINS, "files/3f0050154401.bin"), ==, 1);
  pin = g_ptr_array_index (objects->pins, 0);
  g_assert_cmpstr (pin->label, ==, "User PIN");
  assert_bytes (pin->auth_id, "01");
  g_assert_cmpuint (pin->reference, ==, 1);
  g_assert_cmpuint (pin->type, ==, EONAY_PKCS15_PIN_ASCII_NUMERIC);
  g_assert_cmpuint (pin->min_length, ==, 4);
  g_assert_cmpuint (pin->stored_length, ==, 16);
  g_assert_cmpuint (pin->max_length, ==, 16);
  g_assert_cmpint (pin->pad, ==, 0);
  g_assert_true (eonay_pkcs15_objects_has_flag (pin->flags, EONAY_PKCS15_PIN_NEEDS_PADDING));
  g_assert_false (eonay_pkcs15_objects_has_flag (pin->flags, EONAY_PKCS15_PIN_UNBLOCKING));
}

static void
test_keys_of_a_card (void)
{
  static const struct {
    const char *id;
    gboolean rsa;
    int reference;
    gboolean non_repudiation;
  } rows[] = {
    { "45", TRUE, 0, TRUE },
    { "46", FALSE, 1, TRUE },
    { "47", TRUE, 2, TRUE },
    { "48", TRUE, 3, FALSE },
  };
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();

  parse_file (objects, EONAY_PKCS15_PINS, "files/3f0050154401.bin");
  g_assert_cmpuint (parse_file (objects, EONAY_PKCS15_PRIVATE_KEYS, "files/3f0050154402.bin"), ==,
                    4);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) id = test_from_hex (rows[i].id);
      const EonayPkcs15Key *key = eonay_pkcs15_objects_find_key (objects, id);

      g_assert_nonnull (key);
      g_assert_true (key->rsa == rows[i].rsa);
      g_assert_cmpint (key->reference, ==, rows[i].reference);
      if (!rows[i].non_repudiation)
        g_assert_false (
            eonay_pkcs15_objects_has_flag (key->usage, EONAY_PKCS15_USAGE_NON_REPUDIATION));
      g_assert_true (eonay_pkcs15_objects_has_flag (key->usage, EONAY_PKCS15_USAGE_SIGN));
      g_assert_true (eonay_pkcs15_objects_find_pin (objects, key) ==
                     g_ptr_array_index (objects->pins, 0));
    }
}

static void
test_certificates_of_a_card (void)
{
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();
  const EonayPkcs15Certificate *certificate;
  const guint8 path[] = { 0x3F, 0x00, 0x50, 0x15, 0x34, 0x03 };

  g_assert_cmpuint (parse_file (objects, EONAY_PKCS15_CERTIFICATES, "files/3f0050154404.bin"), ==,
                    4);
  certificate = g_ptr_array_index (objects->certificates, 3);
  g_assert_cmpstr (certificate->label, ==, "AYŞE DENEME giriş");
  assert_bytes (certificate->id, "48");
  g_assert_cmpmem (certificate->path.bytes, certificate->path.length, path, sizeof path);
  g_assert_null (certificate->value);
}

/* Of several PINs, the key's auth id tells the right one, and a PUK is never it. */
static void
test_right_pin_of_several (void)
{
  static const char broken_off[] = "3029300a0c0350554b03030600813003040101";
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();
  EonayPkcs15Pin *pin;
  EonayPkcs15Key key = { .auth_id = g_bytes_new_static ("\x02", 1) };
  static const struct {
    const char *auth_id;
    guint32 flags;
    guint8 reference;
  } rows[] = {
    { "\x01", 0, 0x81 },
    { "\x02", 1u << (31 - EONAY_PKCS15_PIN_UNBLOCKING), 0x82 },
    { "\x02", 0, 0x83 },
    { "\x03", 0, 0x84 },
  };

  /* An object that breaks off is passed over. */
  g_assert_cmpuint (parse_hex (objects, EONAY_PKCS15_PINS, broken_off), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      pin = g_new0 (EonayPkcs15Pin, 1);
      pin->auth_id = g_bytes_new_static (rows[i].auth_id, 1);
      pin->flags = rows[i].flags;
      pin->reference = rows[i].reference;
      g_ptr_array_add (objects->pins, pin);
    }
  g_assert_cmphex (eonay_pkcs15_objects_find_pin (objects, &key)->reference, ==, 0x83);
  g_clear_pointer (&key.auth_id, g_bytes_unref);
  g_assert_null (eonay_pkcs15_objects_find_pin (objects, &key));
}

/* ASN.1 that has grown since: unknown elements at each end are no obstacle. */
static void
test_skips_what_is_new (void)
{
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();

  g_assert_cmpuint (
      parse_hex (objects, EONAY_PKCS15_CERTIFICATES,
                 /* an unknown kind, then a certificate with something behind each part */
                 "a503040101"
                 "3023"
                 "3007"
                 "0c0141"
                 "8a020102"
                 "3007"
                 "040145"
                 "8a020102"
                 "a10c"
                 "300a"
                 "3004"
                 "04022f10"
                 "8a020102"
                 "8b0101"
                 "ffff"),
      ==, 1);
  assert_bytes (((EonayPkcs15Certificate *) g_ptr_array_index (objects->certificates, 0))->id,
                "45");
}

static void
test_inline_certificate_and_part_of_a_file (void)
{
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();
  const EonayPkcs15Certificate *certificate;

  g_assert_cmpuint (parse_hex (objects, EONAY_PKCS15_CERTIFICATES,
                               "3010"
                               "3000"
                               "3003"
                               "040145"
                               "a107"
                               "3005"
                               "a003"
                               "300101"
                               "3018"
                               "3000"
                               "3003"
                               "040146"
                               "a10f"
                               "300d"
                               "300b"
                               "04022f10"
                               "020200fa"
                               "800110"),
                    ==, 2);
  certificate = g_ptr_array_index (objects->certificates, 0);
  assert_bytes (certificate->value, "300101");
  certificate = g_ptr_array_index (objects->certificates, 1);
  g_assert_cmpuint (certificate->path.offset, ==, 250);
  g_assert_cmpuint (certificate->path.count, ==, 16);
}

static void
test_token_info (void)
{
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();
  g_autoptr (EonayPkcs15Objects) rich = eonay_pkcs15_objects_new ();
  g_autoptr (GBytes) file = test_read_file ("files/3f0050155032.bin");
  g_autoptr (GBytes) with_algorithms = test_from_hex ("303b"
                                                      "020100"
                                                      "0403010203"
                                                      "80024142"
                                                      "030205a0"
                                                      "a229"
                                                      "3011"
                                                      "020101"
                                                      "02020001"
                                                      "0500"
                                                      "03020640"
                                                      "06022a03"
                                                      "3014"
                                                      "020102"
                                                      "02021041"
                                                      "0500"
                                                      "03020640"
                                                      "06022a03"
                                                      "020121");
  EonayPkcs15Algorithm *algorithm;

  eonay_pkcs15_parser_read_token_info (objects, g_bytes_get_data (file, NULL),
                                       g_bytes_get_size (file));
  g_assert_cmpstr (objects->label, ==, "DENEME Kart");
  g_assert_cmpstr (objects->serial, ==, "0000");
  g_assert_cmpstr (objects->last_update, ==, "20261120132523Z");
  g_assert_cmpuint (objects->algorithms->len, ==, 0);

  /* The first entry has no reference: only the second is of use. */
  eonay_pkcs15_parser_read_token_info (rich, g_bytes_get_data (with_algorithms, NULL),
                                       g_bytes_get_size (with_algorithms));
  g_assert_cmpstr (rich->label, ==, "AB");
  g_assert_cmpstr (rich->serial, ==, "010203");
  g_assert_null (rich->last_update);
  g_assert_cmpuint (rich->algorithms->len, ==, 1);
  algorithm = &g_array_index (rich->algorithms, EonayPkcs15Algorithm, 0);
  g_assert_cmpuint (algorithm->reference, ==, 2);
  g_assert_cmphex (algorithm->mechanism, ==, 0x1041);
  g_assert_cmphex (algorithm->card_reference, ==, 0x21);
}

static void
test_chooses_algorithms (void)
{
  const EonayPkcs15Facts none = { .tries_max = -1 };
  const EonayPkcs15Facts known = { .rsa = 0x11, .ecdsa = 0x21 };
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();
  g_autoptr (GArray) references = g_array_new (FALSE, FALSE, sizeof (guint));
  EonayPkcs15Key key = { .rsa = TRUE, .algorithms = references };
  const EonayPkcs15Algorithm listed[] = { { 1, 0x0003, 0x55 }, { 2, 0x0001, 0x02 } };
  const guint only_raw = 1;
  EonayPkcs15Choice choice;
  g_autoptr (GError) error = NULL;

  g_assert_false (eonay_pkcs15_algorithm_choose (
      objects, &none, &key, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, &choice, &error));
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_ALGORITHM);
  g_assert_true (eonay_pkcs15_algorithm_choose (
      objects, &known, &key, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, &choice, NULL));
  g_assert_cmphex (choice.reference, ==, 0x11);
  g_assert_cmpint (choice.input, ==, EONAY_PKCS15_INPUT_DIGEST_INFO);

  g_array_append_vals (objects->algorithms, listed, G_N_ELEMENTS (listed));
  g_assert_true (eonay_pkcs15_algorithm_choose (
      objects, &known, &key, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, &choice, NULL));
  g_assert_cmphex (choice.reference, ==, 0x02);
  g_array_append_val (references, only_raw);
  g_assert_true (eonay_pkcs15_algorithm_choose (
      objects, &known, &key, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, &choice, NULL));
  g_assert_cmphex (choice.reference, ==, 0x55);
  g_assert_cmpint (choice.input, ==, EONAY_PKCS15_INPUT_BLOCK);
}

/* What the card says of its key counts more than what its family can do. */
static void
test_key_that_only_does_pss (void)
{
  const EonayPkcs15Facts facts = { .rsa = 0x11, .ecdsa = 0x21, .rsa_pss = 0x12 };
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();
  g_autoptr (GArray) references = g_array_new (FALSE, FALSE, sizeof (guint));
  EonayPkcs15Key key = { .rsa = TRUE, .algorithms = references };
  const EonayPkcs15Algorithm listed[] = { { 1, 0x000D, 0x52 }, { 2, 0x0001, 0x51 } };
  const guint only_pss = 1;
  EonayPkcs15Choice choice;
  g_autoptr (GError) error = NULL;

  g_assert_false (eonay_pkcs15_algorithm_is_only_pss (objects, &facts, &key));
  g_array_append_vals (objects->algorithms, listed, G_N_ELEMENTS (listed));
  g_assert_false (eonay_pkcs15_algorithm_is_only_pss (objects, &facts, &key));
  g_array_append_val (references, only_pss);
  g_assert_true (eonay_pkcs15_algorithm_is_only_pss (objects, &facts, &key));
  g_assert_true (eonay_pkcs15_algorithm_choose (
      objects, &facts, &key, EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256, &choice, NULL));
  g_assert_cmphex (choice.reference, ==, 0x52);
  g_assert_cmpint (choice.input, ==, EONAY_PKCS15_INPUT_DIGEST);
  g_assert_false (eonay_pkcs15_algorithm_choose (
      objects, &facts, &key, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, &choice, &error));
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_ALGORITHM);
  key.rsa = FALSE;
  g_assert_false (eonay_pkcs15_algorithm_is_only_pss (objects, &facts, &key));
}

static void
test_makes_inputs (void)
{
  guint8 hash[48];
  g_autoptr (GBytes) short_digest = NULL;
  g_autoptr (GBytes) long_digest = NULL;
  g_autoptr (GBytes) info = NULL;
  g_autoptr (GBytes) block = NULL;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) cut = NULL;
  const guint8 *bytes;

  memset (hash, 0xAB, sizeof hash);
  short_digest = g_bytes_new (hash, 32);
  long_digest = g_bytes_new (hash, 48);

  info = eonay_pkcs15_algorithm_make_input (EONAY_PKCS15_INPUT_DIGEST_INFO, short_digest, 256);
  g_assert_cmpuint (g_bytes_get_size (info), ==, 51);
  block = eonay_pkcs15_algorithm_make_input (EONAY_PKCS15_INPUT_BLOCK, short_digest, 256);
  g_assert_cmpuint (g_bytes_get_size (block), ==, 256);
  bytes = g_bytes_get_data (block, NULL);
  g_assert_cmphex (bytes[0], ==, 0x00);
  g_assert_cmphex (bytes[1], ==, 0x01);
  g_assert_cmphex (bytes[2], ==, 0xFF);
  g_assert_cmphex (bytes[256 - 51 - 2], ==, 0xFF);
  g_assert_cmphex (bytes[256 - 51 - 1], ==, 0x00);
  g_assert_cmpmem (bytes + 256 - 51, 51, g_bytes_get_data (info, NULL), 51);
  whole = eonay_pkcs15_algorithm_make_input (EONAY_PKCS15_INPUT_DIGEST, long_digest, 48);
  g_assert_true (g_bytes_equal (whole, long_digest));
  cut = eonay_pkcs15_algorithm_make_input (EONAY_PKCS15_INPUT_DIGEST, long_digest, 32);
  g_assert_cmpuint (g_bytes_get_size (cut), ==, 32);
}

static gboolean
pin_fits (const EonayPkcs15Pin *pin, const char *text, GError **error)
{
  const EonayPkcs15Facts facts = { .tries_max = -1 };
  g_autoptr (EonaySecret) secret = eonay_secret_new (text, strlen (text));
  g_autoptr (EonayCardPin) card_pin = NULL;
  EonayCardPinRules rules;

  eonay_pkcs15_pin_get_rules (pin, &facts, &rules);
  card_pin = eonay_card_pin_new (&rules);

  return eonay_pkcs15_pin_check_kind (pin, error) && eonay_card_pin_check (card_pin, secret, error);
}

static gsize
encode (const EonayPkcs15Pin *pin, const EonaySecret *secret, guint8 *buffer)
{
  const EonayPkcs15Facts facts = { .tries_max = -1 };
  EonayCardPinRules rules;

  eonay_pkcs15_pin_get_rules (pin, &facts, &rules);

  return eonay_pin_format_encode (&rules.format, secret, buffer);
}

static void
test_encodes_pins (void)
{
  EonayPkcs15Pin pin = { .type = EONAY_PKCS15_PIN_ASCII_NUMERIC,
                         .min_length = 4,
                         .stored_length = 8,
                         .max_length = 8,
                         .pad = 0xFF,
                         .flags = 1u << (31 - EONAY_PKCS15_PIN_NEEDS_PADDING) };
  g_autoptr (EonaySecret) secret = eonay_secret_new ("123456", 6);
  guint8 buffer[EONAY_PIN_FORMAT_MAX];

  g_assert_cmpmem (buffer, encode (&pin, secret, buffer), "123456\xFF\xFF", 8);
  pin.flags = 0;
  g_assert_cmpmem (buffer, encode (&pin, secret, buffer), "123456", 6);
}

/* The card's own number must not lead out of the buffer. */
static void
test_refuses_overlong_block (void)
{
  const EonayPinFormat format = { .min_length = 4,
                                  .max_length = 8,
                                  .padded = TRUE,
                                  .stored_length = 300 };
  g_autoptr (EonaySecret) secret = eonay_secret_new ("123456", 6);
  guint8 buffer[EONAY_PIN_FORMAT_MAX];

  g_assert_false (eonay_pin_format_accepts (&format, secret));
  g_assert_cmpuint (eonay_pin_format_encode (&format, secret, buffer), ==, 0);
}

static void
test_refuses_pins_before_they_are_sent (void)
{
  EonayPkcs15Pin pin = { .type = EONAY_PKCS15_PIN_UTF8,
                         .min_length = 4,
                         .stored_length = 8,
                         .max_length = 8,
                         .pad = -1 };
  g_autoptr (GError) error = NULL;

  g_assert_true (pin_fits (&pin, "abcd", NULL));
  g_assert_true (pin_fits (&pin, "şifre", NULL));
  g_assert_false (pin_fits (&pin, "şşş", NULL));
  g_assert_false (pin_fits (&pin, "şşşşş", &error));
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH);
  g_clear_error (&error);
  pin.type = EONAY_PKCS15_PIN_ASCII_NUMERIC;
  g_assert_false (pin_fits (&pin, "abcd", NULL));

  pin.flags = 1u << (31 - EONAY_PKCS15_PIN_NEEDS_PADDING);
  g_assert_false (pin_fits (&pin, "1234", &error));
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NEEDED);
  pin.flags = 0;
  pin.type = EONAY_PKCS15_PIN_BCD;
  g_assert_false (pin_fits (&pin, "1234", NULL));
}

static void
parse_everything (const guint8 *bytes, gsize length)
{
  const EonayPkcs15Kind kinds[] = { EONAY_PKCS15_PINS, EONAY_PKCS15_PRIVATE_KEYS,
                                    EONAY_PKCS15_CERTIFICATES };
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GArray) paths = eonay_pkcs15_parser_read_odf (objects, kinds[i], bytes, length);

      for (guint p = 0; p < paths->len; p++)
        g_assert_cmpuint (g_array_index (paths, EonayPkcs15Path, p).length, <=,
                          EONAY_PKCS15_PATH_MAX);
      eonay_pkcs15_parser_read_objects (objects, kinds[i], bytes, length, paths);
    }
  eonay_pkcs15_parser_read_token_info (objects, bytes, length);
  for (guint i = 0; i < objects->pins->len; i++)
    {
      const EonayPkcs15Facts facts = { .tries_max = -1 };
      EonayCardPinRules rules;
      EonayPinState state;

      eonay_pkcs15_pin_get_rules (g_ptr_array_index (objects->pins, i), &facts, &rules);
      eonay_pin_format_describe (&rules.format, &state);
      g_assert_cmpuint (state.min_length, >=, 1);
      g_assert_cmpuint (state.min_length, <=, state.max_length);
      pin_fits (g_ptr_array_index (objects->pins, i), "123456", NULL);
    }
}

static void
test_survives_any_bytes (void)
{
  static const char *const files[] = { "files/3f0050155031.bin", "files/3f0050155032.bin",
                                       "files/3f0050154401.bin", "files/3f0050154402.bin",
                                       "files/3f0050154404.bin" };

  for (gsize f = 0; f < G_N_ELEMENTS (files); f++)
    {
      g_autoptr (GBytes) file = test_read_file (files[f]);
      gsize length;
      const guint8 *bytes = g_bytes_get_data (file, &length);

      for (guint i = 0; i < 1500; i++)
        {
          gsize cut = (gsize) g_test_rand_int_range (1, (gint32) length);
          g_autofree guint8 *mutated = g_memdup2 (bytes, cut);

          for (int flips = g_test_rand_int_range (0, 4); flips > 0; flips--)
            mutated[g_test_rand_int_range (0, (gint32) cut)] = (guint8) g_test_rand_int ();
          parse_everything (mutated, cut);
        }
    }
  for (guint i = 0; i < 5000; i++)
    {
      gsize length = (gsize) g_test_rand_int_range (0, 64);
      g_autofree guint8 *bytes = g_malloc (length);

      for (gsize b = 0; b < length; b++)
        bytes[b] = (guint8) g_test_rand_int ();
      parse_everything (bytes, length);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/pkcs15/object-directory", test_object_directory);
  g_test_add_func ("/card/pkcs15/pins", test_pins_of_a_card);
  g_test_add_func ("/card/pkcs15/keys", test_keys_of_a_card);
  g_test_add_func ("/card/pkcs15/certificates", test_certificates_of_a_card);
  g_test_add_func ("/card/pkcs15/right-pin-of-several", test_right_pin_of_several);
  g_test_add_func ("/card/pkcs15/skips-what-is-new", test_skips_what_is_new);
  g_test_add_func ("/card/pkcs15/inline-and-part", test_inline_certificate_and_part_of_a_file);
  g_test_add_func ("/card/pkcs15/token-info", test_token_info);
  g_test_add_func ("/card/pkcs15/chooses-algorithms", test_chooses_algorithms);
  g_test_add_func ("/card/pkcs15/key-that-only-does-pss", test_key_that_only_does_pss);
  g_test_add_func ("/card/pkcs15/makes-inputs", test_makes_inputs);
  g_test_add_func ("/card/pkcs15/encodes-pins", test_encodes_pins);
  g_test_add_func ("/card/pkcs15/overlong-block", test_refuses_overlong_block);
  g_test_add_func ("/card/pkcs15/refuses-pins", test_refuses_pins_before_they_are_sent);
  g_test_add_func ("/card/pkcs15/survives-any-bytes", test_survives_any_bytes);

  return g_test_run ();
}
