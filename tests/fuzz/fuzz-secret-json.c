#include "fuzz-target.h"

#include <string.h>

#include "portal/message/eonay-json.h"
#include "portal/message/eonay-secret-json.h"

/* What it finds, json-glib finds too; what json-glib finds, it finds unless escapes or a second
 * member of that name are in the way. */
static void
compare (GBytes *json, const EonaySecret *found)
{
  g_autoptr (JsonObject) object = eonay_json_parse_object (json, NULL);
  const char *text = object == NULL ? NULL : eonay_json_get_string (object, "puk", 16, NULL);
  const char *bytes = g_bytes_get_data (json, NULL);
  gsize length;

  if (found != NULL)
    {
      const char *digits = (const char *) eonay_secret_peek (found, &length);

      g_assert_nonnull (text);
      g_assert_cmpmem (text, strlen (text), digits, length);
    }
  else if (text != NULL && strlen (text) >= 4 && strspn (text, G_CSET_DIGITS) == strlen (text))
    {
      const char *first = memmem (bytes, g_bytes_get_size (json), "puk", 3);
      gsize behind = first == NULL ? 0 : g_bytes_get_size (json) - (gsize) (first + 3 - bytes);

      g_assert_true (memchr (bytes, '\\', g_bytes_get_size (json)) != NULL ||
                     (first != NULL && memmem (first + 3, behind, "puk", 3) != NULL));
    }
}

/* Whatever is asked, another reader understands what was said. */
static void
write_and_read (const guint8 *bytes, gsize length)
{
  g_autoptr (EonaySecret) secret = eonay_secret_new (bytes, length);
  g_autoptr (GBytes) json = NULL;
  g_autoptr (JsonObject) object = NULL;
  const char *text;

  if (secret == NULL || length == 0)
    return;

  json = eonay_secret_json_new ("card_serial", "0\"a", "security_word", secret);
  if (json == NULL)
    {
      g_assert_false (g_utf8_validate_len ((const char *) bytes, length, NULL));
      return;
    }

  object = eonay_json_parse_object (json, NULL);
  g_assert_nonnull (object);
  text = json_object_get_string_member (object, "security_word");
  g_assert_cmpmem (text, strlen (text), bytes, length);
  g_assert_cmpstr (json_object_get_string_member (object, "card_serial"), ==, "0\"a");
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  g_autoptr (GBytes) json = g_bytes_new (bytes, length);
  g_autoptr (EonaySecret) found = eonay_secret_json_get_digits (json, "puk", 4, 16, NULL);

  compare (json, found);
  write_and_read (bytes, length);

  return 0;
}
