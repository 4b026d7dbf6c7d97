#include "app/pin/eonay-last-try.h"
#include "app/pin/eonay-secret-row.h"
#include "app/unblock/eonay-unblock-dialog.h"
#include "app/widgets/eonay-question.h"
#include "support/window/eonay-pin-dialog-fixture.h"
#include "support/window/unblock-driver.h"

/* What must not get out of the dialogs of PINs, and what must not end in their midst. */

#define OLD "Present PIN"
#define NEW "New PIN"
#define AGAIN "New PIN again"
#define GO "Change PIN"
#define DELAY "EONAY_PRACTICE_CARD_DELAY"
#define DONE "The PIN has been changed."

static const guint8 select_pkcs15[] = { 0x00, 0xa4, 0x04, 0x00, 12,  0xa0, 0x00, 0x00, 0x00,
                                        0x63, 'P',  'K',  'C',  'S', '-',  '1',  '5' };

static void
type_all (EonayPinDialogFixture *dialog_fixture)
{
  eonay_pin_dialog_fixture_type (dialog_fixture, OLD, "123456");
  eonay_pin_dialog_fixture_type (dialog_fixture, NEW, "864209");
  eonay_pin_dialog_fixture_type (dialog_fixture, AGAIN, "864209");
}

static void
open_change (EonayPinDialogFixture *dialog_fixture, const char *delay)
{
  g_setenv (DELAY, delay, TRUE);
  eonay_pin_dialog_fixture_open (dialog_fixture, EONAY_PRACTICE_CARD_VALID, 720, 680);
  g_unsetenv (DELAY);
  eonay_pin_dialog_fixture_begin (dialog_fixture, EONAY_TOKEN_REQUEST_CHANGE_PIN);
}

static guint16
verify (EonayPinDialogFixture *dialog_fixture, const char *pin)
{
  guint8 command[5 + 6] = { 0x00, 0x20, 0x00, 1, 6 };

  memcpy (command + 5, pin, 6);
  eonay_pin_dialog_fixture_send (dialog_fixture, select_pkcs15, sizeof select_pkcs15);

  return eonay_pin_dialog_fixture_send (dialog_fixture, command, sizeof command);
}

/* Also what is not shown: a screen reader's client may hold on to it. */
static GtkWidget *
find_any (GtkWidget *root, GType type, const char *label)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) &&
      (label == NULL || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_any (child, type, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
press_any (EonayPinDialogFixture *dialog_fixture, const char *label)
{
  GtkWidget *button = find_any (dialog_fixture->dialog, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* All that is in @page, from screen readers. */
static void
assert_hidden (GtkWidget *page, gboolean hidden)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (page); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child))
      {
        gtk_test_accessible_assert_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN,
                                          hidden);
        n++;
      }
  g_assert_cmpuint (n, >, 0);
}

static void
test_hidden_pages_do_nothing (void)
{
  EonayPinDialogFixture dialog_fixture;
  GtkWidget *last_try;

  open_change (&dialog_fixture, "0");
  g_assert_cmphex (verify (&dialog_fixture, "999999"), ==, 0x63c2);
  g_assert_cmphex (verify (&dialog_fixture, "999999"), ==, 0x63c1);
  eonay_pin_dialog_fixture_end (&dialog_fixture);
  eonay_pin_dialog_fixture_begin (&dialog_fixture, EONAY_TOKEN_REQUEST_CHANGE_PIN);
  eonay_pin_dialog_fixture_await (&dialog_fixture, "Last try! A wrong PIN blocks the card.");
  last_try = find_any (dialog_fixture.dialog, EONAY_TYPE_LAST_TRY, NULL);
  assert_hidden (last_try, TRUE);

  /* Nothing is typed, half is typed, all is typed but nothing was asked. */
  press_any (&dialog_fixture, "I _am sure");
  eonay_pin_dialog_fixture_type (&dialog_fixture, OLD, "123456");
  press_any (&dialog_fixture, "I _am sure");
  press_any (&dialog_fixture, "_Try again");
  press_any (&dialog_fixture, "_Unblock with the PUK");
  eonay_window_fixture_assert_typed (eonay_pin_dialog_fixture_find_entry (&dialog_fixture, OLD),
                                     "123456");
  type_all (&dialog_fixture);
  press_any (&dialog_fixture, "I _am sure");
  eonay_window_fixture_settle (dialog_fixture.dialog);
  g_assert_true (eonay_pin_dialog_fixture_can_click (&dialog_fixture, GO));

  eonay_pin_dialog_fixture_click (&dialog_fixture, GO);
  assert_hidden (last_try, FALSE);
  eonay_pin_dialog_fixture_click (&dialog_fixture, "Back");
  assert_hidden (last_try, TRUE);
  eonay_pin_dialog_fixture_click (&dialog_fixture, GO);
  eonay_pin_dialog_fixture_click (&dialog_fixture, "I am sure");
  press_any (&dialog_fixture, "_Try again");
  eonay_pin_dialog_fixture_await (&dialog_fixture, DONE);
  assert_hidden (last_try, TRUE);
  eonay_pin_dialog_fixture_close (&dialog_fixture);
}

