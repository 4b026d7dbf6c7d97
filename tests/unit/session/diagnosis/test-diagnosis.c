#include <locale.h>
#include <string.h>

#include "eonay-config.h"
#include "session/diagnosis/eonay-diagnosis-report.h"
#include "support/session-fixture.h"

/* The diagnosis as a whole, on a practice portal and a practice card. */

static GListModel *
list_portals (SessionFixture *fixture)
{
  GListStore *portals = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);

  g_list_store_append (portals, eonay_portal_get_profile (fixture->portal));

  return G_LIST_MODEL (portals);
}

static EonayDiagnosis *
new_diagnosis (SessionFixture *fixture)
{
  g_autoptr (GListModel) portals = list_portals (fixture);

  return eonay_diagnosis_new (fixture->readers, portals, TRUE, NULL);
}

static void
run (EonayDiagnosis *diagnosis)
{
  eonay_diagnosis_run (diagnosis);
  g_assert_true (eonay_diagnosis_is_running (diagnosis));
  g_assert_false (eonay_diagnosis_can_sign (diagnosis));
  while (eonay_diagnosis_is_running (diagnosis))
    g_main_context_iteration (NULL, TRUE);
}

static EonayFindingState
get_state (EonayDiagnosis *diagnosis, const char *id)
{
  return eonay_check_get_state (eonay_diagnosis_find (diagnosis, id));
}

static void
count_changes (GObject *check, GParamSpec *pspec, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_ready (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (EonayDiagnosis) diagnosis = new_diagnosis (fixture);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (diagnosis));
  guint changes = 0;

  g_assert_cmpint (get_state (diagnosis, "pin"), ==, EONAY_FINDING_PENDING);
  g_signal_connect (eonay_diagnosis_find (diagnosis, "pin"), "notify::state",
                    G_CALLBACK (count_changes), &changes);
  run (diagnosis);
  g_assert_true (eonay_diagnosis_can_sign (diagnosis));
  g_assert_cmpuint (changes, >=, 1);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (EonayCheck) check = g_list_model_get_item (G_LIST_MODEL (diagnosis), i);

      g_test_message ("%s", eonay_check_get_id (check));
      g_assert_cmpint (eonay_check_get_state (check), >=, EONAY_FINDING_NOT_APPLICABLE);
      g_assert_cmpint (eonay_check_get_state (check), <=, EONAY_FINDING_OK);
    }
  g_assert_cmpint (session_fixture_ask_tries (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID)),
                   ==, 3);

  /* The same objects in the next run. */
  run (diagnosis);
  g_assert_true (eonay_diagnosis_can_sign (diagnosis));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (diagnosis)), ==, n);
}

static void
test_card_in_trouble (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_BLOCKED));
  g_autoptr (EonayDiagnosis) diagnosis = new_diagnosis (fixture);

  run (diagnosis);
  g_assert_false (eonay_diagnosis_can_sign (diagnosis));
  g_assert_cmpint (get_state (diagnosis, "pin"), ==, EONAY_FINDING_FAILURE);
  g_assert_cmpint (get_state (diagnosis, "certificate"), ==, EONAY_FINDING_OK);

  eonay_practice_slots_set_card (fixture->slots,
                                 session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  run (diagnosis);
  g_assert_true (eonay_diagnosis_can_sign (diagnosis));

  eonay_practice_slots_set_card (fixture->slots, NULL);
  run (diagnosis);
  g_assert_false (eonay_diagnosis_can_sign (diagnosis));
  g_assert_cmpint (get_state (diagnosis, "card"), ==, EONAY_FINDING_FAILURE);
}

static void
test_without_portal (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (GListStore) none = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);
  g_autoptr (EonayDiagnosis) diagnosis = eonay_diagnosis_new (fixture->readers, G_LIST_MODEL (none),
                                                              TRUE, NULL);

  run (diagnosis);
  g_assert_false (eonay_diagnosis_can_sign (diagnosis));
  g_assert_cmpint (get_state (diagnosis, "portal"), ==, EONAY_FINDING_FAILURE);
}

/* One portal that serves is enough, but each is told of. */
static void
test_two_portals (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (EonayPortalProfile) broken =
      eonay_portal_profile_new ("bozuk", "Bozuk", "https://localhost:1/", NULL, TRUE, NULL);
  g_autoptr (GListModel) portals = list_portals (fixture);
  g_autoptr (EonayDiagnosis) diagnosis = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *report = NULL;

  g_list_store_insert (G_LIST_STORE (portals), 0, broken);
  diagnosis = eonay_diagnosis_new (fixture->readers, portals, TRUE, NULL);
  run (diagnosis);
  g_assert_cmpint (get_state (diagnosis, "portal"), ==, EONAY_FINDING_FAILURE);
  g_assert_true (eonay_diagnosis_can_sign (diagnosis));
  report = eonay_diagnosis_report (diagnosis, now);
  g_assert_nonnull (strstr (report, "✗ Connection to the portal · Bozuk · AG-01\n"));
}

