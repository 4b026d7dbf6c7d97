#include "cli/terminal/eonay-cli-answer.h"

#include <locale.h>

static void
assert_each (const char *const *lines, EonayCliAnswer expected)
{
  for (; *lines != NULL; lines++)
    {
      g_test_message ("“%s”", *lines);
      g_assert_cmpint (eonay_cli_answer_read (*lines), ==, expected);
    }
}

static void
test_yes (void)
{
  const char *const lines[] = { "e", "E", "evet", "EVET", "y", "Y", "yes", "Yes", " e ", NULL };

  assert_each (lines, EONAY_CLI_ANSWER_YES);
}

static void
test_no (void)
{
  const char *const lines[] = { "",      "  ", "h", "H",  "hayır", "HAYIR", "Hayır",
                                "hayir", "n",  "N", "no", "NO",    NULL };

  assert_each (lines, EONAY_CLI_ANSWER_NO);
}

static void
test_neither (void)
{
  const char *const lines[] = { "emin değilim", "ee",     "eve", "evet mi", "yok", "yesno",
                                "y n",          "no way", "1",   "true",    "?",   NULL };

  assert_each (lines, EONAY_CLI_ANSWER_UNCLEAR);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "tr_TR.UTF-8");
  g_test_add_func ("/cli/answer/yes", test_yes);
  g_test_add_func ("/cli/answer/no", test_no);
  g_test_add_func ("/cli/answer/neither", test_neither);

  return g_test_run ();
}