static void
assert_description (GtkWidget *widget, const char *text)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       text);
}

static void
test_focus_says_what_is_asked (void)
{
  EonayPinDialogFixture dialog_fixture;
  const char *cost = "Last try!\nIf this PIN is wrong, the card is blocked and can only be "
                     "unblocked with its PUK or through the portal. Are you sure of your PIN?";

  open_change (&dialog_fixture, "0");
  verify (&dialog_fixture, "999999");
  verify (&dialog_fixture, "999999");
  eonay_pin_dialog_fixture_end (&dialog_fixture);
  eonay_pin_dialog_fixture_begin (&dialog_fixture, EONAY_TOKEN_REQUEST_CHANGE_PIN);
  eonay_pin_dialog_fixture_await (&dialog_fixture, "Last try! A wrong PIN blocks the card.");
  type_all (&dialog_fixture);
  eonay_pin_dialog_fixture_click (&dialog_fixture, GO);
  assert_description (gtk_window_get_focus (GTK_WINDOW (dialog_fixture.dialog)), cost);
  assert_description (find_any (dialog_fixture.dialog, GTK_TYPE_BUTTON, "I _am sure"), cost);
  eonay_pin_dialog_fixture_click (&dialog_fixture, "I am sure");
  eonay_pin_dialog_fixture_await (&dialog_fixture, DONE);
  assert_description (gtk_window_get_focus (GTK_WINDOW (dialog_fixture.dialog)),
                      DONE "\nTries left: 3");
  eonay_pin_dialog_fixture_close (&dialog_fixture);
}

static void
test_large_complaint_is_in_sight (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  const char *complaint = "The new PIN counts up, which is easily guessed.";
  EonayPinDialogFixture dialog_fixture;
  GtkWidget *label, *scroller;
  graphene_rect_t bounds;

  g_object_set (settings, "gtk-xft-dpi", 192 * 1024, NULL);
  open_change (&dialog_fixture, "0");
  gtk_widget_grab_focus (GTK_WIDGET (eonay_pin_dialog_fixture_find_entry (&dialog_fixture, NEW)));
  eonay_pin_dialog_fixture_type (&dialog_fixture, NEW, "678901");
  g_signal_emit_by_name (eonay_pin_dialog_fixture_find_entry (&dialog_fixture, NEW), "activate");
  eonay_window_fixture_settle (dialog_fixture.dialog);
  eonay_window_fixture_settle (dialog_fixture.dialog);
  label = eonay_window_fixture_find (dialog_fixture.dialog, GTK_TYPE_LABEL, complaint);
  g_assert_nonnull (label);
  scroller = gtk_widget_get_ancestor (label, GTK_TYPE_SCROLLED_WINDOW);
  g_assert_true (gtk_widget_compute_bounds (label, scroller, &bounds));
  g_assert_cmpfloat (bounds.origin.y, >=, 0);
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (scroller));
  eonay_window_fixture_save_picture (dialog_fixture.dialog, "order-complaint-large");
  g_object_set (settings, "gtk-xft-dpi", 96 * 1024, NULL);
  eonay_pin_dialog_fixture_close (&dialog_fixture);
}

typedef struct {
  char *text;
  gboolean done;
} Reading;

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;

  reading->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  reading->done = TRUE;
}

static gboolean
is_read (gpointer reading)
{
  return ((Reading *) reading)->done;
}

