#include "base/eonay-json-syntax.h"

#include <string.h>

static void
test_accepts (void)
{
  const char *texts[] = {
    "{}",
    " [ ] ",
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-12.5e+7",
    "1E3",
    "\"\"",
    "{\"a\":[1,2,{\"b\":null}]}",
    "\"ş\\u015f\\ud83d\\ude00\\n\\/\"",
    "\t\r\n{\"a\" : \"b\" }\n",
    "[[[[]]]]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!eonay_json_syntax_is_well_formed (texts[i], strlen (texts[i]), 4))
      g_error ("refused: %s", texts[i]);
}

static void
test_refuses (void)
{
  const char *texts[] = {
    "",
    " ",
    "{",
    "}",
    "[",
    "]",
    "[1,]",
    "[,1]",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{a:1}",
    "{'a':1}",
    "01",
    "+1",
    "1.",
    ".5",
    "1e",
    "1e+",
    "0x10",
    "-",
    "nul",
    "True",
    "NaN",
    "Infinity",
    "\"",
    "\"\\\"",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\u12g4\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"\\ud800x\"",
    "\"\\ud800\\n\"",
    "\"\\ud800\\ud800\"",
    "\"\\udc00\"",
    "\"\n\"",
    "\"\t\"",
    "{} {}",
    "{}x",
    "// x\n{}",
    "/* x */ {}",
    "var a = {}",
    "\xef\xbb\xbf{}",
    "\"\xff\"",
    "\"\xc3\"",
    "\"\xed\xa0\x80\"",
    "[[[[[]]]]]",
    "{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (eonay_json_syntax_is_well_formed (texts[i], strlen (texts[i]), 4))
      g_error ("accepted: %s", texts[i]);

  g_assert_false (eonay_json_syntax_is_well_formed ("\"a\0b\"", 5, 4));
  g_assert_false (eonay_json_syntax_is_well_formed ("{}\0", 3, 4));
}

static void
test_every_cut_is_refused (void)
{
  const char *whole = "{\"a\":[1.5e3,\"\\ud83d\\ude00\",null,true,{\"b\":\"ş\"}]}";

  g_assert_true (eonay_json_syntax_is_well_formed (whole, strlen (whole), 4));
  for (gsize length = 0; length < strlen (whole); length++)
    {
      /* An exact copy, so that the sanitizer sees a read past the end. */
      g_autofree char *part = g_memdup2 (whole, length);

      g_assert_false (eonay_json_syntax_is_well_formed (part, length, 4));
    }
}

static void
test_very_deep (void)
{
  g_autofree char *deep = g_strnfill (1000000, '[');

  g_assert_false (eonay_json_syntax_is_well_formed (deep, strlen (deep), 16));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json-syntax/accepts", test_accepts);
  g_test_add_func ("/base/json-syntax/refuses", test_refuses);
  g_test_add_func ("/base/json-syntax/every-cut-is-refused", test_every_cut_is_refused);
  g_test_add_func ("/base/json-syntax/very-deep", test_very_deep);

  return g_test_run ();
}
