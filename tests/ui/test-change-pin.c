#include "app/pin/eonay-new-pin-box.h"
#include "app/pin/eonay-secret-row.h"
#include "support/window/eonay-pin-dialog-fixture.h"

#define OLD "Present PIN"
#define NEW "New PIN"
#define AGAIN "New PIN again"
#define GO "Change PIN"
#define KEYPAD "EONAY_PRACTICE_PIN_PAD"

static const guint8 select_pkcs15[] = { 0x00, 0xa4, 0x04, 0x00, 12,  0xa0, 0x00, 0x00, 0x00,
                                        0x63, 'P',  'K',  'C',  'S', '-',  '1',  '5' };

/* Returns: a status word */
static guint16
verify (EonayPinDialogFixture *dialog_fixture, guint8 reference, const char *pin)
{
  guint8 command[5 + 16] = { 0x00, 0x20, 0x00, reference, (guint8) strlen (pin) };

  memcpy (command + 5, pin, strlen (pin));
  eonay_pin_dialog_fixture_send (dialog_fixture, select_pkcs15, sizeof select_pkcs15);

  return eonay_pin_dialog_fixture_send (dialog_fixture, command, 5 + strlen (pin));
}

static void
open_change (EonayPinDialogFixture *dialog_fixture)
{
  eonay_pin_dialog_fixture_open (dialog_fixture, EONAY_PRACTICE_CARD_VALID, 720, 680);
  eonay_pin_dialog_fixture_begin (dialog_fixture, EONAY_TOKEN_REQUEST_CHANGE_PIN);
}

static void
type_all (EonayPinDialogFixture *dialog_fixture, const char *presented, const char *value,
          const char *new_pin)
{
  eonay_pin_dialog_fixture_type (dialog_fixture, presented, value);
  eonay_pin_dialog_fixture_type (dialog_fixture, NEW, new_pin);
  eonay_pin_dialog_fixture_type (dialog_fixture, AGAIN, new_pin);
}

static void
assert_empty (EonayPinDialogFixture *dialog_fixture, const char *const *names)
{
  for (; *names != NULL; names++)
    g_assert_cmpstr (
        gtk_editable_get_text (eonay_pin_dialog_fixture_find_entry (dialog_fixture, *names)), ==,
        "");
}

static gboolean
has_focus (EonayPinDialogFixture *dialog_fixture, const char *name)
{
  return gtk_window_get_focus (GTK_WINDOW (dialog_fixture->dialog)) ==
         GTK_WIDGET (eonay_pin_dialog_fixture_find_entry (dialog_fixture, name));
}

static void
test_changes (void)
{
  EonayPinDialogFixture dialog_fixture;

  open_change (&dialog_fixture);
  g_assert_true (has_focus (&dialog_fixture, OLD));
  g_assert_nonnull (eonay_window_fixture_find (dialog_fixture.dialog, GTK_TYPE_WIDGET,
                                               "Show or hide what is typed"));
  eonay_pin_dialog_fixture_await (&dialog_fixture, "Tries left: 3");
  g_assert_false (eonay_pin_dialog_fixture_can_click (&dialog_fixture, GO));
  eonay_pin_dialog_fixture_type (&dialog_fixture, OLD, "123456");
  g_assert_false (eonay_pin_dialog_fixture_can_click (&dialog_fixture, GO));
  eonay_pin_dialog_fixture_type (&dialog_fixture, NEW, "864209");
  g_assert_false (eonay_pin_dialog_fixture_can_click (&dialog_fixture, GO));
  eonay_pin_dialog_fixture_type (&dialog_fixture, AGAIN, "864209");
  eonay_pin_dialog_fixture_click (&dialog_fixture, GO);
  eonay_pin_dialog_fixture_await (&dialog_fixture, "The PIN has been changed.");
  g_assert_true (eonay_pin_dialog_fixture_says (&dialog_fixture, "Tries left: 3"));
  g_assert_cmphex (verify (&dialog_fixture, 1, "123456"), ==, 0x63c2);
  g_assert_cmphex (verify (&dialog_fixture, 1, "864209"), ==, 0x9000);
  eonay_pin_dialog_fixture_close (&dialog_fixture);
}

