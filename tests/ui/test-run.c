#include "app/document/eonay-document-card.h"
#include "app/pin/eonay-secret-row.h"
#include "app/widgets/eonay-question.h"
#include "base/eonay-error.h"
#include "session/eonay-settings.h"
#include "session/eonay-words.h"
#include "support/window/eonay-window-fixture.h"

static GtkEditable *
find_pin_row (void)
{
  return GTK_EDITABLE (eonay_window_fixture_find (eonay_window_fixture_find_pin_dialog (),
                                                  EONAY_TYPE_SECRET_ROW, NULL));
}

/* Of practice nothing is found again outside it. */
static void
assert_nothing_remembered (void)
{
  g_autoptr (GSettings) settings = eonay_settings_new ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autoptr (GVariant) value = g_settings_get_user_value (settings, keys[i]);

      g_assert_cmpstr (value != NULL ? keys[i] : NULL, ==, NULL);
    }
}

static void
test_signs (void)
{
  EonayWindowFixture fixture;

  eonay_window_fixture_open (&fixture, 720, 680);
  g_assert_false (eonay_window_fixture_can_act (&fixture, "sign"));
  g_assert_false (eonay_window_fixture_can_act (&fixture, "decline"));

  eonay_window_fixture_go_to_review (&fixture);
  g_assert_true (eonay_session_was_seen (fixture.session, 0));
  eonay_window_fixture_act (&fixture, "sign");
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_WAITING_PIN);

  eonay_window_fixture_enter_pin ("123456");
  g_assert_cmpstr (gtk_editable_get_text (find_pin_row ()), ==, "");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_DONE);
  g_assert_null (eonay_window_fixture_find_pin_dialog ());
  g_assert_nonnull (
      eonay_window_fixture_find (GTK_WIDGET (fixture.window), GTK_TYPE_LABEL, "Signed"));
  g_assert_nonnull (
      eonay_window_fixture_find (GTK_WIDGET (fixture.window), GTK_TYPE_LABEL,
                                 "DENEME: İmzanız alındı.\nYou can go back to the web page."));
  g_assert_true (eonay_window_fixture_can_act (&fixture, "save-signature"));

  eonay_window_fixture_act (&fixture, "new-code");
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_IDLE);
  eonay_window_fixture_close (&fixture);
  assert_nothing_remembered ();
}

static void
test_wrong_pin_is_told_where_it_was_typed (void)
{
  EonayWindowFixture fixture;
  GtkWidget *dialog;

  eonay_window_fixture_open (&fixture, 720, 680);
  eonay_window_fixture_go_to_review (&fixture);
  eonay_window_fixture_act (&fixture, "sign");
  eonay_window_fixture_enter_pin ("654321");
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_SIGNING);
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_WAITING_PIN);
  eonay_window_fixture_settle (GTK_WIDGET (fixture.window));

  dialog = eonay_window_fixture_find_pin_dialog ();
  g_assert_nonnull (dialog);
  g_assert_cmpstr (gtk_editable_get_text (find_pin_row ()), ==, "");
  g_assert_nonnull (
      eonay_window_fixture_find (dialog, GTK_TYPE_LABEL, "The PIN is wrong; 2 tries are left."));
  g_assert_false (
      gtk_widget_get_sensitive (eonay_window_fixture_find (dialog, GTK_TYPE_BUTTON, "Sign")));

  eonay_window_fixture_enter_pin ("123456");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_DONE);
  eonay_window_fixture_close (&fixture);
}

static void
use_up_two_tries (EonayWindowFixture *fixture)
{
  eonay_window_fixture_go_to_review (fixture);
  eonay_window_fixture_act (fixture, "sign");
  for (int i = 0; i < 2; i++)
    {
      eonay_window_fixture_enter_pin ("654321");
      eonay_window_fixture_wait_for_state (fixture, EONAY_SESSION_WAITING_PIN);
      eonay_window_fixture_settle (GTK_WIDGET (fixture->window));
    }
}

