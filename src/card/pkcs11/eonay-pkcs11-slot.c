#include "card/pkcs11/eonay-pkcs11-slot.h"

#include "card/pkcs11/eonay-pkcs11-field.h"
#include "card/token/eonay-pin-consent.h"

#define CERTIFICATES_MAX 256

EonayPkcs11Slot *
eonay_pkcs11_slot_new (void)
{
  EonayPkcs11Slot *self = g_new0 (EonayPkcs11Slot, 1);

  self->certificates = g_ptr_array_new_with_free_func (g_object_unref);
  self->pin = eonay_pin_consent_next_number ();
  self->puk = eonay_pin_consent_next_number ();
  self->answer = eonay_pin_consent_next_number ();

  return self;
}

void
eonay_pkcs11_slot_free (EonayPkcs11Slot *self)
{
  if (self == NULL)
    return;

  g_free (self->description);
  g_free (self->label);
  g_free (self->serial);
  g_free (self->model);
  g_ptr_array_unref (self->certificates);
  g_free (self);
}

EonayPkcs11Slot *
eonay_pkcs11_slot_copy_state (const EonayPkcs11Slot *self)
{
  EonayPkcs11Slot *copy = eonay_pkcs11_slot_new ();

  copy->id = self->id;
  copy->description = g_strdup (self->description);
  copy->label = g_strdup (self->label);
  copy->serial = g_strdup (self->serial);
  copy->model = g_strdup (self->model);
  copy->flags = self->flags;
  copy->min_length = self->min_length;
  copy->max_length = self->max_length;

  return copy;
}

void
eonay_pkcs11_slot_get_pin_state (const EonayPkcs11Slot *self, EonayPinRole role,
                                 EonayPinState *state)
{
  gboolean is_puk = role == EONAY_PIN_ROLE_PUK;
  guint32 locked = is_puk ? EONAY_PKCS11_PUK_LOCKED : EONAY_PKCS11_PIN_LOCKED;
  guint32 low = is_puk ? EONAY_PKCS11_PUK_LOW : EONAY_PKCS11_PIN_LOW;
  guint32 last = is_puk ? EONAY_PKCS11_PUK_LAST : EONAY_PKCS11_PIN_LAST;

  *state = (EonayPinState){ .tries_left = -1,
                            .tries_max = -1,
                            .askable = TRUE,
                            .low = (self->flags & low) != 0,
                            .pin = is_puk ? self->puk : self->pin,
                            .answer = self->answer,
                            .min_length = 1,
                            .max_length = EONAY_SECRET_MAX };
  /* What the module says of the security officer's PIN says nothing of the PUK then. */
  if (is_puk && (self->flags & EONAY_PKCS11_UNBLOCKS) == 0)
    {
      state->absent = TRUE;
      return;
    }
  if ((self->flags & locked) != 0)
    {
      state->known = TRUE;
      state->blocked = TRUE;
      state->tries_left = 0;
    }
  else if ((self->flags & last) != 0)
    {
      state->known = TRUE;
      state->tries_left = 1;
    }

  /* CK_TOKEN_INFO has the limits of the user's PIN only. */
  if (is_puk || self->max_length == 0 || self->max_length < self->min_length)
    return;
  state->max_length = MIN (self->max_length, EONAY_SECRET_MAX);
  state->min_length = CLAMP (self->min_length, 1, state->max_length);
}

static void
put_certificate (GByteArray *frame, EonayTokenCertificate *certificate)
{
  eonay_pkcs11_put_bytes (frame, eonay_token_certificate_get_der (certificate));
  eonay_pkcs11_put_bytes (frame, eonay_token_certificate_get_id (certificate));
  eonay_pkcs11_put_string (frame, eonay_token_certificate_get_label (certificate));
  eonay_pkcs11_put_u8 (frame, eonay_token_certificate_has_key (certificate) ? 1 : 0);
}

static EonayTokenCertificate *
take_certificate (EonayByteReader *reader)
{
  g_autoptr (GBytes) der = NULL;
  g_autoptr (GBytes) id = NULL;
  g_autofree char *label = NULL;
  guint8 has_key;

  if (!eonay_pkcs11_take_bytes (reader, &der) || !eonay_pkcs11_take_bytes (reader, &id) ||
      !eonay_pkcs11_take_string (reader, &label) || !eonay_byte_reader_u8 (reader, &has_key))
    return NULL;

  /* CKA_SIGN is false on cards that sign all the same: whether they do is seen when they do. */
  return eonay_token_certificate_new (der, id, label, has_key == 1, has_key == 1);
}

void
eonay_pkcs11_slot_put (GByteArray *frame, const EonayPkcs11Slot *self)
{
  eonay_pkcs11_put_u64 (frame, self->id);
  eonay_pkcs11_put_string (frame, self->description);
  eonay_pkcs11_put_string (frame, self->label);
  eonay_pkcs11_put_string (frame, self->serial);
  eonay_pkcs11_put_string (frame, self->model);
  eonay_pkcs11_put_u32 (frame, self->flags);
  eonay_pkcs11_put_u32 (frame, self->min_length);
  eonay_pkcs11_put_u32 (frame, self->max_length);
  eonay_pkcs11_put_u32 (frame, self->certificates->len);
  for (guint i = 0; i < self->certificates->len; i++)
    put_certificate (frame, g_ptr_array_index (self->certificates, i));
}

EonayPkcs11Slot *
eonay_pkcs11_slot_take (EonayByteReader *reader)
{
  g_autoptr (EonayPkcs11Slot) self = eonay_pkcs11_slot_new ();
  guint32 length;

  if (!eonay_pkcs11_take_u64 (reader, &self->id) ||
      !eonay_pkcs11_take_string (reader, &self->description) ||
      !eonay_pkcs11_take_string (reader, &self->label) ||
      !eonay_pkcs11_take_string (reader, &self->serial) ||
      !eonay_pkcs11_take_string (reader, &self->model) ||
      !eonay_pkcs11_take_u32 (reader, &self->flags) ||
      !eonay_pkcs11_take_u32 (reader, &self->min_length) ||
      !eonay_pkcs11_take_u32 (reader, &self->max_length) ||
      !eonay_pkcs11_take_u32 (reader, &length) || length > CERTIFICATES_MAX)
    return NULL;

  for (guint32 i = 0; i < length; i++)
    {
      EonayTokenCertificate *certificate = take_certificate (reader);

      if (certificate == NULL)
        return NULL;
      g_ptr_array_add (self->certificates, certificate);
    }

  return g_steal_pointer (&self);
}
