#include "signature/trust/eonay-trust-private.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>

#include "signature/certificate/eonay-qualification.h"

/* OpenSSL's scale: 2 is 112 bits, i.e. RSA-2048 and SHA-224 at least. */
#define SECURITY_LEVEL 2

struct _EonayTrust {
  GObject parent_instance;

  X509_STORE *anchors;
  EonayX509Stack *intermediates;
};

G_DEFINE_FINAL_TYPE (EonayTrust, eonay_trust, G_TYPE_OBJECT)

static void
eonay_trust_finalize (GObject *object)
{
  EonayTrust *self = EONAY_TRUST (object);

  g_clear_pointer (&self->anchors, X509_STORE_free);
  g_clear_pointer (&self->intermediates, eonay_x509_stack_free);

  G_OBJECT_CLASS (eonay_trust_parent_class)->finalize (object);
}

static void
eonay_trust_class_init (EonayTrustClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_trust_finalize;
}

static void
eonay_trust_init (EonayTrust *self)
{
  self->anchors = X509_STORE_new ();
  self->intermediates = sk_X509_new_null ();
}

EonayTrust *
eonay_trust_new (void)
{
  return g_object_new (EONAY_TYPE_TRUST, NULL);
}

/* Without it OpenSSL would ask for a passphrase on the terminal. */
static int
refuse_passphrase (char *buffer, int size, int writing, void *user_data)
{
  return -1;
}

static X509 *
read_pem (BIO *bio)
{
  g_autoptr (X509) x509 = X509_new_ex (eonay_crypto_get_context (), NULL);

  if (x509 == NULL || PEM_read_bio_X509 (bio, &x509, refuse_passphrase, NULL) == NULL)
    return NULL;

  return g_steal_pointer (&x509);
}

static EonayX509Stack *
read_authorities (const char *pem, int length, GError **error)
{
  g_autoptr (EonayX509Stack) authorities = sk_X509_new_null ();
  g_autoptr (BIO) bio = BIO_new_mem_buf (pem, length);
  X509 *x509;

  while (bio != NULL && (x509 = read_pem (bio)) != NULL)
    {
      if (sk_X509_push (authorities, x509) <= 0)
        {
          X509_free (x509);
          return NULL;
        }
      if (X509_check_ca (x509) != 1)
        {
          eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_CERTIFICATE_UNUSABLE,
                                  "Not the certificate of a CA");
          return NULL;
        }
    }

  if (ERR_GET_REASON (ERR_peek_last_error ()) != PEM_R_NO_START_LINE ||
      sk_X509_num (authorities) < 1)
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_CERTIFICATE_MALFORMED,
                              "Not certificates in PEM");
      return NULL;
    }
  ERR_clear_error ();

  return g_steal_pointer (&authorities);
}

gboolean
eonay_trust_add_pem (EonayTrust *self, const char *pem, gssize length, GError **error)
{
  g_autoptr (EonayX509Stack) authorities = NULL;
  gsize size = length < 0 ? strlen (pem) : (gsize) length;

  g_return_val_if_fail (EONAY_IS_TRUST (self), FALSE);
  g_return_val_if_fail (pem != NULL && size <= G_MAXINT, FALSE);

  ERR_clear_error ();
  authorities = read_authorities (pem, (int) size, error);
  if (authorities == NULL)
    return FALSE;

  for (int i = 0; i < sk_X509_num (authorities); i++)
    {
      X509 *x509 = sk_X509_value (authorities, i);
      gboolean added;

      if (X509_self_signed (x509, 1) == 1)
        added = X509_STORE_add_cert (self->anchors, x509) == 1;
      else
        added = X509_add_cert (self->intermediates, x509, X509_ADD_FLAG_UP_REF) == 1;
      if (!added)
        {
          eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_FAILED, "Cannot keep a CA");
          return FALSE;
        }
    }
  ERR_clear_error ();

  return TRUE;
}

/* OpenSSL does not know qcStatements, so a critical one would break a chain that is valid here. */
static int
forgive_known_extension (int ok, X509_STORE_CTX *chain)
{
  X509 *x509 = X509_STORE_CTX_get_current_cert (chain);

  if (!ok && X509_STORE_CTX_get_error (chain) == X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION &&
      eonay_qualification_knows_extensions (x509))
    {
      X509_STORE_CTX_set_error (chain, X509_V_OK);
      return 1;
    }

  return ok;
}

gboolean
eonay_trust_check (EonayTrust *self, X509 *signer, const EonayX509Stack *beside, GDateTime *at,
                   GError **error)
{
  g_autoptr (X509_STORE_CTX) chain = X509_STORE_CTX_new_ex (eonay_crypto_get_context (), NULL);
  g_autoptr (EonayX509Stack) untrusted = sk_X509_new_null ();
  g_autofree char *message = NULL;
  X509_VERIFY_PARAM *param;

  if (chain == NULL || untrusted == NULL ||
      !X509_add_certs (untrusted, self->intermediates, X509_ADD_FLAG_UP_REF) ||
      (beside != NULL &&
       !X509_add_certs (untrusted, (EonayX509Stack *) beside, X509_ADD_FLAG_UP_REF)) ||
      X509_STORE_CTX_init (chain, self->anchors, signer, untrusted) != 1)
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_FAILED, "Cannot build a chain");
      return FALSE;
    }

  param = X509_STORE_CTX_get0_param (chain);
  X509_VERIFY_PARAM_set_purpose (param, X509_PURPOSE_ANY);
  X509_VERIFY_PARAM_set_auth_level (param, SECURITY_LEVEL);
  if (at != NULL)
    X509_VERIFY_PARAM_set_time (param, (time_t) g_date_time_to_unix (at));
  X509_STORE_CTX_set_verify_cb (chain, forgive_known_extension);
  if (X509_verify_cert (chain) == 1)
    return TRUE;

  message = g_strdup_printf ("No chain to a trust anchor: %s",
                             X509_verify_cert_error_string (X509_STORE_CTX_get_error (chain)));
  eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_UNTRUSTED, message);

  return FALSE;
}

EonayX509Stack *
eonay_trust_dup_authorities (EonayTrust *self)
{
  EonayX509Stack *all = X509_STORE_get1_all_certs (self->anchors);

  if (all == NULL)
    all = sk_X509_new_null ();
  X509_add_certs (all, self->intermediates, X509_ADD_FLAG_UP_REF);

  return all;
}

gboolean
eonay_trust_is_anchor (EonayTrust *self, X509 *x509)
{
  g_autoptr (EonayX509Stack) anchors = X509_STORE_get1_all_certs (self->anchors);

  for (int i = 0; i < sk_X509_num (anchors); i++)
    if (X509_cmp (sk_X509_value (anchors, i), x509) == 0)
      return TRUE;

  return FALSE;
}
