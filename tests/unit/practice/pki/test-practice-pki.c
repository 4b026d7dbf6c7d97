#include "support/card-probe.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_STORE, X509_STORE_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_STORE_CTX, X509_STORE_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ASN1_OBJECT, ASN1_OBJECT_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CERTIFICATEPOLICIES, CERTIFICATEPOLICIES_free)

static const EonayPracticeKeyKind all_keys[] = {
  EONAY_PRACTICE_KEY_RSA,
  EONAY_PRACTICE_KEY_RSA_OTHER,
  EONAY_PRACTICE_KEY_EC,
};

static X509 *
issue (EonayPracticeKeyKind key, EonayPracticeCertificateKind kind)
{
  g_autoptr (GError) error = NULL;
  EVP_PKEY *pair = eonay_practice_pki_get_key (probe_pki (), key);
  g_autoptr (GBytes) der = eonay_practice_pki_issue (probe_pki (), pair, "AYŞE DENEME",
                                                     "10000000146", kind, &error);
  const guint8 *bytes;
  X509 *certificate;

  g_assert_no_error (error);
  bytes = g_bytes_get_data (der, NULL);
  certificate = d2i_X509 (NULL, &bytes, (long) g_bytes_get_size (der));
  g_assert_nonnull (certificate);
  g_assert_true (bytes == (const guint8 *) g_bytes_get_data (der, NULL) + g_bytes_get_size (der));

  return certificate;
}

static X509_STORE *
load_authorities (void)
{
  const char *pem = eonay_practice_pki_get_ca_pem (probe_pki ());
  g_autoptr (BIO) source = BIO_new_mem_buf (pem, -1);
  X509_STORE *store = X509_STORE_new ();
  guint n = 0;

  for (;;)
    {
      g_autoptr (X509) authority = PEM_read_bio_X509 (source, NULL, NULL, NULL);
      g_autofree char *name = NULL;

      if (authority == NULL)
        break;

      name = X509_NAME_oneline (X509_get_subject_name (authority), NULL, 0);
      g_assert_nonnull (strstr (name, "DENEME"));
      g_assert_cmpint (X509_check_ca (authority), ==, 1);
      X509_STORE_add_cert (store, authority);
      n++;
    }
  ERR_clear_error ();
  g_assert_cmpuint (n, ==, 2);

  return store;
}

static int
verify (X509 *certificate, time_t at)
{
  g_autoptr (X509_STORE) store = load_authorities ();
  g_autoptr (X509_STORE_CTX) context = X509_STORE_CTX_new ();

  X509_STORE_CTX_init (context, store, certificate, NULL);
  if (at != 0)
    X509_STORE_CTX_set_time (context, 0, at);
  X509_STORE_CTX_set_flags (context, X509_V_FLAG_X509_STRICT);
  X509_verify_cert (context);

  return X509_STORE_CTX_get_error (context);
}

static void
test_chains (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (all_keys); i++)
    {
      g_autoptr (X509) nes = issue (all_keys[i], EONAY_PRACTICE_NES);
      g_autoptr (X509) expired = issue (all_keys[i], EONAY_PRACTICE_NES_EXPIRED);
      g_autoptr (X509) other = issue (all_keys[i], EONAY_PRACTICE_NOT_QUALIFIED);

      g_assert_cmpint (verify (nes, 0), ==, X509_V_OK);
      g_assert_cmpint (verify (other, 0), ==, X509_V_OK);
      g_assert_cmpint (verify (expired, 0), ==, X509_V_ERR_CERT_HAS_EXPIRED);
      g_assert_cmpint (verify (expired, 1609459200), ==, X509_V_OK);
    }
}

static void
assert_entry (X509 *certificate, int place, int nid, int type, const char *value)
{
  X509_NAME_ENTRY *entry = X509_NAME_get_entry (X509_get_subject_name (certificate), place);
  ASN1_STRING *string = X509_NAME_ENTRY_get_data (entry);

  g_assert_cmpint (OBJ_obj2nid (X509_NAME_ENTRY_get_object (entry)), ==, nid);
  g_assert_cmpint (ASN1_STRING_type (string), ==, type);
  g_assert_cmpmem (ASN1_STRING_get0_data (string), ASN1_STRING_length (string), value,
                   strlen (value));
}

static void
test_subject (void)
{
  g_autoptr (X509) nes = issue (EONAY_PRACTICE_KEY_RSA, EONAY_PRACTICE_NES);

  g_assert_cmpint (X509_NAME_entry_count (X509_get_subject_name (nes)), ==, 3);
  assert_entry (nes, 0, NID_countryName, V_ASN1_PRINTABLESTRING, "TR");
  assert_entry (nes, 1, NID_serialNumber, V_ASN1_PRINTABLESTRING, "10000000146");
  assert_entry (nes, 2, NID_commonName, V_ASN1_UTF8STRING, "AYŞE DENEME");
}

static void
assert_critical (X509 *certificate, int nid)
{
  int place = X509_get_ext_by_NID (certificate, nid, -1);

  g_assert_cmpint (place, >=, 0);
  g_assert_true (X509_EXTENSION_get_critical (X509_get_ext (certificate, place)));
}