static void
test_wrong_is_told_where_it_was_typed (void)
{
  static const char *const all[] = { OLD, NEW, AGAIN, NULL };
  EonayPinDialogFixture dialog_fixture;

  open_change (&dialog_fixture);
  type_all (&dialog_fixture, OLD, "999999", "864209");
  eonay_pin_dialog_fixture_click (&dialog_fixture, GO);
  assert_empty (&dialog_fixture, all);
  eonay_pin_dialog_fixture_await (&dialog_fixture, "The PIN is wrong; 2 tries are left.");
  assert_empty (&dialog_fixture, all);
  g_assert_true (has_focus (&dialog_fixture, OLD));
  g_assert_false (eonay_pin_dialog_fixture_can_click (&dialog_fixture, GO));
  g_assert_cmphex (verify (&dialog_fixture, 1, "123456"), ==, 0x9000);
  eonay_pin_dialog_fixture_close (&dialog_fixture);
}

static void
press_enter (EonayPinDialogFixture *dialog_fixture, const char *name)
{
  g_signal_emit_by_name (eonay_pin_dialog_fixture_find_entry (dialog_fixture, name), "activate");
}

/* Types @pin as a new one. Returns: whether @complaint is said, and was not while it was typed */
static gboolean
complains (EonayPinDialogFixture *dialog_fixture, const char *pin, const char *complaint)
{
  GtkEditable *entry = eonay_pin_dialog_fixture_find_entry (dialog_fixture, NEW);
  gboolean nagged;

  eonay_pin_dialog_fixture_type (dialog_fixture, NEW, pin);
  nagged = eonay_pin_dialog_fixture_says (dialog_fixture, complaint);
  press_enter (dialog_fixture, NEW);
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);

  return !nagged && eonay_pin_dialog_fixture_says (dialog_fixture, complaint);
}

static void
test_poor_new_pins_are_refused (void)
{
  static const char *const differ = "The two new PINs are not the same.";
  EonayPinDialogFixture dialog_fixture;

  open_change (&dialog_fixture);
  eonay_pin_dialog_fixture_type (&dialog_fixture, OLD, "123456");
  g_assert_true (complains (&dialog_fixture, "12345", "The new PIN has to have 6–16 digits."));
  g_assert_true (complains (&dialog_fixture, "77777a", "The new PIN has to have 6–16 digits."));
  g_assert_false (eonay_pin_dialog_fixture_says (&dialog_fixture, "PIN-12"));
  g_assert_true (complains (&dialog_fixture, "777777",
                            "The new PIN is the same character all along, which "
                            "is easily guessed."));
  g_assert_true (eonay_pin_dialog_fixture_says (&dialog_fixture, "PIN-12"));
  g_assert_true (
      complains (&dialog_fixture, "678901", "The new PIN counts up, which is easily guessed."));
  g_assert_true (complains (&dialog_fixture, "100000",
                            "The new PIN has a part of your T.C. Kimlik No in "
                            "it, which is easily guessed."));

  eonay_pin_dialog_fixture_type (&dialog_fixture, NEW, "864209");
  press_enter (&dialog_fixture, NEW);
  g_assert_true (has_focus (&dialog_fixture, AGAIN));
  eonay_pin_dialog_fixture_type (&dialog_fixture, AGAIN, "86420");
  g_assert_false (eonay_pin_dialog_fixture_says (&dialog_fixture, differ));
  eonay_pin_dialog_fixture_type (&dialog_fixture, AGAIN, "864208");
  g_assert_true (eonay_pin_dialog_fixture_says (&dialog_fixture, differ));
  g_assert_false (eonay_pin_dialog_fixture_can_click (&dialog_fixture, GO));
  eonay_pin_dialog_fixture_type (&dialog_fixture, AGAIN, "864209");
  g_assert_false (eonay_pin_dialog_fixture_says (&dialog_fixture, differ));
  g_assert_true (eonay_pin_dialog_fixture_can_click (&dialog_fixture, GO));
  eonay_pin_dialog_fixture_close (&dialog_fixture);
}

