#include "signature/trust/eonay-trust.h"

#include <string.h>

#include "base/eonay-error.h"
#include "signature/verify/eonay-verifier.h"
#include "support/test-signing.h"

#define NO_AUTHORITY \
  "[ext]\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n"

static GBytes *
sign_with (const TestIssuer *issuer, const TestWish *wish)
{
  g_autoptr (EonayCertificate) certificate = test_issuer_issue_certificate (issuer, wish);

  return test_sign_as (certificate, test_key (wish->key));
}

static gboolean
is_trusted (EonayTrust *trust, GBytes *der, int day)
{
  g_autoptr (GDateTime) at = test_date (day);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayVerifierContent) result = eonay_verifier_verify_cades (der, NULL, trust, at,
                                                                         &error);

  if (result == NULL)
    g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_UNTRUSTED);
  else
    g_assert_no_error (error);

  return result != NULL;
}

static EonayTrust *
trust_in (const TestIssuer *first, const TestIssuer *second)
{
  EonayTrust *trust = eonay_trust_new ();
  g_autofree char *first_pem = test_issuer_to_pem (first);
  g_autofree char *second_pem = second == NULL ? g_strdup ("") : test_issuer_to_pem (second);
  g_autofree char *pem = g_strconcat (first_pem, second_pem, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (eonay_trust_add_pem (trust, pem, -1, &error));
  g_assert_no_error (error);

  return trust;
}

static void
test_chain (void)
{
  const TestWish wish = { .key = "P-256" };
  g_autoptr (GBytes) der = sign_with (test_issuing (), &wish);
  g_autoptr (EonayTrust) both = trust_in (test_root (), test_issuing ());
  g_autoptr (EonayTrust) root_only = trust_in (test_root (), NULL);
  g_autoptr (EonayTrust) issuing_only = trust_in (test_issuing (), NULL);
  g_autoptr (EonayTrust) none = eonay_trust_new ();

  g_assert_true (is_trusted (both, der, 1));
  g_assert_false (is_trusted (root_only, der, 1));
  g_assert_false (is_trusted (issuing_only, der, 1));
  g_assert_false (is_trusted (none, der, 1));
}

static void
test_time (void)
{
  const TestWish wish = { .key = "P-256", .days_after = 10 };
  const TestWish short_lived = { .key = "P-384",
                                 .days_after = 5,
                                 .extensions = TEST_CA_EXTENSIONS };
  g_autoptr (TestIssuer) issuing = test_issuer_new ("DENEME Kısa", test_root (), &short_lived);
  g_autoptr (EonayTrust) trust = trust_in (test_root (), test_issuing ());
  g_autoptr (EonayTrust) short_trust = trust_in (test_root (), issuing);
  g_autoptr (GBytes) der = sign_with (test_issuing (), &wish);
  g_autoptr (GBytes) by_short_lived = sign_with (issuing, &wish);

  g_assert_false (is_trusted (trust, der, -1));
  g_assert_true (is_trusted (trust, der, 0));
  g_assert_true (is_trusted (trust, der, 9));
  g_assert_false (is_trusted (trust, der, 11));
  g_assert_true (is_trusted (short_trust, by_short_lived, 4));
  g_assert_false (is_trusted (short_trust, by_short_lived, 6));
}

static void
test_foreign_authority_of_the_same_name (void)
{
  const TestWish wish = { .key = "P-256" };
  const TestWish same = { .key = "P-256#foreign", .days_before = 3650, .days_after = 3650 };
  g_autoptr (TestIssuer) foreign = test_issuer_new ("DENEME Kök", NULL, &same);
  g_autoptr (EonayTrust) trust = trust_in (test_root (), test_issuing ());
  g_autoptr (GBytes) der = sign_with (foreign, &wish);

  g_assert_false (is_trusted (trust, der, 1));
}

static void
test_signer_who_issues (void)
{
  const TestWish person = { .key = "P-256", .days_before = 10 };
  const TestWish usual = { .key = "P-256" };
  g_autoptr (TestIssuer) impostor = NULL;
  g_autoptr (EonayTrust) trust = trust_in (test_root (), test_issuing ());
  g_autofree char *pem = NULL;
  g_autoptr (GBytes) der = NULL;
  g_autoptr (GError) error = NULL;
  TestWish wish = person;

  wish.extensions = NO_AUTHORITY;
  impostor = test_issuer_new ("DENEME Kişi", test_issuing (), &wish);
  pem = test_issuer_to_pem (impostor);
  g_assert_false (eonay_trust_add_pem (trust, pem, -1, &error));
  g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_CERTIFICATE_UNUSABLE);

  der = test_sign_beside (impostor, &usual);
  g_assert_false (is_trusted (trust, der, 1));
}

static void
test_chain_inside (void)
{
  const TestWish usual = { .key = "P-256" };
  g_autoptr (EonayTrust) trust = trust_in (test_root (), NULL);
  g_autoptr (GBytes) der = test_sign_beside (test_issuing (), &usual);

  g_assert_true (is_trusted (trust, der, 1));
}

