#include "card/token/eonay-token-certificate.h"

struct _EonayTokenCertificate {
  GObject parent_instance;

  GBytes *der;
  GBytes *id;
  char *label;
  gboolean has_key;
  gboolean may_sign;
  gboolean only_pss;
  gboolean needs_module;
};

G_DEFINE_FINAL_TYPE (EonayTokenCertificate, eonay_token_certificate, G_TYPE_OBJECT)

static void
eonay_token_certificate_finalize (GObject *object)
{
  EonayTokenCertificate *self = EONAY_TOKEN_CERTIFICATE (object);

  g_bytes_unref (self->der);
  g_bytes_unref (self->id);
  g_free (self->label);

  G_OBJECT_CLASS (eonay_token_certificate_parent_class)->finalize (object);
}

static void
eonay_token_certificate_class_init (EonayTokenCertificateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_token_certificate_finalize;
}

static void
eonay_token_certificate_init (EonayTokenCertificate *self)
{
}

EonayTokenCertificate *
eonay_token_certificate_new (GBytes *der, GBytes *id, const char *label, gboolean has_key,
                             gboolean may_sign)
{
  EonayTokenCertificate *self;

  g_return_val_if_fail (der != NULL && id != NULL, NULL);

  self = g_object_new (EONAY_TYPE_TOKEN_CERTIFICATE, NULL);
  self->der = g_bytes_ref (der);
  self->id = g_bytes_ref (id);
  self->label = g_strdup (label);
  self->has_key = has_key;
  self->may_sign = may_sign;

  return self;
}

GBytes *
eonay_token_certificate_get_der (EonayTokenCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN_CERTIFICATE (self), NULL);

  return self->der;
}

GBytes *
eonay_token_certificate_get_id (EonayTokenCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN_CERTIFICATE (self), NULL);

  return self->id;
}

const char *
eonay_token_certificate_get_label (EonayTokenCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN_CERTIFICATE (self), NULL);

  return self->label;
}

gboolean
eonay_token_certificate_has_key (EonayTokenCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN_CERTIFICATE (self), FALSE);

  return self->has_key;
}

gboolean
eonay_token_certificate_may_sign (EonayTokenCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN_CERTIFICATE (self), FALSE);

  return self->may_sign;
}

void
eonay_token_certificate_set_only_pss (EonayTokenCertificate *self)
{
  g_return_if_fail (EONAY_IS_TOKEN_CERTIFICATE (self));

  self->only_pss = TRUE;
}

gboolean
eonay_token_certificate_is_only_pss (EonayTokenCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN_CERTIFICATE (self), FALSE);

  return self->only_pss;
}

void
eonay_token_certificate_set_needs_module (EonayTokenCertificate *self)
{
  g_return_if_fail (EONAY_IS_TOKEN_CERTIFICATE (self));

  self->needs_module = TRUE;
}

gboolean
eonay_token_certificate_needs_module (EonayTokenCertificate *self)
{
  g_return_val_if_fail (EONAY_IS_TOKEN_CERTIFICATE (self), FALSE);

  return self->needs_module;
}
