#include "signature/certificate/eonay-birth-date.h"

#include <openssl/asn1t.h>
#include <string.h>

/* GeneralizedTime: YYYYMMDD and a time of day that means nothing here. */
#define DAY_DIGITS 8

/* RFC 5280 4.2.1.8: SubjectDirectoryAttributes ::= SEQUENCE OF Attribute */
ASN1_ITEM_TEMPLATE (DirectoryAttributes) = ASN1_EX_TEMPLATE_TYPE (ASN1_TFLG_SEQUENCE_OF, 0,
                                                                  DirectoryAttributes,
                                                                  X509_ATTRIBUTE)
    static_ASN1_ITEM_TEMPLATE_END (DirectoryAttributes)

        typedef STACK_OF (X509_ATTRIBUTE) DirectoryAttributes;

static void
directory_attributes_free (DirectoryAttributes *attributes)
{
  ASN1_item_free ((ASN1_VALUE *) attributes, ASN1_ITEM_rptr (DirectoryAttributes));
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DirectoryAttributes, directory_attributes_free)

static DirectoryAttributes *
read_attributes (X509 *x509)
{
  int at = X509_get_ext_by_NID (x509, NID_subject_directory_attributes, -1);
  const ASN1_OCTET_STRING *value;
  const unsigned char *bytes;

  if (at < 0)
    return NULL;

  value = X509_EXTENSION_get_data (X509_get_ext (x509, at));
  bytes = ASN1_STRING_get0_data (value);

  return (DirectoryAttributes *) ASN1_item_d2i (NULL, &bytes, ASN1_STRING_length (value),
                                                ASN1_ITEM_rptr (DirectoryAttributes));
}

static guint
read_digits (const unsigned char *digits, gsize n_digits)
{
  guint number = 0;

  for (gsize i = 0; i < n_digits; i++)
    number = number * 10 + (guint) (digits[i] - '0');

  return number;
}

static GDate *
read_day (const ASN1_STRING *time)
{
  const unsigned char *text = ASN1_STRING_get0_data (time);
  guint year, month, day;

  if (ASN1_STRING_length (time) < DAY_DIGITS)
    return NULL;
  for (gsize i = 0; i < DAY_DIGITS; i++)
    if (!g_ascii_isdigit (text[i]))
      return NULL;

  year = read_digits (text, 4);
  month = read_digits (text + 4, 2);
  day = read_digits (text + 6, 2);
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return NULL;

  return g_date_new_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

GDate *
eonay_birth_date_read (X509 *x509)
{
  g_autoptr (DirectoryAttributes) attributes = read_attributes (x509);
  int at = X509at_get_attr_by_NID (attributes, NID_id_pda_dateOfBirth, -1);
  const ASN1_TYPE *value;

  if (at < 0)
    return NULL;

  value = X509_ATTRIBUTE_get0_type (X509at_get_attr (attributes, at), 0);
  if (value == NULL || value->type != V_ASN1_GENERALIZEDTIME)
    return NULL;

  return read_day (value->value.generalizedtime);
}
