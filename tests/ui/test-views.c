#include "app/card/eonay-card-panel.h"
#include "app/card/eonay-certificate-window.h"
#include "app/card/eonay-reader-status.h"
#include "app/card/eonay-validity-row.h"
#include "app/clock/eonay-countdown.h"
#include "app/pin/eonay-change-pin-dialog.h"
#include "app/pin/eonay-pin-dialog.h"
#include "app/sign/eonay-certificate-row.h"
#include "app/unblock/eonay-unblock-dialog.h"
#include "support/window/eonay-window-fixture.h"

#define PRACTICE_MARK "PRACTICE MODE · signatures are not valid"

/* The two views of the window, and the ways between them. */

static gboolean
shows_card (gpointer user_data)
{
  return eonay_window_fixture_find (user_data, EONAY_TYPE_CARD_PANEL, NULL) != NULL;
}

static void
go (EonayWindowFixture *fixture, const char *view)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-view", "s", view);
  eonay_window_fixture_settle (GTK_WIDGET (fixture->window));
}

static void
test_wide_and_narrow (void)
{
  EonayWindowFixture fixture;
  GtkWidget *window;

  eonay_window_fixture_open (&fixture, 900, 680);
  window = GTK_WIDGET (fixture.window);
  g_assert_nonnull (eonay_window_fixture_find (window, ADW_TYPE_VIEW_SWITCHER_TITLE, NULL));
  g_assert_null (eonay_window_fixture_find (window, ADW_TYPE_VIEW_SWITCHER_BAR, NULL));
  eonay_window_fixture_close (&fixture);

  eonay_window_fixture_open (&fixture, 360, 680);
  g_assert_nonnull (
      eonay_window_fixture_find (GTK_WIDGET (fixture.window), ADW_TYPE_VIEW_SWITCHER_BAR, NULL));
  eonay_window_fixture_close (&fixture);
}

/* Looking at the card in the middle of a signing loses nothing, and the clock stays in view. */
static void
test_away_while_signing (void)
{
  EonayWindowFixture fixture;
  GtkWidget *bar;
  GtkWidget *window;

  eonay_window_fixture_open (&fixture, 900, 680);
  window = GTK_WIDGET (fixture.window);
  eonay_window_fixture_go_to_review (&fixture);
  g_assert_null (eonay_window_fixture_find (window, ADW_TYPE_VIEW_SWITCHER_TITLE, NULL));
  /* One bar below: the page's own. */
  g_assert_null (eonay_window_fixture_find (window, ADW_TYPE_VIEW_SWITCHER_BAR, NULL));
  g_assert_null (eonay_window_fixture_find (window, EONAY_TYPE_READER_STATUS, NULL));

  go (&fixture, "card");
  eonay_window_fixture_wait (shows_card, window);
  g_assert_nonnull (eonay_window_fixture_find (window, ADW_TYPE_VIEW_SWITCHER_BAR, NULL));
  g_assert_nonnull (eonay_window_fixture_find (window, EONAY_TYPE_READER_STATUS, NULL));
  g_assert_nonnull (eonay_window_fixture_find (window, EONAY_TYPE_COUNTDOWN, NULL));
  g_assert_nonnull (eonay_window_fixture_find (window, GTK_TYPE_LABEL, "Give E-Onay"));
  g_assert_false (eonay_window_fixture_can_act (&fixture, "sign"));
  g_assert_false (eonay_window_fixture_can_act (&fixture, "decline"));
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_REVIEWING);

  /* Whoever comes back by the bar below, which goes then, is in the text. */
  bar = eonay_window_fixture_find (window, ADW_TYPE_VIEW_SWITCHER_BAR, NULL);
  g_assert_true (gtk_widget_child_focus (bar, GTK_DIR_TAB_FORWARD));
  adw_view_stack_set_visible_child_name (
      adw_view_switcher_bar_get_stack (ADW_VIEW_SWITCHER_BAR (bar)), "sign");
  g_assert_false (gtk_widget_get_visible (bar));
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (window)));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)),
                                         GTK_WIDGET (eonay_window_get_sign_view (fixture.window))));
  go (&fixture, "card");

  go (&fixture, "sign");
  g_assert_null (eonay_window_fixture_find (window, EONAY_TYPE_CARD_PANEL, NULL));
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_REVIEWING);
  eonay_window_fixture_act (&fixture, "sign");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_WAITING_PIN);
  eonay_window_fixture_enter_pin ("123456");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_DONE);
  eonay_window_fixture_close (&fixture);
}

