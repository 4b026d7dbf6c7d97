#include "portal/eonay-transaction-private.h"

struct _EonayTransaction {
  GObject parent_instance;
  char *id;
  EonayOperation operation;
  char *portal_name;
  gboolean requires_qualified;
  char *signer_hint;
  char *card_hint;
  GDateTime *created_at;
  gint64 expires_at;
  GListStore *documents;
};

G_DEFINE_FINAL_TYPE (EonayTransaction, eonay_transaction, G_TYPE_OBJECT)

static const char *const operation_words[] = {
  [EONAY_OPERATION_LOGIN] = "login",
  [EONAY_OPERATION_E_ONAY] = "e-onay",
  [EONAY_OPERATION_E_ONAY_CANCEL] = "e-onay-cancel",
  [EONAY_OPERATION_APPLICATION] = "application",
  [EONAY_OPERATION_SUSPEND] = "suspend",
  [EONAY_OPERATION_UNSUSPEND] = "unsuspend",
  [EONAY_OPERATION_REVOKE] = "revoke",
  [EONAY_OPERATION_UPDATE_DETAILS] = "update-details",
  [EONAY_OPERATION_UNBLOCK] = "unblock",
};

G_STATIC_ASSERT (G_N_ELEMENTS (operation_words) == EONAY_N_OPERATIONS);

const char *
eonay_transaction_operation_to_word (EonayOperation operation)
{
  g_return_val_if_fail ((guint) operation < EONAY_N_OPERATIONS, NULL);

  return operation_words[operation];
}

gboolean
eonay_transaction_operation_from_word (const char *word, EonayOperation *operation)
{
  for (guint i = 0; i < EONAY_N_OPERATIONS; i++)
    if (g_str_equal (word, operation_words[i]))
      {
        *operation = (EonayOperation) i;
        return TRUE;
      }

  return FALSE;
}

static void
eonay_transaction_finalize (GObject *object)
{
  EonayTransaction *self = EONAY_TRANSACTION (object);

  g_free (self->id);
  g_free (self->portal_name);
  g_free (self->signer_hint);
  g_free (self->card_hint);
  g_clear_pointer (&self->created_at, g_date_time_unref);
  g_clear_object (&self->documents);
  G_OBJECT_CLASS (eonay_transaction_parent_class)->finalize (object);
}

static void
eonay_transaction_class_init (EonayTransactionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_transaction_finalize;
}

static void
eonay_transaction_init (EonayTransaction *self)
{
}

EonayTransaction *
eonay_transaction_new (const char *id, EonayOperation operation, const char *portal_name,
                       gboolean requires_qualified, const char *signer_hint, const char *card_hint,
                       GDateTime *created_at, gint64 expires_at, GListStore *documents)
{
  EonayTransaction *self = g_object_new (EONAY_TYPE_TRANSACTION, NULL);

  self->id = g_strdup (id);
  self->operation = operation;
  self->portal_name = g_strdup (portal_name);
  self->requires_qualified = requires_qualified;
  self->signer_hint = g_strdup (signer_hint);
  self->card_hint = g_strdup (card_hint);
  self->created_at = g_date_time_ref (created_at);
  self->expires_at = expires_at;
  self->documents = g_object_ref (documents);

  return self;
}

const char *
eonay_transaction_get_id (EonayTransaction *self)
{
  g_return_val_if_fail (EONAY_IS_TRANSACTION (self), NULL);

  return self->id;
}

EonayOperation
eonay_transaction_get_operation (EonayTransaction *self)
{
  g_return_val_if_fail (EONAY_IS_TRANSACTION (self), EONAY_OPERATION_LOGIN);

  return self->operation;
}

const char *
eonay_transaction_get_portal_name (EonayTransaction *self)
{
  g_return_val_if_fail (EONAY_IS_TRANSACTION (self), NULL);

  return self->portal_name;
}

gboolean
eonay_transaction_requires_qualified (EonayTransaction *self)
{
  g_return_val_if_fail (EONAY_IS_TRANSACTION (self), TRUE);

  return self->requires_qualified;
}

const char *
eonay_transaction_get_signer_hint (EonayTransaction *self)
{
  g_return_val_if_fail (EONAY_IS_TRANSACTION (self), NULL);

  return self->signer_hint;
}

const char *
eonay_transaction_get_card_hint (EonayTransaction *self)
{
  g_return_val_if_fail (EONAY_IS_TRANSACTION (self), NULL);

  return self->card_hint;
}

GDateTime *
eonay_transaction_get_created_at (EonayTransaction *self)
{
  g_return_val_if_fail (EONAY_IS_TRANSACTION (self), NULL);

  return self->created_at;
}

gint64
eonay_transaction_get_expires_at (EonayTransaction *self)
{
  g_return_val_if_fail (EONAY_IS_TRANSACTION (self), 0);

  return self->expires_at;
}

GListModel *
eonay_transaction_get_documents (EonayTransaction *self)
{
  g_return_val_if_fail (EONAY_IS_TRANSACTION (self), NULL);

  return G_LIST_MODEL (self->documents);
}