static void
test_left_entry_is_judged (void)
{
  EonayPinDialogFixture dialog_fixture;

  open_change (&dialog_fixture);
  gtk_widget_grab_focus (GTK_WIDGET (eonay_pin_dialog_fixture_find_entry (&dialog_fixture, NEW)));
  eonay_pin_dialog_fixture_type (&dialog_fixture, NEW, "12");
  gtk_widget_grab_focus (GTK_WIDGET (eonay_pin_dialog_fixture_find_entry (&dialog_fixture, OLD)));
  eonay_pin_dialog_fixture_await (&dialog_fixture, "The new PIN has to have 6–16 digits.");
  eonay_pin_dialog_fixture_type (&dialog_fixture, NEW, "123");
  g_assert_false (
      eonay_pin_dialog_fixture_says (&dialog_fixture, "The new PIN has to have 6–16 digits."));
  eonay_pin_dialog_fixture_close (&dialog_fixture);
}

static void
test_last_try_is_confirmed (void)
{
  EonayPinDialogFixture dialog_fixture;

  eonay_pin_dialog_fixture_open (&dialog_fixture, EONAY_PRACTICE_CARD_VALID, 720, 680);
  g_assert_cmphex (verify (&dialog_fixture, 1, "999999"), ==, 0x63c2);
  g_assert_cmphex (verify (&dialog_fixture, 1, "999999"), ==, 0x63c1);
  eonay_pin_dialog_fixture_begin (&dialog_fixture, EONAY_TOKEN_REQUEST_CHANGE_PIN);
  eonay_pin_dialog_fixture_await (&dialog_fixture, "Last try! A wrong PIN blocks the card.");
  type_all (&dialog_fixture, OLD, "123456", "864209");
  eonay_pin_dialog_fixture_click (&dialog_fixture, GO);
  /* A double click is no answer. */
  g_assert_false (eonay_pin_dialog_fixture_can_click (&dialog_fixture, "I am sure"));
  eonay_pin_dialog_fixture_click (&dialog_fixture, "Back");
  eonay_window_fixture_assert_typed (eonay_pin_dialog_fixture_find_entry (&dialog_fixture, OLD),
                                     "123456");
  eonay_pin_dialog_fixture_click (&dialog_fixture, GO);
  eonay_pin_dialog_fixture_click (&dialog_fixture, "I am sure");
  eonay_pin_dialog_fixture_await (&dialog_fixture, "The PIN has been changed.");
  eonay_pin_dialog_fixture_close (&dialog_fixture);
}

static void
test_blocked_is_unblocked (void)
{
  EonayPinDialogFixture dialog_fixture;

  eonay_pin_dialog_fixture_open (&dialog_fixture, EONAY_PRACTICE_CARD_BLOCKED, 720, 680);
  eonay_pin_dialog_fixture_begin (&dialog_fixture, EONAY_TOKEN_REQUEST_CHANGE_PIN);
  eonay_pin_dialog_fixture_await (&dialog_fixture, "PIN-02");
  eonay_pin_dialog_fixture_click (&dialog_fixture, "Unblock with the PUK");
  eonay_pin_dialog_fixture_await (&dialog_fixture, "Tries left: 3");
  g_assert_true (has_focus (&dialog_fixture, "PUK"));
  type_all (&dialog_fixture, "PUK", "12345678", "864209");
  eonay_pin_dialog_fixture_click (&dialog_fixture, "Unblock");
  eonay_pin_dialog_fixture_await (&dialog_fixture, "The card is unblocked; the new PIN is valid.");
  g_assert_true (eonay_pin_dialog_fixture_says (&dialog_fixture, "Tries left: 3"));
  g_assert_cmphex (verify (&dialog_fixture, 1, "864209"), ==, 0x9000);
  eonay_pin_dialog_fixture_close (&dialog_fixture);
}

