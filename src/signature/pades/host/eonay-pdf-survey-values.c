#include <string.h>

#include "signature/pades/host/eonay-pdf-survey.h"

#define CONTENT_MAX (64 * 1024)

/* Bits of /Ff (ISO 32000-1, table 228): what such a field shows is not its value. */
#define FLAG_PASSWORD (1 << 13)

/* Returns: what comes after the string at @at, whose bytes are appended to @shown; literal strings only */
static const char *
read_literal (const char *at, const char *end, GString *shown)
{
  guint depth = 0;

  for (; at < end; at++)
    {
      if (*at == '(' && depth++ == 0)
        continue;
      if (*at == ')' && --depth == 0)
        return at + 1;
      if (*at == '\\' && at + 1 < end)
        at++;
      g_string_append_c (shown, *at);
    }

  return end;
}

static const char *
read_hexadecimal (const char *at, const char *end, GString *shown)
{
  int high = -1;

  for (at++; at < end && *at != '>'; at++)
    {
      int digit = g_ascii_xdigit_value (*at);

      if (digit < 0)
        continue;
      if (high >= 0)
        g_string_append_c (shown, (char) (high << 4 | digit));
      high = high >= 0 ? -1 : digit;
    }

  return at < end ? at + 1 : end;
}

/* The strings of a content stream, one after another. */
static GString *
read_shown (GBytes *content)
{
  gsize length;
  const char *at = g_bytes_get_data (content, &length);
  const char *end = at == NULL ? NULL : at + length;
  GString *shown = g_string_new (NULL);

  while (at < end)
    {
      if (*at == '(')
        at = read_literal (at, end, shown);
      else if (*at == '<' && at + 1 < end && at[1] != '<')
        at = read_hexadecimal (at, end, shown);
      else
        at += *at == '<' ? 2 : 1;
      at = MIN (at, end);
    }

  return shown;
}

/* Returns: (transfer full) (nullable): without its blanks; %NULL if it is not plain ASCII, whose
   characters are the same in every usual font */
static char *
squeeze (const char *text, gsize length)
{
  g_autoptr (GString) squeezed = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isspace (text[i]) && !g_ascii_isprint (text[i]))
        return NULL;
      if (!g_ascii_isspace (text[i]))
        g_string_append_c (squeezed, text[i]);
    }

  return g_string_free (g_steal_pointer (&squeezed), FALSE);
}

static guint
get_appearance (EonayPdfSurvey *self, guint widget)
{
  guint appearances = eonay_pdf_source_get (self->source, widget, "AP");
  guint normal = eonay_pdf_source_get (self->source, appearances, "N");

  eonay_pdf_source_release (self->source, appearances);

  return normal;
}

gboolean
eonay_pdf_survey_shows_other_value (EonayPdfSurvey *self, guint field, guint widget)
{
  guint flags = eonay_pdf_source_get (self->source, field, "Ff");
  guint value = eonay_pdf_source_get (self->source, field, "V");
  guint appearance = get_appearance (self, widget);
  g_autofree char *text = eonay_pdf_source_get_text (self->source, value);
  g_autoptr (GBytes) content = eonay_pdf_source_get_content (self->source, appearance, CONTENT_MAX);
  gboolean is_secret = (eonay_pdf_source_get_integer (self->source, flags, 0) & FLAG_PASSWORD) != 0;
  g_autoptr (GString) drawn = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *stated = NULL;

  eonay_pdf_source_release (self->source, appearance);
  eonay_pdf_source_release (self->source, value);
  eonay_pdf_source_release (self->source, flags);
  if (content == NULL || is_secret)
    return FALSE;

  drawn = read_shown (content);
  shown = squeeze (drawn->str, drawn->len);
  stated = squeeze (text != NULL ? text : "", text != NULL ? strlen (text) : 0);

  return shown != NULL && stated != NULL && !g_str_equal (shown, stated);
}
