#include "card/pcsc/eonay-pcsc-monitor.h"

#include "card/pcsc/eonay-pcsc.h"

/* A cancel that comes a moment before the wait is lost, so it is said again. */
#define CANCEL_AGAIN_AFTER (10 * G_TIME_SPAN_MILLISECOND)
#define END_TIMEOUT (G_TIME_SPAN_SECOND / 2)

struct _EonayPcscMonitor {
  GMainContext *main_context;

  /* Main thread; NULL once nobody listens. */
  EonayPcscEventFunc func;
  gpointer user_data;

  /* Under the lock. */
  GMutex lock;
  GCond changed;
  EonayPcscContext *context; /* while the thread has one */
  GStrvBuilder *awaited;     /* names whose release is awaited, and the thread does not know yet */
  guint asked;               /* counts what the thread is to wake up for */
  guint heeded;              /* how much of that it knows */
  gboolean cancelling;       /* the context is in use by another thread */
  gboolean stopping;
  gboolean ended;
};

typedef struct {
  EonayPcscMonitor *monitor;
  EonayPcscEvent event;
  char *name;
  GError *error;
} Message;

static void
monitor_clear (gpointer monitor)
{
  EonayPcscMonitor *self = monitor;

  g_main_context_unref (self->main_context);
  g_strv_builder_unref (self->awaited);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
}

