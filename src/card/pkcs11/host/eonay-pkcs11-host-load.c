#include "card/pkcs11/host/eonay-pkcs11-host-load.h"

#include <p11-kit/p11-kit.h>
#include <string.h>

#include "base/eonay-error.h"

CK_FUNCTION_LIST *
eonay_pkcs11_host_load (const char *path, GError **error)
{
  CK_FUNCTION_LIST *functions = NULL;

  p11_kit_be_quiet ();
  if (g_path_is_absolute (path))
    functions = p11_kit_module_load (path, P11_KIT_MODULE_UNMANAGED);
  if (functions != NULL)
    return functions;

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_FAILED,
                       "The file is no PKCS#11 module that can be loaded");

  return NULL;
}

static void
add_unless_trust (GPtrArray *found, CK_FUNCTION_LIST *module)
{
  char *path = p11_kit_module_get_filename (module);
  gboolean is_trust = (p11_kit_module_get_flags (module) & P11_KIT_MODULE_TRUSTED) != 0;

  if (path != NULL && g_path_is_absolute (path) && !is_trust)
    g_ptr_array_add (found, g_bytes_new (path, strlen (path)));
  free (path);
}

GPtrArray *
eonay_pkcs11_host_find_registered (void)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  CK_FUNCTION_LIST **modules;

  p11_kit_be_quiet ();
  modules = p11_kit_modules_load (NULL, P11_KIT_MODULE_UNMANAGED);
  for (guint i = 0; modules != NULL && modules[i] != NULL; i++)
    add_unless_trust (found, modules[i]);

  return found;
}
