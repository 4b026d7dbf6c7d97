#include "base/eonay-json-syntax.h"

#include <string.h>

typedef struct {
  const char *at;
  const char *end;
} Cursor;

static gboolean accept_value (Cursor *cursor, guint depth);

static int
peek (const Cursor *cursor)
{
  return cursor->at < cursor->end ? (guchar) *cursor->at : -1;
}

static gboolean
accept_char (Cursor *cursor, char expected)
{
  if (peek (cursor) != expected)
    return FALSE;

  cursor->at++;

  return TRUE;
}

static void
skip_space (Cursor *cursor)
{
  while (cursor->at < cursor->end && strchr (" \t\r\n", *cursor->at) != NULL)
    cursor->at++;
}

static gboolean
accept_word (Cursor *cursor, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (cursor->end - cursor->at) < length || memcmp (cursor->at, word, length) != 0)
    return FALSE;

  cursor->at += length;

  return TRUE;
}

static gboolean
accept_digits (Cursor *cursor)
{
  const char *start = cursor->at;

  while (g_ascii_isdigit (peek (cursor)))
    cursor->at++;

  return cursor->at > start;
}

static gboolean
accept_number (Cursor *cursor)
{
  accept_char (cursor, '-');
  if (!accept_char (cursor, '0') && !accept_digits (cursor))
    return FALSE;

  if (accept_char (cursor, '.') && !accept_digits (cursor))
    return FALSE;

  if (accept_char (cursor, 'e') || accept_char (cursor, 'E'))
    {
      if (!accept_char (cursor, '+'))
        accept_char (cursor, '-');

      return accept_digits (cursor);
    }

  return TRUE;
}

static gboolean
accept_code_unit (Cursor *cursor, guint *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++)
    {
      int digit = peek (cursor) < 0 ? -1 : g_ascii_xdigit_value ((char) peek (cursor));

      if (digit < 0)
        return FALSE;
      *unit = *unit << 4 | (guint) digit;
      cursor->at++;
    }

  return TRUE;
}

static gboolean
accept_escape (Cursor *cursor)
{
  guint unit;
  guint low;

  if (!accept_char (cursor, 'u'))
    {
      if (peek (cursor) <= 0 || strchr ("\"\\/bfnrt", peek (cursor)) == NULL)
        return FALSE;
      cursor->at++;

      return TRUE;
    }

  if (!accept_code_unit (cursor, &unit) || unit == 0 || (unit >= 0xdc00 && unit <= 0xdfff))
    return FALSE;
  if (unit < 0xd800 || unit > 0xdbff)
    return TRUE;

  return accept_word (cursor, "\\u") && accept_code_unit (cursor, &low) && low >= 0xdc00 &&
         low <= 0xdfff;
}

static gboolean
accept_string (Cursor *cursor)
{
  if (!accept_char (cursor, '"'))
    return FALSE;

  while (!accept_char (cursor, '"'))
    {
      if (peek (cursor) < 0x20)
        return FALSE;
      if (!accept_char (cursor, '\\'))
        cursor->at++;
      else if (!accept_escape (cursor))
        return FALSE;
    }

  return TRUE;
}

static gboolean
accept_member (Cursor *cursor, guint depth)
{
  skip_space (cursor);
  if (!accept_string (cursor))
    return FALSE;

  skip_space (cursor);

  return accept_char (cursor, ':') && accept_value (cursor, depth);
}

static gboolean
accept_list (Cursor *cursor, char end, guint depth, gboolean (*accept_item) (Cursor *, guint))
{
  if (depth == 0)
    return FALSE;

  skip_space (cursor);
  if (accept_char (cursor, end))
    return TRUE;

  do
    {
      if (!accept_item (cursor, depth - 1))
        return FALSE;
      skip_space (cursor);
    }
  while (accept_char (cursor, ','));

  return accept_char (cursor, end);
}

static gboolean
accept_value (Cursor *cursor, guint depth)
{
  skip_space (cursor);
  switch (peek (cursor))
    {
    case '{':
      cursor->at++;
      return accept_list (cursor, '}', depth, accept_member);
    case '[':
      cursor->at++;
      return accept_list (cursor, ']', depth, accept_value);
    case '"':
      return accept_string (cursor);
    case 't':
      return accept_word (cursor, "true");
    case 'f':
      return accept_word (cursor, "false");
    case 'n':
      return accept_word (cursor, "null");
    default:
      return accept_number (cursor);
    }
}

gboolean
eonay_json_syntax_is_well_formed (const char *text, gsize length, guint depth)
{
  Cursor cursor = { text, text + length };

  if (length == 0 || !g_utf8_validate_len (text, length, NULL))
    return FALSE;

  if (!accept_value (&cursor, depth))
    return FALSE;

  skip_space (&cursor);

  return cursor.at == cursor.end;
}
