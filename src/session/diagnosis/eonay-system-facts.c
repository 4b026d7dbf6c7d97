#include "session/diagnosis/eonay-system-facts.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>
#include <sys/utsname.h>

#include "base/eonay-text-class.h"

#define FLATPAK_INFO "/.flatpak-info"
#define CONTEXT "Context"
#define P11_KIT "xdg-run/p11-kit"

static gboolean
lists (GKeyFile *file, const char *key, const char *wanted)
{
  g_auto (GStrv) values = g_key_file_get_string_list (file, CONTEXT, key, NULL, NULL);

  return values != NULL && g_strv_contains ((const char *const *) values, wanted);
}

/* A folder within it is enough; ":ro", ":rw" and ":create" may follow. */
static gboolean
is_p11_kit (const char *folder)
{
  gsize length = strlen (P11_KIT);

  return strncmp (folder, P11_KIT, length) == 0 && strchr ("/:", folder[length]) != NULL;
}

static gboolean
has_p11_kit (GKeyFile *file)
{
  g_auto (GStrv) values = g_key_file_get_string_list (file, CONTEXT, "filesystems", NULL, NULL);

  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    if (is_p11_kit (values[i]))
      return TRUE;

  return FALSE;
}

EonaySandboxFacts *
eonay_sandbox_facts_parse (const char *text)
{
  EonaySandboxFacts *self = g_new0 (EonaySandboxFacts, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (text == NULL)
    return self;

  self->is_sandboxed = TRUE;
  if (!g_key_file_load_from_data (file, text, strlen (text), G_KEY_FILE_NONE, NULL))
    return self;

  self->has_network = lists (file, "shared", "network");
  self->has_pcsc = lists (file, "sockets", "pcsc");
  self->has_p11_kit = has_p11_kit (file);

  return self;
}

EonaySandboxFacts *
eonay_sandbox_facts_gather (void)
{
  g_autofree char *text = NULL;

  g_file_get_contents (FLATPAK_INFO, &text, NULL, NULL);

  return eonay_sandbox_facts_parse (text);
}

void
eonay_sandbox_facts_free (EonaySandboxFacts *self)
{
  g_free (self);
}

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
  /* The header of a catalogue is the translation of nothing. */
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

char *
eonay_system_describe (void)
{
  g_autofree char *said = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  g_autofree char *name = said != NULL ? eonay_text_class_make_name (said, -1) : NULL;
  struct utsname machine;

  if (uname (&machine) != 0)
    return g_strdup (name != NULL ? name : "?");

  return g_strdup_printf ("%s · %s", name != NULL ? name : machine.sysname, machine.machine);
}
