#include <locale.h>
#include <string.h>

#include "base/eonay-error.h"
#include "session/eonay-advice.h"
#include "session/eonay-diagnosis-judge.h"

/* What a request to a portal means. */

typedef EonayFinding *(*Judge) (const EonayPortalEvidence *evidence);

/* A helpdesk that is told a code has to find it in the table of advice. */
static gboolean
is_advised (const char *code)
{
  const struct {
    GQuark domain;
    int last;
  } domains[] = {
    { EONAY_CARD_ERROR, EONAY_CARD_ERROR_LAST },
    { EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_LAST },
    { EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_LAST },
    { EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_LAST },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++)
    for (int number = 0; number <= domains[i].last; number++)
      {
        g_autoptr (GError) error = g_error_new_literal (domains[i].domain, number, "");
        g_autoptr (EonayAdvice) advice = eonay_advice_new (error);

        if (g_str_equal (advice->code, code))
          return TRUE;
      }

  return FALSE;
}

static void
assert_finding (Judge judge, const EonayPortalFacts *facts, EonayCheckState state,
                const char *code, const char *words)
{
  EonayPortalEvidence evidence = { .address = "imza.kurum.example", .facts = facts };
  g_autoptr (EonayFinding) finding = judge (&evidence);
  g_autofree char *all = g_strjoin (" ", finding->found, finding->remedy, finding->command, NULL);

  g_test_message ("%s", all);
  g_assert_cmpint (finding->state, ==, state);
  g_assert_cmpstr (finding->code, ==, code);
  g_assert_true (code == NULL || is_advised (code));
  g_assert_nonnull (strstr (all, words));
  g_assert_true (state != EONAY_CHECK_FAILURE || *finding->remedy != '\0');
}

static void
test_answer (void)
{
  EonayPortalFacts facts = { .step = EONAY_PORTAL_STEP_ANSWER, .status = 404, .has_date = TRUE,
                             .tls_version = (char *) "TLS 1.3" };

  assert_finding (eonay_judge_proxy, &facts, EONAY_CHECK_OK, NULL, "No proxy");
  assert_finding (eonay_judge_portal, &facts, EONAY_CHECK_OK, NULL,
                  "imza.kurum.example answers (HTTP 404)");
  assert_finding (eonay_judge_tls, &facts, EONAY_CHECK_OK, NULL, "TLS 1.3");
  assert_finding (eonay_judge_clock, &facts, EONAY_CHECK_OK, NULL, "agrees");

  facts.status = 503;
  assert_finding (eonay_judge_portal, &facts, EONAY_CHECK_FAILURE, "PORTAL-11", "service");
  facts.status = 200;
  facts.tls_version = NULL;
  assert_finding (eonay_judge_tls, &facts, EONAY_CHECK_NOT_APPLICABLE, NULL, "practice");
  facts.proxy = (char *) "http://vekil:3128";
  assert_finding (eonay_judge_proxy, &facts, EONAY_CHECK_OK, NULL, "http://vekil:3128");
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
      g_autoptr (GError) error =
          g_error_new_literal (EONAY_PORTAL_ERROR, cases[i].error, "technical words");
      EonayPortalFacts facts = { .step = cases[i].step, .error = error };

      assert_finding (eonay_judge_portal, &facts, EONAY_CHECK_FAILURE, cases[i].code,
                      cases[i].words);
      assert_finding (eonay_judge_tls, &facts, EONAY_CHECK_UNKNOWN, NULL, "Not checked");
      assert_finding (eonay_judge_clock, &facts, EONAY_CHECK_UNKNOWN, NULL, "Not checked");
      assert_finding (eonay_judge_proxy, &facts, EONAY_CHECK_OK, NULL, "No proxy");
    }
}

static void
test_proxy_to_blame (void)
{
  static const EonayPortalStep steps[] = { EONAY_PORTAL_STEP_NAME, EONAY_PORTAL_STEP_CONNECT,
                                           EONAY_PORTAL_STEP_PROXY };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError) error =
          g_error_new_literal (EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_UNREACHABLE, "");
      EonayPortalFacts facts = { .step = steps[i], .error = error,
                                 .proxy = (char *) "http://vekil:3128" };

      assert_finding (eonay_judge_proxy, &facts, EONAY_CHECK_FAILURE, "AG-01",
                      steps[i] == EONAY_PORTAL_STEP_PROXY ? "let the program through"
                                                          : "does not answer");
      assert_finding (eonay_judge_portal, &facts, EONAY_CHECK_UNKNOWN, NULL, "proxy");
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
  EonayPortalFacts facts = { .step = EONAY_PORTAL_STEP_TLS, .error = error };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      facts.tls_problems = cases[i].problem;
      assert_finding (eonay_judge_tls, &facts, EONAY_CHECK_FAILURE, "AG-03", cases[i].words);
      assert_finding (eonay_judge_portal, &facts, EONAY_CHECK_UNKNOWN, NULL, "was reached");
    }

  facts.tls_problems = 0;
  facts.tls_version = (char *) "TLS 1.1";
  assert_finding (eonay_judge_tls, &facts, EONAY_CHECK_FAILURE, "AG-03", "only TLS 1.1");
}

static void
test_clock (void)
{
  EonayPortalFacts facts = { .status = 200 };

  assert_finding (eonay_judge_clock, &facts, EONAY_CHECK_UNKNOWN, NULL, "does not say");
  facts.has_date = TRUE;
  facts.ahead = 60;
  assert_finding (eonay_judge_clock, &facts, EONAY_CHECK_OK, NULL, "1 min 0 s ahead");
  facts.ahead = 61;
  assert_finding (eonay_judge_clock, &facts, EONAY_CHECK_WARNING, NULL, "timedatectl");
  facts.ahead = -300;
  assert_finding (eonay_judge_clock, &facts, EONAY_CHECK_WARNING, NULL, "5 min 0 s behind");
  facts.ahead = -301;
  assert_finding (eonay_judge_clock, &facts, EONAY_CHECK_FAILURE, NULL, "5 min 1 s behind");
  facts.ahead = 90000;
  assert_finding (eonay_judge_clock, &facts, EONAY_CHECK_FAILURE, NULL, "1 d 1 h ahead");
  facts.ahead = 7260;
  assert_finding (eonay_judge_clock, &facts, EONAY_CHECK_FAILURE, NULL, "2 h 1 min ahead");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge-portal/answer", test_answer);
  g_test_add_func ("/judge-portal/no-answer", test_no_answer);
  g_test_add_func ("/judge-portal/proxy-to-blame", test_proxy_to_blame);
  g_test_add_func ("/judge-portal/identity", test_identity);
  g_test_add_func ("/judge-portal/clock", test_clock);

  return g_test_run ();
}
