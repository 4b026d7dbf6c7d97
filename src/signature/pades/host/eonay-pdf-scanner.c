#include "signature/pades/host/eonay-pdf-scanner.h"

#include <string.h>

#define DEPTH_MAX 500

gboolean
eonay_pdf_scanner_is_blank (guint8 character)
{
  return character == '\0' || character == '\t' || character == '\n' || character == '\f' ||
         character == '\r' || character == ' ';
}

static gboolean
is_regular (guint8 character)
{
  return !eonay_pdf_scanner_is_blank (character) && strchr ("()<>[]{}/%", character) == NULL;
}

void
eonay_pdf_scanner_skip_blanks (EonayPdfScanner *self)
{
  while (self->at < self->end && (eonay_pdf_scanner_is_blank (*self->at) || *self->at == '%'))
    if (*self->at == '%')
      while (self->at < self->end && *self->at != '\n' && *self->at != '\r')
        self->at++;
    else
      self->at++;
}

gboolean
eonay_pdf_scanner_is_at_end (const EonayPdfScanner *self)
{
  EonayPdfScanner rest = *self;

  eonay_pdf_scanner_skip_blanks (&rest);

  return rest.at == rest.end;
}

static gboolean
is_word_over (const EonayPdfScanner *self)
{
  return self->at == self->end || !is_regular (*self->at);
}

gboolean
eonay_pdf_scanner_read_number (EonayPdfScanner *self, guint64 max, guint64 *number)
{
  const guint8 *start;

  eonay_pdf_scanner_skip_blanks (self);
  start = self->at;
  for (*number = 0; self->at < self->end && g_ascii_isdigit ((char) *self->at); self->at++)
    {
      guint digit = (guint) (*self->at - '0');

      if (digit > max || *number > (max - digit) / 10)
        return FALSE;
      *number = *number * 10 + digit;
    }

  return self->at > start && is_word_over (self);
}

gboolean
eonay_pdf_scanner_read_word (EonayPdfScanner *self, const char *word)
{
  gsize length = strlen (word);

  eonay_pdf_scanner_skip_blanks (self);
  if ((gsize) (self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    return FALSE;
  self->at += length;

  return is_word_over (self);
}

gboolean
eonay_pdf_scanner_read_head (EonayPdfScanner *self, guint64 *number, guint64 *generation)
{
  return eonay_pdf_scanner_read_number (self, G_MAXUINT32, number) &&
         eonay_pdf_scanner_read_number (self, G_MAXUINT32, generation) &&
         eonay_pdf_scanner_read_word (self, "obj");
}

/* Returns: whether a literal string that begins here ends, too */
static gboolean
skip_string (EonayPdfScanner *self)
{
  gsize depth = 0;

  for (; self->at < self->end; self->at++)
    if (*self->at == '\\')
      self->at = MIN (self->at + 1, self->end - 1);
    else if (*self->at == '(')
      depth++;
    else if (*self->at == ')' && --depth == 0)
      {
        self->at++;
        return TRUE;
      }

  return FALSE;
}

static gboolean
skip_hexadecimal (EonayPdfScanner *self)
{
  const guint8 *closing = memchr (self->at, '>', (gsize) (self->end - self->at));

  if (closing == NULL)
    return FALSE;
  self->at = closing + 1;

  return TRUE;
}

static gboolean
begins_with (const EonayPdfScanner *self, const char *two)
{
  return self->end - self->at >= 2 && memcmp (self->at, two, 2) == 0;
}

/* Skips one token. @depth: how many arrays and dictionaries are open */
static gboolean
skip_token (EonayPdfScanner *self, guint *depth)
{
  gboolean is_pair = begins_with (self, "<<") || begins_with (self, ">>");

  if (self->at == self->end)
    return FALSE;
  if (is_pair || *self->at == '[' || *self->at == ']')
    {
      gboolean opens = *self->at == '<' || *self->at == '[';

      if (opens ? *depth == DEPTH_MAX : *depth == 0)
        return FALSE;
      *depth = opens ? *depth + 1 : *depth - 1;
      self->at += is_pair ? 2 : 1;
      return TRUE;
    }
  if (*self->at == '(')
    return skip_string (self);
  if (*self->at == '<')
    return skip_hexadecimal (self);
  if (*self->at != '/' && !is_regular (*self->at))
    return FALSE;
  do
    self->at++;
  while (self->at < self->end && is_regular (*self->at));

  return TRUE;
}

/* What is between an opening and its closing. */
static gboolean
read_nested (EonayPdfScanner *self, gsize n_closing, EonayPdfScanner *inner)
{
  guint depth = 0;

  *inner = *self;
  inner->at += n_closing;
  do
    {
      if (!skip_token (self, &depth))
        return FALSE;
      inner->end = self->at - n_closing;
      eonay_pdf_scanner_skip_blanks (self);
    }
  while (depth > 0);

  return inner->end >= inner->at;
}

gboolean
eonay_pdf_scanner_read_dictionary (EonayPdfScanner *self, EonayPdfScanner *dictionary)
{
  eonay_pdf_scanner_skip_blanks (self);

  return begins_with (self, "<<") && read_nested (self, 2, dictionary) &&
         begins_with (&(EonayPdfScanner){ dictionary->end, self->end }, ">>");
}

gboolean
eonay_pdf_scanner_read_array (EonayPdfScanner *self, EonayPdfScanner *array)
{
  eonay_pdf_scanner_skip_blanks (self);

  return self->at < self->end && *self->at == '[' && read_nested (self, 1, array) &&
         *array->end == ']';
}

gboolean
eonay_pdf_scanner_read_name (EonayPdfScanner *self, const char *name)
{
  gboolean is_same = TRUE;

  eonay_pdf_scanner_skip_blanks (self);
  if (self->at == self->end || *self->at != '/')
    return FALSE;
  for (self->at++; self->at < self->end && is_regular (*self->at); self->at++)
    {
      guint8 character = *self->at;

      if (character == '#' && self->end - self->at > 2 && g_ascii_isxdigit ((char) self->at[1]) &&
          g_ascii_isxdigit ((char) self->at[2]))
        {
          character = (guint8) (g_ascii_xdigit_value ((char) self->at[1]) << 4 |
                                g_ascii_xdigit_value ((char) self->at[2]));
          self->at += 2;
        }
      is_same = is_same && *name != '\0' && (guint8) *name == character;
      name += is_same ? 1 : 0;
    }

  return is_same && *name == '\0';
}

guint
eonay_pdf_scanner_find (const EonayPdfScanner *dictionary, const char *key, EonayPdfScanner *value)
{
  EonayPdfScanner rest = *dictionary;
  guint n_found = 0;

  eonay_pdf_scanner_skip_blanks (&rest);
  while (rest.at < rest.end && *rest.at == '/')
    {
      EonayPdfScanner at = rest;
      gboolean is_found = eonay_pdf_scanner_read_name (&at, key);
      guint depth = 0;

      skip_token (&rest, &depth);
      eonay_pdf_scanner_skip_blanks (&rest);
      at = rest;
      /* Its first token may be a name, too; and a reference has three. */
      do
        {
          if (!skip_token (&rest, &depth))
            return n_found;
          at.end = rest.at;
          eonay_pdf_scanner_skip_blanks (&rest);
        }
      while (depth > 0 || (rest.at < rest.end && *rest.at != '/'));
      if (is_found)
        *value = at;
      n_found += is_found ? 1 : 0;
    }

  return n_found;
}
