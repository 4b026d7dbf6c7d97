#include "card/pkcs11/eonay-pkcs11-slot.h"

#include "base/host/eonay-frame.h"
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

GVariant *
eonay_pkcs11_slot_encode (const EonayPkcs11Slot *self)
{
  GVariantBuilder certificates;

  g_variant_builder_init (&certificates, G_VARIANT_TYPE ("a(ayaysb)"));
  for (guint i = 0; i < self->certificates->len; i++)
    {
      EonayTokenCertificate *certificate = self->certificates->pdata[i];

      g_variant_builder_add (&certificates, "(@ay@ay@sb)",
                             eonay_frame_new_bytes (eonay_token_certificate_get_der (certificate)),
                             eonay_frame_new_bytes (eonay_token_certificate_get_id (certificate)),
                             eonay_frame_new_text (eonay_token_certificate_get_label (certificate)),
                             eonay_token_certificate_has_key (certificate));
    }

  return g_variant_new ("(t@s@s@s@suuua(ayaysb))", self->id,
                        eonay_frame_new_text (self->description),
                        eonay_frame_new_text (self->label), eonay_frame_new_text (self->serial),
                        eonay_frame_new_text (self->model), self->flags, self->min_length,
                        self->max_length, &certificates);
}

static EonayTokenCertificate *
decode_certificate (GVariant *encoded)
{
  g_autoptr (GVariant) der_bytes = NULL;
  g_autoptr (GVariant) id_bytes = NULL;
  g_autoptr (GBytes) der = NULL;
  g_autoptr (GBytes) id = NULL;
  g_autofree char *label = NULL;
  const char *text;
  gboolean has_key;

  g_variant_get (encoded, "(@ay@ay&sb)", &der_bytes, &id_bytes, &text, &has_key);
  label = eonay_frame_read_text (text);
  if (label == NULL)
    return NULL;

  der = eonay_frame_read_bytes (der_bytes);
  id = eonay_frame_read_bytes (id_bytes);

  /* CKA_SIGN is false on cards that sign all the same: whether they do is seen when they do. */
  return eonay_token_certificate_new (der, id, label, has_key, has_key);
}

EonayPkcs11Slot *
eonay_pkcs11_slot_decode (GVariant *encoded)
{
  g_autoptr (EonayPkcs11Slot) self = eonay_pkcs11_slot_new ();
  g_autoptr (GVariant) certificates = NULL;
  const char *description, *label, *serial, *model;

  g_variant_get (encoded, "(t&s&s&s&suuu@a(ayaysb))", &self->id, &description, &label, &serial,
                 &model, &self->flags, &self->min_length, &self->max_length, &certificates);
  self->description = eonay_frame_read_text (description);
  self->label = eonay_frame_read_text (label);
  self->serial = eonay_frame_read_text (serial);
  self->model = eonay_frame_read_text (model);
  if (self->description == NULL || self->label == NULL || self->serial == NULL ||
      self->model == NULL || g_variant_n_children (certificates) > CERTIFICATES_MAX)
    return NULL;

  for (gsize i = 0; i < g_variant_n_children (certificates); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (certificates, i);
      EonayTokenCertificate *certificate = decode_certificate (child);

      if (certificate == NULL)
        return NULL;
      g_ptr_array_add (self->certificates, certificate);
    }

  return g_steal_pointer (&self);
}
