#include "base/eonay-text-class.h"

#include <stdlib.h>
#include <string.h>

/* GLib's normalization sorts marks by exchange: quadratic time. */
#define LINE_BYTES_MAX 8192
#define ELLIPSIS "…"
#define MARK_START "⟦U+"
#define MARK_END "⟧"

typedef struct {
  gunichar first;
  gunichar last;
  EonayTextClass class;
} Range;

/* What g_unichar_type() does not report, sorted. A range of a right-to-left script includes
   unassigned characters, which already have its direction. */
static const Range ranges[] = {
  { 0x0334, 0x0338, EONAY_TEXT_CLASS_OVERLAY }, /* strike-throughs */
  { 0x034f, 0x034f, EONAY_TEXT_CLASS_FORMAT },  /* combining grapheme joiner */
  { 0x0590, 0x061b, EONAY_TEXT_CLASS_RIGHT_TO_LEFT },
  { 0x061c, 0x061c, EONAY_TEXT_CLASS_BIDI_CONTROL },
  { 0x061d, 0x08ff, EONAY_TEXT_CLASS_RIGHT_TO_LEFT },
  { 0x1039, 0x1039, EONAY_TEXT_CLASS_FORMAT },  /* virama: not drawn, stacks what follows */
  { 0x115f, 0x1160, EONAY_TEXT_CLASS_FILLER },  /* Hangul */
  { 0x17b4, 0x17b5, EONAY_TEXT_CLASS_FILLER },  /* Khmer inherent vowels */
  { 0x17d2, 0x17d2, EONAY_TEXT_CLASS_FORMAT },  /* Khmer coeng, as U+1039 */
  { 0x180b, 0x180f, EONAY_TEXT_CLASS_FORMAT },  /* Mongolian variation selectors */
  { 0x1a60, 0x1a60, EONAY_TEXT_CLASS_FORMAT },  /* Tai Tham sakot, as U+1039 */
  { 0x1bab, 0x1bab, EONAY_TEXT_CLASS_FORMAT },  /* Sundanese virama, as U+1039 */
  { 0x1cd4, 0x1cd4, EONAY_TEXT_CLASS_OVERLAY }, /* Vedic */
  { 0x1ce2, 0x1ce8, EONAY_TEXT_CLASS_OVERLAY },
  { 0x200e, 0x200f, EONAY_TEXT_CLASS_BIDI_CONTROL },
  { 0x202a, 0x202e, EONAY_TEXT_CLASS_BIDI_CONTROL },
  { 0x2065, 0x2065, EONAY_TEXT_CLASS_FORMAT }, /* ignorable before it is assigned */
  { 0x2066, 0x2069, EONAY_TEXT_CLASS_BIDI_CONTROL },
  { 0x20d0, 0x20ff, EONAY_TEXT_CLASS_OVERLAY }, /* marks for symbols: over, through and around */
  { 0x2800, 0x2800, EONAY_TEXT_CLASS_FILLER },  /* empty Braille pattern */
  { 0x2d7f, 0x2d7f, EONAY_TEXT_CLASS_FORMAT },  /* Tifinagh consonant joiner */
  { 0x3164, 0x3164, EONAY_TEXT_CLASS_FILLER },  /* Hangul */
  { 0xaaf6, 0xaaf6, EONAY_TEXT_CLASS_FORMAT },  /* Meetei Mayek virama, as U+1039 */
  { 0xfb1d, 0xfdcf, EONAY_TEXT_CLASS_RIGHT_TO_LEFT },
  { 0xfdd0, 0xfdef, EONAY_TEXT_CLASS_NONCHARACTER },
  { 0xfdf0, 0xfdff, EONAY_TEXT_CLASS_RIGHT_TO_LEFT },
  { 0xfe00, 0xfe0f, EONAY_TEXT_CLASS_FORMAT }, /* variation selectors */
  { 0xfe70, 0xfefe, EONAY_TEXT_CLASS_RIGHT_TO_LEFT },
  { 0xffa0, 0xffa0, EONAY_TEXT_CLASS_FILLER }, /* halfwidth Hangul */
  { 0xfff0, 0xfff8, EONAY_TEXT_CLASS_FORMAT }, /* ignorable before they are assigned */
  { 0xfffc, 0xfffc, EONAY_TEXT_CLASS_OBJECT },
  { 0x10800, 0x10fff, EONAY_TEXT_CLASS_RIGHT_TO_LEFT },
  { 0x1107f, 0x1107f, EONAY_TEXT_CLASS_FORMAT }, /* Brahmi number joiner */
  { 0x11133, 0x11133, EONAY_TEXT_CLASS_FORMAT }, /* viramas, as U+1039 */
  { 0x113d0, 0x113d0, EONAY_TEXT_CLASS_FORMAT },
  { 0x1193e, 0x1193e, EONAY_TEXT_CLASS_FORMAT },
  { 0x11a47, 0x11a47, EONAY_TEXT_CLASS_FORMAT },
  { 0x11a99, 0x11a99, EONAY_TEXT_CLASS_FORMAT },
  { 0x11d45, 0x11d45, EONAY_TEXT_CLASS_FORMAT },
  { 0x11d97, 0x11d97, EONAY_TEXT_CLASS_FORMAT },
  { 0x11f42, 0x11f42, EONAY_TEXT_CLASS_FORMAT },
  { 0x13441, 0x13442, EONAY_TEXT_CLASS_FILLER },  /* Egyptian blanks */
  { 0x16af0, 0x16af4, EONAY_TEXT_CLASS_OVERLAY }, /* Bassa Vah */
  { 0x16fe4, 0x16fe4, EONAY_TEXT_CLASS_FILLER },  /* Khitan */
  { 0x1bc9e, 0x1bc9e, EONAY_TEXT_CLASS_OVERLAY }, /* Duployan */
  { 0x1d159, 0x1d159, EONAY_TEXT_CLASS_FILLER },  /* null notehead */
  { 0x1d167, 0x1d169, EONAY_TEXT_CLASS_OVERLAY }, /* tremolos */
  { 0x1e800, 0x1efff, EONAY_TEXT_CLASS_RIGHT_TO_LEFT },
  { 0xe0000, 0xe007f, EONAY_TEXT_CLASS_TAG },
  { 0xe0080, 0xe0fff, EONAY_TEXT_CLASS_FORMAT }, /* variation selectors, and what is ignorable */
};

