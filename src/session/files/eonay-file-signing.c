#include "session/files/eonay-file-signing.h"

#include "base/eonay-error.h"
#include "session/files/eonay-file-item.h"
#include "session/files/eonay-file-record.h"
#include "session/files/eonay-file-rescue.h"

/* Microseconds for which a claimed time may be told of a PIN that is typed after it. */
#define TIME_IS_TRUE (60 * G_TIME_SPAN_SECOND)

struct _EonayFileSigning {
  GObject parent_instance;

  EonayFileOptions *options;
  const EonayClock *clock; /* nullable */
  GPtrArray *items;
  EonayHistory *history;
  EonayCandidate *candidate;

  GTask *task;      /* of signing */
  GPtrArray *batch; /* EonayFileItem (not owned): in the order of the digests */
  EonaySecret *pin; /* until it goes to the token */
  EonayPinConsent consent;
  GDateTime *signing_time;
  EonayTokenProgress *progress;
  GCancellable *stop; /* the card, between two files */
  gulong stop_handler;
  guint n_signed; /* of the batch, by the card */
  guint n_ended;  /* of the batch, saved or not */
  gboolean is_saving;
  gboolean card_is_done;
  GError *card_error;
  GError *first_error;  /* of a file that the card has signed */
  gboolean save_failed; /* of such a file */
  gboolean is_rescuing; /* saving once more */
};

enum {
  PROP_N_DONE = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EonayFileSigning, eonay_file_signing, G_TYPE_OBJECT)

static void
forget_run (EonayFileSigning *self)
{
  if (self->progress != NULL)
    eonay_token_progress_disconnect (self->progress);
  g_clear_pointer (&self->progress, eonay_token_progress_unref);
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  g_clear_pointer (&self->pin, eonay_secret_free);
  g_clear_error (&self->card_error);
  g_clear_error (&self->first_error);
  g_clear_object (&self->stop);
  self->is_saving = FALSE;
  self->card_is_done = FALSE;
  self->save_failed = FALSE;
}

