#include "base/eonay-signature-scheme.h"

gsize
eonay_signature_scheme_get_digest_length (EonaySignatureScheme scheme)
{
  switch (scheme)
    {
    case EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256:
    case EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256:
    case EONAY_SIGNATURE_SCHEME_ECDSA_SHA256:
      return 32;
    case EONAY_SIGNATURE_SCHEME_ECDSA_SHA384:
      return 48;
    case EONAY_SIGNATURE_SCHEME_ECDSA_SHA512:
      return 64;
    case EONAY_SIGNATURE_SCHEME_NONE:
    default:
      return 0;
    }
}

gboolean
eonay_signature_scheme_is_rsa (EonaySignatureScheme scheme)
{
  return scheme == EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256 ||
         scheme == EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256;
}
