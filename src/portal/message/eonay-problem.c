#include "portal/message/eonay-problem.h"

#include <string.h>

static const EonayProblem problems[] = {
  { "code-malformed", 400, EONAY_PORTAL_ERROR_CODE_MALFORMED },
  { "code-unknown", 404, EONAY_PORTAL_ERROR_CODE_UNKNOWN },
  { "code-used", 409, EONAY_PORTAL_ERROR_CODE_USED },
  { "expired", 410, EONAY_PORTAL_ERROR_EXPIRED },
  { "signature-invalid", 422, EONAY_PORTAL_ERROR_SIGNATURE_INVALID },
  { "certificate-not-accepted", 422, EONAY_PORTAL_ERROR_CERTIFICATE_NOT_ACCEPTED },
  { "certificate-expired", 422, EONAY_PORTAL_ERROR_CERTIFICATE_EXPIRED },
  { "certificate-revoked", 422, EONAY_PORTAL_ERROR_CERTIFICATE_REVOKED },
  { "certificate-suspended", 422, EONAY_PORTAL_ERROR_CERTIFICATE_SUSPENDED },
  { "signer-mismatch", 422, EONAY_PORTAL_ERROR_SIGNER_MISMATCH },
  { "security-word-wrong", 403, EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG },
  { "sms-code-wrong", 403, EONAY_PORTAL_ERROR_SMS_CODE_WRONG },
  { "sms-code-expired", 403, EONAY_PORTAL_ERROR_SMS_CODE_EXPIRED },
  { "attempts-exhausted", 403, EONAY_PORTAL_ERROR_ATTEMPTS_EXHAUSTED },
  { "card-mismatch", 422, EONAY_PORTAL_ERROR_CARD_MISMATCH },
  { "too-many-requests", 429, EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS },
  { "unavailable", 503, EONAY_PORTAL_ERROR_UNAVAILABLE },
};

const EonayProblem *
eonay_problem_list (guint *n)
{
  *n = G_N_ELEMENTS (problems);

  return problems;
}

const EonayProblem *
eonay_problem_find (const char *type)
{
  const char *word = type;

  for (const char *at = type; *at != '\0'; at++)
    if (strchr ("/:#", *at) != NULL)
      word = at + 1;

  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    if (g_str_equal (word, problems[i].word))
      return &problems[i];

  return NULL;
}
