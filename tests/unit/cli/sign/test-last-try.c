#include <string.h>
#include <unistd.h>

#include "base/eonay-error.h"
#include "cli/card/eonay-cli-card-run.h"
#include "cli/sign/eonay-cli-signing.h"
#include "practice/portal/eonay-practice-unblocking.h"
#include "support/session-fixture.h"

/* One try left, and a card that is slow at one place or another: no PIN that nobody agreed to
   reaches it. What is counted are the commands that the card gets. EONAY_TEST_RUNS: how many. */

#define WRONG_PIN "654321"
#define WRONG_PUK "11111111"
#define NEW_PIN "857391"
#define PIN_REFERENCE 0x01
#define PUK_REFERENCE 0x02
#define STORED 16
#define N_RUNS 45
#define N_PLACES 25

typedef enum {
  SIGN,
  CHANGE,
  UNBLOCK,
  N_OPERATIONS
} Operation;

static void
drop_print (const char *text)
{
}

static guint16
send_command (EonayPracticeCard *card, const guint8 *command, gsize length)
{
  const guint8 select[] = { 0x00, 0xa4, 0x04, 0x0c, 0x0c, 0xa0, 0x00, 0x00, 0x00,
                            0x63, 'P',  'K',  'C',  'S',  '-',  '1',  '5' };
  g_autoptr (GBytes) selected = NULL;
  g_autoptr (GBytes) answer = NULL;
  const guint8 *bytes;
  gsize size;

  eonay_practice_card_reset (card);
  selected = eonay_practice_card_process (card, select, sizeof select);
  answer = eonay_practice_card_process (card, command, length);
  bytes = g_bytes_get_data (answer, &size);
  eonay_practice_card_reset (card);

  return (guint16) (bytes[size - 2] << 8 | bytes[size - 1]);
}

static guint16
verify (EonayPracticeCard *card, const char *pin)
{
  guint8 command[5 + 6] = { 0x00, 0x20, 0x00, PIN_REFERENCE, 6 };

  memcpy (command + 5, pin, 6);

  return send_command (card, command, sizeof command);
}

static guint16
reset_retry_counter (EonayPracticeCard *card, const char *puk)
{
  guint8 command[5 + 2 * STORED] = { 0x00, 0x2c, 0x00, PIN_REFERENCE, 2 * STORED };

  memcpy (command + 5, puk, strlen (puk));
  memcpy (command + 5 + STORED, "123456", 6);

  return send_command (card, command, sizeof command);
}

/** Past the program, as another one does. */
static EonayPracticeCard *
leave_one_try (Operation operation)
{
  EonayPracticeCard *card = session_fixture_get_card (EONAY_PRACTICE_CARD_VALID);

  g_assert_cmphex (reset_retry_counter (card, EONAY_PRACTICE_PUK), ==, 0x9000);
  g_assert_cmphex (verify (card, "123456"), ==, 0x9000);
  if (operation == UNBLOCK)
    while (eonay_practice_card_get_tries (card, PUK_REFERENCE) > 1)
      reset_retry_counter (card, WRONG_PUK);
  else
    while (eonay_practice_card_get_tries (card, PIN_REFERENCE) > 1)
      verify (card, "000000");

  return card;
}

/** Returns: a descriptor with lines to read */
static int
open_lines (const char *first, const char *second)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s\n", first, second);
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], text, strlen (text)), ==, strlen (text));
  close (ends[1]);

  return ends[0];
}

/* Once a command is held back, the program goes on as far as it can, @rounds times, until it is let
   go. */
typedef struct {
  EonayPracticeSlots *slots;
  guint rounds;
  guint source;
} Delay;

static gboolean
on_idle (gpointer user_data)
{
  Delay *self = user_data;

  if (eonay_practice_slots_holds (self->slots) && self->rounds-- == 0)
    {
      eonay_practice_slots_hold_at (self->slots, 0);
      self->source = 0;
      return G_SOURCE_REMOVE;
    }
  g_usleep (100);

  return G_SOURCE_CONTINUE;
}

static void
delay_start (Delay *self, EonayPracticeSlots *slots, guint place, guint rounds)
{
  *self = (Delay){ .slots = slots, .rounds = rounds };
  eonay_practice_slots_hold_at (slots, place);
  self->source = g_idle_add_full (G_PRIORITY_LOW, on_idle, self, NULL);
}

static void
delay_stop (Delay *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  eonay_practice_slots_hold_at (self->slots, 0);
}

