#include "card/pkcs11/eonay-pkcs11-answer.h"

#include <gio/gio.h>

#include "card/pkcs11/eonay-pkcs11-field.h"

#define SLOTS_MAX 64
#define CANCELLED 0xFFFF
#define TRIES_UNKNOWN 0xFF

EonayPkcs11Answer *
eonay_pkcs11_answer_new (void)
{
  EonayPkcs11Answer *self = g_new0 (EonayPkcs11Answer, 1);

  self->pin_try = EONAY_PIN_TRY_NOT_SENT;

  return self;
}

void
eonay_pkcs11_answer_free (EonayPkcs11Answer *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->state, eonay_pkcs11_slot_free);
  g_clear_pointer (&self->slots, g_ptr_array_unref);
  g_clear_pointer (&self->modules, g_ptr_array_unref);
  g_clear_pointer (&self->signatures, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static GByteArray *
begin (EonayPkcs11Says says)
{
  GByteArray *frame = g_byte_array_new ();

  eonay_pkcs11_put_u8 (frame, (guint8) says);

  return frame;
}

GByteArray *
eonay_pkcs11_answer_encode_end (void)
{
  return begin (EONAY_PKCS11_SAYS_END);
}

GByteArray *
eonay_pkcs11_answer_encode_progress (EonayPinTry pin_try)
{
  GByteArray *frame = begin (EONAY_PKCS11_SAYS_PROGRESS);

  eonay_pkcs11_put_u8 (frame, (guint8) pin_try);

  return frame;
}

GByteArray *
eonay_pkcs11_answer_encode_state (const EonayPkcs11Slot *slot)
{
  GByteArray *frame = begin (EONAY_PKCS11_SAYS_STATE);

  eonay_pkcs11_slot_put (frame, slot);

  return frame;
}

GByteArray *
eonay_pkcs11_answer_encode_slots (GPtrArray *slots)
{
  GByteArray *frame = begin (EONAY_PKCS11_SAYS_SLOTS);

  eonay_pkcs11_put_u32 (frame, slots->len);
  for (guint i = 0; i < slots->len; i++)
    eonay_pkcs11_slot_put (frame, g_ptr_array_index (slots, i));

  return frame;
}

GByteArray *
eonay_pkcs11_answer_encode_list (EonayPkcs11Says says, GPtrArray *list)
{
  GByteArray *frame = begin (says);

  eonay_pkcs11_put_list (frame, list);

  return frame;
}

GByteArray *
eonay_pkcs11_answer_encode_error (const GError *error)
{
  GByteArray *frame = begin (EONAY_PKCS11_SAYS_ERROR);
  gboolean is_card = error->domain == EONAY_CARD_ERROR;
  int tries = eonay_card_error_get_tries_left (error);

  eonay_pkcs11_put_u16 (frame, is_card ? (guint16) error->code : CANCELLED);
  eonay_pkcs11_put_u8 (frame, tries >= 0 ? (guint8) tries : TRIES_UNKNOWN);
  eonay_pkcs11_put_string (frame, error->message);

  return frame;
}

static GError *
new_error (guint16 code, int tries_left, const char *message)
{
  if (code == CANCELLED)
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, message);

  switch ((EonayCardError) code)
    {
    case EONAY_CARD_ERROR_PIN_WRONG:
      return eonay_card_error_new_pin_wrong (tries_left != 0 ? tries_left : -1);
    case EONAY_CARD_ERROR_PIN_BLOCKED:
      return eonay_card_error_new_pin_wrong (0);
    case EONAY_CARD_ERROR_PUK_WRONG:
      return eonay_card_error_new_puk_wrong (tries_left != 0 ? tries_left : -1);
    case EONAY_CARD_ERROR_PUK_BLOCKED:
      return eonay_card_error_new_puk_wrong (0);
    case EONAY_CARD_ERROR_LAST_TRY:
      return eonay_card_error_new_last_try ();
    default:
      return g_error_new_literal (EONAY_CARD_ERROR, (int) code, message);
    }
}

static gboolean
take_error (EonayByteReader *reader, EonayPkcs11Answer *self)
{
  g_autofree char *message = NULL;
  guint16 code;
  guint8 tries;

  if (!eonay_byte_reader_u16 (reader, &code) || !eonay_byte_reader_u8 (reader, &tries) ||
      !eonay_pkcs11_take_string (reader, &message) ||
      (code > EONAY_CARD_ERROR_LAST && code != CANCELLED))
    return FALSE;

  self->error = new_error (code, tries == TRIES_UNKNOWN ? -1 : tries, message);

  return TRUE;
}

static gboolean
take_slots (EonayByteReader *reader, EonayPkcs11Answer *self)
{
  g_autoptr (GPtrArray) slots =
      g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_pkcs11_slot_free);
  guint32 length;

  if (!eonay_pkcs11_take_u32 (reader, &length) || length > SLOTS_MAX)
    return FALSE;

  for (guint32 i = 0; i < length; i++)
    {
      EonayPkcs11Slot *slot = eonay_pkcs11_slot_take (reader);

      if (slot == NULL)
        return FALSE;
      g_ptr_array_add (slots, slot);
    }
  self->slots = g_steal_pointer (&slots);

  return TRUE;
}

static gboolean
take_progress (EonayByteReader *reader, EonayPkcs11Answer *self)
{
  guint8 pin_try;

  if (!eonay_byte_reader_u8 (reader, &pin_try) || pin_try > EONAY_PIN_TRY_UNCERTAIN)
    return FALSE;

  self->pin_try = (EonayPinTry) pin_try;

  return TRUE;
}

static gboolean
take_state (EonayByteReader *reader, EonayPkcs11Answer *self)
{
  g_clear_pointer (&self->state, eonay_pkcs11_slot_free);
  self->state = eonay_pkcs11_slot_take (reader);

  return self->state != NULL;
}

static gboolean
take_outcome (EonayByteReader *reader, EonayPkcs11Says says, EonayPkcs11Answer *self)
{
  if (self->has_outcome)
    return FALSE;

  self->has_outcome = TRUE;
  switch (says)
    {
    case EONAY_PKCS11_SAYS_SLOTS:
      return take_slots (reader, self);
    case EONAY_PKCS11_SAYS_MODULES:
      return eonay_pkcs11_take_list (reader, &self->modules);
    case EONAY_PKCS11_SAYS_SIGNATURES:
      return eonay_pkcs11_take_list (reader, &self->signatures);
    case EONAY_PKCS11_SAYS_ERROR:
      return take_error (reader, self);
    case EONAY_PKCS11_SAYS_END:
    case EONAY_PKCS11_SAYS_PROGRESS:
    case EONAY_PKCS11_SAYS_STATE:
    default:
      return FALSE;
    }
}

static gboolean
take_any (EonayByteReader *reader, EonayPkcs11Answer *self)
{
  guint8 says;

  if (self->ended || !eonay_byte_reader_u8 (reader, &says))
    return FALSE;

  switch ((EonayPkcs11Says) says)
    {
    case EONAY_PKCS11_SAYS_END:
      self->ended = TRUE;
      return self->has_outcome;
    case EONAY_PKCS11_SAYS_PROGRESS:
      return take_progress (reader, self);
    case EONAY_PKCS11_SAYS_STATE:
      return take_state (reader, self);
    default:
      return take_outcome (reader, (EonayPkcs11Says) says, self);
    }
}

gboolean
eonay_pkcs11_answer_decode (EonayPkcs11Answer *self, const guint8 *bytes, gsize length)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);

  return take_any (&reader, self) && eonay_byte_reader_remaining (&reader) == 0;
}
