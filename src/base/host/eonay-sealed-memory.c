#include "base/host/eonay-sealed-memory.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/eonay-regular-file.h"

#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

struct _EonaySealedMemory {
  int fd;
  gsize size;
};

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
put (int fd, GBytes *bytes)
{
  gsize length;
  const void *at = g_bytes_get_data (bytes, &length);

  return eonay_regular_file_write_all (fd, at, length);
}

/* Returns: -1 with errno */
static int
seal (GBytes *bytes, GBytes *rest)
{
  int fd = memfd_create ("eonay", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd >= 0 && put (fd, bytes) && (rest == NULL || put (fd, rest)) &&
      fcntl (fd, F_ADD_SEALS, SEALS | F_SEAL_SEAL) == 0)
    return fd;

  if (fd >= 0)
    {
      int number = errno;

      close (fd);
      errno = number;
    }

  return -1;
}

EonaySealedMemory *
eonay_sealed_memory_new (GBytes *bytes, GBytes *rest, GError **error)
{
  EonaySealedMemory *self;
  int fd = seal (bytes, rest);

  if (fd < 0)
    {
      set_error (error, "No sealed memory");
      return NULL;
    }

  self = g_new (EonaySealedMemory, 1);
  self->fd = fd;
  self->size = g_bytes_get_size (bytes) + (rest != NULL ? g_bytes_get_size (rest) : 0);

  return self;
}

void
eonay_sealed_memory_free (EonaySealedMemory *self)
{
  close (self->fd);
  g_free (self);
}

int
eonay_sealed_memory_get_fd (EonaySealedMemory *self)
{
  return self->fd;
}

gsize
eonay_sealed_memory_get_size (EonaySealedMemory *self)
{
  return self->size;
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
