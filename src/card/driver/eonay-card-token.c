#include "card/driver/eonay-card-token.h"

#include "card/driver/eonay-card-session.h"

struct _EonayCardToken {
  EonayToken parent_instance;

  EonayCard *card;
  EonayWorker *worker;
  EonayPinPad *pin_pad;
};

G_DEFINE_FINAL_TYPE (EonayCardToken, eonay_card_token, EONAY_TYPE_TOKEN)

/* A request with the card that it is for; the worker and the token each hold it. */
typedef struct {
  EonayCard *card;
  EonayTokenRequest *request;
  GTask *task; /* the token's */
} Job;

static void
job_clear (gpointer job)
{
  Job *self = job;

  g_object_unref (self->card);
  eonay_token_request_free (self->request);
}

static void
leave_job (gpointer job)
{
  eonay_token_request_forget_secrets (((Job *) job)->request);
  g_atomic_rc_box_release_full (job, job_clear);
}

static gpointer
execute_on_worker (EonayTransport *transport, gpointer job, GError **error)
{
  Job *self = job;

  return eonay_card_session_execute (transport, self->card, self->request, error);
}

/* @error: (transfer full): perhaps the worker's own, while the request is still under way */
static GError *
abandon (EonayTokenRequest *request, GError *error)
{
  request->abandoned = TRUE;
  if (error->domain == EONAY_CARD_ERROR && !eonay_card_error_is_about_pin (error) &&
      eonay_card_error_get_pin_try (error) == EONAY_PIN_TRY_UNKNOWN)
    eonay_card_error_set_pin_try (error, request->pin_try);

  return error;
}

static void
executed (gpointer result, const GError *error, gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&job->task);

  g_object_notify (g_task_get_source_object (task), "pin-state");
  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, abandon (job->request, g_error_copy (error)));
  g_atomic_rc_box_release_full (job, job_clear);
}

/* In milliseconds. A person types more slowly than a card answers. */
static guint
get_timeout (const EonayTokenRequest *request)
{
  gboolean replaces = request->kind == EONAY_TOKEN_REQUEST_CHANGE_PIN ||
                      request->kind == EONAY_TOKEN_REQUEST_UNBLOCK;
  gboolean typed_on_reader = request->kind != EONAY_TOKEN_REQUEST_REFRESH &&
                             (request->secret == NULL || (replaces && request->new_pin == NULL));

  return typed_on_reader ? EONAY_PIN_PAD_LONGEST_WAIT * 1000 : 0;
}

static void
eonay_card_token_execute (EonayToken *token, EonayTokenRequest *request, GTask *task)
{
  static const EonayWork work = { execute_on_worker, leave_job, (GDestroyNotify) g_ptr_array_unref,
                                  executed };
  EonayCardToken *self = EONAY_CARD_TOKEN (token);
  Job *job = g_atomic_rc_box_new0 (Job);

  request->pin_pad = g_object_ref (self->pin_pad);
  job->card = g_object_ref (self->card);
  job->request = request;
  job->task = task;
  eonay_worker_push (self->worker, &work, g_atomic_rc_box_acquire (job), get_timeout (request),
                     job);
}

static gboolean
eonay_card_token_check (EonayToken *token, EonayTokenRequest *request, GError **error)
{
  return eonay_card_check (EONAY_CARD_TOKEN (token)->card, request, error);
}

static void
eonay_card_token_get_pin_state (EonayToken *token, EonayTokenCertificate *certificate,
                                EonayPinRole role, EonayPinState *state)
{
  eonay_card_get_pin_state (EONAY_CARD_TOKEN (token)->card, certificate, role, state);
}

static gboolean
eonay_card_token_shares_pin (EonayToken *token, EonayTokenCertificate *one,
                             EonayTokenCertificate *other)
{
  EonayCard *card = EONAY_CARD_TOKEN (token)->card;

  /* The PUK is found by the PIN. */
  return eonay_card_get_pin (card, one, EONAY_PIN_ROLE_PIN) ==
         eonay_card_get_pin (card, other, EONAY_PIN_ROLE_PIN);
}

static gboolean
fits_pad (EonayCardToken *self, EonayTokenRequestKind kind, EonayCardPin *pin, EonayCardPin *puk)
{
  if (kind == EONAY_TOKEN_REQUEST_CHANGE_PIN)
    return eonay_card_pin_change_fits_pad (pin, pin, self->pin_pad);
  if (kind == EONAY_TOKEN_REQUEST_UNBLOCK)
    return puk != NULL && eonay_card_pin_change_fits_pad (pin, puk, self->pin_pad);

  return eonay_card_pin_fits_pad (pin, self->pin_pad);
}

/* The reader, if it can for all of the card's PINs: whoever asks does not know which is meant. */
static EonayPinEntry
eonay_card_token_get_pin_entry (EonayToken *token, EonayTokenRequestKind kind)
{
  EonayCardToken *self = EONAY_CARD_TOKEN (token);
  GPtrArray *certificates = eonay_card_get_description (self->card)->certificates;
  guint pins = 0;

  for (guint i = 0; i < certificates->len; i++)
    {
      EonayTokenCertificate *certificate = g_ptr_array_index (certificates, i);
      EonayCardPin *pin = eonay_card_get_pin (self->card, certificate, EONAY_PIN_ROLE_PIN);

      if (pin == NULL)
        continue;
      if (!fits_pad (self, kind, pin,
                     eonay_card_get_pin (self->card, certificate, EONAY_PIN_ROLE_PUK)))
        return EONAY_PIN_ENTRY_HOST;
      pins++;
    }

  return pins > 0 ? EONAY_PIN_ENTRY_READER : EONAY_PIN_ENTRY_HOST;
}

static void
eonay_card_token_finalize (GObject *object)
{
  EonayCardToken *self = EONAY_CARD_TOKEN (object);

  g_object_unref (self->card);
  eonay_worker_unref (self->worker);
  g_object_unref (self->pin_pad);

  G_OBJECT_CLASS (eonay_card_token_parent_class)->finalize (object);
}

static void
eonay_card_token_class_init (EonayCardTokenClass *klass)
{
  EonayTokenClass *token_class = EONAY_TOKEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = eonay_card_token_finalize;
  token_class->check = eonay_card_token_check;
  token_class->get_pin_state = eonay_card_token_get_pin_state;
  token_class->shares_pin = eonay_card_token_shares_pin;
  token_class->get_pin_entry = eonay_card_token_get_pin_entry;
  token_class->execute = eonay_card_token_execute;
}

static void
eonay_card_token_init (EonayCardToken *self)
{
  self->pin_pad = eonay_pin_pad_new ();
}

EonayToken *
eonay_card_token_new (EonayCard *card, EonayWorker *worker, const char *reader_name)
{
  EonayCardToken *self = g_object_new (EONAY_TYPE_CARD_TOKEN, NULL);

  eonay_token_describe (EONAY_TOKEN (self), eonay_card_get_description (card), reader_name, NULL);
  self->card = g_object_ref (card);
  self->worker = eonay_worker_ref (worker);

  return EONAY_TOKEN (self);
}
