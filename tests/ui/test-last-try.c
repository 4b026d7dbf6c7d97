#include "app/pin/eonay-secret-row.h"
#include "support/window/eonay-pin-dialog-fixture.h"

/* One try left, a card that is slow at one place or another, and a person who types a wrong secret
   and presses the button again and again: nothing reaches the card before they agreed to that. What
   is counted are the commands that the card gets. EONAY_TEST_RUNS: how many. */

#define WRONG_PIN "654321"
#define WRONG_PUK "11111111"
#define NEW_PIN "864209"
#define SURE "I am sure"
#define PIN_REFERENCE 0x01
#define PUK_REFERENCE 0x02
#define STORED 16
#define N_RUNS 12
#define N_PLACES 25
#define TIME_LIMIT G_TIME_SPAN_MINUTE

typedef enum {
  SIGN,
  CHANGE,
  UNBLOCK,
  N_OPERATIONS
} Operation;

static const struct {
  const char *secret;
  const char *wrong;
  const char *right;
  const char *go;
  const char *done;
} words[N_OPERATIONS] = {
  { NULL, WRONG_PIN, "123456", "Sign", NULL },
  { "Present PIN", WRONG_PIN, "123456", "Change PIN", "The PIN has been changed." },
  { "PUK", WRONG_PUK, EONAY_PRACTICE_PUK, "Unblock",
    "The card is unblocked; the new PIN is valid." },
};

static EonayPracticeSlots *
get_slots (EonayPinDialogFixture *dialog_fixture)
{
  return eonay_practice_get_slots (eonay_window_fixture_get_practice (&dialog_fixture->fixture));
}

static guint16
send (EonayPinDialogFixture *dialog_fixture, const guint8 *command, gsize length)
{
  const guint8 select[] = { 0x00, 0xa4, 0x04, 0x0c, 0x0c, 0xa0, 0x00, 0x00, 0x00,
                            0x63, 'P',  'K',  'C',  'S',  '-',  '1',  '5' };
  guint16 status;

  eonay_practice_card_reset (eonay_practice_slots_get_card (get_slots (dialog_fixture)));
  eonay_pin_dialog_fixture_send (dialog_fixture, select, sizeof select);
  status = eonay_pin_dialog_fixture_send (dialog_fixture, command, length);
  eonay_practice_card_reset (eonay_practice_slots_get_card (get_slots (dialog_fixture)));

  return status;
}

static guint16
reset_retry_counter (EonayPinDialogFixture *dialog_fixture, const char *puk)
{
  guint8 command[5 + 2 * STORED] = { 0x00, 0x2c, 0x00, PIN_REFERENCE, 2 * STORED };

  memcpy (command + 5, puk, strlen (puk));
  memcpy (command + 5 + STORED, "123456", 6);

  return send (dialog_fixture, command, sizeof command);
}

/* Past the program, as another one does. */
static void
leave_one_try (EonayPinDialogFixture *dialog_fixture, Operation operation)
{
  EonayPracticeCard *card = eonay_practice_slots_get_card (get_slots (dialog_fixture));
  const guint8 verify[] = { 0x00, 0x20, 0x00, PIN_REFERENCE, 6, '0', '0', '0', '0', '0', '0' };

  g_assert_cmphex (reset_retry_counter (dialog_fixture, EONAY_PRACTICE_PUK), ==, 0x9000);
  if (operation == UNBLOCK)
    while (eonay_practice_card_get_tries (card, PUK_REFERENCE) > 1)
      reset_retry_counter (dialog_fixture, WRONG_PUK);
  else
    while (eonay_practice_card_get_tries (card, PIN_REFERENCE) > 1)
      send (dialog_fixture, verify, sizeof verify);
}

/* Once a command is held back, the window has @rounds milliseconds to go on. */
typedef struct {
  EonayPracticeSlots *slots;
  guint rounds;
} Delay;

static gboolean
tick_cb (gpointer user_data)
{
  Delay *delay = user_data;

  if (eonay_practice_slots_holds (delay->slots) && delay->rounds-- == 0)
    {
      eonay_practice_slots_hold_at (delay->slots, 0);
      return G_SOURCE_REMOVE;
    }

  return G_SOURCE_CONTINUE;
}

