#include "signature/verify/eonay-verifier.h"

#include <glib/gstdio.h>
#include <openssl/cms.h>
#include <openssl/pem.h>
#include <string.h>

#include "base/eonay-error.h"
#include "support/test-signing.h"

#define MALFORMED EONAY_SIGNATURE_ERROR_MALFORMED
#define INVALID EONAY_SIGNATURE_ERROR_INVALID
#define CONTENT_MISMATCH EONAY_SIGNATURE_ERROR_CONTENT_MISMATCH

/* The usual flags of a signature by others; they may also leave out BINARY, attributes, …. */
#define FLAGS (CMS_BINARY | CMS_CADES | CMS_NOSMIMECAP)

#define NES_WITH_KEY_ID "[ext]\nkeyUsage=digitalSignature\nsubjectKeyIdentifier=hash\n"

static const TestWish WISH = { .key = "P-256", .serial = 7 };
static const TestWish RSA_WISH = { .key = "RSA-2048", .serial = 7 };

static void
check (GBytes *der, GBytes *detached, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayVerifierContent) result = eonay_verifier_verify_cades (der, detached, NULL, NULL,
                                                                         &error);

  if (code < 0)
    {
      g_assert_no_error (error);
      g_assert_nonnull (result);
      return;
    }
  g_assert_null (result);
  g_assert_error (error, EONAY_SIGNATURE_ERROR, code);
}

static GBytes *
text (void)
{
  return g_bytes_new_static (TEST_TEXT, sizeof TEST_TEXT - 1);
}

static GBytes *
encode (CMS_ContentInfo *cms)
{
  unsigned char *der = NULL;
  int length = i2d_CMS_ContentInfo (cms, &der);
  GBytes *bytes = g_bytes_new (der, (gsize) length);

  OPENSSL_free (der);
  CMS_ContentInfo_free (cms);

  return bytes;
}

/* What others do: OpenSSL drives the whole signature. @change: one more thing before the end. */
static GBytes *
sign_otherwise (const TestWish *wish, const EVP_MD *digest, unsigned int flags,
                void (*change) (CMS_ContentInfo *cms, CMS_SignerInfo *signer))
{
  X509 *x509 = test_issuer_issue_x509 (test_issuing (), wish);
  BIO *content = BIO_new_mem_buf (TEST_TEXT, sizeof TEST_TEXT - 1);
  CMS_ContentInfo *cms = CMS_sign (NULL, NULL, NULL, content, flags | CMS_PARTIAL);
  CMS_SignerInfo *signer = CMS_add1_signer (cms, x509, test_key (wish->key), digest, flags);

  g_assert_nonnull (signer);
  if (change != NULL)
    change (cms, signer);
  g_assert_true (CMS_final (cms, content, NULL, flags));
  BIO_free (content);
  X509_free (x509);

  return encode (cms);
}

static void
test_by_others (void)
{
  const struct {
    const char *key;
    const EVP_MD *digest;
    unsigned int flags;
    const char *extensions;
  } ways[] = {
    { "RSA-2048", EVP_sha256 (), FLAGS },
    { "RSA-2048", EVP_sha512 (), FLAGS },
    { "P-256", EVP_sha256 (), FLAGS & ~(unsigned int) CMS_NOSMIMECAP },
    { "P-256", EVP_sha384 (), FLAGS },
    { "P-384", EVP_sha256 (), FLAGS },
    { "P-521", EVP_sha512 (), FLAGS },
    { "RSA-2048", EVP_sha256 (), FLAGS | CMS_USE_KEYID, NES_WITH_KEY_ID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      const TestWish wish = { .key = ways[i].key, .extensions = ways[i].extensions };
      g_autoptr (GBytes) der = sign_otherwise (&wish, ways[i].digest, ways[i].flags, NULL);

      check (der, NULL, -1);
    }
}

static void
run_openssl (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) openssl = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                                       &error);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (openssl, NULL, &error));
  g_assert_no_error (error);
}

