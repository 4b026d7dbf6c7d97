#include "session/diagnosis/eonay-card-survey.h"

#include "base/eonay-error.h"

#define SERVICE_TIMEOUT_MS 5000
#define READERS_TIMEOUT_MS 10000
#define PINS_TIMEOUT_MS 6000
#define SILENCE_MS 3000 /* between two answers of a slow card it is far less */

typedef struct {
  EonayReaderList *readers;
  EonayCandidateList *candidates;
  const EonayClock *clock;
  EonayCardSurveyFunc progress;
  gpointer user_data;
  EonayCardSurvey *survey;
  gulong changed_id;
  GSource *timer;
  GSource *cancelling;
  GCancellable *refreshing; /* internal: requests not waited for any more are not started */
  guint n_refreshing;
  GHashTable *unsaid; /* EonayToken → GError: tokens that have not reported the state of their PINs
                         */
  gboolean is_settled;
  gboolean is_done;
} Work;

void
eonay_card_survey_free (EonayCardSurvey *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->service, eonay_pcsc_probe_facts_free);
  g_ptr_array_unref (self->cards);
  g_free (self);
}

static EonayCardSurvey *
survey_new (void)
{
  EonayCardSurvey *self = g_new0 (EonayCardSurvey, 1);

  self->cards = g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_card_facts_free);

  return self;
}

static void
stop (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
stop_watching (Work *work)
{
  g_clear_signal_handler (&work->changed_id, work->readers);
}

static void
work_free (gpointer data)
{
  Work *work = data;

  stop (&work->timer);
  stop (&work->cancelling);
  stop_watching (work);
  g_object_unref (work->readers);
  g_object_unref (work->candidates);
  g_object_unref (work->refreshing);
  g_hash_table_unref (work->unsaid);
  g_clear_pointer (&work->survey, eonay_card_survey_free);
  g_free (work);
}

static void
start_timer (GTask *task, guint milliseconds, GSourceFunc func)
{
  Work *work = g_task_get_task_data (task);

  stop (&work->timer);
  work->timer = g_timeout_source_new (milliseconds);
  g_source_set_callback (work->timer, func, g_object_ref (task), g_object_unref);
  g_source_attach (work->timer, g_main_context_get_thread_default ());
}

static const EonayPcscProbeSnapshot *
find_snapshot (const EonayPcscProbeFacts *service, const char *name)
{
  for (guint i = 0; service != NULL && i < service->readers->len; i++)
    {
      const EonayPcscProbeSnapshot *snapshot = service->readers->pdata[i];

      if (g_str_equal (snapshot->name, name))
        return snapshot;
    }

  return NULL;
}

/* @error: (transfer full): why it has not reported it yet */
static void
set_unsaid (Work *work, EonayToken *token, GError *error)
{
  g_hash_table_insert (work->unsaid, g_object_ref (token), error);
}

static void
add_pin_error (Work *work, EonayToken *token, EonayCardFacts *facts)
{
  const GError *error = token != NULL ? g_hash_table_lookup (work->unsaid, token) : NULL;

  if (error != NULL)
    facts->pin_error = g_error_copy (error);
}

static void
gather (Work *work)
{
  GListModel *model = G_LIST_MODEL (work->readers);
  g_autoptr (GDateTime) now = eonay_clock_realtime (work->clock);

  g_ptr_array_set_size (work->survey->cards, 0);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (model, i);
      const EonayPcscProbeSnapshot *snapshot = NULL;
      EonayCardFacts *facts;

      if (!eonay_reader_is_module (reader))
        snapshot = find_snapshot (work->survey->service, eonay_reader_get_name (reader));
      facts = eonay_card_facts_gather (reader, snapshot, work->candidates, now);
      add_pin_error (work, eonay_reader_get_token (reader), facts);
      g_ptr_array_add (work->survey->cards, facts);
    }
}

static void
report_progress (Work *work)
{
  if (work->progress != NULL)
    work->progress (work->survey, work->user_data);
}

static void
conclude (GTask *task)
{
  Work *work = g_task_get_task_data (task);

  if (work->is_done)
    return;

  work->is_done = TRUE;
  stop_watching (work);
  stop (&work->timer);
  stop (&work->cancelling);
  g_cancellable_cancel (work->refreshing);
  if (g_task_return_error_if_cancelled (task))
    return;

  gather (work);
  g_task_return_pointer (task, g_steal_pointer (&work->survey),
                         (GDestroyNotify) eonay_card_survey_free);
}

/* A slow card still answers. @silence: milliseconds */
static gboolean
is_some_card_answering (Work *work, int silence)
{
  GListModel *model = G_LIST_MODEL (work->readers);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (model, i);

      if (eonay_reader_get_silence (reader) < silence)
        return TRUE;
    }

  return FALSE;
}

/* Late answers are ignored. */
static gboolean
on_pins_overdue (gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);

  if (is_some_card_answering (g_task_get_task_data (task), SILENCE_MS))
    start_timer (task, PINS_TIMEOUT_MS, on_pins_overdue);
  else
    conclude (task);

  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);

  conclude (task);

  return G_SOURCE_REMOVE;
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  EonayToken *token = EONAY_TOKEN (source);
  GError *error = NULL;

  if (eonay_token_request_finish (token, result, &error))
    g_hash_table_remove (work->unsaid, token);
  else if (work->is_done)
    g_error_free (error);
  else
    set_unsaid (work, token, error);
  work->n_refreshing--;
  if (work->n_refreshing == 0)
    conclude (task);
}

