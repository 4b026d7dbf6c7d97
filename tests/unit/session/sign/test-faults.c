#include "support/session-fixture.h"

#include <string.h>

#include "base/eonay-error.h"
#include "session/eonay-text-inspection.h"

#define PIN "123456"

static SessionFixture *
new_fixture (void)
{
  return session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
}

static void
test_resolving (void)
{
  const struct {
    const char *fault;
    gboolean is_portal;
    int code;
  } cases[] = {
    { "digest", TRUE, EONAY_PORTAL_ERROR_DIGEST_MISMATCH },
    { "oversize", TRUE, EONAY_PORTAL_ERROR_TOO_LARGE },
    { "huge-json", TRUE, EONAY_PORTAL_ERROR_TOO_LARGE },
    { "malformed", TRUE, EONAY_PORTAL_ERROR_MALFORMED },
    { "cut", TRUE, EONAY_PORTAL_ERROR_UNREACHABLE },
    { "slow", TRUE, EONAY_PORTAL_ERROR_TIMED_OUT },
    { "text-nul", FALSE, EONAY_SESSION_ERROR_HAS_NUL },
    { "not-utf8", FALSE, EONAY_SESSION_ERROR_NOT_UTF8 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SessionFixture) fixture = new_fixture ();
      g_autoptr (GError) error = NULL;
      GQuark domain = cases[i].is_portal ? EONAY_PORTAL_ERROR : EONAY_SESSION_ERROR;

      session_fixture_begin (fixture, "e-onay", cases[i].fault);
      error = session_fixture_finish (fixture);
      g_test_message ("%s: %s", cases[i].fault, error != NULL ? error->message : "no error");
      g_assert_error (error, domain, cases[i].code);
      g_assert_error (eonay_session_get_error (fixture->session), domain, cases[i].code);
      g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_FAILED);
      g_assert_null (eonay_session_get_transaction (fixture->session));
      g_assert_null (eonay_session_get_signatures (fixture->session));
    }
}

static void
test_hidden_characters_are_shown (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ();
  g_autoptr (EonayDocument) document = NULL;
  g_autofree char *shown = NULL;
  EonayTextFlags flags;

  session_fixture_review (fixture, "e-onay", "text-bidi");
  document = g_list_model_get_item (
      eonay_transaction_get_documents (eonay_session_get_transaction (fixture->session)), 0);
  shown = eonay_text_inspection_run (eonay_document_get_content (document), &flags, NULL);
  g_assert_cmpuint (flags, ==, EONAY_TEXT_BIDI);
  g_assert_nonnull (strstr (shown, "⟦U+202E⟧"));
}

static void
test_wrong_code (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ();
  g_autoptr (GError) unknown = NULL;
  g_autoptr (GError) used = NULL;

  eonay_session_resolve_async (fixture->session, fixture->portal, "100000000000000", NULL,
                               session_fixture_take_result, fixture);
  unknown = session_fixture_finish (fixture);
  g_assert_error (unknown, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_CODE_UNKNOWN);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_IDLE);
  g_assert_error (eonay_session_get_error (fixture->session), EONAY_PORTAL_ERROR,
                  EONAY_PORTAL_ERROR_CODE_UNKNOWN);

  session_fixture_review (fixture, "login", NULL);
  g_assert_null (eonay_session_get_error (fixture->session));
  eonay_session_decline (fixture->session);
  eonay_session_reset (fixture->session);
  eonay_session_resolve_async (fixture->session, fixture->portal, fixture->code, NULL,
                               session_fixture_take_result, fixture);
  used = session_fixture_finish (fixture);
  g_assert_error (used, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_CODE_USED);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_IDLE);
}

static void
sign (SessionFixture *fixture, const char *fault)
{
  session_fixture_review (fixture, "e-onay", fault);
  session_fixture_ask_pin (fixture);
  session_fixture_sign (fixture, PIN);
}

static void
test_passing_faults (gconstpointer fault)
{
  g_autoptr (SessionFixture) fixture = new_fixture ();
  g_autoptr (GError) error = NULL;

  sign (fixture, fault);
  error = session_fixture_finish (fixture);
  g_assert_no_error (error);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_DONE);
  g_assert_cmpstr (fixture->states->str, ==,
                   "idle resolving reviewing waiting-pin signing submitting done");
}

static void
test_refused (void)
{
  const struct {
    const char *fault;
    EonayPortalError code;
  } cases[] = {
    { "certificate-revoked", EONAY_PORTAL_ERROR_CERTIFICATE_REVOKED },
    { "certificate-suspended", EONAY_PORTAL_ERROR_CERTIFICATE_SUSPENDED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SessionFixture) fixture = new_fixture ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) again = NULL;

      sign (fixture, cases[i].fault);
      error = session_fixture_finish (fixture);
      g_assert_error (error, EONAY_PORTAL_ERROR, (int) cases[i].code);
      g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_FAILED);
      g_assert_cmpuint (eonay_session_get_signatures (fixture->session)->len, ==, 1);

      eonay_session_submit_again_async (fixture->session, NULL, session_fixture_take_result,
                                        fixture);
      again = session_fixture_finish (fixture);
      g_assert_error (again, EONAY_PORTAL_ERROR, (int) cases[i].code);
      g_assert_cmpuint (eonay_session_get_signatures (fixture->session)->len, ==, 1);
    }
}

