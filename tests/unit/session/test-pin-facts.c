#include "session/eonay-pin-rules.h"

#include <string.h>

#include "support/test-issuer.h"

/* What the holder's certificate says must not be in the new PIN. */

#define BORN_ON_1985_04_23                                                                       \
  "[ext]\nsubjectDirectoryAttributes=ASN1:SEQUENCE:attributes\n[attributes]\na=SEQUENCE:birth\n" \
  "[birth]\na=OID:1.3.6.1.5.5.7.9.1\nb=SET:days\n[days]\na=GENERALIZEDTIME:19850423120000Z\n"

typedef struct {
  const char *pin;
  EonayPinWeakness weakness;
} Case;

static EonaySecret *
make (const char *text)
{
  return eonay_secret_new (text, strlen (text));
}

static void
check (EonayCertificate *certificate, const Case *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autoptr (EonaySecret) pin = make (cases[i].pin);

      g_test_message ("“%s”", cases[i].pin);
      g_assert_cmpint (eonay_pin_rules_find_weakness (pin, certificate), ==, cases[i].weakness);
      g_assert_cmpint (eonay_pin_rules_find_weakness (pin, NULL), ==, EONAY_PIN_WEAKNESS_NONE);
    }
}

static EonayCertificate *
make_certificate (const char *subject, const char *extensions)
{
  g_autoptr (TestIssuer) root = test_issuer_new ("DENEME Kök", NULL, NULL);
  const TestWish wish = { .key = "P-256", .subject = subject, .extensions = extensions };

  return test_issuer_issue_certificate (root, &wish);
}

static void
test_birth_date (void)
{
  const Case cases[] = {
    { "1985", EONAY_PIN_WEAKNESS_BIRTH_DATE },
    { "198500", EONAY_PIN_WEAKNESS_BIRTH_DATE },
    { "001985", EONAY_PIN_WEAKNESS_BIRTH_DATE },
    { "719853", EONAY_PIN_WEAKNESS_BIRTH_DATE },
    { "23041985", EONAY_PIN_WEAKNESS_BIRTH_DATE },
    { "230485", EONAY_PIN_WEAKNESS_BIRTH_DATE },
    { "850423", EONAY_PIN_WEAKNESS_BIRTH_DATE },
    { "042385", EONAY_PIN_WEAKNESS_BIRTH_DATE },
    { "9923048599", EONAY_PIN_WEAKNESS_BIRTH_DATE },
    { "7123041985646", EONAY_PIN_WEAKNESS_BIRTH_DATE },
    { "1986", EONAY_PIN_WEAKNESS_NONE },
    { "589172", EONAY_PIN_WEAKNESS_NONE },
    { "198604", EONAY_PIN_WEAKNESS_NONE },
    { "850432", EONAY_PIN_WEAKNESS_NONE },
    { "2304", EONAY_PIN_WEAKNESS_NONE },
    /* Four digits of a long one. */
    { "771985446", EONAY_PIN_WEAKNESS_NONE },
  };
  g_autoptr (EonayCertificate) certificate = make_certificate ("CN=A", BORN_ON_1985_04_23);

  check (certificate, cases, G_N_ELEMENTS (cases));
}

static void
test_national_id (void)
{
  const Case cases[] = {
    { "10000046", EONAY_PIN_WEAKNESS_NATIONAL_ID },
    { "750146", EONAY_PIN_WEAKNESS_NATIONAL_ID },
    { "100000", EONAY_PIN_WEAKNESS_NATIONAL_ID },
    { "000146", EONAY_PIN_WEAKNESS_NATIONAL_ID },
    { "1000000146", EONAY_PIN_WEAKNESS_NATIONAL_ID },
    { "146146", EONAY_PIN_WEAKNESS_NONE },
    { "100146", EONAY_PIN_WEAKNESS_NATIONAL_ID },
    { "641000", EONAY_PIN_WEAKNESS_NATIONAL_ID },
    { "857391", EONAY_PIN_WEAKNESS_NONE },
    { "3771000443", EONAY_PIN_WEAKNESS_NONE },
  };
  g_autoptr (EonayCertificate) certificate = make_certificate (NULL, NULL);

  check (certificate, cases, G_N_ELEMENTS (cases));
}

static void
test_unknown_facts_refuse_nothing (void)
{
  const Case cases[] = { { "198504", EONAY_PIN_WEAKNESS_NONE },
                         { "100000", EONAY_PIN_WEAKNESS_NONE } };
  g_autoptr (EonayCertificate) certificate = make_certificate ("CN=A", NULL);

  check (certificate, cases, G_N_ELEMENTS (cases));
}

static void
test_fault_is_one_sentence (void)
{
  const EonayPinState state = { .min_length = 6, .max_length = 8, .numeric = TRUE };
  g_autoptr (EonayCertificate) certificate = make_certificate (NULL, NULL);
  g_autoptr (EonaySecret) few = make ("12345");
  g_autoptr (EonaySecret) piece = make ("100000");
  g_autoptr (EonaySecret) good = make ("857391");
  const char *length_code, *weakness_code, *code;
  g_autofree char *length = eonay_pin_rules_find_fault (&state, certificate, few, TRUE,
                                                        &length_code);
  g_autofree char *weakness = eonay_pin_rules_find_fault (&state, certificate, piece, FALSE,
                                                          &weakness_code);

  g_assert_cmpstr (length, ==, "The new PIN has to have 6–8 digits.");
  g_assert_cmpstr (weakness, ==,
                   eonay_pin_rules_describe_weakness (EONAY_PIN_WEAKNESS_NATIONAL_ID));
  g_assert_null (length_code);
  g_assert_cmpstr (weakness_code, ==, "PIN-12");
  g_assert_null (eonay_pin_rules_find_fault (&state, certificate, piece, TRUE, NULL));
  g_assert_null (eonay_pin_rules_find_fault (&state, certificate, good, FALSE, &code));
  g_assert_null (code);
}

static void
test_spelled_out_as_known (void)
{
  const EonayPinState state = { .min_length = 6, .max_length = 6, .numeric = TRUE };
  g_autoptr (EonayCertificate) born = make_certificate (NULL, BORN_ON_1985_04_23);
  g_auto (GStrv) all = eonay_pin_rules_spell_out (&state, born);
  g_auto (GStrv) few = eonay_pin_rules_spell_out (&state, NULL);

  g_assert_cmpstr (all[0], ==, "6 digits");
  g_assert_cmpint (g_strv_length (all), ==, 4);
  g_assert_nonnull (strstr (all[2], "birth"));
  g_assert_nonnull (strstr (all[3], "T.C. Kimlik No"));
  g_assert_cmpint (g_strv_length (few), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/pin-facts/birth-date", test_birth_date);
  g_test_add_func ("/session/pin-facts/national-id", test_national_id);
  g_test_add_func ("/session/pin-facts/unknown", test_unknown_facts_refuse_nothing);
  g_test_add_func ("/session/pin-facts/fault", test_fault_is_one_sentence);
  g_test_add_func ("/session/pin-facts/spelled-out", test_spelled_out_as_known);

  return g_test_run ();
}
