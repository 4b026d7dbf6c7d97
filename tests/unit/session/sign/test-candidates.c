#include "support/session-fixture.h"

static EonayCandidate *
get (SessionFixture *fixture, guint position)
{
  g_autoptr (EonayCandidate) candidate = g_list_model_get_item (G_LIST_MODEL (fixture->candidates),
                                                                position);

  /* The list keeps it alive. */
  return candidate;
}

static void
assert_reason (SessionFixture *fixture, guint position, EonayCandidateReasons reasons,
               const char *text)
{
  g_autofree char *described = eonay_candidate_describe_reason (get (fixture, position));

  g_assert_cmpuint (eonay_candidate_get_reasons (get (fixture, position)), ==, reasons);
  g_assert_cmpstr (described, ==, text);
}

static void
test_usable_first_with_reasons (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));

  session_fixture_await_candidates (fixture, 2);
  assert_reason (fixture, 0, EONAY_CANDIDATE_USABLE, "");
  assert_reason (fixture, 1, EONAY_CANDIDATE_EXPIRED, "Expired");
  g_assert_true (eonay_candidate_list_find_best (fixture->candidates, NULL) == get (fixture, 0));
}

/* One is told in a row, all of them where there is room: the most important first. */
static void
test_every_reason (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (EonayCandidate) candidate = NULL;
  g_autofree char *first = NULL;
  g_autofree char *all = NULL;
  g_autofree char *none = NULL;

  session_fixture_await_candidates (fixture, 2);
  candidate = eonay_candidate_new (eonay_candidate_get_token (get (fixture, 0)),
                                   eonay_candidate_get_token_certificate (get (fixture, 0)),
                                   eonay_candidate_get_certificate (get (fixture, 0)),
                                   EONAY_CANDIDATE_PIN_BLOCKED | EONAY_CANDIDATE_EXPIRED);
  first = eonay_candidate_describe_reason (candidate);
  all = eonay_candidate_describe_reasons (candidate);
  none = eonay_candidate_describe_reasons (get (fixture, 0));
  g_assert_cmpstr (first, ==, "Expired");
  g_assert_cmpstr (all, ==, "Expired\nPIN blocked");
  g_assert_cmpstr (none, ==, "");
}

static void
test_blocked_card (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_BLOCKED));

  session_fixture_await_candidates (fixture, 1);
  /* The tries left are asked for a moment after the certificates. */
  while (eonay_candidate_is_usable (get (fixture, 0)))
    g_main_context_iteration (NULL, TRUE);
  assert_reason (fixture, 0, EONAY_CANDIDATE_PIN_BLOCKED, "PIN blocked");
  g_assert_null (eonay_candidate_list_find_best (fixture->candidates, NULL));
}

#define AKIS_NEEDS "A driver module is needed (libakisp11.so)"

/** Nothing tells how it signs, nor whose module could. */
static void
test_card_that_is_only_listed (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_LIST_ONLY));

  session_fixture_await_candidates (fixture, 1);
  assert_reason (fixture, 0, EONAY_CANDIDATE_MODULE_NEEDED, "A driver module is needed");
  g_assert_null (eonay_candidate_list_find_best (fixture->candidates, NULL));
}

/** A card that only its vendor's module can use is looked at, and never chosen. */
static void
test_card_that_needs_a_module (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_AKIS_3));

  session_fixture_await_candidates (fixture, 1);
  assert_reason (fixture, 0, EONAY_CANDIDATE_MODULE_NEEDED, AKIS_NEEDS);
  g_assert_null (eonay_candidate_list_find_best (fixture->candidates, NULL));
}

static void
test_experimental_card (void)
{
  g_autoptr (SessionFixture) fixture = NULL;
  g_autoptr (SessionFixture) experimental = NULL;

  fixture = session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_AKIS_2));
  session_fixture_await_candidates (fixture, 2);
  assert_reason (fixture, 0, EONAY_CANDIDATE_MODULE_NEEDED, AKIS_NEEDS);
  g_clear_pointer (&fixture, session_fixture_free);

  experimental = session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_AKIS_2));
  eonay_reader_list_set_allow_experimental (experimental->readers, TRUE);
  session_fixture_await_candidates (experimental, 2);
  assert_reason (experimental, 0, EONAY_CANDIDATE_USABLE, "");
}