static void
test_last_try_is_confirmed_twice (void)
{
  EonayWindowFixture fixture;
  GtkWidget *dialog;

  eonay_window_fixture_open (&fixture, 720, 680);
  use_up_two_tries (&fixture);

  eonay_window_fixture_enter_pin ("123456");
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_WAITING_PIN);
  dialog = eonay_window_fixture_find_pin_dialog ();
  g_assert_null (eonay_window_fixture_find (dialog, GTK_TYPE_BUTTON, "Sign"));

  g_signal_emit_by_name (eonay_window_fixture_find (dialog, GTK_TYPE_BUTTON, "Back"), "clicked");
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_WAITING_PIN);

  g_signal_emit_by_name (eonay_window_fixture_find (dialog, GTK_TYPE_BUTTON, "Sign"), "clicked");
  g_signal_emit_by_name (eonay_window_fixture_find (dialog, GTK_TYPE_BUTTON, "I am sure"),
                         "clicked");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_DONE);
  eonay_window_fixture_close (&fixture);
}

static void
test_blocked_card_cannot_be_chosen (void)
{
  EonayWindowFixture fixture;

  eonay_window_fixture_open (&fixture, 720, 680);
  use_up_two_tries (&fixture);
  eonay_window_fixture_enter_pin ("654321");
  g_signal_emit_by_name (eonay_window_fixture_find (eonay_window_fixture_find_pin_dialog (),
                                                    GTK_TYPE_BUTTON, "I am sure"),
                         "clicked");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_REVIEWING);
  eonay_window_fixture_settle (GTK_WIDGET (fixture.window));

  g_assert_null (eonay_window_fixture_find_pin_dialog ());
  g_assert_false (eonay_window_fixture_can_act (&fixture, "sign"));
  g_assert_nonnull (
      eonay_window_fixture_find (GTK_WIDGET (fixture.window), GTK_TYPE_LABEL, "PIN blocked"));
  eonay_window_fixture_close (&fixture);
}

static gboolean
has_no_candidate (gpointer user_data)
{
  return eonay_session_get_candidate (user_data) == NULL;
}

static gboolean
has_candidate (gpointer user_data)
{
  return eonay_session_get_candidate (user_data) != NULL;
}

static gboolean
shows_that_none_can_sign (gpointer window)
{
  return eonay_window_fixture_find (window, GTK_TYPE_LABEL,
                                    "None of these certificates can sign") != NULL;
}

static gboolean
shows_no_card (gpointer window)
{
  return eonay_window_fixture_find (window, GTK_TYPE_LABEL, "Choose a certificate first") == NULL &&
         eonay_window_fixture_find (window, GTK_TYPE_LABEL, "Insert your card") != NULL;
}

static void
test_pulled_card_loses_nothing (void)
{
  EonayWindowFixture fixture;

  eonay_window_fixture_open (&fixture, 720, 680);
  eonay_window_fixture_go_to_review (&fixture);
  eonay_window_fixture_act (&fixture, "sign");
  eonay_practice_controller_insert (fixture.controller, -1);
  eonay_window_fixture_wait (has_no_candidate, fixture.session);
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_REVIEWING);
  g_assert_null (eonay_window_fixture_find_pin_dialog ());
  g_assert_false (eonay_window_fixture_can_act (&fixture, "sign"));
  eonay_window_fixture_wait (shows_no_card, fixture.window);
  g_assert_nonnull (
      eonay_window_fixture_find (GTK_WIDGET (fixture.window), GTK_TYPE_LABEL, "KART-07"));

  /* What is said of the certificates is said of those that are there now. */
  eonay_practice_controller_insert (fixture.controller, EONAY_PRACTICE_CARD_EXPIRED);
  eonay_window_fixture_wait (shows_that_none_can_sign, fixture.window);
  eonay_practice_controller_insert (fixture.controller, -1);
  eonay_window_fixture_wait (shows_no_card, fixture.window);

  eonay_practice_controller_insert (fixture.controller, 0);
  eonay_window_fixture_wait (has_candidate, fixture.session);
  g_assert_true (eonay_window_fixture_can_act (&fixture, "sign"));
  eonay_window_fixture_act (&fixture, "sign");
  eonay_window_fixture_enter_pin ("123456");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_DONE);
  eonay_window_fixture_close (&fixture);
}

