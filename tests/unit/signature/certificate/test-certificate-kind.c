#include "base/eonay-error.h"
#include "support/test-issuer.h"

#define USAGE "[ext]\nkeyUsage=critical,digitalSignature,nonRepudiation\n"
#define QC(list) "qcStatements=ASN1:SEQUENCE:qc\n[qc]\n" list
#define STATEMENT(letter, oid) #letter "=SEQUENCE:" #letter "\n"
#define DETAIL(letter, oid) "[" #letter "]\nid=OID:" oid "\n"
#define COMPLIANCE "0.4.0.1862.1.1"
#define LAW "2.16.792.1.61.0.1.5070."
#define TWO(x, y) QC (STATEMENT (a, x) STATEMENT (b, y)) DETAIL (a, x) DETAIL (b, y)
#define THREE(x, y, z) \
  QC (STATEMENT (a, x) STATEMENT (b, y) STATEMENT (c, z)) DETAIL (a, x) DETAIL (b, y) DETAIL (c, z)

#define KAMU "2.16.792.1.2.1.1.5.7."

#define OTHER EONAY_CERTIFICATE_OTHER
#define NOT_QUALIFIED EONAY_CERTIFICATE_PROBLEM_NOT_QUALIFIED
#define SEAL EONAY_CERTIFICATE_PROBLEM_SEAL

typedef struct {
  const char *name;
  TestWish wish;
  EonayCertificateKind kind;
  EonayCertificateProblems problems;
} Case;

/* On 2026-06-02. */
static const Case CASES[] = {
  { "person", { 0 }, EONAY_CERTIFICATE_QUALIFIED, 0 },
  { "person-p256", { .key = "P-256" }, EONAY_CERTIFICATE_QUALIFIED, 0 },
  { "person-with-more-statements",
    { .extensions = USAGE THREE (COMPLIANCE, "0.4.0.1862.1.4", LAW "1.1") },
    EONAY_CERTIFICATE_QUALIFIED,
    0 },
  { "corporate-seal",
    { .extensions = USAGE TWO (LAW "1.1", LAW "1.3") },
    EONAY_CERTIFICATE_CORPORATE_SEAL,
    SEAL },
  { "corporate-seal-with-compliance",
    { .extensions = USAGE THREE (COMPLIANCE, LAW "1.1", LAW "1.3") },
    EONAY_CERTIFICATE_CORPORATE_SEAL,
    SEAL },
  { "qualified-seal",
    { .extensions = USAGE TWO (LAW "2.1", LAW "2.2") },
    EONAY_CERTIFICATE_QUALIFIED_SEAL,
    SEAL },
  { "qualified-seal-by-policy",
    { .extensions = USAGE "certificatePolicies=" KAMU "1.10\n" TWO (COMPLIANCE, LAW "1.1") },
    EONAY_CERTIFICATE_QUALIFIED_SEAL,
    SEAL },
  { "fiscal-seal",
    { .subject = "serialNumber=1234567890,CN=DENEME LTD. ŞTİ.",
      .extensions = USAGE "certificatePolicies=" KAMU "4.1\nextendedKeyUsage=" KAMU "50.1\n" },
    EONAY_CERTIFICATE_FISCAL_SEAL,
    SEAL },
  { "fiscal-policy-alone",
    { .extensions = USAGE "certificatePolicies=" KAMU "4.1\n" },
    OTHER,
    NOT_QUALIFIED },
  { "no-statements", { .extensions = USAGE }, OTHER, NOT_QUALIFIED },
  { "compliance-alone",
    { .extensions = USAGE QC (STATEMENT (a, )) DETAIL (a, COMPLIANCE) },
    OTHER,
    NOT_QUALIFIED },
  { "law-alone",
    { .extensions = USAGE QC (STATEMENT (a, )) DETAIL (a, LAW "1.1") },
    OTHER,
    NOT_QUALIFIED },
  { "longer-oid", { .extensions = USAGE TWO (COMPLIANCE, LAW "1.1.1") }, OTHER, NOT_QUALIFIED },
  { "broken-statements",
    { .extensions = USAGE "qcStatements=DER:300A0608060604008E46\n" },
    OTHER,
    NOT_QUALIFIED },
  { "bytes-after-statements",
    { .extensions = USAGE "qcStatements=DER:"
                          "30193008060604008E460101300D060B608618013D0001A74E01010500\n" },
    OTHER,
    NOT_QUALIFIED },
  { "statements-in-der",
    { .extensions = USAGE "qcStatements=DER:"
                          "30193008060604008E460101300D060B608618013D0001A74E0101\n" },
    EONAY_CERTIFICATE_QUALIFIED,
    0 },
  { "critical-statements",
    { .extensions = USAGE "qcStatements=critical,DER:"
                          "30193008060604008E460101300D060B608618013D0001A74E0101\n" },
    EONAY_CERTIFICATE_QUALIFIED,
    0 },
  { "unknown-critical",
    { .extensions = USAGE "1.2.3.4=critical,DER:0500\n" TWO (COMPLIANCE, LAW "1.1") },
    EONAY_CERTIFICATE_QUALIFIED,
    EONAY_CERTIFICATE_PROBLEM_CRITICAL },
  { "unknown-not-critical",
    { .extensions = USAGE "1.2.3.4=DER:0500\n" TWO (COMPLIANCE, LAW "1.1") },
    EONAY_CERTIFICATE_QUALIFIED,
    0 },
  { "unreadable-extension",
    { .extensions = USAGE "basicConstraints=critical,DER:020100\n" TWO (COMPLIANCE, LAW "1.1") },
    EONAY_CERTIFICATE_QUALIFIED,
    EONAY_CERTIFICATE_PROBLEM_CRITICAL | EONAY_CERTIFICATE_PROBLEM_USAGE },
  { "no-usage",
    { .extensions = "[ext]\n" TWO (COMPLIANCE, LAW "1.1") },
    EONAY_CERTIFICATE_QUALIFIED,
    EONAY_CERTIFICATE_PROBLEM_USAGE },
  { "authentication-usage",
    { .extensions = "[ext]\nkeyUsage=digitalSignature\n" TWO (COMPLIANCE, LAW "1.1") },
    EONAY_CERTIFICATE_QUALIFIED,
    EONAY_CERTIFICATE_PROBLEM_USAGE },
  { "authority",
    { .extensions = TEST_CA_EXTENSIONS TWO (COMPLIANCE, LAW "1.1") },
    EONAY_CERTIFICATE_QUALIFIED,
    EONAY_CERTIFICATE_PROBLEM_USAGE },
  { "authority-that-signs",
    { .extensions = USAGE "basicConstraints=CA:TRUE\n" TWO (COMPLIANCE, LAW "1.1") },
    EONAY_CERTIFICATE_QUALIFIED,
    EONAY_CERTIFICATE_PROBLEM_USAGE },
  { "rsa-1024", { .key = "RSA-1024" }, EONAY_CERTIFICATE_QUALIFIED, EONAY_CERTIFICATE_PROBLEM_KEY },
  { "p-521", { .key = "P-521" }, EONAY_CERTIFICATE_QUALIFIED, 0 },
  { "p-224", { .key = "P-224" }, EONAY_CERTIFICATE_QUALIFIED, EONAY_CERTIFICATE_PROBLEM_KEY },
  { "ed25519", { .key = "ED25519" }, EONAY_CERTIFICATE_QUALIFIED, EONAY_CERTIFICATE_PROBLEM_KEY },
  { "not-yet",
    { .days_before = -30 },
    EONAY_CERTIFICATE_QUALIFIED,
    EONAY_CERTIFICATE_PROBLEM_NOT_YET_VALID },
  { "everything-wrong-but-a-seal",
    { .key = "RSA-1024",
      .days_before = 900,
      .days_after = -1,
      .extensions = "[ext]\nkeyUsage=digitalSignature\n1.2.3.4=critical,DER:0500\n" },
    OTHER,
    NOT_QUALIFIED | EONAY_CERTIFICATE_PROBLEM_KEY | EONAY_CERTIFICATE_PROBLEM_EXPIRED |
        EONAY_CERTIFICATE_PROBLEM_USAGE | EONAY_CERTIFICATE_PROBLEM_CRITICAL },
};

