#include <libintl.h>

#include "app/preferences/eonay-module-group.h"
#include "app/preferences/eonay-portal-group.h"
#include "eonay-appearance.h"
#include "preferences-fixture.h"
#include "session/eonay-settings.h"

/* Preferences, and the large countdown, in Turkish: to be looked at. */

static void
picture (GtkWidget *window, const char *page, const EonayAppearance *look)
{
  g_autofree char *name = g_strdup_printf ("%s-%s", page, look->name);

  eonay_window_fixture_save_picture (window, name);
}

static void
add (PreferencesStand *stand, const char *text)
{
  GtkWidget *group = eonay_window_fixture_find (stand->window, EONAY_TYPE_PORTAL_GROUP, NULL);
  g_autoptr (GFile) file = preferences_stand_write (stand, "given.json", text);

  eonay_portal_group_add (EONAY_PORTAL_GROUP (group), file);
  eonay_window_fixture_settle (stand->window);
}

static void
take_free (const EonayAppearance *look)
{
  PreferencesStand stand;
  const char *picked[] = { NULL, "/opt/Akia/libakisp11.so", NULL };
  g_autoptr (GFile) text = NULL;

  preferences_stand_open (&stand, NULL, NULL, MIN (look->width, 640), MIN (look->height, 640));
  picture (stand.window, "60-preferences", look);
  add (&stand, "{\"id\":\"kurum\",\"name\":\"Millî Eğitim Sertifika Portalı\","
               "\"base_url\":\"https://imza.kurum.example/api/\"}");
  add (&stand, "{}");
  picture (stand.window, "61-preferences-portals", look);

  picked[0] = stand.module;
  preferences_stand_show_page (&stand, "cards");
  picture (stand.window, "62-preferences-cards", look);
  g_settings_set_strv (stand.settings, "pkcs11-modules", picked);
  preferences_stand_wait (&stand);
  text = preferences_stand_write (&stand, "metin.so", "metin");
  eonay_module_group_add (
      EONAY_MODULE_GROUP (eonay_window_fixture_find (stand.window, EONAY_TYPE_MODULE_GROUP, NULL)),
      text);
  preferences_stand_wait (&stand);
  picture (stand.window, "63-preferences-modules", look);
  preferences_stand_close (&stand);
}

static void
take_locked (const EonayAppearance *look)
{
  PreferencesStand stand;

  preferences_stand_open (&stand,
                          "[io/github/eonay/Eonay]\nportal='bakanlik'\nlarge-countdown=true\n",
                          "/io/github/eonay/Eonay/portal\n/io/github/eonay/Eonay/history\n"
                          "/io/github/eonay/Eonay/history-keeps-text\n"
                          "/io/github/eonay/Eonay/large-countdown\n"
                          "/io/github/eonay/Eonay/experimental-akis\n"
                          "/io/github/eonay/Eonay/pkcs11-modules\n",
                          MIN (look->width, 640), MIN (look->height, 640));
  picture (stand.window, "64-preferences-locked", look);
  preferences_stand_show_page (&stand, "cards");
  picture (stand.window, "65-preferences-cards-locked", look);
  preferences_stand_close (&stand);
}

static gboolean
has_candidate (gpointer user_data)
{
  return eonay_session_get_candidate (user_data) != NULL;
}

static void
take_countdown (const EonayAppearance *look)
{
  g_autoptr (GSettings) settings = eonay_settings_new ();
  EonayWindowFixture stage;

  g_settings_set_boolean (settings, "large-countdown", TRUE);
  eonay_window_fixture_open (&stage, look->width, look->height);
  eonay_window_take_practice_code (stage.window, "e-onay");
  eonay_window_fixture_wait_for_state (&stage, EONAY_SESSION_REVIEWING);
  eonay_window_fixture_wait (has_candidate, stage.session);
  picture (GTK_WIDGET (stage.window), "66-large-countdown", look);
  eonay_session_mark_seen (stage.session, 0);
  g_assert_true (eonay_session_ask_pin (stage.session, NULL));
  eonay_window_fixture_settle (GTK_WIDGET (stage.window));
  picture (eonay_window_fixture_find_pin_dialog (), "67-large-countdown-pin", look);
  eonay_session_cancel_pin (stage.session);
  eonay_session_decline (stage.session);
  eonay_window_fixture_close (&stage);
  g_settings_reset (settings, "large-countdown");
}

static void
test_preferences (gconstpointer user_data)
{
  const EonayAppearance *look = user_data;

  eonay_appearance_set (look);
  take_free (look);
  take_locked (look);
  take_countdown (look);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  for (gsize i = 0; i < EONAY_N_LOOKS; i++)
    {
      g_autofree char *path = g_strconcat ("/preferences/pictures/", eonay_looks[i].name, NULL);

      g_test_add_data_func (path, &eonay_looks[i], test_preferences);
    }

  return g_test_run ();
}
