#include <locale.h>

#include "base/eonay-error.h"
#include "session/diagnosis/eonay-judge.h"
#include "test-finding.h"

/* What a request to a portal means. */

typedef EonayFinding *(*Judge) (const EonayPortalEvidence *evidence);

static void
assert_judged (Judge judge, const EonayPortalProbeFacts *facts, EonayFindingState state,
               const char *code, const char *words)
{
  EonayPortalEvidence evidence = { .address = "imza.kurum.example", .facts = facts };

  assert_finding (judge (&evidence), state, code, words);
}

static void
test_answer (void)
{
  EonayPortalProbeFacts facts = { .step = EONAY_PORTAL_STEP_ANSWER,
                                  .status = 400,
                                  .has_date = TRUE,
                                  .has_proxy_answer = TRUE,
                                  .tls_version = (char *) "TLS 1.3" };

  assert_judged (eonay_judge_proxy, &facts, EONAY_FINDING_OK, NULL, "No proxy");
  assert_judged (eonay_judge_portal, &facts, EONAY_FINDING_OK, NULL,
                 "imza.kurum.example answers as a portal");
  assert_judged (eonay_judge_tls, &facts, EONAY_FINDING_OK, NULL, "TLS 1.3");
  assert_judged (eonay_judge_clock, &facts, EONAY_FINDING_OK, NULL, "agrees");

  facts.tls_version = NULL;
  assert_judged (eonay_judge_tls, &facts, EONAY_FINDING_NOT_APPLICABLE, NULL, "practice");
  facts.proxy = (char *) "http://vekil:3128";
  assert_judged (eonay_judge_proxy, &facts, EONAY_FINDING_OK, NULL, "http://vekil:3128");
  facts.proxy = NULL;
  facts.has_proxy_answer = FALSE;
  assert_judged (eonay_judge_proxy, &facts, EONAY_FINDING_UNKNOWN, NULL, "not known");
}