static int
compare_to_range (const void *key, const void *entry)
{
  gunichar c = *(const gunichar *) key;
  const Range *range = entry;

  if (c < range->first)
    return -1;

  return c > range->last ? 1 : 0;
}

static EonayTextClass
class_of_space (gunichar c)
{
  /* The no-break, thin and narrow no-break spaces of typesetting are allowed. */
  return c == ' ' || c == 0xa0 || c == 0x2009 || c == 0x202f ? EONAY_TEXT_CLASS_ORDINARY
                                                             : EONAY_TEXT_CLASS_SPACE;
}

EonayTextClass
eonay_text_class_of (gunichar c)
{
  const Range *range;

  if (c >= ' ' && c < 0x7f)
    return EONAY_TEXT_CLASS_ORDINARY;
  if ((c & 0xfffe) == 0xfffe)
    return EONAY_TEXT_CLASS_NONCHARACTER;

  range = bsearch (&c, ranges, G_N_ELEMENTS (ranges), sizeof ranges[0], compare_to_range);
  if (range != NULL)
    return range->class;

  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
      return EONAY_TEXT_CLASS_CONTROL;
    case G_UNICODE_FORMAT:
      return EONAY_TEXT_CLASS_FORMAT;
    case G_UNICODE_ENCLOSING_MARK:
      return EONAY_TEXT_CLASS_OVERLAY;
    case G_UNICODE_PRIVATE_USE:
      return EONAY_TEXT_CLASS_PRIVATE_USE;
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
      return EONAY_TEXT_CLASS_UNASSIGNED;
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return EONAY_TEXT_CLASS_SEPARATOR;
    case G_UNICODE_SPACE_SEPARATOR:
      return class_of_space (c);
    default:
      return EONAY_TEXT_CLASS_ORDINARY;
    }
}

