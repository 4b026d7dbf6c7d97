#include "session/eonay-code.h"

#include "base/eonay-error.h"

#define DIGITS "820004526184196"

static void
assert_parses (const char *text, const char *portal_id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *code = eonay_code_parse (text, &id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, DIGITS);
  g_assert_cmpstr (id, ==, portal_id);
}

static void
assert_refuses (const char *text, EonaySessionError expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *code = eonay_code_parse (text, &id, &error);

  g_test_message ("%s", g_utf8_validate (text, -1, NULL) ? text : "(not UTF-8)");
  g_assert_error (error, EONAY_SESSION_ERROR, (int) expected);
  g_assert_null (code);
  g_assert_null (id);
}

static void
test_typed (void)
{
  assert_parses (DIGITS, NULL);
  assert_parses ("820 0045 2618 4196", NULL);
  assert_parses ("820-0045-2618-4196", NULL);
  assert_parses ("  82000452\r\n6184196\n", NULL);
  assert_parses ("820\u00a00045\u20092618\u20134196", NULL);
  assert_parses ("\u200b820004526184196\ufeff", NULL);
}

static void
test_wrong_characters (void)
{
  assert_refuses ("82000452618419O", EONAY_SESSION_ERROR_CODE_LETTERS);
  assert_refuses ("abc", EONAY_SESSION_ERROR_CODE_LETTERS);
  assert_refuses ("820.0045.2618.4196", EONAY_SESSION_ERROR_CODE_LETTERS);
  assert_refuses ("٨٢٠٠٠٤٥٢٦١٨٤١٩٦", EONAY_SESSION_ERROR_CODE_LETTERS);
  assert_refuses ("820004526184196\xff", EONAY_SESSION_ERROR_CODE_LETTERS);
}

static void
test_wrong_length (void)
{
  assert_refuses ("", EONAY_SESSION_ERROR_CODE_LENGTH);
  assert_refuses ("   ", EONAY_SESSION_ERROR_CODE_LENGTH);
  assert_refuses ("82000452618419", EONAY_SESSION_ERROR_CODE_LENGTH);
  assert_refuses ("8200045261841966", EONAY_SESSION_ERROR_CODE_LENGTH);
}

static void
test_link (void)
{
  g_autofree char *code = NULL;

  assert_parses ("eonay:" DIGITS, NULL);
  assert_parses ("EONAY:" DIGITS, NULL);
  assert_parses (" eonay:" DIGITS "?portal=kamu-sm_1\n", "kamu-sm_1");

  code = eonay_code_parse ("eonay:" DIGITS "?portal=kurum", NULL, NULL);
  g_assert_cmpstr (code, ==, DIGITS);
}

static void
test_link_that_names_more (void)
{
  const char *links[] = {
    "eonay:",
    "eonay:82000452618419",
    "eonay:8200045261841960",
    "eonay:820%2F04526184196",
    "eonay:%38%32%30%30%30%34%35%32%36%31%38%34%31%39%36",
    "eonay:82000\n4526184196",
    "eonay:" DIGITS "?portal=k%75rum",
    "eonay:820 0045 2618 4196",
    "eonay://" DIGITS,
    "eonay://evil.example/" DIGITS,
    "eonay:" DIGITS "/x",
    "eonay:" DIGITS "#x",
    "eonay:" DIGITS "?",
    "eonay:" DIGITS "?portal=",
    "eonay:" DIGITS "?portal=a&portal=b",
    "eonay:" DIGITS "?portal=a&url=https://evil.example/",
    "eonay:" DIGITS "?url=https://evil.example/",
    "eonay:" DIGITS "?Portal=a",
    "eonay:" DIGITS "?portal=../x",
    "eonay:" DIGITS "?portal=https%3A%2F%2Fevil.example",
    "eonay:" DIGITS "?portal=123456789012345678901234567890123",
    "eonay:" DIGITS "?portal=%zz",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    assert_refuses (links[i], EONAY_SESSION_ERROR_LINK_MALFORMED);
}

static void
test_format (void)
{
  const struct {
    const char *digits;
    const char *shown;
  } cases[] = {
    { "", "" },
    { "82", "82" },
    { "820", "820" },
    { "8200", "820 0" },
    { "82000452618", "820 0045 2618" },
    { DIGITS, "820 0045 2618 4196" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = eonay_code_format (cases[i].digits);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/code/typed", test_typed);
  g_test_add_func ("/session/code/wrong-characters", test_wrong_characters);
  g_test_add_func ("/session/code/wrong-length", test_wrong_length);
  g_test_add_func ("/session/code/link", test_link);
  g_test_add_func ("/session/code/link-that-names-more", test_link_that_names_more);
  g_test_add_func ("/session/code/format", test_format);

  return g_test_run ();
}
