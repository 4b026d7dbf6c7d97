#pragma once

#include "signature/certificate/eonay-crypto.h"

G_BEGIN_DECLS

/**
 * eonay_name_read:
 * @nid: of the attribute, e.g. NID_commonName
 *
 * Returns: (transfer full) (nullable): the first such attribute of @name (X.501) in UTF-8, of any
 *   string type, safe to be shown (eonay_text_class_make_name()); %NULL if there is none or it is
 *   not text
 */
char *eonay_name_read (const X509_NAME *name, int nid);

G_END_DECLS
