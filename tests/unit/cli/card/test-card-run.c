#include "cli/card/eonay-cli-card-run.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/eonay-error.h"
#include "session/eonay-tries.h"
#include "support/session-fixture.h"
#include "support/test-pair.h"

/* More than a second altogether, from which on a person is told. */
#define SLOW 200

static GString *complaints;

static void
note_complaint (const char *text)
{
  g_string_append (complaints, text);
}

static void
drop_print (const char *text)
{
}

/** Two readers with a card each. */
static EonayReaderList *
make_readers (guint delay, guint n_busy)
{
  g_autoptr (EonaySlotSource) source =
      test_pair_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID),
                     session_fixture_get_card (EONAY_PRACTICE_CARD_EC), delay, n_busy);

  return eonay_reader_list_new (source);
}

/** A run of a script's. */
static EonayCliCardRun *
make_run (const EonayCliCardOptions *options, EonayReaderList *readers)
{
  EonayCliCardRun *run = eonay_cli_card_run_new (options, readers);

  run->interactive = FALSE;

  return run;
}

static JsonObject *
get_card (JsonNode *root, guint reader)
{
  JsonArray *readers = json_object_get_array_member (json_node_get_object (root), "readers");

  return json_object_get_object_member (json_array_get_object_element (readers, reader), "card");
}

static void
assert_lists_both (guint delay, guint n_busy)
{
  const EonayCliCardOptions options = { .command = EONAY_CLI_CARD_STATUS, .json = TRUE };
  g_autoptr (EonayReaderList) readers = make_readers (delay, n_busy);
  g_autoptr (EonayCliCardRun) run = make_run (&options, readers);
  g_autoptr (GError) error = NULL;
  GPrintFunc print = g_set_print_handler (drop_print);
  gboolean found = eonay_cli_card_list (run, &error);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *first;

  g_set_print_handler (print);
  g_assert_no_error (error);
  g_assert_true (found);
  text = eonay_cli_card_json_write (run, NULL);
  root = json_from_string (text, &error);
  g_assert_no_error (error);

  first = get_card (root, 0);
  g_assert_cmpstr (json_object_get_string_member (first, "label"), ==, "DENEME Kart");
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (first, "certificates")), ==,
                   2);
  g_assert_cmpint (
      json_object_get_int_member (json_object_get_object_member (first, "pin"), "tries_left"), ==,
      3);
  if (n_busy == 0)
    g_assert_nonnull (get_card (root, 1));
  g_assert_null (strstr (text, "10000000146"));
}

static void
test_lists_every_reader (void)
{
  assert_lists_both (20, 0);
}

/** A slow reader, of so many milliseconds a command, is waited for as long as its card answers. */
static void
test_waits_for_slow_card (gconstpointer user_data)
{
  const EonayCliCardOptions options = {
    .command = EONAY_CLI_CARD_STATUS,
    .reader = (char *) TEST_PAIR_SECOND,
  };
  guint delay = GPOINTER_TO_UINT (user_data);
  g_autoptr (EonaySlotSource) source =
      test_pair_new (session_fixture_get_card (EONAY_PRACTICE_CARD_VALID),
                     session_fixture_get_card (EONAY_PRACTICE_CARD_MANY), delay, 0);
  g_autoptr (EonayReaderList) readers = eonay_reader_list_new (source);
  g_autoptr (EonayCliCardRun) run = make_run (&options, readers);
  g_autoptr (GError) error = NULL;
  GPrintFunc print = g_set_print_handler (drop_print);
  gboolean found;

  complaints = g_string_new (NULL);
  g_set_printerr_handler (note_complaint);
  found = eonay_cli_card_list (run, &error);
  g_set_printerr_handler (NULL);
  g_set_print_handler (print);
  g_assert_no_error (error);
  g_assert_true (found);
  /* Whoever waits is told for what: once, and not of a card that was read at once. */
  if (delay >= SLOW)
    g_assert_nonnull (strstr (complaints->str, TEST_PAIR_SECOND));
  if (delay >= SLOW)
    g_assert_null (strstr (strstr (complaints->str, TEST_PAIR_SECOND) + 1, TEST_PAIR_SECOND));
  g_string_free (complaints, TRUE);
}

static void
test_lists_what_can_be_read (void)
{
  assert_lists_both (0, 100);
}

