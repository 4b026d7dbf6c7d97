#include <openssl/rsa.h>
#include <string.h>

#include "base/eonay-error.h"
#include "card/akis/eonay-akis-family.h"
#include "card/reader/eonay-reader.h"
#include "support/test-akis-script.h"
#include "support/test-consent.h"
#include "support/test-slots.h"

#define ATR_V1_0 "3bba11008131fe4d55454b41452056312e30ae"
#define ATR_V1_2 "3b9f968131fe45806755454b41451212318073b3a180ea"
#define ATR_V2 "3b9f978131fe4580655443d3228231c073f621808105d3"
#define DIGIT_VALUES "010203040506"
#define ASCII "313233343536"

static EVP_PKEY *key;
static gboolean allow_experimental;

static void
test_recognises (void)
{
  static const struct {
    const char *atr;
    const char *model;
    EonaySigningKnowledge signing;
  } rows[] = {
    { ATR_V1_0, "AKİS v1.0", EONAY_SIGNING_PROVEN },
    { "3b9f968131fe45806755454b41451112318073b3a180e9", "AKİS v1.x", EONAY_SIGNING_UNKNOWN },
    { ATR_V1_2, "AKİS v1.2", EONAY_SIGNING_PROVEN },
    { "3b9f158131fe45806755454b41451221318073b3a1805a", "AKİS v1.2", EONAY_SIGNING_PROVEN },
    { "3b9f138131fe45806755454b41451261318073b3a1801c", "AKİS v1.2", EONAY_SIGNING_PROVEN },
    { "3b9f968131fe45806755454b41451293318073b3a1806b", "AKİS v1.x", EONAY_SIGNING_UNKNOWN },
    { "3b9f968131fe45806755454b41451312318073b3a180eb", "AKİS v1.x", EONAY_SIGNING_UNKNOWN },
    { "3b9f968131fe458065544320201231c073f621808105b3", "AKİS v2", EONAY_SIGNING_EXPERIMENTAL },
    { ATR_V2, "AKİS v2", EONAY_SIGNING_EXPERIMENTAL },
    { "3b9f978131fe4580655443d2210831c073f6218081015f", "AKİS v2", EONAY_SIGNING_EXPERIMENTAL },
    { "3b9c978131fe45806668320901020331958105f2", "AKİS v3", EONAY_SIGNING_UNKNOWN },
    /* Look-alikes: one byte is another, one is missing, one is more, the text lies elsewhere. */
    { "3bba11008131fe4d55454b41452056312e31af", NULL, EONAY_SIGNING_UNKNOWN },
    { "3b9f968131fe45816755454b41451212318073b3a180eb", NULL, EONAY_SIGNING_UNKNOWN },
    { "3b9f968131fe45806855454b41451212318073b3a180e5", NULL, EONAY_SIGNING_UNKNOWN },
    { "3b9f968131fe45800055454b41451212318073b3a1808d", NULL, EONAY_SIGNING_UNKNOWN },
    { "3b9f978131fe4580655444d3228231c073f621808105d4", NULL, EONAY_SIGNING_UNKNOWN },
    { "3b9f978131fe4580655443d3228231c073f62180820500", NULL, EONAY_SIGNING_UNKNOWN },
    { "3b9e978131fe4580655443d3228231c073f6218081d7", NULL, EONAY_SIGNING_UNKNOWN },
    { "3b9c978131fe45806668321901020331958105e2", NULL, EONAY_SIGNING_UNKNOWN },
    { "3b9d978131fe4580666832090102033195810500f3", NULL, EONAY_SIGNING_UNKNOWN },
    { "3b9f958131fe9f006646530510311171df000003900080", NULL, EONAY_SIGNING_UNKNOWN },
    { "3b80800101", NULL, EONAY_SIGNING_UNKNOWN },
    { "3b9f96", NULL, EONAY_SIGNING_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) atr = test_from_hex (rows[i].atr);
      const EonayAkisFamily *family = eonay_akis_family_recognise (g_bytes_get_data (atr, NULL),
                                                                   g_bytes_get_size (atr));

      g_test_message ("%s", rows[i].atr);
      g_assert_cmpstr (family != NULL ? family->model : NULL, ==, rows[i].model);
      if (family != NULL)
        g_assert_cmpint ((int) family->signing, ==, (int) rows[i].signing);
    }
}