/* Whatever answers there, it is not what a signing needs. */
static void
test_other_answer (void)
{
  static const struct {
    guint status;
    int error;
    const char *code;
    const char *words;
  } cases[] = {
    { 503, EONAY_PORTAL_ERROR_UNAVAILABLE, "PORTAL-11", "out of service" },
    { 429, EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS, "PORTAL-10", "too many" },
    { 404, EONAY_PORTAL_ERROR_REFUSED, "PORTAL-12", "(HTTP 404), but not as a portal" },
    { 200, EONAY_PORTAL_ERROR_MALFORMED, "PORTAL-14", "(HTTP 200), but not as a portal" },
    { 307, EONAY_PORTAL_ERROR_INSECURE, "AG-04", "(HTTP 307), but not as a portal" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (EONAY_PORTAL_ERROR, cases[i].error,
                                                      "technical words");
      EonayPortalProbeFacts facts = { .step = EONAY_PORTAL_STEP_ANSWER,
                                      .status = cases[i].status,
                                      .error = error,
                                      .has_date = TRUE,
                                      .tls_version = (char *) "TLS 1.3" };

      assert_judged (eonay_judge_portal, &facts, EONAY_FINDING_FAILURE, cases[i].code,
                     cases[i].words);
      assert_judged (eonay_judge_tls, &facts, EONAY_FINDING_OK, NULL, "TLS 1.3");
      assert_judged (eonay_judge_clock, &facts, EONAY_FINDING_OK, NULL, "agrees");
    }
}

static void
test_no_answer (void)
{
  static const struct {
    EonayPortalStep step;
    int error;
    const char *code;
    const char *words;
  } cases[] = {
    { EONAY_PORTAL_STEP_NAME, EONAY_PORTAL_ERROR_UNREACHABLE, "AG-01", "not found on the network" },
    { EONAY_PORTAL_STEP_CONNECT, EONAY_PORTAL_ERROR_UNREACHABLE, "AG-01", "cannot be reached" },
    { EONAY_PORTAL_STEP_TLS, EONAY_PORTAL_ERROR_UNREACHABLE, "AG-01", "breaks the connection" },
    { EONAY_PORTAL_STEP_ANSWER, EONAY_PORTAL_ERROR_UNREACHABLE, "AG-01", "breaks the connection" },
    { EONAY_PORTAL_STEP_CONNECT, EONAY_PORTAL_ERROR_TIMED_OUT, "AG-02", "in time" },
    { EONAY_PORTAL_STEP_NONE, EONAY_PORTAL_ERROR_PROFILE, "PORTAL-18", "profile" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (EONAY_PORTAL_ERROR, cases[i].error,
                                                      "technical words");
      EonayPortalProbeFacts facts = { .step = cases[i].step,
                                      .error = error,
                                      .has_proxy_answer = TRUE };

      assert_judged (eonay_judge_portal, &facts, EONAY_FINDING_FAILURE, cases[i].code,
                     cases[i].words);
      assert_judged (eonay_judge_tls, &facts, EONAY_FINDING_UNKNOWN, NULL, "Not checked");
      assert_judged (eonay_judge_clock, &facts, EONAY_FINDING_UNKNOWN, NULL, "Not checked");
      assert_judged (eonay_judge_proxy, &facts, EONAY_FINDING_OK, NULL, "No proxy");
    }
}

static void
test_proxy_to_blame (void)
{
  static const EonayPortalStep steps[] = { EONAY_PORTAL_STEP_NAME, EONAY_PORTAL_STEP_CONNECT,
                                           EONAY_PORTAL_STEP_PROXY };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (EONAY_PORTAL_ERROR,
                                                      EONAY_PORTAL_ERROR_UNREACHABLE, "");
      EonayPortalProbeFacts facts = { .step = steps[i],
                                      .error = error,
                                      .has_proxy_answer = TRUE,
                                      .proxy = (char *) "http://vekil:3128" };

      assert_judged (eonay_judge_proxy, &facts, EONAY_FINDING_FAILURE,
                     steps[i] == EONAY_PORTAL_STEP_PROXY ? "AG-05" : "AG-01",
                     steps[i] == EONAY_PORTAL_STEP_PROXY ? "let the program through"
                                                         : "does not answer");
      assert_judged (eonay_judge_portal, &facts, EONAY_FINDING_UNKNOWN, NULL, "proxy");
    }
}

static void
test_identity (void)
{
  static const struct {
    GTlsCertificateFlags problem;
    const char *words;
  } cases[] = {
    { G_TLS_CERTIFICATE_EXPIRED, "has expired" },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, "not valid yet" },
    { G_TLS_CERTIFICATE_BAD_IDENTITY, "another address" },
    { G_TLS_CERTIFICATE_REVOKED, "revoked" },
    { G_TLS_CERTIFICATE_UNKNOWN_CA, "not trusted here" },
    { G_TLS_CERTIFICATE_GENERIC_ERROR, "could not be confirmed" },
  };
  g_autoptr (GError) error = g_error_new_literal (EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TLS, "");
  EonayPortalProbeFacts facts = { .step = EONAY_PORTAL_STEP_TLS, .error = error };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      facts.tls_problems = cases[i].problem;
      assert_judged (eonay_judge_tls, &facts, EONAY_FINDING_FAILURE, "AG-03", cases[i].words);
      assert_judged (eonay_judge_portal, &facts, EONAY_FINDING_UNKNOWN, NULL, "was reached");
    }

  facts.tls_problems = 0;
  facts.tls_version = (char *) "TLS 1.1";
  assert_judged (eonay_judge_tls, &facts, EONAY_FINDING_FAILURE, "AG-03", "only TLS 1.1");
}

static void
test_clock (void)
{
  EonayPortalProbeFacts facts = { .status = 200 };

  assert_judged (eonay_judge_clock, &facts, EONAY_FINDING_UNKNOWN, NULL, "does not say");
  facts.has_date = TRUE;
  facts.ahead = 60;
  assert_judged (eonay_judge_clock, &facts, EONAY_FINDING_OK, NULL, "1 min 0 s ahead");
  facts.ahead = 61;
  assert_judged (eonay_judge_clock, &facts, EONAY_FINDING_WARNING, NULL, "timedatectl");
  facts.ahead = -300;
  assert_judged (eonay_judge_clock, &facts, EONAY_FINDING_WARNING, NULL, "5 min 0 s behind");
  facts.ahead = -301;
  assert_judged (eonay_judge_clock, &facts, EONAY_FINDING_FAILURE, NULL, "5 min 1 s behind");
  facts.ahead = 90000;
  assert_judged (eonay_judge_clock, &facts, EONAY_FINDING_FAILURE, NULL, "1 d 1 h ahead");
  facts.ahead = 7260;
  assert_judged (eonay_judge_clock, &facts, EONAY_FINDING_FAILURE, NULL, "2 h 1 min ahead");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge-portal/answer", test_answer);
  g_test_add_func ("/judge-portal/other-answer", test_other_answer);
  g_test_add_func ("/judge-portal/no-answer", test_no_answer);
  g_test_add_func ("/judge-portal/proxy-to-blame", test_proxy_to_blame);
  g_test_add_func ("/judge-portal/identity", test_identity);
  g_test_add_func ("/judge-portal/clock", test_clock);

  return g_test_run ();
}
