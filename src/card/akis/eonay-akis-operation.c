#include "card/akis/eonay-akis-operation.h"

#include "base/eonay-error.h"
#include "card/apdu/eonay-apdu.h"
#include "card/apdu/eonay-status-word.h"
#include "card/pkcs15/eonay-pkcs15-algorithm.h"

#define INS_MANAGE_SECURITY_ENVIRONMENT 0x22
#define INS_PERFORM_SECURITY_OPERATION 0x2A
#define MSE_KEY_IN_P2 0xC3
#define MSE_SET_FOR_COMPUTATION 0x41
#define MSE_DIGITAL_SIGNATURE 0xB6
#define PSO_SIGNATURE 0x9E
#define PSO_TO_BE_SIGNED 0x9A
#define TAG_ALGORITHM 0x80
#define TAG_PRIVATE_KEY 0x84
#define LOCAL_KEY 0x80

/* Inferred: v2's algorithm bytes are not public; these are the ones that IAS-ECC cards have. */
#define ALGORITHM_RSA 0x02
#define ALGORITHM_ECDSA 0x04

gboolean
eonay_akis_operation_check_scheme (const EonayAkisFamily *family, EonaySignatureScheme scheme,
                                   GError **error)
{
  switch (scheme)
    {
    case EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256:
      return TRUE;
    case EONAY_SIGNATURE_SCHEME_ECDSA_SHA256:
    case EONAY_SIGNATURE_SCHEME_ECDSA_SHA384:
      if (family->mse == EONAY_AKIS_MSE_TEMPLATE)
        return TRUE;
      break;
    case EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256:
    case EONAY_SIGNATURE_SCHEME_ECDSA_SHA512:
    case EONAY_SIGNATURE_SCHEME_NONE:
    default:
      break;
    }

  g_set_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_ALGORITHM,
               "%s is not known to compute this kind of signature", family->model);

  return FALSE;
}

static gboolean
set_key (const EonayAkisFamily *family, EonayTransport *transport, gboolean rsa, guint8 key,
         GError **error)
{
  const guint8 environment[] = { TAG_ALGORITHM,   1, rsa ? ALGORITHM_RSA : ALGORITHM_ECDSA,
                                 TAG_PRIVATE_KEY, 1, LOCAL_KEY | key };
  EonayApdu apdu = { .ins = INS_MANAGE_SECURITY_ENVIRONMENT, .p1 = MSE_KEY_IN_P2, .p2 = key };
  g_autoptr (GBytes) ignored = NULL;
  guint16 status;

  if (family->mse == EONAY_AKIS_MSE_TEMPLATE)
    apdu = (EonayApdu){ .ins = INS_MANAGE_SECURITY_ENVIRONMENT,
                        .p1 = MSE_SET_FOR_COMPUTATION,
                        .p2 = MSE_DIGITAL_SIGNATURE,
                        .content = environment,
                        .content_length = sizeof environment };
  ignored = eonay_apdu_exchange (transport, &apdu, EONAY_APDU_SHORT, &status, error);

  return ignored != NULL && eonay_status_word_check (status, EONAY_STATUS_OF_COMMAND, "MSE", error);
}

GBytes *
eonay_akis_operation_sign (const EonayAkisFamily *family, EonayTransport *transport,
                           EonaySignatureScheme scheme, guint8 key, GBytes *digest, gsize size,
                           GError **error)
{
  gboolean rsa = eonay_signature_scheme_is_rsa (scheme);
  /* Inferred for v2: that it pads a DigestInfo itself, as v1.x does, and takes EC hashes bare. */
  g_autoptr (GBytes) input = eonay_pkcs15_algorithm_make_input (
      rsa ? EONAY_PKCS15_INPUT_DIGEST_INFO : EONAY_PKCS15_INPUT_DIGEST, digest, size);
  EonayApdu sign = { .ins = INS_PERFORM_SECURITY_OPERATION,
                     .p1 = PSO_SIGNATURE,
                     .p2 = PSO_TO_BE_SIGNED,
                     .expected = EONAY_APDU_SHORT_EXPECTED_MAX };
  g_autoptr (GBytes) answer = NULL;
  guint16 status;

  if (!set_key (family, transport, rsa, key, error))
    return NULL;

  sign.content = g_bytes_get_data (input, &sign.content_length);
  answer = eonay_apdu_exchange (transport, &sign, EONAY_APDU_SHORT, &status, error);
  if (answer == NULL || !eonay_status_word_check (status, EONAY_STATUS_OF_COMMAND, "PSO", error))
    return NULL;
  if (g_bytes_get_size (answer) == 0)
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PROTOCOL,
                           "PSO: no signature where one is due");
      return NULL;
    }

  return g_steal_pointer (&answer);
}

gboolean
eonay_akis_operation_is_other_key (const GError *error)
{
  return g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_KEY_NOT_FOUND) ||
         g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_ALGORITHM) ||
         g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_SIGNATURE_MISMATCH);
}
