#include "session/eonay-text-inspection.h"

#include <string.h>

#include "base/eonay-error.h"
#include "base/eonay-text-class.h"

#define BIDI_CLASSES (EONAY_TEXT_CLASS_BIDI_CONTROL | EONAY_TEXT_CLASS_RIGHT_TO_LEFT)
#define OVERLAY_CLASSES (EONAY_TEXT_CLASS_OVERLAY | EONAY_TEXT_CLASS_STACKED)

static EonayTextFlags
to_flags (EonayTextClass class)
{
  EonayTextFlags flags = EONAY_TEXT_CLEAN;

  if ((class & BIDI_CLASSES) != 0)
    flags |= EONAY_TEXT_BIDI;
  if ((class & EONAY_TEXT_CLASS_CONTROL) != 0)
    flags |= EONAY_TEXT_CONTROL;
  if ((class & OVERLAY_CLASSES) != 0)
    flags |= EONAY_TEXT_OVERLAY;
  if ((class & ~(guint) (BIDI_CLASSES | OVERLAY_CLASSES | EONAY_TEXT_CLASS_CONTROL)) != 0)
    flags |= EONAY_TEXT_INVISIBLE;

  return flags;
}

gboolean
eonay_text_is_showable (const char *media_type)
{
  return g_regex_match_simple ("^\\s*text/plain\\s*(;\\s*charset=(utf-8|\"utf-8\")\\s*)?$", media_type,
                               G_REGEX_CASELESS, 0);
}

static gboolean
check_encoding (const char *text, gsize length, GError **error)
{
  if (length > 0 && memchr (text, '\0', length) != NULL)
    {
      g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_HAS_NUL,
                           "The text has NUL bytes");
      return FALSE;
    }

  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_NOT_UTF8,
                           "The text is not UTF-8");
      return FALSE;
    }

  return TRUE;
}

char *
eonay_text_inspect (GBytes *content, EonayTextFlags *flags, GError **error)
{
  EonayTextClass found = EONAY_TEXT_CLASS_ORDINARY;
  guint marks = 0;
  GString *shown;
  gsize length;
  const char *text;
  const char *end;

  g_return_val_if_fail (content != NULL, NULL);

  text = g_bytes_get_data (content, &length);
  if (text == NULL)
    text = "";
  if (!check_encoding (text, length, error))
    return NULL;

  shown = g_string_sized_new (length + 1);
  end = text + length;
  for (const char *at = text; at < end; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      EonayTextClass class = eonay_text_class_next (&marks, c);

      if (c == '\r' && at + 1 < end && at[1] == '\n')
        continue;

      if (class == EONAY_TEXT_CLASS_ORDINARY || c == '\n' || c == '\t')
        g_string_append_unichar (shown, c);
      else
        {
          eonay_text_class_append_mark (shown, c);
          found |= class;
        }
    }
  if (flags != NULL)
    *flags = to_flags (found);

  return g_string_free (shown, FALSE);
}
