#include "card/pkcs15/eonay-pkcs15-objects.h"

static void
pin_free (gpointer pin)
{
  EonayPkcs15Pin *self = pin;

  g_free (self->label);
  g_clear_pointer (&self->auth_id, g_bytes_unref);
  g_clear_pointer (&self->unblock_id, g_bytes_unref);
  g_free (self);
}

static void
key_free (gpointer key)
{
  EonayPkcs15Key *self = key;

  g_free (self->label);
  g_clear_pointer (&self->id, g_bytes_unref);
  g_clear_pointer (&self->auth_id, g_bytes_unref);
  g_array_unref (self->algorithms);
  g_free (self);
}

static void
certificate_free (gpointer certificate)
{
  EonayPkcs15Certificate *self = certificate;

  g_free (self->label);
  g_clear_pointer (&self->id, g_bytes_unref);
  g_clear_pointer (&self->value, g_bytes_unref);
  g_free (self);
}

EonayPkcs15Objects *
eonay_pkcs15_objects_new (void)
{
  EonayPkcs15Objects *self = g_new0 (EonayPkcs15Objects, 1);

  self->pins = g_ptr_array_new_with_free_func (pin_free);
  self->keys = g_ptr_array_new_with_free_func (key_free);
  self->certificates = g_ptr_array_new_with_free_func (certificate_free);
  self->algorithms = g_array_new (FALSE, FALSE, sizeof (EonayPkcs15Algorithm));

  return self;
}

void
eonay_pkcs15_objects_free (EonayPkcs15Objects *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->pins);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->certificates);
  g_array_unref (self->algorithms);
  g_free (self->label);
  g_free (self->serial);
  g_free (self->manufacturer);
  g_free (self->last_update);
  g_free (self);
}

gboolean
eonay_pkcs15_objects_has_flag (guint32 flags, guint bit)
{
  return bit < 32 && (flags >> (31 - bit) & 1) != 0;
}

const EonayPkcs15Key *
eonay_pkcs15_objects_find_key (const EonayPkcs15Objects *self, GBytes *id)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      const EonayPkcs15Key *key = g_ptr_array_index (self->keys, i);

      if (g_bytes_equal (key->id, id))
        return key;
    }

  return NULL;
}

const EonayPkcs15Pin *
eonay_pkcs15_objects_find_pin (const EonayPkcs15Objects *self, const EonayPkcs15Key *key)
{
  for (guint i = 0; key->auth_id != NULL && i < self->pins->len; i++)
    {
      const EonayPkcs15Pin *pin = g_ptr_array_index (self->pins, i);

      if (g_bytes_equal (pin->auth_id, key->auth_id) &&
          !eonay_pkcs15_objects_has_flag (pin->flags, EONAY_PKCS15_PIN_UNBLOCKING))
        return pin;
    }

  return NULL;
}

const EonayPkcs15Pin *
eonay_pkcs15_objects_find_puk (const EonayPkcs15Objects *self, const EonayPkcs15Pin *pin)
{
  const EonayPkcs15Pin *found = NULL;

  for (guint i = 0; i < self->pins->len; i++)
    {
      const EonayPkcs15Pin *puk = g_ptr_array_index (self->pins, i);

      if (!eonay_pkcs15_objects_has_flag (puk->flags, EONAY_PKCS15_PIN_UNBLOCKING))
        continue;
      if (pin->unblock_id != NULL && g_bytes_equal (puk->auth_id, pin->unblock_id))
        return puk;
      /* Another PIN's PUK would be spent on a guess. */
      if (pin->unblock_id == NULL && found != NULL)
        return NULL;
      if (pin->unblock_id == NULL)
        found = puk;
    }

  return found;
}
