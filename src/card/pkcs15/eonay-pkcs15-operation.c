#include "card/pkcs15/eonay-pkcs15-operation.h"

#include "base/eonay-error.h"
#include "card/apdu/eonay-status-word.h"

#define INS_MANAGE_SECURITY_ENVIRONMENT 0x22
#define INS_PERFORM_SECURITY_OPERATION 0x2A
#define MSE_SET_FOR_COMPUTATION 0x41
#define MSE_DIGITAL_SIGNATURE 0xB6
#define PSO_SIGNATURE 0x9E
#define PSO_TO_BE_SIGNED 0x9A
#define TAG_ALGORITHM 0x80
#define TAG_FILE 0x81
#define TAG_PRIVATE_KEY 0x84

gboolean
eonay_pkcs15_operation_set (EonayTransport *transport, guint8 algorithm, const guint8 *file,
                            guint8 key, guint16 *status, GError **error)
{
  const guint8 without_file[] = { TAG_ALGORITHM, 1, algorithm, TAG_PRIVATE_KEY, 1, key };
  const guint8 with_file[] = { TAG_ALGORITHM,
                               1,
                               algorithm,
                               TAG_FILE,
                               2,
                               file != NULL ? file[0] : 0,
                               file != NULL ? file[1] : 0,
                               TAG_PRIVATE_KEY,
                               1,
                               key };
  const EonayApdu set = { .ins = INS_MANAGE_SECURITY_ENVIRONMENT,
                          .p1 = MSE_SET_FOR_COMPUTATION,
                          .p2 = MSE_DIGITAL_SIGNATURE,
                          .content = file != NULL ? with_file : without_file,
                          .content_length = file != NULL ? sizeof with_file : sizeof without_file };
  g_autoptr (GBytes) ignored = eonay_apdu_exchange (transport, &set, EONAY_APDU_SHORT, status,
                                                    error);

  return ignored != NULL;
}

GBytes *
eonay_pkcs15_operation_sign (EonayTransport *transport, EonayApduForm form, GBytes *input,
                             gsize size, GError **error)
{
  EonayApdu sign = { .ins = INS_PERFORM_SECURITY_OPERATION,
                     .p1 = PSO_SIGNATURE,
                     .p2 = PSO_TO_BE_SIGNED,
                     .expected = (guint) MAX (size, EONAY_APDU_SHORT_EXPECTED_MAX) };
  g_autoptr (GBytes) answer = NULL;
  guint16 status;

  sign.content = g_bytes_get_data (input, &sign.content_length);
  answer = eonay_apdu_exchange (transport, &sign, form, &status, error);
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
