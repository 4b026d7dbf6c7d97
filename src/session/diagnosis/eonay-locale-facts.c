#include "session/diagnosis/eonay-locale-facts.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

static const char *
find_wanted (void)
{
  static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      const char *value = g_getenv (variables[i]);

      if (value != NULL && *value != '\0')
        return value;
    }

  return "C";
}

EonayLocaleFacts *
eonay_locale_facts_gather (void)
{
  EonayLocaleFacts *self = g_new0 (EonayLocaleFacts, 1);
  const char *const *languages = g_get_language_names ();

  self->wanted = g_strdup (find_wanted ());
  self->effective = g_strdup (setlocale (LC_MESSAGES, NULL));
  self->is_utf8 = g_get_charset (NULL);
  self->is_turkish = g_str_has_prefix (languages[0], "tr");
  /* The header of a catalogue is the translation of "". */
  self->is_translated = *g_dgettext (GETTEXT_PACKAGE, "") != '\0';

  return self;
}

void
eonay_locale_facts_free (EonayLocaleFacts *self)
{
  if (self == NULL)
    return;

  g_free (self->wanted);
  g_free (self->effective);
  g_free (self);
}
