#include "signature/certificate/eonay-certificate-private.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <string.h>

#include "signature/certificate/eonay-birth-date.h"
#include "signature/certificate/eonay-name.h"
#include "signature/certificate/eonay-qualification.h"

#define MAX_DER (64 * 1024)
#define MIN_RSA_BITS 2048

struct _EonayCertificate {
  GObject parent_instance;

  GBytes *der;
  X509 *x509;
  char *holder;
  char *national_id;
  GDate *birth_date;
  char *provider;
  char *issuer;
  char *serial;
  char *fingerprint;
  GDateTime *not_before;
  GDateTime *not_after;
  EonayCertificateKind kind;
  char *key_name;
  EonaySignatureScheme scheme;
  EonayCertificateProblems lasting_problems;
};

G_DEFINE_FINAL_TYPE (EonayCertificate, eonay_certificate, G_TYPE_OBJECT)

static void
eonay_certificate_finalize (GObject *object)
{
  EonayCertificate *self = EONAY_CERTIFICATE (object);

  g_clear_pointer (&self->der, g_bytes_unref);
  g_clear_pointer (&self->x509, X509_free);
  g_clear_pointer (&self->holder, g_free);
  g_clear_pointer (&self->national_id, g_free);
  g_clear_pointer (&self->birth_date, g_date_free);
  g_clear_pointer (&self->provider, g_free);
  g_clear_pointer (&self->issuer, g_free);
  g_clear_pointer (&self->serial, g_free);
  g_clear_pointer (&self->fingerprint, g_free);
  g_clear_pointer (&self->not_before, g_date_time_unref);
  g_clear_pointer (&self->not_after, g_date_time_unref);
  g_clear_pointer (&self->key_name, g_free);

  G_OBJECT_CLASS (eonay_certificate_parent_class)->finalize (object);
}

static void
eonay_certificate_class_init (EonayCertificateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_certificate_finalize;
}

static void
eonay_certificate_init (EonayCertificate *self)
{
}

gboolean
eonay_certificate_is_national_id (const char *id)
{
  int digits[11];
  int odd, even, sum = 0;

  if (id == NULL || strlen (id) != G_N_ELEMENTS (digits))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (digits); i++)
    {
      if (!g_ascii_isdigit (id[i]))
        return FALSE;
      digits[i] = id[i] - '0';
      sum += i < 10 ? digits[i] : 0;
    }

  odd = digits[0] + digits[2] + digits[4] + digits[6] + digits[8];
  even = digits[1] + digits[3] + digits[5] + digits[7];

  return digits[0] != 0 && digits[9] == ((odd * 7 - even) % 10 + 10) % 10 && digits[10] == sum % 10;
}

static char *
read_national_id (const X509_NAME *subject)
{
  g_autofree char *text = eonay_name_read (subject, NID_serialNumber);
  const char *digits = text;

  if (text == NULL)
    return NULL;
  if (g_str_has_prefix (text, "TCKN-"))
    digits = text + strlen ("TCKN-");
  else if (g_str_has_prefix (text, "PNOTR-"))
    digits = text + strlen ("PNOTR-");

  return eonay_certificate_is_national_id (digits) ? g_strdup (digits) : NULL;
}

static char *
read_serial (X509 *x509)
{
  g_autoptr (BIGNUM) number = ASN1_INTEGER_to_BN (X509_get0_serialNumber (x509), NULL);
  g_autoptr (GBytes) bytes = NULL;
  char *hexadecimal;

  if (number == NULL)
    return NULL;
  hexadecimal = BN_bn2hex (number);
  if (hexadecimal == NULL)
    return NULL;
  bytes = eonay_crypto_take ((unsigned char *) hexadecimal, strlen (hexadecimal));

  return g_ascii_strdown (hexadecimal, -1);
}

