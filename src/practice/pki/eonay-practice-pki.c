#include "practice/pki/eonay-practice-pki.h"

#include "practice/pki/eonay-practice-profile.h"

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#define PROVIDER "DENEME ESHS A.Ş."
#define ROOT_NAME "DENEME Kök Elektronik Sertifika Hizmet Sağlayıcısı"
#define ISSUING_NAME "DENEME Nitelikli Elektronik Sertifika Hizmet Sağlayıcısı"

#define NES_AGE_DAYS 30
#define NES_YEARS 3

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_NAME, X509_NAME_free)

struct _EonayPracticePki {
  GObject parent_instance;

  CONF *profiles;
  EVP_PKEY *root_key;
  X509 *root;
  EVP_PKEY *issuing_key;
  X509 *issuing;
  EVP_PKEY *keys[EONAY_PRACTICE_N_KEYS];
  char *ca_pem;
};

G_DEFINE_FINAL_TYPE (EonayPracticePki, eonay_practice_pki, G_TYPE_OBJECT)

typedef struct {
  X509_NAME *name;
  EVP_PKEY *key;
  GDateTime *from;
  GDateTime *until;
  const char *profile;
} Subject;

static gboolean
fail (GError **error, const char *what)
{
  const char *reason = ERR_reason_error_string (ERR_get_error ());

  ERR_clear_error ();
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", what,
               reason != NULL ? reason : "no reason given");

  return FALSE;
}

static void
add_name (X509_NAME *name, const char *field, int type, const char *value)
{
  int added = X509_NAME_add_entry_by_txt (name, field, type, (const guint8 *) value, -1, -1, 0);

  if (added != 1)
    g_warning ("A practice certificate's name does not accept this %s", field);
}

static X509_NAME *
make_authority_name (const char *common_name)
{
  X509_NAME *name = X509_NAME_new ();

  add_name (name, "C", V_ASN1_PRINTABLESTRING, "TR");
  add_name (name, "O", V_ASN1_UTF8STRING, PROVIDER);
  add_name (name, "CN", V_ASN1_UTF8STRING, common_name);

  return name;
}

static X509_NAME *
make_holder_name (const char *holder, const char *national_id)
{
  X509_NAME *name = X509_NAME_new ();

  add_name (name, "C", V_ASN1_PRINTABLESTRING, "TR");
  add_name (name, "serialNumber", V_ASN1_PRINTABLESTRING, national_id);
  add_name (name, "CN", V_ASN1_UTF8STRING, holder);

  return name;
}

static gboolean
set_random_serial (X509 *certificate)
{
  BIGNUM *serial = BN_new ();
  gboolean set = BN_rand (serial, 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
                 BN_to_ASN1_INTEGER (serial, X509_get_serialNumber (certificate)) != NULL;

  BN_free (serial);

  return set;
}

static gboolean
add_extensions (EonayPracticePki *self, X509 *certificate, X509 *issuer, const char *profile)
{
  X509V3_CTX context;

  X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);
  X509V3_set_nconf (&context, self->profiles);

  return X509V3_EXT_add_nconf (self->profiles, &context, profile, certificate) == 1;
}

/* Without an issuer the certificate signs itself. */
static X509 *
issue (EonayPracticePki *self, const Subject *subject, X509 *issuer, EVP_PKEY *issuer_key,
       GError **error)
{
  g_autoptr (X509) certificate = X509_new ();
  X509 *parent = issuer != NULL ? issuer : certificate;
  time_t from = (time_t) g_date_time_to_unix (subject->from);
  time_t until = (time_t) g_date_time_to_unix (subject->until);

  if (X509_set_version (certificate, X509_VERSION_3) != 1 || !set_random_serial (certificate) ||
      X509_set_subject_name (certificate, subject->name) != 1 ||
      X509_set_issuer_name (certificate, X509_get_subject_name (parent)) != 1 ||
      ASN1_TIME_set (X509_getm_notBefore (certificate), from) == NULL ||
      ASN1_TIME_set (X509_getm_notAfter (certificate), until) == NULL ||
      X509_set_pubkey (certificate, subject->key) != 1 ||
      !add_extensions (self, certificate, parent, subject->profile) ||
      X509_sign (certificate, issuer_key, EVP_sha384 ()) == 0)
    {
      fail (error, "Cannot issue a practice certificate");
      return NULL;
    }

  return g_steal_pointer (&certificate);
}

static gpointer
make_rsa_key (gpointer unused)
{
  return EVP_RSA_gen (2048);
}

static gboolean
make_keys (EonayPracticePki *self)
{
  GThread *other = g_thread_new ("practice-key", make_rsa_key, NULL);

  self->root_key = EVP_EC_gen ("P-384");
  self->issuing_key = EVP_EC_gen ("P-384");
  self->keys[EONAY_PRACTICE_KEY_EC] = EVP_EC_gen ("P-384");
  self->keys[EONAY_PRACTICE_KEY_P256] = EVP_EC_gen ("P-256");
  self->keys[EONAY_PRACTICE_KEY_RSA] = make_rsa_key (NULL);
  self->keys[EONAY_PRACTICE_KEY_RSA_OTHER] = g_thread_join (other);

  for (guint i = 0; i < EONAY_PRACTICE_N_KEYS; i++)
    if (self->keys[i] == NULL)
      return FALSE;

  return self->root_key != NULL && self->issuing_key != NULL;
}