static void
type (EonayPinDialogFixture *dialog_fixture, Operation operation, const char *secret)
{
  if (operation == SIGN)
    {
      GtkWidget *row = eonay_window_fixture_find (dialog_fixture->dialog, EONAY_TYPE_SECRET_ROW,
                                                  NULL);

      gtk_editable_set_text (GTK_EDITABLE (row), secret);
      return;
    }
  eonay_pin_dialog_fixture_type (dialog_fixture, words[operation].secret, secret);
  eonay_pin_dialog_fixture_type (dialog_fixture, "New PIN", NEW_PIN);
  eonay_pin_dialog_fixture_type (dialog_fixture, "New PIN again", NEW_PIN);
}

static gboolean
can_type (EonayPinDialogFixture *dialog_fixture, Operation operation)
{
  GtkWidget *row = eonay_window_fixture_find (dialog_fixture->dialog, EONAY_TYPE_SECRET_ROW, NULL);

  return row != NULL && gtk_widget_is_sensitive (row) &&
         eonay_window_fixture_find (dialog_fixture->dialog, GTK_TYPE_BUTTON, words[operation].go) !=
             NULL;
}

/* Until the person is asked whether they are sure, or the card got more than @before. Returns: how
   often the button was pressed */
static guint
insist (EonayPinDialogFixture *dialog_fixture, Operation operation, guint before)
{
  gint64 end = g_get_monotonic_time () + TIME_LIMIT;
  g_autoptr (GSource) tick = g_timeout_source_new (100);
  guint n_pressed = 0;

  g_source_set_dummy_callback (tick);
  g_source_attach (tick, NULL);
  while (eonay_practice_slots_get_pins (get_slots (dialog_fixture)) == before &&
         !eonay_pin_dialog_fixture_can_click (dialog_fixture, SURE))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (can_type (dialog_fixture, operation))
        {
          type (dialog_fixture, operation, words[operation].wrong);
          if (eonay_pin_dialog_fixture_can_click (dialog_fixture, words[operation].go))
            {
              eonay_pin_dialog_fixture_click (dialog_fixture, words[operation].go);
              n_pressed++;
            }
        }
      else if (eonay_pin_dialog_fixture_can_click (dialog_fixture, "Try again"))
        {
          eonay_pin_dialog_fixture_click (dialog_fixture, "Try again");
        }
      if (!eonay_pin_dialog_fixture_can_click (dialog_fixture, SURE))
        g_main_context_iteration (NULL, TRUE);
    }
  g_source_destroy (tick);

  return n_pressed;
}

static void
begin (EonayPinDialogFixture *dialog_fixture, Operation operation)
{
  if (operation == SIGN)
    {
      eonay_window_fixture_act (&dialog_fixture->fixture, "sign");
      dialog_fixture->dialog = eonay_window_fixture_find_pin_dialog ();
    }
  else
    {
      eonay_pin_dialog_fixture_begin (dialog_fixture, operation == CHANGE
                                                          ? EONAY_TOKEN_REQUEST_CHANGE_PIN
                                                          : EONAY_TOKEN_REQUEST_UNBLOCK);
    }
}

/* With the right secret, and with consent. */
static void
agree (EonayPinDialogFixture *dialog_fixture, Operation operation)
{
  eonay_pin_dialog_fixture_click (dialog_fixture, "Back");
  type (dialog_fixture, operation, words[operation].right);
  eonay_pin_dialog_fixture_click (dialog_fixture, words[operation].go);
  eonay_pin_dialog_fixture_click (dialog_fixture, SURE);
  if (operation == SIGN)
    {
      dialog_fixture->dialog = NULL;
      eonay_window_fixture_wait_for_state (&dialog_fixture->fixture, EONAY_SESSION_DONE);
      eonay_window_fixture_act (&dialog_fixture->fixture, "new-code");
    }
  else
    {
      eonay_pin_dialog_fixture_await (dialog_fixture, words[operation].done);
      eonay_pin_dialog_fixture_end (dialog_fixture);
    }
}

