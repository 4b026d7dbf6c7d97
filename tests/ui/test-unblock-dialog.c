#include <adwaita.h>

#include "app/clock/eonay-countdown.h"
#include "app/pin/eonay-secret-row.h"
#include "app/sign/eonay-code-entry.h"
#include "app/sign/eonay-code-page.h"
#include "app/unblock/eonay-unblock-dialog.h"
#include "app/widgets/eonay-question.h"
#include "session/eonay-settings.h"
#include "support/window/unblock-driver.h"

#define NEW_PIN "482916"

/* The fixture, with a portal before the practice portal that nobody listens at. */
typedef struct {
  EonayWindowFixture fixture;
  GListStore *portals;
  GSettings *settings;
  GtkWidget *dialog;
} Counter;

static void
add_portal (Counter *counter, const char *id)
{
  g_autoptr (EonayPortalProfile) profile = NULL;
  g_autoptr (GError) error = NULL;

  profile = eonay_portal_profile_new (id, id, "http://127.0.0.1:9/", NULL, TRUE, &error);
  g_assert_no_error (error);
  g_list_store_append (counter->portals, profile);
}

static void
set_up (Counter *counter, const char *last_portal)
{
  eonay_window_fixture_open (&counter->fixture, 900, 680);
  counter->settings = eonay_settings_new ();
  g_assert_nonnull (counter->settings);
  g_settings_set_string (counter->settings, "last-portal", last_portal);
  counter->portals = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);
  add_portal (counter, "kurum");
  g_list_store_append (counter->portals,
                       eonay_practice_controller_get_profile (counter->fixture.controller));
  eonay_sign_view_set_portals (eonay_window_get_sign_view (counter->fixture.window),
                               G_LIST_MODEL (counter->portals));
  counter->dialog = unblock_driver_open (&counter->fixture);
}

static void
tear_down (Counter *counter)
{
  gtk_window_destroy (GTK_WINDOW (counter->dialog));
  eonay_window_fixture_settle (GTK_WIDGET (counter->fixture.window));
  g_settings_reset (counter->settings, "last-portal");
  g_clear_object (&counter->portals);
  g_clear_object (&counter->settings);
  eonay_window_fixture_close (&counter->fixture);
}

static void
assert_portal (GtkWidget *root, const char *id)
{
  GtkWidget *page = eonay_window_fixture_find (root, EONAY_TYPE_CODE_PAGE, NULL);

  g_assert_cmpstr (
      eonay_portal_profile_get_id (eonay_code_page_get_portal (EONAY_CODE_PAGE (page))), ==, id);
}

/** Returns: the link of a code for the blocked card at the portal @id */
static char *
make_link (Counter *counter, const char *id)
{
  EonayPracticePortal *portal =
      eonay_practice_get_portal (eonay_window_fixture_get_practice (&counter->fixture));
  g_autoptr (GError) error = NULL;
  g_autofree char *code = eonay_practice_portal_create_unblock (portal, 285, NULL, NULL, &error);

  g_assert_no_error (error);

  return g_strdup_printf ("eonay:%s?portal=%s", code, id);
}

static void
paste (GtkWidget *root, const char *text)
{
  GtkWidget *entry = eonay_window_fixture_find (root, EONAY_TYPE_CODE_ENTRY, NULL);

  eonay_code_entry_set_text (EONAY_CODE_ENTRY (entry), text);
  unblock_driver_press (root, "Continue");
}

/* It starts at the portal that was used last, and remembers the one that is used now. */
static void
test_starts_at_last_portal (void)
{
  Counter counter;

  set_up (&counter, "deneme");
  assert_portal (counter.dialog, "deneme");
  tear_down (&counter);
}

static gboolean
is_open (gpointer user_data)
{
  return unblock_driver_find () != NULL;
}

