#include "test-issuer.h"

#include <openssl/conf.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <string.h>

struct _TestIssuer {
  X509 *x509;
  EVP_PKEY *key;
};

GDateTime *
test_date (int days)
{
  g_autoptr (GDateTime) start = g_date_time_new_utc (2026, 6, 1, 0, 0, 0);

  return g_date_time_add_days (start, days);
}

EVP_PKEY *
test_key (const char *name)
{
  static GHashTable *keys;
  g_autofree char *kind = g_strndup (name, strcspn (name, "#"));
  EVP_PKEY *key;

  if (keys == NULL)
    keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) EVP_PKEY_free);
  key = g_hash_table_lookup (keys, name);
  if (key != NULL)
    return key;

  if (g_str_has_prefix (name, "RSA-"))
    key = EVP_PKEY_Q_keygen (NULL, NULL, "RSA", (size_t) atoi (name + 4));
  else if (g_str_has_prefix (name, "P-"))
    key = EVP_PKEY_Q_keygen (NULL, NULL, "EC", kind);
  else
    key = EVP_PKEY_Q_keygen (NULL, NULL, kind);
  g_assert_nonnull (key);
  g_hash_table_insert (keys, g_strdup (name), key);

  return key;
}

static void
set_subject (X509 *x509, const char *subject, int string_type)
{
  X509_NAME *name = X509_get_subject_name (x509);
  g_auto (GStrv) parts = g_strsplit (subject, ",", -1);

  for (int i = 0; parts[i] != NULL; i++)
    {
      char *value = strchr (parts[i], '=');
      gboolean is_name = g_str_has_prefix (parts[i], "CN=");
      int type = is_name && string_type != 0 ? string_type : MBSTRING_UTF8;

      *value++ = '\0';
      if (type == V_ASN1_BMPSTRING)
        {
          glong length;
          g_autofree gunichar2 *units = g_utf8_to_utf16 (value, -1, NULL, &length, NULL);

          for (glong u = 0; u < length; u++)
            units[u] = GUINT16_TO_BE (units[u]);
          g_assert_true (X509_NAME_add_entry_by_txt (name, parts[i], type, (guint8 *) units,
                                                     (int) length * 2, -1, 0));
          continue;
        }
      /* V_ASN1_… stores the bytes as they are, right or wrong. */
      g_assert_true (
          X509_NAME_add_entry_by_txt (name, parts[i], type, (guint8 *) value, -1, -1, 0));
    }
}

static void
add_extensions (X509 *x509, X509 *issuer, const char *text)
{
  CONF *conf = NCONF_new (NULL);
  BIO *bio = BIO_new_mem_buf (text, -1);
  X509V3_CTX context;

  g_assert_cmpint (NCONF_load_bio (conf, bio, NULL), ==, 1);
  X509V3_set_ctx (&context, issuer, x509, NULL, NULL, 0);
  X509V3_set_nconf (&context, conf);
  g_assert_true (X509V3_EXT_add_nconf (conf, &context, "ext", x509));
  BIO_free (bio);
  NCONF_free (conf);
}

static X509 *
make (const TestWish *wish, X509 *above, EVP_PKEY *above_key)
{
  g_autoptr (GDateTime) start = test_date (-wish->days_before);
  g_autoptr (GDateTime) end = test_date (wish->days_after == 0 ? 1096 : wish->days_after);
  EVP_PKEY *key = test_key (wish->key == NULL ? "RSA-2048" : wish->key);
  X509 *x509 = X509_new ();
  X509 *issuer = above == NULL ? x509 : above;
  EVP_PKEY *signing_key = above_key == NULL ? key : above_key;
  const EVP_MD *digest = EVP_PKEY_is_a (signing_key, "ED25519") ? NULL : EVP_sha256 ();

  g_assert_true (X509_set_version (x509, X509_VERSION_3));
  ASN1_INTEGER_set (X509_get_serialNumber (x509), wish->serial == 0 ? 1 : wish->serial);
  ASN1_TIME_set (X509_getm_notBefore (x509), (time_t) g_date_time_to_unix (start));
  ASN1_TIME_set (X509_getm_notAfter (x509), (time_t) g_date_time_to_unix (end));
  set_subject (
      x509, wish->subject == NULL ? "C=TR,serialNumber=10000000146,CN=AYŞE DENEME" : wish->subject,
      wish->string_type);
  g_assert_true (X509_set_issuer_name (x509, X509_get_subject_name (issuer)));
  g_assert_true (X509_set_pubkey (x509, key));
  add_extensions (x509, issuer, wish->extensions == NULL ? TEST_NES_EXTENSIONS : wish->extensions);
  g_assert_cmpint (X509_sign (x509, signing_key, digest), >, 0);

  return x509;
}

