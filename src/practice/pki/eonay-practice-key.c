#include "practice/pki/eonay-practice-key.h"

EonayPracticeKey *
eonay_practice_key_new (EVP_PKEY *pair, GBytes *certificate, const char *label)
{
  EonayPracticeKey *self = g_new0 (EonayPracticeKey, 1);

  EVP_PKEY_up_ref (pair);
  self->pair = pair;
  self->certificate = certificate;
  self->label = g_strdup (label);

  return self;
}

void
eonay_practice_key_free (EonayPracticeKey *self)
{
  EVP_PKEY_free (self->pair);
  g_bytes_unref (self->certificate);
  g_free (self->label);
  g_free (self);
}

gboolean
eonay_practice_key_is_rsa (const EonayPracticeKey *self)
{
  return EVP_PKEY_is_a (self->pair, "RSA");
}