static void
send_to_card (EonayPracticeCard *card, const guint8 *command, gsize length)
{
  g_autoptr (GBytes) answer = eonay_practice_card_process (card, command, length);

  g_assert_nonnull (answer);
}

static void
spend_a_try (EonayWindowFixture *fixture)
{
  const guint8 verify[] = { 0x00, 0x20, 0x00, 0x01, 6, '6', '5', '4', '3', '2', '1' };
  const guint8 select[] = { 0x00, 0xa4, 0x04, 0x00, 12,  0xa0, 0x00, 0x00, 0x00,
                            0x63, 'P',  'K',  'C',  'S', '-',  '1',  '5' };
  EonayPracticeCard *card = eonay_practice_slots_get_card (
      eonay_practice_get_slots (eonay_window_fixture_get_practice (fixture)));

  send_to_card (card, select, sizeof select);
  send_to_card (card, verify, sizeof verify);
}

static void
test_last_try_of_another_program (void)
{
  EonayWindowFixture fixture;
  GtkWidget *dialog;

  eonay_window_fixture_open (&fixture, 720, 680);
  eonay_window_fixture_go_to_review (&fixture);
  eonay_window_fixture_act (&fixture, "sign");
  spend_a_try (&fixture);
  spend_a_try (&fixture);
  eonay_window_fixture_enter_pin ("123456");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_WAITING_PIN);
  eonay_window_fixture_settle (GTK_WIDGET (fixture.window));
  dialog = eonay_window_fixture_find_pin_dialog ();
  g_assert_nonnull (
      eonay_window_fixture_find (dialog, GTK_TYPE_LABEL, "Last try! A wrong PIN blocks the card."));

  eonay_window_fixture_enter_pin ("123456");
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_WAITING_PIN);
  eonay_window_fixture_settle (GTK_WIDGET (fixture.window));
  g_signal_emit_by_name (eonay_window_fixture_find (dialog, GTK_TYPE_BUTTON, "I am sure"),
                         "clicked");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_DONE);
  eonay_window_fixture_close (&fixture);
}

static void
test_clock_runs_out (void)
{
  EonayWindowFixture fixture;
  g_autofree char *code = NULL;

  eonay_window_fixture_open (&fixture, 720, 680);
  code = eonay_window_fixture_create_code (&fixture, "login", 3);
  g_assert_true (
      eonay_sign_view_fill_code (eonay_window_get_sign_view (fixture.window), code, TRUE));
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_EXPIRED);
  g_assert_nonnull (
      eonay_window_fixture_find (GTK_WIDGET (fixture.window), GTK_TYPE_LABEL, "Time is up"));
  g_assert_nonnull (
      eonay_window_fixture_find (GTK_WIDGET (fixture.window), GTK_TYPE_LABEL, "KOD-05"));
  g_assert_true (eonay_window_fixture_can_act (&fixture, "new-code"));
  eonay_window_fixture_close (&fixture);
}

static void
test_link_only_fills_in (void)
{
  EonayWindowFixture fixture;
  g_autofree char *code = NULL;
  g_autofree char *link = NULL;

  eonay_window_fixture_open (&fixture, 720, 680);
  code = eonay_window_fixture_create_code (&fixture, "login", 285);
  link = g_strdup_printf ("eonay:%s?portal=deneme", code);
  eonay_window_open_code (fixture.window, link);
  eonay_window_fixture_settle (GTK_WIDGET (fixture.window));
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_IDLE);

  g_signal_emit_by_name (
      eonay_window_fixture_find (GTK_WIDGET (fixture.window), GTK_TYPE_BUTTON, "Continue"),
      "clicked");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_REVIEWING);

  eonay_window_open_code (fixture.window, link);
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_REVIEWING);
  eonay_session_decline (fixture.session);
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_DECLINED);
  eonay_window_fixture_close (&fixture);
}

typedef struct {
  EonayWindowFixture *fixture;
  const char *words;
} Awaited;

static gboolean
has_label (gpointer user_data)
{
  Awaited *awaited = user_data;

  return eonay_window_fixture_find (GTK_WIDGET (awaited->fixture->window), GTK_TYPE_LABEL,
                                    awaited->words) != NULL;
}

