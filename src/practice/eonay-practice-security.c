#include "practice/eonay-practice-security.h"

#include "base/eonay-byte-reader.h"
#include "practice/eonay-practice-pkcs15.h"

#include <openssl/rand.h>

#define ALGORITHM_UNSET 0x00
#define ALGORITHM_RSA_PKCS1 0x11
#define ALGORITHM_ECDSA 0x21

#define TAG_ALGORITHM 0x80
#define TAG_FILE 0x81
#define TAG_PRIVATE_KEY 0x84

struct _EonayPracticeSecurity {
  GPtrArray *keys;
  EonayPracticePin pin;
  EonayPracticePin puk;
  const EonayPracticeKey *chosen;
};

EonayPracticeSecurity *
eonay_practice_security_new (GPtrArray *keys, const char *pin, const char *puk)
{
  EonayPracticeSecurity *self = g_new0 (EonayPracticeSecurity, 1);

  self->keys = keys;
  eonay_practice_pin_init (&self->pin, pin);
  eonay_practice_pin_init (&self->puk, puk);

  return self;
}

void
eonay_practice_security_free (EonayPracticeSecurity *self)
{
  g_ptr_array_unref (self->keys);
  g_free (self);
}

void
eonay_practice_security_reset (EonayPracticeSecurity *self)
{
  self->pin.verified = FALSE;
  self->puk.verified = FALSE;
  self->chosen = NULL;
}

void
eonay_practice_security_clear_environment (EonayPracticeSecurity *self)
{
  self->chosen = NULL;
}

void
eonay_practice_security_block (EonayPracticeSecurity *self)
{
  self->pin.tries_left = 0;
}

static EonayPracticePin *
find_pin (EonayPracticeSecurity *self, guint8 reference)
{
  if (reference == EONAY_PRACTICE_PIN_REFERENCE)
    return &self->pin;

  return reference == EONAY_PRACTICE_PUK_REFERENCE ? &self->puk : NULL;
}

guint16
eonay_practice_security_verify (EonayPracticeSecurity *self, const EonayPracticeCommand *command)
{
  EonayPracticePin *pin = find_pin (self, command->p2);

  if (command->p1 != 0x00 && command->p1 != 0xff)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (pin == NULL)
    return EONAY_PRACTICE_SW_REFERENCE_NOT_FOUND;

  if (command->p1 == 0xff)
    {
      if (command->body_length > 0)
        return EONAY_PRACTICE_SW_WRONG_LENGTH;
      pin->verified = FALSE;
      return EONAY_PRACTICE_SW_OK;
    }

  if (command->body_length == 0)
    return eonay_practice_pin_get_status (pin);

  return eonay_practice_pin_verify (pin, command->body, command->body_length);
}

guint16
eonay_practice_security_change (EonayPracticeSecurity *self, const EonayPracticeCommand *command)
{
  EonayPracticePin *pin = &self->pin;
  guint16 status;

  if (command->p1 != 0x00)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (find_pin (self, command->p2) == NULL)
    return EONAY_PRACTICE_SW_REFERENCE_NOT_FOUND;
  if (command->p2 != EONAY_PRACTICE_PIN_REFERENCE)
    return EONAY_PRACTICE_SW_CONDITIONS;
  if (command->body_length != 2 * EONAY_PRACTICE_PIN_MAX)
    return EONAY_PRACTICE_SW_WRONG_LENGTH;

  status = eonay_practice_pin_verify (pin, command->body, EONAY_PRACTICE_PIN_MAX);
  if (status != EONAY_PRACTICE_SW_OK)
    return status;

  return eonay_practice_pin_set (pin, command->body + EONAY_PRACTICE_PIN_MAX,
                                 EONAY_PRACTICE_PIN_MAX);
}

