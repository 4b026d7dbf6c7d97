#include "cli/card/eonay-cli-card-options.h"

#include "practice/card/eonay-practice-card.h"

static EonayCliCardOptions *
parse (EonayCliCardCommand command, const char *line, GError **error)
{
  g_autofree char *whole = g_strconcat ("command ", line, NULL);
  g_auto (GStrv) argv = NULL;
  g_autofree char **borrowed = NULL;
  int argc;

  g_assert_true (g_shell_parse_argv (whole, &argc, &argv, NULL));
  /* Parsing takes arguments out of the array. */
  borrowed = g_memdup2 (argv, sizeof (char *) * ((gsize) argc + 1));

  return eonay_cli_card_options_parse (command, argc, borrowed, error);
}

static EonayCliCardOptions *
parse_well (EonayCliCardCommand command, const char *line)
{
  g_autoptr (GError) error = NULL;
  EonayCliCardOptions *options = parse (command, line, &error);

  g_assert_no_error (error);
  g_assert_cmpint (options->command, ==, command);

  return options;
}

static void
test_list (void)
{
  g_autoptr (EonayCliCardOptions) bare = parse_well (EONAY_CLI_CARD_LIST, "");
  g_autoptr (EonayCliCardOptions) full =
      parse_well (EONAY_CLI_CARD_STATUS, "--json --reader Gemalto --practice --card two");

  g_assert_false (bare->json);
  g_assert_false (bare->practice);
  g_assert_null (bare->reader);
  g_assert_true (full->json);
  g_assert_true (full->practice);
  g_assert_cmpint (full->card, ==, EONAY_PRACTICE_CARD_TWO);
  g_assert_cmpstr (full->reader, ==, "Gemalto");
}

static void
test_change_pin (void)
{
  g_autoptr (EonayCliCardOptions) bare = parse_well (EONAY_CLI_CARD_CHANGE_PIN, "");
  g_autoptr (EonayCliCardOptions) full =
      parse_well (EONAY_CLI_CARD_CHANGE_PIN,
                  "--certificate '00:0A:bc DE' --pin-fd 0 --new-pin-fd 1 --last-try --allow-weak "
                  "--experimental-akis");

  g_assert_cmpint (bare->secret_fd, ==, -1);
  g_assert_cmpint (bare->new_pin_fd, ==, -1);
  g_assert_null (bare->certificate);
  g_assert_false (bare->last_try);
  g_assert_false (bare->allow_weak);
  g_assert_false (bare->experimental_akis);
  g_assert_cmpint (full->secret_fd, ==, 0);
  g_assert_cmpint (full->new_pin_fd, ==, 1);
  g_assert_cmpstr (full->certificate, ==, "abcde");
  g_assert_true (full->last_try);
  g_assert_true (full->allow_weak);
  g_assert_true (full->experimental_akis);
}

static void
test_unblock (void)
{
  g_autoptr (EonayCliCardOptions) options = parse_well (EONAY_CLI_CARD_UNBLOCK,
                                                        "--puk-fd 0 --new-pin-fd 0 --last-try");

  g_assert_cmpint (options->secret_fd, ==, 0);
  g_assert_cmpint (options->new_pin_fd, ==, 0);
  g_assert_true (options->last_try);
}

static void
test_contradictions (void)
{
  const struct {
    EonayCliCardCommand command;
    const char *line;
    int code;
  } lines[] = {
    { EONAY_CLI_CARD_LIST, "x", G_OPTION_ERROR_BAD_VALUE },
    { EONAY_CLI_CARD_LIST, "--card two", G_OPTION_ERROR_BAD_VALUE },
    { EONAY_CLI_CARD_LIST, "--practice --card x", G_OPTION_ERROR_BAD_VALUE },
    { EONAY_CLI_CARD_LIST, "--pin-fd 0", G_OPTION_ERROR_UNKNOWN_OPTION },
    { EONAY_CLI_CARD_STATUS, "--certificate ab", G_OPTION_ERROR_UNKNOWN_OPTION },
    { EONAY_CLI_CARD_CHANGE_PIN, "--json", G_OPTION_ERROR_UNKNOWN_OPTION },
    { EONAY_CLI_CARD_CHANGE_PIN, "--puk-fd 0", G_OPTION_ERROR_UNKNOWN_OPTION },
    { EONAY_CLI_CARD_CHANGE_PIN, "--last-try", G_OPTION_ERROR_BAD_VALUE },
    { EONAY_CLI_CARD_CHANGE_PIN, "--new-pin-fd 0 --last-try", G_OPTION_ERROR_BAD_VALUE },
    { EONAY_CLI_CARD_CHANGE_PIN, "--pin-fd 12345", G_OPTION_ERROR_BAD_VALUE },
    { EONAY_CLI_CARD_CHANGE_PIN, "--new-pin-fd 12345", G_OPTION_ERROR_BAD_VALUE },
    { EONAY_CLI_CARD_CHANGE_PIN, "--certificate 12g", G_OPTION_ERROR_BAD_VALUE },
    { EONAY_CLI_CARD_CHANGE_PIN, "--certificate ''", G_OPTION_ERROR_BAD_VALUE },
    { EONAY_CLI_CARD_UNBLOCK, "--pin-fd 0", G_OPTION_ERROR_UNKNOWN_OPTION },
    { EONAY_CLI_CARD_UNBLOCK, "--puk-fd 12345", G_OPTION_ERROR_BAD_VALUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", lines[i].line);
      g_assert_null (parse (lines[i].command, lines[i].line, &error));
      g_assert_error (error, G_OPTION_ERROR, lines[i].code);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/card-options/list", test_list);
  g_test_add_func ("/cli/card-options/change-pin", test_change_pin);
  g_test_add_func ("/cli/card-options/unblock", test_unblock);
  g_test_add_func ("/cli/card-options/contradictions", test_contradictions);

  return g_test_run ();
}