static void
await_label (EonayWindowFixture *fixture, const char *words)
{
  g_test_message ("waiting for: %s", words);
  eonay_window_fixture_wait (has_label, &(Awaited){ fixture, words });
}

/* A result stays, whoever has a link opened; what came is there once the person asks for it. */
static void
test_link_leaves_result (void)
{
  EonayWindowFixture fixture;
  GtkWidget *entry;

  eonay_window_fixture_open (&fixture, 720, 680);
  eonay_window_fixture_go_to_review (&fixture);
  eonay_session_decline (fixture.session);
  await_label (&fixture, "You chose not to sign. The portal has been told.");
  eonay_window_open_code (fixture.window, "eonay:820004526184196");
  eonay_window_fixture_settle (GTK_WIDGET (fixture.window));
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_DECLINED);
  await_label (&fixture, "A link with a code came. “New code” goes on with it.");

  eonay_window_fixture_act (&fixture, "new-code");
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_IDLE);
  entry = eonay_window_fixture_find (GTK_WIDGET (fixture.window), GTK_TYPE_ENTRY,
                                     "Verification code");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "820 0045 2618 4196");

  /* Once. */
  eonay_window_fixture_go_to_review (&fixture);
  eonay_session_decline (fixture.session);
  eonay_window_fixture_act (&fixture, "new-code");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  eonay_window_fixture_close (&fixture);
}

/* The page does not go on saying that the portal is being told. */
static void
test_declined_untold (void)
{
  EonayWindowFixture fixture;
  g_autofree char *words = NULL;
  g_autofree char *time = NULL;
  g_autoptr (GDateTime) expiry = NULL;

  eonay_window_fixture_open (&fixture, 720, 680);
  eonay_window_fixture_go_to_review (&fixture);
  eonay_practice_portal_stop (
      eonay_practice_get_portal (eonay_window_fixture_get_practice (&fixture)));
  eonay_session_decline (fixture.session);
  await_label (&fixture, "You chose not to sign. The portal is being told.");
  await_label (&fixture, "AG-01");
  expiry = eonay_session_get_expiry (fixture.session);
  time = eonay_words_time (expiry);
  words = g_strdup_printf ("You chose not to sign. The portal could not be told; the transaction "
                           "expires by itself at %s.",
                           time);
  g_assert_true (has_label (&(Awaited){ &fixture, words }));
  eonay_window_fixture_close (&fixture);
}

static gboolean
is_idle (gpointer user_data)
{
  return eonay_session_get_state (user_data) == EONAY_SESSION_IDLE;
}

static void
test_unknown_code_stays (void)
{
  EonayWindowFixture fixture;
  GtkWidget *entry;

  eonay_window_fixture_open (&fixture, 720, 680);
  eonay_sign_view_fill_code (eonay_window_get_sign_view (fixture.window), "123456789012345", TRUE);
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_RESOLVING);
  eonay_window_fixture_wait (is_idle, fixture.session);
  eonay_window_fixture_settle (GTK_WIDGET (fixture.window));

  entry = eonay_window_fixture_find (GTK_WIDGET (fixture.window), GTK_TYPE_ENTRY,
                                     "Verification code");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "123 4567 8901 2345");
  g_assert_nonnull (
      eonay_window_fixture_find (GTK_WIDGET (fixture.window), GTK_TYPE_LABEL, "KOD-02"));
  eonay_window_fixture_close (&fixture);
}

static gboolean
is_typed_on_reader (gpointer user_data)
{
  EonayCandidate *candidate = eonay_session_get_candidate (user_data);

  return candidate != NULL && eonay_token_get_pin_entry (eonay_candidate_get_token (candidate)) ==
                                  EONAY_PIN_ENTRY_READER;
}

static void
open_with_keypad (EonayWindowFixture *fixture, const char *plan)
{
  g_setenv ("EONAY_PRACTICE_PIN_PAD", plan, TRUE);
  eonay_window_fixture_open (fixture, 720, 680);
  eonay_window_fixture_go_to_review (fixture);
  eonay_window_fixture_wait (is_typed_on_reader, fixture->session);
  eonay_window_fixture_act (fixture, "sign");
}

