#include "cli/card/eonay-cli-card-run.h"

#include <unistd.h>

#include "base/eonay-error.h"
#include "cli/terminal/eonay-cli-presence.h"

EonayCliCardRun *
eonay_cli_card_run_new (const EonayCliCardOptions *options, EonayReaderList *readers)
{
  EonayCliCardRun *self = g_new0 (EonayCliCardRun, 1);

  self->options = options;
  self->readers = readers;
  self->candidates = eonay_candidate_list_new (readers, NULL);
  self->failures = g_hash_table_new_full (NULL, NULL, g_object_unref,
                                          (GDestroyNotify) g_error_free);
  self->terminal = eonay_cli_terminal_new (NULL);
  self->interactive = self->terminal != NULL && isatty (STDIN_FILENO);
  self->stop = g_cancellable_new ();
  self->work = g_cancellable_new ();

  return self;
}

void
eonay_cli_card_run_free (EonayCliCardRun *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->candidates);
  g_clear_pointer (&self->failures, g_hash_table_unref);
  eonay_cli_terminal_free (self->terminal);
  g_clear_object (&self->token);
  g_clear_object (&self->certificate);
  g_clear_object (&self->stop);
  g_clear_object (&self->work);
  g_free (self);
}

void
eonay_cli_card_run_interrupt (EonayCliCardRun *self)
{
  self->interrupted = TRUE;
  g_cancellable_cancel (self->stop);
  g_cancellable_cancel (self->work);
}

GPtrArray *
eonay_cli_card_run_list_tokens (EonayCliCardRun *self)
{
  GPtrArray *tokens = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *readers = G_LIST_MODEL (self->readers);

  for (guint i = 0; i < g_list_model_get_n_items (readers); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (readers, i);
      EonayToken *token = eonay_reader_get_token (reader);

      if (token != NULL &&
          eonay_cli_presence_fits (self->options->reader, eonay_reader_get_name (reader)))
        g_ptr_array_add (tokens, g_object_ref (token));
    }

  return tokens;
}

EonayCandidate *
eonay_cli_card_run_find_candidate (EonayCliCardRun *self, EonayTokenCertificate *certificate)
{
  GListModel *model = G_LIST_MODEL (self->candidates);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayCandidate) candidate = g_list_model_get_item (model, i);

      /* The list keeps it alive. */
      if (eonay_candidate_get_token_certificate (candidate) == certificate)
        return candidate;
    }

  return NULL;
}

/*
 * @searching: modules are being asked, and their time has not run out
 * @late: the timeout of a script is over, and no card is still being read
 */
typedef struct {
  gboolean patient;
  gint64 begin;
  gint64 end;
  GHashTable *reported_reading; /* EonayReader */
  gboolean settled;
  gboolean searching;
  gboolean late;
  int told;
} Wait;

static void
look (EonayCliCardRun *self, Wait *wait)
{
  gint64 now = g_get_monotonic_time ();
  gint64 silence = eonay_cli_presence_get_silence (self->readers, self->options->reader);

  /* For a slow reader the timeout starts at the card's last activity. */
  if (silence < EONAY_CLI_SCRIPT_TIMEOUT)
    wait->end = MAX (wait->end, now - silence + EONAY_CLI_SCRIPT_TIMEOUT);
  if (now - wait->begin >= G_TIME_SPAN_SECOND)
    eonay_cli_presence_print_reading (self->readers, self->options->reader, wait->reported_reading);
  wait->late = now >= wait->end;
  wait->settled = eonay_cli_presence_is_settled (self->readers, self->options->reader);
  wait->searching = eonay_reader_list_is_searching (self->readers) &&
                    (wait->patient || !wait->late);
}

/**
 * Called while nothing is enough. Returns: whether to continue waiting; else %FALSE with an error
 */
static gboolean
go_on_waiting (EonayCliCardRun *self, Wait *wait, GError **error)
{
  g_autoptr (GError) missing = eonay_cli_presence_explain (self->readers, self->options->reader);

  if (!wait->patient && wait->late)
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }

  /* The person is informed even if a module hangs. */
  if (wait->patient && wait->settled &&
      (!wait->searching || (wait->late && missing->code != EONAY_CARD_ERROR_KEY_NOT_FOUND)))
    eonay_cli_presence_ask_for_card (missing, self->options->certificate, &wait->told);

  return TRUE;
}

gboolean
eonay_cli_card_run_await (EonayCliCardRun *self,
                          gboolean (*is_enough) (EonayCliCardRun *self, gboolean searching),
                          gboolean patient, GError **error)
{
  g_autoptr (GHashTable) reported_reading = g_hash_table_new_full (NULL, NULL, g_object_unref,
                                                                   NULL);
  gint64 now = g_get_monotonic_time ();
  Wait wait = { .patient = patient,
                .begin = now,
                .end = now + EONAY_CLI_SCRIPT_TIMEOUT,
                .reported_reading = reported_reading,
                .told = -1 };
  gboolean enough = FALSE;
  gboolean going_on = TRUE;
  g_autoptr (GSource) tick = g_timeout_source_new_seconds (1);

  g_source_set_dummy_callback (tick);
  g_source_attach (tick, NULL);
  while (!self->interrupted && !enough && going_on)
    {
      look (self, &wait);
      enough = (wait.settled || (wait.late && !patient)) && is_enough (self, wait.searching);
      going_on = enough || go_on_waiting (self, &wait, error);
      if (!enough && going_on)
        g_main_context_iteration (NULL, TRUE);
    }
  g_source_destroy (tick);

  if (self->interrupted && going_on && !enough)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Interrupted");

  return enough;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

gboolean
eonay_cli_card_run_refresh (EonayCliCardRun *self, EonayToken *token, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_token_refresh_async (token, self->work, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return eonay_token_request_finish (token, result, error);
}
