#include <string.h>

#include "signature/pades/host/eonay-pdf-survey.h"

#define CONTENT_MAX (64 * 1024)

/* Bits of /Ff (ISO 32000-1, table 228): what such a field shows is not its value. */
#define FLAG_PASSWORD (1 << 13)

/* Tables 226 and 230. */
#define FLAG_PUSH_BUTTON (1 << 16)
#define FLAG_COMBO (1 << 17)

/* The state of a box that is not ticked. */
#define OFF "Off"

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
read_shown (const GByteArray *content)
{
  const char *at = (const char *) content->data;
  const char *end = at == NULL ? NULL : at + content->len;
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

/* @text: the value as it is to be read; @is_list: whether a sign may stand beside it, as a list's arrow */
static gboolean
draws_other_text (EonayPdfSurvey *self, const char *text, gboolean is_list, guint widget)
{
  guint appearance = get_appearance (self, widget);
  g_autoptr (GByteArray) content = eonay_pdf_survey_get_beginning (self, appearance,
                                                                   CONTENT_MAX + 1);
  g_autoptr (GString) drawn = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *stated = NULL;

  eonay_pdf_source_release (self->source, appearance);
  if (content == NULL || content->len > CONTENT_MAX)
    return FALSE;

  drawn = read_shown (content);
  shown = squeeze (drawn->str, drawn->len);
  stated = squeeze (text, strlen (text));

  if (shown == NULL || stated == NULL)
    return FALSE;
  if (is_list && (*stated != '\0' || strlen (shown) == 1))
    return strstr (shown, stated) == NULL;

  return !g_str_equal (shown, stated);
}

/* Returns: (transfer full) (nullable): what a list's choice @value is called (clause 12.7.4.4) */
static char *
find_choice (EonayPdfSurvey *self, guint field, char *value)
{
  g_autofree char *taken = value;
  guint choices = eonay_pdf_source_get (self->source, field, "Opt");

  for (guint i = 0; taken != NULL && i < eonay_pdf_source_get_length (self->source, choices); i++)
    {
      guint choice = eonay_pdf_source_get_item (self->source, choices, i);
      guint exported = eonay_pdf_source_get_item (self->source, choice, 0);
      guint called = eonay_pdf_source_get_item (self->source, choice, 1);
      g_autofree char *name = eonay_pdf_source_get_text (self->source, exported);
      g_autofree char *label = eonay_pdf_source_get_text (self->source, called);

      eonay_pdf_source_release (self->source, called);
      eonay_pdf_source_release (self->source, exported);
      eonay_pdf_source_release (self->source, choice);
      if (label != NULL && g_strcmp0 (name, taken) == 0)
        return g_steal_pointer (&label);
    }

  return g_steal_pointer (&taken);
}

/* A box or radio button that is on is so by the name of its state (clause 12.7.4.2.3). */
static gboolean
has_other_state (EonayPdfSurvey *self, guint value, guint widget)
{
  g_autofree char *stated = eonay_pdf_source_get_name (self->source, value);
  guint state = eonay_pdf_source_get (self->source, widget, "AS");
  g_autofree char *shown = eonay_pdf_source_get_name (self->source, state);
  guint pictures = get_appearance (self, widget);
  guint picture = stated == NULL ? 0 : eonay_pdf_source_get (self->source, pictures, stated);
  gboolean can_be_stated = picture != 0;

  eonay_pdf_source_release (self->source, picture);
  eonay_pdf_source_release (self->source, pictures);
  eonay_pdf_source_release (self->source, state);
  if (shown == NULL || g_strcmp0 (shown, stated) == 0)
    return FALSE;

  return !g_str_equal (shown, OFF) || (can_be_stated && !g_str_equal (stated, OFF));
}

gboolean
eonay_pdf_survey_shows_other_value (EonayPdfSurvey *self, guint field, guint widget,
                                    const EonayPdfFieldValue *value)
{
  g_autofree char *text = eonay_pdf_source_get_text (self->source, value->value);
  gboolean is_list = eonay_pdf_source_is_name (self->source, value->type, "Ch") &&
                     (value->flags & FLAG_COMBO) != 0;

  if (eonay_pdf_source_is_name (self->source, value->type, "Btn"))
    return (value->flags & FLAG_PUSH_BUTTON) == 0 && has_other_state (self, value->value, widget);
  if (is_list)
    text = find_choice (self, field, g_steal_pointer (&text));
  else if (!eonay_pdf_source_is_name (self->source, value->type, "Tx") ||
           (value->flags & FLAG_PASSWORD) != 0)
    return FALSE;

  return draws_other_text (self, text != NULL ? text : "", is_list, widget);
}
