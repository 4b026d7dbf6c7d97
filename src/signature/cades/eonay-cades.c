#include "signature/cades/eonay-cades.h"

#include <openssl/err.h>

#include "signature/cades/eonay-cms-signer.h"
#include "signature/certificate/eonay-crypto.h"
#include "signature/eonay-ades.h"
#include "signature/verify/eonay-verifier.h"

struct _EonayCades {
  GObject parent_instance;

  EonayCertificate *certificate;
  EonaySignatureScheme scheme;
  GBytes *content; /* NULL beside other signatures, if it is inside them */
  gboolean attached;
  guint n_earlier; /* signers that were there */
  EonayCmsSigner *signer;
};

static void eonay_cades_ades_init (EonayAdesInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayCades, eonay_cades, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_ADES, eonay_cades_ades_init))

static void
eonay_cades_finalize (GObject *object)
{
  EonayCades *self = EONAY_CADES (object);

  g_clear_object (&self->certificate);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->signer, eonay_cms_signer_free);

  G_OBJECT_CLASS (eonay_cades_parent_class)->finalize (object);
}

static void
eonay_cades_class_init (EonayCadesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_cades_finalize;
}

static void
eonay_cades_init (EonayCades *self)
{
}

static gboolean
prepare (EonayCades *self, GBytes *beside, GBytes *content, GDateTime *signing_time, GError **error)
{
  gsize length;
  gconstpointer bytes = g_bytes_get_data (content, &length);
  g_autoptr (GBytes) digest = eonay_crypto_digest (eonay_cms_signer_get_digest_nid (self->scheme),
                                                   bytes, length);

  if (digest == NULL)
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_FAILED, "Cannot hash the content");
      return FALSE;
    }
  self->signer = eonay_cms_signer_new (self->certificate, self->scheme, beside, digest,
                                       signing_time, error);

  return self->signer != NULL;
}

/* Returns: (transfer full): not prepared yet */
static EonayCades *
create (EonayCertificate *certificate, EonaySignatureScheme scheme, GError **error)
{
  EonayCades *self;

  scheme = eonay_cms_signer_choose_scheme (certificate, scheme, error);
  if (scheme == EONAY_SIGNATURE_SCHEME_NONE)
    return NULL;

  self = g_object_new (EONAY_TYPE_CADES, NULL);
  self->certificate = g_object_ref (certificate);
  self->scheme = scheme;

  return self;
}

EonayCades *
eonay_cades_new (EonayCertificate *certificate, GBytes *content, gboolean attached,
                 GDateTime *signing_time, GError **error)
{
  return eonay_cades_new_with_scheme (certificate, EONAY_SIGNATURE_SCHEME_NONE, content, attached,
                                      signing_time, error);
}

EonayCades *
eonay_cades_new_with_scheme (EonayCertificate *certificate, EonaySignatureScheme scheme,
                             GBytes *content, gboolean attached, GDateTime *signing_time,
                             GError **error)
{
  g_autoptr (EonayCades) self = NULL;

  g_return_val_if_fail (EONAY_IS_CERTIFICATE (certificate), NULL);
  g_return_val_if_fail (content != NULL && signing_time != NULL, NULL);

  ERR_clear_error ();
  self = create (certificate, scheme, error);
  if (self == NULL)
    return NULL;
  if (g_bytes_get_size (content) > (attached ? EONAY_CADES_MAX_ATTACHED : EONAY_CADES_MAX_DETACHED))
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_TOO_LARGE, "Too much content to sign");
      return NULL;
    }

  self->content = g_bytes_ref (content);
  self->attached = attached;

  return prepare (self, NULL, content, signing_time, error) ? g_steal_pointer (&self) : NULL;
}

EonayCades *
eonay_cades_new_parallel (EonayCertificate *certificate, EonaySignatureScheme scheme, GBytes *der,
                          GBytes *detached, GDateTime *signing_time, GError **error)
{
  g_autoptr (EonayCades) self = NULL;
  g_autoptr (GPtrArray) earlier = NULL;
  const EonayVerifierContent *first;

  g_return_val_if_fail (EONAY_IS_CERTIFICATE (certificate), NULL);
  g_return_val_if_fail (der != NULL && signing_time != NULL, NULL);

  self = create (certificate, scheme, error);
  if (self == NULL)
    return NULL;
  if (detached != NULL && g_bytes_get_size (detached) > EONAY_CADES_MAX_DETACHED)
    {
      eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_TOO_LARGE, "Too much content to sign");
      return NULL;
    }
  earlier = eonay_verifier_verify_all (der, detached, NULL, NULL, error);
  if (earlier == NULL)
    return NULL;

  first = g_ptr_array_index (earlier, 0);
  self->content = detached != NULL ? g_bytes_ref (detached) : NULL;
  self->n_earlier = earlier->len;

  return prepare (self, der, first->content, signing_time, error) ? g_steal_pointer (&self) : NULL;
}

GBytes *
eonay_cades_get_digest (EonayCades *self)
{
  g_return_val_if_fail (EONAY_IS_CADES (self), NULL);

  return eonay_cms_signer_get_digest (self->signer);
}

GBytes *
eonay_cades_get_message (EonayCades *self)
{
  g_return_val_if_fail (EONAY_IS_CADES (self), NULL);

  return eonay_cms_signer_get_message (self->signer);
}

EonaySignatureScheme
eonay_cades_get_scheme (EonayCades *self)
{
  g_return_val_if_fail (EONAY_IS_CADES (self), EONAY_SIGNATURE_SCHEME_NONE);

  return self->scheme;
}

/* A SET OF is sorted: ours may be anywhere among them. */
static gboolean
has_own (EonayCades *self, GPtrArray *results)
{
  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      const EonayVerifierContent *result = g_ptr_array_index (results, i);

      if (g_bytes_equal (eonay_certificate_get_der (result->certificate),
                         eonay_certificate_get_der (self->certificate)))
        return results->len == self->n_earlier + 1;
    }

  return FALSE;
}

GBytes *
eonay_cades_finish (EonayCades *self, GBytes *value, GError **error)
{
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (GBytes) der = NULL;

  g_return_val_if_fail (EONAY_IS_CADES (self), NULL);
  g_return_val_if_fail (value != NULL, NULL);

  der = eonay_cms_signer_encode (self->signer, value, self->attached ? self->content : NULL, error);
  if (der == NULL)
    return NULL;

  results = eonay_verifier_verify_all (der, self->content, NULL, NULL, &reason);
  if (has_own (self, results))
    return g_steal_pointer (&der);
  g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_INVALID,
               "The new signature does not verify: %s",
               reason != NULL ? reason->message : "other certificate");

  return NULL;
}

static GBytes *
get_digest (EonayAdes *self)
{
  return eonay_cades_get_digest (EONAY_CADES (self));
}

static GBytes *
get_message (EonayAdes *self)
{
  return eonay_cades_get_message (EONAY_CADES (self));
}

static EonaySignatureScheme
get_scheme (EonayAdes *self)
{
  return eonay_cades_get_scheme (EONAY_CADES (self));
}

static GBytes *
finish (EonayAdes *self, GBytes *value, GError **error)
{
  return eonay_cades_finish (EONAY_CADES (self), value, error);
}

static void
eonay_cades_ades_init (EonayAdesInterface *iface)
{
  iface->get_digest = get_digest;
  iface->get_message = get_message;
  iface->get_scheme = get_scheme;
  iface->finish = finish;
}
