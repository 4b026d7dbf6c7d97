#include "card/token/eonay-token.h"

#include "base/eonay-error.h"

enum {
  PROP_0,
  PROP_PIN_STATE,
  PROP_ALIVE,
  N_PROPS
};

typedef struct {
  EonayTokenDescription *description;
  char *reader_name;
  char *backend; /* nullable */
  GListStore *certificates;
  GCancellable *removed;
  guint n_requests; /* that are not over */
  gboolean dead;
  gboolean lost_service;
  gboolean allow_experimental;
} EonayTokenPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (EonayToken, eonay_token, G_TYPE_OBJECT)

static void
eonay_token_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PIN_STATE:
      g_value_set_pointer (value, NULL);
      break;
    case PROP_ALIVE:
      g_value_set_boolean (value, eonay_token_is_alive (EONAY_TOKEN (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_token_finalize (GObject *object)
{
  EonayTokenPrivate *private = eonay_token_get_instance_private (EONAY_TOKEN (object));

  g_clear_pointer (&private->description, eonay_token_description_unref);
  g_free (private->reader_name);
  g_free (private->backend);
  g_object_unref (private->certificates);
  g_object_unref (private->removed);

  G_OBJECT_CLASS (eonay_token_parent_class)->finalize (object);
}

static void
eonay_token_class_init (EonayTokenClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = eonay_token_get_property;
  object_class->finalize = eonay_token_finalize;
  g_object_class_install_property (
      object_class, PROP_PIN_STATE,
      g_param_spec_pointer ("pin-state", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (
      object_class, PROP_ALIVE,
      g_param_spec_boolean ("alive", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
eonay_token_init (EonayToken *self)
{
  EonayTokenPrivate *private = eonay_token_get_instance_private (self);

  private->certificates = g_list_store_new (EONAY_TYPE_TOKEN_CERTIFICATE);
  private->removed = g_cancellable_new ();
}

void
eonay_token_describe (EonayToken *self, EonayTokenDescription *description, const char *reader_name,
                      const char *backend)
{
  EonayTokenPrivate *private = eonay_token_get_instance_private (self);
  GPtrArray *certificates = description->certificates;

  g_return_if_fail (private->description == NULL);

  private->description = eonay_token_description_ref (description);
  private->reader_name = g_strdup (reader_name);
  private->backend = g_strdup (backend);
  g_list_store_splice (private->certificates, 0, 0, certificates->pdata, certificates->len);
}

static EonayTokenDescription *
get_description (EonayToken *self)
{
  EonayTokenPrivate *private = eonay_token_get_instance_private (self);

  return private->description;
}

const char *
eonay_token_get_label (EonayToken *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN (self), NULL);

  return eonay_token_description_get_label (get_description (self));
}

const char *
eonay_token_get_serial (EonayToken *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN (self), NULL);

  return eonay_token_description_get_serial (get_description (self));
}

const char *
eonay_token_get_model (EonayToken *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN (self), NULL);

  return get_description (self)->model;
}

EonaySigningKnowledge
eonay_token_get_signing_knowledge (EonayToken *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN (self), EONAY_SIGNING_UNKNOWN);

  return get_description (self)->knowledge;
}

const char *
eonay_token_get_reader_name (EonayToken *self)
{
  EonayTokenPrivate *private = eonay_token_get_instance_private (self);

  g_return_val_if_fail (EONAY_IS_TOKEN (self), NULL);

  return private->reader_name;
}

GListModel *
eonay_token_get_certificates (EonayToken *self)
{
  EonayTokenPrivate *private = eonay_token_get_instance_private (self);

  g_return_val_if_fail (EONAY_IS_TOKEN (self), NULL);

  return G_LIST_MODEL (private->certificates);
}

const char *
eonay_token_get_backend (EonayToken *self)
{
  EonayTokenPrivate *private = eonay_token_get_instance_private (self);

  g_return_val_if_fail (EONAY_IS_TOKEN (self), NULL);

  return private->backend;
}

const char *
eonay_token_get_module_name (EonayToken *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN (self), NULL);

  return get_description (self)->module_name;
}

gboolean
eonay_token_can_use_keys (EonayToken *self)
{
  switch (eonay_token_get_signing_knowledge (self))
    {
    case EONAY_SIGNING_PROVEN:
    case EONAY_SIGNING_PARTIAL:
      return TRUE;
    case EONAY_SIGNING_EXPERIMENTAL:
      return eonay_token_get_allow_experimental (self);
    case EONAY_SIGNING_UNKNOWN:
    default:
      return FALSE;
    }
}

gboolean
eonay_token_can_use_pins (EonayToken *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN (self), FALSE);

  return eonay_token_can_use_keys (self) || get_description (self)->knows_pins;
}

gboolean
eonay_token_check_request (EonayToken *self, EonayTokenRequestKind kind,
                           EonayTokenCertificate *certificate, GError **error)
{
  g_autoptr (EonayTokenRequest) request = NULL;
  EonayTokenClass *klass;

  g_return_val_if_fail (EONAY_IS_TOKEN (self), FALSE);

  klass = EONAY_TOKEN_GET_CLASS (self);
  request = eonay_token_request_new (kind, certificate, NULL);
  request->allow_experimental = eonay_token_get_allow_experimental (self);
  if (klass->check != NULL && !klass->check (self, request, error))
    return FALSE;
  if (eonay_token_can_use_pins (self))
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NEEDED,
                       "Only a module can use the card's PIN");

  return FALSE;
}

void
eonay_token_get_pin_state (EonayToken *self, EonayTokenCertificate *certificate,
                           EonayPinState *state)
{
  g_return_if_fail (EONAY_IS_TOKEN (self) && state != NULL);

  EONAY_TOKEN_GET_CLASS (self)->get_pin_state (self, certificate, EONAY_PIN_ROLE_PIN, state);
}

void
eonay_token_get_puk_state (EonayToken *self, EonayTokenCertificate *certificate,
                           EonayPinState *state)
{
  g_return_if_fail (EONAY_IS_TOKEN (self) && state != NULL);

  EONAY_TOKEN_GET_CLASS (self)->get_pin_state (self, certificate, EONAY_PIN_ROLE_PUK, state);
}

gboolean
eonay_token_shares_pin (EonayToken *self, EonayTokenCertificate *one, EonayTokenCertificate *other)
{
  g_return_val_if_fail (EONAY_IS_TOKEN (self), FALSE);

  return EONAY_TOKEN_GET_CLASS (self)->shares_pin == NULL ||
         EONAY_TOKEN_GET_CLASS (self)->shares_pin (self, one, other);
}

EonayPinEntry
eonay_token_get_pin_entry (EonayToken *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN (self), EONAY_PIN_ENTRY_HOST);

  return EONAY_TOKEN_GET_CLASS (self)->get_pin_entry (self, EONAY_TOKEN_REQUEST_SIGN);
}

