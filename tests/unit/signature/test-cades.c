#include "signature/eonay-cades.h"

#include "base/eonay-error.h"
#include "signature/eonay-verifier.h"
#include "test-issuer.h"

#define TEXT "Sertifikamın yenilenmesini onaylıyorum. DENEME\r\n\xC4\x9F\xC3\xBC\n"

typedef struct {
  const char *key;
  EonaySignatureScheme scheme;
  const char *digest_oid;
} Kind;

static const Kind KINDS[] = {
  { "RSA-2048", EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, "2.16.840.1.101.3.4.2.1" },
  { "P-256", EONAY_SIGNATURE_SCHEME_ECDSA_SHA256, "2.16.840.1.101.3.4.2.1" },
  { "P-384", EONAY_SIGNATURE_SCHEME_ECDSA_SHA384, "2.16.840.1.101.3.4.2.2" },
};

static TestIssuer *root;

static EonayCades *
prepare (const char *key, GBytes *content, gboolean attached)
{
  const TestWish wish = { .key = key };
  g_autoptr (EonayCertificate) certificate = test_issuer_issue_certificate (root, &wish);
  g_autoptr (GDateTime) time = test_date (1);
  g_autoptr (GError) error = NULL;
  EonayCades *cades = eonay_cades_new (certificate, content, attached, time, &error);

  g_assert_no_error (error);

  return cades;
}

static GBytes *
sign (const char *key, GBytes *content, gboolean attached)
{
  g_autoptr (EonayCades) cades = prepare (key, content, attached);
  g_autoptr (GBytes) value = test_card_sign (test_key (key), eonay_cades_get_digest (cades));
  g_autoptr (GError) error = NULL;
  GBytes *der = eonay_cades_finish (cades, value, &error);

  g_assert_no_error (error);

  return der;
}

static void
test_round_trip (gconstpointer user_data)
{
  const Kind *kind = user_data;
  g_autoptr (GBytes) content = g_bytes_new_static (TEXT, sizeof TEXT - 1);
  g_autoptr (EonayTrust) trust = eonay_trust_new ();
  g_autofree char *pem = test_issuer_to_pem (root);
  g_autoptr (GDateTime) at = test_date (1);
  g_autoptr (GError) error = NULL;

  g_assert_true (eonay_trust_add_pem (trust, pem, -1, &error));
  for (int attached = 0; attached < 2; attached++)
    {
      g_autoptr (GBytes) der = sign (kind->key, content, attached);
      g_autoptr (EonaySignedContent) result =
          eonay_verifier_verify_cades (der, attached ? NULL : content, trust, at, &error);

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (result->content, content));
      g_assert_true (g_date_time_equal (result->signing_time, at));
      g_assert_cmpstr (eonay_certificate_get_holder (result->certificate), ==, "AYŞE DENEME");
      g_assert_cmpint (eonay_certificate_get_scheme (result->certificate), ==, kind->scheme);
    }
}

int
main (int argc, char *argv[])
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  root = test_issuer_new ("DENEME Kök", NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (KINDS); i++)
    {
      g_autofree char *path = g_strdup_printf ("/signature/cades/%s/round-trip", KINDS[i].key);

      g_test_add_data_func (path, &KINDS[i], test_round_trip);
    }
  failed = g_test_run ();
  test_issuer_free (root);

  return failed;
}