static gboolean
make_authorities (EonayPracticePki *self, GError **error)
{
  g_autoptr (GDateTime) from = g_date_time_new_utc (2019, 1, 1, 0, 0, 0);
  g_autoptr (GDateTime) until = g_date_time_new_utc (2049, 1, 1, 0, 0, 0);
  g_autoptr (X509_NAME) root_name = make_authority_name (ROOT_NAME);
  g_autoptr (X509_NAME) issuing_name = make_authority_name (ISSUING_NAME);
  const Subject root = { root_name, self->root_key, from, until, "root" };
  const Subject issuing = { issuing_name, self->issuing_key, from, until, "issuing" };

  self->root = issue (self, &root, NULL, self->root_key, error);
  if (self->root == NULL)
    return FALSE;

  self->issuing = issue (self, &issuing, self->root, self->root_key, error);

  return self->issuing != NULL;
}

static gboolean
write_pem (EonayPracticePki *self, GError **error)
{
  g_autoptr (BIO) out = BIO_new (BIO_s_mem ());
  char *text;
  long length;

  if (PEM_write_bio_X509 (out, self->root) != 1 || PEM_write_bio_X509 (out, self->issuing) != 1)
    return fail (error, "Cannot write the practice authorities");

  length = BIO_get_mem_data (out, &text);
  self->ca_pem = g_strndup (text, (gsize) length);

  return TRUE;
}

static void
eonay_practice_pki_finalize (GObject *object)
{
  EonayPracticePki *self = EONAY_PRACTICE_PKI (object);

  for (guint i = 0; i < EONAY_PRACTICE_N_KEYS; i++)
    EVP_PKEY_free (self->keys[i]);
  X509_free (self->issuing);
  EVP_PKEY_free (self->issuing_key);
  X509_free (self->root);
  EVP_PKEY_free (self->root_key);
  NCONF_free (self->profiles);
  g_free (self->ca_pem);

  G_OBJECT_CLASS (eonay_practice_pki_parent_class)->finalize (object);
}

static void
eonay_practice_pki_class_init (EonayPracticePkiClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_practice_pki_finalize;
}

static void
eonay_practice_pki_init (EonayPracticePki *self)
{
  self->profiles = eonay_practice_profile_load ();
}

EonayPracticePki *
eonay_practice_pki_new (GError **error)
{
  g_autoptr (EonayPracticePki) self = g_object_new (EONAY_TYPE_PRACTICE_PKI, NULL);

  if (!make_keys (self))
    {
      fail (error, "Cannot make practice keys");
      return NULL;
    }

  if (!make_authorities (self, error) || !write_pem (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

const char *
eonay_practice_pki_get_ca_pem (EonayPracticePki *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_PKI (self), NULL);

  return self->ca_pem;
}

EVP_PKEY *
eonay_practice_pki_get_key (EonayPracticePki *self, EonayPracticeKeyKind kind)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_PKI (self), NULL);
  g_return_val_if_fail ((guint) kind < EONAY_PRACTICE_N_KEYS, NULL);

  return self->keys[kind];
}

static GDateTime *
get_start (EonayPracticeCertificateKind kind)
{
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GDateTime) today = NULL;

  if (kind == EONAY_PRACTICE_NES_EXPIRED)
    return g_date_time_new_utc (2020, 3, 2, 0, 0, 0);

  now = g_date_time_new_now_utc ();
  today = g_date_time_new_utc (g_date_time_get_year (now), g_date_time_get_month (now),
                               g_date_time_get_day_of_month (now), 0, 0, 0);

  return g_date_time_add_days (today, -NES_AGE_DAYS);
}

GBytes *
eonay_practice_pki_issue (EonayPracticePki *self, EVP_PKEY *key, const char *holder,
                          const char *national_id, EonayPracticeCertificateKind kind,
                          GError **error)
{
  g_autoptr (X509_NAME) name = NULL;
  g_autoptr (GDateTime) from = NULL;
  g_autoptr (GDateTime) until = NULL;
  g_autoptr (X509) certificate = NULL;
  guint8 *der = NULL;
  int length;
  GBytes *bytes;

  g_return_val_if_fail (EONAY_IS_PRACTICE_PKI (self) && key != NULL, NULL);

  name = make_holder_name (holder, national_id);
  from = get_start (kind);
  until = g_date_time_add_years (from, NES_YEARS);

  const Subject subject = { name, key, from, until,
                            kind == EONAY_PRACTICE_NOT_QUALIFIED ? "other" : "nes" };

  certificate = issue (self, &subject, self->issuing, self->issuing_key, error);
  if (certificate == NULL)
    return NULL;

  length = i2d_X509 (certificate, &der);
  if (length < 0)
    {
      fail (error, "Cannot encode a practice certificate");
      return NULL;
    }

  bytes = g_bytes_new (der, (gsize) length);
  OPENSSL_free (der);

  return bytes;
}