static EonayCard *
open_card (TestAkisScript *script)
{
  g_autoptr (GError) error = NULL;
  EonayCard *card = eonay_card_driver_open_any (eonay_reader_families, EONAY_TRANSPORT (script),
                                                NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (script->verifies, ==, 0);

  return card;
}

static TestAkisScript *
new_rsa (const char *atr, guint number, const char *pin)
{
  TestAkisScript *script;

  /* One for all: keys take time. */
  if (key == NULL)
    key = EVP_RSA_gen (2048);
  EVP_PKEY_up_ref (key);
  script = test_akis_script_new (atr, key, number);
  script->pin = pin;
  if (strcmp (atr, ATR_V2) == 0)
    script->longest = 256;

  return script;
}

static guint
sign (EonayCard *card, TestAkisScript *script, guint n, const char *pin, GError **error)
{
  GPtrArray *certificates = eonay_card_get_description (card)->certificates;
  g_autoptr (EonayTokenRequest) request =
      eonay_token_request_new (EONAY_TOKEN_REQUEST_SIGN, g_ptr_array_index (certificates, 0), NULL);
  g_autoptr (GPtrArray) signatures = NULL;

  test_akis_script_restart (script);
  request->scheme = EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256;
  request->digests = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (request->digests, g_bytes_new_static ("DENEME DENEME DENEME DENEME DENE", 32));
  request->secret = eonay_secret_new (pin, strlen (pin));
  request->allow_experimental = allow_experimental;
  test_consent_set (card, request);
  if (eonay_card_check (card, request, error))
    signatures = eonay_card_execute (card, EONAY_TRANSPORT (script), request, error);
  if (script->verifies > 0)
    g_assert_null (request->secret);

  return signatures != NULL ? signatures->len : 0;
}

static void
refresh (EonayCard *card, TestAkisScript *script)
{
  g_autoptr (EonayTokenRequest) request = eonay_token_request_new (EONAY_TOKEN_REQUEST_REFRESH,
                                                                   NULL, NULL);
  g_autoptr (GPtrArray) nothing = NULL;
  g_autoptr (GError) error = NULL;

  test_akis_script_restart (script);
  nothing = eonay_card_execute (card, EONAY_TRANSPORT (script), request, &error);
  g_assert_no_error (error);
}

/* The bytes themselves, as the public documents of v1.0 have them. */
static void
test_commands_of_v1_0 (void)
{
  g_autoptr (TestAkisScript) script = new_rsa (ATR_V1_0, 1, DIGIT_VALUES);
  g_autoptr (EonayCard) card = NULL;
  g_autoptr (GError) error = NULL;

  test_akis_script_add_certificate (script, 0x2F10);
  card = open_card (script);
  g_assert_true (g_str_has_prefix (script->commands->str, "00a40000023f00\n"
                                                          "00a4040007504b43532d3135\n"
                                                          "00a40200025031\n"
                                                          "00a40200022f10\n"
                                                          "00b00000f4\n"
                                                          "00b000f4f4\n"));
  g_assert_nonnull (strstr (script->commands->str, "00a40200022f19\n"));

  g_assert_cmpuint (sign (card, script, 1, "123456", &error), ==, 1);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (script->commands->str, "00a40000023f00\n"
                                                          "00a4040007504b43532d3135\n"
                                                          "0020008106010203040506\n"
                                                          "0022c301\n"
                                                          "002a9e9a333031300d0609608648016503"));
}

static void
test_early_folder (void)
{
  static const char *const selects[][2] = { { ATR_V1_0, "00a40000023d00\n" },
                                            { ATR_V1_2, "00a40100023d00\n" } };

  for (gsize i = 0; i < G_N_ELEMENTS (selects); i++)
    {
      g_autoptr (TestAkisScript) script = new_rsa (selects[i][0], 1, ASCII);
      g_autoptr (EonayCard) card = NULL;

      script->named = FALSE;
      test_akis_script_add_certificate (script, 0x2F12);
      card = open_card (script);
      g_assert_nonnull (strstr (script->commands->str, selects[i][1]));
      g_assert_cmpuint (eonay_card_get_description (card)->certificates->len, ==, 1);
    }
}

/* A directory that is garbage, or leads nowhere, does not hide what lies in the files. */
static void
test_scans_behind_bad_directory (void)
{
  static const char *const directories[] = { "ffffff", "a40a300804063f003d004404",
                                             "a406300404024404", "30820000" };

  for (gsize i = 0; i < G_N_ELEMENTS (directories); i++)
    {
      g_autoptr (TestAkisScript) script = new_rsa (ATR_V1_2, 1, ASCII);
      g_autoptr (EonayCard) card = NULL;

      test_akis_script_add_file (script, 0x5031, directories[i]);
      test_akis_script_add_certificate (script, 0x2F11);
      card = open_card (script);
      g_assert_cmpuint (eonay_card_get_description (card)->certificates->len, ==, 1);
    }
}