static void
test_last_puk_costs_the_card (void)
{
  EonayPinDialogFixture dialog_fixture;

  eonay_pin_dialog_fixture_open (&dialog_fixture, EONAY_PRACTICE_CARD_BLOCKED, 720, 680);
  eonay_pin_dialog_fixture_begin (&dialog_fixture, EONAY_TOKEN_REQUEST_UNBLOCK);
  for (int left = 2; left > 0; left--)
    {
      g_autofree char *wrong = g_strdup_printf (left == 1 ? "The PUK is wrong; %d try is left."
                                                          : "The PUK is wrong; %d tries are left.",
                                                left);

      type_all (&dialog_fixture, "PUK", "99999999", "864209");
      eonay_pin_dialog_fixture_click (&dialog_fixture, "Unblock");
      eonay_pin_dialog_fixture_await (&dialog_fixture, wrong);
    }

  g_assert_true (eonay_pin_dialog_fixture_says (
      &dialog_fixture, "Last try! After a wrong PUK the card can never be unblocked again."));
  type_all (&dialog_fixture, "PUK", "99999999", "864209");
  eonay_pin_dialog_fixture_click (&dialog_fixture, "Unblock");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (dialog_fixture.dialog)) ==
                 eonay_window_fixture_find (dialog_fixture.dialog, GTK_TYPE_BUTTON, "Back"));
  g_assert_null (gtk_window_get_default_widget (GTK_WINDOW (dialog_fixture.dialog)));
  eonay_pin_dialog_fixture_click (&dialog_fixture, "Back");
  eonay_pin_dialog_fixture_click (&dialog_fixture, "Unblock");
  eonay_pin_dialog_fixture_click (&dialog_fixture, "I am sure");
  eonay_pin_dialog_fixture_await (&dialog_fixture, "PIN-06");
  g_assert_false (eonay_pin_dialog_fixture_can_click (&dialog_fixture, "Try again"));
  g_assert_true (eonay_pin_dialog_fixture_can_click (&dialog_fixture, "Close"));
  eonay_pin_dialog_fixture_close (&dialog_fixture);
}

static void
test_pulled_card_ends_it (void)
{
  EonayPinDialogFixture dialog_fixture;
  GtkEditable *old;

  open_change (&dialog_fixture);
  type_all (&dialog_fixture, OLD, "123456", "864209");
  old = eonay_pin_dialog_fixture_find_entry (&dialog_fixture, OLD);
  eonay_practice_controller_insert (dialog_fixture.fixture.controller, -1);
  eonay_pin_dialog_fixture_await (&dialog_fixture, "KART-07");
  g_assert_cmpstr (gtk_editable_get_text (old), ==, "");
  g_assert_true (eonay_pin_dialog_fixture_says (
      &dialog_fixture, "The card was pulled out before the work was done. No try was spent."));
  g_assert_false (eonay_pin_dialog_fixture_can_click (&dialog_fixture, "Try again"));
  eonay_pin_dialog_fixture_close (&dialog_fixture);
}

static gboolean
is_on_reader (gpointer token)
{
  return eonay_token_get_new_pin_entry (token, EONAY_TOKEN_REQUEST_UNBLOCK) ==
         EONAY_PIN_ENTRY_READER;
}

static void
type_on_reader (EonayPinDialogFixture *dialog_fixture, const char *plan, const char *said)
{
  g_setenv (KEYPAD, plan, TRUE);
  g_assert_null (eonay_window_fixture_find (dialog_fixture->dialog, EONAY_TYPE_SECRET_ROW, NULL));
  eonay_pin_dialog_fixture_click (dialog_fixture, "Unblock");
  g_assert_true (eonay_pin_dialog_fixture_says (dialog_fixture,
                                                "To cancel, press the cancel key on the reader."));
  g_assert_true (
      eonay_pin_dialog_fixture_says (dialog_fixture, "The reader waits 30 seconds for each PIN."));
  g_assert_false (eonay_pin_dialog_fixture_can_click (dialog_fixture, "Cancel"));
  eonay_pin_dialog_fixture_await (dialog_fixture, said);
}

static void
test_unblocks_on_reader (void)
{
  EonayPinDialogFixture dialog_fixture;

  g_setenv (KEYPAD, "cancel", TRUE);
  eonay_pin_dialog_fixture_open (&dialog_fixture, EONAY_PRACTICE_CARD_AKIS_1_2, 720, 680);
  eonay_window_fixture_wait (is_on_reader, dialog_fixture.token);
  for (int i = 0; i < 3; i++)
    verify (&dialog_fixture, 0x81, "999999");
  eonay_pin_dialog_fixture_begin (&dialog_fixture, EONAY_TOKEN_REQUEST_UNBLOCK);
  g_assert_true (eonay_pin_dialog_fixture_says (
      &dialog_fixture,
      "Type on the reader’s keypad, one after the other:\n1. the PUK\n2. the new PIN\n3. "
      "the new PIN again"));
  type_on_reader (&dialog_fixture, "99999999,864209,864209", "The PUK is wrong; 2 tries are left.");
  type_on_reader (&dialog_fixture, "timeout=1", "No PIN was typed on the reader in time.");
  type_on_reader (&dialog_fixture, "12345678,864209,864208", "The two new PINs are not the same.");
  type_on_reader (&dialog_fixture, "12345678,864209,864209",
                  "The card is unblocked; the new PIN is valid.");
  g_assert_cmphex (verify (&dialog_fixture, 0x81, "864209"), ==, 0x9000);
  g_unsetenv (KEYPAD);
  eonay_pin_dialog_fixture_close (&dialog_fixture);
}

