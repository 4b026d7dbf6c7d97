#include "app/widgets/eonay-card-words.h"

#include <string.h>

#include "practice/pki/eonay-practice-pki.h"

static void
test_tries (void)
{
  static const struct {
    EonayPinState state;
    EonayTries tries;
    const char *words;
    const char *style;
  } cases[] = {
    { { .known = TRUE, .tries_left = 3, .tries_max = 3 },
      EONAY_TRIES_FINE,
      "Tries left: 3 of 3",
      NULL },
    { { .known = TRUE, .tries_left = 2, .tries_max = -1 },
      EONAY_TRIES_FINE,
      "Tries left: 2",
      NULL },
    { { .known = TRUE, .tries_left = 1, .tries_max = 3 },
      EONAY_TRIES_LAST,
      "Last try! Tries left: 1 of 3",
      "warning" },
    { { .known = TRUE, .tries_left = 0, .tries_max = 3, .blocked = TRUE },
      EONAY_TRIES_BLOCKED,
      "Blocked",
      "error" },
    { { .known = FALSE, .tries_left = -1, .tries_max = 3 },
      EONAY_TRIES_UNKNOWN,
      "Unknown: the card does not tell without a try being spent",
      NULL },
    { { .known = TRUE, .tries_left = -1, .tries_max = -1 },
      EONAY_TRIES_UNKNOWN,
      "Unknown: the card does not tell without a try being spent",
      NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = eonay_tries_words (&cases[i].state);

      g_assert_cmpint (eonay_tries_of (&cases[i].state), ==, cases[i].tries);
      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpstr (eonay_card_words_tries_style (cases[i].tries), ==, cases[i].style);
    }
}

static EonayCertificate *
make_certificate (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPracticePki) pki = eonay_practice_pki_new (&error);
  g_autoptr (GBytes) der = NULL;
  EonayCertificate *certificate;

  g_assert_no_error (error);
  der = eonay_practice_pki_issue (pki, eonay_practice_pki_get_key (pki, EONAY_PRACTICE_KEY_EC),
                                  "AYŞE DENEME", "10000000146", EONAY_PRACTICE_NES, &error);
  g_assert_no_error (error);
  certificate = eonay_certificate_new (der, &error);
  g_assert_no_error (error);

  return certificate;
}

static GDateTime *
days_before_end (EonayCertificate *certificate, int days)
{
  return g_date_time_add_days (eonay_certificate_get_not_after (certificate), -days);
}

static void
test_renewal (void)
{
  static const struct {
    int days;
    EonayRenewal renewal;
    const char *advice;
    const char *style;
  } cases[] = {
    { 400, EONAY_RENEWAL_NONE, "", NULL },
    { 91, EONAY_RENEWAL_NONE, "", NULL },
    { 90, EONAY_RENEWAL_NEAR, "It is time to renew", "warning" },
    { 25, EONAY_RENEWAL_NEAR, "It is time to renew", "warning" },
    { 24, EONAY_RENEWAL_SHORT, "It may be too late to renew", "error" },
    { 0, EONAY_RENEWAL_SHORT, "It may be too late to renew", "error" },
    { -1, EONAY_RENEWAL_OVER, "Nothing can be signed with this certificate any more", "error" },
  };
  g_autoptr (EonayCertificate) certificate = make_certificate ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GDateTime) now = days_before_end (certificate, cases[i].days);
      EonayRenewal renewal = eonay_card_words_find_renewal (certificate, now);

      g_assert_cmpint (renewal, ==, cases[i].renewal);
      g_assert_true (g_str_has_prefix (eonay_card_words_renewal (renewal), cases[i].advice));
      g_assert_cmpstr (eonay_card_words_renewal_style (renewal), ==, cases[i].style);
    }
}

static void
test_elapsed (void)
{
  g_autoptr (EonayCertificate) certificate = make_certificate ();
  GDateTime *from = eonay_certificate_get_not_before (certificate);
  GDateTime *to = eonay_certificate_get_not_after (certificate);
  g_autoptr (GDateTime) half = g_date_time_add (from, g_date_time_difference (to, from) / 2);
  g_autoptr (GDateTime) before = g_date_time_add_days (from, -1);
  g_autoptr (GDateTime) after = g_date_time_add_days (to, 1);

  g_assert_cmpfloat (eonay_card_words_validity_elapsed (certificate, before), ==, 0);
  g_assert_cmpfloat_with_epsilon (eonay_card_words_validity_elapsed (certificate, half), 0.5, 1e-6);
  g_assert_cmpfloat (eonay_card_words_validity_elapsed (certificate, after), ==, 1);
}

static void
test_validity (void)
{
  g_autoptr (EonayCertificate) certificate = make_certificate ();
  GDateTime *from = eonay_certificate_get_not_before (certificate);
  g_autoptr (GDateTime) early = g_date_time_add_days (from, -1);
  g_autoptr (GDateTime) near = days_before_end (certificate, 30);
  g_autoptr (GDateTime) late = days_before_end (certificate, -3);
  g_autofree char *not_yet = eonay_card_words_validity (certificate, early);
  g_autofree char *valid = eonay_card_words_validity (certificate, near);
  g_autofree char *over = eonay_card_words_validity (certificate, late);

  g_assert_true (g_str_has_prefix (not_yet, "Valid from "));
  g_assert_true (g_str_has_prefix (valid, "Valid until "));
  g_assert_true (g_str_has_suffix (valid, " · 30 days left"));
  g_assert_true (g_str_has_prefix (over, "Expired on "));
}

/* Of two PINs that one person's old and renewed certificate have. */
static void
test_name (void)
{
  g_autoptr (EonayCertificate) certificate = make_certificate ();
  g_autofree char *words = eonay_card_words_certificate (certificate);
  g_autofree char *day = g_date_time_format (eonay_certificate_get_not_after (certificate),
                                             "%d.%m.%Y");
  g_autofree char *end = g_strdup_printf (" · last day %s", day);

  g_assert_true (g_str_has_prefix (words, "AYŞE DENEME · P-384 · "));
  g_assert_true (g_str_has_suffix (words, end));
}

static void
test_way (void)
{
  g_autofree char *own = eonay_card_words_backend (NULL);
  g_autofree char *module = eonay_card_words_backend ("/usr/lib/libakisp11.so");

  g_assert_cmpstr (own, ==, "e-Onay itself, without a driver");
  g_assert_cmpstr (module, ==, "/usr/lib/libakisp11.so");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/card-words/tries", test_tries);
  g_test_add_func ("/app/card-words/renewal", test_renewal);
  g_test_add_func ("/app/card-words/elapsed", test_elapsed);
  g_test_add_func ("/app/card-words/validity", test_validity);
  g_test_add_func ("/app/card-words/name", test_name);
  g_test_add_func ("/app/card-words/way", test_way);

  return g_test_run ();
}