static void
test_nothing_on_it (void)
{
  g_autoptr (TestAkisScript) script = new_rsa (ATR_V2, 1, ASCII);
  g_autoptr (EonayCard) card = NULL;
  g_autoptr (GError) error = NULL;

  card = open_card (script);
  g_assert_cmpuint (eonay_card_get_description (card)->certificates->len, ==, 0);

  script->named = FALSE;
  script->bare = TRUE;
  g_assert_null (
      eonay_card_driver_open_any (eonay_reader_families, EONAY_TRANSPORT (script), NULL, &error));
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNSUPPORTED);
}

static void
test_serial (void)
{
  g_autoptr (TestAkisScript) script = new_rsa (ATR_V2, 1, ASCII);
  g_autoptr (TestAkisScript) silent = new_rsa (ATR_V2, 1, ASCII);
  g_autoptr (TestAkisScript) nothing = new_rsa (ATR_V2, 1, ASCII);
  g_autoptr (EonayCard) card = open_card (script);
  g_autoptr (EonayCard) by_token_info = open_card (silent);
  g_autoptr (EonayCard) unknown = open_card (nothing);

  refresh (card, script);
  g_assert_cmpstr (eonay_token_description_get_serial (eonay_card_get_description (card)), ==,
                   "44454e454d452d3030303031");
  g_assert_cmpstr (script->commands->str, ==, "00ca01064d\n");
  refresh (card, script);
  g_assert_cmpstr (script->commands->str, ==, "");

  silent->serves_system = FALSE;
  test_akis_script_add_file (silent, 0x5032,
                             "300c020100"
                             "0403010203"
                             "80024142");
  refresh (by_token_info, silent);
  g_assert_cmpstr (eonay_token_description_get_serial (eonay_card_get_description (by_token_info)),
                   ==, "010203");
  g_assert_cmpstr (eonay_token_description_get_label (eonay_card_get_description (by_token_info)),
                   ==, "AB");

  nothing->serves_system = FALSE;
  refresh (unknown, nothing);
  g_assert_cmpstr (eonay_token_description_get_serial (eonay_card_get_description (unknown)), ==,
                   "");
}

/* The certificate's key is none of the likely ones: tried once, and known from then on. */
static void
test_tries_keys (void)
{
  g_autoptr (TestAkisScript) script = new_rsa (ATR_V1_0, 6, DIGIT_VALUES);
  g_autoptr (EonayCard) card = NULL;
  g_autoptr (GError) error = NULL;

  test_akis_script_add_certificate (script, 0x2F11);
  card = open_card (script);
  g_assert_cmpuint (sign (card, script, 2, "123456", &error), ==, 2);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (script->commands->str, "0022c303\n0022c301\n0022c302\n0022c304\n"
                                                   "0022c305\n0022c306\n002a9e9a"));
  g_assert_cmpuint (script->verifies, ==, 1);

  g_assert_cmpuint (sign (card, script, 1, "123456", &error), ==, 1);
  g_assert_null (strstr (script->commands->str, "0022c303\n"));
}

static void
test_key_nowhere (void)
{
  g_autoptr (TestAkisScript) script = new_rsa (ATR_V1_0, 20, DIGIT_VALUES);
  g_autoptr (EonayCard) card = NULL;
  g_autoptr (GError) error = NULL;

  test_akis_script_add_certificate (script, 0x2F10);
  card = open_card (script);
  g_assert_cmpuint (sign (card, script, 1, "123456", &error), ==, 0);
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_KEY_NOT_FOUND);
  g_assert_cmpuint (script->verifies, ==, 1);
}

/* v2 wants the PIN for each try: it is sent again only while it is accepted. */
static void
test_tries_keys_on_v2 (void)
{
  g_autoptr (TestAkisScript) script = new_rsa (ATR_V2, 3, ASCII);
  g_autoptr (EonayCard) card = NULL;
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) cautious = NULL;
  g_autoptr (GError) error = NULL;

  test_akis_script_add_certificate (script, 0x2F10);
  card = open_card (script);
  allow_experimental = TRUE;

  g_assert_cmpuint (sign (card, script, 1, "999999", &wrong), ==, 0);
  g_assert_error (wrong, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_cmpuint (script->verifies, ==, 1);

  /* Refused before: no guessing, with whatever PIN. */
  g_assert_cmpuint (sign (card, script, 1, "123456", &cautious), ==, 0);
  g_assert_error (cautious, EONAY_CARD_ERROR, EONAY_CARD_ERROR_KEY_NOT_FOUND);
  g_assert_cmpuint (script->verifies, ==, 1);

  /* Accepted since: keys 1, 2 and 3, then 3 again for the second document. */
  g_assert_cmpuint (sign (card, script, 2, "123456", &error), ==, 2);
  g_assert_no_error (error);
  g_assert_cmpuint (script->verifies, ==, 4);
  g_assert_nonnull (strstr (script->commands->str, "002241b606800102840181\n"));
  g_assert_nonnull (strstr (script->commands->str, "002241b606800102840183\n"));
  g_assert_cmpuint (script->tries, ==, 2);
  allow_experimental = FALSE;
}

