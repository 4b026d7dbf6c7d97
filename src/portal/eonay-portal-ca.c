#include "portal/eonay-portal-ca.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/eonay-regular-file.h"

#define FILE_MAX (1024 * 1024)

static gboolean
fail (GError **error)
{
  int number = errno;

  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (number),
               "The CA cannot be copied: %s", g_strerror (number));

  return FALSE;
}

static gboolean
write_all (int fd, GBytes *bytes, GError **error)
{
  gsize left;
  const guint8 *next = g_bytes_get_data (bytes, &left);

  while (left > 0)
    {
      gssize written = write (fd, next, left);

      if (written == -1 && errno != EINTR)
        return fail (error);
      if (written > 0)
        {
          next += written;
          left -= (gsize) written;
        }
    }

  return TRUE;
}

/* GIO takes CAs from a path only: the bytes that were read get one that nobody else can change.
   Returns: a descriptor; -1 with @error */
static int
copy (GBytes *bytes, GError **error)
{
  int fd = memfd_create ("eonay-ca", MFD_CLOEXEC);

  if (fd == -1)
    {
      fail (error);
      return -1;
    }
  if (write_all (fd, bytes, error))
    return fd;

  close (fd);

  return -1;
}

/* @bytes, @name: (out) (transfer full): what was read, and a path to the copy.
   Returns: the copy's descriptor; -1 with @error */
static int
open_copy (const char *path, GBytes **bytes, char **name, GError **error)
{
  int fd;

  *bytes = eonay_regular_file_read (path, FILE_MAX, error);
  fd = *bytes != NULL ? copy (*bytes, error) : -1;
  *name = g_strdup_printf ("/proc/self/fd/%d", fd);

  return fd;
}

static void
close_descriptor (gpointer fd)
{
  close (GPOINTER_TO_INT (fd));
}

GBytes *
eonay_portal_ca_read (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;
  GList *certificates;
  gboolean has_any;
  int fd = open_copy (path, &bytes, &name, error);

  if (fd == -1)
    return NULL;

  certificates = g_tls_certificate_list_new_from_file (name, error);
  has_any = certificates != NULL;
  g_list_free_full (certificates, g_object_unref);
  close (fd);

  return has_any ? g_steal_pointer (&bytes) : NULL;
}

GTlsDatabase *
eonay_portal_ca_open (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;
  GTlsDatabase *database;
  int fd = open_copy (path, &bytes, &name, error);

  if (fd == -1)
    return NULL;

  database = g_tls_file_database_new (name, error);
  /* The database may open its file again later. */
  if (database != NULL)
    g_object_set_data_full (G_OBJECT (database), "eonay-portal-ca", GINT_TO_POINTER (fd),
                            close_descriptor);
  else
    close (fd);

  return database;
}
