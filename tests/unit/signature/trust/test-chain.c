#include "signature/trust/eonay-chain.h"

#include <glib/gstdio.h>
#include <string.h>

#include "signature/trust/eonay-trust-folders.h"
#include "support/test-issuer.h"
#include "support/test-signing.h"

static EonayTrust *
trust_in (const TestIssuer *issuer, const TestIssuer *other)
{
  EonayTrust *trust = eonay_trust_new ();
  const TestIssuer *issuers[] = { issuer, other };

  for (gsize i = 0; i < G_N_ELEMENTS (issuers); i++)
    if (issuers[i] != NULL)
      {
        g_autofree char *pem = test_issuer_to_pem (issuers[i]);
        g_autoptr (GError) error = NULL;

        eonay_trust_add_pem (trust, pem, -1, &error);
        g_assert_no_error (error);
      }

  return trust;
}

static EonayCertificate *
certificate_of (const TestIssuer *issuer)
{
  unsigned char *der = NULL;
  int length = i2d_X509 (test_issuer_get_x509 (issuer), &der);
  g_autoptr (GBytes) bytes = g_bytes_new (der, (gsize) length);
  g_autoptr (GError) error = NULL;
  EonayCertificate *certificate = eonay_certificate_new (bytes, &error);

  OPENSSL_free (der);
  g_assert_no_error (error);

  return certificate;
}

#define ROOT "DENEME Kök"
#define ISSUING "DENEME Nitelikli ESHS"
#define HOLDER "AYŞE DENEME"

static void
assert_chain (EonayChain *chain, EonayChainEnd end, const char *const *holders)
{
  g_assert_cmpint (chain->end, ==, end);
  g_assert_cmpint (chain->certificates->len, ==, g_strv_length ((char **) holders));
  for (guint i = 0; i < chain->certificates->len; i++)
    g_assert_cmpstr (eonay_certificate_get_holder (chain->certificates->pdata[i]), ==, holders[i]);
}

static EonayCertificate *
issue (const TestIssuer *issuer)
{
  const TestWish wish = { .key = "P-256" };

  return test_issuer_issue_certificate (issuer, &wish);
}

static void
test_up_to_an_anchor (void)
{
  g_autoptr (EonayTrust) trust = trust_in (test_root (), test_issuing ());
  g_autoptr (EonayCertificate) certificate = issue (test_issuing ());
  g_autoptr (GDateTime) now = test_date (1);
  g_autoptr (EonayChain) chain = eonay_chain_build (certificate, trust, NULL, now);

  assert_chain (chain, EONAY_CHAIN_TRUSTED, (const char *[]){ HOLDER, ISSUING, ROOT, NULL });
  g_assert_true (chain->certificates->pdata[0] == certificate);
}

static void
test_helped_by_the_card (void)
{
  g_autoptr (EonayTrust) trust = trust_in (test_root (), NULL);
  g_autoptr (GPtrArray) beside = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (EonayCertificate) certificate = issue (test_issuing ());
  g_autoptr (GDateTime) now = test_date (1);
  g_autoptr (EonayChain) alone = eonay_chain_build (certificate, trust, NULL, now);
  g_autoptr (EonayChain) helped = NULL;

  assert_chain (alone, EONAY_CHAIN_INCOMPLETE, (const char *[]){ HOLDER, NULL });
  g_ptr_array_add (beside, certificate_of (test_issuing ()));
  helped = eonay_chain_build (certificate, trust, beside, now);
  assert_chain (helped, EONAY_CHAIN_TRUSTED, (const char *[]){ HOLDER, ISSUING, ROOT, NULL });
}

/* What a card carries is trusted in nothing, its root least of all. */
static void
test_root_of_the_card (void)
{
  g_autoptr (GPtrArray) beside = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (EonayTrust) empty = eonay_trust_new ();
  g_autoptr (EonayCertificate) certificate = issue (test_issuing ());
  g_autoptr (GDateTime) now = test_date (1);
  g_autoptr (EonayChain) with_empty = NULL;
  g_autoptr (EonayChain) with_none = NULL;

  g_ptr_array_add (beside, certificate_of (test_root ()));
  g_ptr_array_add (beside, certificate_of (test_issuing ()));
  with_empty = eonay_chain_build (certificate, empty, beside, now);
  with_none = eonay_chain_build (certificate, NULL, beside, now);
  assert_chain (with_empty, EONAY_CHAIN_UNTRUSTED, (const char *[]){ HOLDER, ISSUING, ROOT, NULL });
  assert_chain (with_none, EONAY_CHAIN_UNTRUSTED, (const char *[]){ HOLDER, ISSUING, ROOT, NULL });
}

