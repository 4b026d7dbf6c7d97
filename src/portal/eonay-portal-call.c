#include "portal/eonay-portal-private.h"

EonayPortalCall *
eonay_portal_call_new (EonayTransaction *transaction, const char *name, char *key, GBytes *body)
{
  EonayPortalCall *self = g_new0 (EonayPortalCall, 1);

  self->transaction = g_object_ref (transaction);
  self->path = g_strdup_printf ("v1/transactions/%s/%s", eonay_transaction_get_id (transaction),
                                name);
  self->key = key;
  self->body = body;

  return self;
}

void
eonay_portal_call_free (EonayPortalCall *self)
{
  g_object_unref (self->transaction);
  g_free (self->path);
  g_free (self->key);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}
