#include "session/diagnosis/eonay-system-name.h"

#include <string.h>
#include <sys/utsname.h>

#include "base/eonay-flatpak.h"
#include "base/eonay-regular-file.h"
#include "base/eonay-text-class.h"

#define FILE_MAX (64 * 1024)

/* Returns: (transfer full) (nullable): the value of the last line "@key=value", as a shell reads it */
static char *
find_value (char **lines, const char *key)
{
  char *value = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize length = strlen (key);
      const char *line = g_strchug (lines[i]);

      if (strncmp (line, key, length) != 0 || line[length] != '=')
        continue;
      g_free (value);
      value = g_shell_unquote (line + length + 1, NULL);
    }
  if (value != NULL && *g_strstrip (value) == '\0')
    g_clear_pointer (&value, g_free);

  return value;
}

char *
eonay_system_name_read (const char *path)
{
  g_autoptr (GBytes) bytes = eonay_regular_file_read (path, FILE_MAX, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *name = NULL;

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    return NULL;

  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);
  name = find_value (lines, "PRETTY_NAME");
  if (name == NULL)
    name = find_value (lines, "NAME");

  return name != NULL ? eonay_text_class_make_name (name, -1) : NULL;
}

static char *
find_name (void)
{
  g_autofree char *said = NULL;

  if (eonay_flatpak_is_inside ())
    return eonay_system_name_read (eonay_flatpak_get_host_release ());

  said = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  return said != NULL ? eonay_text_class_make_name (said, -1) : NULL;
}

char *
eonay_system_name_describe (void)
{
  g_autofree char *name = find_name ();
  struct utsname machine;

  if (uname (&machine) != 0)
    return g_strdup (name != NULL ? name : "?");

  return g_strdup_printf ("%s · %s", name != NULL ? name : machine.sysname, machine.machine);
}