/* The same name, but not the key that signed. */
static void
test_issuer_of_the_same_name (void)
{
  const TestWish other_key = { .key = "P-384#other" };
  g_autoptr (TestIssuer) impostor = test_issuer_new (ISSUING, test_root (), &other_key);
  g_autoptr (EonayTrust) trust = trust_in (test_root (), impostor);
  g_autoptr (EonayCertificate) certificate = issue (test_issuing ());
  g_autoptr (GDateTime) now = test_date (1);
  g_autoptr (EonayChain) chain = eonay_chain_build (certificate, trust, NULL, now);

  assert_chain (chain, EONAY_CHAIN_INCOMPLETE, (const char *[]){ HOLDER, NULL });
}

static void
test_expired (void)
{
  const TestWish wish = { .key = "P-256", .days_after = 10 };
  const TestWish short_lived = { .key = "P-384",
                                 .days_after = 5,
                                 .extensions = TEST_CA_EXTENSIONS };
  g_autoptr (TestIssuer) issuing = test_issuer_new ("DENEME Kısa", test_root (), &short_lived);
  g_autoptr (EonayTrust) trust = trust_in (test_root (), test_issuing ());
  g_autoptr (EonayTrust) short_trust = trust_in (test_root (), issuing);
  g_autoptr (EonayCertificate) expired = test_issuer_issue_certificate (test_issuing (), &wish);
  g_autoptr (EonayCertificate) outlived = test_issuer_issue_certificate (issuing, &wish);
  g_autoptr (GDateTime) later = test_date (30);
  g_autoptr (GDateTime) after_issuer = test_date (7);
  g_autoptr (EonayChain) own_end = eonay_chain_build (expired, trust, NULL, later);
  g_autoptr (EonayChain) broken = eonay_chain_build (outlived, short_trust, NULL, after_issuer);

  assert_chain (own_end, EONAY_CHAIN_TRUSTED, (const char *[]){ HOLDER, ISSUING, ROOT, NULL });
  assert_chain (broken, EONAY_CHAIN_BROKEN, (const char *[]){ HOLDER, "DENEME Kısa", ROOT, NULL });
}

static void
test_root_itself (void)
{
  g_autoptr (EonayTrust) trust = trust_in (test_root (), NULL);
  g_autoptr (EonayCertificate) root = certificate_of (test_root ());
  g_autoptr (GDateTime) now = test_date (1);
  g_autoptr (EonayChain) chain = eonay_chain_build (root, trust, NULL, now);

  assert_chain (chain, EONAY_CHAIN_TRUSTED, (const char *[]){ ROOT, NULL });
}

static guint n_warnings;

/* g_test_expect_message() does not see structured logging. */
static GLogWriterOutput
count_warning (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if (level != G_LOG_LEVEL_WARNING)
    return g_log_writer_default (level, fields, n_fields, user_data);

  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      n_warnings += g_str_has_prefix (fields[i].value, "Ignoring ") &&
                    strstr (fields[i].value, "broken.pem: ") != NULL;

  return G_LOG_WRITER_HANDLED;
}

static void
write_in (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
remove_from (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_folder (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("eonay-trust-XXXXXX", &error);
  g_autofree char *root = test_issuer_to_pem (test_root ());
  g_autofree char *issuing = test_issuer_to_pem (test_issuing ());
  g_autoptr (EonayTrust) trust = eonay_trust_new ();
  g_autoptr (EonayCertificate) certificate = issue (test_issuing ());
  g_autoptr (GDateTime) now = test_date (1);
  g_autoptr (EonayChain) chain = NULL;

  g_assert_no_error (error);
  write_in (folder, "root.pem", root);
  write_in (folder, "issuing.crt", issuing);
  write_in (folder, "broken.pem", "no certificate");
  write_in (folder, "README", "not looked at");
  eonay_trust_add_folder (trust, folder);
  g_assert_cmpuint (n_warnings, ==, 1);
  eonay_trust_add_folder (trust, "/nonexistent");
  chain = eonay_chain_build (certificate, trust, NULL, now);
  assert_chain (chain, EONAY_CHAIN_TRUSTED, (const char *[]){ HOLDER, ISSUING, ROOT, NULL });

  remove_from (folder, "root.pem");
  remove_from (folder, "issuing.crt");
  remove_from (folder, "broken.pem");
  remove_from (folder, "README");
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (count_warning, NULL, NULL);
  g_test_add_func ("/signature/chain/anchor", test_up_to_an_anchor);
  g_test_add_func ("/signature/chain/card", test_helped_by_the_card);
  g_test_add_func ("/signature/chain/root-of-the-card", test_root_of_the_card);
  g_test_add_func ("/signature/chain/same-name", test_issuer_of_the_same_name);
  g_test_add_func ("/signature/chain/expired", test_expired);
  g_test_add_func ("/signature/chain/root", test_root_itself);
  g_test_add_func ("/signature/chain/folder", test_folder);

  return g_test_run ();
}