static void
assert_clipboard (GdkClipboard *clipboard, const char *text)
{
  Reading reading = { NULL, FALSE };

  gdk_clipboard_read_text_async (clipboard, NULL, read_cb, &reading);
  eonay_window_fixture_wait (is_read, &reading);
  g_assert_cmpstr (reading.text, ==, text);
  g_free (reading.text);
}

/* Also while it is shown: whoever selects gives away how long it is, and nothing else. */
static void
test_nothing_reaches_the_clipboards (void)
{
  EonayPinDialogFixture dialog_fixture;
  GtkEditable *entry;
  GtkWidget *row;
  GdkClipboard *clipboard, *primary;

  open_change (&dialog_fixture, "0");
  entry = eonay_pin_dialog_fixture_find_entry (&dialog_fixture, OLD);
  row = gtk_widget_get_ancestor (GTK_WIDGET (entry), EONAY_TYPE_SECRET_ROW);
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (entry));
  primary = gtk_widget_get_primary_clipboard (GTK_WIDGET (entry));
  gdk_clipboard_set_text (clipboard, "before");
  eonay_pin_dialog_fixture_type (&dialog_fixture, OLD, "123456");

  for (int shown = FALSE; shown <= TRUE; shown++)
    {
      eonay_secret_row_set_shown (EONAY_SECRET_ROW (row), shown);
      gtk_editable_select_region (entry, 0, -1);
      assert_clipboard (primary, "●●●●●●");
      g_signal_emit_by_name (entry, "copy-clipboard");
      g_signal_emit_by_name (entry, "cut-clipboard");
      assert_clipboard (clipboard, "before");
      eonay_window_fixture_assert_typed (entry, "123456");
      gtk_editable_select_region (entry, 0, 0);
    }
  eonay_pin_dialog_fixture_close (&dialog_fixture);
}

/* Returns: whether the card may have taken the new PIN when it is pulled before its @n-th command */
static gboolean
pull_at (guint n)
{
  const char *spared = "The card was pulled out before the work was done. No try was spent.";
  const char *uncertain = "The new PIN may hold already: insert the card and try that one first.";
  EonayPracticeSlots *slots;
  EonayPinDialogFixture dialog_fixture;
  gboolean may_hold;

  open_change (&dialog_fixture, "0");
  slots = eonay_practice_get_slots (eonay_window_fixture_get_practice (&dialog_fixture.fixture));
  eonay_pin_dialog_fixture_await (&dialog_fixture, "Tries left: 3");
  type_all (&dialog_fixture);
  eonay_practice_slots_pull_at (slots, n);
  eonay_pin_dialog_fixture_click (&dialog_fixture, GO);
  eonay_pin_dialog_fixture_await (&dialog_fixture, "KART-07");
  may_hold = eonay_pin_dialog_fixture_says (&dialog_fixture, uncertain);
  g_assert_true (may_hold != eonay_pin_dialog_fixture_says (&dialog_fixture, spared));
  g_assert_true (may_hold !=
                 eonay_pin_dialog_fixture_says (&dialog_fixture,
                                                "Insert the card, open My Card and begin again."));
  g_assert_false (eonay_pin_dialog_fixture_can_click (&dialog_fixture, "Try again"));
  eonay_pin_dialog_fixture_close (&dialog_fixture);

  return may_hold;
}

static void
test_pulled_in_the_midst (void)
{
  guint n = 1;

  g_assert_false (pull_at (n));
  while (!pull_at (++n))
    g_assert_cmpuint (n, <, 12);
}

/* Returns: whether the window would close */
static gboolean
closes (EonayPinDialogFixture *dialog_fixture)
{
  gboolean refused = FALSE;

  g_signal_emit_by_name (dialog_fixture->fixture.window, "close-request", &refused);

  return !refused;
}

static void
test_window_waits_for_the_card (void)
{
  EonayPinDialogFixture dialog_fixture;
  GtkWidget *dialog;

  open_change (&dialog_fixture, "200");
  eonay_pin_dialog_fixture_await (&dialog_fixture, "Tries left: 3");
  type_all (&dialog_fixture);
  eonay_pin_dialog_fixture_click (&dialog_fixture, GO);
  g_assert_false (closes (&dialog_fixture));
  g_assert_false (closes (&dialog_fixture));
  eonay_pin_dialog_fixture_await (&dialog_fixture, DONE);
  dialog = dialog_fixture.dialog;
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  g_assert_true (closes (&dialog_fixture));
  while (dialog != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmphex (verify (&dialog_fixture, "864209"), ==, 0x9000);
  dialog_fixture.dialog = NULL;
  eonay_pin_dialog_fixture_close (&dialog_fixture);
}

static GtkWidget *
find_question (GtkWidget *dialog, guint *n_questions)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *question = NULL;

  *n_questions = 0;
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (window) != GTK_WINDOW (dialog))
        continue;
      question = GTK_WIDGET (window);
      ++*n_questions;
    }

  return question;
}