/* A pasted link goes to its own portal, whichever is chosen, also in the Sign view. */
static void
test_link_has_its_portal (void)
{
  Counter counter;
  g_autofree char *link = NULL;
  g_autofree char *other = NULL;

  set_up (&counter, "kurum");
  assert_portal (counter.dialog, "kurum");
  link = make_link (&counter, "deneme");
  paste (counter.dialog, link);
  unblock_driver_await (counter.dialog, "Security word");
  gtk_window_destroy (GTK_WINDOW (counter.dialog));
  counter.dialog = unblock_driver_open (&counter.fixture);
  assert_portal (counter.dialog, "deneme");
  gtk_window_destroy (GTK_WINDOW (counter.dialog));

  eonay_sign_view_set_settings (eonay_window_get_sign_view (counter.fixture.window),
                                counter.settings);
  eonay_sign_view_set_portals (eonay_window_get_sign_view (counter.fixture.window),
                               G_LIST_MODEL (counter.portals));
  assert_portal (GTK_WIDGET (counter.fixture.window), "kurum");
  other = make_link (&counter, "deneme");
  paste (GTK_WIDGET (counter.fixture.window), other);
  eonay_window_fixture_wait (is_open, NULL);
  counter.dialog = unblock_driver_find ();
  unblock_driver_await (counter.dialog, "Security word");
  tear_down (&counter);
}

/* The code of a portal that is not there goes to nobody, unless it is typed as a code of one. */
static void
test_link_of_stranger_is_refused (void)
{
  Counter counter;
  g_autofree char *link = NULL;
  GtkWidget *page;
  EonayPortalProfile *profile = NULL;
  g_autofree char *code = NULL;
  g_autofree char *digits = NULL;
  g_autoptr (GError) error = NULL;

  set_up (&counter, "deneme");
  link = make_link (&counter, "baska");
  page = eonay_window_fixture_find (counter.dialog, EONAY_TYPE_CODE_PAGE, NULL);
  eonay_code_page_set_text (EONAY_CODE_PAGE (page), link);
  code = eonay_code_page_read (EONAY_CODE_PAGE (page), &profile, &error);
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_PROFILE);
  g_assert_null (code);
  g_clear_error (&error);

  digits = g_strndup (link + strlen ("eonay:"), 15);
  eonay_code_page_set_text (EONAY_CODE_PAGE (page), digits);
  code = eonay_code_page_read (EONAY_CODE_PAGE (page), &profile, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, digits);
  g_assert_cmpstr (eonay_portal_profile_get_id (profile), ==, "deneme");
  tear_down (&counter);
}

static guint
count_dialogs (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint found = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      found += EONAY_IS_UNBLOCK_DIALOG (window) && gtk_widget_get_visible (window);
    }

  return found;
}

/* What the desktop hands over meanwhile comes into the dialog that is open. */
static void
test_one_dialog (void)
{
  EonayWindowFixture fixture;
  GtkWidget *dialog;
  g_autofree char *signing = NULL;

  eonay_window_fixture_open (&fixture, 900, 680);
  dialog = unblock_driver_open (&fixture);
  eonay_window_fixture_act (&fixture, "unblock-portal");
  g_assert_cmpuint (count_dialogs (), ==, 1);

  signing = eonay_window_fixture_create_code (&fixture, "login", 60);
  eonay_window_open_code (fixture.window, signing);
  eonay_window_fixture_settle (dialog);
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_IDLE);
  unblock_driver_press (dialog, "Continue");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_REVIEWING);
  g_assert_cmpuint (count_dialogs (), ==, 0);
  eonay_session_decline (fixture.session);
  eonay_session_reset (fixture.session);

  dialog = unblock_driver_open (&fixture);
  eonay_window_take_practice_code (fixture.window, "unblock");
  unblock_driver_await (dialog, "Security word");
  g_assert_cmpuint (count_dialogs (), ==, 1);

  /* In the midst of it another one has no place, and this one goes on. */
  eonay_window_take_practice_code (fixture.window, "unblock");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_RESOLVING);
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_IDLE);
  eonay_window_fixture_settle (dialog);
  g_assert_cmpuint (count_dialogs (), ==, 1);
  g_assert_nonnull (eonay_window_fixture_find (dialog, GTK_TYPE_LABEL, "Security word"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  eonay_window_fixture_close (&fixture);
}

static GtkWidget *
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (window))
        return window;
    }

  return NULL;
}

