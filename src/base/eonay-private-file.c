#include "base/eonay-private-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/eonay-regular-file.h"

#define MODE 0600
#define DESCRIPTORS "/dev/fd/"

static gboolean
fail (const char *path, int number, GError **error)
{
  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (number), "%s: %s", path,
               g_strerror (number));

  return FALSE;
}

/** Returns: the descriptor of this program that @path names; -1 if it names none */
static int
find_descriptor (const char *path)
{
  guint64 number;

  if (g_str_equal (path, "/dev/stdout"))
    return STDOUT_FILENO;
  if (g_str_equal (path, "/dev/stderr"))
    return STDERR_FILENO;
  if (!g_str_has_prefix (path, DESCRIPTORS) ||
      !g_ascii_string_to_unsigned (path + strlen (DESCRIPTORS), 10, 0, G_MAXINT, &number, NULL))
    return -1;

  return (int) number;
}

/* A device of the system or of this person, as /dev/null or the terminal, or a pipe of the person. */
static gboolean
may_be_written_to (const struct stat *status)
{
  return (S_ISCHR (status->st_mode) && (status->st_uid == 0 || status->st_uid == geteuid ())) ||
         (S_ISFIFO (status->st_mode) && status->st_uid == geteuid ());
}

/**
 * Returns: a descriptor of what is no regular file; -1 with @replace set if it is one, a link, or
 *   not there; -1 with errno if it cannot be written to
 */
static int
open_in_place (const char *path, gboolean *replace)
{
  struct stat status;
  int number;
  int fd;

  *replace = lstat (path, &status) != 0 || S_ISREG (status.st_mode) || S_ISLNK (status.st_mode);
  if (*replace)
    return -1;

  /* The path may name another file by now: check the descriptor. */
  fd = open (path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  number = errno;
  *replace = fd == -1 && (number == ELOOP || number == ENOENT);
  if (fd == -1)
    return -1;

  if (fstat (fd, &status) == 0 && may_be_written_to (&status) && fcntl (fd, F_SETFL, O_APPEND) == 0)
    return fd;

  *replace = S_ISREG (status.st_mode);
  close (fd);
  errno = EPERM;

  return -1;
}

/* Takes @fd. */
static gboolean
write_in_place (int fd, const char *path, const char *bytes, gsize length, GError **error)
{
  int number = fd != -1 && eonay_regular_file_write_all (fd, bytes, length) ? 0 : errno;

  if (fd != -1 && close (fd) != 0 && number == 0)
    number = errno;

  return number == 0 || fail (path, number, error);
}

gboolean
eonay_private_file_replace (const char *path, const char *bytes, gssize length, GError **error)
{
  return g_file_set_contents_full (path, bytes, length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   MODE, error);
}

gboolean
eonay_private_file_write (const char *path, const char *bytes, gssize length, GError **error)
{
  gsize size = length < 0 ? strlen (bytes) : (gsize) length;
  int descriptor = find_descriptor (path);
  gboolean replace = FALSE;
  int fd;

  if (descriptor != -1)
    fd = fcntl (descriptor, F_DUPFD_CLOEXEC, 0);
  else
    fd = open_in_place (path, &replace);
  if (replace)
    return eonay_private_file_replace (path, bytes, length, error);

  return write_in_place (fd, path, bytes, size, error);
}
