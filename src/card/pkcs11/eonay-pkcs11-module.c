#include "card/pkcs11/eonay-pkcs11-module.h"

#include <string.h>

#include "card/pkcs11/eonay-pkcs11-channel.h"
#include "card/token/eonay-public-key.h"

struct _EonayPkcs11Module {
  GObject parent_instance;

  char *path;
  EonayPkcs11Timeout timeout;
  GThreadPool *thread;         /* one, for as long as the module lives: the host dies with it */
  EonayPkcs11Channel *channel; /* the thread's */
};

/* One thing to do, which belongs to one thread at a time. */
typedef struct {
  EonayPkcs11Channel *channel;
  EonayPkcs11Request *frame;  /* NULL: the host may go */
  gboolean last;              /* and so may the channel */
  guint limit;                /* milliseconds for the whole of it */
  EonayTokenRequest *request; /* NULL for a listing */
  EonayPkcs11Answer *answer;
  GError *error;
  GTask *task;
  GMainContext *context;
} Job;

G_DEFINE_FINAL_TYPE (EonayPkcs11Module, eonay_pkcs11_module, G_TYPE_OBJECT)

static void
job_free (Job *self)
{
  g_clear_pointer (&self->frame, eonay_pkcs11_request_free);
  g_clear_pointer (&self->request, eonay_token_request_free);
  g_clear_pointer (&self->answer, eonay_pkcs11_answer_free);
  g_clear_error (&self->error);
  g_clear_object (&self->task);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self);
}

/* A module may sign with another key, or compute nonsense. */
static gboolean
accept_signatures (Job *self, GError **error)
{
  GPtrArray *signatures = self->answer->signatures;
  EonayTokenRequest *request = self->request;
  guint expected = request->kind == EONAY_TOKEN_REQUEST_SIGN ? request->digests->len : 0;
  g_autoptr (EonayPublicKey) key = NULL;

  if (signatures == NULL || signatures->len != expected)
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PROTOCOL,
                           "The module did not answer what was asked");
      return FALSE;
    }
  if (expected == 0)
    return TRUE;

  key = eonay_public_key_new_from_certificate (
      eonay_token_certificate_get_der (request->certificate), error);
  for (guint i = 0; key != NULL && i < signatures->len; i++)
    {
      GBytes *accepted = eonay_public_key_accept (key, request->scheme, request->digests->pdata[i],
                                                  signatures->pdata[i], error);

      if (accepted == NULL)
        return FALSE;
      g_bytes_unref (signatures->pdata[i]);
      signatures->pdata[i] = accepted;
    }

  return key != NULL;
}

static void
ask (Job *self)
{
  if (self->request != NULL && !eonay_token_request_may_go_on (self->request, &self->error))
    return;

  self->answer = eonay_pkcs11_channel_ask (self->channel, self->frame, self->limit, &self->error);
  if (self->answer == NULL)
    return;

  if (self->answer->error != NULL)
    self->error = g_error_copy (self->answer->error);
  else if (self->request != NULL)
    accept_signatures (self, &self->error);
  else if (self->answer->slots == NULL)
    self->error = g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_PROTOCOL,
                                       "The module did not answer what was asked");
}

/* What the host says of a PIN that it was never sent, or has: a module may have taken it over. */
static gboolean
is_credible (const GError *error, gboolean was_sent)
{
  if (error->domain != EONAY_CARD_ERROR)
    return !was_sent;

  switch ((EonayCardError) error->code)
    {
    case EONAY_CARD_ERROR_PIN_WRONG:
    case EONAY_CARD_ERROR_PUK_WRONG:
      return was_sent;
    case EONAY_CARD_ERROR_LAST_TRY:
    case EONAY_CARD_ERROR_TRIES_NOT_SHOWN:
      return !was_sent;
    default:
      return TRUE;
    }
}

/* @secret_was_sent: to the host, for a request that has a secret */
static EonayPinTry
find_pin_try (Job *self, gboolean had_secret, gboolean secret_was_sent)
{
  EonayPinTry said = self->answer != NULL ? self->answer->pin_try
                                          : eonay_card_error_get_pin_try (self->error);

  if ((had_secret && !secret_was_sent) || self->request->kind == EONAY_TOKEN_REQUEST_REFRESH)
    return EONAY_PIN_TRY_NOT_SENT;
  if (secret_was_sent && said != EONAY_PIN_TRY_ACCEPTED)
    return EONAY_PIN_TRY_UNCERTAIN;

  return said != EONAY_PIN_TRY_UNKNOWN ? said : self->request->pin_try;
}

