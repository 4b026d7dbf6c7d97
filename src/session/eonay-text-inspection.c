#include "session/eonay-text-inspection.h"

#include <string.h>

#include "base/eonay-error.h"

typedef struct {
  gunichar first;
  gunichar last;
  EonayTextFlags flag;
} Range;

/* What g_unichar_type() does not tell: direction, and what leaves no ink or hides other ink. */
static const Range ranges[] = {
  { 0x034f, 0x034f, EONAY_TEXT_INVISIBLE }, /* combining grapheme joiner */
  { 0x0334, 0x0338, EONAY_TEXT_INVISIBLE }, /* strike-throughs and other overlays */
  { 0x0590, 0x08ff, EONAY_TEXT_BIDI },      /* right-to-left scripts: numbers beside them move */
  { 0x115f, 0x1160, EONAY_TEXT_INVISIBLE }, /* Hangul fillers */
  { 0x17b4, 0x17b5, EONAY_TEXT_INVISIBLE }, /* Khmer inherent vowels */
  { 0x180b, 0x180f, EONAY_TEXT_INVISIBLE }, /* Mongolian variation selectors */
  { 0x200e, 0x200f, EONAY_TEXT_BIDI },
  { 0x2028, 0x2029, EONAY_TEXT_INVISIBLE }, /* line and paragraph separator */
  { 0x202a, 0x202e, EONAY_TEXT_BIDI },
  { 0x2066, 0x2069, EONAY_TEXT_BIDI },
  { 0x20d0, 0x20ff, EONAY_TEXT_INVISIBLE }, /* overlays and enclosing marks over other letters */
  { 0x2800, 0x2800, EONAY_TEXT_INVISIBLE }, /* empty Braille pattern */
  { 0x3164, 0x3164, EONAY_TEXT_INVISIBLE }, /* Hangul filler */
  { 0xfb1d, 0xfdff, EONAY_TEXT_BIDI },      /* Hebrew and Arabic presentation forms */
  { 0xfe00, 0xfe0f, EONAY_TEXT_INVISIBLE }, /* variation selectors */
  { 0xfe70, 0xfefe, EONAY_TEXT_BIDI },      /* Arabic presentation forms B */
  { 0xffa0, 0xffa0, EONAY_TEXT_INVISIBLE }, /* halfwidth Hangul filler */
  { 0x10800, 0x10fff, EONAY_TEXT_BIDI },    /* right-to-left scripts of the next plane */
  { 0x16fe4, 0x16fe4, EONAY_TEXT_INVISIBLE }, /* Khitan filler */
  { 0x1d159, 0x1d159, EONAY_TEXT_INVISIBLE }, /* null notehead */
  { 0x1e800, 0x1efff, EONAY_TEXT_BIDI },
  { 0xe0100, 0xe01ef, EONAY_TEXT_INVISIBLE }, /* variation selectors supplement */
};

static EonayTextFlags
classify (gunichar c)
{
  if (c == '\n' || c == '\t')
    return EONAY_TEXT_CLEAN;

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    if (c >= ranges[i].first && c <= ranges[i].last)
      return ranges[i].flag;

  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
      return EONAY_TEXT_CONTROL;
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
      return EONAY_TEXT_INVISIBLE;
    default:
      return EONAY_TEXT_CLEAN;
    }
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

  if (flags != NULL)
    *flags = EONAY_TEXT_CLEAN;
  shown = g_string_sized_new (length + 1);
  end = text + length;
  for (const char *at = text; at < end; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      EonayTextFlags flag = classify (c);

      if (c == '\r' && at + 1 < end && at[1] == '\n')
        continue;

      if (flag == EONAY_TEXT_CLEAN)
        g_string_append_unichar (shown, c);
      else
        g_string_append_printf (shown, "⟦U+%04X⟧", c);
      if (flags != NULL)
        *flags |= flag;
    }

  return g_string_free (shown, FALSE);
}
