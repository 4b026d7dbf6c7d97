#include "base/eonay-private-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define MODE 0600

/* Also by a link that names what the program has open already. */
static gboolean
is_written_in_place (const char *path)
{
  GStatBuf status;

  return g_str_equal (path, "/dev/stdout") || g_str_equal (path, "/dev/stderr") ||
         g_str_has_prefix (path, "/dev/fd/") ||
         (g_lstat (path, &status) == 0 && !S_ISREG (status.st_mode) && !S_ISLNK (status.st_mode));
}

static gboolean
write_in_place (const char *path, const char *bytes, gsize length, GError **error)
{
  FILE *file = g_fopen (path, "ae");
  gboolean written;

  written = file != NULL && fwrite (bytes, 1, length, file) == length;
  if (file != NULL)
    written = fclose (file) == 0 && written;

  if (!written)
    g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (errno), "%s: %s", path,
                 g_strerror (errno));

  return written;
}

gboolean
eonay_private_file_write (const char *path, const char *bytes, gssize length, GError **error)
{
  if (is_written_in_place (path))
    return write_in_place (path, bytes, length < 0 ? strlen (bytes) : (gsize) length, error);

  return g_file_set_contents_full (path, bytes, length,
                                   G_FILE_SET_CONTENTS_CONSISTENT |
                                     G_FILE_SET_CONTENTS_DURABLE,
                                   MODE, error);
}
