#include <libintl.h>

#include "session/eonay-settings.h"
#include "support/window/eonay-appearance.h"
#include "support/window/unblock-driver.h"

/* Kilit Çözme through the portal in Turkish, each page, to be looked at. */

#define NEW_PIN "482916"

static void
picture (GtkWidget *window, const char *page, const EonayAppearance *appearance)
{
  g_autofree char *name = g_strdup_printf ("%s-%s", page, appearance->name);

  eonay_window_fixture_save_picture (window, name);
}

static void
fit (GtkWidget *dialog, const EonayAppearance *appearance)
{
  gtk_window_set_default_size (GTK_WINDOW (dialog), MIN (appearance->width, 400),
                               appearance->dpi > 96 ? 700 : 600);
}

/* With letters in the code, and with the clocks for people who see badly. */
static void
take_sms_page (GtkWidget *dialog, const EonayAppearance *appearance)
{
  g_autoptr (GSettings) settings = eonay_settings_new ();

  g_settings_set_boolean (settings, "large-countdown", TRUE);
  unblock_driver_type (dialog, "12a4");
  picture (dialog, "71-unblock-sms-letters-large-clocks", appearance);
  g_settings_reset (settings, "large-countdown");
}

static void
take_backend (EonayWindowFixture *fixture, const EonayAppearance *appearance)
{
  GtkWidget *dialog = unblock_driver_open (fixture);

  fit (dialog, appearance);
  picture (dialog, "60-unblock-code", appearance);
  eonay_practice_controller_insert (fixture->controller, EONAY_PRACTICE_CARD_VALID);
  unblock_driver_enter_code (
      fixture, dialog, &(EonayPracticeUnblockWish){ .card_serial = "00112233445566778899" }, NULL);
  unblock_driver_await (dialog, gettext ("Insert the card"));
  eonay_window_fixture_settle (dialog);
  picture (dialog, "61-unblock-card", appearance);
  gtk_window_destroy (GTK_WINDOW (dialog));
  eonay_window_fixture_settle (GTK_WIDGET (fixture->window));

  dialog = unblock_driver_open (fixture);
  fit (dialog, appearance);
  unblock_driver_enter_code (fixture, dialog, NULL, NULL);
  unblock_driver_await (dialog, gettext ("Security word"));
  picture (dialog, "62-unblock-word", appearance);
  unblock_driver_type (dialog, "YANLISSO");
  unblock_driver_press (dialog, gettext ("Co_ntinue"));
  unblock_driver_await (dialog, gettext ("Security word"));
  picture (dialog, "64-unblock-word-wrong", appearance);
  unblock_driver_word (fixture, dialog);
  unblock_driver_await (dialog, gettext ("SMS code"));
  picture (dialog, "65-unblock-sms", appearance);
  take_sms_page (dialog, appearance);
  unblock_driver_type (dialog, "000000");
  unblock_driver_press (dialog, gettext ("Co_ntinue"));
  unblock_driver_await (dialog, gettext ("What the new PIN has to be like:"));
  picture (dialog, "66-unblock-pin", appearance);
  unblock_driver_new_pin (dialog, NEW_PIN);
  unblock_driver_await (dialog, gettext ("SMS code"));
  picture (dialog, "67-unblock-sms-wrong", appearance);
  eonay_practice_slots_set_delay (
      eonay_practice_get_slots (eonay_window_fixture_get_practice (fixture)), 300);
  unblock_driver_sms (fixture, dialog);
  unblock_driver_await (dialog, gettext ("The card is being unblocked. Leave it in the reader."));
  picture (dialog, "63-unblock-busy", appearance);
  unblock_driver_await (dialog, gettext ("The card is unblocked"));
  unblock_driver_await (dialog, gettext ("The portal knows."));
  picture (dialog, "68-unblock-done", appearance);
  gtk_window_close (GTK_WINDOW (dialog));
}

/* The portal gives a wrong PUK, until only one more may be wrong. */
static void
take_wrong_puks (EonayWindowFixture *fixture, const EonayAppearance *appearance)
{
  for (int i = 0; i < 3; i++)
    {
      GtkWidget *dialog = unblock_driver_open (fixture);

      fit (dialog, appearance);
      unblock_driver_enter_code (fixture, dialog, NULL, "puk-wrong");
      unblock_driver_word (fixture, dialog);
      unblock_driver_sms (fixture, dialog);
      unblock_driver_new_pin (dialog, NEW_PIN);
      unblock_driver_await (dialog,
                            i < 2 ? gettext ("The card is not unblocked") : gettext ("Last try!"));
      eonay_window_fixture_settle (dialog);
      picture (dialog, i < 2 ? "69-unblock-wrong-puk" : "70-unblock-last-try", appearance);
      gtk_window_destroy (GTK_WINDOW (dialog));
      eonay_window_fixture_settle (GTK_WIDGET (fixture->window));
    }
}

static void
test_appearance (gconstpointer user_data)
{
  const EonayAppearance *appearance = user_data;
  EonayWindowFixture fixture;

  eonay_appearance_set (appearance);
  eonay_window_fixture_open (&fixture, appearance->width, appearance->height);
  take_backend (&fixture, appearance);
  take_wrong_puks (&fixture, appearance);
  eonay_window_fixture_close (&fixture);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  for (guint i = 0; eonay_appearance_get (i) != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/window/unblock-pictures/",
                                           eonay_appearance_get (i)->name, NULL);

      g_test_add_data_func (path, eonay_appearance_get (i), test_appearance);
    }

  return g_test_run ();
}