/* With -stream the lengths are indefinite (BER), and the content is inside whatever one asks. */
static void
test_by_the_openssl_program (void)
{
  const char *more[][3] = { { NULL },
                            { "-stream", NULL },
                            { "-keyopt", "rsa_padding_mode:pss", NULL } };
  g_autofree char *folder = g_dir_make_tmp ("eonay-verifier-XXXXXX", NULL);
  g_autofree char *signer = g_build_filename (folder, "signer.pem", NULL);
  g_autofree char *in = g_build_filename (folder, "in", NULL);
  g_autofree char *out = g_build_filename (folder, "out", NULL);
  X509 *x509 = test_issuer_issue_x509 (test_issuing (), &RSA_WISH);
  BIO *bio = BIO_new_file (signer, "w");
  g_autoptr (GBytes) content = text ();

  g_assert_true (PEM_write_bio_X509 (bio, x509));
  g_assert_true (PEM_write_bio_PrivateKey (bio, test_key ("RSA-2048"), NULL, NULL, 0, NULL, NULL));
  BIO_free (bio);
  X509_free (x509);
  g_assert_true (g_file_set_contents (in, TEST_TEXT, sizeof TEST_TEXT - 1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (more); i++)
    for (int attached = g_strcmp0 (more[i][0], "-stream") == 0 ? 1 : 0; attached < 2; attached++)
      {
        const char *arguments[20] = { "openssl", "cms",    "-sign",    "-cades", "-binary",
                                      "-md",     "sha256", "-outform", "DER",    "-signer",
                                      signer,    "-in",    in,         "-out",   out };
        gsize n = 15;
        g_autofree char *bytes = NULL;
        g_autoptr (GBytes) der = NULL;
        gsize length;

        for (gsize j = 0; j < 3 && more[i][j] != NULL; j++)
          arguments[n++] = more[i][j];
        if (attached)
          arguments[n++] = "-nodetach";
        run_openssl (arguments);
        g_assert_true (g_file_get_contents (out, &bytes, &length, NULL));
        der = g_bytes_new (bytes, length);
        check (der, attached ? NULL : content, -1);
        check (der, NULL, attached ? -1 : (int) MALFORMED);
      }
  g_unlink (signer);
  g_unlink (in);
  g_unlink (out);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_not_cades (void)
{
  g_autoptr (GBytes) no_certificate_named = sign_otherwise (&WISH, EVP_sha256 (),
                                                            CMS_BINARY | CMS_NOSMIMECAP, NULL);
  g_autoptr (GBytes) no_attributes = sign_otherwise (&WISH, EVP_sha256 (), CMS_BINARY | CMS_NOATTR,
                                                     NULL);
  g_autoptr (GBytes) no_certificate_inside = sign_otherwise (&WISH, EVP_sha256 (),
                                                             FLAGS | CMS_NOCERTS, NULL);
  g_autoptr (GBytes) weak = sign_otherwise (&RSA_WISH, EVP_sha1 (), FLAGS, NULL);

  check (no_certificate_named, NULL, INVALID);
  check (no_attributes, NULL, INVALID);
  check (no_certificate_inside, NULL, MALFORMED);
  check (weak, NULL, INVALID);
}

static void
add_signer (CMS_ContentInfo *cms, CMS_SignerInfo *signer)
{
  const TestWish wish = { .key = "P-384", .serial = 8 };
  X509 *x509 = test_issuer_issue_x509 (test_issuing (), &wish);

  g_assert_nonnull (CMS_add1_signer (cms, x509, test_key ("P-384"), EVP_sha256 (), FLAGS));
  X509_free (x509);
}

static void
change_content_type (CMS_ContentInfo *cms, CMS_SignerInfo *signer)
{
  g_assert_true (CMS_set1_eContentType (cms, OBJ_nid2obj (NID_id_smime_ct_TSTInfo)));
}

static void
call_it_enveloped (CMS_ContentInfo *cms, CMS_SignerInfo *signer)
{
  g_assert_true (CMS_set1_eContentType (cms, OBJ_nid2obj (NID_pkcs7_enveloped)));
}

static void
test_odd_structures (void)
{
  g_autoptr (GBytes) two_signers = sign_otherwise (&WISH, EVP_sha256 (), FLAGS, add_signer);
  g_autoptr (GBytes) time_stamp = sign_otherwise (&WISH, EVP_sha256 (), FLAGS, change_content_type);
  BIO *content = BIO_new_mem_buf (TEST_TEXT, sizeof TEST_TEXT - 1);
  g_autoptr (GBytes) no_signer = encode (CMS_sign (NULL, NULL, NULL, content, CMS_BINARY));
  BIO *again = BIO_new_mem_buf (TEST_TEXT, sizeof TEST_TEXT - 1);
  g_autoptr (GBytes) plain = encode (CMS_data_create (again, CMS_BINARY));

  check (two_signers, NULL, MALFORMED);
  check (time_stamp, NULL, MALFORMED);
  check (no_signer, NULL, MALFORMED);
  check (plain, NULL, MALFORMED);
  BIO_free (content);
  BIO_free (again);
}

static GBytes *
replace (GBytes *bytes, gconstpointer old, gconstpointer new, gsize length)
{
  gsize size = g_bytes_get_size (bytes);
  guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
  guint8 *at = memmem (copy, size, old, length);

  g_assert_nonnull (at);
  memcpy (at, new, length);

  return g_bytes_new_take (copy, size);
}

/* What no signature covers, but must agree with what it covers. */
static void
test_contradictions (void)
{
  const guint8 enveloped[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x03 };
  const guint8 plain[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01 };
  /* signatureAlgorithm, and the head of the signature after it. */
  const guint8 with_sha256[] = { 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B, 0x05, 0x00, 0x04, 0x82 };
  const guint8 with_sha512[] = { 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0D, 0x05, 0x00, 0x04, 0x82 };
  g_autoptr (GBytes) content = text ();
  g_autoptr (GBytes) by_rsa = test_sign ("RSA-2048", content, TRUE);
  g_autoptr (GBytes) other_digest = replace (by_rsa, with_sha256, with_sha512, sizeof with_sha256);
  g_autoptr (GBytes) as_enveloped = sign_otherwise (&WISH, EVP_sha256 (), FLAGS, call_it_enveloped);
  g_autoptr (GBytes) called_plain = replace (as_enveloped, enveloped, plain, sizeof plain);

  check (by_rsa, NULL, -1);
  check (other_digest, NULL, INVALID);
  check (called_plain, NULL, INVALID);
}

static void
test_tampered (void)
{
  g_autoptr (GBytes) content = text ();
  g_autoptr (GBytes) other = replace (content, "DENEME", "GERCEK", 6);
  g_autoptr (GBytes) attached = test_sign ("P-256", content, TRUE);
  g_autoptr (GBytes) detached = test_sign ("P-256", content, FALSE);
  g_autoptr (GBytes) tampered_content = replace (attached, "onayl", "ONAYL", 5);
  g_autoptr (GBytes) tampered_time = replace (attached, "260602", "260603", 6);
  g_autoptr (GBytes) longer = NULL;
  g_autoptr (GByteArray) array = g_byte_array_new ();

  check (attached, NULL, -1);
  check (attached, content, -1);
  check (detached, content, -1);
  check (attached, other, CONTENT_MISMATCH);
  check (detached, other, CONTENT_MISMATCH);
  check (detached, NULL, MALFORMED);
  check (tampered_content, NULL, CONTENT_MISMATCH);
  check (tampered_content, content, CONTENT_MISMATCH);
  check (tampered_time, NULL, INVALID);

  g_byte_array_append (array, g_bytes_get_data (attached, NULL),
                       (guint) g_bytes_get_size (attached));
  g_byte_array_append (array, (const guint8 *) "\0", 1);
  longer = g_bytes_new (array->data, array->len);
  check (longer, NULL, MALFORMED);
}

/*
 * A twin certificate (same key, issuer and serial number, so that SignerInfo fits both) cannot
 * take the signer's place: signingCertificateV2 has the hash of the right one.
 */
static void
test_twin_certificate (void)
{
  const TestWish twin = { .key = "P-256",
                          .serial = 7,
                          .subject = "C=TR,serialNumber=10000000146,CN=AYŞE BASKAS" };
  g_autoptr (EonayCertificate) certificate = test_issuer_issue_certificate (test_issuing (), &WISH);
  GBytes *own = eonay_certificate_get_der (certificate);
  g_autoptr (GBytes) der = test_sign_as (certificate, test_key ("P-256"));
  g_autoptr (GBytes) other = NULL;
  g_autoptr (GBytes) passed_off = NULL;

  /* An ECDSA signature has one of a few lengths: until it is the right one. */
  do
    {
      g_clear_pointer (&other, g_bytes_unref);
      other = test_issuer_issue (test_issuing (), &twin);
    }
  while (g_bytes_get_size (other) != g_bytes_get_size (own));

  check (der, NULL, -1);
  passed_off = replace (der, g_bytes_get_data (own, NULL), g_bytes_get_data (other, NULL),
                        g_bytes_get_size (own));
  check (passed_off, NULL, INVALID);
}

static void
test_too_large (void)
{
  gsize size = 64 * 1024 * 1024 + 1;
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (size), size);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);

  check (zeros, NULL, MALFORMED);
  check (empty, NULL, MALFORMED);
}