static gboolean
can_go (gpointer dialog_fixture)
{
  return eonay_pin_dialog_fixture_can_click (dialog_fixture, "Unblock");
}

static void
test_cancelled_on_reader (void)
{
  EonayPinDialogFixture dialog_fixture;

  g_setenv (KEYPAD, "cancel", TRUE);
  eonay_pin_dialog_fixture_open (&dialog_fixture, EONAY_PRACTICE_CARD_AKIS_1_2, 720, 680);
  eonay_window_fixture_wait (is_on_reader, dialog_fixture.token);
  eonay_pin_dialog_fixture_begin (&dialog_fixture, EONAY_TOKEN_REQUEST_UNBLOCK);
  eonay_pin_dialog_fixture_click (&dialog_fixture, "Unblock");
  g_assert_false (can_go (&dialog_fixture));
  eonay_window_fixture_wait (can_go, &dialog_fixture);
  g_assert_cmphex (verify (&dialog_fixture, 0x81, "123456"), ==, 0x9000);
  g_unsetenv (KEYPAD);
  eonay_pin_dialog_fixture_close (&dialog_fixture);
}

static void
test_box_is_taken_once (void)
{
  GtkWidget *box = g_object_new (EONAY_TYPE_NEW_PIN_BOX, NULL);
  GtkWidget *window = gtk_window_new ();
  const EonayPinState rules = { .min_length = 6, .max_length = 6, .numeric = TRUE };
  g_autoptr (EonaySecret) pin = NULL;
  g_autoptr (EonaySecret) typed = eonay_secret_new ("864209", 6);
  GtkEditable *first, *again;

  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  eonay_new_pin_box_set_rules (EONAY_NEW_PIN_BOX (box), &rules, NULL);
  first = GTK_EDITABLE (eonay_window_fixture_find (box, GTK_TYPE_TEXT, NEW));
  again = GTK_EDITABLE (eonay_window_fixture_find (box, GTK_TYPE_TEXT, AGAIN));
  gtk_editable_set_text (first, "864209");
  g_assert_false (eonay_new_pin_box_is_valid (EONAY_NEW_PIN_BOX (box)));
  gtk_editable_set_text (again, "864209");
  g_assert_true (eonay_new_pin_box_is_valid (EONAY_NEW_PIN_BOX (box)));

  pin = eonay_new_pin_box_take (EONAY_NEW_PIN_BOX (box));
  g_assert_true (eonay_secret_equal (pin, typed));
  g_assert_cmpstr (gtk_editable_get_text (first), ==, "");
  g_assert_cmpstr (gtk_editable_get_text (again), ==, "");
  g_assert_false (eonay_new_pin_box_is_valid (EONAY_NEW_PIN_BOX (box)));

  /* A full entry has been typed to its end. */
  gtk_editable_set_text (first, "111111");
  g_assert_nonnull (eonay_window_fixture_find (
      box, GTK_TYPE_LABEL,
      "The new PIN is the same character all along, which is easily guessed."));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/pin-order/box", test_box_is_taken_once);
  g_test_add_func ("/window/pin-order/changes", test_changes);
  g_test_add_func ("/window/pin-order/wrong", test_wrong_is_told_where_it_was_typed);
  g_test_add_func ("/window/pin-order/poor", test_poor_new_pins_are_refused);
  g_test_add_func ("/window/pin-order/left", test_left_entry_is_judged);
  g_test_add_func ("/window/pin-order/last-try", test_last_try_is_confirmed);
  g_test_add_func ("/window/pin-order/blocked", test_blocked_is_unblocked);
  g_test_add_func ("/window/pin-order/last-puk", test_last_puk_costs_the_card);
  g_test_add_func ("/window/pin-order/pulled", test_pulled_card_ends_it);
  g_test_add_func ("/window/pin-order/reader/unblocks", test_unblocks_on_reader);
  g_test_add_func ("/window/pin-order/reader/cancelled", test_cancelled_on_reader);

  return g_test_run ();
}
