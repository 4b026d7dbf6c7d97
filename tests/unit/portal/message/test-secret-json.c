#include <string.h>

#include "base/eonay-error.h"
#include "portal/message/eonay-json.h"
#include "portal/message/eonay-secret-json.h"

static EonaySecret *
get_digits (const char *text, gsize length, GError **error)
{
  /* Exactly as long: a read beyond it is one beyond the block. */
  g_autoptr (GBytes) json = g_bytes_new (text, length);

  return eonay_secret_json_get_digits (json, "puk", 4, 16, error);
}

static void
assert_refused (const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (get_digits (text, strlen (text), &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_MALFORMED);
  g_assert_null (strstr (error->message, "1234"));
}

static void
assert_found (const char *text, const char *digits)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonaySecret) secret = get_digits (text, strlen (text), &error);
  const guint8 *bytes;
  gsize length;

  g_assert_no_error (error);
  bytes = eonay_secret_peek (secret, &length);
  g_assert_cmpmem (bytes, length, digits, strlen (digits));
}

static void
test_refused (void)
{
  const char *bad[] = {
    "{}",
    "[]",
    "x",
    "",
    "\"1234\"",
    "[\"puk\",\"1234\"]",
    "\"puk\":\"1234\"",
    "{\"puk\":1234}",
    "{\"puk\":null}",
    "{\"puk\":[\"1234\"]}",
    "{\"puk\":{\"puk\":\"1234\"}}",
    "{\"puk\":\"\"}",
    "{\"puk\":\"123\"}",
    "{\"puk\":\"12345678901234567\"}",
    "{\"puk\":\"1234a\"}",
    "{\"puk\":\"12\\u00334\"}",
    "{\"puk\":\" 1234\"}",
    "{\"puk\":\"1234 \"}",
    "{\"puk\":\"1234\\\"\"}",
    "{\"puk\":\"1234\",\"puk\":\"1234\"}",
    "{\"puk\":\"1234\",\"puk\":1}",
    "{\"PUK\":\"1234\"}",
    "{\"puks\":\"1234\"}",
    "{\"pu\":\"1234\"}",
    "{\"xpuk\":\"1234\"}",
    "{\"p\\u0075k\":\"1234\"}",
    "{\"a\":{\"puk\":\"1234\"}}",
    "{\"a\":\"puk\",\"b\":\"1234\"}",
    "{\"puk\":\"1234\"",
    "{\"puk\":\"1234\"}}",
    "{\"puk\":\"1234\",}",
    "{\"puk\" \"1234\"}",
    "{\"puk\":\"1234\",\"a\":[[[[[[[[1]]]]]]]]}",
    "{\"puk\":\"1234\xff\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (bad[i]);
  g_assert_null (get_digits ("{\"puk\":\"1234\"}\0", 16, NULL));
}

static void
test_found (void)
{
  assert_found ("{\"puk\":\"1234\"}", "1234");
  assert_found ("{\"puk\":\"0123456789012345\"}", "0123456789012345");
  assert_found ("{\"a\":\"}\\\"{\",\"b\":[1,{\"c\":\"]\"}],\"puk\":\"987654\",\"d\":true}",
                "987654");
  assert_found ("\t{\r\n\"puk\"\t:\n\"987654\"\r}\n", "987654");
  assert_found ("{\"a\\\\\":null,\"puk\":\"987654\",\"\":{}}", "987654");
  assert_found ("{\"p\\\"uk\":\"1\",\"puk\":\"987654\"}", "987654");
  assert_found ("{\"else\":[{\"puk\":\"0000\"},\"puk\"],\"puk\":\"987654\",\"e\":-1.5e+3}",
                "987654");
}

static void
test_cut_anywhere (void)
{
  const char text[] = " {\"a\":[{\"b\\n\":\"\\\"}\"}],\"puk\":\"987654\"} ";

  for (gsize length = 0; length < strlen (text) - 1; length++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (get_digits (text, length, &error));
      g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_MALFORMED);
    }
}

static void
assert_made (const char *value, const char *secret, const char *expected)
{
  g_autoptr (EonaySecret) kept = eonay_secret_new (secret, strlen (secret));
  g_autoptr (GBytes) json = eonay_secret_json_new (value == NULL ? NULL : "n", value, "secret",
                                                   kept);
  g_autoptr (JsonObject) parsed = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data (json, &length);

  g_assert_cmpmem (bytes, length, expected, strlen (expected));
  /* Another reader of JSON understands the same. */
  parsed = eonay_json_parse_object (json, NULL);
  g_assert_cmpstr (json_object_get_string_member (parsed, "secret"), ==, secret);
  if (value != NULL)
    g_assert_cmpstr (json_object_get_string_member (parsed, "n"), ==, value);
}

static void
test_made (void)
{
  char all[128];
  g_autoptr (EonaySecret) every = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (JsonObject) parsed = NULL;

  assert_made (NULL, "314159", "{\"secret\":\"314159\"}");
  assert_made ("0a", "ÇİĞ", "{\"n\":\"0a\",\"secret\":\"ÇİĞ\"}");
  assert_made ("\"", "\\\n\x1f", "{\"n\":\"\\\"\",\"secret\":\"\\\\\\u000a\\u001f\"}");

  for (guint i = 0; i < sizeof all - 1; i++)
    all[i] = (char) (i + 1);
  all[sizeof all - 1] = '\0';
  every = eonay_secret_new (all, strlen (all));
  json = eonay_secret_json_new ("n", all, "secret", every);
  parsed = eonay_json_parse_object (json, NULL);
  g_assert_cmpstr (json_object_get_string_member (parsed, "secret"), ==, all);
  g_assert_cmpstr (json_object_get_string_member (parsed, "n"), ==, all);
}

static void
test_not_made (void)
{
  g_autoptr (EonaySecret) latin = eonay_secret_new ("\xe7", 1);
  g_autoptr (EonaySecret) nul = eonay_secret_new ("a\0b", 3);
  g_autoptr (EonaySecret) good = eonay_secret_new ("a", 1);

  g_assert_null (eonay_secret_json_new (NULL, NULL, "secret", latin));
  g_assert_null (eonay_secret_json_new (NULL, NULL, "secret", nul));
  g_assert_null (eonay_secret_json_new ("n", "\xe7", "secret", good));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/portal/secret-json/refused", test_refused);
  g_test_add_func ("/portal/secret-json/found", test_found);
  g_test_add_func ("/portal/secret-json/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/portal/secret-json/made", test_made);
  g_test_add_func ("/portal/secret-json/not-made", test_not_made);

  return g_test_run ();
}
