#include "signature/pades/eonay-pdf-syntax.h"

#include <string.h>

#define DEPTH_MAX 64
#define DELIMITERS "()<>[]{}/%"
#define BLANKS "\t\n\f\r "

/* A text that is read to the end. */
typedef struct {
  const guint8 *at;
  const guint8 *end;
  const EonayPdfRange *numbers;
  gboolean is_astray; /* refers to what it may not */
} Reader;

static gboolean
is_regular (guint8 c)
{
  return c > ' ' && c < 0x7f && strchr (DELIMITERS, c) == NULL;
}

void
eonay_pdf_syntax_append_name (GString *text, const char *name)
{
  g_string_append_c (text, '/');
  for (const char *c = name; *c != '\0'; c++)
    {
      if (is_regular ((guint8) *c) && *c != '#')
        g_string_append_c (text, *c);
      else
        g_string_append_printf (text, "#%02X", (guint8) *c);
    }
}

void
eonay_pdf_syntax_append_string (GString *text, const guint8 *bytes, gsize length)
{
  gboolean is_printable = TRUE;

  for (gsize i = 0; i < length && is_printable; i++)
    is_printable = g_ascii_isprint ((char) bytes[i]);

  g_string_append_c (text, is_printable ? '(' : '<');
  for (gsize i = 0; i < length; i++)
    {
      if (!is_printable)
        g_string_append_printf (text, "%02X", bytes[i]);
      else
        {
          if (strchr ("()\\", bytes[i]) != NULL)
            g_string_append_c (text, '\\');
          g_string_append_c (text, (char) bytes[i]);
        }
    }
  g_string_append_c (text, is_printable ? ')' : '>');
}

void
eonay_pdf_syntax_append_text (GString *text, const char *utf8)
{
  g_autofree gunichar2 *units = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  static const guint8 mark[] = { 0xfe, 0xff };
  glong n_units = 0;

  if (g_str_is_ascii (utf8))
    {
      eonay_pdf_syntax_append_string (text, (const guint8 *) utf8, strlen (utf8));
      return;
    }

  units = g_utf8_to_utf16 (utf8, -1, NULL, &n_units, NULL);
  g_byte_array_append (bytes, mark, sizeof mark);
  for (glong i = 0; units != NULL && i < n_units; i++)
    {
      const guint8 pair[] = { (guint8) (units[i] >> 8), (guint8) (units[i] & 0xff) };

      g_byte_array_append (bytes, pair, sizeof pair);
    }
  eonay_pdf_syntax_append_string (text, bytes->data, bytes->len);
}

void
eonay_pdf_syntax_append_date (GString *text, GDateTime *time)
{
  gint64 minutes = g_date_time_get_utc_offset (time) / G_TIME_SPAN_MINUTE;
  gint64 distance = ABS (minutes);
  g_autofree char *local = g_date_time_format (time, "%Y%m%d%H%M%S");

  g_string_append_printf (text, "(D:%s%c%02d'%02d')", local, minutes < 0 ? '-' : '+',
                          (int) (distance / 60), (int) (distance % 60));
}