static void
test_cancelled_submission_keeps_the_signature (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) cancelled = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) first = NULL;
  GPtrArray *signatures;

  session_fixture_review (fixture, "e-onay", "503-once");
  session_fixture_ask_pin (fixture);
  eonay_session_sign_async (fixture->session, eonay_secret_new (PIN, 6),
                            (EonayPinConsent[]){ session_fixture_consent (fixture->session) },
                            cancellable, session_fixture_take_result, fixture);
  session_fixture_await (fixture, EONAY_SESSION_SUBMITTING);
  g_cancellable_cancel (cancellable);
  cancelled = session_fixture_finish (fixture);
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_FAILED);
  g_assert_nonnull (eonay_session_get_error (fixture->session));
  first = g_bytes_ref (eonay_session_get_signatures (fixture->session)->pdata[0]);

  eonay_session_submit_again_async (fixture->session, NULL, session_fixture_take_result, fixture);
  error = session_fixture_finish (fixture);
  g_assert_no_error (error);
  signatures = eonay_session_get_signatures (fixture->session);
  g_assert_true (signatures->pdata[0] == first);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_DONE);
}

static void
test_portal_gone (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ();
  g_autoptr (GError) error = NULL;

  session_fixture_review (fixture, "e-onay", NULL);
  session_fixture_ask_pin (fixture);
  eonay_practice_portal_stop (fixture->server);
  /* So that the client does not go on knocking for minutes. */
  session_fixture_sign (fixture, PIN);
  fixture->session_now += 400 * (gint64) G_USEC_PER_SEC;
  error = session_fixture_finish (fixture);
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_UNREACHABLE);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_FAILED);
  g_assert_cmpuint (eonay_session_get_signatures (fixture->session)->len, ==, 1);
}

static void
test_cancelled_early (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) resolving = NULL;
  g_autoptr (GError) signing = NULL;

  eonay_session_resolve_async (fixture->session, fixture->portal, "100000000000000", cancellable,
                               session_fixture_take_result, fixture);
  g_cancellable_cancel (cancellable);
  resolving = session_fixture_finish (fixture);
  g_assert_error (resolving, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_IDLE);
  g_assert_null (eonay_session_get_error (fixture->session));

  session_fixture_review (fixture, "e-onay", NULL);
  session_fixture_ask_pin (fixture);
  eonay_session_sign_async (fixture->session, eonay_secret_new ("654321", 6),
                            (EonayPinConsent[]){ session_fixture_consent (fixture->session) },
                            cancellable, session_fixture_take_result, fixture);
  signing = session_fixture_finish (fixture);
  g_assert_error (signing, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_REVIEWING);
  g_assert_null (eonay_session_get_error (fixture->session));
  g_assert_cmpint (session_fixture_ask_tries (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID)),
                   ==, 3);
}

static void
await_report (SessionFixture *fixture)
{
  while (eonay_session_get_report (fixture->session) == EONAY_SESSION_REPORT_TELLING)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_declined (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ();
  g_autofree char *description = NULL;

  session_fixture_review (fixture, "e-onay", NULL);
  eonay_session_decline (fixture->session);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_DECLINED);
  g_assert_cmpint (eonay_session_get_report (fixture->session), ==, EONAY_SESSION_REPORT_TELLING);
  do
    {
      g_main_context_iteration (NULL, TRUE);
      g_free (description);
      description = eonay_practice_portal_describe (fixture->server, fixture->code);
    }
  while (strstr (description, "\"declined\"") == NULL);
  await_report (fixture);
  g_assert_cmpint (eonay_session_get_report (fixture->session), ==, EONAY_SESSION_REPORT_TOLD);
  g_assert_null (eonay_session_get_error (fixture->session));

  eonay_session_reset (fixture->session);
  g_assert_cmpint (eonay_session_get_report (fixture->session), ==, EONAY_SESSION_REPORT_NONE);
}

/* It stays declined here, and is known not to have been told. */
static void
test_declined_untold (void)
{
  g_autoptr (SessionFixture) fixture = new_fixture ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) expiry = NULL;

  session_fixture_review (fixture, "e-onay", NULL);
  expiry = eonay_session_get_expiry (fixture->session);
  g_assert_cmpint (g_date_time_difference (expiry, now), >, 0);
  g_assert_cmpint (g_date_time_difference (expiry, now), <, 300 * G_TIME_SPAN_SECOND);
  eonay_practice_portal_stop (fixture->server);
  eonay_session_decline (fixture->session);
  fixture->session_now += 400 * (gint64) G_USEC_PER_SEC;
  await_report (fixture);
  g_assert_cmpint (eonay_session_get_report (fixture->session), ==, EONAY_SESSION_REPORT_UNTOLD);
  g_assert_cmpint (eonay_session_get_state (fixture->session), ==, EONAY_SESSION_DECLINED);
  g_assert_error (eonay_session_get_error (fixture->session), EONAY_PORTAL_ERROR,
                  EONAY_PORTAL_ERROR_UNREACHABLE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/faults/resolving", test_resolving);
  g_test_add_func ("/session/faults/hidden-characters-are-shown", test_hidden_characters_are_shown);
  g_test_add_func ("/session/faults/wrong-code", test_wrong_code);
  g_test_add_data_func ("/session/faults/passing/503-once", "503-once", test_passing_faults);
  g_test_add_data_func ("/session/faults/passing/lost-reply", "lost-reply", test_passing_faults);
  g_test_add_func ("/session/faults/refused", test_refused);
  g_test_add_func ("/session/faults/cancelled-submission-keeps-the-signature",
                   test_cancelled_submission_keeps_the_signature);
  g_test_add_func ("/session/faults/portal-gone", test_portal_gone);
  g_test_add_func ("/session/faults/cancelled-early", test_cancelled_early);
  g_test_add_func ("/session/faults/declined", test_declined);
  g_test_add_func ("/session/faults/declined/untold", test_declined_untold);

  return g_test_run ();
}
