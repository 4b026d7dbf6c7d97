#include "signature/certificate/eonay-certificate.h"

#include <openssl/asn1.h>
#include <string.h>

#include "base/eonay-error.h"
#include "support/test-issuer.h"

typedef struct {
  const char *file;
  const char *serial;
  const char *key_name;
  EonaySignatureScheme scheme;
  EonayCertificateKind kind;
  EonayCertificateProblems problems;
  int days_left;
} Fixture;

/* On 2026-07-01. */
static const Fixture FIXTURES[] = {
  { "nes-rsa.pem", "5b45", "RSA-2048", EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256,
    EONAY_CERTIFICATE_QUALIFIED, EONAY_CERTIFICATE_PROBLEM_NONE, 1066 },
  { "nes-ec.pem", "5b46", "P-384", EONAY_SIGNATURE_SCHEME_ECDSA_SHA384, EONAY_CERTIFICATE_QUALIFIED,
    EONAY_CERTIFICATE_PROBLEM_NONE, 1066 },
  { "nes-expired.pem", "5b47", "RSA-2048", EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256,
    EONAY_CERTIFICATE_QUALIFIED, EONAY_CERTIFICATE_PROBLEM_EXPIRED, -1217 },
  { "auth.pem", "5b48", "RSA-2048", EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256,
    EONAY_CERTIFICATE_OTHER,
    EONAY_CERTIFICATE_PROBLEM_USAGE | EONAY_CERTIFICATE_PROBLEM_NOT_QUALIFIED, 1066 },
};

static void
test_fixture (gconstpointer user_data)
{
  const Fixture *fixture = user_data;
  g_autoptr (GBytes) der = test_certificate_der (fixture->file);
  g_autoptr (GDateTime) now = test_date (30);
  g_autoptr (GError) error = NULL;
  EonayCertificate *certificate = eonay_certificate_new (der, &error);
  g_autofree char *fingerprint = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, der);

  g_assert_no_error (error);
  g_assert_cmpstr (eonay_certificate_get_holder (certificate), ==, "AYŞE DENEME");
  g_assert_cmpstr (eonay_certificate_get_national_id (certificate), ==, "10000000146");
  g_assert_cmpstr (eonay_certificate_get_provider (certificate), ==, "DENEME ESHS A.Ş.");
  g_assert_cmpstr (eonay_certificate_get_issuer (certificate), ==, "DENEME Nitelikli ESHS");
  g_assert_cmpstr (eonay_certificate_get_serial (certificate), ==, fixture->serial);
  g_assert_cmpstr (eonay_certificate_get_fingerprint (certificate), ==, fingerprint);
  g_assert_cmpstr (eonay_certificate_get_key_name (certificate), ==, fixture->key_name);
  g_assert_cmpint (eonay_certificate_get_scheme (certificate), ==, fixture->scheme);
  g_assert_cmpint (eonay_certificate_get_kind (certificate), ==, fixture->kind);
  g_assert_cmphex (eonay_certificate_get_problems (certificate, now), ==, fixture->problems);
  g_assert_cmpint (eonay_certificate_get_days_left (certificate, now), ==, fixture->days_left);
  g_assert_true (eonay_certificate_get_der (certificate) == der);
  g_assert_finalize_object (certificate);
}

static void
test_days_left (void)
{
  const struct {
    gint64 seconds; /* from the end */
    int days_left;
    EonayCertificateProblems problems;
  } moments[] = {
    { -86400 * 90, 90, EONAY_CERTIFICATE_PROBLEM_NONE },
    { -86401, 1, EONAY_CERTIFICATE_PROBLEM_NONE },
    { -86400, 1, EONAY_CERTIFICATE_PROBLEM_NONE },
    { -86399, 0, EONAY_CERTIFICATE_PROBLEM_NONE },
    { 0, 0, EONAY_CERTIFICATE_PROBLEM_NONE },
    { 1, -1, EONAY_CERTIFICATE_PROBLEM_EXPIRED },
    { 86400, -1, EONAY_CERTIFICATE_PROBLEM_EXPIRED },
    { 86401, -2, EONAY_CERTIFICATE_PROBLEM_EXPIRED },
    { -86400 * 1096, 1096, EONAY_CERTIFICATE_PROBLEM_NONE },
    { -86400 * 1096 - 1, 1096, EONAY_CERTIFICATE_PROBLEM_NOT_YET_VALID },
  };
  g_autoptr (GBytes) der = test_certificate_der ("nes-rsa.pem");
  g_autoptr (EonayCertificate) certificate = eonay_certificate_new (der, NULL);
  GDateTime *end = eonay_certificate_get_not_after (certificate);
  g_autofree char *start_text =
      g_date_time_format_iso8601 (eonay_certificate_get_not_before (certificate));
  g_autofree char *end_text = g_date_time_format_iso8601 (end);

  g_assert_cmpstr (start_text, ==, "2026-06-01T00:00:00Z");
  g_assert_cmpstr (end_text, ==, "2029-06-01T00:00:00Z");
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (GDateTime) now = g_date_time_add_seconds (end, (double) moments[i].seconds);
      g_autoptr (GDateTime) here = g_date_time_to_local (now);

      g_assert_cmpint (eonay_certificate_get_days_left (certificate, here), ==,
                       moments[i].days_left);
      g_assert_cmphex (eonay_certificate_get_problems (certificate, here), ==, moments[i].problems);
    }
}