EonayPinEntry
eonay_token_get_new_pin_entry (EonayToken *self, EonayTokenRequestKind kind)
{
  g_return_val_if_fail (EONAY_IS_TOKEN (self), EONAY_PIN_ENTRY_HOST);

  return EONAY_TOKEN_GET_CLASS (self)->get_pin_entry (self, kind);
}

void
eonay_token_set_allow_experimental (EonayToken *self, gboolean allow)
{
  EonayTokenPrivate *private = eonay_token_get_instance_private (self);

  g_return_if_fail (EONAY_IS_TOKEN (self));

  private->allow_experimental = allow;
}

gboolean
eonay_token_get_allow_experimental (EonayToken *self)
{
  EonayTokenPrivate *private = eonay_token_get_instance_private (self);

  g_return_val_if_fail (EONAY_IS_TOKEN (self), FALSE);

  return private->allow_experimental;
}

gboolean
eonay_token_is_alive (EonayToken *self)
{
  EonayTokenPrivate *private = eonay_token_get_instance_private (self);

  g_return_val_if_fail (EONAY_IS_TOKEN (self), FALSE);

  return !private->dead;
}

gboolean
eonay_token_is_busy (EonayToken *self)
{
  EonayTokenPrivate *private = eonay_token_get_instance_private (self);

  g_return_val_if_fail (EONAY_IS_TOKEN (self), FALSE);

  return private->n_requests > 0;
}

void
eonay_token_lose_service (EonayToken *self)
{
  EonayTokenPrivate *private = eonay_token_get_instance_private (self);

  g_return_if_fail (EONAY_IS_TOKEN (self));

  private->lost_service = TRUE;
}

GError *
eonay_token_new_loss (EonayToken *self)
{
  EonayTokenPrivate *private = eonay_token_get_instance_private (self);

  return private->lost_service
             ? g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_NO_SERVICE,
                                    "The service between program and card has gone")
             : g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED,
                                    "The card was pulled");
}

/* A request learns only that the card is out of reach. */
static gpointer
propagate (EonayToken *self, GAsyncResult *result, GError **error)
{
  EonayTokenPrivate *private = eonay_token_get_instance_private (self);
  GError *local = NULL;
  gpointer outcome = g_task_propagate_pointer (G_TASK (result), &local);

  if (private->lost_service && g_error_matches (local, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED))
    local->code = EONAY_CARD_ERROR_NO_SERVICE;
  if (local != NULL)
    g_propagate_error (error, local);

  return outcome;
}

void
eonay_token_die (EonayToken *self)
{
  EonayTokenPrivate *private = eonay_token_get_instance_private (self);

  g_return_if_fail (EONAY_IS_TOKEN (self));

  g_cancellable_cancel (private->removed);
  if (private->dead)
    return;

  private->dead = TRUE;
  g_object_notify (G_OBJECT (self), "alive");
}