static gboolean
may_be_answered (gpointer question)
{
  return adw_message_dialog_get_response_enabled (question, EONAY_QUESTION_YES);
}

static void
answer (const char *response)
{
  GtkWidget *question = find_question ();

  g_assert_nonnull (question);
  eonay_window_fixture_wait (may_be_answered, question);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), response);
  gtk_window_destroy (GTK_WINDOW (question));
}

static gboolean
is_at_portal (EonayWindowFixture *fixture, const char *code, const char *state)
{
  g_autofree char *described = eonay_practice_portal_describe (
      eonay_practice_get_portal (eonay_window_fixture_get_practice (fixture)), code);
  g_autofree char *quoted = g_strdup_printf ("\"state\" : \"%s\"", state);

  return strstr (described, quoted) != NULL;
}

/* A code for signing has no place while a text is under review: neither is told to the portal. */
static void
test_open_signing_stays (void)
{
  EonayWindowFixture fixture;
  GtkWidget *dialog;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  eonay_window_fixture_open (&fixture, 900, 680);
  first = eonay_window_fixture_create_code (&fixture, "login", 60);
  eonay_sign_view_fill_code (eonay_window_get_sign_view (fixture.window), first, TRUE);
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_REVIEWING);

  dialog = unblock_driver_open (&fixture);
  second = eonay_window_fixture_create_code (&fixture, "e-onay", 60);
  paste (dialog, second);
  unblock_driver_await (dialog, "KOD-09");
  g_assert_cmpuint (count_dialogs (), ==, 1);
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_REVIEWING);
  gtk_window_close (GTK_WINDOW (dialog));
  eonay_window_fixture_settle (GTK_WIDGET (fixture.window));
  g_assert_cmpuint (count_dialogs (), ==, 0);
  g_assert_true (is_at_portal (&fixture, first, "waiting"));
  g_assert_true (is_at_portal (&fixture, second, "waiting"));

  eonay_session_decline (fixture.session);
  eonay_window_fixture_close (&fixture);
}

/** Returns: (transfer full): the code of an unblocking that is at the security word, in @dialog */
static char *
go_to_word (EonayWindowFixture *fixture, GtkWidget **dialog)
{
  EonayPracticePortal *portal =
      eonay_practice_get_portal (eonay_window_fixture_get_practice (fixture));
  g_autoptr (GError) error = NULL;
  char *code = eonay_practice_portal_create_unblock (portal, 285, NULL, NULL, &error);

  g_assert_no_error (error);
  *dialog = unblock_driver_open (fixture);
  paste (*dialog, code);
  unblock_driver_await (*dialog, "Security word");

  return code;
}

typedef struct {
  EonayWindowFixture *fixture;
  const char *code;
} Told;

static gboolean
is_declined (gpointer user_data)
{
  Told *told = user_data;

  return is_at_portal (told->fixture, told->code, "declined");
}

/* From the answer to the code on it is asked, whoever has it closed; a "yes" alone is told. */
static void
test_asks_before_telling (void)
{
  EonayWindowFixture fixture;
  GtkWidget *dialog;
  g_autofree char *code = NULL;

  eonay_window_fixture_open (&fixture, 900, 680);
  code = go_to_word (&fixture, &dialog);
  gtk_window_close (GTK_WINDOW (dialog));
  answer (EONAY_QUESTION_NO);
  g_assert_cmpuint (count_dialogs (), ==, 1);

  /* As "quit" does. */
  gtk_window_close (GTK_WINDOW (fixture.window));
  answer (EONAY_QUESTION_NO);
  eonay_window_fixture_settle (GTK_WIDGET (fixture.window));
  g_assert_cmpuint (count_dialogs (), ==, 1);
  g_assert_true (is_at_portal (&fixture, code, "waiting"));

  gtk_window_close (GTK_WINDOW (dialog));
  answer (EONAY_QUESTION_YES);
  eonay_window_fixture_wait (is_declined, &(Told){ &fixture, code });
  g_assert_cmpuint (count_dialogs (), ==, 0);
  eonay_window_fixture_close (&fixture);
}

