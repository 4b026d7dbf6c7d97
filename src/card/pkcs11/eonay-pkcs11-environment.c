#include "card/pkcs11/eonay-pkcs11-environment.h"

#include <string.h>

static const char *const names[] = {
  "HOME",
  "USER",
  "LOGNAME",
  "PATH",
  "TZ",
  "LANG",
  "LANGUAGE",
  "XDG_RUNTIME_DIR",
  "XDG_CONFIG_HOME",
  "XDG_CACHE_HOME",
  "SOFTHSM2_CONF",
  "OPENSC_CONF",
  "OPENSC_DRIVER",
  NULL,
};

static const char *const prefixes[] = { "LC_", "PCSCLITE_", "P11_KIT_", NULL };

static gboolean
begins_with_one_of (const char *name, const char *const *some)
{
  for (gsize i = 0; some != NULL && some[i] != NULL; i++)
    if (g_str_has_prefix (name, some[i]))
      return TRUE;

  return FALSE;
}

static gboolean
is_needed (const char *variable, const char *const *more)
{
  g_autofree char *name = g_strndup (variable, strcspn (variable, "="));

  return g_strv_contains (names, name) || begins_with_one_of (name, prefixes) ||
         begins_with_one_of (name, more);
}

char **
eonay_pkcs11_environment_select (const char *const *environment, const char *const *more)
{
  g_autoptr (GStrvBuilder) selected = g_strv_builder_new ();

  for (guint i = 0; environment[i] != NULL; i++)
    if (is_needed (environment[i], more))
      g_strv_builder_add (selected, environment[i]);

  return g_strv_builder_end (selected);
}