/* The error of a request says what became of its PIN, whatever else it says. */
static void
settle_pin_try (Job *self, gboolean had_secret)
{
  gboolean secret_was_sent = had_secret && self->frame->secret == NULL;
  gboolean is_on_keypad = !had_secret && self->request != NULL &&
                          self->request->kind != EONAY_TOKEN_REQUEST_REFRESH;

  if (self->request == NULL || self->error == NULL)
    return;

  if (!is_on_keypad && !is_credible (self->error, secret_was_sent))
    {
      g_clear_error (&self->error);
      self->error = g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_PROTOCOL,
                                         "What the module says of the PIN cannot be");
    }
  if (self->error->domain != EONAY_CARD_ERROR || eonay_card_error_is_about_pin (self->error))
    return;

  self->request->pin_try = find_pin_try (self, had_secret, secret_was_sent);
  eonay_card_error_set_pin_try (self->error, self->request->pin_try);
}

/* The host cannot know that it was the person who stopped it. */
static void
settle_stop (Job *self)
{
  if (self->answer == NULL || !self->answer->was_stopped || self->error == NULL ||
      eonay_card_error_is_about_pin (self->error))
    return;

  g_clear_error (&self->error);
  self->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                     "Stopped between two signatures");
}

/* Main thread: what the task holds is the main thread's. */
static gboolean
hand_over (gpointer user_data)
{
  Job *self = user_data;
  GTask *task = g_steal_pointer (&self->task);

  g_task_set_task_data (task, self, (GDestroyNotify) job_free);
  if (self->error != NULL)
    g_task_return_error (task, g_error_copy (self->error));
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);

  return G_SOURCE_REMOVE;
}

/* Not g_main_context_invoke(), which runs it here while the main thread is between two rounds. */
static void
attach (Job *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[eonay] module answered");
  g_source_set_callback (source, hand_over, self, NULL);
  g_source_attach (source, self->context);
}

static void
run (gpointer data, gpointer user_data)
{
  Job *self = data;
  EonayPkcs11Channel *channel = self->channel;
  gboolean had_secret;

  if (self->frame == NULL)
    {
      if (self->last)
        eonay_pkcs11_channel_free (self->channel);
      else
        eonay_pkcs11_channel_close (self->channel);
      job_free (self);
      return;
    }

  had_secret = self->frame->secret != NULL;
  ask (self);
  settle_pin_try (self, had_secret);
  settle_stop (self);
  g_clear_pointer (&self->frame, eonay_pkcs11_request_free);
  attach (self);
  /* Nobody knows what the module keeps in its memory. */
  if (had_secret)
    eonay_pkcs11_channel_close (channel);
}

/* @request: (transfer full) (nullable); @task: (transfer full) (nullable) */
static void
push (EonayPkcs11Module *self, EonayPkcs11Request *frame, guint limit, EonayTokenRequest *request,
      GTask *task)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job){ .channel = self->channel,
                .frame = frame,
                .limit = limit,
                .request = request,
                .task = task,
                .context = g_main_context_ref_thread_default () };
  g_thread_pool_push (self->thread, job, NULL);
}

void
eonay_pkcs11_module_list_async (EonayPkcs11Module *self, const char *const *skip,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  EonayPkcs11Request *frame;
  GTask *task;

  g_return_if_fail (EONAY_IS_PKCS11_MODULE (self));

  frame = eonay_pkcs11_request_new (EONAY_PKCS11_ASK_LIST);
  frame->skip = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; skip != NULL && skip[i] != NULL; i++)
    g_ptr_array_add (frame->skip, g_bytes_new (skip[i], strlen (skip[i])));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, eonay_pkcs11_module_list_async);
  push (self, frame, self->timeout.list, NULL, task);
}

GPtrArray *
eonay_pkcs11_module_list_finish (EonayPkcs11Module *self, GAsyncResult *result, GError **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  job = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  return g_steal_pointer (&job->answer->slots);
}