/* What the card's directory says of the key comes first. */
static void
test_key_from_directory (void)
{
  g_autoptr (TestAkisScript) script = new_rsa (ATR_V1_0, 7, DIGIT_VALUES);
  g_autoptr (EonayCard) card = NULL;
  g_autoptr (GError) error = NULL;

  test_akis_script_add_file (script, 0x5031,
                             "a006300404024402"
                             "a406300404024404");
  test_akis_script_add_file (script, 0x4402,
                             "301d"
                             "3004"
                             "0c024142"
                             "300b"
                             "040107"
                             "0303062040"
                             "020107"
                             "a108"
                             "3006"
                             "3004"
                             "04024101"
                             "0000");
  test_akis_script_add_file (script, 0x4404,
                             "3015"
                             "3004"
                             "0c024142"
                             "3003"
                             "040107"
                             "a108"
                             "3006"
                             "3004"
                             "04022f10");
  test_akis_script_add_certificate (script, 0x2F10);
  card = open_card (script);
  g_assert_cmpuint (eonay_card_get_description (card)->certificates->len, ==, 1);
  g_assert_cmpstr (eonay_token_certificate_get_label (
                       g_ptr_array_index (eonay_card_get_description (card)->certificates, 0)),
                   ==, "AB");
  g_assert_cmpuint (sign (card, script, 1, "123456", &error), ==, 1);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (script->commands->str, "0020008106010203040506\n0022c307\n002a9e9a"));
}

/* Whatever goes wrong at whatever command: an error, or a listing of less; no PIN on a guess. */
static void
test_faults (void)
{
  static const char *const faults[] = { "9000", "6a82",     "6982",   "6f00",
                                        "6100", "30829000", "300000", "ffffffffffff9000" };
  static const char *const atrs[] = { ATR_V1_0, ATR_V2 };

  allow_experimental = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (atrs) * G_N_ELEMENTS (faults); i++)
    for (guint n = 1, hit = 1; hit > 0; n++)
      {
        g_autoptr (TestAkisScript) script = new_rsa (atrs[i % 2], 1,
                                                     i % 2 == 0 ? DIGIT_VALUES : ASCII);
        g_autoptr (EonayCard) card = NULL;
        g_autoptr (GError) error = NULL;
        guint signatures = 0;

        test_akis_script_add_certificate (script, 0x2F10);
        script->fault = faults[i / 2];
        script->fault_at = n;
        card = eonay_card_driver_open_any (eonay_reader_families, EONAY_TRANSPORT (script), NULL,
                                           &error);
        if (card != NULL && eonay_card_get_description (card)->certificates->len == 1)
          signatures = sign (card, script, 2, "123456", &error);
        else
          g_assert_cmpuint (script->verifies, ==, 0);

        hit = script->fault_at == 0;
        if (signatures == 0 && card != NULL &&
            eonay_card_get_description (card)->certificates->len == 1)
          g_assert_nonnull (error);
        g_assert_cmpuint (script->verifies, <=, strcmp (atrs[i % 2], ATR_V2) == 0 ? 11 : 1);
        g_assert_cmpuint (script->tries, ==, 3);
      }
  allow_experimental = FALSE;
}

#define ADD(name, function) g_test_add_func ("/akis/" name, function)

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  ADD ("recognises", test_recognises);
  ADD ("commands-of-v1.0", test_commands_of_v1_0);
  ADD ("early-folder", test_early_folder);
  ADD ("scans-behind-bad-directory", test_scans_behind_bad_directory);
  ADD ("nothing-on-it", test_nothing_on_it);
  ADD ("serial", test_serial);
  ADD ("tries-keys", test_tries_keys);
  ADD ("key-nowhere", test_key_nowhere);
  ADD ("tries-keys-on-v2", test_tries_keys_on_v2);
  ADD ("key-from-directory", test_key_from_directory);
  ADD ("faults", test_faults);

  result = g_test_run ();
  EVP_PKEY_free (key);

  return result;
}