static void
close_with_keypad (EonayWindowFixture *fixture)
{
  eonay_window_fixture_close (fixture);
  g_unsetenv ("EONAY_PRACTICE_PIN_PAD");
}

static void
test_signs_on_keypad (void)
{
  EonayWindowFixture fixture;
  GtkWidget *dialog;

  open_with_keypad (&fixture, "123456");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_SIGNING);
  dialog = eonay_window_fixture_find_pin_dialog ();
  g_assert_null (eonay_window_fixture_find (dialog, EONAY_TYPE_SECRET_ROW, NULL));
  g_assert_nonnull (
      eonay_window_fixture_find (dialog, GTK_TYPE_LABEL, "Type your PIN on the reader’s keypad."));
  g_assert_nonnull (eonay_window_fixture_find (dialog, GTK_TYPE_LABEL,
                                               "To cancel, press the cancel key on the reader."));
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_DONE);
  g_assert_null (eonay_window_fixture_find_pin_dialog ());
  close_with_keypad (&fixture);
}

static void
test_last_try_on_keypad_is_confirmed (void)
{
  EonayWindowFixture fixture;

  open_with_keypad (&fixture, "654321");
  for (int i = 0; i < 2; i++)
    {
      eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_SIGNING);
      eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_WAITING_PIN);
      eonay_window_fixture_settle (GTK_WIDGET (fixture.window));
      /* After a mistake nothing begins by itself. */
      g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_WAITING_PIN);
      if (i == 0)
        g_signal_emit_by_name (eonay_window_fixture_find (eonay_window_fixture_find_pin_dialog (),
                                                          GTK_TYPE_BUTTON, "Sign"),
                               "clicked");
    }

  g_setenv ("EONAY_PRACTICE_PIN_PAD", "123456", TRUE);
  g_signal_emit_by_name (eonay_window_fixture_find (eonay_window_fixture_find_pin_dialog (),
                                                    GTK_TYPE_BUTTON, "I am sure"),
                         "clicked");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_DONE);
  close_with_keypad (&fixture);
}

static void
test_cancelled_on_keypad (void)
{
  EonayWindowFixture fixture;

  open_with_keypad (&fixture, "cancel");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_SIGNING);
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_REVIEWING);
  g_assert_null (eonay_window_fixture_find_pin_dialog ());
  close_with_keypad (&fixture);
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

/* What a code of a portal's unblocks is nothing without a portal: the first page says what to do. */
static void
test_unblock_without_portal (void)
{
  EonayWindowFixture fixture;
  g_autoptr (GListStore) none = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);

  eonay_window_fixture_open (&fixture, 720, 680);
  eonay_sign_view_set_portals (eonay_window_get_sign_view (fixture.window), G_LIST_MODEL (none));
  eonay_window_show_view (fixture.window, "card");
  eonay_window_fixture_act (&fixture, "unblock-portal");
  g_assert_nonnull (
      eonay_window_fixture_find (GTK_WIDGET (fixture.window), GTK_TYPE_LABEL, "Add a portal"));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 1);
  eonay_window_fixture_close (&fixture);
}

/* As its button does. */
static void
answer (const char *response)
{
  GtkWidget *question = find_question ();

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), response);
  gtk_window_destroy (GTK_WINDOW (question));
}

static gboolean
may_be_answered (gpointer question)
{
  return adw_message_dialog_get_response_enabled (question, EONAY_QUESTION_YES);
}

/* Declining cannot be undone: it is asked about once, and not when there is nothing to decline. */
static void
test_decline_asks (void)
{
  EonayWindowFixture fixture;

  eonay_window_fixture_open (&fixture, 720, 680);
  eonay_window_fixture_go_to_review (&fixture);
  eonay_window_fixture_act (&fixture, "decline");
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_REVIEWING);
  answer (EONAY_QUESTION_NO);
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_REVIEWING);

  eonay_window_fixture_act (&fixture, "decline");
  /* The second press of what brought the question up is no answer. */
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (find_question ()),
                                                           EONAY_QUESTION_YES));
  eonay_window_fixture_wait (may_be_answered, find_question ());
  answer (EONAY_QUESTION_YES);
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_DECLINED);

  eonay_window_fixture_act (&fixture, "new-code");
  eonay_window_fixture_go_to_review (&fixture);
  eonay_window_fixture_act (&fixture, "decline");
  g_assert_nonnull (find_question ());
  /* As when the time is over meanwhile. */
  eonay_session_decline (fixture.session);
  g_assert_null (find_question ());
  eonay_window_fixture_close (&fixture);
}