static GError *
sign (SessionFixture *fixture, int fd, gboolean last_try)
{
  EonayCliSignOptions options = { .pin_fd = fd, .last_try = last_try };
  EonayCliSigner signer = { .options = &options,
                            .candidates = fixture->candidates,
                            .readers = fixture->readers,
                            .stop = g_cancellable_new (),
                            .work = g_cancellable_new () };
  EonayCliSigning signing = { .options = &options, .session = fixture->session, .signer = &signer };
  g_autoptr (EonayCandidate) first = NULL;
  GError *error = NULL;
  gboolean signs;

  /* It has two certificates that can sign; the first one is named. */
  while ((first = g_list_model_get_item (G_LIST_MODEL (fixture->candidates), 0)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  eonay_session_set_candidate (fixture->session, first);
  signs = eonay_cli_signing_sign (&signing, &error);
  g_assert_cmpint (signs, ==, error == NULL);
  g_clear_object (&signer.candidate);
  g_object_unref (signer.stop);
  g_object_unref (signer.work);

  return error;
}

static GError *
replace (SessionFixture *fixture, Operation operation, int fd, gboolean last_try)
{
  EonayCliCardOptions options = { .command = operation == CHANGE ? EONAY_CLI_CARD_CHANGE_PIN
                                                                 : EONAY_CLI_CARD_UNBLOCK,
                                  .secret_fd = fd,
                                  .new_pin_fd = fd,
                                  .allow_weak = TRUE,
                                  .last_try = last_try };
  g_autoptr (EonayCliCardRun) run = eonay_cli_card_run_new (&options, fixture->readers);
  GError *error = NULL;
  gboolean replaced;

  run->interactive = FALSE;
  replaced = eonay_cli_card_replace_pin (run, &error);
  g_assert_cmpint (replaced, ==, error == NULL);

  return error;
}

/** Returns: (transfer full) (nullable): how it ended */
static GError *
run_once (Operation operation, const char *secret, gboolean last_try, guint place, guint rounds,
          guint *n_pins)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new (NULL);
  EonayPracticeCard *card = leave_one_try (operation);
  int fd = open_lines (secret, NEW_PIN);
  GPrintFunc print = g_set_print_handler (drop_print);
  GPrintFunc complain = g_set_printerr_handler (drop_print);
  g_autoptr (GError) resolved = NULL;
  GError *error;
  Delay delay;

  if (operation == SIGN)
    {
      session_fixture_begin (fixture, "login", NULL);
      resolved = session_fixture_finish (fixture);
      g_assert_no_error (resolved);
      eonay_session_mark_seen (fixture->session, 0);
    }
  delay_start (&delay, fixture->slots, place, rounds);
  eonay_practice_slots_set_card (fixture->slots, card);
  error = operation == SIGN ? sign (fixture, fd, last_try)
                            : replace (fixture, operation, fd, last_try);
  delay_stop (&delay);
  g_set_print_handler (print);
  g_set_printerr_handler (complain);
  *n_pins = eonay_practice_slots_get_pins (fixture->slots);
  close (fd);

  return error;
}

static guint
get_n_runs (void)
{
  const char *text = g_getenv ("EONAY_TEST_RUNS");

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : N_RUNS;
}

static void
test_nothing_is_sent_unasked (void)
{
  static const guint rounds[] = { 20, 1, 400, 5 };
  guint n_runs = get_n_runs ();
  guint n_sent = 0;
  guint n_refused = 0;

  for (guint i = 0; i < n_runs; i++)
    {
      Operation operation = (Operation) (i % N_OPERATIONS);
      guint place = i / N_OPERATIONS * (n_runs <= N_RUNS ? 2 : 1) % (N_PLACES + 1);
      guint n_pins;
      g_autoptr (GError) error =
          run_once (operation, operation == UNBLOCK ? WRONG_PUK : WRONG_PIN, FALSE, place,
                    rounds[i / (N_OPERATIONS * N_PLACES) % G_N_ELEMENTS (rounds)], &n_pins);

      g_test_message ("run %u: operation %d, place %u: %u sent, %s", i, operation, place, n_pins,
                      error != NULL ? error->message : "done");
      n_sent += n_pins > 0;
      n_refused += g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_LAST_TRY);
      g_assert_nonnull (error);
    }

  g_test_message ("%u of %u runs sent a PIN that nobody agreed to; %u were refused as the last try",
                  n_sent, n_runs, n_refused);
  g_assert_cmpuint (n_sent, ==, 0);
  /* On a busy machine a card that is held back while it is read may come too late for a script. */
  g_assert_cmpuint (n_refused * 10, >=, n_runs * 9);
}

/** Whoever agrees gets what they want: the right one, sent once. */
static void
test_what_is_agreed_to_is_sent (void)
{
  static const char *const secrets[] = { "123456", "123456", EONAY_PRACTICE_PUK };

  for (guint place = 0; place <= N_PLACES; place += 5)
    for (int operation = 0; operation < N_OPERATIONS; operation++)
      {
        guint n_pins;
        g_autoptr (GError) error = run_once ((Operation) operation, secrets[operation], TRUE, place,
                                             20, &n_pins);

        g_assert_no_error (error);
        g_assert_cmpuint (n_pins, ==, 1);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/last-try/nothing-is-sent-unasked", test_nothing_is_sent_unasked);
  g_test_add_func ("/cli/last-try/what-is-agreed-to-is-sent", test_what_is_agreed_to_is_sent);

  return g_test_run ();
}
