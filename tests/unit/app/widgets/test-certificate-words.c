#include "app/widgets/eonay-certificate-words.h"

#include <string.h>

#include "practice/pki/eonay-practice-pki.h"

static void
test_usage (void)
{
  g_autofree char *both = eonay_certificate_words_key_usage (EONAY_KEY_USAGE_NON_REPUDIATION |
                                                             EONAY_KEY_USAGE_DIGITAL_SIGNATURE);
  g_autofree char *silent = eonay_certificate_words_key_usage (0);

  g_assert_cmpstr (both, ==, "Digital signature\nSignature that cannot be denied");
  g_assert_cmpstr (silent, ==, "");
}

static void
test_identifiers (void)
{
  char *dotted[] = { (char *) "2.16.792.1.61.0.1.5070.1.1", (char *) "1.2.3", NULL };
  char *none[] = { NULL };
  g_autofree char *words = eonay_certificate_words_oid (dotted);
  g_autofree char *nothing = eonay_certificate_words_oid (none);

  g_assert_cmpstr (words, ==, "Qualified by Law 5070 (2.16.792.1.61.0.1.5070.1.1)\n1.2.3");
  g_assert_cmpstr (nothing, ==, "");
}

/* Each end has words of its own, and only the good one has the good icon. */
static void
test_ends (void)
{
  for (EonayChainEnd end = EONAY_CHAIN_INCOMPLETE; end <= EONAY_CHAIN_TRUSTED; end++)
    {
      g_assert_cmpint (
          g_str_equal (eonay_certificate_words_chain_end_icon (end), "object-select-symbolic"), ==,
          end == EONAY_CHAIN_TRUSTED);
      for (EonayChainEnd other = EONAY_CHAIN_INCOMPLETE; other < end; other++)
        g_assert_cmpstr (eonay_certificate_words_chain_end (end), !=,
                         eonay_certificate_words_chain_end (other));
    }
}

static void
test_fingerprint (void)
{
  g_autofree char *words = eonay_certificate_words_fingerprint ("00abff");

  g_assert_cmpstr (words, ==, "00:AB:FF");
}

static char *
file_name_for (EonayPracticePki *pki, const char *holder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) der =
      eonay_practice_pki_issue (pki, eonay_practice_pki_get_key (pki, EONAY_PRACTICE_KEY_EC),
                                holder, "10000000146", EONAY_PRACTICE_NES, &error);
  g_autoptr (EonayCertificate) certificate = NULL;

  g_assert_no_error (error);
  certificate = eonay_certificate_new (der, &error);
  g_assert_no_error (error);

  return eonay_certificate_words_file_name (certificate);
}

static void
test_file_name (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPracticePki) pki = eonay_practice_pki_new (&error);
  g_autofree char *plain = file_name_for (pki, "AYŞE DENEME");
  g_autofree char *path = file_name_for (pki, "../../etc/passwd");
  g_autofree char *inner = file_name_for (pki, "A/B: C");

  g_assert_cmpstr (plain, ==, "AYŞE DENEME.cer");
  g_assert_cmpstr (path, ==, "Certificate.cer");
  g_assert_cmpstr (inner, ==, "A-B- C.cer");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/certificate-words/usage", test_usage);
  g_test_add_func ("/app/certificate-words/identifiers", test_identifiers);
  g_test_add_func ("/app/certificate-words/ends", test_ends);
  g_test_add_func ("/app/certificate-words/fingerprint", test_fingerprint);
  g_test_add_func ("/app/certificate-words/file-name", test_file_name);

  return g_test_run ();
}