static void
test_anchor_inside_is_no_anchor (void)
{
  const TestWish usual = { .key = "P-256" };
  const TestWish same = { .key = "P-256#foreign", .days_before = 3650, .days_after = 3650 };
  g_autoptr (TestIssuer) foreign = test_issuer_new ("Yabancı Kök", NULL, &same);
  g_autoptr (EonayTrust) trust = trust_in (test_root (), test_issuing ());
  g_autoptr (GBytes) der = test_sign_beside (foreign, &usual);

  g_assert_false (is_trusted (trust, der, 1));
}

static void
test_weak_authority (void)
{
  const TestWish usual = { .key = "P-256" };
  const TestWish weak = { .key = "RSA-1024", .days_before = 10 };
  g_autoptr (TestIssuer) issuer = test_issuer_new ("DENEME Zayıf", NULL, &weak);
  g_autoptr (EonayTrust) trust = trust_in (issuer, NULL);
  g_autoptr (GBytes) der = sign_with (issuer, &usual);

  g_assert_false (is_trusted (trust, der, 1));
}

static void
test_critical_extensions (void)
{
  TestWish wish = { .key = "P-256" };
  g_autoptr (EonayTrust) trust = trust_in (test_root (), test_issuing ());
  g_autoptr (GBytes) stating = NULL;
  g_autoptr (GBytes) unknown = NULL;

  wish.extensions = "[ext]\nqcStatements=critical,DER:300A3008060604008E460101\n";
  stating = sign_with (test_issuing (), &wish);
  wish.extensions = "[ext]\n1.2.3.4=critical,DER:0500\n";
  unknown = sign_with (test_issuing (), &wish);
  g_assert_true (is_trusted (trust, stating, 1));
  g_assert_false (is_trusted (trust, unknown, 1));
}

static void
assert_not_added (const char *pem, gssize length, EonaySignatureError code)
{
  EonayTrust *trust = eonay_trust_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (eonay_trust_add_pem (trust, pem, length, &error));
  g_assert_error (error, EONAY_SIGNATURE_ERROR, (int) code);
  g_assert_finalize_object (trust);
}

static void
test_wrong_pem (void)
{
  g_autofree char *root = test_certificate_pem ("root.pem");
  g_autofree char *person = test_certificate_pem ("nes-rsa.pem");
  g_autofree char *both = g_strconcat (root, person, NULL);
  g_autofree char *cut = g_strconcat (root, root, NULL);
  g_autofree char *encrypted =
      g_strconcat ("-----BEGIN CERTIFICATE-----\nProc-Type: 4,ENCRYPTED\n"
                   "DEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF\n\n",
                   root + strlen ("-----BEGIN CERTIFICATE-----\n"), NULL);

  cut[strlen (root) + 100] = '\0';
  assert_not_added ("", -1, EONAY_SIGNATURE_ERROR_CERTIFICATE_MALFORMED);
  assert_not_added ("hello", -1, EONAY_SIGNATURE_ERROR_CERTIFICATE_MALFORMED);
  assert_not_added (root, 100, EONAY_SIGNATURE_ERROR_CERTIFICATE_MALFORMED);
  assert_not_added (cut, -1, EONAY_SIGNATURE_ERROR_CERTIFICATE_MALFORMED);
  assert_not_added (encrypted, -1, EONAY_SIGNATURE_ERROR_CERTIFICATE_MALFORMED);
  assert_not_added (person, -1, EONAY_SIGNATURE_ERROR_CERTIFICATE_UNUSABLE);
  assert_not_added (both, -1, EONAY_SIGNATURE_ERROR_CERTIFICATE_UNUSABLE);
}

static void
test_good_pem (void)
{
  g_autoptr (EonayTrust) trust = eonay_trust_new ();
  g_autofree char *root = test_certificate_pem ("root.pem");
  g_autofree char *issuing = test_certificate_pem ("issuing.pem");
  g_autofree char *both = g_strconcat ("# DENEME\n", issuing, "\n\n", root, "the end", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (eonay_trust_add_pem (trust, both, (gssize) strlen (both), &error));
  g_assert_no_error (error);
  g_assert_true (eonay_trust_add_pem (trust, root, -1, &error));
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature/trust/chain", test_chain);
  g_test_add_func ("/signature/trust/time", test_time);
  g_test_add_func ("/signature/trust/foreign-authority-of-the-same-name",
                   test_foreign_authority_of_the_same_name);
  g_test_add_func ("/signature/trust/signer-who-issues", test_signer_who_issues);
  g_test_add_func ("/signature/trust/chain-inside", test_chain_inside);
  g_test_add_func ("/signature/trust/anchor-inside-is-no-anchor", test_anchor_inside_is_no_anchor);
  g_test_add_func ("/signature/trust/weak-authority", test_weak_authority);
  g_test_add_func ("/signature/trust/critical-extensions", test_critical_extensions);
  g_test_add_func ("/signature/trust/wrong-pem", test_wrong_pem);
  g_test_add_func ("/signature/trust/good-pem", test_good_pem);

  return g_test_run ();
}
