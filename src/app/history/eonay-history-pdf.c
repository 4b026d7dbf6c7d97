#include "app/history/eonay-history-pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MODE 0600
#define END "%%EOF"
#define TAIL_MAX 32 /* the end mark and line ends after it */
#define PROBE_SIZE 65536

typedef struct {
  char *path;
  char *unfinished;
  EonayHistoryPdfDone done;
  gpointer user_data;
} Saving;

static void
free_saving (Saving *self)
{
  g_free (self->path);
  g_free (self->unfinished);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, free_saving)

static gboolean
fail (const char *path, int number, GError **error)
{
  gboolean full = number == ENOSPC || number == EDQUOT || number == EFBIG;

  g_set_error (error, G_IO_ERROR, full ? G_IO_ERROR_NO_SPACE : (int) g_io_error_from_errno (number),
               "%s: %s", path, g_strerror (number));

  return FALSE;
}

static gboolean
is_whole (int fd)
{
  char tail[TAIL_MAX + 1] = "";
  off_t size = lseek (fd, 0, SEEK_END);
  off_t start = MAX (size - TAIL_MAX, 0);
  ssize_t length = size > 0 ? pread (fd, tail, TAIL_MAX, start) : 0;

  return length > 0 && g_str_has_suffix (g_strchomp (tail), END);
}

/* Cairo keeps to itself why it could not write on, so that is found out here. */
static int
find_reason (int fd)
{
  g_autofree char *probe = g_malloc0 (PROBE_SIZE);
  ssize_t written = pwrite (fd, probe, PROBE_SIZE, lseek (fd, 0, SEEK_END));

  if (written == -1)
    return errno;

  return written < PROBE_SIZE ? ENOSPC : EIO;
}

static gboolean
put_in_place (Saving *self, GError **error)
{
  int fd = g_open (self->unfinished, O_RDWR | O_NOFOLLOW | O_CLOEXEC, 0);
  int number = 0;

  if (fd == -1)
    return fail (self->path, errno, error);

  if (!is_whole (fd))
    number = find_reason (fd);
  else if (fsync (fd) != 0)
    number = errno;
  if (close (fd) != 0 && number == 0)
    number = errno;
  if (number == 0 && g_rename (self->unfinished, self->path) != 0)
    number = errno;

  return number == 0 || fail (self->path, number, error);
}

static void
finish (Saving *self, const GError *error)
{
  if (error != NULL)
    g_unlink (self->unfinished);
  self->done (error, self->user_data);
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer user_data)
{
  g_autoptr (Saving) self = user_data;
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    gtk_print_operation_get_error (operation, &error);
  if (error == NULL)
    put_in_place (self, &error);
  finish (self, error);
  g_object_unref (operation);
}

void
eonay_history_pdf_save (GtkPrintOperation *operation, GtkWindow *parent, const char *path,
                        EonayHistoryPdfDone done, gpointer user_data)
{
  g_autoptr (Saving) self = g_new0 (Saving, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  self->path = g_strdup (path);
  self->unfinished = g_build_filename (folder, ".eonay-XXXXXX", NULL);
  self->done = done;
  self->user_data = user_data;

  /* Cairo writes in place then, with this file's mode. */
  fd = g_mkstemp_full (self->unfinished, O_RDWR | O_CLOEXEC, MODE);
  if (fd == -1)
    {
      fail (path, errno, &error);
      finish (self, error);
      g_object_unref (operation);
      return;
    }

  close (fd);
  gtk_print_operation_set_export_filename (operation, self->unfinished);
  g_signal_connect (operation, "done", G_CALLBACK (done_cb), g_steal_pointer (&self));
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, parent, NULL);
}
