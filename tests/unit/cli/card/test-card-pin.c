#include "cli/card/eonay-cli-card-run.h"

#include <string.h>
#include <unistd.h>

#include "base/eonay-error.h"
#include "cli/eonay-cli-exit.h"
#include "support/session-fixture.h"

#define PIN "123456"
#define NEW_PIN "857391"
#define WRONG_PIN "987654"
#define TRIES 3

/* More commands than any order takes. */
#define N_COMMANDS_MAX 100

static void
drop_print (const char *text)
{
}

/** Returns: a descriptor with two lines to read */
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

/** Returns: (transfer full) (nullable): how it ended; the card is pulled at its @n-th command */
static GError *
replace (EonayCliCardCommand command, EonayPracticeCard *card, const char *old, const char *new_pin,
         guint n)
{
  g_autoptr (SessionFixture) fixture = session_fixture_new (card);
  EonayCliCardOptions options = { .command = command, .allow_weak = TRUE };
  g_autoptr (EonayCliCardRun) run = eonay_cli_card_run_new (&options, fixture->readers);
  GPrintFunc print = g_set_print_handler (drop_print);
  GError *error = NULL;
  gboolean changed;

  run->interactive = FALSE;
  options.secret_fd = open_lines (old, new_pin);
  options.new_pin_fd = options.secret_fd;
  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->candidates)) == 0)
    g_main_context_iteration (NULL, TRUE);
  eonay_practice_slots_pull_at (fixture->slots, n);
  changed = eonay_cli_card_replace_pin (run, &error);
  g_set_print_handler (print);
  g_assert_cmpint (changed, ==, error == NULL);
  close (options.secret_fd);

  return error;
}

static GError *
change (EonayPracticeCard *card, const char *old, const char *new_pin, guint n)
{
  return replace (EONAY_CLI_CARD_CHANGE_PIN, card, old, new_pin, n);
}

/** No secret is asked for that only a module could use: what would be read is not even one. */
static void
test_asks_for_nothing_in_vain (void)
{
  EonayPracticeCard *card = session_fixture_get_card (EONAY_PRACTICE_CARD_AKIS_3);
  g_autoptr (GError) changed = change (card, "", "", 0);
  g_autoptr (GError) unblocked = replace (EONAY_CLI_CARD_UNBLOCK, card, "", "", 0);

  g_assert_error (changed, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NEEDED);
  g_assert_error (unblocked, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NEEDED);
  g_assert_cmpint (eonay_card_error_get_pin_try (changed), ==, EONAY_PIN_TRY_NOT_SENT);
}

static void
test_costs_what_it_says (void)
{
  EonayPracticeCard *card = session_fixture_get_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (GError) error = change (card, WRONG_PIN, NEW_PIN, 0);

  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_cmpint (eonay_card_error_get_tries_left (error), ==, TRIES - 1);
  g_assert_cmpint (session_fixture_ask_tries (card), ==, TRIES - 1);
  session_fixture_restore_tries (card);
}

static void
test_sends_no_poor_pin (void)
{
  EonayPracticeCard *card = session_fixture_get_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (GError) old = change (card, "98765", NEW_PIN, 0);
  GPrintFunc complain = g_set_printerr_handler (drop_print);
  g_autoptr (GError) new_pin = change (card, WRONG_PIN, "85739", 0);
  g_autoptr (GError) same = change (card, WRONG_PIN, WRONG_PIN, 0);

  g_set_printerr_handler (complain);
  g_assert_error (old, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH);
  g_assert_error (new_pin, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NEW_PIN_REFUSED);
  g_assert_error (same, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NEW_PIN_REFUSED);
  g_assert_cmpint (session_fixture_ask_tries (card), ==, TRIES);
}

/** Wherever the card is pulled: it is said, and its PIN is the one that it should be. */
static void
test_pulled_at_each_command (void)
{
  EonayPracticeCard *card = session_fixture_get_card (EONAY_PRACTICE_CARD_VALID);
  g_autoptr (GError) back = NULL;
  guint n;

  for (n = 1; n < N_COMMANDS_MAX; n++)
    {
      g_autoptr (GError) error = change (card, PIN, NEW_PIN, n);

      g_test_message ("pulled at command %u: %s", n, error != NULL ? error->message : "changed");
      if (error == NULL)
        break;
      g_assert_cmpint (eonay_cli_exit_for_error (error), ==, EONAY_CLI_EXIT_CARD);
      g_assert_cmpint (session_fixture_ask_tries (card), ==, TRIES);
      session_fixture_restore_tries (card);
    }

  g_assert_cmpuint (n, >, 3);
  g_assert_cmpuint (n, <, N_COMMANDS_MAX);
  back = change (card, NEW_PIN, PIN, 0);
  g_assert_no_error (back);
  session_fixture_restore_tries (card);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/card-pin/asks-for-nothing-in-vain", test_asks_for_nothing_in_vain);
  g_test_add_func ("/cli/card-pin/costs-what-it-says", test_costs_what_it_says);
  g_test_add_func ("/cli/card-pin/sends-no-poor-pin", test_sends_no_poor_pin);
  g_test_add_func ("/cli/card-pin/pulled-at-each-command", test_pulled_at_each_command);

  return g_test_run ();
}