static void
message_free (gpointer message)
{
  Message *self = message;

  g_atomic_rc_box_release_full (self->monitor, monitor_clear);
  g_free (self->name);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
deliver (gpointer user_data)
{
  Message *message = user_data;
  EonayPcscMonitor *monitor = message->monitor;

  if (monitor->func != NULL)
    monitor->func (message->event, message->name, message->error, monitor->user_data);

  return G_SOURCE_REMOVE;
}

/* @error: (transfer full) (nullable) */
static void
tell (EonayPcscMonitor *self, EonayPcscEvent event, const char *name, GError *error)
{
  Message *message = g_new0 (Message, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  message->monitor = g_atomic_rc_box_acquire (self);
  message->event = event;
  message->name = g_strdup (name);
  message->error = error;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[eonay] PC/SC event");
  g_source_set_callback (source, deliver, message, message_free);
  g_source_attach (source, self->main_context);
}

static void
forget_slot (EonayPcscMonitor *self, GPtrArray *slots, guint index)
{
  EonayPcscSlot *slot = g_ptr_array_index (slots, index);

  if (slot->has_card)
    tell (self, EONAY_PCSC_CARD_REMOVED, slot->name, NULL);
  tell (self, EONAY_PCSC_SLOT_REMOVED, slot->name, NULL);
  g_ptr_array_remove_index (slots, index);
}

static gboolean
knows (GPtrArray *slots, const char *name)
{
  for (guint i = 0; i < slots->len; i++)
    if (g_str_equal (((EonayPcscSlot *) g_ptr_array_index (slots, i))->name, name))
      return TRUE;

  return FALSE;
}

static gboolean
update_slots (EonayPcscMonitor *self, GPtrArray *slots, GError **error)
{
  g_auto (GStrv) names = eonay_pcsc_context_list (self->context, error);

  if (names == NULL)
    return FALSE;

  for (guint i = slots->len; i > 0; i--)
    {
      EonayPcscSlot *slot = g_ptr_array_index (slots, i - 1);

      if (!g_strv_contains ((const char *const *) names, slot->name))
        forget_slot (self, slots, i - 1);
    }
  for (guint i = 0; names[i] != NULL; i++)
    if (!knows (slots, names[i]))
      {
        g_ptr_array_add (slots, eonay_pcsc_slot_new (names[i]));
        tell (self, EONAY_PCSC_SLOT_ADDED, names[i], NULL);
      }

  return TRUE;
}

/* Returns: whether to go on */
static gboolean
heed (EonayPcscMonitor *self, GPtrArray *slots)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_auto (GStrv) names = g_strv_builder_end (self->awaited);

  for (guint i = 0; i < slots->len; i++)
    {
      EonayPcscSlot *slot = g_ptr_array_index (slots, i);

      if (g_strv_contains ((const char *const *) names, slot->name))
        {
          slot->awaits_release = TRUE;
          slot->looks = 0;
        }
    }
  self->heeded = self->asked;
  g_cond_broadcast (&self->changed);

  return !self->stopping;
}

static gboolean
wait_for_change (EonayPcscMonitor *self, GPtrArray *slots, GError **error)
{
  g_autofree EonayPcscSlot *before = g_new0 (EonayPcscSlot, slots->len + 1);
  g_autoptr (GError) local = NULL;

  for (guint i = 0; i < slots->len; i++)
    before[i] = *(EonayPcscSlot *) g_ptr_array_index (slots, i);
  if (!eonay_pcsc_context_wait (self->context, slots, &local))
    {
      /* Woken to heed something. */
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  for (guint i = 0; i < slots->len; i++)
    {
      const EonayPcscSlot *slot = g_ptr_array_index (slots, i);
      gboolean swapped = before[i].has_card && slot->has_card && before[i].swaps != slot->swaps;

      if (before[i].has_card && (!slot->has_card || swapped))
        tell (self, EONAY_PCSC_CARD_REMOVED, slot->name, NULL);
      if (slot->has_card && (!before[i].has_card || swapped))
        tell (self, EONAY_PCSC_CARD_INSERTED, slot->name, NULL);
      if (before[i].awaits_release && !slot->awaits_release)
        tell (self, EONAY_PCSC_CARD_RELEASED, slot->name, NULL);
    }

  return TRUE;
}

static gboolean
open_context (EonayPcscMonitor *self, GError **error)
{
  EonayPcscContext *context = eonay_pcsc_context_new (error);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->context = context;

  return context != NULL;
}

static gpointer
run (gpointer user_data)
{
  EonayPcscMonitor *self = user_data;
  g_autoptr (GPtrArray) slots =
      g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_pcsc_slot_free);
  GError *error = NULL;

  if (open_context (self, &error))
    {
      tell (self, EONAY_PCSC_SERVICE_FOUND, NULL, NULL);
      while (update_slots (self, slots, &error) && heed (self, slots) &&
             wait_for_change (self, slots, &error))
        ;
    }

  tell (self, EONAY_PCSC_SERVICE_GOES, NULL, error != NULL ? g_error_copy (error) : NULL);
  while (slots->len > 0)
    forget_slot (self, slots, slots->len - 1);
  tell (self, EONAY_PCSC_SERVICE_LOST, NULL, error);

  g_mutex_lock (&self->lock);
  self->ended = TRUE;
  g_cond_broadcast (&self->changed);
  while (self->cancelling)
    g_cond_wait (&self->changed, &self->lock);
  g_clear_pointer (&self->context, eonay_pcsc_context_free);
  g_mutex_unlock (&self->lock);
  g_atomic_rc_box_release_full (self, monitor_clear);

  return NULL;
}

/* On a thread of its own: a service that does not answer does not answer this either. */
static gpointer
wake_up (gpointer user_data)
{
  EonayPcscMonitor *self = user_data;

  g_mutex_lock (&self->lock);
  while (!self->ended && self->heeded != self->asked)
    {
      EonayPcscContext *context = self->context;

      if (context != NULL)
        {
          g_mutex_unlock (&self->lock);
          eonay_pcsc_context_cancel (context);
          g_mutex_lock (&self->lock);
        }
      g_cond_wait_until (&self->changed, &self->lock, g_get_monotonic_time () + CANCEL_AGAIN_AFTER);
    }
  self->cancelling = FALSE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_atomic_rc_box_release_full (self, monitor_clear);

  return NULL;
}

/* Under the lock. */
static void
ask (EonayPcscMonitor *self)
{
  self->asked++;
  if (self->cancelling || self->ended)
    return;

  self->cancelling = TRUE;
  g_thread_unref (g_thread_new ("PC/SC wake-up", wake_up, g_atomic_rc_box_acquire (self)));
}

EonayPcscMonitor *
eonay_pcsc_monitor_new (EonayPcscEventFunc func, gpointer user_data)
{
  EonayPcscMonitor *self = g_atomic_rc_box_new0 (EonayPcscMonitor);

  self->main_context = g_main_context_ref_thread_default ();
  self->func = func;
  self->user_data = user_data;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->awaited = g_strv_builder_new ();
  g_thread_unref (g_thread_new ("PC/SC monitor", run, g_atomic_rc_box_acquire (self)));

  return self;
}

void
eonay_pcsc_monitor_await_release (EonayPcscMonitor *self, const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_strv_builder_add (self->awaited, name);
  ask (self);
}

void
eonay_pcsc_monitor_free (EonayPcscMonitor *self)
{
  gint64 end = g_get_monotonic_time () + END_TIMEOUT;

  if (self == NULL)
    return;

  self->func = NULL;
  g_mutex_lock (&self->lock);
  self->stopping = TRUE;
  ask (self);
  while (!self->ended && g_cond_wait_until (&self->changed, &self->lock, end))
    ;
  g_mutex_unlock (&self->lock);
  g_atomic_rc_box_release_full (self, monitor_clear);
}