/* Returns: how many reached the card that nobody had agreed to */
static guint
run_once (EonayPinDialogFixture *dialog_fixture, Operation operation, guint place, guint rounds)
{
  EonayPracticeSlots *slots = get_slots (dialog_fixture);
  guint before = eonay_practice_slots_get_pins (slots);
  Delay delay = { slots, rounds };
  guint n_pressed;
  guint n_unasked;
  guint source;

  if (operation == SIGN)
    eonay_window_fixture_go_to_review (&dialog_fixture->fixture);
  leave_one_try (dialog_fixture, operation);
  eonay_practice_slots_hold_at (slots, place);
  source = g_timeout_add (1, tick_cb, &delay);
  begin (dialog_fixture, operation);
  n_pressed = insist (dialog_fixture, operation, before);
  n_unasked = eonay_practice_slots_get_pins (slots) - before;
  if (g_main_context_find_source_by_id (NULL, source) != NULL)
    g_source_remove (source);
  eonay_practice_slots_hold_at (slots, 0);
  g_test_message ("operation %d, place %u, %u rounds: pressed %u times, %u sent", operation, place,
                  rounds, n_pressed, n_unasked);
  g_assert_cmpuint (n_pressed, >, 0);
  if (n_unasked == 0)
    {
      agree (dialog_fixture, operation);
      g_assert_cmpuint (eonay_practice_slots_get_pins (slots) - before, ==, 1);
    }

  return n_unasked;
}

static void
test_nothing_is_sent_unasked (void)
{
  static const guint rounds[] = { 20, 1, 400, 5 };
  const char *text = g_getenv ("EONAY_TEST_RUNS");
  guint n_runs = text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : N_RUNS;
  guint n_sent = 0;
  EonayPinDialogFixture dialog_fixture;

  eonay_pin_dialog_fixture_open (&dialog_fixture, EONAY_PRACTICE_CARD_VALID, 720, 680);
  for (guint i = 0; i < n_runs; i++)
    {
      guint place = i / N_OPERATIONS * (n_runs <= N_RUNS ? 6 : 1) % (N_PLACES + 1);
      guint step = i / (N_OPERATIONS * (N_PLACES + 1)) % G_N_ELEMENTS (rounds);

      n_sent += run_once (&dialog_fixture, (Operation) (i % N_OPERATIONS), place, rounds[step]);
      g_assert_cmpuint (n_sent, ==, 0);
    }
  g_test_message ("%u runs: %u times a secret was sent that nobody agreed to", n_runs, n_sent);
  eonay_pin_dialog_fixture_close (&dialog_fixture);
}

/* Nothing is sent; it is said, and everything can be typed anew. */
static void
test_present_pin_is_no_new_one (void)
{
  const char *complaint = "The new PIN is the same as the present one.";
  EonayPinDialogFixture dialog_fixture;
  guint before;

  eonay_pin_dialog_fixture_open (&dialog_fixture, EONAY_PRACTICE_CARD_VALID, 720, 680);
  eonay_pin_dialog_fixture_begin (&dialog_fixture, EONAY_TOKEN_REQUEST_CHANGE_PIN);
  eonay_pin_dialog_fixture_await (&dialog_fixture, "Tries left: 3");
  before = eonay_practice_slots_get_pins (get_slots (&dialog_fixture));
  type (&dialog_fixture, CHANGE, NEW_PIN);
  g_signal_emit_by_name (eonay_pin_dialog_fixture_find_entry (&dialog_fixture, "New PIN again"),
                         "activate");
  eonay_window_fixture_settle (dialog_fixture.dialog);
  g_assert_true (eonay_pin_dialog_fixture_says (&dialog_fixture, complaint));
  g_assert_false (eonay_pin_dialog_fixture_can_click (&dialog_fixture, "Change PIN"));

  g_assert_cmpuint (eonay_practice_slots_get_pins (get_slots (&dialog_fixture)), ==, before);

  /* All of it is typed anew. */
  type (&dialog_fixture, CHANGE, "123456");
  eonay_window_fixture_settle (dialog_fixture.dialog);
  g_assert_false (eonay_pin_dialog_fixture_says (&dialog_fixture, complaint));
  eonay_pin_dialog_fixture_click (&dialog_fixture, "Change PIN");
  eonay_pin_dialog_fixture_await (&dialog_fixture, "The PIN has been changed.");
  eonay_pin_dialog_fixture_close (&dialog_fixture);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/last-try/nothing-is-sent-unasked", test_nothing_is_sent_unasked);
  g_test_add_func ("/window/last-try/present-pin", test_present_pin_is_no_new_one);

  return g_test_run ();
}
