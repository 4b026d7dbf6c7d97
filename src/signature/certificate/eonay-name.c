#include "signature/certificate/eonay-name.h"

#include <string.h>

#include "base/eonay-text-class.h"

char *
eonay_name_read (const X509_NAME *name, int nid)
{
  int at = X509_NAME_get_index_by_NID (name, nid, -1);
  g_autoptr (GBytes) bytes = NULL;
  unsigned char *utf8 = NULL;
  int length;

  if (at < 0)
    return NULL;

  length = ASN1_STRING_to_UTF8 (&utf8, X509_NAME_ENTRY_get_data (X509_NAME_get_entry (name, at)));
  if (length < 0)
    return NULL;
  bytes = eonay_crypto_take (utf8, (gsize) length);
  /* A NUL is shown as a mark: g_utf8_validate_len() would reject it. */
  for (int start = 0; start < length;)
    {
      gsize run = strnlen ((const char *) utf8 + start, (gsize) (length - start));

      if (!g_utf8_validate ((const char *) utf8 + start, (gssize) run, NULL))
        return NULL;
      start += (int) run + 1;
    }

  return eonay_text_class_make_name (utf8, length);
}