static void
eonay_file_signing_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_N_DONE:
      g_value_set_uint (value, eonay_file_signing_get_n_done (EONAY_FILE_SIGNING (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_file_signing_finalize (GObject *object)
{
  EonayFileSigning *self = EONAY_FILE_SIGNING (object);

  forget_run (self);
  g_clear_pointer (&self->options, eonay_file_options_free);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_object (&self->history);
  g_clear_object (&self->candidate);
  g_clear_pointer (&self->signing_time, g_date_time_unref);

  G_OBJECT_CLASS (eonay_file_signing_parent_class)->finalize (object);
}

static void
eonay_file_signing_class_init (EonayFileSigningClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = eonay_file_signing_get_property;
  object_class->finalize = eonay_file_signing_finalize;
  properties[PROP_N_DONE] = g_param_spec_uint ("n-done", NULL, NULL, 0, G_MAXUINT, 0,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
eonay_file_signing_init (EonayFileSigning *self)
{
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_file_item_free);
}

EonayFileSigning *
eonay_file_signing_new (GPtrArray *files, const EonayFileOptions *options)
{
  EonayFileSigning *self;

  g_return_val_if_fail (files != NULL && options != NULL, NULL);
  g_return_val_if_fail (files->len <= EONAY_OWN_FILES_MAX, NULL);

  self = g_object_new (EONAY_TYPE_FILE_SIGNING, NULL);
  self->options = eonay_file_options_copy (options);
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (self->items, eonay_file_item_new (files->pdata[i], self->options));

  return self;
}

void
eonay_file_signing_set_history (EonayFileSigning *self, EonayHistory *history)
{
  g_return_if_fail (EONAY_IS_FILE_SIGNING (self));

  g_set_object (&self->history, history);
}

void
eonay_file_signing_set_clock (EonayFileSigning *self, const EonayClock *clock)
{
  g_return_if_fail (EONAY_IS_FILE_SIGNING (self));

  self->clock = clock;
}

static GDateTime *
get_time (EonayFileSigning *self)
{
  g_autoptr (GDateTime) now = eonay_clock_realtime (self->clock);

  return g_date_time_to_utc (now);
}

/* What a thread is given: it only borrows, as objects of the main thread must not be finalized with
   the thread's task. */
typedef struct {
  EonayFileSigning *signing;
  GPtrArray *open; /* EonayFileItem */
} Preparation;

static void
preparation_free (Preparation *self)
{
  g_ptr_array_unref (self->open);
  g_free (self);
}

static void
prepare_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Preparation *preparation = task_data;
  EonayFileSigning *self = preparation->signing;
  GPtrArray *items = preparation->open;
  gsize sum = 0;

  for (guint i = 0; i < items->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      EonayFileItem *item = items->pdata[i];

      eonay_file_item_prepare (item, self->candidate, self->signing_time, &sum, &item->error);
    }

  g_task_return_boolean (task, TRUE);
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
eonay_file_signing_prepare_async (EonayFileSigning *self, EonayCandidate *candidate,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) step = NULL;
  Preparation *preparation;

  g_return_if_fail (EONAY_IS_FILE_SIGNING (self) && EONAY_IS_CANDIDATE (candidate));
  g_return_if_fail (!eonay_file_signing_is_signing (self));

  g_set_object (&self->candidate, candidate);
  g_clear_pointer (&self->signing_time, g_date_time_unref);
  self->signing_time = get_time (self);
  preparation = g_new (Preparation, 1);
  preparation->signing = self;
  preparation->open = g_ptr_array_new ();
  for (guint i = 0; i < self->items->len; i++)
    {
      EonayFileItem *item = self->items->pdata[i];

      if (!eonay_file_item_is_open (item))
        continue;
      eonay_file_item_reset (item);
      g_ptr_array_add (preparation->open, item);
    }

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, eonay_file_signing_prepare_async);
  step = g_task_new (NULL, cancellable, on_prepared, g_object_ref (task));
  g_task_set_task_data (step, preparation, (GDestroyNotify) preparation_free);
  g_task_run_in_thread (step, prepare_in_thread);
}

gboolean
eonay_file_signing_prepare_finish (EonayFileSigning *self, GAsyncResult *result, GError **error)
{
  const GError *first = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  for (guint i = 0; i < self->items->len; i++)
    {
      EonayFileItem *item = self->items->pdata[i];

      if (!eonay_file_item_is_open (item))
        continue;
      if (item->error == NULL)
        eonay_own_file_set_state (item->file, EONAY_OWN_FILE_READ);
      else
        eonay_own_file_fail (item->file, EONAY_OWN_FILE_REFUSED, item->error);
      first = first != NULL ? first : item->error;
    }

  if (eonay_file_signing_count_ready (self) > 0)
    return TRUE;

  if (error != NULL)
    *error = first != NULL
                 ? g_error_copy (first)
                 : g_error_new_literal (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_WRONG_STATE,
                                        "There is nothing left to sign");

  return FALSE;
}

guint
eonay_file_signing_count_ready (EonayFileSigning *self)
{
  guint count = 0;

  g_return_val_if_fail (EONAY_IS_FILE_SIGNING (self), 0);

  for (guint i = 0; i < self->items->len; i++)
    count += eonay_file_item_is_ready (self->items->pdata[i]);

  return count;
}

guint
eonay_file_signing_count_unseen (EonayFileSigning *self)
{
  guint count = 0;

  g_return_val_if_fail (EONAY_IS_FILE_SIGNING (self), 0);

  for (guint i = 0; i < self->items->len; i++)
    {
      const EonayFileItem *item = self->items->pdata[i];

      count += eonay_file_item_is_ready (item) && !eonay_own_file_is_seen (item->file);
    }

  return count;
}

/* From here on: signing, in the order in which it happens. */

/* Returns: (transfer full): why the card has not signed file number @index of the batch */
static GError *
find_reason (EonayFileSigning *self, guint index)
{
  if (index == self->n_signed && !eonay_file_record_is_not_made (self->card_error))
    return g_error_copy (self->card_error);
  if (self->save_failed)
    return g_error_new (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_NOT_BEGUN,
                        "Another file was not saved: %s", self->first_error->message);

  return g_error_new (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_STOPPED,
                      "The card stopped before: %s", self->card_error->message);
}

/* Each file that the card has not signed says why, unless the person knows: they stopped it, or none
   of them was signed. */
static void
tell_rest (EonayFileSigning *self)
{
  gboolean is_stopped = g_error_matches (self->card_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (self->n_signed == 0 || (is_stopped && !self->save_failed))
    return;

  for (guint i = self->n_signed; i < self->batch->len; i++)
    {
      EonayFileItem *item = self->batch->pdata[i];

      item->error = find_reason (self, i);
      eonay_own_file_fail (item->file, EONAY_OWN_FILE_FAILED, item->error);
    }
}

/* Returns: (transfer full) (nullable): why not all of them are signed and saved */
static GError *
steal_error (EonayFileSigning *self)
{
  if (self->first_error == NULL ||
      (self->card_error != NULL &&
       !g_error_matches (self->card_error, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    return g_steal_pointer (&self->card_error);

  return g_steal_pointer (&self->first_error);
}

static void
return_if_done (EonayFileSigning *self)
{
  g_autoptr (GTask) task = NULL;
  GError *error;

  if (!self->card_is_done || self->is_saving || self->n_ended < self->n_signed)
    return;

  tell_rest (self);
  eonay_file_record_end (self->history, self->batch, self->n_signed, self->card_error);
  task = g_steal_pointer (&self->task);
  g_cancellable_disconnect (g_task_get_cancellable (task), self->stop_handler);
  error = steal_error (self);
  eonay_file_record_journal (self->batch, error);
  forget_run (self);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void save_next (EonayFileSigning *self);

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayFileSigning) self = user_data;
  EonayFileItem *item = self->batch->pdata[self->n_ended];

  if (item->result != NULL)
    eonay_own_file_take_result (item->file, g_strdup (item->result));
  else
    {
      gboolean unsaved = eonay_file_item_is_unsaved (item);

      eonay_own_file_fail (item->file, unsaved ? EONAY_OWN_FILE_UNSAVED : EONAY_OWN_FILE_FAILED,
                           item->error);
      self->save_failed |= unsaved;
      if (self->first_error == NULL)
        self->first_error = g_error_copy (item->error);
      /* The next signatures could not be saved either. A wrong signature says nothing of them. */
      if (unsaved)
        g_cancellable_cancel (self->stop);
    }
  g_clear_object (&item->ades);

  self->is_saving = FALSE;
  self->n_ended++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DONE]);
  save_next (self);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  eonay_file_item_save (task_data, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
save_next (EonayFileSigning *self)
{
  g_autoptr (GTask) step = NULL;
  g_autoptr (GPtrArray) values = NULL;
  EonayFileItem *item;

  if (self->is_saving || self->n_ended >= self->n_signed)
    {
      return_if_done (self);
      return;
    }

  values = eonay_token_progress_dup_signatures (self->progress);
  if (self->n_ended >= values->len)
    return;
  item = self->batch->pdata[self->n_ended];
  item->value = g_bytes_ref (values->pdata[self->n_ended]);
  self->is_saving = TRUE;
  eonay_own_file_set_state (item->file, EONAY_OWN_FILE_SAVING);

  /* Without a cancellable: signatures of the card are never discarded. */
  step = g_task_new (NULL, NULL, on_saved, g_object_ref (self));
  g_task_set_task_data (step, item, NULL);
  g_task_run_in_thread (step, save_in_thread);
}

static void
on_progress (guint n_signed, gpointer user_data)
{
  EonayFileSigning *self = user_data;

  self->n_signed = MIN (n_signed, self->batch->len);
  save_next (self);
}

static void
on_card_signed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayFileSigning) self = user_data;
  g_autoptr (GPtrArray) values = eonay_token_sign_finish (EONAY_TOKEN (source), result,
                                                          &self->card_error);

  self->card_is_done = TRUE;
  self->n_signed = MIN (eonay_token_progress_count (self->progress), self->batch->len);
  if (values != NULL && self->n_signed < self->batch->len)
    self->card_error = g_error_new (EONAY_CARD_ERROR, EONAY_CARD_ERROR_PROTOCOL,
                                    "The card made %u signatures, not %u", self->n_signed,
                                    self->batch->len);
  save_next (self);
}

static void
send_to_card (EonayFileSigning *self)
{
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  EonayFileItem *first = self->batch->pdata[0];

  for (guint i = 0; i < self->batch->len; i++)
    {
      EonayFileItem *item = self->batch->pdata[i];

      g_ptr_array_add (digests, g_bytes_ref (eonay_ades_get_digest (item->ades)));
      g_ptr_array_add (messages, g_bytes_ref (eonay_ades_get_message (item->ades)));
    }

  self->progress = eonay_token_progress_new (on_progress, self);
  eonay_token_sign_messages_async (eonay_candidate_get_token (self->candidate),
                                   eonay_candidate_get_token_certificate (self->candidate),
                                   eonay_ades_get_scheme (first->ades), digests, messages,
                                   self->progress, g_steal_pointer (&self->pin), &self->consent,
                                   self->stop, on_card_signed, g_object_ref (self));
}

/* The list is written first, but cannot prevent a signature. */
static void
on_recorded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayFileSigning) self = user_data;

  eonay_history_put_finish (EONAY_HISTORY (source), result, NULL);
  send_to_card (self);
}

static void
record_begin (EonayFileSigning *self)
{
  g_autoptr (GPtrArray) entries = eonay_file_record_begin (
      self->history, self->batch, eonay_candidate_get_certificate (self->candidate),
      self->signing_time);

  if (entries != NULL)
    eonay_history_put_async (self->history, entries, on_recorded, g_object_ref (self));
  else
    send_to_card (self);
}

static void
renew_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  EonayFileSigning *self = task_data;

  for (guint i = 0; i < self->batch->len; i++)
    {
      GError *error = NULL;

      if (!eonay_file_item_renew (self->batch->pdata[i], self->candidate, self->signing_time,
                                  &error))
        {
          g_task_return_error (task, error);
          return;
        }
    }

  g_task_return_boolean (task, TRUE);
}