static void
test_lifetime (void)
{
  g_autoptr (GBytes) content = text ();
  g_autoptr (GBytes) der = test_sign ("P-256", content, TRUE);
  EonayVerifierContent *result = eonay_verifier_verify_cades (der, NULL, NULL, NULL, NULL);
  g_autoptr (GBytes) kept = g_bytes_ref (result->content);
  EonayCertificate *certificate = g_object_ref (result->certificate);

  eonay_verifier_content_free (result);
  eonay_verifier_content_free (NULL);
  g_assert_true (g_bytes_equal (kept, content));
  g_assert_finalize_object (certificate);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature/verifier/by-others", test_by_others);
  g_test_add_func ("/signature/verifier/by-the-openssl-program", test_by_the_openssl_program);
  g_test_add_func ("/signature/verifier/not-cades", test_not_cades);
  g_test_add_func ("/signature/verifier/odd-structures", test_odd_structures);
  g_test_add_func ("/signature/verifier/contradictions", test_contradictions);
  g_test_add_func ("/signature/verifier/tampered", test_tampered);
  g_test_add_func ("/signature/verifier/twin-certificate", test_twin_certificate);
  g_test_add_func ("/signature/verifier/too-large", test_too_large);
  g_test_add_func ("/signature/verifier/lifetime", test_lifetime);

  return g_test_run ();
}