static void
test_failure_has_its_code (void)
{
  const EonayCliCardOptions options = {
    .command = EONAY_CLI_CARD_LIST,
    .reader = (char *) "Third",
  };
  g_autoptr (EonayReaderList) readers = make_readers (0, 0);
  g_autoptr (EonayCliCardRun) run = make_run (&options, readers);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *told;

  g_assert_false (eonay_cli_card_list (run, &error));
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NO_READER);
  text = eonay_cli_card_json_write (run, error);
  root = json_from_string (text, NULL);
  told = json_object_get_object_member (json_node_get_object (root), "error");
  g_assert_cmpstr (json_object_get_string_member (told, "code"), ==, "KART-05");
  g_assert_true (json_object_has_member (told, "what"));
  g_assert_true (json_object_has_member (told, "remedy"));
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (json_node_get_object (root), "readers")),
      ==, 0);
}

static void
test_never_guesses_the_card (void)
{
  const EonayCliCardOptions options = { .command = EONAY_CLI_CARD_CHANGE_PIN };
  g_autoptr (EonayReaderList) readers = make_readers (0, 0);
  g_autoptr (EonayCliCardRun) run = make_run (&options, readers);
  g_autoptr (GError) error = NULL;

  complaints = g_string_new (NULL);
  g_set_printerr_handler (note_complaint);
  g_assert_false (eonay_cli_card_choose (run, &error));
  g_set_printerr_handler (NULL);

  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_NO_CERTIFICATE);
  g_assert_null (run->token);
  g_assert_true (run->told);
  g_assert_nonnull (strstr (complaints->str, "--reader or --certificate"));
  g_assert_nonnull (strstr (complaints->str, TEST_PAIR_FIRST));
  g_assert_nonnull (strstr (complaints->str, TEST_PAIR_SECOND));
  g_string_free (complaints, TRUE);
}

/** Two PINs of which the same is known are still two. */
static void
test_never_guesses_the_pin (void)
{
  const EonayCliCardOptions options = {
    .command = EONAY_CLI_CARD_CHANGE_PIN,
    .reader = (char *) TEST_PAIR_FIRST,
  };
  g_autoptr (EonaySlotSource) source =
      test_pair_new (session_fixture_get_card (EONAY_PRACTICE_CARD_MANY), NULL, 0, 0);
  g_autoptr (EonayReaderList) readers = eonay_reader_list_new (source);
  g_autoptr (EonayCliCardRun) run = make_run (&options, readers);
  g_autoptr (GError) error = NULL;

  complaints = g_string_new (NULL);
  g_set_printerr_handler (note_complaint);
  g_assert_false (eonay_cli_card_choose (run, &error));
  g_set_printerr_handler (NULL);

  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_NO_CERTIFICATE);
  g_assert_nonnull (strstr (complaints->str, "The card has several PINs"));
  g_string_free (complaints, TRUE);
}

