#include "signature/trust/eonay-chain.h"

#include <openssl/err.h>

#include "signature/certificate/eonay-certificate-private.h"
#include "signature/trust/eonay-trust-private.h"

/* Cross-signed authorities may form a loop. */
#define MAX_LENGTH 10

void
eonay_chain_free (EonayChain *self)
{
  g_ptr_array_unref (self->certificates);
  g_free (self);
}

static gboolean
has_issued (X509 *issuer, X509 *x509)
{
  EVP_PKEY *key = X509_get0_pubkey (issuer);

  return key != NULL && X509_check_ca (issuer) != 0 &&
         X509_check_issued (issuer, x509) == X509_V_OK && X509_verify (x509, key) == 1;
}

static gboolean
contains (GPtrArray *certificates, X509 *x509)
{
  for (guint i = 0; i < certificates->len; i++)
    if (X509_cmp (eonay_certificate_get_x509 (certificates->pdata[i]), x509) == 0)
      return TRUE;

  return FALSE;
}

/** Returns: (transfer full) (nullable) */
static EonayCertificate *
wrap (X509 *x509)
{
  unsigned char *der = NULL;
  int length = i2d_X509 (x509, &der);
  g_autoptr (GBytes) bytes = length > 0 ? eonay_crypto_take (der, length) : NULL;

  return bytes != NULL ? eonay_certificate_new (bytes, NULL) : NULL;
}

/** Returns: (transfer full): possible issuers, trusted ones first */
static EonayX509Stack *
gather (EonayTrust *trust, GPtrArray *beside)
{
  EonayX509Stack *stack = trust != NULL ? eonay_trust_dup_authorities (trust) : sk_X509_new_null ();

  for (guint i = 0; beside != NULL && i < beside->len; i++)
    X509_add_cert (stack, eonay_certificate_get_x509 (beside->pdata[i]), X509_ADD_FLAG_UP_REF);

  return stack;
}

static EonayCertificate *
find_issuer (X509 *x509, const EonayX509Stack *known, GPtrArray *chain)
{
  for (int i = 0; i < sk_X509_num (known); i++)
    {
      X509 *candidate = sk_X509_value (known, i);

      if (has_issued (candidate, x509) && !contains (chain, candidate))
        return wrap (candidate);
    }

  return NULL;
}

/** Returns: (transfer full) */
static GDateTime *
nearest_valid (EonayCertificate *certificate, GDateTime *now)
{
  GDateTime *from = eonay_certificate_get_not_before (certificate);
  GDateTime *to = eonay_certificate_get_not_after (certificate);

  /* OpenSSL treats the last second of validity as expired. */
  if (g_date_time_compare (now, to) >= 0)
    return g_date_time_add_seconds (to, -1);

  return g_date_time_ref (g_date_time_compare (now, from) < 0 ? from : now);
}

static EonayChainEnd
judge (EonayChain *self, EonayTrust *trust, const EonayX509Stack *known, GDateTime *now)
{
  EonayCertificate *first = self->certificates->pdata[0];
  EonayCertificate *last = self->certificates->pdata[self->certificates->len - 1];
  X509 *end = eonay_certificate_get_x509 (last);
  g_autoptr (GDateTime) at = nearest_valid (first, now);

  if (X509_self_signed (end, 1) != 1)
    return EONAY_CHAIN_INCOMPLETE;
  if (trust == NULL || !eonay_trust_is_anchor (trust, end))
    return EONAY_CHAIN_UNTRUSTED;

  return eonay_trust_check (trust, eonay_certificate_get_x509 (first), known, at, NULL)
             ? EONAY_CHAIN_TRUSTED
             : EONAY_CHAIN_BROKEN;
}

EonayChain *
eonay_chain_build (EonayCertificate *certificate, EonayTrust *trust, GPtrArray *beside,
                   GDateTime *now)
{
  EonayChain *self;
  EonayCertificate *next = g_object_ref (certificate);
  g_autoptr (EonayX509Stack) known = NULL;

  ERR_clear_error ();
  self = g_new0 (EonayChain, 1);
  self->certificates = g_ptr_array_new_with_free_func (g_object_unref);
  known = gather (trust, beside);
  while (next != NULL)
    {
      X509 *x509 = eonay_certificate_get_x509 (next);

      g_ptr_array_add (self->certificates, next);
      next = NULL;
      if (X509_self_signed (x509, 1) != 1 && self->certificates->len < MAX_LENGTH)
        next = find_issuer (x509, known, self->certificates);
    }
  self->end = judge (self, trust, known, now);
  ERR_clear_error ();

  return self;
}
