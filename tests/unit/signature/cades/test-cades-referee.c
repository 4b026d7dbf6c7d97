#include <gio/gio.h>
#include <glib/gstdio.h>
#include <openssl/cms.h>
#include <openssl/rsa.h>
#include <string.h>

#include "base/eonay-error.h"
#include "support/test-signing.h"

static char *
write_file (const char *folder, const char *name, gconstpointer bytes, gssize length)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);

  return path;
}

/* The referee: OpenSSL's own program, which knows nothing of how the signature was made. */
static GBytes *
verify_with_openssl (GBytes *der, GBytes *detached)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("eonay-cades-XXXXXX", &error);
  g_autofree char *pem = test_authorities_pem ();
  g_autofree char *authorities = write_file (folder, "ca.pem", pem, -1);
  g_autofree char *signature = write_file (folder, "signature.p7m", g_bytes_get_data (der, NULL),
                                           (gssize) g_bytes_get_size (der));
  g_autofree char *content = NULL;
  g_autoptr (GSubprocess) openssl = NULL;
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GBytes) said = NULL;
  GPtrArray *arguments = g_ptr_array_new ();
  const char *fixed[] = { "openssl", "cms",     "-verify",    "-cades",  "-binary",   "-inform",
                          "DER",     "-in",     signature,    "-CAfile", authorities, "-purpose",
                          "any",     "-attime", "1780358400", "-out",    "-" };

  for (gsize i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_ptr_array_add (arguments, (gpointer) fixed[i]);
  if (detached != NULL)
    {
      content = write_file (folder, "content", g_bytes_get_data (detached, NULL),
                            (gssize) g_bytes_get_size (detached));
      g_ptr_array_add (arguments, (gpointer) "-content");
      g_ptr_array_add (arguments, content);
    }
  g_ptr_array_add (arguments, NULL);
  openssl = g_subprocess_newv ((const char *const *) arguments->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate (openssl, NULL, NULL, &out, &said, &error));
  if (!g_subprocess_get_successful (openssl))
    g_test_message ("%.*s", (int) g_bytes_get_size (said),
                    (const char *) g_bytes_get_data (said, NULL));
  g_assert_true (g_subprocess_get_successful (openssl));

  g_ptr_array_unref (arguments);
  g_unlink (authorities);
  g_unlink (signature);
  if (content != NULL)
    g_unlink (content);
  g_assert_cmpint (g_rmdir (folder), ==, 0);

  return g_steal_pointer (&out);
}

static void
test_openssl_agrees (gconstpointer user_data)
{
  const TestKind *kind = user_data;
  g_autoptr (GBytes) content = g_bytes_new_static (TEST_TEXT, sizeof TEST_TEXT - 1);

  for (int attached = 0; attached < 2; attached++)
    {
      g_autoptr (GBytes) der = test_sign (kind->key, content, attached);
      g_autoptr (GBytes) out = verify_with_openssl (der, attached ? NULL : content);

      g_assert_true (g_bytes_equal (out, content));
    }
}

static void
check_algorithms (CMS_SignerInfo *signer, const TestKind *kind)
{
  X509_ALGOR *digest, *signature;
  const ASN1_OBJECT *oid;
  int parameter;

  CMS_SignerInfo_get0_algs (signer, NULL, NULL, &digest, &signature);
  X509_ALGOR_get0 (&oid, &parameter, NULL, digest);
  g_assert_cmpint (OBJ_obj2nid (oid), ==, kind->digest);
  g_assert_cmpint (parameter, ==, V_ASN1_UNDEF);
  X509_ALGOR_get0 (&oid, &parameter, NULL, signature);
  g_assert_cmpint (OBJ_obj2nid (oid), ==, kind->signature);
  g_assert_cmpint (parameter, ==, kind->parameter);
}

