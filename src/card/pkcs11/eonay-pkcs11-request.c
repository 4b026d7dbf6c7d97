#include "card/pkcs11/eonay-pkcs11-request.h"

#include "card/pkcs11/eonay-pkcs11-field.h"

#define NO_SECRET 0xFFFF
#define TRIES_UNKNOWN 0xFF

/* Of a consent. */
enum {
  SHOWN = 1 << 0,
  TOLD = 1 << 1,
  LOW = 1 << 2,
  LAST_TRY = 1 << 3,
};

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

static void
put_length_of (GByteArray *frame, const EonaySecret *secret)
{
  gsize length = NO_SECRET;

  if (secret != NULL)
    eonay_secret_peek (secret, &length);
  eonay_pkcs11_put_u16 (frame, (guint16) length);
}

static void
put_consent (GByteArray *frame, const EonayPinConsent *consent)
{
  int flags = (consent->pin != 0 ? SHOWN : 0) | (consent->answer != 0 ? TOLD : 0) |
              (consent->low ? LOW : 0) | (consent->last_try ? LAST_TRY : 0);

  eonay_pkcs11_put_u8 (frame, (guint8) flags);
  eonay_pkcs11_put_u8 (frame, consent->tries_left >= 0 && consent->tries_left < TRIES_UNKNOWN
                                  ? (guint8) consent->tries_left
                                  : TRIES_UNKNOWN);
}

static gboolean
take_consent (EonayByteReader *reader, EonayPinConsent *consent)
{
  guint8 flags, tries;

  if (!eonay_byte_reader_u8 (reader, &flags) || !eonay_byte_reader_u8 (reader, &tries))
    return FALSE;

  *consent = (EonayPinConsent){ .pin = (flags & SHOWN) != 0,
                                .answer = (flags & TOLD) != 0,
                                .tries_left = tries == TRIES_UNKNOWN ? -1 : tries,
                                .low = (flags & LOW) != 0,
                                .last_try = (flags & LAST_TRY) != 0 };

  return TRUE;
}

GByteArray *
eonay_pkcs11_request_encode (const EonayPkcs11Request *self)
{
  GByteArray *frame = g_byte_array_new ();

  eonay_pkcs11_put_u8 (frame, (guint8) self->ask);
  put_length_of (frame, self->secret);
  put_length_of (frame, self->new_pin);
  eonay_pkcs11_put_list (frame, self->skip);
  eonay_pkcs11_put_u64 (frame, self->slot);
  eonay_pkcs11_put_string (frame, self->serial);
  eonay_pkcs11_put_string (frame, self->label);
  put_consent (frame, &self->consent);
  eonay_pkcs11_put_u8 (frame, (guint8) self->scheme);
  eonay_pkcs11_put_bytes (frame, self->certificate);
  eonay_pkcs11_put_bytes (frame, self->key_id);
  eonay_pkcs11_put_list (frame, self->digests);
  eonay_pkcs11_put_list (frame, self->messages);

  return frame;
}

static gboolean
take_length (EonayByteReader *reader, gboolean *there, guint16 *length)
{
  if (!eonay_byte_reader_u16 (reader, length))
    return FALSE;

  *there = *length != NO_SECRET;
  if (!*there)
    *length = 0;

  return *length <= EONAY_SECRET_MAX;
}

static gboolean
take_head (EonayByteReader *reader, EonayPkcs11Request *self, EonayPkcs11Following *following)
{
  guint8 ask;

  if (!eonay_byte_reader_u8 (reader, &ask) || ask < EONAY_PKCS11_ASK_LIST ||
      ask > EONAY_PKCS11_ASK_UNBLOCK)
    return FALSE;

  self->ask = (EonayPkcs11Ask) ask;

  return take_length (reader, &following->has_secret, &following->secret_length) &&
         take_length (reader, &following->has_new_pin, &following->new_pin_length);
}

EonayPkcs11Request *
eonay_pkcs11_request_decode (const guint8 *bytes, gsize length, EonayPkcs11Following *following)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);
  g_autoptr (EonayPkcs11Request) self = eonay_pkcs11_request_new (EONAY_PKCS11_ASK_LIST);
  guint8 scheme;

  if (!take_head (&reader, self, following) || !eonay_pkcs11_take_list (&reader, &self->skip) ||
      !eonay_pkcs11_take_u64 (&reader, &self->slot) ||
      !eonay_pkcs11_take_string (&reader, &self->serial) ||
      !eonay_pkcs11_take_string (&reader, &self->label) ||
      !take_consent (&reader, &self->consent) || !eonay_byte_reader_u8 (&reader, &scheme) ||
      scheme > EONAY_SIGNATURE_SCHEME_ECDSA_SHA384 ||
      !eonay_pkcs11_take_bytes (&reader, &self->certificate) ||
      !eonay_pkcs11_take_bytes (&reader, &self->key_id) ||
      !eonay_pkcs11_take_list (&reader, &self->digests) ||
      !eonay_pkcs11_take_list (&reader, &self->messages) ||
      eonay_byte_reader_remaining (&reader) > 0)
    return NULL;

  self->scheme = (EonaySignatureScheme) scheme;

  return g_steal_pointer (&self);
}
