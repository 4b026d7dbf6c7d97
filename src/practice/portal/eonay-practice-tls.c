#include "practice/portal/eonay-practice-tls.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#define SERIAL_BYTES 16

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)

void
eonay_practice_tls_free (EonayPracticeTls *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->certificate);
  g_free (self->ca_pem);
  g_free (self);
}

static gboolean
set_serial (X509 *x509)
{
  guint8 bytes[SERIAL_BYTES];
  BIGNUM *number;
  gboolean done;

  if (RAND_bytes (bytes, sizeof bytes) != 1)
    return FALSE;

  bytes[0] &= 0x7f;
  number = BN_bin2bn (bytes, sizeof bytes, NULL);
  done = number != NULL && BN_to_ASN1_INTEGER (number, X509_get_serialNumber (x509)) != NULL;
  BN_free (number);

  return done;
}

static gboolean
set_name (X509_NAME *name, const char *common_name)
{
  return X509_NAME_add_entry_by_txt (name, "O", MBSTRING_UTF8, (const guchar *) "DENEME", -1, -1,
                                     0) == 1 &&
         X509_NAME_add_entry_by_txt (name, "CN", MBSTRING_UTF8, (const guchar *) common_name, -1,
                                     -1, 0) == 1;
}

static gboolean
add_extension (X509 *x509, X509 *issuer, int nid, const char *value)
{
  X509V3_CTX context;
  X509_EXTENSION *extension;
  gboolean done;

  X509V3_set_ctx (&context, issuer, x509, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  done = extension != NULL && X509_add_ext (x509, extension, -1) == 1;
  X509_EXTENSION_free (extension);

  return done;
}

static X509 *
create (EVP_PKEY *key, const char *common_name, X509 *issuer, long not_before, long not_after)
{
  g_autoptr (X509) x509 = X509_new ();

  if (x509 == NULL || X509_set_version (x509, X509_VERSION_3) != 1 || !set_serial (x509) ||
      !set_name (X509_get_subject_name (x509), common_name) ||
      X509_set_issuer_name (x509, X509_get_subject_name (issuer == NULL ? x509 : issuer)) != 1 ||
      X509_gmtime_adj (X509_getm_notBefore (x509), not_before) == NULL ||
      X509_gmtime_adj (X509_getm_notAfter (x509), not_after) == NULL ||
      X509_set_pubkey (x509, key) != 1 ||
      !add_extension (x509, issuer == NULL ? x509 : issuer, NID_subject_key_identifier, "hash"))
    return NULL;

  return g_steal_pointer (&x509);
}

static X509 *
create_ca (EVP_PKEY *key, long not_before, long not_after)
{
  g_autoptr (X509) ca = create (key, "DENEME TLS CA", NULL, not_before, not_after);

  if (ca == NULL || !add_extension (ca, ca, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
      !add_extension (ca, ca, NID_key_usage, "critical,keyCertSign,cRLSign") ||
      X509_sign (ca, key, EVP_sha256 ()) == 0)
    return NULL;

  return g_steal_pointer (&ca);
}

static X509 *
create_server (EVP_PKEY *key, const char *host, X509 *ca, EVP_PKEY *ca_key, long not_before,
               long not_after)
{
  g_autoptr (X509) server = create (key, "DENEME portal", ca, not_before, not_after);
  g_autofree char *names = g_strdup_printf ("DNS:%s,IP:127.0.0.1,IP:::1", host);

  /* Another host's certificate must not be valid for the loopback addresses. */
  if (!g_str_equal (host, "localhost"))
    *strchr (names, ',') = '\0';

  if (server == NULL || !add_extension (server, ca, NID_basic_constraints, "critical,CA:FALSE") ||
      !add_extension (server, ca, NID_key_usage, "critical,digitalSignature") ||
      !add_extension (server, ca, NID_ext_key_usage, "serverAuth") ||
      !add_extension (server, ca, NID_authority_key_identifier, "keyid:always") ||
      !add_extension (server, ca, NID_subject_alt_name, names) ||
      X509_sign (server, ca_key, EVP_sha256 ()) == 0)
    return NULL;

  return g_steal_pointer (&server);
}

static char *
to_pem (X509 *x509, EVP_PKEY *key)
{
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());
  char *bytes;
  long length;

  if (bio == NULL || PEM_write_bio_X509 (bio, x509) != 1 ||
      (key != NULL && PEM_write_bio_PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL) != 1))
    return NULL;

  length = BIO_get_mem_data (bio, &bytes);

  return g_strndup (bytes, (gsize) length);
}

EonayPracticeTls *
eonay_practice_tls_new (const char *host, long not_before, long not_after, GError **error)
{
  g_autoptr (EVP_PKEY) ca_key = EVP_EC_gen ("P-256");
  g_autoptr (EVP_PKEY) key = EVP_EC_gen ("P-256");
  g_autoptr (X509) ca = NULL;
  g_autoptr (X509) server = NULL;
  g_autoptr (EonayPracticeTls) self = g_new0 (EonayPracticeTls, 1);
  g_autofree char *pem = NULL;

  if (ca_key != NULL && key != NULL)
    ca = create_ca (ca_key, MIN (not_before, 0), MAX (not_after, 3600));
  if (ca != NULL)
    server = create_server (key, host, ca, ca_key, not_before, not_after);
  if (server != NULL)
    {
      pem = to_pem (server, key);
      self->ca_pem = to_pem (ca, NULL);
    }

  if (pem == NULL || self->ca_pem == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           "Cannot make a TLS certificate for the practice portal");
      return NULL;
    }

  self->certificate = g_tls_certificate_new_from_pem (pem, -1, error);
  if (self->certificate == NULL)
    return NULL;

  return g_steal_pointer (&self);
}
