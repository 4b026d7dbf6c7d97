#include "signature/certificate/eonay-certificate-details.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include "signature/certificate/eonay-certificate-private.h"
#include "signature/certificate/eonay-qualification.h"

static void
add_oid (GStrvBuilder *builder, const ASN1_OBJECT *oid)
{
  char dotted[128];

  if (OBJ_obj2txt (dotted, sizeof dotted, oid, 1) > 0)
    g_strv_builder_add (builder, dotted);
}

static char **
read_extended_usages (X509 *x509)
{
  g_autoptr (EXTENDED_KEY_USAGE) usages = X509_get_ext_d2i (x509, NID_ext_key_usage, NULL, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = 0; i < sk_ASN1_OBJECT_num (usages); i++)
    add_oid (builder, sk_ASN1_OBJECT_value (usages, i));

  return g_strv_builder_end (builder);
}

static char **
read_policies (X509 *x509)
{
  g_autoptr (CERTIFICATEPOLICIES) policies = X509_get_ext_d2i (x509, NID_certificate_policies, NULL,
                                                               NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = 0; i < sk_POLICYINFO_num (policies); i++)
    add_oid (builder, sk_POLICYINFO_value (policies, i)->policyid);

  return g_strv_builder_end (builder);
}

static EonayKeyUsage
read_usage (X509 *x509)
{
  static const struct {
    guint32 bits;
    EonayKeyUsage usage;
  } usages[] = {
    { KU_DIGITAL_SIGNATURE, EONAY_KEY_USAGE_DIGITAL_SIGNATURE },
    { KU_NON_REPUDIATION, EONAY_KEY_USAGE_NON_REPUDIATION },
    { KU_KEY_ENCIPHERMENT | KU_DATA_ENCIPHERMENT, EONAY_KEY_USAGE_ENCIPHERMENT },
    { KU_KEY_AGREEMENT, EONAY_KEY_USAGE_AGREEMENT },
    { KU_KEY_CERT_SIGN | KU_CRL_SIGN, EONAY_KEY_USAGE_CERTIFICATES },
  };
  guint32 bits = X509_get_key_usage (x509);
  EonayKeyUsage usage = 0;

  /* OpenSSL returns all bits if the extension is absent. */
  if (bits == G_MAXUINT32)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (usages); i++)
    if ((bits & usages[i].bits) != 0)
      usage |= usages[i].usage;

  return usage;
}

EonayCertificateDetails *
eonay_certificate_details_new (EonayCertificate *certificate)
{
  X509 *x509;
  EonayCertificateDetails *self;

  g_return_val_if_fail (EONAY_IS_CERTIFICATE (certificate), NULL);

  x509 = eonay_certificate_get_x509 (certificate);
  self = g_new0 (EonayCertificateDetails, 1);
  self->usage = read_usage (x509);
  self->extended_usages = read_extended_usages (x509);
  self->policies = read_policies (x509);
  self->statements = eonay_qualification_list_statements (x509);
  self->signature_algorithm = g_strdup (OBJ_nid2ln (X509_get_signature_nid (x509)));
  ERR_clear_error ();

  return self;
}

void
eonay_certificate_details_free (EonayCertificateDetails *self)
{
  g_strfreev (self->extended_usages);
  g_strfreev (self->policies);
  g_strfreev (self->statements);
  g_free (self->signature_algorithm);
  g_free (self);
}

char *
eonay_certificate_to_pem (EonayCertificate *certificate)
{
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());
  char *text = NULL;
  long length;

  g_return_val_if_fail (EONAY_IS_CERTIFICATE (certificate), NULL);

  if (bio == NULL || PEM_write_bio_X509 (bio, eonay_certificate_get_x509 (certificate)) != 1)
    return g_strdup ("");
  length = BIO_get_mem_data (bio, &text);

  return g_strndup (text, length);
}