static gboolean
is_unblocking_gone (gpointer ignored)
{
  return unblock_driver_find () == NULL;
}

static void
test_window_asks_about_unblocking (void)
{
  EonayPinDialogFixture dialog_fixture = { 0 };
  GtkWidget *dialog, *question;
  guint n_questions;

  eonay_window_fixture_open (&dialog_fixture.fixture, 720, 680);
  dialog = unblock_driver_open (&dialog_fixture.fixture);
  unblock_driver_enter_code (&dialog_fixture.fixture, dialog, NULL, NULL);
  unblock_driver_word (&dialog_fixture.fixture, dialog);
  unblock_driver_await (dialog, "SMS code");
  g_assert_false (closes (&dialog_fixture));
  g_assert_false (closes (&dialog_fixture));
  question = find_question (dialog, &n_questions);
  g_assert_cmpuint (n_questions, ==, 1);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), EONAY_QUESTION_YES);
  gtk_window_close (GTK_WINDOW (question));
  eonay_window_fixture_wait (is_unblocking_gone, NULL);
  g_assert_true (closes (&dialog_fixture));
  eonay_window_fixture_close (&dialog_fixture.fixture);
}

static void
answered_cb (EonayToken *token, GParamSpec *pspec, gpointer answered)
{
  *(gboolean *) answered = TRUE;
}

static void
destroy_in_midst (GApplication *application, gpointer user_data)
{
  EonayPinDialogFixture *dialog_fixture = user_data;

  eonay_pin_dialog_fixture_click (dialog_fixture, GO);
  gtk_window_destroy (GTK_WINDOW (dialog_fixture->fixture.window));
}

/* Ends the application, so it is run by itself. */
static void
test_program_waits_for_the_card (void)
{
  GApplication *application = G_APPLICATION (eonay_window_fixture_get_application ());
  EonayPinDialogFixture dialog_fixture;
  gboolean answered = FALSE;

  open_change (&dialog_fixture, "0");
  eonay_pin_dialog_fixture_await (&dialog_fixture, "Tries left: 3");
  type_all (&dialog_fixture);
  eonay_practice_slots_set_delay (
      eonay_practice_get_slots (eonay_window_fixture_get_practice (&dialog_fixture.fixture)), 2000);
  g_signal_connect (dialog_fixture.token, "notify::pin-state", G_CALLBACK (answered_cb), &answered);
  g_signal_connect (application, "activate", G_CALLBACK (destroy_in_midst), &dialog_fixture);
  g_assert_cmpint (g_application_run (application, 0, NULL), ==, 0);
  g_assert_true (answered);
  g_signal_handlers_disconnect_by_func (dialog_fixture.token, answered_cb, &answered);
  g_assert_true ((verify (&dialog_fixture, "123456") == 0x9000) !=
                 (verify (&dialog_fixture, "864209") == 0x9000));
  g_clear_object (&dialog_fixture.token);
  g_object_unref (dialog_fixture.fixture.controller);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/change-pin-safety/hidden-pages", test_hidden_pages_do_nothing);
  g_test_add_func ("/window/change-pin-safety/spoken", test_focus_says_what_is_asked);
  g_test_add_func ("/window/change-pin-safety/large", test_large_complaint_is_in_sight);
  g_test_add_func ("/window/change-pin-safety/clipboards", test_nothing_reaches_the_clipboards);
  g_test_add_func ("/window/change-pin-safety/pulled", test_pulled_in_the_midst);
  g_test_add_func ("/window/change-pin-safety/close", test_window_waits_for_the_card);
  g_test_add_func ("/window/change-pin-safety/close-unblocking", test_window_asks_about_unblocking);
  g_test_add_func ("/window/change-pin-program/waits", test_program_waits_for_the_card);

  return g_test_run ();
}
