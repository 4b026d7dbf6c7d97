#include "base/eonay-folded-text.h"

#include <string.h>

#define DOT_ABOVE 0x0307
#define SOFT_HYPHEN 0x00AD

struct _EonayFoldedText {
  GArray *characters; /* gunichar */
  GArray *origins;    /* guint: of each of them, its index in the text */
};

static gunichar
fold (gunichar c)
{
  if (c == 0x0130 || c == 0x0131 || c == 'I')
    return 'i';

  return g_unichar_isspace (c) ? ' ' : g_unichar_tolower (c);
}

EonayFoldedText *
eonay_folded_text_new (const char *text)
{
  EonayFoldedText *self = g_new0 (EonayFoldedText, 1);
  gunichar before = ' ';
  guint index = 0;

  self->characters = g_array_new (FALSE, FALSE, sizeof (gunichar));
  self->origins = g_array_new (FALSE, FALSE, sizeof (guint));
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at), index++)
    {
      gunichar c = fold (g_utf8_get_char (at));

      if (c == SOFT_HYPHEN || (c == DOT_ABOVE && before == 'i') || (c == ' ' && before == ' '))
        continue;
      g_array_append_val (self->characters, c);
      g_array_append_val (self->origins, index);
      before = c;
    }
  if (before == ' ' && self->characters->len > 0)
    g_array_set_size (self->characters, self->characters->len - 1);

  return self;
}

void
eonay_folded_text_free (EonayFoldedText *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->characters);
  g_array_unref (self->origins);
  g_free (self);
}

gboolean
eonay_folded_text_is_blank (EonayFoldedText *self)
{
  return self->characters->len == 0;
}

gboolean
eonay_folded_text_find (EonayFoldedText *self, EonayFoldedText *needle, guint *position,
                        guint *start, guint *end)
{
  const gunichar *characters = (const gunichar *) (gpointer) self->characters->data;
  guint length = needle->characters->len;

  g_return_val_if_fail (length > 0, FALSE);

  for (guint i = *position; i + length <= self->characters->len; i++)
    if (memcmp (characters + i, needle->characters->data, length * sizeof (gunichar)) == 0)
      {
        *start = g_array_index (self->origins, guint, i);
        *end = g_array_index (self->origins, guint, i + length - 1) + 1;
        *position = i + length;
        return TRUE;
      }

  return FALSE;
}
