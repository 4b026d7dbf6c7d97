#include "cli/terminal/eonay-cli-rows.h"

#include <locale.h>
#include <string.h>

static void
assert_rows (const char *text, guint columns, const char *expected)
{
  g_autoptr (GPtrArray) rows = eonay_cli_rows_break (text, columns);
  g_autofree char *joined = NULL;

  g_ptr_array_add (rows, NULL);
  joined = g_strjoinv ("|", (char **) rows->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

static void
test_breaks (void)
{
  assert_rows ("", 10, "");
  assert_rows ("\n\n", 10, "|");
  assert_rows ("bir iki\nüç", 10, "bir iki|üç");
  assert_rows ("bir iki üç dört", 10, "bir iki |üç dört");
  assert_rows ("abcdefghijkl", 5, "abcd|efgh|ijkl");
  assert_rows ("a abcdefghij", 5, "a |abcd|efgh|ij");
  assert_rows ("漢字漢字", 6, "漢字|漢字");
  assert_rows ("a漢字漢字", 5, "a漢|字漢|字");
  assert_rows ("漢字", 1, "漢|字");
  assert_rows ("s\u0327ABCD\u0301E", 6, "s\u0327ABCD\u0301|E");
  assert_rows ("a\tb", 20, "a       b");
  assert_rows ("a\tb", 5, "a   |b");
}

/* Nothing is lost or added but line ends and what a tab becomes; no row reaches the margin. */
static void
test_every_width (void)
{
  const char *text = "Sözleşme 漢字漢字: kelimeler-ve-çok-uzun-bir-kelime g\u0306 ve son.";

  for (guint columns = 0; columns < 120; columns++)
    {
      g_autoptr (GPtrArray) rows = eonay_cli_rows_break (text, columns);
      g_autoptr (GString) joined = g_string_new (NULL);

      for (guint i = 0; i < rows->len; i++)
        {
          const char *row = rows->pdata[i];
          guint width = 0;

          for (const char *at = row; *at != '\0'; at = g_utf8_next_char (at))
            width += g_unichar_iszerowidth (g_utf8_get_char (at)) ? 0
                     : g_unichar_iswide (g_utf8_get_char (at))    ? 2
                                                                  : 1;
          g_assert_cmpuint (width, <=, MAX (columns, 3) - 1);
          g_assert_cmpuint (width, >, 0);
          g_string_append (joined, row);
        }
      g_assert_cmpstr (joined->str, ==, text);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/rows/breaks", test_breaks);
  g_test_add_func ("/cli/rows/every-width", test_every_width);

  return g_test_run ();
}
