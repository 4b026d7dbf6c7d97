#include "session/eonay-words.h"

#include "card/pkcs11/eonay-pkcs11-token.h"

static void
test_times_as_the_portal_writes_them (void)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 ("2019-12-25T11:27:02Z", NULL);
  g_autofree char *whole = eonay_words_time (time);
  g_autofree char *day = eonay_words_date (time);

  g_assert_cmpstr (whole, ==, "25.12.2019 14:27:02");
  g_assert_cmpstr (day, ==, "25.12.2019");
}

static void
test_hexadecimal (void)
{
  const guint8 bytes[] = { 0x00, 0x01, 0xab, 0xff };
  g_autoptr (GBytes) digest = g_bytes_new_static (bytes, sizeof bytes);
  g_autofree char *text = eonay_words_hexadecimal (digest);

  g_assert_cmpstr (text, ==, "0001abff");
}

static void
test_each_operation_has_its_words (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int operation = 0; operation < EONAY_N_OPERATIONS; operation++)
    g_assert_true (
        g_hash_table_add (seen, (gpointer) eonay_words_operation ((EonayOperation) operation)));
}

static void
assert_masked (const char *text, const char *expected)
{
  g_autofree char *masked = eonay_words_mask (text);

  g_assert_cmpstr (masked, ==, expected);
}

static void
test_national_ids_are_masked (void)
{
  assert_masked ("10000000146", "10*******46");
  assert_masked ("TCKN-10000000146 ŞÜKRÜ, 20000000046", "TCKN-10*******46 ŞÜKRÜ, 20*******46");
  assert_masked ("100 000 001 46, 100.000.001-46/2", "10* *** *** 46, 10*.***.***-46/2");
  assert_masked ("x 7 10000000146 00", "x 7 10*******46 00");
  assert_masked ("１００００００0146", "１０*******46");
  assert_masked ("10000\xe2\x80\x8b"
                 "000146",
                 "10***\xe2\x80\x8b"
                 "****46");
  assert_masked ("100 000  001 46", "100 000  001 46");
  assert_masked ("100 000 001 4", "100 000 001 4");
  assert_masked ("10000000147", "10000000147");
  assert_masked ("100000001460", "100000001460");
  assert_masked ("1000000014", "1000000014");
  assert_masked ("a\xff", "a\xef\xbf\xbd");
  assert_masked ("", "");
  assert_masked (NULL, "");
}

/* A module may call its token what a card is called, but never be taken for the card itself. */
static void
test_a_module_is_always_named (void)
{
  g_autoptr (EonayPkcs11Module) module = eonay_pkcs11_module_new ("/opt/deneme/kart\xe2\x80\xae.so",
                                                                  NULL);
  EonayPkcs11Slot *slot = eonay_pkcs11_slot_new ();
  g_autoptr (EonayToken) token = NULL;
  g_autofree char *driver = NULL;
  g_autofree char *card = NULL;

  slot->description = g_strdup ("Okuyucu 00 00");
  slot->label = g_strdup ("AYŞE");
  slot->serial = g_strdup ("1");
  slot->model = g_strdup ("AKİS v1.2");
  token = eonay_pkcs11_token_new (module, slot);
  driver = eonay_words_driver (token);
  card = eonay_words_card (token, NULL);
  g_assert_true (g_str_has_prefix (driver, "driver: kart"));
  g_assert_null (strstr (driver, "\xe2\x80\xae"));
  g_assert_true (g_str_has_prefix (card, "AYŞE · AKİS v1.2 · driver: kart"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/words/times", test_times_as_the_portal_writes_them);
  g_test_add_func ("/session/words/hexadecimal", test_hexadecimal);
  g_test_add_func ("/session/words/national-ids-are-masked", test_national_ids_are_masked);
  g_test_add_func ("/session/words/a-module-is-always-named", test_a_module_is_always_named);
  g_test_add_func ("/session/words/operations", test_each_operation_has_its_words);

  return g_test_run ();
}
