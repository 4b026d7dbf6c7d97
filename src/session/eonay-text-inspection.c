#include "session/eonay-text-inspection.h"

#include <string.h>

#include "base/eonay-document-limits.h"
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
eonay_text_inspection_is_showable (const char *media_type)
{
  return g_regex_match_simple ("^\\s*text/plain\\s*(;\\s*charset=(utf-8|\"utf-8\")\\s*)?$",
                               media_type, G_REGEX_CASELESS, 0);
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

typedef struct {
  gsize line; /* bytes since the last line end */
  gsize run;  /* bytes without a possible line break */
  gsize lines;
  guint marks; /* consecutive characters of the class STACKED */
  gboolean is_blank;
} Extent;

static gboolean
refuse (GQuark domain, int code, const char *message, GError **error)
{
  g_set_error_literal (error, domain, code, message);

  return FALSE;
}

/* @c, of @class, takes @n_bytes on screen: the limits apply to the text as laid out. */
static gboolean
check_extent (Extent *extent, gunichar c, EonayTextClass class, gsize n_bytes, GError **error)
{
  gboolean is_blank = c == '\t' || (class == EONAY_TEXT_CLASS_ORDINARY && g_unichar_isspace (c));

  if (c == '\n')
    {
      extent->line = extent->run = 0;
      if (++extent->lines >= EONAY_DOCUMENT_LINES_MAX)
        return refuse (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_TEXT_LINES,
                       "The text has too many lines", error);
      return TRUE;
    }

  /* A line may break between ideographs, so they are not a run. */
  if (is_blank != extent->is_blank || g_unichar_break_type (c) == G_UNICODE_BREAK_IDEOGRAPHIC)
    extent->run = 0;
  extent->is_blank = is_blank;
  extent->run += n_bytes;
  extent->line += n_bytes;
  extent->marks = (class & EONAY_TEXT_CLASS_STACKED) != 0 ? extent->marks + 1 : 0;

  if (extent->line > EONAY_DOCUMENT_LINE_MAX)
    return refuse (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_TEXT_LINE,
                   "A line of the text is too long", error);
  if (extent->run > EONAY_DOCUMENT_RUN_MAX)
    return refuse (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_TEXT_RUN,
                   "The text has too long a run without a place to break the line", error);
  if (extent->marks > EONAY_DOCUMENT_MARKS_MAX)
    return refuse (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_TEXT_MARKS,
                   "The text has too many marks on one letter", error);

  return TRUE;
}

/* Appends the characters of @text, or their marks, to @shown. */
static gboolean
append_shown (GString *shown, const char *text, gsize length, EonayTextClass *found, GError **error)
{
  const char *end = text + length;
  Extent extent = { 0 };
  guint marks = 0;

  for (const char *at = text; at < end; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      EonayTextClass class = eonay_text_class_next (&marks, c);
      gsize before = shown->len;

      if (c == '\r' && at + 1 < end && at[1] == '\n')
        continue;

      if (class == EONAY_TEXT_CLASS_ORDINARY || c == '\n' || c == '\t')
        g_string_append_unichar (shown, c);
      else
        {
          eonay_text_class_append_mark (shown, c);
          *found |= class;
        }

      if (!check_extent (&extent, c, class, shown->len - before, error))
        return FALSE;

      if (shown->len > EONAY_DOCUMENT_TEXT_MAX)
        return refuse (EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TEXT_TOO_LARGE,
                       "The text is too large to be shown", error);
    }

  return TRUE;
}

char *
eonay_text_inspection_run (GBytes *content, EonayTextFlags *flags, GError **error)
{
  EonayTextClass found = EONAY_TEXT_CLASS_ORDINARY;
  GString *shown;
  gsize length;
  const char *text;
  gboolean is_good;

  g_return_val_if_fail (content != NULL, NULL);

  text = g_bytes_get_data (content, &length);
  if (text == NULL)
    text = "";
  if (length > EONAY_DOCUMENT_TEXT_MAX)
    {
      refuse (EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TEXT_TOO_LARGE,
              "The text is too large to be shown", error);
      return NULL;
    }
  if (!check_encoding (text, length, error))
    return NULL;

  shown = g_string_sized_new (length + 1);
  is_good = append_shown (shown, text, length, &found, error);
  if (flags != NULL)
    *flags = to_flags (found);

  return g_string_free (shown, !is_good);
}