static void
on_completed (GTask *task, GParamSpec *pspec, EonayToken *self)
{
  EonayTokenPrivate *private = eonay_token_get_instance_private (self);

  private->n_requests--;
}

/* @request: (transfer full) */
static void
execute (EonayToken *self, EonayTokenRequest *request, gpointer tag, GAsyncReadyCallback callback,
         gpointer user_data)
{
  EonayTokenPrivate *private = eonay_token_get_instance_private (self);
  GTask *task = g_task_new (self, request->cancellable, callback, user_data);
  GError *error = NULL;

  private->n_requests++;
  g_signal_connect_object (task, "notify::completed", G_CALLBACK (on_completed), self, 0);
  g_task_set_source_tag (task, tag);
  /* A wrong PIN must be told even to somebody who has cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  request->typed_on_reader = request->secret == NULL && request->new_pin == NULL;
  request->allow_experimental = private->allow_experimental;
  g_set_object (&request->removed, private->removed);
  if (eonay_token_request_may_go_on (request, &error))
    {
      EONAY_TOKEN_GET_CLASS (self)->execute (self, request, task);
      return;
    }

  eonay_token_request_free (request);
  g_task_return_error (task, error);
  g_object_unref (task);
}

void
eonay_token_sign_messages_async (EonayToken *self, EonayTokenCertificate *certificate,
                                 EonaySignatureScheme scheme, GPtrArray *digests,
                                 GPtrArray *messages, EonayTokenProgress *progress,
                                 EonaySecret *pin, const EonayPinConsent *consent,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  EonayTokenRequest *request;

  g_return_if_fail (EONAY_IS_TOKEN (self) && EONAY_IS_TOKEN_CERTIFICATE (certificate));
  g_return_if_fail (digests != NULL && consent != NULL);
  g_return_if_fail (messages == NULL || messages->len == digests->len);

  request = eonay_token_request_new (EONAY_TOKEN_REQUEST_SIGN, certificate, cancellable);
  request->scheme = scheme;
  request->digests = g_ptr_array_ref (digests);
  if (messages != NULL)
    request->messages = g_ptr_array_ref (messages);
  if (progress != NULL)
    request->progress = eonay_token_progress_ref (progress);
  request->secret = pin;
  request->consent = *consent;
  execute (self, request, eonay_token_sign_async, callback, user_data);
}

void
eonay_token_sign_async (EonayToken *self, EonayTokenCertificate *certificate,
                        EonaySignatureScheme scheme, GPtrArray *digests, EonaySecret *pin,
                        const EonayPinConsent *consent, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  eonay_token_sign_messages_async (self, certificate, scheme, digests, NULL, NULL, pin, consent,
                                   cancellable, callback, user_data);
}

GPtrArray *
eonay_token_sign_finish (EonayToken *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return propagate (self, result, error);
}

static void
replace_pin (EonayToken *self, EonayTokenRequestKind kind, EonayTokenCertificate *certificate,
             EonaySecret *secret, EonaySecret *new_pin, const EonayPinConsent *consent,
             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  EonayTokenRequest *request = eonay_token_request_new (kind, certificate, cancellable);

  request->secret = secret;
  request->new_pin = new_pin;
  request->consent = *consent;
  execute (self, request, replace_pin, callback, user_data);
}

void
eonay_token_change_pin_async (EonayToken *self, EonayTokenCertificate *certificate,
                              EonaySecret *pin, EonaySecret *new_pin,
                              const EonayPinConsent *consent, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (EONAY_IS_TOKEN (self) && consent != NULL);

  replace_pin (self, EONAY_TOKEN_REQUEST_CHANGE_PIN, certificate, pin, new_pin, consent,
               cancellable, callback, user_data);
}

void
eonay_token_unblock_async (EonayToken *self, EonayTokenCertificate *certificate, EonaySecret *puk,
                           EonaySecret *new_pin, const EonayPinConsent *consent,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GError *refusal = NULL;

  g_return_if_fail (EONAY_IS_TOKEN (self) && consent != NULL);

  if (!eonay_token_check_request (self, EONAY_TOKEN_REQUEST_UNBLOCK, certificate, &refusal))
    {
      eonay_secret_free (puk);
      eonay_secret_free (new_pin);
      eonay_card_error_set_pin_try (refusal, EONAY_PIN_TRY_NOT_SENT);
      g_task_report_error (self, callback, user_data, replace_pin, refusal);
      return;
    }

  replace_pin (self, EONAY_TOKEN_REQUEST_UNBLOCK, certificate, puk, new_pin, consent, cancellable,
               callback, user_data);
}

void
eonay_token_refresh_async (EonayToken *self, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (EONAY_IS_TOKEN (self));

  execute (self, eonay_token_request_new (EONAY_TOKEN_REQUEST_REFRESH, NULL, cancellable),
           eonay_token_refresh_async, callback, user_data);
}

gboolean
eonay_token_request_finish (EonayToken *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GPtrArray) signatures = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  signatures = propagate (self, result, error);

  return signatures != NULL;
}
