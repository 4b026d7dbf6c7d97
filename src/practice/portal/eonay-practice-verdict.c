#include "practice/portal/eonay-practice-verdict.h"

#include "base/eonay-error.h"

#define CLOCK_SKEW (5 * G_TIME_SPAN_MINUTE)

static gboolean
is_signing_time_good (GDateTime *signing_time, GDateTime *created_at, GDateTime *now)
{
  return signing_time != NULL && g_date_time_difference (signing_time, created_at) >= -CLOCK_SKEW &&
         g_date_time_difference (signing_time, now) <= CLOCK_SKEW;
}

/* The chain was checked at a time when the certificate was valid; it may not be valid now. */
static const char *
judge_certificate (EonayPracticeTransaction *transaction, EonayCertificate *certificate,
                   GDateTime *now)
{
  EonayCertificateProblems problems = eonay_certificate_get_problems (certificate, now);

  if (problems & EONAY_CERTIFICATE_PROBLEM_EXPIRED)
    return "certificate-expired";
  if (problems != EONAY_CERTIFICATE_PROBLEM_NONE ||
      eonay_certificate_get_kind (certificate) != EONAY_CERTIFICATE_QUALIFIED)
    return "certificate-not-accepted";
  if (transaction->signer_hint != NULL &&
      g_strcmp0 (eonay_certificate_get_national_id (certificate), transaction->signer_hint) != 0)
    return "signer-mismatch";

  return NULL;
}

const char *
eonay_practice_verdict_judge (EonayPracticeTransaction *transaction, GBytes *signature,
                              EonayTrust *trust, const EonayClock *clock, char **signer)
{
  g_autoptr (GDateTime) now = eonay_clock_realtime (clock);
  g_autoptr (EonayVerifierContent) claimed = NULL;
  g_autoptr (EonayVerifierContent) trusted = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) last_moment = NULL;
  const char *problem;

  claimed = eonay_verifier_verify_cades (signature, NULL, NULL, now, &error);
  if (claimed == NULL || !g_bytes_equal (claimed->content, transaction->content) ||
      !is_signing_time_good (claimed->signing_time, transaction->created_at, now))
    return "signature-invalid";

  last_moment = g_date_time_add_seconds (eonay_certificate_get_not_after (claimed->certificate),
                                         -1);
  trusted = eonay_verifier_verify_cades (
      signature, NULL, trust, g_date_time_compare (last_moment, now) < 0 ? last_moment : now,
      &error);
  if (trusted == NULL)
    return "certificate-not-accepted";

  problem = judge_certificate (transaction, trusted->certificate, now);
  if (problem != NULL)
    return problem;

  *signer = g_strdup (eonay_certificate_get_holder (trusted->certificate));

  return NULL;
}
