#include "fuzz-target.h"

#include <string.h>

#include "base/eonay-byte-reader.h"
#include "base/host/eonay-frame-pipe.h"
#include "card/pkcs11/eonay-pkcs11-answer.h"

/* What @says of @self goes over the pipe as it came. */
static void
assert_same_frame (const EonayPkcs11Answer *self, EonayPkcs11Says says)
{
  g_autoptr (EonayPkcs11Answer) again = eonay_pkcs11_answer_new ();
  g_autoptr (GVariant) first = g_variant_ref_sink (eonay_pkcs11_answer_encode (self, says));
  g_autoptr (GVariant) second = NULL;

  again->pin_try = self->pin_try;
  g_assert_true (eonay_pkcs11_answer_decode (again, first));
  second = g_variant_ref_sink (eonay_pkcs11_answer_encode (again, says));
  g_assert_true (g_variant_equal (first, second));
}

/* What is read of a token can be asked. */
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
    assert_same_frame (&(EonayPkcs11Answer){ .pin_try = self->pin_try, .slots = self->slots },
                       EONAY_PKCS11_SAYS_SLOTS);
  if (self->state != NULL)
    {
      check_slot (self->state);
      assert_same_frame (&(EonayPkcs11Answer){ .pin_try = self->pin_try, .state = self->state },
                         EONAY_PKCS11_SAYS_STATE);
    }
}

/* Returns: (transfer full) (nullable): the next frame, which stands behind its length */
static GVariant *
open_next (EonayByteReader *reader)
{
  g_autoptr (GBytes) frame = NULL;
  const guint8 *content;
  guint16 high, low;
  gsize length;

  if (!eonay_byte_reader_u16 (reader, &high) || !eonay_byte_reader_u16 (reader, &low))
    return NULL;
  length = (gsize) high << 16 | low;
  if (!eonay_byte_reader_take (reader, length, &content))
    return NULL;

  frame = g_bytes_new (content, length);

  return eonay_frame_open (EONAY_PKCS11_ANSWER_TYPE, frame);
}

/* The bytes of the pipe: frames until one is not understood. */
int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);
  g_autoptr (EonayPkcs11Answer) answer = eonay_pkcs11_answer_new ();
  gboolean understood = TRUE;

  while (understood)
    {
      g_autoptr (GVariant) frame = open_next (&reader);
      gboolean was_ended = answer->ended;

      understood = frame != NULL && eonay_pkcs11_answer_decode (answer, frame);
      g_assert_false (was_ended && understood);
      if (understood)
        check (answer);
    }

  return 0;
}