static void
check_attributes (CMS_SignerInfo *signer)
{
  const int expected[] = { NID_pkcs9_contentType, NID_pkcs9_signingTime, NID_pkcs9_messageDigest,
                           NID_id_smime_aa_signingCertificateV2 };
  GBytes *before = NULL;

  g_assert_cmpint (CMS_signed_get_attr_count (signer), ==, G_N_ELEMENTS (expected));
  g_assert_cmpint (CMS_unsigned_get_attr_count (signer), <=, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      X509_ATTRIBUTE *attribute = CMS_signed_get_attr (signer, (int) i);
      unsigned char *der = NULL;
      int length = i2d_X509_ATTRIBUTE (attribute, &der);
      GBytes *encoded = g_bytes_new (der, (gsize) length);

      OPENSSL_free (der);
      g_assert_cmpint (X509_ATTRIBUTE_count (attribute), ==, 1);
      g_assert_cmpint (CMS_signed_get_attr_by_NID (signer, expected[i], -1), >=, 0);
      /* X.690 clause 11.6: a SET OF is in ascending order of the encodings. */
      if (before != NULL)
        g_assert_cmpint (g_bytes_compare (before, encoded), <, 0);
      g_clear_pointer (&before, g_bytes_unref);
      before = encoded;
    }
  g_bytes_unref (before);
  /* BTK profile P1: no signature policy. */
  g_assert_cmpint (CMS_signed_get_attr_by_NID (signer, NID_id_smime_aa_ets_sigPolicyId, -1), <, 0);
}

static int
count_byte_runs (GBytes *der, const char *run, gsize length)
{
  gsize size;
  const char *bytes = g_bytes_get_data (der, &size);
  int count = 0;

  for (const char *at = bytes; (at = memmem (at, size - (gsize) (at - bytes), run, length)) != NULL;
       at++)
    count++;

  return count;
}

static void
test_structure (gconstpointer user_data)
{
  /* SignerInfo: version 1, then issuerAndSerialNumber (a SEQUENCE, not the [0] of a key id). */
  const char serial[] = "\x02\x02\x12\x67";
  const TestKind *kind = user_data;
  g_autoptr (GBytes) content = g_bytes_new_static (TEST_TEXT, sizeof TEST_TEXT - 1);
  g_autoptr (GBytes) der = test_sign (kind->key, content, TRUE);
  const unsigned char *at = g_bytes_get_data (der, NULL);
  CMS_ContentInfo *cms = d2i_CMS_ContentInfo (NULL, &at, (long) g_bytes_get_size (der));
  CMS_SignerInfo *signer;
  STACK_OF (X509) *certificates;
  ASN1_OCTET_STRING *key_id = NULL;
  ASN1_INTEGER *number = NULL;
  BIO *text = BIO_new (BIO_s_mem ());
  g_autofree char *dump = NULL;
  char *dumped;
  long dump_length;

  g_assert_nonnull (cms);
  g_assert_cmpint (sk_CMS_SignerInfo_num (CMS_get0_SignerInfos (cms)), ==, 1);
  signer = sk_CMS_SignerInfo_value (CMS_get0_SignerInfos (cms), 0);
  CMS_SignerInfo_get0_signer_id (signer, &key_id, NULL, &number);
  g_assert_null (key_id);
  g_assert_cmpint (ASN1_INTEGER_get (number), ==, TEST_SIGNER_SERIAL);
  /* In the certificate, in issuerAndSerialNumber and in signingCertificateV2's issuerSerial. */
  g_assert_cmpint (count_byte_runs (der, serial, 4), ==, 3);
  check_algorithms (signer, kind);
  check_attributes (signer);

  certificates = CMS_get1_certs (cms);
  g_assert_cmpint (sk_X509_num (certificates), ==, 1);
  sk_X509_pop_free (certificates, X509_free);

  g_assert_true (CMS_ContentInfo_print_ctx (text, cms, 0, NULL));
  dump_length = BIO_get_mem_data (text, &dumped);
  dump = g_strndup (dumped, (gsize) dump_length);
  g_assert_nonnull (strstr (dump, "d.signedData: \n    version: 1"));
  g_assert_nonnull (strstr (dump, "signerInfos:\n        version: 1"));
  BIO_free (text);
  CMS_ContentInfo_free (cms);
}