static void
assert_policy (X509 *certificate, const char *oid)
{
  g_autoptr (CERTIFICATEPOLICIES) policies =
      X509_get_ext_d2i (certificate, NID_certificate_policies, NULL, NULL);
  g_autoptr (ASN1_OBJECT) expected = OBJ_txt2obj (oid, 1);

  g_assert_nonnull (policies);
  g_assert_cmpint (sk_POLICYINFO_num (policies), ==, 1);
  g_assert_cmpint (OBJ_cmp (sk_POLICYINFO_value (policies, 0)->policyid, expected), ==, 0);
}

/* SEQUENCE { SEQUENCE { 0.4.0.1862.1.1 }, SEQUENCE { 2.16.792.1.61.0.1.5070.1.1, UTF8String } } */
static void
assert_statements (X509 *certificate)
{
  static const char compliance[] = "\x30\x08\x06\x06\x04\x00\x8e\x46\x01\x01";
  static const char law[] = "\x06\x0b\x60\x86\x18\x01\x3d\x00\x01\xa7\x4e\x01\x01\x0c";
  int place = X509_get_ext_by_NID (certificate, NID_qcStatements, -1);
  X509_EXTENSION *extension = X509_get_ext (certificate, place);
  const guint8 *bytes;
  gsize length;

  g_assert_nonnull (extension);
  bytes = ASN1_STRING_get0_data (X509_EXTENSION_get_data (extension));
  length = (gsize) ASN1_STRING_length (X509_EXTENSION_get_data (extension));
  g_assert_cmphex (bytes[0], ==, 0x30);
  g_assert_nonnull (memmem (bytes, length, compliance, sizeof compliance - 1));
  g_assert_nonnull (memmem (bytes, length, law, sizeof law - 1));
  g_assert_nonnull (memmem (bytes, length, "5070 sayılı", strlen ("5070 sayılı")));
}

static void
test_qualified_shape (void)
{
  g_autoptr (X509) nes = issue (EONAY_PRACTICE_KEY_EC, EONAY_PRACTICE_NES);

  g_assert_cmphex (X509_get_key_usage (nes), ==, KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION);
  assert_critical (nes, NID_key_usage);
  g_assert_cmphex (X509_get_extended_key_usage (nes), ==, UINT32_MAX);
  g_assert_cmpint (X509_check_ca (nes), ==, 0);
  assert_policy (nes, "2.16.792.1.2.1.1.5.7.1.1");
  assert_statements (nes);
  g_assert_nonnull (X509_get0_subject_key_id (nes));
  g_assert_nonnull (X509_get0_authority_key_id (nes));
  g_assert_cmpint (X509_get_ext_by_NID (nes, NID_info_access, -1), >=, 0);
  g_assert_cmpint (X509_get_ext_by_NID (nes, NID_crl_distribution_points, -1), >=, 0);
}

static void
test_other_shape (void)
{
  g_autoptr (X509) other = issue (EONAY_PRACTICE_KEY_RSA, EONAY_PRACTICE_NOT_QUALIFIED);

  g_assert_cmphex (X509_get_key_usage (other), ==, KU_DIGITAL_SIGNATURE);
  g_assert_cmphex (X509_get_extended_key_usage (other), ==, XKU_SSL_CLIENT);
  g_assert_cmpint (X509_get_ext_by_NID (other, NID_qcStatements, -1), ==, -1);
  g_assert_cmpint (X509_get_ext_by_NID (other, NID_certificate_policies, -1), ==, -1);
}

static void
test_validity (void)
{
  g_autoptr (X509) nes = issue (EONAY_PRACTICE_KEY_RSA, EONAY_PRACTICE_NES);
  g_autoptr (X509) expired = issue (EONAY_PRACTICE_KEY_RSA, EONAY_PRACTICE_NES_EXPIRED);
  int days;
  int seconds;

  ASN1_TIME_diff (&days, &seconds, X509_get0_notBefore (nes), X509_get0_notAfter (nes));
  g_assert_cmpint (days, >=, 3 * 365);
  g_assert_cmpint (days, <=, 3 * 365 + 1);

  g_assert_cmpint (ASN1_TIME_cmp_time_t (X509_get0_notBefore (expired), 1583107200), ==, 0);
  g_assert_cmpint (ASN1_TIME_cmp_time_t (X509_get0_notAfter (expired), 1677715200), ==, 0);
}

static void
test_serials_differ (void)
{
  g_autoptr (X509) a = issue (EONAY_PRACTICE_KEY_RSA, EONAY_PRACTICE_NES);
  g_autoptr (X509) b = issue (EONAY_PRACTICE_KEY_RSA, EONAY_PRACTICE_NES);

  g_assert_cmpint (ASN1_INTEGER_cmp (X509_get0_serialNumber (a), X509_get0_serialNumber (b)), !=,
                   0);
}

static void
test_finalizes (void)
{
  EonayPracticePki *pki = eonay_practice_pki_new (NULL);

  g_assert_finalize_object (pki);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/pki/chains", test_chains);
  g_test_add_func ("/practice/pki/subject", test_subject);
  g_test_add_func ("/practice/pki/qualified-shape", test_qualified_shape);
  g_test_add_func ("/practice/pki/other-shape", test_other_shape);
  g_test_add_func ("/practice/pki/validity", test_validity);
  g_test_add_func ("/practice/pki/serials-differ", test_serials_differ);
  g_test_add_func ("/practice/pki/finalizes", test_finalizes);

  return g_test_run ();
}