static void
read_key (EonayCertificate *self)
{
  EVP_PKEY *key = X509_get0_pubkey (self->x509);
  char curve[64];

  self->scheme = EONAY_SIGNATURE_SCHEME_NONE;
  if (key == NULL)
    {
      self->key_name = g_strdup ("?");
    }
  else if (EVP_PKEY_is_a (key, "RSA"))
    {
      self->key_name = g_strdup_printf ("RSA-%d", EVP_PKEY_get_bits (key));
      if (EVP_PKEY_get_bits (key) >= MIN_RSA_BITS)
        self->scheme = EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256;
    }
  else if (EVP_PKEY_is_a (key, "EC") &&
           EVP_PKEY_get_group_name (key, curve, sizeof curve, NULL) == 1)
    {
      const char *nist = EC_curve_nid2nist (OBJ_txt2nid (curve));

      self->key_name = g_strdup (nist != NULL ? nist : curve);
      if (g_strcmp0 (nist, "P-256") == 0)
        self->scheme = EONAY_SIGNATURE_SCHEME_ECDSA_SHA256;
      else if (g_strcmp0 (nist, "P-384") == 0)
        self->scheme = EONAY_SIGNATURE_SCHEME_ECDSA_SHA384;
      else if (g_strcmp0 (nist, "P-521") == 0)
        self->scheme = EONAY_SIGNATURE_SCHEME_ECDSA_SHA512;
    }
  else
    {
      const char *type = EVP_PKEY_get0_type_name (key);

      self->key_name = g_strdup (type != NULL ? type : "?");
    }
}

static void
find_lasting_problems (EonayCertificate *self)
{
  guint32 usage = X509_get_key_usage (self->x509);
  guint32 flags = X509_get_extension_flags (self->x509);

  if (usage == G_MAXUINT32 || (usage & KU_NON_REPUDIATION) == 0 || (flags & EXFLAG_CA) != 0 ||
      X509_check_ca (self->x509) != 0)
    self->lasting_problems |= EONAY_CERTIFICATE_PROBLEM_USAGE;
  if (self->kind == EONAY_CERTIFICATE_OTHER)
    self->lasting_problems |= EONAY_CERTIFICATE_PROBLEM_NOT_QUALIFIED;
  else if (self->kind != EONAY_CERTIFICATE_QUALIFIED)
    self->lasting_problems |= EONAY_CERTIFICATE_PROBLEM_SEAL;
  if (self->scheme == EONAY_SIGNATURE_SCHEME_NONE)
    self->lasting_problems |= EONAY_CERTIFICATE_PROBLEM_KEY;
  if (!eonay_qualification_knows_extensions (self->x509) || (flags & EXFLAG_INVALID) != 0)
    self->lasting_problems |= EONAY_CERTIFICATE_PROBLEM_CRITICAL;
}

static gboolean
read_fields (EonayCertificate *self)
{
  const X509_NAME *subject = X509_get_subject_name (self->x509);
  const X509_NAME *issuer = X509_get_issuer_name (self->x509);

  self->not_before = eonay_crypto_read_time (X509_get0_notBefore (self->x509));
  self->not_after = eonay_crypto_read_time (X509_get0_notAfter (self->x509));
  self->serial = read_serial (self->x509);
  if (self->not_before == NULL || self->not_after == NULL || self->serial == NULL)
    return FALSE;

  self->holder = eonay_name_read (subject, NID_commonName);
  self->national_id = read_national_id (subject);
  self->birth_date = eonay_birth_date_read (self->x509);
  self->issuer = eonay_name_read (issuer, NID_commonName);
  self->provider = eonay_name_read (issuer, NID_organizationName);
  if (self->holder == NULL)
    self->holder = g_strdup ("");
  if (self->issuer == NULL)
    self->issuer = g_strdup ("");
  if (self->provider == NULL)
    self->provider = g_strdup (self->issuer);
  self->fingerprint = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->der);
  self->kind = eonay_qualification_find_kind (self->x509);
  read_key (self);
  find_lasting_problems (self);

  return TRUE;
}

