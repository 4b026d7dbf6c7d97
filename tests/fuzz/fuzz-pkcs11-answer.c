#include "fuzz-target.h"

#include <string.h>

#include "card/pkcs11/eonay-pkcs11-answer.h"
#include "card/pkcs11/eonay-pkcs11-field.h"
#include "card/pkcs11/eonay-pkcs11-pipe.h"

static void
assert_same_frame (GByteArray *frame, EonayPkcs11Answer *again, GByteArray *(*encode) (gpointer),
                   gpointer (*get) (EonayPkcs11Answer *self))
{
  g_autoptr (GByteArray) second = NULL;

  g_assert_true (eonay_pkcs11_answer_decode (again, frame->data, frame->len));
  second = encode (get (again));
  g_assert_cmpmem (frame->data, frame->len, second->data, second->len);
}

static gpointer
get_slots (EonayPkcs11Answer *self)
{
  return self->slots;
}

static gpointer
get_state (EonayPkcs11Answer *self)
{
  return self->state;
}

static GByteArray *
encode_slots (gpointer slots)
{
  return eonay_pkcs11_answer_encode_slots (slots);
}

static GByteArray *
encode_state (gpointer slot)
{
  return eonay_pkcs11_answer_encode_state (slot);
}

/* What is read of a token can be asked, and goes over the pipe as it came. */
static void
check_slot (EonayPkcs11Slot *slot)
{
  const EonayPinRole roles[] = { EONAY_PIN_ROLE_PIN, EONAY_PIN_ROLE_PUK };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      EonayPinState state;

      eonay_pkcs11_slot_get_pin_state (slot, roles[i], &state);
      g_assert_cmpuint (state.min_length, <=, state.max_length);
      g_assert_cmpuint (state.max_length, <=, EONAY_SECRET_MAX);
    }
  g_assert_true (g_utf8_validate (slot->label, -1, NULL));
  g_assert_true (g_utf8_validate (slot->serial, -1, NULL));
}

static void
check (EonayPkcs11Answer *self)
{
  guint outcomes = (self->slots != NULL) + (self->modules != NULL) + (self->signatures != NULL) +
                   (self->error != NULL);

  g_assert_cmpuint (outcomes, <=, self->has_outcome ? 1 : 0);
  g_assert_cmpint (self->pin_try, <=, EONAY_PIN_TRY_UNCERTAIN);
  if (self->ended)
    g_assert_true (self->has_outcome);
  for (guint i = 0; self->slots != NULL && i < self->slots->len; i++)
    check_slot (self->slots->pdata[i]);
  if (self->slots != NULL)
    {
      g_autoptr (EonayPkcs11Answer) again = eonay_pkcs11_answer_new ();
      g_autoptr (GByteArray) frame = encode_slots (self->slots);

      assert_same_frame (frame, again, encode_slots, get_slots);
    }
  if (self->state != NULL)
    {
      g_autoptr (EonayPkcs11Answer) again = eonay_pkcs11_answer_new ();
      g_autoptr (GByteArray) frame = encode_state (self->state);

      check_slot (self->state);
      assert_same_frame (frame, again, encode_state, get_state);
    }
}

/* The bytes of the pipe: frames, each behind its length, until one is not understood. */
int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);
  g_autoptr (EonayPkcs11Answer) answer = eonay_pkcs11_answer_new ();
  gboolean understood = TRUE;

  while (understood)
    {
      g_autoptr (GBytes) frame = NULL;
      gsize frame_length;
      const guint8 *content;

      if (!eonay_pkcs11_take_bytes (&reader, &frame))
        break;
      content = g_bytes_get_data (frame, &frame_length);
      if (answer->ended)
        {
          g_assert_false (eonay_pkcs11_answer_decode (answer, content, frame_length));
          break;
        }
      understood = eonay_pkcs11_answer_decode (answer, content, frame_length);
      if (understood)
        check (answer);
    }

  return 0;
}