static gint64
read_boottime (gpointer user_data)
{
  return eonay_clock_boottime (NULL);
}

static GDateTime *
read_late (gpointer user_data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_add_hours (now, 2);
}

static void
test_clock_off (void)
{
  static const EonayClock late = { read_boottime, read_late, NULL };
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (GListModel) portals = list_portals (fixture);
  g_autoptr (EonayDiagnosis) diagnosis = eonay_diagnosis_new (fixture->readers, portals, TRUE,
                                                              &late);

  run (diagnosis);
  g_assert_cmpint (get_state (diagnosis, "clock"), ==, EONAY_FINDING_FAILURE);
  g_assert_cmpint (get_state (diagnosis, "certificate"), ==, EONAY_FINDING_OK);
  g_assert_false (eonay_diagnosis_can_sign (diagnosis));
}

static void
test_stop (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (EonayDiagnosis) diagnosis = new_diagnosis (fixture);

  eonay_diagnosis_run (diagnosis);
  eonay_diagnosis_stop (diagnosis);
  g_assert_false (eonay_diagnosis_is_running (diagnosis));
  g_assert_false (eonay_diagnosis_can_sign (diagnosis));
  g_assert_cmpint (get_state (diagnosis, "portal"), ==, EONAY_FINDING_PENDING);

  /* What was stopped does not meddle with the next run. */
  run (diagnosis);
  g_assert_true (eonay_diagnosis_can_sign (diagnosis));
  g_assert_finalize_object (g_steal_pointer (&diagnosis));
}

