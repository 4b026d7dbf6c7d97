#pragma once

#include <gio/gio.h>
#include <p11-kit/pkcs11.h>

G_BEGIN_DECLS

/*
 * A token's objects. Only the class is searched for: other attributes are not searchable in
 * every module.
 */

/**
 * eonay_pkcs11_object_find:
 * @found: (out) (transfer full) (element-type CK_OBJECT_HANDLE): some hundred at most
 */
CK_RV eonay_pkcs11_object_find (CK_FUNCTION_LIST *functions, CK_SESSION_HANDLE session,
                                CK_OBJECT_CLASS object_class, GArray **found);

/** Returns: (transfer full) (nullable): %NULL if the object has no such attribute, or shows none */
GBytes *eonay_pkcs11_object_get_attribute (CK_FUNCTION_LIST *functions, CK_SESSION_HANDLE session,
                                           CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type);

/** Returns: @otherwise if the object has no such attribute */
gulong eonay_pkcs11_object_get_number (CK_FUNCTION_LIST *functions, CK_SESSION_HANDLE session,
                                       CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type,
                                       gulong otherwise);

gboolean eonay_pkcs11_object_is_true (CK_FUNCTION_LIST *functions, CK_SESSION_HANDLE session,
                                      CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type);

/** Returns: (transfer full): what of blank-padded bytes is text; "" rather than %NULL */
char *eonay_pkcs11_object_make_text (const void *bytes, gsize length);

G_END_DECLS
