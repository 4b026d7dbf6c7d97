#include "app/pin/eonay-secret-paste.h"

#include <openssl/crypto.h>

/* More than a secret, so that one that is too long is seen to be. */
#define ROOM (2 * EONAY_SECRET_MAX)

static void
free_room (gpointer room)
{
  OPENSSL_secure_clear_free (room, ROOM);
}

static void
free_secret (gpointer secret)
{
  eonay_secret_free (secret);
}

static gsize
measure_line (const char *text, gsize length)
{
  gsize line = 0;

  while (line < length && text[line] != '\n' && text[line] != '\r' && text[line] != '\0')
    line++;

  return line;
}

static void
return_line (GTask *task, const char *text, gsize length)
{
  gsize line = measure_line (text, length);

  if (line == 0 || line > EONAY_SECRET_MAX || !g_utf8_validate_len (text, line, NULL))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Not a secret");
  else
    g_task_return_pointer (task, eonay_secret_new (text, line), free_secret);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  gsize length;
  GError *error = NULL;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error))
    g_task_return_error (task, error);
  else
    return_line (task, g_task_get_task_data (task), length);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL,
                                                               &error);
  guint8 *room;

  if (stream == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  room = OPENSSL_secure_malloc (ROOM);
  if (room == NULL)
    g_error ("Out of locked memory");
  g_task_set_task_data (task, room, free_room);
  g_input_stream_read_all_async (stream, room, ROOM, G_PRIORITY_DEFAULT,
                                 g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

void
eonay_secret_paste_async (GdkClipboard *clipboard, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  static const char *types[] = { "text/plain;charset=utf-8", "text/plain", NULL };
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (GDK_IS_CLIPBOARD (clipboard));

  g_task_set_source_tag (task, eonay_secret_paste_async);
  gdk_clipboard_read_async (clipboard, types, G_PRIORITY_DEFAULT, cancellable, opened_cb, task);
}

EonaySecret *
eonay_secret_paste_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
