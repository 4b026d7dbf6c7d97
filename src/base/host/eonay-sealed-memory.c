#include "base/host/eonay-sealed-memory.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

typedef struct {
  gpointer at;
  gsize length;
} Mapping;

static void
set_error (GError **error, const char *what)
{
  int number = errno;

  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (number), "%s: %s", what,
               g_strerror (number));
}

static gboolean
write_all (int fd, GBytes *bytes)
{
  gsize length;
  const guint8 *at = g_bytes_get_data (bytes, &length);

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

int
eonay_sealed_memory_new (GBytes *bytes, GError **error)
{
  return eonay_sealed_memory_new_joined (bytes, NULL, error);
}

int
eonay_sealed_memory_new_joined (GBytes *bytes, GBytes *rest, GError **error)
{
  int fd = memfd_create ("eonay", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd >= 0 && write_all (fd, bytes) && (rest == NULL || write_all (fd, rest)) &&
      fcntl (fd, F_ADD_SEALS, SEALS | F_SEAL_SEAL) == 0)
    return fd;

  set_error (error, "No sealed memory");
  if (fd >= 0)
    close (fd);

  return -1;
}

static void
unmap (gpointer user_data)
{
  Mapping *mapping = user_data;

  munmap (mapping->at, mapping->length);
  g_free (mapping);
}

GBytes *
eonay_sealed_memory_map (int fd, gsize max, GError **error)
{
  struct stat status;
  Mapping *mapping;
  gpointer at;
  int seals = fcntl (fd, F_GET_SEALS);

  if (seals < 0 || (seals & SEALS) != SEALS || fstat (fd, &status) != 0)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "Not sealed memory");
      return NULL;
    }
  if ((guint64) status.st_size > max)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "Too many bytes");
      return NULL;
    }
  if (status.st_size == 0)
    return g_bytes_new_static ("", 0);

  at = mmap (NULL, (gsize) status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (at == MAP_FAILED)
    {
      set_error (error, "Cannot map sealed memory");
      return NULL;
    }
  mapping = g_new (Mapping, 1);
  mapping->at = at;
  mapping->length = (gsize) status.st_size;

  return g_bytes_new_with_free_func (at, mapping->length, unmap, mapping);
}
