#include "app/sign/eonay-code-text.h"

static void
check_insert (const char *text, guint position, const char *inserted, const char *expected,
              guint expected_caret)
{
  guint caret = G_MAXUINT;
  g_autofree char *shown = eonay_code_text_insert (text, position, inserted, &caret);

  g_assert_cmpstr (shown, ==, expected);
  g_assert_cmpuint (caret, ==, expected_caret);
}

static void
check_delete (const char *text, guint start, guint end, const char *expected, guint expected_caret)
{
  guint caret = G_MAXUINT;
  g_autofree char *shown = eonay_code_text_delete (text, start, end, &caret);

  g_assert_cmpstr (shown, ==, expected);
  g_assert_cmpuint (caret, ==, expected_caret);
}

static void
test_typed_one_by_one (void)
{
  const char *digits = "820004526184196";
  g_autofree char *text = g_strdup ("");
  guint caret = 0;

  for (const char *p = digits; *p != '\0'; p++)
    {
      char digit[] = { *p, '\0' };
      g_autofree char *old = g_steal_pointer (&text);

      text = eonay_code_text_insert (old, caret, digit, &caret);
    }

  g_assert_cmpstr (text, ==, "820 0045 2618 4196");
  g_assert_cmpuint (caret, ==, 18);
}

static void
test_typed_in_the_middle (void)
{
  check_insert ("820 0045", 2, "7", "827 0004 5", 3);
  check_insert ("820 0045", 4, "7", "820 7004 5", 5);
  check_insert ("", 0, " ", "", 0);
}

static void
test_pasted (void)
{
  check_insert ("", 0, "820-0045-2618-4196", "820 0045 2618 4196", 18);
  check_insert ("", 0, " 820004526\n184196 \n", "820 0045 2618 4196", 18);
  check_insert ("", 0, "eonay:820004526184196?portal=kurum", "820 0045 2618 4196", 18);
}

static void
test_pasted_code_replaces_what_was_there (void)
{
  check_insert ("123 4", 5, "820004526184196", "820 0045 2618 4196", 18);
}

static void
test_nothing_is_swallowed (void)
{
  check_insert ("820 0", 5, "x", "820 0x", 6);
  check_insert ("820 0x", 6, "1", "820 0x1", 7);
  check_insert ("820 0045 2618 4196", 18, "7", "820 0045 2618 41967", 19);
  check_insert ("", 0, "ğ", "ğ", 1);
}

static void
test_deleted (void)
{
  check_delete ("820 0045", 7, 8, "820 004", 7);
  check_delete ("820 0045", 0, 1, "200 045", 0);
  check_delete ("820 0045", 0, 8, "", 0);
  check_delete ("820 0x", 5, 6, "820 0", 5);
}

static void
test_deleting_a_space_deletes_a_digit (void)
{
  check_delete ("820 0045", 3, 4, "820 045", 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/code-text/typed-one-by-one", test_typed_one_by_one);
  g_test_add_func ("/app/code-text/typed-in-the-middle", test_typed_in_the_middle);
  g_test_add_func ("/app/code-text/pasted", test_pasted);
  g_test_add_func ("/app/code-text/pasted-code-replaces", test_pasted_code_replaces_what_was_there);
  g_test_add_func ("/app/code-text/nothing-is-swallowed", test_nothing_is_swallowed);
  g_test_add_func ("/app/code-text/deleted", test_deleted);
  g_test_add_func ("/app/code-text/deleting-a-space", test_deleting_a_space_deletes_a_digit);

  return g_test_run ();
}