guint16
eonay_practice_security_unblock (EonayPracticeSecurity *self, const EonayPracticeCommand *command)
{
  gboolean with_pin = command->p1 == 0x00;
  guint16 status;

  if (command->p1 > 0x01)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (command->p2 != EONAY_PRACTICE_PIN_REFERENCE)
    return EONAY_PRACTICE_SW_REFERENCE_NOT_FOUND;
  if (command->body_length != (with_pin ? 2 : 1) * EONAY_PRACTICE_PIN_MAX)
    return EONAY_PRACTICE_SW_WRONG_LENGTH;

  status = eonay_practice_pin_verify (&self->puk, command->body, EONAY_PRACTICE_PIN_MAX);
  self->puk.verified = FALSE;
  if (status == EONAY_PRACTICE_SW_OK && with_pin)
    status = eonay_practice_pin_set (&self->pin, command->body + EONAY_PRACTICE_PIN_MAX,
                                     EONAY_PRACTICE_PIN_MAX);
  if (status != EONAY_PRACTICE_SW_OK)
    return status;

  eonay_practice_pin_unblock (&self->pin);

  return EONAY_PRACTICE_SW_OK;
}

static const EonayPracticeKey *
find_key (EonayPracticeSecurity *self, guint8 reference)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      const EonayPracticeKey *key = g_ptr_array_index (self->keys, i);

      if (key->reference == reference)
        return key;
    }

  return NULL;
}

static gboolean
parse_environment (const EonayPracticeCommand *command, guint8 *algorithm, int *reference)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (command->body, command->body_length);

  while (eonay_byte_reader_remaining (&reader) > 0)
    {
      const guint8 *value;
      guint8 tag;
      guint8 length;

      if (!eonay_byte_reader_u8 (&reader, &tag) || !eonay_byte_reader_u8 (&reader, &length)
          || !eonay_byte_reader_take (&reader, length, &value))
        return FALSE;

      if (tag == TAG_ALGORITHM && length == 1)
        *algorithm = value[0];
      else if (tag == TAG_PRIVATE_KEY && length == 1)
        *reference = value[0];
      else if (tag != TAG_FILE)
        return FALSE;
    }

  return TRUE;
}

guint16
eonay_practice_security_choose (EonayPracticeSecurity *self, const EonayPracticeCommand *command)
{
  guint8 algorithm = ALGORITHM_UNSET;
  int reference = -1;
  const EonayPracticeKey *key;

  if (command->p1 != 0x41 || command->p2 != 0xb6)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (!parse_environment (command, &algorithm, &reference))
    return EONAY_PRACTICE_SW_WRONG_CONTENT;

  key = reference >= 0 ? find_key (self, (guint8) reference) : self->chosen;
  if (key == NULL)
    return EONAY_PRACTICE_SW_REFERENCE_NOT_FOUND;
  if (algorithm != ALGORITHM_UNSET
      && algorithm != (eonay_practice_key_is_rsa (key) ? ALGORITHM_RSA_PKCS1 : ALGORITHM_ECDSA))
    return EONAY_PRACTICE_SW_WRONG_CONTENT;

  self->chosen = key;

  return EONAY_PRACTICE_SW_OK;
}

guint16
eonay_practice_security_sign (EonayPracticeSecurity *self, const EonayPracticeCommand *command,
                              GByteArray *response)
{
  if (command->p1 != 0x9e || command->p2 != 0x9a)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (!self->pin.verified)
    return EONAY_PRACTICE_SW_NOT_VERIFIED;
  if (self->chosen == NULL)
    return EONAY_PRACTICE_SW_CONDITIONS;
  if (!eonay_practice_key_sign (self->chosen, command->body, command->body_length, response))
    return EONAY_PRACTICE_SW_WRONG_CONTENT;

  return EONAY_PRACTICE_SW_OK;
}

guint16
eonay_practice_security_challenge (EonayPracticeSecurity *self,
                                   const EonayPracticeCommand *command, GByteArray *response)
{
  if (command->p1 != 0x00 || command->p2 != 0x00)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (command->expected == 0 || command->body_length > 0)
    return EONAY_PRACTICE_SW_WRONG_LENGTH;

  g_byte_array_set_size (response, (guint) command->expected);
  if (RAND_bytes (response->data, (int) response->len) == 1)
    return EONAY_PRACTICE_SW_OK;

  g_byte_array_set_size (response, 0);

  return EONAY_PRACTICE_SW_FAILED;
}