EonayTextClass
eonay_text_class_next (guint *marks, gunichar c)
{
  EonayTextClass class = eonay_text_class_of (c);

  /* The number of further marks that the letter before may carry. */
  if (class != EONAY_TEXT_CLASS_ORDINARY)
    *marks = 0;
  else if (!g_unichar_iszerowidth (c))
    *marks = EONAY_TEXT_MARKS_MAX;
  else if (*marks == 0)
    return EONAY_TEXT_CLASS_STACKED;
  else
    --*marks;

  return class;
}

EonayTextClass
eonay_text_class_scan (const char *text)
{
  EonayTextClass found = EONAY_TEXT_CLASS_ORDINARY;
  guint marks = 0;

  g_return_val_if_fail (text != NULL, EONAY_TEXT_CLASS_ORDINARY);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    found |= eonay_text_class_next (&marks, g_utf8_get_char (at));

  return found;
}

void
eonay_text_class_append_mark (GString *text, gunichar c)
{
  g_string_append_printf (text, MARK_START "%04X" MARK_END, c);
}

/* As g_utf8_make_valid(), but a NUL does not end the text: it is shown, too. */
static char *
make_valid (const char *bytes, gsize length)
{
  GString *valid = g_string_new (NULL);

  for (gsize at = 0; at < length;)
    {
      gsize run = strnlen (bytes + at, length - at);
      g_autofree char *part = g_utf8_make_valid (bytes + at, (gssize) run);

      g_string_append (valid, part);
      at += run;
      if (at++ < length)
        eonay_text_class_append_mark (valid, 0);
    }

  return g_string_free (valid, FALSE);
}

static char *
mark_all (const char *text, const char *kept)
{
  GString *marked = g_string_new (NULL);
  guint marks = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (eonay_text_class_next (&marks, c) == EONAY_TEXT_CLASS_ORDINARY ||
          (c < 0x80 && strchr (kept, (int) c) != NULL))
        g_string_append_unichar (marked, c);
      else
        eonay_text_class_append_mark (marked, c);
    }

  return g_string_free (marked, FALSE);
}

static gboolean
is_strippable (gunichar c)
{
  return g_unichar_isspace (c) && eonay_text_class_of (c) == EONAY_TEXT_CLASS_ORDINARY;
}

static char *
strip_spaces (char *line)
{
  char *end = line + strlen (line);
  char *start = line;

  while (*start != '\0' && is_strippable (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  while (end > start && is_strippable (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  *end = '\0';

  return memmove (line, start, (gsize) (end - start) + 1);
}

static char *
make_line (const char *bytes, gssize length, glong max)
{
  gsize size = bytes == NULL ? 0 : length < 0 ? strlen (bytes) : (gsize) length;
  g_autofree char *valid = make_valid (bytes, MIN (size, LINE_BYTES_MAX));
  /* Composed first, as composed characters do not count as stacked marks; then stripped, as a mark
     may follow the space before it. */
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_autofree char *line = mark_all (strip_spaces (composed), "");
  g_autofree char *head = NULL;

  if (size <= LINE_BYTES_MAX && g_utf8_strlen (line, -1) <= max)
    return g_steal_pointer (&line);

  head = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), max - 1));

  return g_strconcat (head, ELLIPSIS, NULL);
}

char *
eonay_text_class_make_line (const void *bytes, gssize length)
{
  return make_line (bytes, length, EONAY_TEXT_LINE_MAX);
}

char *
eonay_text_class_make_name (const void *bytes, gssize length)
{
  return make_line (bytes, length, EONAY_TEXT_NAME_MAX);
}

char *
eonay_text_class_make_text (const void *bytes, gssize length)
{
  gsize size = bytes == NULL ? 0 : length < 0 ? strlen (bytes) : (gsize) length;
  g_autofree char *valid = make_valid (bytes, size);

  return mark_all (valid, "\n\t");
}

char *
eonay_text_class_accept_line (const char *text)
{
  g_autofree char *composed = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (strlen (text) > LINE_BYTES_MAX)
    return NULL;

  composed = g_utf8_normalize (text, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  if (composed == NULL || *strip_spaces (composed) == '\0' ||
      eonay_text_class_scan (composed) != EONAY_TEXT_CLASS_ORDINARY)
    return NULL;

  return g_steal_pointer (&composed);
}