static void
test_takes_the_card_of_the_reader (void)
{
  const EonayCliCardOptions options = {
    .command = EONAY_CLI_CARD_UNBLOCK,
    .reader = (char *) "Sec",
  };
  g_autoptr (EonayReaderList) readers = make_readers (20, 1);
  g_autoptr (EonayCliCardRun) run = make_run (&options, readers);
  g_autoptr (GError) error = NULL;

  g_assert_true (eonay_cli_card_choose (run, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (eonay_token_get_reader_name (run->token), ==, TEST_PAIR_SECOND);
  g_assert_true (eonay_token_certificate_has_key (run->certificate));
}

static void
test_takes_the_card_of_the_certificate (void)
{
  const EonayCliCardOptions any = {
    .command = EONAY_CLI_CARD_CHANGE_PIN,
    .reader = (char *) "First",
  };
  EonayCliCardOptions options = { .command = EONAY_CLI_CARD_CHANGE_PIN };
  g_autoptr (EonayReaderList) readers = make_readers (0, 0);
  g_autoptr (EonayCliCardRun) first = make_run (&any, readers);
  g_autoptr (EonayCliCardRun) run = make_run (&options, readers);
  g_autoptr (EonayTokenCertificate) second = NULL;
  g_autoptr (GError) error = NULL;
  const char *serial;

  g_assert_true (eonay_cli_card_choose (first, &error));
  second = g_list_model_get_item (eonay_token_get_certificates (first->token), 1);
  serial = eonay_certificate_get_serial (
      eonay_candidate_get_certificate (eonay_cli_card_run_find_candidate (first, second)));
  options.certificate = (char *) serial + strspn (serial, "0");

  g_assert_true (eonay_cli_card_choose (run, &error));
  g_assert_no_error (error);
  g_assert_true (run->token == first->token);
  g_assert_true (run->certificate == second);
}

/** The hung module is still being asked when the card that is ready is taken. */
static void
test_goes_on_beside_a_module_that_hangs (void)
{
  const EonayCliCardOptions choosing = {
    .command = EONAY_CLI_CARD_CHANGE_PIN,
    .reader = (char *) TEST_PAIR_FIRST,
  };
  const EonayCliCardOptions listing = { .command = EONAY_CLI_CARD_LIST, .json = TRUE };
  g_autoptr (EonayReaderList) readers = make_readers (0, 0);
  g_autoptr (EonayCliCardRun) chooser = make_run (&choosing, readers);
  g_autoptr (EonayCliCardRun) lister = make_run (&listing, readers);
  g_autoptr (EonayModuleDiscovery) modules = NULL;
  g_autoptr (GError) error = NULL;
  GPrintFunc print;

  modules = test_pair_hang_modules (readers);
  g_assert_true (eonay_cli_card_choose (chooser, &error));
  g_assert_no_error (error);
  g_assert_true (eonay_reader_list_is_searching (readers));

  print = g_set_print_handler (drop_print);
  g_assert_true (eonay_cli_card_list (lister, &error));
  g_set_print_handler (print);
  g_assert_no_error (error);
  g_assert_true (eonay_reader_list_is_searching (readers));
}

static void
test_interruption_ends_the_wait (void)
{
  const EonayCliCardOptions options = { .command = EONAY_CLI_CARD_CHANGE_PIN };
  g_autoptr (EonayReaderList) readers = make_readers (0, 0);
  g_autoptr (EonayCliCardRun) run = make_run (&options, readers);
  g_autoptr (GError) error = NULL;

  eonay_cli_card_run_interrupt (run);
  g_assert_false (eonay_cli_card_choose (run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
assert_tries (EonayPinState state, const char *expected)
{
  g_autofree char *text = eonay_tries_words_short (&state);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_tries_in_words (void)
{
  assert_tries ((EonayPinState){ .known = TRUE, .tries_left = 2, .tries_max = 3 },
                "2 of 3 tries left");
  assert_tries ((EonayPinState){ .known = TRUE, .tries_left = 1, .tries_max = -1 }, "1 try left");
  assert_tries ((EonayPinState){ .known = TRUE, .tries_left = 2, .tries_max = -1 }, "2 tries left");
  assert_tries ((EonayPinState){ .tries_left = -1, .tries_max = 3 }, "tries left unknown");
  assert_tries ((EonayPinState){ .known = TRUE, .blocked = TRUE, .tries_max = 3 }, "blocked");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/card-run/lists-every-reader", test_lists_every_reader);
  g_test_add_func ("/cli/card-run/lists-what-can-be-read", test_lists_what_can_be_read);
  g_test_add_data_func ("/cli/card-run/waits/5", GUINT_TO_POINTER (5), test_waits_for_slow_card);
  g_test_add_data_func ("/cli/card-run/waits/50", GUINT_TO_POINTER (50), test_waits_for_slow_card);
  g_test_add_data_func ("/cli/card-run/waits/200", GUINT_TO_POINTER (200),
                        test_waits_for_slow_card);
  g_test_add_func ("/cli/card-run/failure-has-its-code", test_failure_has_its_code);
  g_test_add_func ("/cli/card-run/never-guesses-the-card", test_never_guesses_the_card);
  g_test_add_func ("/cli/card-run/never-guesses-the-pin", test_never_guesses_the_pin);
  g_test_add_func ("/cli/card-run/takes-the-card-of-the-reader", test_takes_the_card_of_the_reader);
  g_test_add_func ("/cli/card-run/takes-the-card-of-the-certificate",
                   test_takes_the_card_of_the_certificate);
  g_test_add_func ("/cli/card-run/goes-on-beside-a-module-that-hangs",
                   test_goes_on_beside_a_module_that_hangs);
  g_test_add_func ("/cli/card-run/interruption-ends-the-wait", test_interruption_ends_the_wait);
  g_test_add_func ("/cli/card-run/tries-in-words", test_tries_in_words);

  return g_test_run ();
}
