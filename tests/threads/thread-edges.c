#include <gio/gio.h>
#include <glib-object.h>
#include <sanitizer/tsan_interface.h>

/*
 * What ThreadSanitizer cannot see by itself: GLib comes without its instrumentation, and has locks
 * of its own, so that each hand-over from thread to thread would look like a race. The linker puts
 * these functions in the place of GLib's (--wrap), for the calls of our own code; each does what
 * GLib's documentation promises of memory, and no more.
 */

const char *__tsan_default_suppressions (void);
const char *__tsan_default_options (void);

/* GLib's recursive locks are the only pthread mutexes here, and half hidden by the suppressions. */
__attribute__ ((weak)) const char *
__tsan_default_options (void)
{
  return "report_mutex_bugs=0";
}

/* GLib's own use of memory that it guards with its own locks. */
const char *
__tsan_default_suppressions (void)
{
  return "called_from_lib:libglib-2.0.so\n"
         "called_from_lib:libgobject-2.0.so\n"
         "called_from_lib:libgio-2.0.so\n";
}

#define DECLARE(type_, name_, parameters_) \
  type_ __real_##name_ parameters_;        \
  type_ __wrap_##name_ parameters_

DECLARE (void, g_mutex_lock, (GMutex * mutex));
DECLARE (void, g_mutex_unlock, (GMutex * mutex));
DECLARE (void, g_cond_wait, (GCond * cond, GMutex *mutex));
DECLARE (gboolean, g_cond_wait_until, (GCond * cond, GMutex *mutex, gint64 end));
DECLARE (void, g_async_queue_push, (GAsyncQueue * queue, gpointer item));
DECLARE (gpointer, g_async_queue_pop, (GAsyncQueue * queue));
DECLARE (void, g_source_set_callback,
         (GSource * source, GSourceFunc func, gpointer data, GDestroyNotify notify));
DECLARE (guint, g_source_attach, (GSource * source, GMainContext *context));
DECLARE (void, g_object_unref, (gpointer object));
DECLARE (void, g_bytes_unref, (GBytes * bytes));
DECLARE (void, g_ptr_array_unref, (GPtrArray * array));
DECLARE (void, g_atomic_rc_box_release, (gpointer box));
DECLARE (void, g_atomic_rc_box_release_full, (gpointer box, GDestroyNotify clear));
DECLARE (void, g_cancellable_cancel, (GCancellable * cancellable));
DECLARE (gboolean, g_cancellable_is_cancelled, (GCancellable * cancellable));

void
__wrap_g_mutex_lock (GMutex *mutex)
{
  __real_g_mutex_lock (mutex);
  __tsan_acquire (mutex);
}

void
__wrap_g_mutex_unlock (GMutex *mutex)
{
  __tsan_release (mutex);
  __real_g_mutex_unlock (mutex);
}

void
__wrap_g_cond_wait (GCond *cond, GMutex *mutex)
{
  __tsan_release (mutex);
  __real_g_cond_wait (cond, mutex);
  __tsan_acquire (mutex);
}

gboolean
__wrap_g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end)
{
  gboolean signalled;

  __tsan_release (mutex);
  signalled = __real_g_cond_wait_until (cond, mutex, end);
  __tsan_acquire (mutex);

  return signalled;
}

/* By item, not by queue: what one item hands over says nothing of the others. */
void
__wrap_g_async_queue_push (GAsyncQueue *queue, gpointer item)
{
  __tsan_release (item);
  __real_g_async_queue_push (queue, item);
}

gpointer
__wrap_g_async_queue_pop (GAsyncQueue *queue)
{
  gpointer item = __real_g_async_queue_pop (queue);

  __tsan_acquire (item);

  return item;
}

typedef struct {
  GSourceFunc func;
  gpointer data;
  GDestroyNotify notify;
  GSource *source;
} Callback;

static gboolean
dispatch (gpointer user_data)
{
  Callback *callback = user_data;

  __tsan_acquire (callback);
  __tsan_acquire (callback->source);

  return callback->func (callback->data);
}

static void
callback_free (gpointer user_data)
{
  Callback *callback = user_data;

  __tsan_acquire (callback);
  if (callback->notify != NULL)
    callback->notify (callback->data);
  g_free (callback);
}

void
__wrap_g_source_set_callback (GSource *source, GSourceFunc func, gpointer data,
                              GDestroyNotify notify)
{
  Callback *callback = g_new0 (Callback, 1);

  *callback = (Callback){ .func = func, .data = data, .notify = notify, .source = source };
  __tsan_release (callback);
  __real_g_source_set_callback (source, dispatch, callback, callback_free);
}

guint
__wrap_g_source_attach (GSource *source, GMainContext *context)
{
  __tsan_release (source);

  return __real_g_source_attach (source, context);
}

/* To drop a reference is a release, and for the last one an acquisition. */
static void
drop (gpointer counted)
{
  __tsan_release (counted);
  __tsan_acquire (counted);
}

#define DEFINE_DROP(name_, type_)     \
  void __wrap_##name_ (type_ counted) \
  {                                   \
    drop (counted);                   \
    __real_##name_ (counted);         \
  }

DEFINE_DROP (g_object_unref, gpointer)
DEFINE_DROP (g_bytes_unref, GBytes *)
DEFINE_DROP (g_ptr_array_unref, GPtrArray *)
DEFINE_DROP (g_atomic_rc_box_release, gpointer)

void
__wrap_g_atomic_rc_box_release_full (gpointer box, GDestroyNotify clear)
{
  drop (box);
  __real_g_atomic_rc_box_release_full (box, clear);
}

void
__wrap_g_cancellable_cancel (GCancellable *cancellable)
{
  if (cancellable != NULL)
    __tsan_release (cancellable);
  __real_g_cancellable_cancel (cancellable);
}

gboolean
__wrap_g_cancellable_is_cancelled (GCancellable *cancellable)
{
  gboolean cancelled = __real_g_cancellable_is_cancelled (cancellable);

  if (cancelled)
    __tsan_acquire (cancellable);

  return cancelled;
}