/* A card that takes its time is known by then, but its PIN is not. */
static void
test_stop_before_pins (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (EonayDiagnosis) diagnosis = new_diagnosis (fixture);

  run (diagnosis);
  eonay_practice_slots_set_delay (fixture->slots, 2000);
  eonay_diagnosis_run (diagnosis);
  while (get_state (diagnosis, "portal") == EONAY_FINDING_PENDING ||
         get_state (diagnosis, "driver") == EONAY_FINDING_PENDING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (eonay_diagnosis_is_running (diagnosis));
  g_assert_cmpint (get_state (diagnosis, "driver"), ==, EONAY_FINDING_OK);
  eonay_diagnosis_stop (diagnosis);
  g_assert_cmpint (get_state (diagnosis, "pin"), ==, EONAY_FINDING_PENDING);
  g_assert_false (eonay_diagnosis_can_sign (diagnosis));
  eonay_practice_slots_set_delay (fixture->slots, 0);
}

/* One that goes on answering is waited for, however long all of it takes. */
static void
test_slow_card (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (EonayDiagnosis) diagnosis = new_diagnosis (fixture);

  run (diagnosis);
  eonay_practice_slots_set_delay (fixture->slots, 2500);
  run (diagnosis);
  g_assert_cmpint (get_state (diagnosis, "card"), ==, EONAY_FINDING_OK);
  g_assert_cmpint (get_state (diagnosis, "pin"), ==, EONAY_FINDING_OK);
  eonay_practice_slots_set_delay (fixture->slots, 0);
}

/* What it said when it was read proves nothing now. */
static void
test_silent_card (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (EonayDiagnosis) diagnosis = new_diagnosis (fixture);

  run (diagnosis);
  eonay_practice_slots_set_delay (fixture->slots, 8000);
  run (diagnosis);
  g_assert_cmpint (get_state (diagnosis, "card"), ==, EONAY_FINDING_OK);
  g_assert_cmpint (get_state (diagnosis, "pin"), ==, EONAY_FINDING_UNKNOWN);
  g_assert_cmpstr (eonay_check_get_finding (eonay_diagnosis_find (diagnosis, "pin"))->code, ==,
                   "KART-10");
  g_assert_false (eonay_diagnosis_can_sign (diagnosis));
  eonay_practice_slots_set_delay (fixture->slots, 0);
}

static void
await_running (EonayDiagnosis *diagnosis, gboolean running)
{
  while (eonay_diagnosis_is_running (diagnosis) != running)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
set_true (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Longer than it takes to find that a card has gone. */
static void
assert_stays (EonayDiagnosis *diagnosis, gboolean running)
{
  gboolean is_over = FALSE;

  g_timeout_add (1500, set_true, &is_over);
  while (!is_over)
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (eonay_diagnosis_is_running (diagnosis), ==, running);
    }
}

/* By itself, when a card comes or goes. */
static void
test_follow (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (EonayDiagnosis) diagnosis = new_diagnosis (fixture);

  eonay_diagnosis_follow (diagnosis);
  run (diagnosis);
  assert_stays (diagnosis, FALSE);
  eonay_practice_slots_set_card (fixture->slots, NULL);
  await_running (diagnosis, TRUE);
  await_running (diagnosis, FALSE);
  g_assert_cmpint (get_state (diagnosis, "card"), ==, EONAY_FINDING_FAILURE);

  /* Another one in its place. */
  eonay_practice_slots_set_card (fixture->slots,
                                 session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  await_running (diagnosis, TRUE);
  await_running (diagnosis, FALSE);
  g_assert_true (eonay_diagnosis_can_sign (diagnosis));

  /* Not once it was stopped. */
  eonay_diagnosis_stop (diagnosis);
  eonay_practice_slots_set_card (fixture->slots, NULL);
  assert_stays (diagnosis, FALSE);
}

/* While a portal keeps silent, a card that was found goes: no run begins before that one ends. */
static void
test_follow_later (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID));
  g_autoptr (GSocketListener) silent = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (silent, NULL, NULL);
  g_autofree char *base_url = g_strdup_printf ("https://localhost:%u/", port);
  g_autoptr (EonayPortalProfile) profile = eonay_portal_profile_new ("sessiz", "Sessiz", base_url,
                                                                     NULL, TRUE, NULL);
  g_autoptr (GListStore) portals = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);
  g_autoptr (EonayDiagnosis) diagnosis = NULL;

  g_list_store_append (portals, profile);
  diagnosis = eonay_diagnosis_new (fixture->readers, G_LIST_MODEL (portals), TRUE, NULL);
  eonay_diagnosis_follow (diagnosis);
  eonay_diagnosis_run (diagnosis);
  while (get_state (diagnosis, "pin") == EONAY_FINDING_PENDING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (get_state (diagnosis, "card"), ==, EONAY_FINDING_OK);
  eonay_practice_slots_set_card (fixture->slots, NULL);
  assert_stays (diagnosis, TRUE);
  g_assert_cmpint (get_state (diagnosis, "card"), ==, EONAY_FINDING_OK);
  g_socket_listener_close (silent);
  while (get_state (diagnosis, "card") != EONAY_FINDING_FAILURE)
    g_main_context_iteration (NULL, TRUE);
  await_running (diagnosis, FALSE);
}

static void
test_report (void)
{
  g_autoptr (SessionFixture) fixture =
      session_fixture_new (session_fixture_get_card (EONAY_PRACTICE_CARD_BLOCKED));
  g_autoptr (EonayDiagnosis) diagnosis = new_diagnosis (fixture);
  g_autoptr (GDateTime) now = g_date_time_new_local (2026, 6, 1, 9, 30, 0);
  g_autofree char *report = NULL;

  run (diagnosis);
  report = eonay_diagnosis_report (diagnosis, now);
  g_test_message ("%s", report);
  g_assert_nonnull (strstr (report, "01.06.2026 09:30:00\n"));
  g_assert_nonnull (strstr (report, "\nFor the helpdesk: PIN-02 · e-Onay " EONAY_VERSION
                                    " · Practice reader: PKCS#15 (DENEME)\n"));
  g_assert_nonnull (strstr (report, "\n✗ PIN · PIN-02\n    The PIN is blocked.\n    → Unblock"));
  g_assert_nonnull (strstr (report, "\n✓ Card reader\n"));
  g_assert_true (g_str_has_suffix (report, "\nNo signature could be made now.\n"));
  g_assert_null (strstr (report, "AYŞE"));
  g_assert_null (strstr (report, "10000000146"));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnosis/ready", test_ready);
  g_test_add_func ("/diagnosis/card-in-trouble", test_card_in_trouble);
  g_test_add_func ("/diagnosis/without-portal", test_without_portal);
  g_test_add_func ("/diagnosis/two-portals", test_two_portals);
  g_test_add_func ("/diagnosis/clock-off", test_clock_off);
  g_test_add_func ("/diagnosis/stop", test_stop);
  g_test_add_func ("/diagnosis/stop-before-pins", test_stop_before_pins);
  g_test_add_func ("/diagnosis/slow-card", test_slow_card);
  g_test_add_func ("/diagnosis/silent-card", test_silent_card);
  g_test_add_func ("/diagnosis/follow", test_follow);
  g_test_add_func ("/diagnosis/follow-later", test_follow_later);
  g_test_add_func ("/diagnosis/report", test_report);

  return g_test_run ();
}
