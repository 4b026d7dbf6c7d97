#include "practice/card/eonay-practice-security.h"

#include "base/eonay-byte-reader.h"

#define TAG_ALGORITHM 0x80
#define TAG_FILE 0x81
#define TAG_PRIVATE_KEY 0x84

void
eonay_practice_security_init (EonayPracticeSecurity *self, const EonayPracticeModel *model,
                              GPtrArray *keys)
{
  *self = (EonayPracticeSecurity){ .model = model, .keys = keys };

  for (const EonayPracticePinPlan *plan = model->pins; plan->label != NULL; plan++)
    {
      g_assert (self->n_pins < G_N_ELEMENTS (self->pins));
      eonay_practice_pin_init (&self->pins[self->n_pins++], plan, model->pin_rules);
    }
}

void
eonay_practice_security_clear (EonayPracticeSecurity *self)
{
  g_clear_pointer (&self->keys, g_ptr_array_unref);
}

void
eonay_practice_security_reset (EonayPracticeSecurity *self)
{
  for (guint i = 0; i < self->n_pins; i++)
    self->pins[i].verified = FALSE;
  self->fresh = NULL;
  eonay_practice_security_clear_environment (self);
}

void
eonay_practice_security_clear_environment (EonayPracticeSecurity *self)
{
  self->key = NULL;
  self->algorithm = NULL;
}

void
eonay_practice_security_block (EonayPracticeSecurity *self)
{
  self->pins[0].tries_left = 0;
}

EonayPracticePin *
eonay_practice_security_find_pin (EonayPracticeSecurity *self, guint8 reference)
{
  for (guint i = 0; i < self->n_pins; i++)
    if (self->pins[i].plan->reference == reference)
      return &self->pins[i];

  return NULL;
}

const EonayPracticeKey *
eonay_practice_security_find_key (EonayPracticeSecurity *self, guint8 reference)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      const EonayPracticeKey *key = g_ptr_array_index (self->keys, i);

      if (key->reference == reference)
        return key;
    }

  return NULL;
}

gboolean
eonay_practice_security_may_use (EonayPracticeSecurity *self, const EonayPracticeKey *key)
{
  const EonayPracticePin *pin = eonay_practice_security_find_pin (self, key->pin);

  return pin->verified && (!key->consent || self->fresh == pin);
}

gboolean
eonay_practice_security_parse_environment (const guint8 *content, gsize length, guint8 *algorithm,
                                           int *file, int *reference)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (content, length);

  while (eonay_byte_reader_remaining (&reader) > 0)
    {
      const guint8 *value;
      guint8 value_length;
      guint8 tag;

      if (!eonay_byte_reader_u8 (&reader, &tag) || !eonay_byte_reader_u8 (&reader, &value_length) ||
          !eonay_byte_reader_take (&reader, value_length, &value))
        return FALSE;

      if (tag == TAG_ALGORITHM && value_length == 1)
        *algorithm = value[0];
      else if (tag == TAG_PRIVATE_KEY && value_length == 1)
        *reference = value[0];
      else if (tag != TAG_FILE)
        return FALSE;
      else if (file != NULL && value_length == 2)
        *file = value[0] << 8 | value[1];
    }

  return TRUE;
}

gboolean
eonay_practice_security_choose (EonayPracticeSecurity *self, const EonayPracticeKey *key,
                                guint8 algorithm)
{
  gboolean rsa = eonay_practice_key_is_rsa (key);

  for (guint i = 0; i < self->model->n_algorithms; i++)
    {
      const EonayPracticeAlgorithm *candidate = &self->model->algorithms[i];

      if (eonay_practice_scheme_is_rsa (candidate->scheme) != rsa ||
          (algorithm != 0 && candidate->reference != algorithm))
        continue;

      self->key = key;
      self->algorithm = candidate;
      return TRUE;
    }

  return FALSE;
}