static gboolean
has_status_row (gpointer window)
{
  return eonay_window_fixture_find (window, EONAY_TYPE_READER_STATUS, NULL) != NULL;
}

static void
check_result_is_alone (int width)
{
  EonayWindowFixture fixture;
  GtkWidget *window;

  eonay_window_fixture_open (&fixture, width, 680);
  window = GTK_WIDGET (fixture.window);
  g_assert_true (has_status_row (window));
  eonay_window_fixture_go_to_review (&fixture);
  eonay_window_fixture_act (&fixture, "sign");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_WAITING_PIN);
  eonay_window_fixture_enter_pin ("123456");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_DONE);
  eonay_window_fixture_settle (window);
  g_assert_null (eonay_window_fixture_find (window, ADW_TYPE_VIEW_SWITCHER_TITLE, NULL));
  g_assert_null (eonay_window_fixture_find (window, ADW_TYPE_VIEW_SWITCHER_BAR, NULL));
  g_assert_false (has_status_row (window));
  g_assert_nonnull (eonay_window_fixture_find (window, GTK_TYPE_LABEL, "Give E-Onay"));

  /* From the card the views are reached as ever, and with a new code they are back. */
  go (&fixture, "card");
  eonay_window_fixture_wait (has_status_row, window);
  g_assert_nonnull (eonay_window_fixture_find (window, ADW_TYPE_VIEW_SWITCHER_TITLE, NULL));
  go (&fixture, "sign");
  eonay_window_fixture_act (&fixture, "new-code");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_IDLE);
  eonay_window_fixture_wait (has_status_row, window);
  g_assert_nonnull (eonay_window_fixture_find (window, ADW_TYPE_VIEW_SWITCHER_TITLE, NULL));
  eonay_window_fixture_close (&fixture);
}

/* What became of a signing has no other bar around it, wide or narrow. */
static void
test_result_is_alone (void)
{
  check_result_is_alone (900);
  check_result_is_alone (360);
}

/* The text has to have been on screen: behind the other view it is not. */
static void
test_text_behind_is_not_read (void)
{
  EonayWindowFixture fixture;

  eonay_window_fixture_open (&fixture, 900, 680);
  eonay_window_take_practice_code (fixture.window, "e-onay");
  go (&fixture, "card");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_REVIEWING);
  eonay_window_fixture_wait (shows_card, fixture.window);
  eonay_window_fixture_settle (GTK_WIDGET (fixture.window));
  g_assert_false (eonay_session_was_seen (fixture.session, 0));
  g_assert_true (gtk_widget_is_ancestor (
      gtk_window_get_focus (GTK_WINDOW (fixture.window)),
      gtk_widget_get_ancestor (
          eonay_window_fixture_find (GTK_WIDGET (fixture.window), EONAY_TYPE_CARD_PANEL, NULL),
          GTK_TYPE_STACK)));
  eonay_session_decline (fixture.session);
  eonay_window_fixture_close (&fixture);
}

/* A link or practice code that is opened while the card is looked at is shown. */
static void
test_code_comes_to_front (void)
{
  EonayWindowFixture fixture;
  g_autofree char *code = NULL;

  eonay_window_fixture_open (&fixture, 900, 680);
  go (&fixture, "card");
  eonay_window_fixture_wait (shows_card, fixture.window);
  code = eonay_window_fixture_create_code (&fixture, "login", 60);
  eonay_window_open_code (fixture.window, code);
  eonay_window_fixture_settle (GTK_WIDGET (fixture.window));
  g_assert_null (
      eonay_window_fixture_find (GTK_WIDGET (fixture.window), EONAY_TYPE_CARD_PANEL, NULL));
  g_assert_true (eonay_window_fixture_can_act (&fixture, "paste-code"));
  eonay_window_fixture_close (&fixture);
}

static gboolean
offers_my_card (gpointer user_data)
{
  GtkWidget *row = eonay_window_fixture_find (user_data, EONAY_TYPE_CERTIFICATE_ROW, NULL);

  return row != NULL &&
         g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (row)), "win.show-view") == 0;
}

/* Of a card whose PIN is blocked, the chooser leads to where it is unblocked. */
static void
test_blocked_leads_to_my_card (void)
{
  EonayWindowFixture fixture;
  GtkWidget *window;

  eonay_window_fixture_open (&fixture, 900, 680);
  window = GTK_WIDGET (fixture.window);
  eonay_window_fixture_go_to_review (&fixture);
  eonay_practice_controller_insert (fixture.controller, EONAY_PRACTICE_CARD_BLOCKED);
  eonay_window_fixture_wait (offers_my_card, window);
  gtk_widget_activate (eonay_window_fixture_find (window, EONAY_TYPE_CERTIFICATE_ROW, NULL));
  eonay_window_fixture_wait (shows_card, window);
  eonay_session_decline (fixture.session);
  eonay_window_fixture_close (&fixture);
}