static void
test_names (void)
{
  const struct {
    const char *subject;
    int string_type;
    const char *holder;
    const char *national_id;
  } names[] = {
    { "CN=ÇĞİÖŞÜ çğıöşü", 0, "ÇĞİÖŞÜ çğıöşü", NULL },
    { "CN=ÇĞİÖŞÜ çğıöşü", V_ASN1_BMPSTRING, "ÇĞİÖŞÜ çğıöşü", NULL },
    { "CN=DENEME \xD6\xDC", V_ASN1_T61STRING, "DENEME ÖÜ", NULL },
    { "C=TR", 0, "", NULL },
    { "CN=AYŞE\u202EEMENED\nSATIR", 0, "AYŞE⟦U+202E⟧EMENED⟦U+000A⟧SATIR", NULL },
    { "serialNumber=TCKN-10000000146,CN=A", 0, "A", "10000000146" },
    { "serialNumber=PNOTR-10000000146,CN=A", 0, "A", "10000000146" },
    { "serialNumber=PNODE-10000000146,CN=A", 0, "A", NULL },
    { "serialNumber=10000000147,CN=A", 0, "A", NULL },
    { "serialNumber=1234567890,CN=A", 0, "A", NULL },
  };
  g_autoptr (TestIssuer) root = test_issuer_new ("DENEME Kök", NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const TestWish wish = { .subject = names[i].subject, .string_type = names[i].string_type };
      g_autoptr (EonayCertificate) certificate = test_issuer_issue_certificate (root, &wish);

      g_assert_cmpstr (eonay_certificate_get_holder (certificate), ==, names[i].holder);
      g_assert_cmpstr (eonay_certificate_get_national_id (certificate), ==, names[i].national_id);
      g_assert_cmpstr (eonay_certificate_get_provider (certificate), ==, "DENEME ESHS A.Ş.");
    }
}

static void
test_provider_without_organisation (void)
{
  const TestWish wish = { .subject = "CN=DENEME Sağlayıcı",
                          .key = "P-256",
                          .extensions = TEST_CA_EXTENSIONS };
  g_autoptr (TestIssuer) root = test_issuer_new_self_signed (&wish);
  const TestWish leaf = { .key = "P-256", .serial = 0x1234567 };
  g_autoptr (EonayCertificate) certificate = test_issuer_issue_certificate (root, &leaf);

  g_assert_cmpstr (eonay_certificate_get_provider (certificate), ==, "DENEME Sağlayıcı");
  g_assert_cmpstr (eonay_certificate_get_issuer (certificate), ==, "DENEME Sağlayıcı");
  g_assert_cmpstr (eonay_certificate_get_serial (certificate), ==, "01234567");
}

static void
assert_malformed (GBytes *der)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (eonay_certificate_new (der, &error));
  g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_CERTIFICATE_MALFORMED);
}

static void
test_broken_utf8 (void)
{
  g_autoptr (GBytes) der = test_certificate_der ("nes-rsa.pem");
  gsize length = g_bytes_get_size (der);
  guint8 *bytes = g_memdup2 (g_bytes_get_data (der, NULL), length);
  guint8 *name = memmem (bytes, length,
                         "AY\xC5\x9E"
                         "E",
                         5);
  g_autoptr (GBytes) broken = g_bytes_new_take (bytes, length);

  g_assert_nonnull (name);
  name[2] = 0xD6;
  name[3] = 0xDC;
  assert_malformed (broken);
}

static void
test_whole_der_only (void)
{
  g_autoptr (GBytes) der = test_certificate_der ("nes-rsa.pem");
  gsize length = g_bytes_get_size (der);
  g_autofree guint8 *longer = g_malloc0 (70000);
  g_autofree char *pem = test_certificate_pem ("nes-rsa.pem");
  const gsize lengths[] = { 0, 1, 4, length - 1, length + 1, length + 2, 65537, 70000 };

  memcpy (longer, g_bytes_get_data (der, NULL), length);
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GBytes) wrong = g_bytes_new (longer, lengths[i]);

      assert_malformed (wrong);
    }
  {
    g_autoptr (GBytes) text = g_bytes_new (pem, strlen (pem));

    assert_malformed (text);
  }
  /* The same certificate in BER: an outer length of indefinite form. */
  longer[1] = 0x80;
  memmove (longer + 2, longer + 4, length - 4);
  memset (longer + length - 2, 0, 2);
  {
    g_autoptr (GBytes) indefinite = g_bytes_new (longer, length);

    assert_malformed (indefinite);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (FIXTURES); i++)
    {
      g_autofree char *path = g_strdup_printf ("/signature/certificate/%s", FIXTURES[i].file);

      g_test_add_data_func (path, &FIXTURES[i], test_fixture);
    }
  g_test_add_func ("/signature/certificate/days-left", test_days_left);
  g_test_add_func ("/signature/certificate/names", test_names);
  g_test_add_func ("/signature/certificate/provider-without-organisation",
                   test_provider_without_organisation);
  g_test_add_func ("/signature/certificate/broken-utf8", test_broken_utf8);
  g_test_add_func ("/signature/certificate/whole-der-only", test_whole_der_only);

  return g_test_run ();
}
