#include "card/pkcs11/eonay-pkcs11-request.h"

#include "base/host/eonay-frame.h"

#define NO_SECRET 0xFFFF

EonayPkcs11Request *
eonay_pkcs11_request_new (EonayPkcs11Ask ask)
{
  EonayPkcs11Request *self = g_new0 (EonayPkcs11Request, 1);

  self->ask = ask;
  self->consent = EONAY_PIN_CONSENT_NONE;

  return self;
}

void
eonay_pkcs11_request_free (EonayPkcs11Request *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->skip, g_ptr_array_unref);
  g_free (self->serial);
  g_free (self->label);
  g_clear_pointer (&self->certificate, g_bytes_unref);
  g_clear_pointer (&self->key_id, g_bytes_unref);
  g_clear_pointer (&self->digests, g_ptr_array_unref);
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_clear_pointer (&self->secret, eonay_secret_free);
  g_clear_pointer (&self->new_pin, eonay_secret_free);
  g_free (self);
}

static guint16
length_of (const EonaySecret *secret)
{
  gsize length = NO_SECRET;

  if (secret != NULL)
    eonay_secret_peek (secret, &length);

  return (guint16) length;
}

GVariant *
eonay_pkcs11_request_encode (const EonayPkcs11Request *self)
{
  const EonayPinConsent *consent = &self->consent;

  return g_variant_new (
      "(yqq@aayt@s@s(bbbbi)y@ay@ay@aay@aay)", self->ask, length_of (self->secret),
      length_of (self->new_pin), eonay_frame_new_list (self->skip), self->slot,
      eonay_frame_new_text (self->serial), eonay_frame_new_text (self->label), consent->pin != 0,
      consent->answer != 0, consent->low, consent->last_try, consent->tries_left, self->scheme,
      eonay_frame_new_bytes (self->certificate), eonay_frame_new_bytes (self->key_id),
      eonay_frame_new_list (self->digests), eonay_frame_new_list (self->messages));
}

static gboolean
read_length (guint16 length, gboolean *there, guint16 *bytes)
{
  *there = length != NO_SECRET;
  *bytes = *there ? length : 0;

  return *bytes <= EONAY_SECRET_MAX;
}

EonayPkcs11Request *
eonay_pkcs11_request_decode (GVariant *frame)
{
  g_autoptr (EonayPkcs11Request) self = eonay_pkcs11_request_new (EONAY_PKCS11_ASK_LIST);
  g_autoptr (GVariant) skip = NULL;
  g_autoptr (GVariant) certificate = NULL;
  g_autoptr (GVariant) key_id = NULL;
  g_autoptr (GVariant) digests = NULL;
  g_autoptr (GVariant) messages = NULL;
  EonayPkcs11Announced *announced = &self->announced;
  const char *serial, *label;
  gboolean shown, told;
  guint16 secret, new_pin;
  guint8 ask, scheme;

  g_return_val_if_fail (g_variant_is_of_type (frame, G_VARIANT_TYPE (EONAY_PKCS11_REQUEST_TYPE)),
                        NULL);

  g_variant_get (frame, "(yqq@aayt&s&s(bbbbi)y@ay@ay@aay@aay)", &ask, &secret, &new_pin, &skip,
                 &self->slot, &serial, &label, &shown, &told, &self->consent.low,
                 &self->consent.last_try, &self->consent.tries_left, &scheme, &certificate, &key_id,
                 &digests, &messages);
  self->ask = (EonayPkcs11Ask) ask;
  self->consent.pin = (guint) shown;
  self->consent.answer = (guint) told;
  self->scheme = (EonaySignatureScheme) scheme;
  self->skip = eonay_frame_read_list (skip);
  self->serial = eonay_frame_read_text (serial);
  self->label = eonay_frame_read_text (label);
  self->certificate = eonay_frame_read_bytes (certificate);
  self->key_id = eonay_frame_read_bytes (key_id);
  self->digests = eonay_frame_read_list (digests);
  self->messages = eonay_frame_read_list (messages);
  if (ask < EONAY_PKCS11_ASK_LIST || ask > EONAY_PKCS11_ASK_UNBLOCK ||
      scheme > EONAY_SIGNATURE_SCHEME_ECDSA_SHA512 ||
      !read_length (secret, &announced->has_secret, &announced->secret_length) ||
      !read_length (new_pin, &announced->has_new_pin, &announced->new_pin_length) ||
      self->skip == NULL || self->serial == NULL || self->label == NULL || self->digests == NULL ||
      self->messages == NULL)
    return NULL;

  return g_steal_pointer (&self);
}