TestIssuer *
test_issuer_new (const char *name, const TestIssuer *above, const TestWish *wish)
{
  TestIssuer *self = g_new0 (TestIssuer, 1);
  TestWish own = wish == NULL ? (TestWish){ 0 } : *wish;
  g_autofree char *subject = g_strdup_printf ("C=TR,O=DENEME ESHS A.Ş.,CN=%s", name);

  own.subject = subject;
  if (own.key == NULL)
    own.key = "P-256";
  if (own.serial == 0)
    own.serial = 100;
  if (own.extensions == NULL)
    own.extensions = TEST_CA_EXTENSIONS;
  if (wish == NULL)
    {
      own.days_before = 3650;
      own.days_after = 3650;
    }
  self->x509 = make (&own, above == NULL ? NULL : above->x509, above == NULL ? NULL : above->key);
  self->key = test_key (own.key);

  return self;
}

TestIssuer *
test_issuer_new_self_signed (const TestWish *wish)
{
  TestIssuer *self = g_new0 (TestIssuer, 1);

  self->x509 = make (wish, NULL, NULL);
  self->key = test_key (wish->key);

  return self;
}

void
test_issuer_free (TestIssuer *self)
{
  X509_free (self->x509);
  g_free (self);
}

char *
test_issuer_to_pem (const TestIssuer *self)
{
  BIO *bio = BIO_new (BIO_s_mem ());
  char *text;
  long length;
  char *pem;

  g_assert_true (PEM_write_bio_X509 (bio, self->x509));
  length = BIO_get_mem_data (bio, &text);
  pem = g_strndup (text, (gsize) length);
  BIO_free (bio);

  return pem;
}

static GBytes *
to_der (X509 *x509)
{
  unsigned char *der = NULL;
  int length = i2d_X509 (x509, &der);
  GBytes *bytes;

  g_assert_cmpint (length, >, 0);
  bytes = g_bytes_new (der, (gsize) length);
  OPENSSL_free (der);
  X509_free (x509);

  return bytes;
}

X509 *
test_issuer_get_x509 (const TestIssuer *self)
{
  return self->x509;
}

X509 *
test_issuer_issue_x509 (const TestIssuer *self, const TestWish *wish)
{
  return make (wish, self->x509, self->key);
}

GBytes *
test_issuer_issue (const TestIssuer *self, const TestWish *wish)
{
  return to_der (test_issuer_issue_x509 (self, wish));
}

EonayCertificate *
test_issuer_issue_certificate (const TestIssuer *self, const TestWish *wish)
{
  g_autoptr (GBytes) der = test_issuer_issue (self, wish);
  g_autoptr (GError) error = NULL;
  EonayCertificate *certificate = eonay_certificate_new (der, &error);

  g_assert_no_error (error);

  return certificate;
}

GBytes *
test_card_sign (EVP_PKEY *key, GBytes *digest)
{
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey (NULL, key, NULL);
  gsize digest_length = g_bytes_get_size (digest);
  const EVP_MD *md = digest_length == 64   ? EVP_sha512 ()
                     : digest_length == 48 ? EVP_sha384 ()
                                           : EVP_sha256 ();
  guint8 value[1024];
  size_t length = sizeof value;

  g_assert_cmpint (EVP_PKEY_sign_init (context), ==, 1);
  if (EVP_PKEY_is_a (key, "RSA"))
    g_assert_cmpint (EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_PADDING), ==, 1);
  g_assert_cmpint (EVP_PKEY_CTX_set_signature_md (context, md), ==, 1);
  g_assert_cmpint (EVP_PKEY_sign (context, value, &length, g_bytes_get_data (digest, NULL),
                                  g_bytes_get_size (digest)),
                   ==, 1);
  EVP_PKEY_CTX_free (context);

  return g_bytes_new (value, length);
}

char *
test_certificate_pem (const char *file)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "certificates", file,
                                                 NULL);
  g_autoptr (GError) error = NULL;
  char *pem;

  g_file_get_contents (path, &pem, NULL, &error);
  g_assert_no_error (error);

  return pem;
}

GBytes *
test_card_sign_pss (EVP_PKEY *key, GBytes *digest)
{
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey (NULL, key, NULL);
  guint8 value[1024];
  size_t length = sizeof value;

  g_assert_cmpint (EVP_PKEY_sign_init (context), ==, 1);
  g_assert_cmpint (EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_PSS_PADDING), ==, 1);
  g_assert_cmpint (EVP_PKEY_CTX_set_signature_md (context, EVP_sha256 ()), ==, 1);
  g_assert_cmpint (EVP_PKEY_CTX_set_rsa_pss_saltlen (context, RSA_PSS_SALTLEN_DIGEST), ==, 1);
  g_assert_cmpint (EVP_PKEY_sign (context, value, &length, g_bytes_get_data (digest, NULL),
                                  g_bytes_get_size (digest)),
                   ==, 1);
  EVP_PKEY_CTX_free (context);

  return g_bytes_new (value, length);
}

GBytes *
test_certificate_der (const char *file)
{
  g_autofree char *pem = test_certificate_pem (file);
  BIO *bio = BIO_new_mem_buf (pem, -1);
  X509 *x509 = PEM_read_bio_X509 (bio, NULL, NULL, NULL);

  g_assert_nonnull (x509);
  BIO_free (bio);

  return to_der (x509);
}
