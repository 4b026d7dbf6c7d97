#include "session/files/eonay-exported-file.h"

#include <limits.h>
#include <string.h>
#include <sys/xattr.h>

#include "base/eonay-development.h"

#define FLATPAKS "/run/flatpak/doc/"
#define HOST_PATH "user.document-portal.host-path"

/* Returns: (nullable): "ID/NAME…" of a path of the portal's */
static const char *
find_export (const char *path)
{
  const char *other = eonay_development_getenv ("EONAY_DOCUMENTS");
  g_autofree char *mount = other != NULL ? g_strconcat (other, "/", NULL)
                                         : g_strdup_printf ("%s/doc/", g_get_user_runtime_dir ());

  if (g_str_has_prefix (path, mount))
    return path + strlen (mount);

  return g_str_has_prefix (path, FLATPAKS) ? path + strlen (FLATPAKS) : NULL;
}

/* Returns: (nullable): "NAME…" of a path of the portal's */
static const char *
find_name (const char *path)
{
  const char *export = find_export (path);
  const char *slash = export != NULL ? strchr (export, '/') : NULL;

  return slash != NULL && slash[1] != '\0' ? slash + 1 : NULL;
}

gboolean
eonay_exported_file_is_alone (const char *path)
{
  const char *name = find_name (path);

  return name != NULL && strchr (name, '/') == NULL;
}

static char *
ask_portal (const char *path)
{
  char value[PATH_MAX];
  ssize_t length = getxattr (path, HOST_PATH, value, sizeof value);
  g_autofree char *told = length > 0 ? g_strndup (value, (gsize) length) : NULL;

  return told != NULL && g_path_is_absolute (told) ? g_steal_pointer (&told) : NULL;
}

char *
eonay_exported_file_find_path (const char *path)
{
  const char *name = find_name (path);
  char *told = name != NULL ? ask_portal (path) : NULL;

  if (told != NULL)
    return told;

  return g_strdup (name != NULL ? name : path);
}

char *
eonay_exported_file_find_folder (const char *path)
{
  g_autofree char *known = eonay_exported_file_find_path (path);

  return strchr (known, '/') != NULL ? g_path_get_dirname (known) : NULL;
}