static TestIssuer *root;

static void
test_case (gconstpointer user_data)
{
  const Case *expected = user_data;
  g_autoptr (EonayCertificate) certificate = test_issuer_issue_certificate (root, &expected->wish);
  g_autoptr (GDateTime) now = test_date (1);

  g_assert_cmpint (eonay_certificate_get_kind (certificate), ==, expected->kind);
  g_assert_cmphex (eonay_certificate_get_problems (certificate, now), ==, expected->problems);
}

static void
test_key_names (void)
{
  const struct {
    const char *key;
    EonaySignatureScheme scheme;
  } keys[] = {
    { "RSA-1024", EONAY_SIGNATURE_SCHEME_NONE },
    { "RSA-2048", EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256 },
    { "RSA-3072", EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256 },
    { "P-224", EONAY_SIGNATURE_SCHEME_NONE },
    { "P-256", EONAY_SIGNATURE_SCHEME_ECDSA_SHA256 },
    { "P-384", EONAY_SIGNATURE_SCHEME_ECDSA_SHA384 },
    { "P-521", EONAY_SIGNATURE_SCHEME_ECDSA_SHA512 },
    { "ED25519", EONAY_SIGNATURE_SCHEME_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const TestWish wish = { .key = keys[i].key };
      g_autoptr (EonayCertificate) certificate = test_issuer_issue_certificate (root, &wish);

      g_assert_cmpstr (eonay_certificate_get_key_name (certificate), ==, keys[i].key);
      g_assert_cmpint (eonay_certificate_get_scheme (certificate), ==, keys[i].scheme);
    }
}

int
main (int argc, char *argv[])
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  root = test_issuer_new ("DENEME Kök", NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *path = g_strdup_printf ("/signature/certificate-kind/%s", CASES[i].name);

      g_test_add_data_func (path, &CASES[i], test_case);
    }
  g_test_add_func ("/signature/certificate-kind/key-names", test_key_names);
  failed = g_test_run ();
  test_issuer_free (root);

  return failed;
}