/* One that came meanwhile has no place, which is said where the person is; the portal hears nothing. */
static void
test_second_unblocking (void)
{
  EonayWindowFixture fixture;
  GtkWidget *dialog;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;

  eonay_window_fixture_open (&fixture, 900, 680);
  first = go_to_word (&fixture, &dialog);
  second = eonay_practice_portal_create_unblock (
      eonay_practice_get_portal (eonay_window_fixture_get_practice (&fixture)), 285, NULL, NULL,
      &error);
  g_assert_no_error (error);
  eonay_sign_view_fill_code (eonay_window_get_sign_view (fixture.window), second, TRUE);
  unblock_driver_await (dialog, "KOD-09");
  g_assert_nonnull (eonay_window_fixture_find (dialog, GTK_TYPE_LABEL, "Security word"));
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_IDLE);

  /* It is said until there is something else to say. */
  unblock_driver_word (&fixture, dialog);
  unblock_driver_await (dialog, "SMS code");
  g_assert_null (eonay_window_fixture_find (dialog, GTK_TYPE_LABEL, "KOD-09"));
  g_assert_true (is_at_portal (&fixture, first, "waiting"));
  g_assert_true (is_at_portal (&fixture, second, "waiting"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  eonay_window_fixture_close (&fixture);
}

/* A question that is not one any more goes, and the result stays to be read. */
static void
test_question_goes (void)
{
  EonayWindowFixture fixture;
  GtkWidget *dialog;
  GtkWidget *question;

  eonay_window_fixture_open (&fixture, 900, 680);
  dialog = unblock_driver_open (&fixture);
  unblock_driver_enter_code (&fixture, dialog, NULL, NULL);
  unblock_driver_word (&fixture, dialog);
  unblock_driver_sms (&fixture, dialog);
  unblock_driver_await (dialog, "What the new PIN has to be like:");
  gtk_window_close (GTK_WINDOW (dialog));
  question = find_question ();
  g_assert_nonnull (question);
  g_object_add_weak_pointer (G_OBJECT (question), (gpointer *) &question);
  unblock_driver_new_pin (dialog, NEW_PIN);
  unblock_driver_await (dialog, "The card is unblocked");
  g_assert_null (question);
  g_assert_null (find_question ());
  g_assert_cmpuint (count_dialogs (), ==, 1);

  /* Nothing is asked now. */
  gtk_window_close (GTK_WINDOW (dialog));
  g_assert_null (find_question ());
  g_assert_cmpuint (count_dialogs (), ==, 0);
  eonay_window_fixture_close (&fixture);
}

static GtkWidget *
find_sms_entry (GtkWidget *dialog)
{
  return eonay_window_fixture_find (dialog, EONAY_TYPE_SECRET_ROW, NULL);
}

/* The code as a phone shows it, in two groups; and what cannot be one. */
static void
test_sms_code_is_a_number (void)
{
  EonayWindowFixture fixture;
  GtkWidget *dialog;
  GtkWidget *entry;
  GtkWidget *go;

  eonay_window_fixture_open (&fixture, 900, 680);
  dialog = unblock_driver_open (&fixture);
  unblock_driver_enter_code (&fixture, dialog, NULL, NULL);
  unblock_driver_word (&fixture, dialog);
  unblock_driver_await (dialog, "SMS code");
  entry = find_sms_entry (dialog);
  go = eonay_window_fixture_find (dialog, GTK_TYPE_BUTTON, "Continue");

  gtk_editable_set_text (GTK_EDITABLE (entry), " 1234-56\u00a0789 0 ");
  eonay_window_fixture_assert_typed (GTK_EDITABLE (entry), "1234567890");
  g_assert_true (gtk_widget_get_sensitive (go));
  g_assert_null (
      eonay_window_fixture_find (dialog, GTK_TYPE_LABEL, "The SMS code consists of digits."));

  gtk_editable_set_text (GTK_EDITABLE (entry), "12a456");
  g_assert_false (gtk_widget_get_sensitive (go));
  g_assert_nonnull (
      eonay_window_fixture_find (dialog, GTK_TYPE_LABEL, "The SMS code consists of digits."));
  gtk_window_destroy (GTK_WINDOW (dialog));
  eonay_window_fixture_close (&fixture);
}

static gboolean
is_large (GtkWidget *countdown)
{
  gboolean large;

  g_object_get (countdown, "large", &large, NULL);

  return large;
}

/* Both clocks are for people who see badly, if somebody has said so. */
static void
test_large_clocks (void)
{
  Counter counter;
  GtkWidget *found;
  g_autofree char *link = NULL;

  set_up (&counter, "deneme");
  link = make_link (&counter, "deneme");
  paste (counter.dialog, link);
  unblock_driver_word (&counter.fixture, counter.dialog);
  unblock_driver_await (counter.dialog, "SMS code");
  g_assert_null (eonay_window_fixture_find (counter.dialog, GTK_TYPE_LABEL, "Time left (seconds)"));
  g_assert_false (
      is_large (eonay_window_fixture_find (counter.dialog, EONAY_TYPE_COUNTDOWN, NULL)));

  g_settings_set_boolean (counter.settings, "large-countdown", TRUE);
  g_assert_nonnull (
      eonay_window_fixture_find (counter.dialog, GTK_TYPE_LABEL, "Time left (seconds)"));
  found = eonay_window_fixture_find (counter.dialog, EONAY_TYPE_COUNTDOWN, NULL);
  g_assert_true (is_large (found));
  found = eonay_window_fixture_find (
      gtk_widget_get_ancestor (find_sms_entry (counter.dialog), GTK_TYPE_STACK),
      EONAY_TYPE_COUNTDOWN, NULL);
  g_assert_true (is_large (found));
  g_settings_reset (counter.settings, "large-countdown");
  tear_down (&counter);
}

static void
practice_card_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_practice_controller_insert (user_data, g_variant_get_int32 (parameter));
}

