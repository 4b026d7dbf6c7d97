#include "card/eonay-card-token.h"

#include "card/eonay-card-session.h"

struct _EonayCardToken {
  EonayToken parent_instance;

  EonayCard *card;
  EonayWorker *worker;
  char *reader_name;
  GListStore *certificates;
  GCancellable *removed;
};

G_DEFINE_FINAL_TYPE (EonayCardToken, eonay_card_token, EONAY_TYPE_TOKEN)

typedef struct {
  EonayCard *card;
  EonaySigning *signing;
} Order;

static void
order_free (gpointer order)
{
  Order *self = order;

  g_object_unref (self->card);
  eonay_signing_free (self->signing);
  g_free (self);
}

static gpointer
sign_on_worker (EonayTransport *transport, gpointer order, GError **error)
{
  Order *self = order;

  return eonay_card_session_sign (transport, self->card, self->signing, error);
}

static void
sign_done (gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_object_notify (g_task_get_source_object (task), "pin-state");
  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_error_copy (error));
}

static void
eonay_card_token_sign_async (EonayToken *token, EonayTokenCertificate *certificate,
                             EonaySignatureScheme scheme, GPtrArray *digests, EonaySecret *pin,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  EonayCardToken *self = EONAY_CARD_TOKEN (token);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Order *order = g_new0 (Order, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, eonay_card_token_sign_async);
  /* A wrong PIN must be told even to somebody who has cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);

  order->card = g_object_ref (self->card);
  order->signing =
      eonay_signing_new (certificate, scheme, digests, pin, cancellable, self->removed);
  if (eonay_signing_may_go_on (order->signing, &error))
    {
      eonay_worker_push (self->worker, sign_on_worker, order, order_free, sign_done,
                         g_steal_pointer (&task));
      return;
    }

  order_free (order);
  g_task_return_error (task, error);
}

static GPtrArray *
eonay_card_token_sign_finish (EonayToken *token, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, token), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static const char *
eonay_card_token_get_label (EonayToken *token)
{
  return eonay_card_get_label (EONAY_CARD_TOKEN (token)->card);
}

static const char *
eonay_card_token_get_serial (EonayToken *token)
{
  return eonay_card_get_serial (EONAY_CARD_TOKEN (token)->card);
}

static const char *
eonay_card_token_get_model (EonayToken *token)
{
  return eonay_card_get_model (EONAY_CARD_TOKEN (token)->card);
}

static const char *
eonay_card_token_get_reader_name (EonayToken *token)
{
  return EONAY_CARD_TOKEN (token)->reader_name;
}

static GListModel *
eonay_card_token_get_certificates (EonayToken *token)
{
  return G_LIST_MODEL (EONAY_CARD_TOKEN (token)->certificates);
}

static void
eonay_card_token_get_pin_state (EonayToken *token, EonayTokenCertificate *certificate,
                                EonayPinState *state)
{
  eonay_card_get_pin_state (EONAY_CARD_TOKEN (token)->card, certificate, state);
}

static void
eonay_card_token_finalize (GObject *object)
{
  EonayCardToken *self = EONAY_CARD_TOKEN (object);

  g_object_unref (self->card);
  eonay_worker_unref (self->worker);
  g_free (self->reader_name);
  g_object_unref (self->certificates);
  g_object_unref (self->removed);

  G_OBJECT_CLASS (eonay_card_token_parent_class)->finalize (object);
}

static void
eonay_card_token_class_init (EonayCardTokenClass *klass)
{
  EonayTokenClass *token_class = EONAY_TOKEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = eonay_card_token_finalize;
  token_class->get_label = eonay_card_token_get_label;
  token_class->get_serial = eonay_card_token_get_serial;
  token_class->get_model = eonay_card_token_get_model;
  token_class->get_reader_name = eonay_card_token_get_reader_name;
  token_class->get_certificates = eonay_card_token_get_certificates;
  token_class->get_pin_state = eonay_card_token_get_pin_state;
  token_class->sign_async = eonay_card_token_sign_async;
  token_class->sign_finish = eonay_card_token_sign_finish;
}

static void
eonay_card_token_init (EonayCardToken *self)
{
  self->certificates = g_list_store_new (EONAY_TYPE_TOKEN_CERTIFICATE);
  self->removed = g_cancellable_new ();
}

EonayToken *
eonay_card_token_new (EonayCard *card, EonayWorker *worker, const char *reader_name)
{
  EonayCardToken *self = g_object_new (EONAY_TYPE_CARD_TOKEN, NULL);
  GPtrArray *certificates = eonay_card_get_certificates (card);

  self->card = g_object_ref (card);
  self->worker = eonay_worker_ref (worker);
  self->reader_name = g_strdup (reader_name);
  for (guint i = 0; i < certificates->len; i++)
    g_list_store_append (self->certificates, g_ptr_array_index (certificates, i));

  return EONAY_TOKEN (self);
}

void
eonay_card_token_die (EonayCardToken *self)
{
  g_return_if_fail (EONAY_IS_CARD_TOKEN (self));

  g_cancellable_cancel (self->removed);
}