static void
on_renewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayFileSigning) self = user_data;

  if (g_task_propagate_boolean (G_TASK (result), &self->card_error))
    {
      record_begin (self);
      return;
    }

  self->card_is_done = TRUE;
  return_if_done (self);
}

static void
on_stopped (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

void
eonay_file_signing_sign_async (EonayFileSigning *self, EonaySecret *pin,
                               const EonayPinConsent *consent, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GTask) step = NULL;
  GTimeSpan age;

  g_return_if_fail (EONAY_IS_FILE_SIGNING (self) && consent != NULL);
  g_return_if_fail (!eonay_file_signing_is_signing (self));
  g_return_if_fail (eonay_file_signing_count_ready (self) > 0);

  forget_run (self);
  self->n_signed = 0;
  self->n_ended = 0;
  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, eonay_file_signing_sign_async);
  g_task_set_check_cancellable (self->task, FALSE);
  self->pin = pin;
  self->consent = *consent;
  self->stop = g_cancellable_new ();
  self->stop_handler = cancellable != NULL
                           ? g_cancellable_connect (cancellable, G_CALLBACK (on_stopped),
                                                    g_object_ref (self->stop), g_object_unref)
                           : 0;
  self->batch = g_ptr_array_new ();
  for (guint i = 0; i < self->items->len; i++)
    if (eonay_file_item_is_ready (self->items->pdata[i]))
      {
        EonayFileItem *item = self->items->pdata[i];

        g_clear_error (&item->error);
        g_ptr_array_add (self->batch, item);
      }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DONE]);

  /* The claimed time is that of the PIN, not of a question that was left open over lunch. */
  now = get_time (self);
  age = g_date_time_difference (now, self->signing_time);
  if (age >= 0 && age < TIME_IS_TRUE)
    {
      record_begin (self);
      return;
    }
  g_date_time_unref (self->signing_time);
  self->signing_time = g_steal_pointer (&now);
  step = g_task_new (NULL, NULL, on_renewed, g_object_ref (self));
  g_task_set_task_data (step, self, NULL);
  g_task_run_in_thread (step, renew_in_thread);
}

