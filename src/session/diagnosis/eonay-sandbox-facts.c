#include "session/diagnosis/eonay-sandbox-facts.h"

#include <string.h>

#include "base/eonay-flatpak.h"

#define APPLICATION "Application"
#define CONTEXT "Context"
#define RUNTIME "runtime/"
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

/* Returns: (transfer full) (nullable): "org.gnome.Platform/x86_64/51" */
static char *
find_runtime (GKeyFile *file)
{
  g_autofree char *runtime = g_key_file_get_string (file, APPLICATION, "runtime", NULL);

  if (runtime == NULL)
    return NULL;

  return g_strdup (g_str_has_prefix (runtime, RUNTIME) ? runtime + strlen (RUNTIME) : runtime);
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
  self->runtime = find_runtime (file);

  return self;
}

EonaySandboxFacts *
eonay_sandbox_facts_gather (void)
{
  g_autofree char *text = eonay_flatpak_read_info ();
  EonaySandboxFacts *self = eonay_sandbox_facts_parse (text);

  self->server = eonay_pkcs11_server_find ();

  return self;
}

void
eonay_sandbox_facts_free (EonaySandboxFacts *self)
{
  if (self == NULL)
    return;

  g_free (self->runtime);
  g_free (self);
}
