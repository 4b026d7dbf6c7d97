#include "session/diagnosis/eonay-sandbox-facts.h"

#include <string.h>

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
