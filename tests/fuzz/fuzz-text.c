#include "fuzz-target.h"

#include <string.h>

#include "base/eonay-text-class.h"
#include "session/eonay-text-inspection.h"

/* Whatever comes in, what goes to a screen is UTF-8 that hides nothing, and stays what it is. */
static void
check (char *(*make) (const void *bytes, gssize length), const guint8 *bytes, gsize length,
       const char *kept)
{
  g_autofree char *made = make (bytes, (gssize) length);
  g_autofree char *again = make (made, -1);
  guint marks = 0;

  g_assert_true (g_utf8_validate (made, -1, NULL));
  g_assert_cmpstr (made, ==, again);
  for (const char *at = made; *at != '\0'; at = g_utf8_next_char (at))
    if (strchr (kept, *at) == NULL)
      g_assert_cmpuint (eonay_text_class_next (&marks, g_utf8_get_char (at)), ==,
                        EONAY_TEXT_CLASS_ORDINARY);
}

static void
inspect (const guint8 *bytes, gsize length)
{
  g_autoptr (GBytes) content = g_bytes_new (bytes, length);
  EonayTextFlags flags = EONAY_TEXT_CLEAN;
  g_autofree char *shown = eonay_text_inspection_run (content, &flags, NULL);

  if (shown == NULL)
    return;

  g_assert_true (g_utf8_validate_len ((const char *) bytes, length, NULL));
  g_assert_true (g_utf8_validate (shown, -1, NULL));
  if (flags == EONAY_TEXT_CLEAN && (length == 0 || memchr (bytes, '\r', length) == NULL))
    g_assert_cmpmem (shown, strlen (shown), bytes, length);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  g_autofree char *text = g_strndup ((const char *) bytes, length);

  check (eonay_text_class_make_line, bytes, length, "");
  check (eonay_text_class_make_name, bytes, length, "");
  check (eonay_text_class_make_text, bytes, length, "\n\t");
  inspect (bytes, length);
  if (g_utf8_validate (text, -1, NULL))
    {
      g_autofree char *line = eonay_text_class_accept_line (text);

      if (line != NULL)
        g_assert_cmpuint (eonay_text_class_scan (line), ==, EONAY_TEXT_CLASS_ORDINARY);
    }

  return 0;
}
