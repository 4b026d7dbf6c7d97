#include "cli/sign/eonay-cli-sign-options.h"

#include "base/eonay-error.h"
#include "practice/card/eonay-practice-card.h"

#define CODE "820004526184196"

static EonayCliSignOptions *
parse (const char *line, GError **error)
{
  g_auto (GStrv) argv = NULL;
  g_autofree char **borrowed = NULL;
  int argc;

  g_assert_true (g_shell_parse_argv (line, &argc, &argv, NULL));
  /* Parsing takes arguments out of the array. */
  borrowed = g_memdup2 (argv, sizeof (char *) * ((gsize) argc + 1));

  return eonay_cli_sign_options_parse (argc, borrowed, error);
}

static EonayCliSignOptions *
parse_well (const char *line)
{
  g_autoptr (GError) error = NULL;
  EonayCliSignOptions *options = parse (line, &error);

  g_assert_no_error (error);

  return options;
}

static void
test_practice (void)
{
  g_autoptr (EonayCliSignOptions) options = parse_well ("sign --practice");

  g_assert_cmpint (options->environment_kind, ==, EONAY_CLI_ENVIRONMENT_PRACTICE);
  g_assert_null (options->code);
  g_assert_cmpstr (options->operation, ==, "e-onay");
  g_assert_cmpint (options->validity, ==, 285);
  g_assert_cmpint (options->card, ==, EONAY_PRACTICE_CARD_VALID);
  g_assert_null (options->fault);
  g_assert_cmpint (options->pin_fd, ==, -1);
  g_assert_false (options->accept_from_input);
}

static void
test_history (void)
{
  g_autoptr (EonayCliSignOptions) usual = parse_well ("sign --practice");
  g_autoptr (EonayCliSignOptions) file = parse_well ("sign --practice --history /tmp/h.db");
  g_autoptr (EonayCliSignOptions) none = parse_well ("sign --practice --no-history");
  g_autoptr (GError) error = NULL;

  g_assert_null (usual->history);
  g_assert_false (usual->no_history);
  g_assert_cmpstr (file->history, ==, "/tmp/h.db");
  g_assert_true (none->no_history);
  g_assert_null (parse ("sign --practice --no-history --history h.db", &error));
  g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
}

static void
test_practice_gone_wrong (void)
{
  g_autoptr (EonayCliSignOptions) options =
      parse_well ("sign --practice --card two --fault 503-once --operation login --validity 86400");

  g_assert_cmpint (options->card, ==, EONAY_PRACTICE_CARD_TWO);
  g_assert_cmpstr (options->fault, ==, "503-once");
  g_assert_cmpstr (options->operation, ==, "login");
  g_assert_cmpint (options->validity, ==, 86400);
}

static void
test_installed (void)
{
  g_autoptr (EonayCliSignOptions) options =
      parse_well ("sign --portal kurum --reader Gemalto --output out '820 0045 2618 4196'");

  g_assert_cmpint (options->environment_kind, ==, EONAY_CLI_ENVIRONMENT_INSTALLED);
  g_assert_cmpstr (options->portal_id, ==, "kurum");
  g_assert_cmpstr (options->reader, ==, "Gemalto");
  g_assert_cmpstr (options->output, ==, "out");
  g_assert_cmpstr (options->code, ==, CODE);
}

static void
test_experimental_akis (void)
{
  g_autoptr (EonayCliSignOptions) off = parse_well ("sign --portal kurum " CODE);
  g_autoptr (EonayCliSignOptions) on = parse_well ("sign --portal kurum --experimental-akis " CODE);

  g_assert_false (off->experimental_akis);
  g_assert_true (on->experimental_akis);
}

static void
test_link_names_the_portal (void)
{
  g_autoptr (EonayCliSignOptions) options = parse_well ("sign 'eonay:" CODE "?portal=kurum'");

  g_assert_cmpstr (options->code, ==, CODE);
  g_assert_cmpstr (options->portal_id, ==, "kurum");
}

static void
test_serial_is_put_in_order (void)
{
  g_autoptr (EonayCliSignOptions) options =
      parse_well ("sign --practice --certificate '00:0A:bc DE'");

  g_assert_cmpstr (options->certificate, ==, "abcde");
}

static void
test_accept (void)
{
  const guint8 zeros[32] = { 0 };
  const guint8 other[32] = { 1 };
  g_autoptr (GBytes) digest = g_bytes_new_static (zeros, sizeof zeros);
  g_autoptr (GBytes) stranger = g_bytes_new_static (other, sizeof other);
  g_autoptr (EonayCliSignOptions) options = parse_well (
      "sign --practice --accept AB00000000000000000000000000000000000000000000000000000000000000 "
      "--accept 0000000000000000000000000000000000000000000000000000000000000000 --accept -");

  g_assert_true (eonay_cli_sign_options_accepts (options, digest));
  g_assert_false (eonay_cli_sign_options_accepts (options, stranger));
  g_assert_true (options->accept_from_input);
}

static void
test_contradictions (void)
{
  const char *lines[] = {
    "sign",
    "sign --practice --practice-portal",
    "sign --practice --portal x",
    "sign --portal x --trust ca.pem " CODE,
    "sign --operation login " CODE,
    "sign --practice --operation login " CODE,
    "sign --practice --validity -1",
    "sign --practice --validity 0",
    "sign --practice --validity 86401",
    "sign --practice --operation revoke",
    "sign --practice --fault x",
    "sign --practice --fault 503 " CODE,
    "sign --portal x --fault 503 " CODE,
    "sign --practice --card x",
    "sign --practice-portal --card two",
    "sign --practice --trust /nonexistent",
    "sign --practice --trust /dev/null",
    "sign --practice " CODE " " CODE,
    "sign --practice 'eonay:" CODE "?portal=kurum'",
    "sign --portal a 'eonay:" CODE "?portal=b'",
    "sign --practice --accept 00",
    "sign --practice --accept 000000000000000000000000000000000000000000000000000000000000000g",
    "sign --practice --certificate ''",
    "sign --practice --certificate 12g",
    "sign --practice --pin-fd 12345",
    "sign --practice --last-try",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", lines[i]);
      g_assert_null (parse (lines[i], &error));
      g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
    }
}

static void
test_code_that_is_none (void)
{
  g_autoptr (GError) letters = NULL;
  g_autoptr (GError) length = NULL;

  g_assert_null (parse ("sign --portal x 82000452618419O", &letters));
  g_assert_error (letters, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_CODE_LETTERS);
  g_assert_null (parse ("sign --portal x 82000452618419", &length));
  g_assert_error (length, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_CODE_LENGTH);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/sign-options/practice", test_practice);
  g_test_add_func ("/cli/sign-options/history", test_history);
  g_test_add_func ("/cli/sign-options/practice-gone-wrong", test_practice_gone_wrong);
  g_test_add_func ("/cli/sign-options/installed", test_installed);
  g_test_add_func ("/cli/sign-options/experimental-akis", test_experimental_akis);
  g_test_add_func ("/cli/sign-options/link-names-the-portal", test_link_names_the_portal);
  g_test_add_func ("/cli/sign-options/serial-is-put-in-order", test_serial_is_put_in_order);
  g_test_add_func ("/cli/sign-options/accept", test_accept);
  g_test_add_func ("/cli/sign-options/contradictions", test_contradictions);
  g_test_add_func ("/cli/sign-options/code-that-is-none", test_code_that_is_none);

  return g_test_run ();
}
