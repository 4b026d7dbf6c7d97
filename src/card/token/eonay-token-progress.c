#include "card/token/eonay-token-progress.h"

struct _EonayTokenProgress {
  gatomicrefcount references;
  GMutex mutex;
  GPtrArray *signatures; /* under the mutex */
  GSource *pending;      /* under the mutex: func is about to be called */
  GMainContext *context;
  EonayTokenProgressFunc func; /* of the context's thread */
  gpointer user_data;
};

EonayTokenProgress *
eonay_token_progress_new (EonayTokenProgressFunc func, gpointer user_data)
{
  EonayTokenProgress *self = g_new0 (EonayTokenProgress, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->mutex);
  self->signatures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->context = g_main_context_ref_thread_default ();
  self->func = func;
  self->user_data = user_data;

  return self;
}

void
eonay_token_progress_disconnect (EonayTokenProgress *self)
{
  self->func = NULL;
}

static gboolean
on_added (gpointer user_data)
{
  EonayTokenProgress *self = user_data;
  guint n_signed;

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->pending, g_source_unref);
  n_signed = self->signatures->len;
  g_mutex_unlock (&self->mutex);

  if (self->func != NULL)
    self->func (n_signed, self->user_data);

  return G_SOURCE_REMOVE;
}

/* With the mutex held. */
static void
announce (EonayTokenProgress *self)
{
  if (self->pending != NULL)
    return;

  self->pending = g_idle_source_new ();
  g_source_set_priority (self->pending, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->pending, on_added, eonay_token_progress_ref (self),
                         (GDestroyNotify) eonay_token_progress_unref);
  g_source_attach (self->pending, self->context);
}

void
eonay_token_progress_add (EonayTokenProgress *self, GBytes *signature)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->signatures, g_bytes_ref (signature));
  announce (self);
  g_mutex_unlock (&self->mutex);
}

void
eonay_token_progress_clear (EonayTokenProgress *self)
{
  g_mutex_lock (&self->mutex);
  if (self->signatures->len > 0)
    {
      g_ptr_array_set_size (self->signatures, 0);
      announce (self);
    }
  g_mutex_unlock (&self->mutex);
}

guint
eonay_token_progress_count (EonayTokenProgress *self)
{
  guint count;

  g_mutex_lock (&self->mutex);
  count = self->signatures->len;
  g_mutex_unlock (&self->mutex);

  return count;
}

GPtrArray *
eonay_token_progress_dup_signatures (EonayTokenProgress *self)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_mutex_lock (&self->mutex);
  g_ptr_array_extend (copy, self->signatures, (GCopyFunc) (void (*) (void)) g_bytes_ref, NULL);
  g_mutex_unlock (&self->mutex);

  return copy;
}

EonayTokenProgress *
eonay_token_progress_ref (EonayTokenProgress *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
eonay_token_progress_unref (EonayTokenProgress *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_ptr_array_unref (self->signatures);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
