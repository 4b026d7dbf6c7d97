#include "practice/portal/eonay-practice-verdict.h"

#include "signature/pades/eonay-pades.h"

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

typedef struct {
  EonayPracticeTransaction *transaction;
  EonayTrust *trust;
  GDateTime *now;
} Judge;

/* The chain is judged at a moment when the certificate was valid. */
static GDateTime *
find_moment (EonayCertificate *certificate, GDateTime *now)
{
  g_autoptr (GDateTime) last =
      g_date_time_add_seconds (eonay_certificate_get_not_after (certificate), -1);

  return g_date_time_ref (g_date_time_compare (last, now) < 0 ? last : now);
}

/* Returns: the word of the problem, or %NULL and @certificate (transfer full) */
static const char *
judge_text (const Judge *judge, EonayPracticeDocument *document, GBytes *signature,
            EonayCertificate **certificate)
{
  g_autoptr (EonayVerifierContent) claimed = eonay_verifier_verify_cades (signature, NULL, NULL,
                                                                          judge->now, NULL);
  g_autoptr (EonayVerifierContent) trusted = NULL;
  g_autoptr (GDateTime) moment = NULL;

  if (claimed == NULL || !g_bytes_equal (claimed->content, document->content) ||
      !is_signing_time_good (claimed->signing_time, judge->transaction->created_at, judge->now))
    return "signature-invalid";

  moment = find_moment (claimed->certificate, judge->now);
  trusted = eonay_verifier_verify_cades (signature, NULL, judge->trust, moment, NULL);
  if (trusted == NULL)
    return "certificate-not-accepted";

  *certificate = g_object_ref (trusted->certificate);

  return NULL;
}

/*
 * @update: what was added to the document
 *
 * Returns: (transfer full) (nullable): the time that its signature claims (ISO 32000-1, clause 7.9.4)
 */
static GDateTime *
read_claimed_time (GBytes *update)
{
  g_autoptr (GRegex) pattern = g_regex_new (
      "/M\\s*\\(D:(\\d{8})(\\d{6})(Z|[+-]\\d\\d'?(?:\\d\\d'?)?)\\)", G_REGEX_RAW, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data (update, &length);
  g_auto (GStrv) parts = NULL;
  g_auto (GStrv) offset = NULL;
  g_autofree char *zone = NULL;
  g_autofree char *text = NULL;

  if (!g_regex_match_full (pattern, bytes, (gssize) length, 0, 0, &match, NULL))
    return NULL;

  parts = g_match_info_fetch_all (match);
  offset = g_strsplit (parts[3], "'", -1);
  zone = g_strjoinv ("", offset);
  text = g_strconcat (parts[1], "T", parts[2], zone, NULL);

  return g_date_time_new_from_iso8601 (text, NULL);
}

/* Returns: (transfer full) (nullable): what @signature has behind @document; %NULL if it does not begin
   with it */
static GBytes *
cut_update (GBytes *signature, GBytes *document)
{
  gsize length = g_bytes_get_size (document);
  g_autoptr (GBytes) beginning = NULL;

  if (g_bytes_get_size (signature) <= length)
    return NULL;

  beginning = g_bytes_new_from_bytes (signature, 0, length);

  return g_bytes_equal (beginning, document)
             ? g_bytes_new_from_bytes (signature, length, g_bytes_get_size (signature) - length)
             : NULL;
}

static const char *
judge_pdf (const Judge *judge, EonayPracticeDocument *document, GBytes *signature,
           EonayCertificate **certificate)
{
  g_autoptr (GBytes) update = cut_update (signature, document->content);
  g_autoptr (GDateTime) claimed_time = update != NULL ? read_claimed_time (update) : NULL;
  g_autoptr (EonayCertificate) claimed = NULL;
  g_autoptr (GDateTime) moment = NULL;

  if (!is_signing_time_good (claimed_time, judge->transaction->created_at, judge->now))
    return "signature-invalid";

  claimed = eonay_pades_verify (signature, NULL, judge->now, NULL);
  if (claimed == NULL)
    return "signature-invalid";

  moment = find_moment (claimed, judge->now);
  *certificate = eonay_pades_verify (signature, judge->trust, moment, NULL);

  return *certificate != NULL ? NULL : "certificate-not-accepted";
}

static const char *
judge_document (const Judge *judge, EonayPracticeDocument *document, GBytes *signature,
                char **signer)
{
  g_autoptr (EonayCertificate) certificate = NULL;
  const char *problem = document->is_pdf ? judge_pdf (judge, document, signature, &certificate)
                                         : judge_text (judge, document, signature, &certificate);

  if (problem == NULL)
    problem = judge_certificate (judge->transaction, certificate, judge->now);
  if (problem == NULL)
    *signer = g_strdup (eonay_certificate_get_holder (certificate));

  return problem;
}

const char *
eonay_practice_verdict_judge (EonayPracticeTransaction *transaction, GPtrArray *signatures,
                              EonayTrust *trust, const EonayClock *clock, char **signer)
{
  g_autoptr (GDateTime) now = eonay_clock_realtime (clock);
  const Judge judge = { transaction, trust, now };
  g_autofree char *first = NULL;

  for (guint i = 0; i < signatures->len; i++)
    {
      g_autofree char *holder = NULL;
      const char *problem = judge_document (&judge, transaction->documents->pdata[i],
                                            signatures->pdata[i], &holder);

      if (problem != NULL)
        return problem;
      if (first != NULL && !g_str_equal (first, holder))
        return "signer-mismatch";
      if (first == NULL)
        first = g_steal_pointer (&holder);
    }

  if (transaction->fault == EONAY_PRACTICE_FAULT_ONE_REFUSED)
    return "signature-invalid";

  *signer = g_steal_pointer (&first);

  return NULL;
}
