#include "card/pkcs11/host/eonay-pkcs11-object.h"

#include <string.h>

#include "base/eonay-text-class.h"

#define FOUND_MAX 512
#define FIND_STEP 16
#define ATTRIBUTE_MAX 65536

static CK_RV
find_some (CK_FUNCTION_LIST *functions, CK_SESSION_HANDLE session, GArray *found)
{
  CK_OBJECT_HANDLE handles[FIND_STEP];
  CK_ULONG count = FIND_STEP;
  CK_RV rv = CKR_OK;

  /* The bound is for modules that never come to an end. */
  while (rv == CKR_OK && count > 0 && found->len < FOUND_MAX)
    {
      count = 0;
      rv = functions->C_FindObjects (session, handles, FIND_STEP, &count);
      if (rv == CKR_OK && count > FIND_STEP)
        rv = CKR_GENERAL_ERROR;
      if (rv == CKR_OK)
        g_array_append_vals (found, handles, (guint) count);
    }

  return rv;
}

CK_RV
eonay_pkcs11_object_find (CK_FUNCTION_LIST *functions, CK_SESSION_HANDLE session,
                          CK_OBJECT_CLASS object_class, GArray **found)
{
  CK_ATTRIBUTE template = { CKA_CLASS, &object_class, sizeof object_class };
  g_autoptr (GArray) handles = g_array_new (FALSE, FALSE, sizeof (CK_OBJECT_HANDLE));
  CK_RV rv = functions->C_FindObjectsInit (session, &template, 1);

  if (rv != CKR_OK)
    return rv;

  rv = find_some (functions, session, handles);
  functions->C_FindObjectsFinal (session);
  *found = g_steal_pointer (&handles);

  return rv;
}

GBytes *
eonay_pkcs11_object_get_attribute (CK_FUNCTION_LIST *functions, CK_SESSION_HANDLE session,
                                   CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type)
{
  CK_ATTRIBUTE attribute = { type, NULL, 0 };
  g_autofree guint8 *value = NULL;
  CK_ULONG room;

  if (functions->C_GetAttributeValue (session, object, &attribute, 1) != CKR_OK ||
      attribute.ulValueLen == 0 || attribute.ulValueLen > ATTRIBUTE_MAX)
    return NULL;

  room = attribute.ulValueLen;
  value = g_malloc0 (room);
  attribute.pValue = value;
  if (functions->C_GetAttributeValue (session, object, &attribute, 1) != CKR_OK ||
      attribute.ulValueLen == 0 || attribute.ulValueLen > room)
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&value), attribute.ulValueLen);
}

gulong
eonay_pkcs11_object_get_number (CK_FUNCTION_LIST *functions, CK_SESSION_HANDLE session,
                                CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type, gulong otherwise)
{
  g_autoptr (GBytes) value = eonay_pkcs11_object_get_attribute (functions, session, object, type);
  CK_ULONG number;

  if (value == NULL || g_bytes_get_size (value) != sizeof number)
    return otherwise;

  memcpy (&number, g_bytes_get_data (value, NULL), sizeof number);

  return number;
}

gboolean
eonay_pkcs11_object_is_true (CK_FUNCTION_LIST *functions, CK_SESSION_HANDLE session,
                             CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type)
{
  g_autoptr (GBytes) value = eonay_pkcs11_object_get_attribute (functions, session, object, type);

  return value != NULL && g_bytes_get_size (value) == sizeof (CK_BBOOL) &&
         *(const CK_BBOOL *) g_bytes_get_data (value, NULL) != CK_FALSE;
}

char *
eonay_pkcs11_object_make_text (const void *bytes, gsize length)
{
  const char *end = memchr (bytes, '\0', length);

  return eonay_text_class_make_name (bytes,
                                     end != NULL ? end - (const char *) bytes : (gssize) length);
}
