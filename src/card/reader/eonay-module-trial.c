#include "card/reader/eonay-module-trial.h"

#include <elf.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/eonay-error.h"
#include "card/pkcs11/eonay-pkcs11-module.h"

/* The beginning is alike for all kinds of computers (System V ABI, "ELF Header"). */
#define HEADER (offsetof (Elf64_Ehdr, e_machine) + 2)

static gboolean
read_header (const char *path, guint8 *header)
{
  struct stat status;
  gssize length = -1;
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

  if (fd == -1)
    return FALSE;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    length = read (fd, header, HEADER);
  close (fd);

  return length == (gssize) HEADER && memcmp (header, ELFMAG, SELFMAG) == 0;
}

static gboolean
is_for_this_computer (const guint8 *header)
{
  guint8 own[HEADER];

  return !read_header ("/proc/self/exe", own) ||
         (header[EI_CLASS] == own[EI_CLASS] && header[EI_DATA] == own[EI_DATA] &&
          memcmp (header + HEADER - 2, own + HEADER - 2, 2) == 0);
}

static gboolean
look_at (const char *path, GError **error)
{
  guint8 header[HEADER];

  if (!read_header (path, header))
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NO_LIBRARY,
                           "The file is missing, cannot be read, or is no library");
      return FALSE;
    }
  if (!is_for_this_computer (header))
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_OTHER_COMPUTER,
                           "The library is for another kind of processor");
      return FALSE;
    }

  return TRUE;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) slots = eonay_pkcs11_module_list_finish (EONAY_PKCS11_MODULE (source),
                                                                 result, &error);

  eonay_pkcs11_module_rest (EONAY_PKCS11_MODULE (source));
  if (slots != NULL)
    g_task_return_pointer (task, g_steal_pointer (&slots), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
eonay_module_trial_run_async (const char *path, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (EonayPkcs11Module) module = NULL;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (g_path_is_absolute (path));

  g_task_set_source_tag (task, eonay_module_trial_run_async);
  if (!look_at (path, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  module = eonay_pkcs11_module_new (path, NULL);
  eonay_pkcs11_module_list_async (module, NULL, NULL, on_listed, g_steal_pointer (&task));
}

GPtrArray *
eonay_module_trial_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
