#pragma once

#include <gio/gio.h>
#include <p11-kit/pkcs11.h>

G_BEGIN_DECLS

/**
 * EonayPkcs11Subject: the public key of a certificate, to find the private key that goes with it.
 * CKA_ID is only a hint: two keys may share one, and CKA_SIGN may be false on a key that signs.
 */
typedef struct _EonayPkcs11Subject EonayPkcs11Subject;

/** Returns: (transfer full) (nullable): %NULL if @der is no certificate */
EonayPkcs11Subject *eonay_pkcs11_subject_new (GBytes *der);
void eonay_pkcs11_subject_free (EonayPkcs11Subject *self);

/**
 * eonay_pkcs11_subject_may_have_key:
 * @keys: (element-type CK_OBJECT_HANDLE): the private keys that can be seen
 *
 * Returns: whether one of @keys may be the subject's. Without any, as before a login in most
 *   modules, it may be there unless the certificate is an authority's
 */
gboolean eonay_pkcs11_subject_may_have_key (EonayPkcs11Subject *self, CK_FUNCTION_LIST *functions,
                                            CK_SESSION_HANDLE session, GArray *keys);

/**
 * eonay_pkcs11_subject_rank:
 * @keys: (element-type CK_OBJECT_HANDLE): all private keys
 * @id: (nullable): CKA_ID of the certificate
 *
 * Returns: (transfer full) (element-type CK_OBJECT_HANDLE): those that may be the subject's, the
 *   likeliest first; only the first where the module shows the public part of keys
 */
GArray *eonay_pkcs11_subject_rank (EonayPkcs11Subject *self, CK_FUNCTION_LIST *functions,
                                   CK_SESSION_HANDLE session, GArray *keys, GBytes *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPkcs11Subject, eonay_pkcs11_subject_free)

G_END_DECLS
