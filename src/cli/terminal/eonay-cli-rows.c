#include "cli/terminal/eonay-cli-rows.h"

#include <string.h>
#include <wchar.h>

#define TAB_STOP 8
#define WIDEST 2

/* A row being filled, and the start of its last word. */
typedef struct {
  GPtrArray *rows;
  GString *text;
  guint width;
  guint max;
  gsize word;
  guint word_width;
} Filling;

static guint
width_of (gunichar c)
{
  int width = wcwidth ((wchar_t) c);

  if (g_unichar_iszerowidth (c))
    return 0;

  /* Terminals differ in widths; with the largest a row is never too long. */
  return g_unichar_iswide (c) || width > 1 ? WIDEST : 1;
}

static void
end_row (Filling *self)
{
  g_ptr_array_add (self->rows, g_strdup (self->text->str));
  g_string_truncate (self->text, 0);
  self->width = self->word_width = 0;
  self->word = 0;
}

/* Between words, if possible; else between characters. */
static void
break_row (Filling *self)
{
  g_autofree char *begun = g_strdup (self->text->str + self->word);
  gsize word = self->word;
  guint width = self->width - self->word_width;

  if (word == 0)
    {
      end_row (self);
      return;
    }

  g_string_truncate (self->text, word);
  end_row (self);
  g_string_assign (self->text, begun);
  self->width = width;
}

static void
put (Filling *self, gunichar c)
{
  guint width = width_of (c);

  while (self->width + width > self->max)
    break_row (self);

  g_string_append_unichar (self->text, c);
  self->width += width;
  if (c == ' ')
    {
      self->word = self->text->len;
      self->word_width = self->width;
    }
}

static void
put_tab (Filling *self)
{
  do
    put (self, ' ');
  while (self->width % TAB_STOP != 0 && self->width < self->max);
}

GPtrArray *
eonay_cli_rows_break (const char *text, guint columns)
{
  g_autoptr (GString) row = g_string_new (NULL);
  Filling filling = { .rows = g_ptr_array_new_with_free_func (g_free),
                      .text = row,
                      .max = MAX (columns, WIDEST + 1) - 1 };

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (*at == '\n')
      end_row (&filling);
    else if (*at == '\t')
      put_tab (&filling);
    else
      put (&filling, g_utf8_get_char (at));
  if (row->len > 0)
    end_row (&filling);

  return filling.rows;
}