static void
refresh_pins (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  GListModel *model = G_LIST_MODEL (work->readers);

  start_timer (task, PINS_TIMEOUT_MS, on_pins_overdue);
  work->n_refreshing = 1;
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (model, i);
      EonayToken *token = eonay_reader_get_token (reader);

      if (token == NULL)
        continue;
      work->n_refreshing++;
      set_unsaid (work, token,
                  g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNRESPONSIVE,
                                       "The card has not answered in time"));
      eonay_token_refresh_async (token, work->refreshing, on_refreshed, g_object_ref (task));
    }
  work->n_refreshing--;
  if (work->n_refreshing == 0)
    conclude (task);
}

static void
settle (GTask *task)
{
  Work *work = g_task_get_task_data (task);

  if (work->is_settled || work->is_done ||
      g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return;

  work->is_settled = TRUE;
  stop_watching (work);
  stop (&work->timer);
  gather (work);
  report_progress (work);
  refresh_pins (task);
}

static gboolean
on_readers_overdue (gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);

  if (is_some_card_answering (g_task_get_task_data (task), SILENCE_MS))
    start_timer (task, READERS_TIMEOUT_MS, on_readers_overdue);
  else
    settle (task);

  return G_SOURCE_REMOVE;
}

/* The service may have reported readers and cards that are not in the list yet. */
static gboolean
has_caught_up (Work *work)
{
  const EonayPcscProbeFacts *service = work->survey->service;
  GListModel *model = G_LIST_MODEL (work->readers);
  guint n_found = 0;

  if (service == NULL || service->error != NULL)
    return TRUE;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (model, i);
      const EonayPcscProbeSnapshot *snapshot = find_snapshot (service,
                                                              eonay_reader_get_name (reader));

      if (eonay_reader_is_module (reader) || snapshot == NULL)
        continue;
      n_found++;
      if (snapshot->has_card && eonay_reader_get_state (reader) == EONAY_READER_EMPTY)
        return FALSE;
    }

  return n_found == service->readers->len;
}

static gboolean
are_readers_at_rest (Work *work)
{
  GListModel *model = G_LIST_MODEL (work->readers);
  gboolean is_some_ready = FALSE;

  if (eonay_reader_list_get_service_state (work->readers) == EONAY_SERVICE_STARTING)
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (model, i);
      EonayToken *token = eonay_reader_get_token (reader);

      if (eonay_reader_get_state (reader) == EONAY_READER_READING)
        return FALSE;
      is_some_ready |= token != NULL && eonay_token_can_use_keys (token);
    }

  /* Do not wait for modules once there is a usable card. */
  return is_some_ready || !eonay_reader_list_is_searching (work->readers);
}

/* Readers of a hanging service never settle, nor do modules that use it. */
static gboolean
is_service_hanging (Work *work)
{
  const EonayPcscProbeFacts *service = work->survey->service;

  return service != NULL &&
         g_error_matches (service->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNRESPONSIVE);
}

static void
on_changed (GTask *task)
{
  g_autoptr (GTask) alive = g_object_ref (task);
  Work *work = g_task_get_task_data (task);

  if (is_service_hanging (work) || (are_readers_at_rest (work) && has_caught_up (work)))
    settle (task);
}

static void
watch_readers (GTask *task)
{
  Work *work = g_task_get_task_data (task);

  start_timer (task, READERS_TIMEOUT_MS, on_readers_overdue);
  work->changed_id =
      g_signal_connect_data (work->readers, "changed", G_CALLBACK (on_changed), g_object_ref (task),
                             (GClosureNotify) (GCallback) g_object_unref, G_CONNECT_SWAPPED);
  on_changed (task);
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);

  g_autoptr (EonayPcscProbeFacts) facts = eonay_pcsc_probe_finish (result, NULL);

  if (work->is_done || facts == NULL)
    return;

  work->survey->service = g_steal_pointer (&facts);
  report_progress (work);
  watch_readers (task);
}

/* What could not be read may be readable now. */
static void
retry_failed (EonayReaderList *readers)
{
  GListModel *model = G_LIST_MODEL (readers);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (model, i);

      if (eonay_reader_get_state (reader) == EONAY_READER_FAILED &&
          !eonay_reader_is_module (reader))
        eonay_reader_retry (reader);
    }
}

void
eonay_card_survey_async (EonayReaderList *readers, EonayCandidateList *candidates,
                         gboolean with_service, const EonayClock *clock,
                         EonayCardSurveyFunc progress, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (readers, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->readers = g_object_ref (readers);
  work->candidates = g_object_ref (candidates);
  work->clock = clock;
  work->progress = progress;
  work->user_data = user_data;
  work->survey = survey_new ();
  work->refreshing = g_cancellable_new ();
  work->unsaid = g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify) g_error_free);
  g_task_set_task_data (task, work, work_free);
  g_task_set_source_tag (task, eonay_card_survey_async);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (cancellable != NULL)
    {
      work->cancelling = g_cancellable_source_new (cancellable);
      g_source_set_callback (work->cancelling, G_SOURCE_FUNC (on_cancelled), g_object_ref (task),
                             g_object_unref);
      g_source_attach (work->cancelling, g_main_context_get_thread_default ());
    }
  retry_failed (readers);
  if (with_service)
    eonay_pcsc_probe_async (SERVICE_TIMEOUT_MS, cancellable, on_probed, g_object_ref (task));
  else
    watch_readers (task);
}

EonayCardSurvey *
eonay_card_survey_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
