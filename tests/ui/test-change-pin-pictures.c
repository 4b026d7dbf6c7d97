#include <libintl.h>

#include "eonay-appearance.h"
#include "eonay-pin-dialog-fixture.h"

/* The change of a PIN and the unblocking in Turkish, light and dark: to be looked at. */

static void
picture (EonayPinDialogFixture *bench, const char *page, const EonayAppearance *look)
{
  g_autofree char *name = g_strdup_printf ("%s-%s", page, look->name);

  eonay_window_fixture_save_picture (bench->dialog, name);
}

static void
type_all (EonayPinDialogFixture *bench, const char *presented, const char *value,
          const char *new_pin)
{
  eonay_pin_dialog_fixture_type (bench, gettext (presented), value);
  eonay_pin_dialog_fixture_type (bench, gettext ("New PIN"), new_pin);
  eonay_pin_dialog_fixture_type (bench, gettext ("New PIN again"), new_pin);
}

static void
slow_down (EonayPinDialogFixture *bench, guint milliseconds)
{
  EonayPractice *practice = eonay_window_fixture_get_practice (&bench->stage);

  eonay_practice_slots_set_delay (eonay_practice_get_slots (practice), milliseconds);
}

static void
take_change (EonayPinDialogFixture *bench, const EonayAppearance *look)
{
  eonay_pin_dialog_fixture_begin (bench, EONAY_TOKEN_REQUEST_CHANGE_PIN);
  eonay_pin_dialog_fixture_await (bench, "Kalan deneme: 3");
  picture (bench, "50-change", look);
  type_all (bench, "Present PIN", "123456", "100000");
  g_signal_emit_by_name (eonay_pin_dialog_fixture_find_entry (bench, gettext ("New PIN")),
                         "activate");
  picture (bench, "51-change-weak", look);
  type_all (bench, "Present PIN", "999999", "864209");
  slow_down (bench, 500);
  eonay_pin_dialog_fixture_click (bench, gettext ("Change PIN"));
  picture (bench, "52-change-busy", look);
  slow_down (bench, 0);
  eonay_pin_dialog_fixture_await (bench, "PIN yanlış; kalan deneme: 2.");
  picture (bench, "53-change-wrong", look);
  type_all (bench, "Present PIN", "123456", "864209");
  eonay_pin_dialog_fixture_click (bench, gettext ("Change PIN"));
  eonay_pin_dialog_fixture_await (bench, gettext ("The PIN has been changed."));
  picture (bench, "54-change-done", look);
  eonay_pin_dialog_fixture_end (bench);
}

static void
take_unblock (EonayPinDialogFixture *bench, const EonayAppearance *look)
{
  eonay_pin_dialog_fixture_begin (bench, EONAY_TOKEN_REQUEST_CHANGE_PIN);
  eonay_pin_dialog_fixture_await (bench, "PIN-02");
  picture (bench, "55-blocked", look);
  eonay_pin_dialog_fixture_click (bench, gettext ("Unblock with the PUK"));
  eonay_pin_dialog_fixture_await (bench, "Kalan deneme: 3");
  picture (bench, "56-unblock", look);
  for (int left = 2; left > 0; left--)
    {
      g_autofree char *wrong = g_strdup_printf ("PUK yanlış; kalan deneme: %d.", left);

      type_all (bench, "PUK", "99999999", "864209");
      eonay_pin_dialog_fixture_click (bench, gettext ("Unblock"));
      eonay_pin_dialog_fixture_await (bench, wrong);
    }
  picture (bench, "57-unblock-last", look);
  type_all (bench, "PUK", "99999999", "864209");
  eonay_pin_dialog_fixture_click (bench, gettext ("Unblock"));
  picture (bench, "58-unblock-confirm", look);
  eonay_pin_dialog_fixture_click (bench, gettext ("I am sure"));
  eonay_pin_dialog_fixture_await (bench, "PIN-06");
  picture (bench, "59-puk-blocked", look);
  eonay_pin_dialog_fixture_end (bench);
}

static gboolean
is_on_reader (gpointer token)
{
  return eonay_token_get_new_pin_entry (token, EONAY_TOKEN_REQUEST_UNBLOCK) ==
         EONAY_PIN_ENTRY_READER;
}

static void
take_keypad (EonayPinDialogFixture *bench, const EonayAppearance *look)
{
  eonay_window_fixture_wait (is_on_reader, bench->token);
  eonay_pin_dialog_fixture_begin (bench, EONAY_TOKEN_REQUEST_UNBLOCK);
  picture (bench, "60-reader", look);
  eonay_pin_dialog_fixture_click (bench, gettext ("Unblock"));
  picture (bench, "61-reader-typing", look);
  eonay_pin_dialog_fixture_await (bench, "PUK yanlış; kalan deneme: 2.");
  picture (bench, "62-reader-wrong", look);
  eonay_practice_controller_insert (bench->stage.controller, -1);
  eonay_pin_dialog_fixture_await (bench, "KART-07");
  picture (bench, "63-pulled", look);
}

static void
test_dialog (gconstpointer user_data)
{
  const EonayAppearance *look = user_data;
  EonayPinDialogFixture bench;

  eonay_appearance_set (look);
  eonay_pin_dialog_fixture_open (&bench, EONAY_PRACTICE_CARD_VALID, look->width, look->height);
  take_change (&bench, look);
  eonay_pin_dialog_fixture_close (&bench);

  eonay_pin_dialog_fixture_open (&bench, EONAY_PRACTICE_CARD_BLOCKED, look->width, look->height);
  take_unblock (&bench, look);
  eonay_pin_dialog_fixture_close (&bench);

  g_setenv ("EONAY_PRACTICE_PIN_PAD", "99999999,864209,864209", TRUE);
  eonay_pin_dialog_fixture_open (&bench, EONAY_PRACTICE_CARD_AKIS_1_2, look->width, look->height);
  take_keypad (&bench, look);
  g_unsetenv ("EONAY_PRACTICE_PIN_PAD");
  eonay_pin_dialog_fixture_close (&bench);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  for (gsize i = 0; i < EONAY_N_LOOKS; i++)
    {
      g_autofree char *path = g_strconcat ("/window/order/pictures/", eonay_looks[i].name, NULL);

      g_test_add_data_func (path, &eonay_looks[i], test_dialog);
    }

  return g_test_run ();
}