/** The card stays in, and nothing else happens. */
static void
test_experimental_at_once (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_AKIS_2));

  session_fixture_await_candidates (fixture, 2);
  assert_reason (fixture, 0, EONAY_CANDIDATE_MODULE_NEEDED, AKIS_NEEDS);
  eonay_reader_list_set_allow_experimental (fixture->readers, TRUE);
  assert_reason (fixture, 0, EONAY_CANDIDATE_USABLE, "");
  eonay_reader_list_set_allow_experimental (fixture->readers, FALSE);
  assert_reason (fixture, 0, EONAY_CANDIDATE_MODULE_NEEDED, AKIS_NEEDS);
}

static void
test_several_certificates (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_TWO));
  const char *second;

  session_fixture_await_candidates (fixture, 3);
  g_assert_true (eonay_candidate_is_usable (get (fixture, 0)));
  g_assert_true (eonay_candidate_is_usable (get (fixture, 1)));
  g_assert_true (eonay_candidate_get_reasons (get (fixture, 2)) &
                 EONAY_CANDIDATE_NOT_FOR_SIGNATURE);
  g_assert_null (eonay_candidate_list_find_best (fixture->candidates, NULL));
  g_assert_null (eonay_candidate_list_find_best (fixture->candidates, "another"));

  second = eonay_certificate_get_fingerprint (eonay_candidate_get_certificate (get (fixture, 1)));
  g_assert_true (eonay_candidate_list_find_best (fixture->candidates, second) == get (fixture, 1));
}

static void
resolve_for (SessionFixture *fixture, const char *person)
{
  g_autofree char *code = eonay_practice_portal_create (fixture->server, "login", 285, person,
                                                        NULL);
  g_autoptr (GError) error = NULL;

  eonay_session_resolve_async (fixture->session, fixture->portal, code, NULL,
                               session_fixture_take_result, fixture);
  error = session_fixture_finish (fixture);
  g_assert_no_error (error);
}

static void
test_portals_expectations (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_TWO));

  session_fixture_await_candidates (fixture, 3);
  resolve_for (fixture, "10000000146");
  g_assert_true (eonay_candidate_is_usable (get (fixture, 0)));
  g_assert_true (eonay_candidate_get_reasons (get (fixture, 2)) & EONAY_CANDIDATE_NOT_QUALIFIED);

  eonay_session_decline (fixture->session);
  eonay_session_reset (fixture->session);
  g_assert_false (eonay_candidate_get_reasons (get (fixture, 2)) & EONAY_CANDIDATE_NOT_QUALIFIED);

  resolve_for (fixture, "20000000046");
  assert_reason (fixture, 0, EONAY_CANDIDATE_OTHER_PERSON,
                 "Not the person whom the portal expects");
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, GString *log)
{
  g_string_append_printf (log, "%u-%u+%u ", position, removed, added);
}

static void
test_follows_cards (void)
{
  EonayPracticeCard *card = session_fixture_get_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (SessionFixture) fixture = session_fixture_new (NULL);
  g_autoptr (GString) log = g_string_new (NULL);
  EonayCandidate *kept;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->candidates)), ==, 0);
  g_signal_connect (fixture->candidates, "items-changed", G_CALLBACK (on_items_changed), log);
  eonay_practice_slots_set_card (fixture->slots, card);
  session_fixture_await_candidates (fixture, 2);
  g_assert_cmpstr (log->str, ==, "0-0+2 ");

  /* What a transaction does not change stays the same object. */
  kept = get (fixture, 0);
  resolve_for (fixture, NULL);
  g_assert_true (get (fixture, 0) == kept);
  g_assert_cmpstr (log->str, ==, "0-0+2 ");

  eonay_practice_slots_set_card (fixture->slots, NULL);
  session_fixture_await_candidates (fixture, 0);
  g_assert_cmpstr (log->str, ==, "0-0+2 0-2+0 ");
  g_signal_handlers_disconnect_by_data (fixture->candidates, log);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/candidates/usable-first-with-reasons", test_usable_first_with_reasons);
  g_test_add_func ("/session/candidates/every-reason", test_every_reason);
  g_test_add_func ("/session/candidates/blocked-card", test_blocked_card);
  g_test_add_func ("/session/candidates/card-that-needs-a-module", test_card_that_needs_a_module);
  g_test_add_func ("/session/candidates/only-listed", test_card_that_is_only_listed);
  g_test_add_func ("/session/candidates/experimental-card", test_experimental_card);
  g_test_add_func ("/session/candidates/experimental-card/at-once", test_experimental_at_once);
  g_test_add_func ("/session/candidates/several-certificates", test_several_certificates);
  g_test_add_func ("/session/candidates/portals-expectations", test_portals_expectations);
  g_test_add_func ("/session/candidates/follows-cards", test_follows_cards);

  return g_test_run ();
}