static gboolean
is_gone (gpointer user_data)
{
  return *(gpointer *) user_data == NULL;
}

static gboolean
is_over (gpointer user_data)
{
  return eonay_session_get_state (user_data) != EONAY_SESSION_SIGNING &&
         eonay_session_get_state (user_data) != EONAY_SESSION_SUBMITTING;
}

/* A complaint of GTK's fails it, as every one does here. */
static void
test_closed_while_signing (void)
{
  EonayWindowFixture fixture;
  EonayPracticeSlots *slots;
  GtkWidget *window;

  eonay_window_fixture_open (&fixture, 720, 680);
  slots = eonay_practice_get_slots (eonay_window_fixture_get_practice (&fixture));
  eonay_window_fixture_go_to_review (&fixture);
  eonay_practice_slots_set_delay (slots, 300);
  eonay_window_fixture_act (&fixture, "sign");
  eonay_window_fixture_enter_pin ("123456");
  gtk_window_close (GTK_WINDOW (fixture.window));
  eonay_window_fixture_settle (find_question ());
  g_signal_emit_by_name (eonay_window_fixture_find (find_question (), GTK_TYPE_BUTTON, "_Wait"),
                         "clicked");
  eonay_window_fixture_settle (GTK_WIDGET (fixture.window));
  g_assert_null (find_question ());
  g_assert_cmpint (eonay_session_get_state (fixture.session), ==, EONAY_SESSION_SIGNING);

  gtk_window_close (GTK_WINDOW (fixture.window));
  eonay_window_fixture_settle (find_question ());
  window = GTK_WIDGET (fixture.window);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  g_signal_emit_by_name (
      eonay_window_fixture_find (find_question (), GTK_TYPE_BUTTON, "Close anyway"), "clicked");
  g_object_ref (fixture.session);
  eonay_window_fixture_wait (is_gone, &window);
  g_assert_null (find_question ());
  g_assert_null (eonay_window_fixture_find_pin_dialog ());

  /* What was begun goes on until its end, and its clock with it. */
  eonay_window_fixture_wait (is_over, fixture.session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (eonay_window_fixture_find_pin_dialog ());
  g_assert_finalize_object (fixture.session);
  g_object_unref (fixture.controller);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/run/signs", test_signs);
  g_test_add_func ("/window/run/wrong-pin", test_wrong_pin_is_told_where_it_was_typed);
  g_test_add_func ("/window/run/last-try", test_last_try_is_confirmed_twice);
  g_test_add_func ("/window/run/last-try-of-another-program", test_last_try_of_another_program);
  g_test_add_func ("/window/run/blocked", test_blocked_card_cannot_be_chosen);
  g_test_add_func ("/window/run/pulled", test_pulled_card_loses_nothing);
  g_test_add_func ("/window/run/clock-runs-out", test_clock_runs_out);
  g_test_add_func ("/window/run/link", test_link_only_fills_in);
  g_test_add_func ("/window/run/link-leaves-result", test_link_leaves_result);
  g_test_add_func ("/window/run/declined-untold", test_declined_untold);
  g_test_add_func ("/window/run/decline-asks", test_decline_asks);
  g_test_add_func ("/window/run/unblock-without-portal", test_unblock_without_portal);
  g_test_add_func ("/window/run/unknown-code", test_unknown_code_stays);
  g_test_add_func ("/window/run/closed-while-signing", test_closed_while_signing);
  g_test_add_func ("/window/run/keypad/signs", test_signs_on_keypad);
  g_test_add_func ("/window/run/keypad/last-try", test_last_try_on_keypad_is_confirmed);
  g_test_add_func ("/window/run/keypad/cancel", test_cancelled_on_keypad);

  return g_test_run ();
}
