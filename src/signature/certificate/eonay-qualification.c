#include "signature/certificate/eonay-qualification.h"

#include <openssl/asn1t.h>

#define QC_COMPLIANCE "0.4.0.1862.1.1"
#define LAW_5070_SIGNATURE "2.16.792.1.61.0.1.5070.1.1"
#define LAW_5070_CORPORATE "2.16.792.1.61.0.1.5070.1.3"
#define LAW_5070_SEAL "2.16.792.1.61.0.1.5070.2.1"
#define LAW_5070_SEAL_DEVICE "2.16.792.1.61.0.1.5070.2.2"
#define POLICY_QUALIFIED_SEAL "2.16.792.1.2.1.1.5.7.1.10"
#define POLICY_FISCAL_SEAL "2.16.792.1.2.1.1.5.7.4.1"
#define USAGE_FISCAL_SEAL "2.16.792.1.2.1.1.5.7.50.1"

/* RFC 3739 3.2.6: QCStatement ::= SEQUENCE { statementId, statementInfo ANY OPTIONAL } */
typedef struct {
  ASN1_OBJECT *id;
  ASN1_TYPE *detail;
} QcStatement;

DEFINE_STACK_OF (QcStatement)
typedef STACK_OF (QcStatement) QcStatements;

ASN1_SEQUENCE (QcStatement) = {
  ASN1_SIMPLE (QcStatement, id, ASN1_OBJECT),
  ASN1_OPT (QcStatement, detail, ASN1_ANY),
} static_ASN1_SEQUENCE_END (QcStatement)

ASN1_ITEM_TEMPLATE (QcStatements) =
    ASN1_EX_TEMPLATE_TYPE (ASN1_TFLG_SEQUENCE_OF, 0, QcStatements, QcStatement)
static_ASN1_ITEM_TEMPLATE_END (QcStatements)

static void
qc_statements_free (QcStatements *statements)
{
  ASN1_item_free ((ASN1_VALUE *) statements, ASN1_ITEM_rptr (QcStatements));
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcStatements, qc_statements_free)

static QcStatements *
read_statements (X509 *x509)
{
  int at = X509_get_ext_by_NID (x509, NID_qcStatements, -1);
  const ASN1_OCTET_STRING *value;
  g_autoptr (QcStatements) statements = NULL;
  const unsigned char *bytes, *end;

  if (at < 0 || X509_get_ext_by_NID (x509, NID_qcStatements, at) >= 0)
    return NULL;

  value = X509_EXTENSION_get_data (X509_get_ext (x509, at));
  bytes = ASN1_STRING_get0_data (value);
  end = bytes + ASN1_STRING_length (value);
  statements = (QcStatements *) ASN1_item_d2i (NULL, &bytes, end - bytes,
                                               ASN1_ITEM_rptr (QcStatements));
  if (bytes != end)
    return NULL;

  return g_steal_pointer (&statements);
}

static gboolean
states (const QcStatements *statements, const char *dotted)
{
  for (int i = 0; i < sk_QcStatement_num (statements); i++)
    if (eonay_crypto_oid_is (sk_QcStatement_value (statements, i)->id, dotted))
      return TRUE;

  return FALSE;
}

static gboolean
has_policy (X509 *x509, const char *dotted)
{
  g_autoptr (CERTIFICATEPOLICIES) policies = X509_get_ext_d2i (x509, NID_certificate_policies, NULL,
                                                               NULL);

  for (int i = 0; i < sk_POLICYINFO_num (policies); i++)
    if (eonay_crypto_oid_is (sk_POLICYINFO_value (policies, i)->policyid, dotted))
      return TRUE;

  return FALSE;
}

static gboolean
has_extended_usage (X509 *x509, const char *dotted)
{
  g_autoptr (EXTENDED_KEY_USAGE) usages = X509_get_ext_d2i (x509, NID_ext_key_usage, NULL, NULL);

  for (int i = 0; i < sk_ASN1_OBJECT_num (usages); i++)
    if (eonay_crypto_oid_is (sk_ASN1_OBJECT_value (usages, i), dotted))
      return TRUE;

  return FALSE;
}

EonayCertificateKind
eonay_qualification_find_kind (X509 *x509)
{
  g_autoptr (QcStatements) statements = read_statements (x509);

  /* Seals first: a seal is never a person's certificate, whatever else it states. */
  if (has_policy (x509, POLICY_QUALIFIED_SEAL) ||
      (states (statements, LAW_5070_SEAL) && states (statements, LAW_5070_SEAL_DEVICE)))
    return EONAY_CERTIFICATE_QUALIFIED_SEAL;
  if (has_policy (x509, POLICY_FISCAL_SEAL) && has_extended_usage (x509, USAGE_FISCAL_SEAL))
    return EONAY_CERTIFICATE_FISCAL_SEAL;
  if (!states (statements, LAW_5070_SIGNATURE))
    return EONAY_CERTIFICATE_OTHER;
  if (states (statements, LAW_5070_CORPORATE))
    return EONAY_CERTIFICATE_CORPORATE_SEAL;

  return states (statements, QC_COMPLIANCE) ? EONAY_CERTIFICATE_QUALIFIED : EONAY_CERTIFICATE_OTHER;
}

char **
eonay_qualification_list_statements (X509 *x509)
{
  g_autoptr (QcStatements) statements = read_statements (x509);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = 0; i < sk_QcStatement_num (statements); i++)
    {
      char dotted[128];

      if (OBJ_obj2txt (dotted, sizeof dotted, sk_QcStatement_value (statements, i)->id, 1) > 0)
        g_strv_builder_add (builder, dotted);
    }

  return g_strv_builder_end (builder);
}

gboolean
eonay_qualification_knows_extensions (X509 *x509)
{
  for (int i = 0; i < X509_get_ext_count (x509); i++)
    {
      X509_EXTENSION *extension = X509_get_ext (x509, i);

      if (X509_EXTENSION_get_critical (extension) && !X509_supported_extension (extension) &&
          OBJ_obj2nid (X509_EXTENSION_get_object (extension)) != NID_qcStatements)
        return FALSE;
    }

  return TRUE;
}
