#include "app/sign/eonay-code-text.h"

#include <string.h>

#include "session/eonay-code.h"

static gboolean
is_separator (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
}

static gboolean
is_code_so_far (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_ascii_isdigit (*p) && !is_separator (c))
        return FALSE;
    }

  return TRUE;
}

static char *
take_digits (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);

  return g_string_free (digits, FALSE);
}

static char *
group (const char *digits)
{
  gsize length = strlen (digits);
  g_autofree char *code = g_strndup (digits, MIN (length, EONAY_CODE_LENGTH));
  g_autofree char *grouped = eonay_code_format (code);

  /* Too many digits stay in sight, so that the person sees what is wrong. */
  return g_strconcat (grouped, digits + MIN (length, EONAY_CODE_LENGTH), NULL);
}

static guint
position_after_digits (const char *grouped, guint n_digits)
{
  const char *p = grouped;

  for (; *p != '\0' && n_digits > 0; p++)
    if (g_ascii_isdigit (*p))
      n_digits--;

  return (guint) (p - grouped);
}

static char *
show (const char *before, const char *after, guint *caret)
{
  g_autofree char *whole = g_strconcat (before, after, NULL);
  g_autofree char *digits_before = take_digits (before);
  g_autofree char *digits = take_digits (whole);
  char *grouped;

  if (!is_code_so_far (whole))
    {
      *caret = (guint) g_utf8_strlen (before, -1);

      return g_steal_pointer (&whole);
    }

  grouped = group (digits);
  *caret = position_after_digits (grouped, (guint) strlen (digits_before));

  return grouped;
}

char *
eonay_code_text_insert (const char *text, guint position, const char *inserted, guint *caret)
{
  g_autofree char *head = g_utf8_substring (text, 0, position);
  const char *tail = g_utf8_offset_to_pointer (text, position);
  g_autofree char *before = NULL;
  g_autofree char *code = eonay_code_parse (inserted, NULL, NULL);

  /* A whole code takes the place of whatever is there: it was pasted. */
  if (code != NULL)
    return show (code, "", caret);

  before = g_strconcat (head, inserted, NULL);

  return show (before, tail, caret);
}

char *
eonay_code_text_delete (const char *text, guint start, guint end, guint *caret)
{
  g_autofree char *deleted = g_utf8_substring (text, start, end);
  g_autofree char *before = NULL;
  const char *after = g_utf8_offset_to_pointer (text, end);

  if (end == start + 1 && start > 0 && is_separator (g_utf8_get_char (deleted)))
    start--;

  before = g_utf8_substring (text, 0, start);

  return show (before, after, caret);
}
