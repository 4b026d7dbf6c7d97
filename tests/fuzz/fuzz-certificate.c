#include "fuzz-target.h"

#include "base/eonay-text-class.h"
#include "card/token/eonay-public-key.h"
#include "signature/certificate/eonay-certificate-details.h"
#include "signature/trust/eonay-chain.h"

static void
use_certificate (EonayCertificate *certificate)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 20, 0, 0, 0);
  EonayCertificateDetails *details = eonay_certificate_details_new (certificate);
  g_autofree char *pem = eonay_certificate_to_pem (certificate);
  g_autoptr (EonayChain) chain = eonay_chain_build (certificate, NULL, NULL, now);
  const char *texts[] = {
    eonay_certificate_get_holder (certificate),   eonay_certificate_get_national_id (certificate),
    eonay_certificate_get_provider (certificate), eonay_certificate_get_issuer (certificate),
    eonay_certificate_get_serial (certificate),   eonay_certificate_get_fingerprint (certificate),
    eonay_certificate_get_key_name (certificate)
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_true (texts[i] == NULL ||
                   (g_utf8_validate (texts[i], -1, NULL) && eonay_text_class_scan (texts[i]) == 0));
  g_assert_true (g_str_has_prefix (pem, "-----BEGIN CERTIFICATE-----"));
  g_assert_cmpuint (chain->certificates->len, >=, 1);
  eonay_certificate_details_free (details);
  eonay_certificate_get_kind (certificate);
  eonay_certificate_get_scheme (certificate);
  eonay_certificate_get_problems (certificate, now);
  eonay_certificate_get_days_left (certificate, now);
}

static void
use_key (EonayPublicKey *key, GBytes *answer)
{
  g_autoptr (GBytes) digest = g_bytes_new_static ("abcdefghijklmnopabcdefghijklmnop", 32);
  g_autoptr (GBytes) rsa = NULL;
  g_autoptr (GBytes) ecdsa = NULL;

  rsa = eonay_public_key_accept (key, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, digest, answer,
                                 NULL);
  ecdsa = eonay_public_key_accept (key, EONAY_SIGNATURE_SCHEME_ECDSA_SHA256, digest, answer, NULL);
  g_assert_null (rsa);
  g_assert_null (ecdsa);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  g_autoptr (GBytes) der = g_bytes_new (bytes, length);
  g_autoptr (EonayCertificate) certificate = eonay_certificate_new (der, NULL);
  g_autoptr (EonayPublicKey) key = eonay_public_key_new_from_certificate (der, NULL);

  if (certificate != NULL)
    use_certificate (certificate);
  if (key != NULL)
    use_key (key, der);

  return 0;
}