static EonayPkcs11Request *
request_of (const EonayPkcs11Slot *slot, EonayTokenRequest *request)
{
  static const EonayPkcs11Ask asks[] = {
    [EONAY_TOKEN_REQUEST_SIGN] = EONAY_PKCS11_ASK_SIGN,
    [EONAY_TOKEN_REQUEST_CHANGE_PIN] = EONAY_PKCS11_ASK_CHANGE_PIN,
    [EONAY_TOKEN_REQUEST_UNBLOCK] = EONAY_PKCS11_ASK_UNBLOCK,
    [EONAY_TOKEN_REQUEST_REFRESH] = EONAY_PKCS11_ASK_STATE,
  };
  EonayPkcs11Request *frame = eonay_pkcs11_request_new (asks[request->kind]);
  EonayPinState known;

  eonay_pkcs11_slot_get_pin_state (
      slot, request->kind == EONAY_TOKEN_REQUEST_UNBLOCK ? EONAY_PIN_ROLE_PUK : EONAY_PIN_ROLE_PIN,
      &known);
  frame->slot = slot->id;
  frame->serial = g_strdup (slot->serial);
  frame->label = g_strdup (slot->label);
  /* The host has numbers of its own. */
  frame->consent = request->consent.pin == known.pin ? request->consent : EONAY_PIN_CONSENT_NONE;
  frame->origin = request;
  frame->secret = g_steal_pointer (&request->secret);
  frame->new_pin = g_steal_pointer (&request->new_pin);
  if (request->kind == EONAY_TOKEN_REQUEST_SIGN)
    {
      frame->scheme = request->scheme;
      frame->certificate = g_bytes_ref (eonay_token_certificate_get_der (request->certificate));
      frame->key_id = g_bytes_ref (eonay_token_certificate_get_id (request->certificate));
      frame->digests = g_ptr_array_ref (request->digests);
      if (request->messages != NULL)
        frame->messages = g_ptr_array_ref (request->messages);
    }

  return frame;
}

static guint
limit_of (const EonayPkcs11Timeout *timeout, const EonayPkcs11Slot *slot,
          const EonayTokenRequest *request)
{
  gboolean keypad = (slot->flags & EONAY_PKCS11_KEYPAD) != 0 &&
                    request->kind != EONAY_TOKEN_REQUEST_REFRESH;
  guint further = request->kind == EONAY_TOKEN_REQUEST_SIGN ? MAX (request->digests->len, 1) - 1
                                                            : 0;

  return (keypad ? timeout->keypad : timeout->request) + further * timeout->further;
}

void
eonay_pkcs11_module_execute_async (EonayPkcs11Module *self, const EonayPkcs11Slot *slot,
                                   EonayTokenRequest *request, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  guint limit;
  GTask *task;

  g_return_if_fail (EONAY_IS_PKCS11_MODULE (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, eonay_pkcs11_module_execute_async);
  limit = limit_of (&self->timeout, slot, request);
  push (self, request_of (slot, request), limit, request, task);
}

GPtrArray *
eonay_pkcs11_module_execute_finish (EonayPkcs11Module *self, GAsyncResult *result,
                                    EonayPkcs11Slot **state, GError **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  job = g_task_get_task_data (G_TASK (result));
  *state = job->answer != NULL ? g_steal_pointer (&job->answer->state) : NULL;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  return g_steal_pointer (&job->answer->signatures);
}

void
eonay_pkcs11_module_rest (EonayPkcs11Module *self)
{
  g_return_if_fail (EONAY_IS_PKCS11_MODULE (self));

  push (self, NULL, 0, NULL, NULL);
}

const char *
eonay_pkcs11_module_get_path (EonayPkcs11Module *self)
{
  g_return_val_if_fail (EONAY_IS_PKCS11_MODULE (self), NULL);

  return self->path;
}

static void
eonay_pkcs11_module_finalize (GObject *object)
{
  EonayPkcs11Module *self = EONAY_PKCS11_MODULE (object);
  Job *farewell = g_new0 (Job, 1);

  *farewell = (Job){ .channel = self->channel, .last = TRUE };
  g_thread_pool_push (self->thread, farewell, NULL);
  g_thread_pool_free (self->thread, FALSE, FALSE);
  g_free (self->path);

  G_OBJECT_CLASS (eonay_pkcs11_module_parent_class)->finalize (object);
}

static void
eonay_pkcs11_module_class_init (EonayPkcs11ModuleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_pkcs11_module_finalize;
}

static void
eonay_pkcs11_module_init (EonayPkcs11Module *self)
{
  self->timeout =
      (EonayPkcs11Timeout){ .list = 60000, .request = 60000, .keypad = 180000, .further = 15000 };
}

EonayPkcs11Module *
eonay_pkcs11_module_new (const char *path, const EonayPkcs11Timeout *timeout)
{
  EonayPkcs11Module *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (EONAY_TYPE_PKCS11_MODULE, NULL);
  self->path = g_strdup (path);
  self->channel = eonay_pkcs11_channel_new (path);
  if (timeout != NULL)
    self->timeout = *timeout;
  /* Its own thread: the kernel ends the host together with the thread that started it. */
  self->thread = g_thread_pool_new (run, NULL, 1, TRUE, NULL);

  return self;
}