/* "Insert the card" has its next act at hand, where the window's strip cannot be reached. */
static void
test_practice_cards_are_at_hand (void)
{
  GActionMap *application = G_ACTION_MAP (eonay_window_fixture_get_application ());
  g_autoptr (GSimpleAction) action = g_simple_action_new ("practice-card", G_VARIANT_TYPE_INT32);
  EonayWindowFixture fixture;
  GtkWidget *dialog;
  GtkWidget *button;

  eonay_window_fixture_open (&fixture, 900, 680);
  g_signal_connect (action, "activate", G_CALLBACK (practice_card_cb), fixture.controller);
  g_action_map_add_action (application, G_ACTION (action));
  dialog = unblock_driver_open (&fixture);
  button = eonay_window_fixture_find (dialog, GTK_TYPE_MENU_BUTTON, "Practice cards");
  g_assert_nonnull (button);
  g_assert_true (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button)) ==
                 eonay_window_get_practice_menu (fixture.window));
  g_assert_true (
      gtk_widget_activate_action (button, "app.practice-card", "i", EONAY_PRACTICE_CARD_VALID));
  g_assert_cmpint (eonay_practice_controller_get_card (fixture.controller), ==,
                   EONAY_PRACTICE_CARD_VALID);
  g_action_map_remove_action (application, "practice-card");
  gtk_window_destroy (GTK_WINDOW (dialog));
  eonay_window_fixture_close (&fixture);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/unblock-dialog/last-portal", test_starts_at_last_portal);
  g_test_add_func ("/window/unblock-dialog/link", test_link_has_its_portal);
  g_test_add_func ("/window/unblock-dialog/link/stranger", test_link_of_stranger_is_refused);
  g_test_add_func ("/window/unblock-dialog/one-dialog", test_one_dialog);
  g_test_add_func ("/window/unblock-dialog/open-signing", test_open_signing_stays);
  g_test_add_func ("/window/unblock-dialog/asks-first", test_asks_before_telling);
  g_test_add_func ("/window/unblock-dialog/second", test_second_unblocking);
  g_test_add_func ("/window/unblock-dialog/question", test_question_goes);
  g_test_add_func ("/window/unblock-dialog/sms-code", test_sms_code_is_a_number);
  g_test_add_func ("/window/unblock-dialog/large-clocks", test_large_clocks);
  g_test_add_func ("/window/unblock-dialog/practice-cards", test_practice_cards_are_at_hand);

  return g_test_run ();
}
