#include "portal/message/eonay-wiping-stream.h"

#include <openssl/crypto.h>
#include <string.h>

struct _EonayWipingStream {
  GInputStream parent_instance;
  GBytes *bytes;
  gsize at;
};

G_DEFINE_FINAL_TYPE (EonayWipingStream, eonay_wiping_stream, G_TYPE_INPUT_STREAM)

static gssize
read_some (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable,
           GError **error)
{
  EonayWipingStream *self = EONAY_WIPING_STREAM (stream);
  gsize length = g_bytes_get_size (self->bytes);
  gsize some = MIN (count, length - self->at);

  /* The buffer is to be overwritten anyway, and its content has been processed by now. */
  OPENSSL_cleanse (buffer, count);
  if (some > 0)
    memcpy (buffer, (const char *) g_bytes_get_data (self->bytes, NULL) + self->at, some);
  self->at += some;

  return (gssize) some;
}

/* The default would read on another thread, with a copy in its memory. */
static void
read_at_once (GInputStream *stream, void *buffer, gsize count, int io_priority,
              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);

  g_task_set_source_tag (task, read_at_once);
  g_task_set_priority (task, io_priority);
  g_task_return_int (task, read_some (stream, buffer, count, cancellable, NULL));
}

static gssize
read_finish (GInputStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

static void
eonay_wiping_stream_finalize (GObject *object)
{
  g_bytes_unref (EONAY_WIPING_STREAM (object)->bytes);
  G_OBJECT_CLASS (eonay_wiping_stream_parent_class)->finalize (object);
}

static void
eonay_wiping_stream_class_init (EonayWipingStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_wiping_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = read_some;
  G_INPUT_STREAM_CLASS (klass)->read_async = read_at_once;
  G_INPUT_STREAM_CLASS (klass)->read_finish = read_finish;
}

static void
eonay_wiping_stream_init (EonayWipingStream *self)
{
}

GInputStream *
eonay_wiping_stream_new (GBytes *bytes)
{
  EonayWipingStream *self = g_object_new (EONAY_TYPE_WIPING_STREAM, NULL);

  self->bytes = g_bytes_ref (bytes);

  return G_INPUT_STREAM (self);
}
