#include "base/eonay-regular-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define PERMISSIONS 0777

static gboolean
fail (const char *path, GFileError code, const char *reason, GError **error)
{
  g_set_error (error, G_FILE_ERROR, (int) code, "%s: %s", path, reason);

  return FALSE;
}

static gboolean
fail_by_errno (const char *path, GError **error)
{
  int number = errno;

  return fail (path, g_file_error_from_errno (number), g_strerror (number), error);
}

static gboolean
allow (int fd, const char *path, gsize max, gsize *size, guint *mode, GError **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return fail_by_errno (path, error);
  if (!S_ISREG (status.st_mode))
    return fail (path, G_FILE_ERROR_FAILED, "It is not a regular file", error);
  if (status.st_size < 0 || (gsize) status.st_size > max)
    return fail (path, G_FILE_ERROR_NOSPC, "It is too large", error);
  *size = (gsize) status.st_size;
  *mode = status.st_mode & PERMISSIONS;

  return TRUE;
}

/* A file of /proc says that it has no size, and one may grow: @max counts whatever fstat() said. */
static gboolean
read_all (int fd, const char *path, gsize max, GByteArray *content, GError **error)
{
  guint8 chunk[65536];

  while (TRUE)
    {
      gssize length = read (fd, chunk, sizeof chunk);

      if (length == 0)
        return TRUE;
      if (length < 0 && errno != EINTR)
        return fail_by_errno (path, error);
      if (length > 0 && (gsize) length > max - content->len)
        return fail (path, G_FILE_ERROR_NOSPC, "It is too large", error);
      if (length > 0)
        g_byte_array_append (content, chunk, (guint) length);
    }
}

GBytes *
eonay_regular_file_read (const char *path, gsize max, GError **error)
{
  return eonay_regular_file_read_with_mode (path, max, NULL, error);
}

GBytes *
eonay_regular_file_read_with_mode (const char *path, gsize max, guint *mode, GError **error)
{
  GByteArray *content;
  gboolean done;
  gsize size = 0;
  guint permissions = 0;
  int fd;

  g_return_val_if_fail (max < G_MAXUINT, NULL);

  fd = g_open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);
  if (fd == -1)
    {
      fail_by_errno (path, error);
      return NULL;
    }

  done = allow (fd, path, max, &size, &permissions, error);
  content = g_byte_array_sized_new ((guint) size);
  done = done && read_all (fd, path, max, content, error);
  close (fd);
  if (mode != NULL)
    *mode = permissions;
  if (done)
    return g_byte_array_free_to_bytes (content);

  g_byte_array_unref (content);

  return NULL;
}

gboolean
eonay_regular_file_write_all (int fd, gconstpointer bytes, gsize length)
{
  const guint8 *at = bytes;

  while (length > 0)
    {
      gssize written = write (fd, at, length);

      if (written < 0 && errno != EINTR)
        return FALSE;
      if (written > 0)
        {
          at += written;
          length -= (gsize) written;
        }
    }

  return TRUE;
}