gboolean
eonay_file_signing_sign_finish (EonayFileSigning *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
eonay_file_signing_is_signing (EonayFileSigning *self)
{
  g_return_val_if_fail (EONAY_IS_FILE_SIGNING (self), FALSE);

  return self->task != NULL || self->is_rescuing;
}

guint
eonay_file_signing_get_n_done (EonayFileSigning *self)
{
  g_return_val_if_fail (EONAY_IS_FILE_SIGNING (self), 0);

  return self->n_ended;
}

guint
eonay_file_signing_get_n_batch (EonayFileSigning *self)
{
  g_return_val_if_fail (EONAY_IS_FILE_SIGNING (self), 0);

  return self->batch != NULL ? self->batch->len : 0;
}

guint
eonay_file_signing_count_unsaved (EonayFileSigning *self)
{
  guint count = 0;

  g_return_val_if_fail (EONAY_IS_FILE_SIGNING (self), 0);

  for (guint i = 0; i < self->items->len; i++)
    count += eonay_file_item_is_unsaved (self->items->pdata[i]);

  return count;
}

static void
on_rescued (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  EonayFileSigning *self = g_task_get_source_object (task);
  GError *error = NULL;

  self->is_rescuing = FALSE;
  if (eonay_file_rescue_finish (result, self->history, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
eonay_file_signing_save_async (EonayFileSigning *self, const char *folder,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (EONAY_IS_FILE_SIGNING (self));
  g_return_if_fail (!eonay_file_signing_is_signing (self));
  g_return_if_fail (eonay_file_signing_count_unsaved (self) > 0);

  self->is_rescuing = TRUE;
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, eonay_file_signing_save_async);
  eonay_file_rescue_async (self->items, folder, on_rescued, task);
}

gboolean
eonay_file_signing_save_finish (EonayFileSigning *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