static EonayCades *
prepare_pss (const char *key, GBytes *content, gboolean attached, GError **error)
{
  const TestWish wish = { .key = key, .serial = TEST_SIGNER_SERIAL };
  g_autoptr (EonayCertificate) certificate = test_issuer_issue_certificate (test_issuing (), &wish);
  g_autoptr (GDateTime) time = test_date (1);

  return eonay_cades_new_with_scheme (certificate, EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256, content,
                                      attached, time, error);
}

static void
check_pss_algorithm (GBytes *der)
{
  /* SHA-256 with NULL, MGF1 with that, and a salt of 32 (RFC 4055, 3.1; RFC 4056, 3). */
  static const guint8 expected[] = {
    0x30, 0x34, 0xa0, 0x0f, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03,
    0x04, 0x02, 0x01, 0x05, 0x00, 0xa1, 0x1c, 0x30, 0x1a, 0x06, 0x09, 0x2a, 0x86, 0x48,
    0x86, 0xf7, 0x0d, 0x01, 0x01, 0x08, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
    0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0xa2, 0x03, 0x02, 0x01, 0x20,
  };
  const unsigned char *at = g_bytes_get_data (der, NULL);
  CMS_ContentInfo *cms = d2i_CMS_ContentInfo (NULL, &at, (long) g_bytes_get_size (der));
  X509_ALGOR *signature;
  const ASN1_OBJECT *oid;
  const void *parameter;
  int type;

  CMS_SignerInfo_get0_algs (sk_CMS_SignerInfo_value (CMS_get0_SignerInfos (cms), 0), NULL, NULL,
                            NULL, &signature);
  X509_ALGOR_get0 (&oid, &type, &parameter, signature);
  g_assert_cmpint (OBJ_obj2nid (oid), ==, NID_rsassaPss);
  g_assert_cmpint (type, ==, V_ASN1_SEQUENCE);
  g_assert_cmpmem (ASN1_STRING_get0_data (parameter), ASN1_STRING_length (parameter), expected,
                   sizeof expected);
  CMS_ContentInfo_free (cms);
}

static void
test_pss (void)
{
  g_autoptr (GBytes) content = g_bytes_new_static (TEST_TEXT, sizeof TEST_TEXT - 1);

  for (int attached = 0; attached < 2; attached++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EonayCades) cades = prepare_pss ("RSA-2048", content, attached, &error);
      g_autoptr (GBytes) wrong = test_card_sign (test_key ("RSA-2048"),
                                                 eonay_cades_get_digest (cades));
      g_autoptr (GBytes) value = test_card_sign_pss (test_key ("RSA-2048"),
                                                     eonay_cades_get_digest (cades));
      g_autoptr (GBytes) der = NULL;
      g_autoptr (GBytes) out = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (eonay_cades_get_scheme (cades), ==, EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256);
      g_assert_null (eonay_cades_finish (cades, wrong, &error));
      g_clear_error (&error);
      der = eonay_cades_finish (cades, value, &error);
      g_assert_no_error (error);
      check_pss_algorithm (der);
      out = verify_with_openssl (der, attached ? NULL : content);
      g_assert_true (g_bytes_equal (out, content));
    }
}

static void
test_no_pss_with_ec (void)
{
  g_autoptr (GBytes) content = g_bytes_new_static (TEST_TEXT, sizeof TEST_TEXT - 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (prepare_pss ("P-256", content, TRUE, &error));
  g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_KEY_UNSUPPORTED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < TEST_N_KINDS; i++)
    {
      g_autofree char *structure = g_strdup_printf ("/signature/cades-referee/%s/structure",
                                                    TEST_KINDS[i].key);
      g_autofree char *agrees = g_strdup_printf ("/signature/cades-referee/%s/openssl-agrees",
                                                 TEST_KINDS[i].key);

      g_test_add_data_func (structure, &TEST_KINDS[i], test_structure);
      g_test_add_data_func (agrees, &TEST_KINDS[i], test_openssl_agrees);
    }
  g_test_add_func ("/signature/cades-referee/pss/openssl-agrees", test_pss);
  g_test_add_func ("/signature/cades-referee/pss/not-with-ec", test_no_pss_with_ec);

  return g_test_run ();
}
