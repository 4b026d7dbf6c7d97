#pragma once

#include <gio/gio.h>
#include <openssl/cms.h>
#include <openssl/crypto.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "base/eonay-error.h"

G_BEGIN_DECLS

/*
 * OpenSSL types and functions shared by the files of this room. Not for other rooms.
 */

static inline void
eonay_x509_stack_free (STACK_OF (X509) *stack)
{
  sk_X509_pop_free (stack, X509_free);
}

static inline void
eonay_policies_free (CERTIFICATEPOLICIES *policies)
{
  sk_POLICYINFO_pop_free (policies, POLICYINFO_free);
}

static inline void
eonay_attribute_stack_free (STACK_OF (X509_ATTRIBUTE) *borrowed)
{
  sk_X509_ATTRIBUTE_free (borrowed);
}

typedef STACK_OF (X509) EonayX509Stack;
typedef STACK_OF (X509_ATTRIBUTE) EonayAttributeStack;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ASN1_OBJECT, ASN1_OBJECT_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ASN1_TIME, ASN1_TIME_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIGNUM, BN_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CERTIFICATEPOLICIES, eonay_policies_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CMS_ContentInfo, CMS_ContentInfo_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD, EVP_MD_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayAttributeStack, eonay_attribute_stack_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayX509Stack, eonay_x509_stack_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RSA_PSS_PARAMS, RSA_PSS_PARAMS_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_ALGOR, X509_ALGOR_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_STORE, X509_STORE_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_STORE_CTX, X509_STORE_CTX_free)

/** Returns: (transfer none): the room's own library context, free of the system's openssl.cnf */
OSSL_LIB_CTX *eonay_crypto_get_context (void);

/** Sets @error with OpenSSL's own reason after @message, and empties OpenSSL's error queue. */
void eonay_crypto_set_error (GError **error, EonaySignatureError code, const char *message);

/**
 * eonay_crypto_digest:
 * @nid: NID_sha256, NID_sha384 or NID_sha512
 *
 * Returns: (transfer full) (nullable): %NULL for any other @nid
 */
GBytes *eonay_crypto_digest (int nid, const void *bytes, gsize length);

/** A piece of what is hashed. */
typedef struct {
  const void *bytes;
  gsize length;
} EonayCryptoPiece;

/** Returns: (transfer full) (nullable): as eonay_crypto_digest(), of pieces one after another */
GBytes *eonay_crypto_digest_pieces (int nid, const EonayCryptoPiece *pieces, gsize n_pieces);

/** Returns: (transfer full): a #GBytes that frees @der with OPENSSL_free() */
GBytes *eonay_crypto_take (unsigned char *der, gsize length);

/** Returns: (transfer full) (nullable): UTC; %NULL if @time is %NULL or no valid time */
GDateTime *eonay_crypto_read_time (const ASN1_TIME *time);

/** Returns: (transfer full) (nullable): a certificate that fills all of @der, else %NULL */
X509 *eonay_crypto_read_certificate (const guint8 *der, gsize length);

/** Returns: whether @oid is the object identifier that is written @dotted */
gboolean eonay_crypto_oid_is (const ASN1_OBJECT *oid, const char *dotted);

G_END_DECLS
