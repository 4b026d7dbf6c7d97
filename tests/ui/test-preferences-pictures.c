#include <libintl.h>

#include "app/preferences/eonay-module-group.h"
#include "app/preferences/eonay-portal-group.h"
#include "session/eonay-settings.h"
#include "support/window/eonay-appearance.h"
#include "support/window/preferences-fixture.h"

/* Preferences, and the large countdown, in Turkish: to be looked at. */

static void
picture (GtkWidget *window, const char *page, const EonayAppearance *appearance)
{
  g_autofree char *name = g_strdup_printf ("%s-%s", page, appearance->name);

  eonay_window_fixture_save_picture (window, name);
}

static void
add (PreferencesFixture *fixture, const char *text)
{
  GtkWidget *group = eonay_window_fixture_find (fixture->window, EONAY_TYPE_PORTAL_GROUP, NULL);
  g_autoptr (GFile) file = preferences_fixture_write (fixture, "given.json", text);

  eonay_portal_group_add (EONAY_PORTAL_GROUP (group), file);
  eonay_window_fixture_settle (fixture->window);
}

static void
take_free (const EonayAppearance *appearance)
{
  PreferencesFixture fixture;
  const char *picked[] = { NULL, "/opt/Akia/libakisp11.so", NULL };
  g_autoptr (GFile) text = NULL;

  preferences_fixture_open (&fixture, NULL, NULL, MIN (appearance->width, 640),
                            MIN (appearance->height, 640));
  picture (fixture.window, "60-preferences", appearance);
  add (&fixture, "{\"id\":\"kurum\",\"name\":\"Millî Eğitim Sertifika Portalı\","
                 "\"base_url\":\"https://imza.kurum.example/api/\"}");
  add (&fixture, "{}");
  picture (fixture.window, "61-preferences-portals", appearance);

  picked[0] = fixture.module;
  preferences_fixture_show_page (&fixture, "cards");
  picture (fixture.window, "62-preferences-cards", appearance);
  g_settings_set_strv (fixture.settings, "pkcs11-modules", picked);
  preferences_fixture_wait (&fixture);
  text = preferences_fixture_write (&fixture, "metin.so", "metin");
  eonay_module_group_add (EONAY_MODULE_GROUP (eonay_window_fixture_find (
                              fixture.window, EONAY_TYPE_MODULE_GROUP, NULL)),
                          text);
  preferences_fixture_wait (&fixture);
  picture (fixture.window, "63-preferences-modules", appearance);
  preferences_fixture_close (&fixture);
}

static void
take_locked (const EonayAppearance *appearance)
{
  PreferencesFixture fixture;

  preferences_fixture_open (&fixture,
                            "[io/github/eonay/Eonay]\nportal='bakanlik'\nlarge-countdown=true\n",
                            "/io/github/eonay/Eonay/portal\n/io/github/eonay/Eonay/history\n"
                            "/io/github/eonay/Eonay/history-keeps-text\n"
                            "/io/github/eonay/Eonay/large-countdown\n"
                            "/io/github/eonay/Eonay/experimental-akis\n"
                            "/io/github/eonay/Eonay/pkcs11-modules\n",
                            MIN (appearance->width, 640), MIN (appearance->height, 640));
  picture (fixture.window, "64-preferences-locked", appearance);
  preferences_fixture_show_page (&fixture, "cards");
  picture (fixture.window, "65-preferences-cards-locked", appearance);
  preferences_fixture_close (&fixture);
}

static gboolean
has_candidate (gpointer user_data)
{
  return eonay_session_get_candidate (user_data) != NULL;
}

static void
take_countdown (const EonayAppearance *appearance)
{
  g_autoptr (GSettings) settings = eonay_settings_new ();
  EonayWindowFixture fixture;

  g_settings_set_boolean (settings, "large-countdown", TRUE);
  eonay_window_fixture_open (&fixture, appearance->width, appearance->height);
  eonay_window_take_practice_code (fixture.window, "e-onay");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_REVIEWING);
  eonay_window_fixture_wait (has_candidate, fixture.session);
  picture (GTK_WIDGET (fixture.window), "66-large-countdown", appearance);
  eonay_session_mark_seen (fixture.session, 0);
  g_assert_true (eonay_session_ask_pin (fixture.session, NULL));
  eonay_window_fixture_settle (GTK_WIDGET (fixture.window));
  picture (eonay_window_fixture_find_pin_dialog (), "67-large-countdown-pin", appearance);
  eonay_session_cancel_pin (fixture.session);
  eonay_session_decline (fixture.session);
  eonay_window_fixture_close (&fixture);
  g_settings_reset (settings, "large-countdown");
}

static void
test_preferences (gconstpointer user_data)
{
  const EonayAppearance *appearance = user_data;

  eonay_appearance_set (appearance);
  take_free (appearance);
  take_locked (appearance);
  take_countdown (appearance);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  for (guint i = 0; eonay_appearance_get (i) != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/preferences/pictures/", eonay_appearance_get (i)->name,
                                           NULL);

      g_test_add_data_func (path, eonay_appearance_get (i), test_preferences);
    }

  return g_test_run ();
}