EonayCertificate *
eonay_certificate_new (GBytes *der, GError **error)
{
  g_autoptr (EonayCertificate) self = g_object_new (EONAY_TYPE_CERTIFICATE, NULL);
  const guint8 *bytes;
  gsize length;

  g_return_val_if_fail (der != NULL, NULL);

  ERR_clear_error ();
  bytes = g_bytes_get_data (der, &length);
  self->der = g_bytes_ref (der);
  if (length <= MAX_DER)
    self->x509 = eonay_crypto_read_certificate (bytes, length);
  if (self->x509 == NULL || !read_fields (self))
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_CERTIFICATE_MALFORMED,
                              "Not a DER certificate");
      return NULL;
    }
  /* OpenSSL errors from optional parts of a valid certificate must not appear in a later error. */
  ERR_clear_error ();

  return g_steal_pointer (&self);
}

X509 *
eonay_certificate_get_x509 (EonayCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_CERTIFICATE (self), NULL);

  return self->x509;
}

GBytes *
eonay_certificate_get_der (EonayCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_CERTIFICATE (self), NULL);

  return self->der;
}

const char *
eonay_certificate_get_holder (EonayCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_CERTIFICATE (self), NULL);

  return self->holder;
}

const char *
eonay_certificate_get_national_id (EonayCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_CERTIFICATE (self), NULL);

  return self->national_id;
}

const GDate *
eonay_certificate_get_birth_date (EonayCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_CERTIFICATE (self), NULL);

  return self->birth_date;
}

const char *
eonay_certificate_get_provider (EonayCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_CERTIFICATE (self), NULL);

  return self->provider;
}

const char *
eonay_certificate_get_issuer (EonayCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_CERTIFICATE (self), NULL);

  return self->issuer;
}

const char *
eonay_certificate_get_serial (EonayCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_CERTIFICATE (self), NULL);

  return self->serial;
}

const char *
eonay_certificate_get_fingerprint (EonayCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_CERTIFICATE (self), NULL);

  return self->fingerprint;
}

GDateTime *
eonay_certificate_get_not_before (EonayCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_CERTIFICATE (self), NULL);

  return self->not_before;
}

GDateTime *
eonay_certificate_get_not_after (EonayCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_CERTIFICATE (self), NULL);

  return self->not_after;
}

EonayCertificateKind
eonay_certificate_get_kind (EonayCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_CERTIFICATE (self), EONAY_CERTIFICATE_OTHER);

  return self->kind;
}

const char *
eonay_certificate_get_key_name (EonayCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_CERTIFICATE (self), NULL);

  return self->key_name;
}

EonaySignatureScheme
eonay_certificate_get_scheme (EonayCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_CERTIFICATE (self), EONAY_SIGNATURE_SCHEME_NONE);

  return self->scheme;
}

EonayCertificateProblems
eonay_certificate_get_problems (EonayCertificate *self, GDateTime *now)
{
  EonayCertificateProblems problems;

  g_return_val_if_fail (EONAY_IS_CERTIFICATE (self), EONAY_CERTIFICATE_PROBLEM_NOT_QUALIFIED);
  g_return_val_if_fail (now != NULL, EONAY_CERTIFICATE_PROBLEM_EXPIRED);

  problems = self->lasting_problems;
  if (g_date_time_compare (now, self->not_after) > 0)
    problems |= EONAY_CERTIFICATE_PROBLEM_EXPIRED;
  if (g_date_time_compare (now, self->not_before) < 0)
    problems |= EONAY_CERTIFICATE_PROBLEM_NOT_YET_VALID;

  return problems;
}

int
eonay_certificate_get_days_left (EonayCertificate *self, GDateTime *now)
{
  GTimeSpan left;

  g_return_val_if_fail (EONAY_IS_CERTIFICATE (self), -1);
  g_return_val_if_fail (now != NULL, -1);

  left = g_date_time_difference (self->not_after, now);

  return (int) (left >= 0 ? left / G_TIME_SPAN_DAY : -((-left - 1) / G_TIME_SPAN_DAY) - 1);
}
