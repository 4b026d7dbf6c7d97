#include "cli/eonay-cli-exit.h"

#include <string.h>

#include "base/eonay-error.h"

static void
assert_exits (GQuark domain, int code, EonayCliExit expected)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "");

  g_test_message ("%s %d", g_quark_to_string (domain), code);
  g_assert_cmpint (eonay_cli_exit_for_error (error), ==, expected);
}

static void
test_card (void)
{
  const int about_pin[] = {
    EONAY_CARD_ERROR_PIN_WRONG,       EONAY_CARD_ERROR_PIN_BLOCKED,
    EONAY_CARD_ERROR_PIN_LENGTH,      EONAY_CARD_ERROR_LAST_TRY,
    EONAY_CARD_ERROR_PUK_WRONG,       EONAY_CARD_ERROR_PUK_BLOCKED,
    EONAY_CARD_ERROR_PUK_LENGTH,      EONAY_CARD_ERROR_NEW_PIN_REFUSED,
    EONAY_CARD_ERROR_NEW_PINS_DIFFER, EONAY_CARD_ERROR_PIN_PAD_TIMED_OUT,
    EONAY_CARD_ERROR_TRIES_NOT_SHOWN,
  };

  for (int code = 0; code <= EONAY_CARD_ERROR_LAST; code++)
    {
      EonayCliExit expected = EONAY_CLI_EXIT_CARD;

      for (gsize i = 0; i < G_N_ELEMENTS (about_pin); i++)
        if (about_pin[i] == code)
          expected = EONAY_CLI_EXIT_PIN;
      assert_exits (EONAY_CARD_ERROR, code, expected);
    }
}

static void
test_portal (void)
{
  for (int code = 0; code <= EONAY_PORTAL_ERROR_LAST; code++)
    assert_exits (EONAY_PORTAL_ERROR, code,
                  code == EONAY_PORTAL_ERROR_EXPIRED ? EONAY_CLI_EXIT_EXPIRED
                                                     : EONAY_CLI_EXIT_PORTAL);
}

static void
test_others (void)
{
  assert_exits (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_CODE_LETTERS, EONAY_CLI_EXIT_USAGE);
  assert_exits (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_CODE_LENGTH, EONAY_CLI_EXIT_USAGE);
  assert_exits (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_LINK_MALFORMED, EONAY_CLI_EXIT_USAGE);
  assert_exits (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_EXPIRED, EONAY_CLI_EXIT_EXPIRED);
  assert_exits (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_NO_CERTIFICATE, EONAY_CLI_EXIT_CARD);
  assert_exits (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_HAS_NUL, EONAY_CLI_EXIT_PORTAL);
  assert_exits (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_NOT_UTF8, EONAY_CLI_EXIT_PORTAL);
  assert_exits (EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_INVALID, EONAY_CLI_EXIT_FAILED);
  assert_exits (G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, EONAY_CLI_EXIT_USAGE);
  assert_exits (G_IO_ERROR, G_IO_ERROR_CANCELLED, EONAY_CLI_EXIT_DECLINED);
  assert_exits (G_FILE_ERROR, G_FILE_ERROR_NOSPC, EONAY_CLI_EXIT_FAILED);
  g_assert_cmpint (eonay_cli_exit_for_error (NULL), ==, EONAY_CLI_EXIT_OK);
}

static void
test_man_page_lists_each (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "data", "man",
                                                 "eonay-cli.1", NULL);
  g_autofree char *page = NULL;

  g_assert_true (g_file_get_contents (path, &page, NULL, NULL));
  for (int code = EONAY_CLI_EXIT_OK; code <= EONAY_CLI_EXIT_NOT_ACCEPTED; code++)
    {
      g_autofree char *heading = g_strdup_printf ("\n.TP\n.B %d\n", code);

      g_assert_nonnull (strstr (page, heading));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/exit/card", test_card);
  g_test_add_func ("/cli/exit/portal", test_portal);
  g_test_add_func ("/cli/exit/others", test_others);
  g_test_add_func ("/cli/exit/man-page-lists-each", test_man_page_lists_each);

  return g_test_run ();
}
