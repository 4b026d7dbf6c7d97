#include "portal/eonay-portal-profile.h"
#include "practice/reader/eonay-practice-slots.h"
#include "session/eonay-settings.h"
#include "session/history/eonay-history.h"

static gboolean
is_allowed (EonayReaderList *readers)
{
  gboolean allowed;

  g_object_get (readers, "allow-experimental", &allowed, NULL);

  return allowed;
}

/* The readers know of the switch at the start, and follow it. */
static void
test_experimental_akis (void)
{
  g_autoptr (GSettings) settings = eonay_settings_new ();
  g_autoptr (EonayPracticeSlots) slots = eonay_practice_slots_new ();
  EonayReaderList *readers = eonay_reader_list_new (EONAY_SLOT_SOURCE (slots));
  g_autoptr (EonayReaderList) next = eonay_reader_list_new (EONAY_SLOT_SOURCE (slots));

  g_assert_nonnull (settings);
  eonay_settings_bind_readers (NULL, readers);
  eonay_settings_bind_readers (settings, readers);
  g_assert_false (is_allowed (readers));

  g_settings_set_boolean (settings, "experimental-akis", TRUE);
  g_assert_true (is_allowed (readers));

  g_assert_false (is_allowed (next));
  eonay_settings_bind_readers (settings, next);
  g_assert_true (is_allowed (next));

  g_settings_set_boolean (settings, "experimental-akis", FALSE);
  g_assert_false (is_allowed (readers));
  g_assert_false (is_allowed (next));
  g_assert_finalize_object (readers);
}

static void
test_portal (void)
{
  g_autoptr (GSettings) settings = eonay_settings_new ();
  g_autoptr (GListStore) profiles = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);
  g_autoptr (GListModel) offered = NULL;
  g_autofree char *last = NULL;
  g_autofree char *preset = NULL;

  g_assert_null (eonay_settings_dup_portal (NULL));
  g_assert_true (eonay_settings_has_own_portals (settings));
  g_assert_false (eonay_settings_has_own_portals (NULL)); /* whether it is locked is not known */
  g_settings_set_string (settings, "last-portal", "one");
  last = eonay_settings_dup_portal (settings);
  g_assert_cmpstr (last, ==, "one");
  g_settings_set_string (settings, "portal", "two");
  preset = eonay_settings_dup_portal (settings);
  g_assert_cmpstr (preset, ==, "two");

  /* Nobody has locked it: the others may be chosen, too. */
  g_assert_false (eonay_settings_is_locked (settings, "portal"));
  offered = eonay_settings_offer_portals (settings, G_LIST_MODEL (profiles));
  g_assert_true (offered == G_LIST_MODEL (profiles));
  g_settings_reset (settings, "portal");
  g_settings_reset (settings, "last-portal");
}

/* The person's own history follows the settings, and its switch sets them. */
static void
test_history (void)
{
  g_autoptr (GSettings) settings = eonay_settings_new ();
  EonayHistory *history = eonay_history_new_for_person ();
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "eonay", "history.db", NULL);
  GAction *power = eonay_history_create_switch (history);

  g_assert_cmpstr (eonay_history_get_path (history), ==, path);
  g_assert_true (eonay_history_is_enabled (history));
  g_assert_false (eonay_history_keeps_text (history));

  g_settings_set_boolean (settings, "history-keeps-text", TRUE);
  g_assert_true (eonay_history_keeps_text (history));
  g_action_activate (power, NULL);
  g_assert_false (g_settings_get_boolean (settings, "history"));
  g_assert_false (eonay_history_is_enabled (history));
  g_action_activate (power, NULL);
  g_assert_true (eonay_history_is_enabled (history));

  g_settings_reset (settings, "history");
  g_settings_reset (settings, "history-keeps-text");
  g_object_unref (power);
  g_assert_finalize_object (history);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/experimental-akis", test_experimental_akis);

  g_test_add_func ("/settings/portal", test_portal);
  g_test_add_func ("/settings/history", test_history);

  return g_test_run ();
}