static gboolean
leads_to_my_card (gpointer user_data)
{
  return eonay_window_fixture_find (user_data, GTK_TYPE_BUTTON, "Open My Card") != NULL;
}

/* The error that says so as well. */
static void
test_error_leads_to_my_card (void)
{
  EonayWindowFixture fixture;
  GtkWidget *window;

  eonay_window_fixture_open (&fixture, 900, 680);
  window = GTK_WIDGET (fixture.window);
  eonay_window_fixture_go_to_review (&fixture);
  eonay_window_fixture_act (&fixture, "sign");
  for (int tries = 2; tries >= 0; tries--)
    {
      eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_WAITING_PIN);
      eonay_window_fixture_enter_pin ("654321");
      if (tries == 0)
        g_signal_emit_by_name (eonay_window_fixture_find (eonay_window_fixture_find_pin_dialog (),
                                                          GTK_TYPE_BUTTON, "I am sure"),
                               "clicked");
      eonay_window_fixture_wait_for_state (&fixture, tries > 0 ? EONAY_SESSION_WAITING_PIN
                                                               : EONAY_SESSION_REVIEWING);
      eonay_window_fixture_settle (window);
    }
  eonay_window_fixture_wait (leads_to_my_card, window);
  g_signal_emit_by_name (eonay_window_fixture_find (window, GTK_TYPE_BUTTON, "Open My Card"),
                         "clicked");
  eonay_window_fixture_wait (shows_card, window);
  eonay_session_decline (fixture.session);
  eonay_window_fixture_close (&fixture);
}

static GtkWidget *
find_toplevel (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type) && gtk_widget_get_visible (window))
        return window;
    }

  return NULL;
}

/* The T.C. Kimlik No is there for whoever asks, and for nobody else. */
static void
test_details (void)
{
  EonayWindowFixture fixture;
  GtkWidget *details, *reveal;

  eonay_window_fixture_open (&fixture, 900, 680);
  go (&fixture, "card");
  eonay_window_fixture_wait (shows_card, fixture.window);
  gtk_widget_activate (
      eonay_window_fixture_find (GTK_WIDGET (fixture.window), EONAY_TYPE_VALIDITY_ROW, NULL));
  details = find_toplevel (EONAY_TYPE_CERTIFICATE_WINDOW);
  g_assert_nonnull (details);
  g_assert_nonnull (eonay_window_fixture_find (details, GTK_TYPE_LABEL, "10*******46"));
  g_assert_null (eonay_window_fixture_find (details, GTK_TYPE_LABEL, "10000000146"));
  reveal = eonay_window_fixture_find (details, GTK_TYPE_TOGGLE_BUTTON, "Show the T.C. Kimlik No");
  g_assert_nonnull (reveal);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (reveal), TRUE);
  g_assert_nonnull (eonay_window_fixture_find (details, GTK_TYPE_LABEL, "10000000146"));
  g_assert_nonnull (
      eonay_window_fixture_find (details, GTK_TYPE_TOGGLE_BUTTON, "Hide the T.C. Kimlik No"));

  g_assert_nonnull (eonay_window_fixture_find (
      details, GTK_TYPE_LABEL, "Digital signature\nSignature that cannot be denied"));
  g_assert_nonnull (eonay_window_fixture_find (
      details, GTK_TYPE_LABEL, "The chain ends in a root that is trusted on this computer."));
  g_assert_nonnull (eonay_window_fixture_find (details, GTK_TYPE_BUTTON, "Save the certificate"));
  gtk_window_destroy (GTK_WINDOW (details));
  eonay_window_fixture_close (&fixture);
}

static GtkWidget *
find_row (EonayWindowFixture *fixture, const char *title)
{
  GtkWidget *label = eonay_window_fixture_find (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL,
                                                title);

  return label != NULL ? gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW) : NULL;
}

