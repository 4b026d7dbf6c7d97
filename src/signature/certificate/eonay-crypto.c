#include "signature/certificate/eonay-crypto.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <string.h>

OSSL_LIB_CTX *
eonay_crypto_get_context (void)
{
  static gsize context = 0;

  if (g_once_init_enter (&context))
    {
      OSSL_LIB_CTX *fresh = OSSL_LIB_CTX_new ();

      if (fresh == NULL)
        g_error ("No memory for an OpenSSL library context");
      g_once_init_leave (&context, (gsize) fresh);
    }

  return (OSSL_LIB_CTX *) context;
}

void
eonay_crypto_set_error (GError **error, EonaySignatureError code, const char *message)
{
  unsigned long last = ERR_peek_last_error ();
  const char *reason = last == 0 ? NULL : ERR_reason_error_string (last);

  if (reason != NULL)
    g_set_error (error, EONAY_SIGNATURE_ERROR, (int) code, "%s (%s)", message, reason);
  else
    g_set_error_literal (error, EONAY_SIGNATURE_ERROR, (int) code, message);
  ERR_clear_error ();
}

GBytes *
eonay_crypto_digest_pieces (int nid, const EonayCryptoPiece *pieces, gsize n_pieces)
{
  g_autoptr (EVP_MD) kind = NULL;
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  guint8 digest[EVP_MAX_MD_SIZE];
  guint length = 0;

  if (nid != NID_sha256 && nid != NID_sha384 && nid != NID_sha512)
    return NULL;
  kind = EVP_MD_fetch (eonay_crypto_get_context (), OBJ_nid2sn (nid), NULL);
  if (context == NULL || kind == NULL || EVP_DigestInit_ex2 (context, kind, NULL) != 1)
    return NULL;
  for (gsize i = 0; i < n_pieces; i++)
    if (EVP_DigestUpdate (context, pieces[i].bytes, pieces[i].length) != 1)
      return NULL;

  return EVP_DigestFinal_ex (context, digest, &length) == 1 ? g_bytes_new (digest, length) : NULL;
}

GBytes *
eonay_crypto_digest (int nid, const void *bytes, gsize length)
{
  const EonayCryptoPiece piece = { bytes, length };

  return eonay_crypto_digest_pieces (nid, &piece, 1);
}

static void
openssl_free (gpointer block)
{
  OPENSSL_free (block);
}

GBytes *
eonay_crypto_take (unsigned char *der, gsize length)
{
  return g_bytes_new_with_free_func (der, length, openssl_free, der);
}

GDateTime *
eonay_crypto_read_time (const ASN1_TIME *time)
{
  struct tm tm;

  /* OpenSSL takes NULL for "now". */
  if (time == NULL || ASN1_TIME_to_tm (time, &tm) != 1)
    return NULL;

  return g_date_time_new_utc (tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
                              tm.tm_sec);
}

static gboolean
encodes_as (X509 *x509, const guint8 *der, gsize length)
{
  unsigned char *again = NULL;
  int again_length = i2d_X509 (x509, &again);
  g_autoptr (GBytes) bytes = NULL;

  if (again_length < 0)
    return FALSE;
  bytes = eonay_crypto_take (again, (gsize) again_length);

  return (gsize) again_length == length && memcmp (again, der, length) == 0;
}

X509 *
eonay_crypto_read_certificate (const guint8 *der, gsize length)
{
  g_autoptr (X509) x509 = X509_new_ex (eonay_crypto_get_context (), NULL);
  const unsigned char *at = der;

  if (x509 == NULL || length == 0 || length > G_MAXINT)
    return NULL;
  if (d2i_X509 (&x509, &at, (long) length) == NULL || !encodes_as (x509, der, length))
    return NULL;

  return g_steal_pointer (&x509);
}

gboolean
eonay_crypto_oid_is (const ASN1_OBJECT *oid, const char *dotted)
{
  char text[128];
  int length = OBJ_obj2txt (text, sizeof text, oid, 1);

  return length > 0 && (gsize) length < sizeof text && strcmp (text, dotted) == 0;
}