void
eonay_pdf_syntax_append_number (GString *text, double number)
{
  char written[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (written, sizeof written, "%.4f", number);
  for (gsize length = strlen (written); length > 0; written[--length] = '\0')
    if (written[length - 1] != '0')
      break;
  if (g_str_has_suffix (written, "."))
    written[strlen (written) - 1] = '\0';
  g_string_append (text, g_str_equal (written, "-0") ? "0" : written);
}

static void
skip_blanks (Reader *reader)
{
  while (reader->at < reader->end && *reader->at != '\0' && strchr (BLANKS, *reader->at) != NULL)
    reader->at++;
}

static gboolean
skip_character (Reader *reader, char c)
{
  if (reader->at >= reader->end || *reader->at != (guint8) c)
    return FALSE;
  reader->at++;

  return TRUE;
}

/* Returns: the length of the regular characters that come next */
static gsize
measure_word (const Reader *reader)
{
  const guint8 *at = reader->at;

  while (at < reader->end && is_regular (*at))
    at++;

  return (gsize) (at - reader->at);
}

static gboolean
skip_name (Reader *reader)
{
  gsize length;

  reader->at++;
  length = measure_word (reader);
  for (gsize i = 0; i < length; i++)
    if (reader->at[i] == '#' &&
        (i + 2 >= length || !g_ascii_isxdigit ((char) reader->at[i + 1]) ||
         !g_ascii_isxdigit ((char) reader->at[i + 2]) || memcmp (reader->at + i, "#00", 3) == 0))
      return FALSE;
  reader->at += length;

  return TRUE;
}

static gboolean
skip_literal (Reader *reader)
{
  guint depth = 0;

  for (; reader->at < reader->end; reader->at++)
    {
      if (*reader->at == '\\')
        reader->at++;
      else if (*reader->at == '(')
        depth++;
      else if (*reader->at == ')' && --depth == 0)
        {
          reader->at++;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
skip_hexadecimal (Reader *reader)
{
  for (reader->at++; reader->at < reader->end; reader->at++)
    {
      if (*reader->at == '>')
        {
          reader->at++;
          return TRUE;
        }
      if (!g_ascii_isxdigit ((char) *reader->at))
        return FALSE;
    }

  return FALSE;
}

static gboolean
is_number (const guint8 *word, gsize length, gboolean is_integer)
{
  gsize n_digits = 0;
  gsize n_points = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_isdigit ((char) word[i]))
        n_digits++;
      else if (word[i] == '.' && !is_integer)
        n_points++;
      else if (i > 0 || is_integer || (word[i] != '+' && word[i] != '-'))
        return FALSE;
    }

  return n_digits > 0 && n_points <= 1;
}

/* " 0 R" after the number of an object, which begins at @word. */
static gboolean
skip_reference (Reader *reader, const guint8 *word, gsize length)
{
  const guint8 *start = reader->at;
  g_autofree char *digits = NULL;
  guint64 id;
  gsize generation;

  if (!is_number (word, length, TRUE) || length > 10)
    return FALSE;
  skip_blanks (reader);
  generation = measure_word (reader);
  if (generation > 0 && generation <= 5 && is_number (reader->at, generation, TRUE))
    {
      reader->at += generation;
      skip_blanks (reader);
      if (measure_word (reader) == 1 && *reader->at == 'R')
        {
          reader->at++;
          digits = g_strndup ((const char *) word, length);
          id = g_ascii_strtoull (digits, NULL, 10);
          reader->is_astray |= id < reader->numbers->first || id > reader->numbers->last;
          return TRUE;
        }
    }
  reader->at = start;

  return FALSE;
}

static gboolean
skip_word (Reader *reader)
{
  static const char *const words[] = { "true", "false", "null" };
  const guint8 *word = reader->at;
  gsize length = measure_word (reader);

  reader->at += length;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (length == strlen (words[i]) && memcmp (word, words[i], length) == 0)
      return TRUE;
  if (!is_number (word, length, FALSE))
    return FALSE;

  skip_reference (reader, word, length);

  return TRUE;
}

static gboolean skip_value (Reader *reader, guint depth);

static gboolean
skip_array (Reader *reader, guint depth)
{
  for (reader->at++, skip_blanks (reader); !skip_character (reader, ']'); skip_blanks (reader))
    if (!skip_value (reader, depth))
      return FALSE;

  return TRUE;
}

static gboolean
skip_dictionary (Reader *reader, guint depth)
{
  for (reader->at += 2, skip_blanks (reader); !skip_character (reader, '>'); skip_blanks (reader))
    {
      if (reader->at >= reader->end || *reader->at != '/' || !skip_name (reader))
        return FALSE;
      skip_blanks (reader);
      if (!skip_value (reader, depth))
        return FALSE;
    }

  return skip_character (reader, '>');
}

static gboolean
skip_value (Reader *reader, guint depth)
{
  if (reader->at >= reader->end || depth >= DEPTH_MAX)
    return FALSE;

  switch (*reader->at)
    {
    case '/':
      return skip_name (reader);
    case '(':
      return skip_literal (reader);
    case '[':
      return skip_array (reader, depth + 1);
    case '<':
      if (reader->at + 1 < reader->end && reader->at[1] == '<')
        return skip_dictionary (reader, depth + 1);
      return skip_hexadecimal (reader);
    default:
      return skip_word (reader);
    }
}

gboolean
eonay_pdf_syntax_is_value (const guint8 *bytes, gsize length, const EonayPdfRange *numbers)
{
  Reader reader = { bytes, NULL, numbers, FALSE };

  if (length == 0)
    return FALSE;
  reader.end = bytes + length;

  return skip_value (&reader, 0) && reader.at == reader.end && !reader.is_astray;
}