static void
assert_opens (EonayWindowFixture *fixture, const char *title, GType type)
{
  GtkWidget *row = find_row (fixture, title);
  GtkWidget *dialog;

  g_assert_nonnull (row);
  gtk_widget_activate (row);
  dialog = find_toplevel (type);
  g_assert_nonnull (dialog);
  g_assert_nonnull (eonay_window_fixture_find (dialog, GTK_TYPE_LABEL, PRACTICE_MARK));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static gboolean
offers_unblocking (gpointer user_data)
{
  return find_row (user_data, "With the PUK") != NULL;
}

/* Among other windows, and where a PIN is typed, it is seen which is practice. */
static void
test_practice_marks (void)
{
  EonayWindowFixture fixture;
  GtkWidget *dialog;

  eonay_window_fixture_open (&fixture, 720, 680);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture.window)), ==,
                   "e-Onay · PRACTICE MODE");
  dialog = eonay_pin_dialog_new (GTK_WINDOW (fixture.window));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_set_visible (dialog, FALSE);
  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_nonnull (eonay_window_fixture_find (dialog, GTK_TYPE_LABEL, PRACTICE_MARK));
  gtk_window_destroy (GTK_WINDOW (dialog));
  eonay_window_fixture_close (&fixture);
}

/* Each act opens its dialog; a blocked PIN cannot be changed, only unblocked. */
static void
test_acts (void)
{
  EonayWindowFixture fixture;
  GtkWidget *unblock;

  eonay_window_fixture_open (&fixture, 900, 680);
  go (&fixture, "card");
  eonay_window_fixture_wait (shows_card, fixture.window);
  assert_opens (&fixture, "Change PIN", EONAY_TYPE_CHANGE_PIN_DIALOG);
  unblock = gtk_widget_get_ancestor (
      eonay_window_fixture_find (GTK_WIDGET (fixture.window), GTK_TYPE_LABEL, "Unblock the PIN"),
      ADW_TYPE_EXPANDER_ROW);
  g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (unblock)));

  eonay_practice_controller_insert (fixture.controller, EONAY_PRACTICE_CARD_BLOCKED);
  eonay_window_fixture_wait (offers_unblocking, &fixture);
  eonay_window_fixture_settle (GTK_WIDGET (fixture.window));
  g_assert_null (find_row (&fixture, "Change PIN"));
  assert_opens (&fixture, "With the PUK", EONAY_TYPE_CHANGE_PIN_DIALOG);
  assert_opens (&fixture, "With a code of the portal", EONAY_TYPE_UNBLOCK_DIALOG);
  eonay_window_fixture_close (&fixture);
}

/* Whether each shortcut for @action under @widget has @accelerator; @n: (inout): how many */
static void
check_accelerators (GtkWidget *widget, const char *action, const char *accelerator, guint *n)
{
  if (GTK_IS_SHORTCUTS_SHORTCUT (widget))
    {
      g_autofree char *its_action = NULL;
      g_autofree char *its_accelerator = NULL;

      g_object_get (widget, "action-name", &its_action, "accelerator", &its_accelerator, NULL);
      if (g_strcmp0 (its_action, action) == 0)
        {
          g_assert_cmpstr (its_accelerator, ==, accelerator);
          ++*n;
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_accelerators (child, action, accelerator, n);
}

static void
test_shortcuts (void)
{
  static const char *const keys[] = { "<Control>Return", NULL };
  EonayWindowFixture fixture;
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *help = NULL;
  guint n = 0;

  eonay_window_fixture_open (&fixture, 900, 680);
  gtk_application_set_accels_for_action (eonay_window_fixture_get_application (), "win.sign", keys);
  eonay_window_open_help (fixture.window);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (GTK_IS_SHORTCUTS_WINDOW (window))
        help = window;
    }
  g_assert_nonnull (help);
  check_accelerators (help, "win.sign", keys[0], &n);
  g_assert_cmpuint (n, >, 0);
  gtk_window_destroy (GTK_WINDOW (help));
  eonay_window_fixture_close (&fixture);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/views/wide-and-narrow", test_wide_and_narrow);
  g_test_add_func ("/window/views/away-while-signing", test_away_while_signing);
  g_test_add_func ("/window/views/result-is-alone", test_result_is_alone);
  g_test_add_func ("/window/views/text-behind", test_text_behind_is_not_read);
  g_test_add_func ("/window/views/code-to-front", test_code_comes_to_front);
  g_test_add_func ("/window/views/blocked", test_blocked_leads_to_my_card);
  g_test_add_func ("/window/views/error", test_error_leads_to_my_card);
  g_test_add_func ("/window/views/details", test_details);
  g_test_add_func ("/window/views/practice-marks", test_practice_marks);
  g_test_add_func ("/window/views/acts", test_acts);
  g_test_add_func ("/window/views/shortcuts", test_shortcuts);

  return g_test_run ();
}
