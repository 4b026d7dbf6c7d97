#include "card/pkcs11/eonay-pkcs11-answer.h"

#include <gio/gio.h>

#include "base/host/eonay-frame.h"

#define SLOTS_MAX 64
#define CANCELLED 0xFFFF
#define TRIES_UNKNOWN 0xFF

/* Where in an answer's frame. */
enum {
  SAYS,
  PIN_TRY,
  SLOTS,
  LIST,
  CODE,
  TRIES,
  MESSAGE,
};

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
  g_clear_pointer (&self->made, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static GVariant *
encode_slots (const EonayPkcs11Answer *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" EONAY_PKCS11_SLOT_TYPE));
  if (self->state != NULL)
    g_variant_builder_add_value (&builder, eonay_pkcs11_slot_encode (self->state));
  for (guint i = 0; self->slots != NULL && i < self->slots->len; i++)
    g_variant_builder_add_value (&builder, eonay_pkcs11_slot_encode (self->slots->pdata[i]));

  return g_variant_builder_end (&builder);
}

GVariant *
eonay_pkcs11_answer_encode (const EonayPkcs11Answer *self, EonayPkcs11Says says)
{
  const GError *error = self->error;
  gboolean is_card = error != NULL && error->domain == EONAY_CARD_ERROR;
  int tries = is_card ? eonay_card_error_get_tries_left (error) : -1;

  return g_variant_new (
      "(yy@a" EONAY_PKCS11_SLOT_TYPE "@aayqy@s)", says, self->pin_try, encode_slots (self),
      eonay_frame_new_list (self->modules != NULL ? self->modules : self->signatures),
      is_card ? error->code : CANCELLED, tries >= 0 ? tries : TRIES_UNKNOWN,
      eonay_frame_new_text (error != NULL ? error->message : NULL));
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
take_error (EonayPkcs11Answer *self, GVariant *frame)
{
  g_autofree char *message = NULL;
  const char *text;
  guint16 code;
  guint8 tries;

  g_variant_get_child (frame, CODE, "q", &code);
  g_variant_get_child (frame, TRIES, "y", &tries);
  g_variant_get_child (frame, MESSAGE, "&s", &text);
  message = eonay_frame_read_text (text);
  if (message == NULL || (code > EONAY_CARD_ERROR_LAST && code != CANCELLED))
    return FALSE;

  self->error = new_error (code, tries == TRIES_UNKNOWN ? -1 : tries, message);

  return TRUE;
}

/* Returns: (transfer full) (nullable): the slots of @frame, if there are no more than @max */
static GPtrArray *
read_slots (GVariant *frame, gsize max)
{
  g_autoptr (GVariant) encoded = g_variant_get_child_value (frame, SLOTS);
  g_autoptr (GPtrArray) slots =
      g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_pkcs11_slot_free);

  if (g_variant_n_children (encoded) > max)
    return NULL;

  for (gsize i = 0; i < g_variant_n_children (encoded); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (encoded, i);
      EonayPkcs11Slot *slot = eonay_pkcs11_slot_decode (child);

      if (slot == NULL)
        return NULL;
      g_ptr_array_add (slots, slot);
    }

  return g_steal_pointer (&slots);
}

static gboolean
take_progress (EonayPkcs11Answer *self, GVariant *frame)
{
  guint8 pin_try;

  g_variant_get_child (frame, PIN_TRY, "y", &pin_try);
  if (pin_try > EONAY_PIN_TRY_UNCERTAIN)
    return FALSE;

  self->pin_try = (EonayPinTry) pin_try;

  return TRUE;
}

static gboolean
take_state (EonayPkcs11Answer *self, GVariant *frame)
{
  g_autoptr (GPtrArray) slots = read_slots (frame, 1);

  g_clear_pointer (&self->state, eonay_pkcs11_slot_free);
  if (slots != NULL && slots->len == 1)
    self->state = g_ptr_array_steal_index (slots, 0);

  return self->state != NULL;
}

static gboolean
take_signed (EonayPkcs11Answer *self, GVariant *frame)
{
  g_autoptr (GVariant) list = g_variant_get_child_value (frame, LIST);
  g_autoptr (GPtrArray) one = eonay_frame_read_list (list);

  if (self->has_outcome || one == NULL || one->len != 1)
    return FALSE;

  if (self->made == NULL)
    self->made = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add (self->made, g_bytes_ref (one->pdata[0]));

  return TRUE;
}

static gboolean
take_wish (EonayPkcs11Answer *self)
{
  gboolean is_first = !self->wants_pins && !self->has_outcome;

  self->wants_pins = TRUE;

  return is_first;
}

static gboolean
take_outcome (EonayPkcs11Answer *self, EonayPkcs11Says says, GVariant *frame)
{
  g_autoptr (GVariant) list = g_variant_get_child_value (frame, LIST);

  if (self->has_outcome)
    return FALSE;

  self->has_outcome = TRUE;
  switch (says)
    {
    case EONAY_PKCS11_SAYS_SLOTS:
      self->slots = read_slots (frame, SLOTS_MAX);
      return self->slots != NULL;
    case EONAY_PKCS11_SAYS_MODULES:
      self->modules = eonay_frame_read_list (list);
      return self->modules != NULL;
    case EONAY_PKCS11_SAYS_SIGNATURES:
      self->signatures = eonay_frame_read_list (list);
      return self->signatures != NULL;
    case EONAY_PKCS11_SAYS_ERROR:
      return take_error (self, frame);
    case EONAY_PKCS11_SAYS_END:
    case EONAY_PKCS11_SAYS_PROGRESS:
    case EONAY_PKCS11_SAYS_STATE:
    case EONAY_PKCS11_SAYS_SIGNED:
    case EONAY_PKCS11_SAYS_WANTS_PINS:
    default:
      return FALSE;
    }
}

gboolean
eonay_pkcs11_answer_decode (EonayPkcs11Answer *self, GVariant *frame)
{
  guint8 says;

  g_return_val_if_fail (g_variant_is_of_type (frame, G_VARIANT_TYPE (EONAY_PKCS11_ANSWER_TYPE)),
                        FALSE);

  if (self->ended)
    return FALSE;

  g_variant_get_child (frame, SAYS, "y", &says);
  switch ((EonayPkcs11Says) says)
    {
    case EONAY_PKCS11_SAYS_END:
      self->ended = TRUE;
      return self->has_outcome;
    case EONAY_PKCS11_SAYS_PROGRESS:
      return take_progress (self, frame);
    case EONAY_PKCS11_SAYS_STATE:
      return take_state (self, frame);
    case EONAY_PKCS11_SAYS_SIGNED:
      return take_signed (self, frame);
    case EONAY_PKCS11_SAYS_WANTS_PINS:
      return take_wish (self);
    default:
      return take_outcome (self, (EonayPkcs11Says) says, frame);
    }
}
