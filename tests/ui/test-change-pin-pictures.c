#include <libintl.h>

#include "support/window/eonay-appearance.h"
#include "support/window/eonay-pin-dialog-fixture.h"

/* The change of a PIN and the unblocking in Turkish, light and dark: to be looked at. */

static void
picture (EonayPinDialogFixture *dialog_fixture, const char *page, const EonayAppearance *appearance)
{
  g_autofree char *name = g_strdup_printf ("%s-%s", page, appearance->name);

  eonay_window_fixture_save_picture (dialog_fixture->dialog, name);
}

static void
type_all (EonayPinDialogFixture *dialog_fixture, const char *presented, const char *value,
          const char *new_pin)
{
  eonay_pin_dialog_fixture_type (dialog_fixture, gettext (presented), value);
  eonay_pin_dialog_fixture_type (dialog_fixture, gettext ("New PIN"), new_pin);
  eonay_pin_dialog_fixture_type (dialog_fixture, gettext ("New PIN again"), new_pin);
}

static void
slow_down (EonayPinDialogFixture *dialog_fixture, guint milliseconds)
{
  EonayPractice *practice = eonay_window_fixture_get_practice (&dialog_fixture->fixture);

  eonay_practice_slots_set_delay (eonay_practice_get_slots (practice), milliseconds);
}

static void
take_change (EonayPinDialogFixture *dialog_fixture, const EonayAppearance *appearance)
{
  eonay_pin_dialog_fixture_begin (dialog_fixture, EONAY_TOKEN_REQUEST_CHANGE_PIN);
  eonay_pin_dialog_fixture_await (dialog_fixture, "Kalan deneme: 3");
  picture (dialog_fixture, "50-change", appearance);
  type_all (dialog_fixture, "Present PIN", "123456", "100000");
  g_signal_emit_by_name (eonay_pin_dialog_fixture_find_entry (dialog_fixture, gettext ("New PIN")),
                         "activate");
  picture (dialog_fixture, "51-change-weak", appearance);
  type_all (dialog_fixture, "Present PIN", "999999", "864209");
  slow_down (dialog_fixture, 500);
  eonay_pin_dialog_fixture_click (dialog_fixture, gettext ("Change PIN"));
  picture (dialog_fixture, "52-change-busy", appearance);
  slow_down (dialog_fixture, 0);
  eonay_pin_dialog_fixture_await (dialog_fixture, "PIN yanlış; kalan deneme: 2.");
  picture (dialog_fixture, "53-change-wrong", appearance);
  type_all (dialog_fixture, "Present PIN", "123456", "864209");
  eonay_pin_dialog_fixture_click (dialog_fixture, gettext ("Change PIN"));
  eonay_pin_dialog_fixture_await (dialog_fixture, gettext ("The PIN has been changed."));
  picture (dialog_fixture, "54-change-done", appearance);
  eonay_pin_dialog_fixture_end (dialog_fixture);
}

static void
take_unblock (EonayPinDialogFixture *dialog_fixture, const EonayAppearance *appearance)
{
  eonay_pin_dialog_fixture_begin (dialog_fixture, EONAY_TOKEN_REQUEST_CHANGE_PIN);
  eonay_pin_dialog_fixture_await (dialog_fixture, "PIN-02");
  picture (dialog_fixture, "55-blocked", appearance);
  eonay_pin_dialog_fixture_click (dialog_fixture, gettext ("_Unblock with the PUK"));
  eonay_pin_dialog_fixture_await (dialog_fixture, "Kalan deneme: 3");
  picture (dialog_fixture, "56-unblock", appearance);
  for (int left = 2; left > 0; left--)
    {
      g_autofree char *wrong = g_strdup_printf ("PUK yanlış; kalan deneme: %d.", left);

      type_all (dialog_fixture, "PUK", "99999999", "864209");
      eonay_pin_dialog_fixture_click (dialog_fixture, gettext ("Unblock"));
      eonay_pin_dialog_fixture_await (dialog_fixture, wrong);
    }
  picture (dialog_fixture, "57-unblock-last", appearance);
  type_all (dialog_fixture, "PUK", "99999999", "864209");
  eonay_pin_dialog_fixture_click (dialog_fixture, gettext ("Unblock"));
  picture (dialog_fixture, "58-unblock-confirm", appearance);
  eonay_pin_dialog_fixture_click (dialog_fixture, gettext ("I _am sure"));
  eonay_pin_dialog_fixture_await (dialog_fixture, "PIN-06");
  picture (dialog_fixture, "59-puk-blocked", appearance);
  eonay_pin_dialog_fixture_end (dialog_fixture);
}

static gboolean
is_on_reader (gpointer token)
{
  return eonay_token_get_new_pin_entry (token, EONAY_TOKEN_REQUEST_UNBLOCK) ==
         EONAY_PIN_ENTRY_READER;
}

static void
take_keypad (EonayPinDialogFixture *dialog_fixture, const EonayAppearance *appearance)
{
  eonay_window_fixture_wait (is_on_reader, dialog_fixture->token);
  eonay_pin_dialog_fixture_begin (dialog_fixture, EONAY_TOKEN_REQUEST_UNBLOCK);
  picture (dialog_fixture, "60-reader", appearance);
  eonay_pin_dialog_fixture_click (dialog_fixture, gettext ("Unblock"));
  picture (dialog_fixture, "61-reader-typing", appearance);
  eonay_pin_dialog_fixture_await (dialog_fixture, "PUK yanlış; kalan deneme: 2.");
  picture (dialog_fixture, "62-reader-wrong", appearance);
  eonay_practice_controller_insert (dialog_fixture->fixture.controller, -1);
  eonay_pin_dialog_fixture_await (dialog_fixture, "KART-07");
  picture (dialog_fixture, "63-pulled", appearance);
}

static void
test_dialog (gconstpointer user_data)
{
  const EonayAppearance *appearance = user_data;
  EonayPinDialogFixture dialog_fixture;

  eonay_appearance_set (appearance);
  eonay_pin_dialog_fixture_open (&dialog_fixture, EONAY_PRACTICE_CARD_VALID, appearance->width,
                                 appearance->height);
  take_change (&dialog_fixture, appearance);
  eonay_pin_dialog_fixture_close (&dialog_fixture);

  eonay_pin_dialog_fixture_open (&dialog_fixture, EONAY_PRACTICE_CARD_BLOCKED, appearance->width,
                                 appearance->height);
  take_unblock (&dialog_fixture, appearance);
  eonay_pin_dialog_fixture_close (&dialog_fixture);

  g_setenv ("EONAY_PRACTICE_PIN_PAD", "99999999,864209,864209", TRUE);
  eonay_pin_dialog_fixture_open (&dialog_fixture, EONAY_PRACTICE_CARD_AKIS_1_2, appearance->width,
                                 appearance->height);
  take_keypad (&dialog_fixture, appearance);
  g_unsetenv ("EONAY_PRACTICE_PIN_PAD");
  eonay_pin_dialog_fixture_close (&dialog_fixture);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  for (guint i = 0; eonay_appearance_get (i) != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/window/change-pin/pictures/",
                                           eonay_appearance_get (i)->name, NULL);

      g_test_add_data_func (path, eonay_appearance_get (i), test_dialog);
    }

  return g_test_run ();
}
