#include "card/driver/eonay-card-options.h"
#include "support/session-fixture.h"

static EonayCandidate *
get (TestStage *stage, guint position)
{
  g_autoptr (EonayCandidate) candidate = g_list_model_get_item (G_LIST_MODEL (stage->candidates),
                                                                position);

  /* The list keeps it alive. */
  return candidate;
}

static void
assert_reason (TestStage *stage, guint position, EonayCandidateReasons reasons, const char *text)
{
  g_autofree char *described = eonay_candidate_describe_reason (get (stage, position));

  g_assert_cmpuint (eonay_candidate_get_reasons (get (stage, position)), ==, reasons);
  g_assert_cmpstr (described, ==, text);
}

static void
test_usable_first_with_reasons (void)
{
  g_autoptr (TestStage) stage = test_stage_new (test_stage_get_card (EONAY_PRACTICE_CARD_VALID));

  test_stage_await_candidates (stage, 2);
  assert_reason (stage, 0, EONAY_CANDIDATE_USABLE, "");
  assert_reason (stage, 1, EONAY_CANDIDATE_EXPIRED, "Expired");
  g_assert_true (eonay_candidate_list_find_best (stage->candidates, NULL) == get (stage, 0));
}

/* One is told in a row, all of them where there is room: the most important first. */
static void
test_every_reason (void)
{
  g_autoptr (TestStage) stage = test_stage_new (test_stage_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (EonayCandidate) candidate = NULL;
  g_autofree char *first = NULL;
  g_autofree char *all = NULL;
  g_autofree char *none = NULL;

  test_stage_await_candidates (stage, 2);
  candidate = eonay_candidate_new (eonay_candidate_get_token (get (stage, 0)),
                                   eonay_candidate_get_token_certificate (get (stage, 0)),
                                   eonay_candidate_get_certificate (get (stage, 0)),
                                   EONAY_CANDIDATE_PIN_BLOCKED | EONAY_CANDIDATE_EXPIRED);
  first = eonay_candidate_describe_reason (candidate);
  all = eonay_candidate_describe_reasons (candidate);
  none = eonay_candidate_describe_reasons (get (stage, 0));
  g_assert_cmpstr (first, ==, "Expired");
  g_assert_cmpstr (all, ==, "Expired\nPIN blocked");
  g_assert_cmpstr (none, ==, "");
}

static void
test_blocked_card (void)
{
  g_autoptr (TestStage) stage = test_stage_new (test_stage_get_card (EONAY_PRACTICE_CARD_BLOCKED));

  test_stage_await_candidates (stage, 1);
  /* The tries left are asked for a moment after the certificates. */
  while (eonay_candidate_is_usable (get (stage, 0)))
    g_main_context_iteration (NULL, TRUE);
  assert_reason (stage, 0, EONAY_CANDIDATE_PIN_BLOCKED, "PIN blocked");
  g_assert_null (eonay_candidate_list_find_best (stage->candidates, NULL));
}

#define AKIS_NEEDS "A driver module is needed (libakisp11.so)"

/** Nothing tells how it signs, nor whose module could. */
static void
test_card_that_is_only_listed (void)
{
  g_autoptr (TestStage) stage =
      test_stage_new (test_stage_get_card (EONAY_PRACTICE_CARD_LIST_ONLY));

  test_stage_await_candidates (stage, 1);
  assert_reason (stage, 0, EONAY_CANDIDATE_MODULE_NEEDED, "A driver module is needed");
  g_assert_null (eonay_candidate_list_find_best (stage->candidates, NULL));
}

/** A card that only its vendor's module can use is looked at, and never chosen. */
static void
test_card_that_needs_a_module (void)
{
  g_autoptr (TestStage) stage = test_stage_new (test_stage_get_card (EONAY_PRACTICE_CARD_AKIS_3));

  test_stage_await_candidates (stage, 1);
  assert_reason (stage, 0, EONAY_CANDIDATE_MODULE_NEEDED, AKIS_NEEDS);
  g_assert_null (eonay_candidate_list_find_best (stage->candidates, NULL));
}

static void
test_experimental_card (void)
{
  g_autoptr (TestStage) stage = NULL;
  g_autoptr (TestStage) experimental = NULL;

  stage = test_stage_new (test_stage_get_card (EONAY_PRACTICE_CARD_AKIS_2));
  test_stage_await_candidates (stage, 2);
  assert_reason (stage, 0, EONAY_CANDIDATE_MODULE_NEEDED, AKIS_NEEDS);
  g_clear_pointer (&stage, test_stage_free);

  eonay_card_options_set_experimental_akis (TRUE);
  experimental = test_stage_new (test_stage_get_card (EONAY_PRACTICE_CARD_AKIS_2));
  test_stage_await_candidates (experimental, 2);
  assert_reason (experimental, 0, EONAY_CANDIDATE_USABLE, "");
  eonay_card_options_set_experimental_akis (FALSE);
}

/** The card stays in, and nothing else happens. */
static void
test_experimental_at_once (void)
{
  g_autoptr (TestStage) stage = test_stage_new (test_stage_get_card (EONAY_PRACTICE_CARD_AKIS_2));

  test_stage_await_candidates (stage, 2);
  assert_reason (stage, 0, EONAY_CANDIDATE_MODULE_NEEDED, AKIS_NEEDS);
  eonay_card_options_set_experimental_akis (TRUE);
  eonay_reader_list_reconsider (stage->readers);
  assert_reason (stage, 0, EONAY_CANDIDATE_USABLE, "");
  eonay_card_options_set_experimental_akis (FALSE);
  eonay_reader_list_reconsider (stage->readers);
  assert_reason (stage, 0, EONAY_CANDIDATE_MODULE_NEEDED, AKIS_NEEDS);
}

static void
test_several_certificates (void)
{
  g_autoptr (TestStage) stage = test_stage_new (test_stage_get_card (EONAY_PRACTICE_CARD_TWO));
  const char *second;

  test_stage_await_candidates (stage, 3);
  g_assert_true (eonay_candidate_is_usable (get (stage, 0)));
  g_assert_true (eonay_candidate_is_usable (get (stage, 1)));
  g_assert_true (eonay_candidate_get_reasons (get (stage, 2)) & EONAY_CANDIDATE_NOT_FOR_SIGNATURE);
  g_assert_null (eonay_candidate_list_find_best (stage->candidates, NULL));
  g_assert_null (eonay_candidate_list_find_best (stage->candidates, "another"));

  second = eonay_certificate_get_fingerprint (eonay_candidate_get_certificate (get (stage, 1)));
  g_assert_true (eonay_candidate_list_find_best (stage->candidates, second) == get (stage, 1));
}

static void
resolve_for (TestStage *stage, const char *person)
{
  g_autofree char *code = eonay_practice_portal_create (stage->server, "login", 285, person, NULL);
  g_autoptr (GError) error = NULL;

  eonay_session_resolve_async (stage->session, stage->portal, code, NULL, test_stage_take_result,
                               stage);
  error = test_stage_finish (stage);
  g_assert_no_error (error);
}

static void
test_portals_expectations (void)
{
  g_autoptr (TestStage) stage = test_stage_new (test_stage_get_card (EONAY_PRACTICE_CARD_TWO));

  test_stage_await_candidates (stage, 3);
  resolve_for (stage, "10000000146");
  g_assert_true (eonay_candidate_is_usable (get (stage, 0)));
  g_assert_true (eonay_candidate_get_reasons (get (stage, 2)) & EONAY_CANDIDATE_NOT_QUALIFIED);

  eonay_session_decline (stage->session);
  eonay_session_reset (stage->session);
  g_assert_false (eonay_candidate_get_reasons (get (stage, 2)) & EONAY_CANDIDATE_NOT_QUALIFIED);

  resolve_for (stage, "20000000046");
  assert_reason (stage, 0, EONAY_CANDIDATE_OTHER_PERSON, "Not the person whom the portal expects");
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
  EonayPracticeCard *card = test_stage_get_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (TestStage) stage = test_stage_new (NULL);
  g_autoptr (GString) log = g_string_new (NULL);
  EonayCandidate *kept;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stage->candidates)), ==, 0);
  g_signal_connect (stage->candidates, "items-changed", G_CALLBACK (on_items_changed), log);
  eonay_practice_slots_set_card (stage->slots, card);
  test_stage_await_candidates (stage, 2);
  g_assert_cmpstr (log->str, ==, "0-0+2 ");

  /* What a transaction does not change stays the same object. */
  kept = get (stage, 0);
  resolve_for (stage, NULL);
  g_assert_true (get (stage, 0) == kept);
  g_assert_cmpstr (log->str, ==, "0-0+2 ");

  eonay_practice_slots_set_card (stage->slots, NULL);
  test_stage_await_candidates (stage, 0);
  g_assert_cmpstr (log->str, ==, "0-0+2 0-2+0 ");
  g_signal_handlers_disconnect_by_data (stage->candidates, log);
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
