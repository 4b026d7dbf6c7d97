/*
 * A PKCS#11 module around SoftHSM2 that has, on demand, the faults of the modules that vendors
 * ship. Environment:
 *   EONAY_SHIM_MODULE  the real module
 *   EONAY_SHIM_CONF    its configuration: where it is registered itself, it shows nothing then
 *   EONAY_SHIM         faults, with commas between them; see shim-faults.h
 *   EONAY_SHIM_LOG     a file that gets the name of each call, one a line
 *   EONAY_SHIM_READER  what slots are to be called, if not as they are
 *   EONAY_SHIM_STATE   a file that counts wrong PINs, for "lock"
 */
#include <dlfcn.h>
#include <glib.h>
#include <p11-kit/pkcs11.h>
#include <string.h>

#include "shim-faults.h"

#define PIN "123456"
#define SECOND (1UL << 40) /* SoftHSM has slot numbers of 32 bits */

static CK_FUNCTION_LIST *real;
static CK_FUNCTION_LIST shim;
static CK_SESSION_HANDLE logged_in;
static gboolean confirmed;
static gboolean has_listed;

static CK_RV
C_Initialize_ (void *arguments)
{
  shim_enter ("C_Initialize");
  if (shim_has ("null-init", NULL) && arguments != NULL)
    return CKR_ARGUMENTS_BAD;
  if (shim_has ("refuse-init", NULL))
    return CKR_GENERAL_ERROR;

  return real->C_Initialize (NULL);
}

static CK_RV
C_Finalize_ (void *reserved)
{
  shim_enter ("C_Finalize");

  return real->C_Finalize (reserved);
}

static void
write_padded (CK_UTF8CHAR *field, gsize room, const char *text)
{
  memset (field, ' ', room);
  memcpy (field, text, MIN (strlen (text), room));
}

/* "no-puk": a module whose security officer's PIN is not the PUK, as OpenSC's is; "akis": one that
   says that it is AKİS's, in the normal form that has the marks apart. */
static CK_RV
C_GetInfo_ (CK_INFO *info)
{
  CK_RV rv;

  shim_enter ("C_GetInfo");
  rv = real->C_GetInfo (info);
  if (rv == CKR_OK && shim_has ("no-puk", NULL))
    {
      write_padded (info->manufacturerID, sizeof info->manufacturerID, "OpenSC Project");
      write_padded (info->libraryDescription, sizeof info->libraryDescription,
                    "OpenSC smartcard framework");
    }
  if (rv == CKR_OK && shim_has ("akis", NULL))
    {
      write_padded (info->manufacturerID, sizeof info->manufacturerID, "TU\u0308BI\u0307TAK");
      write_padded (info->libraryDescription, sizeof info->libraryDescription, "AKI\u0307S");
    }

  return rv;
}

/* "renumber": as if slots were counted in another way. There and back. "two-pins": each token once
   more, in a slot of its own. */
static CK_SLOT_ID
renumber (CK_SLOT_ID id)
{
  id &= ~SECOND;

  return shim_has ("renumber", NULL) ? id ^ 1 : id;
}

static CK_RV
C_GetSlotList_ (CK_BBOOL present, CK_SLOT_ID *ids, CK_ULONG *count)
{
  CK_RV rv;

  shim_enter ("C_GetSlotList");
  has_listed = TRUE;
  rv = real->C_GetSlotList (present, ids, count);
  for (CK_ULONG i = 0; rv == CKR_OK && ids != NULL && i < *count; i++)
    ids[i] = renumber (ids[i]);
  if (shim_has ("two-pins", NULL) && rv == CKR_OK)
    {
      for (CK_ULONG i = 0; ids != NULL && i < *count; i++)
        ids[*count + i] = ids[i] | SECOND;
      *count *= 2;
    }
  if (shim_has ("huge", NULL) && ids == NULL)
    *count = G_MAXULONG;

  return rv;
}

static CK_RV
C_GetSlotInfo_ (CK_SLOT_ID id, CK_SLOT_INFO *info)
{
  const char *name = g_getenv ("EONAY_SHIM_READER");
  CK_RV rv;

  shim_enter ("C_GetSlotInfo");
  if (shim_has ("list-first", NULL) && !has_listed)
    return CKR_SLOT_ID_INVALID;
  rv = real->C_GetSlotInfo (renumber (id), info);
  if (name != NULL)
    write_padded (info->slotDescription, sizeof info->slotDescription, name);

  return rv;
}

static CK_RV
C_GetTokenInfo_ (CK_SLOT_ID id, CK_TOKEN_INFO *info)
{
  int wrong = shim_count_wrong (0);
  CK_RV rv;

  shim_enter ("C_GetTokenInfo");
  if (shim_has ("gone", NULL))
    return CKR_TOKEN_NOT_PRESENT;
  rv = real->C_GetTokenInfo (renumber (id), info);
  if (rv != CKR_OK)
    return rv;

  if (shim_has ("garbled", NULL))
    memcpy (info->label, "DENEME\xff\xfe\x1b[2J\n", 12);
  if (shim_has ("national-id", NULL))
    memcpy (info->serialNumber, "10000000146     ", sizeof info->serialNumber);
  if (shim_has ("akis", NULL))
    {
      write_padded (info->manufacturerID, sizeof info->manufacturerID, "T\u00dcB\u0130TAK");
      write_padded (info->model, sizeof info->model, "AKIS");
    }
  if (shim_has ("so-locked", NULL))
    info->flags |= CKF_SO_PIN_LOCKED;
  if (shim_has ("keypad", NULL))
    info->flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
  if (wrong > 0 && shim_has ("low", NULL))
    info->flags |= CKF_USER_PIN_COUNT_LOW;
  if (wrong == SHIM_TRIES - 1)
    info->flags |= CKF_USER_PIN_FINAL_TRY;
  if (wrong >= SHIM_TRIES)
    info->flags |= CKF_USER_PIN_LOCKED;
  if (shim_has ("huge", NULL))
    info->ulMinPinLen = info->ulMaxPinLen = G_MAXULONG;

  return rv;
}

static CK_RV
C_GetMechanismList_ (CK_SLOT_ID id, CK_MECHANISM_TYPE *list, CK_ULONG *count)
{
  shim_enter ("C_GetMechanismList");
  if ((!shim_has ("only-hash", NULL) && !shim_has ("akis", NULL)) || list == NULL)
    return real->C_GetMechanismList (renumber (id), list, count);

  list[0] = shim_has ("akis", NULL) ? CKM_RSA_PKCS : CKM_SHA256_RSA_PKCS;
  *count = 1;

  return CKR_OK;
}

static CK_RV
C_OpenSession_ (CK_SLOT_ID id, CK_FLAGS flags, void *application, CK_NOTIFY notify,
                CK_SESSION_HANDLE *session)
{
  shim_enter ("C_OpenSession");

  return real->C_OpenSession (renumber (id), flags, application, notify, session);
}

static CK_RV
C_CloseSession_ (CK_SESSION_HANDLE session)
{
  shim_enter ("C_CloseSession");
  if (session == logged_in)
    logged_in = 0;

  return real->C_CloseSession (session);
}

static CK_RV
C_GetSessionInfo_ (CK_SESSION_HANDLE session, CK_SESSION_INFO *info)
{
  shim_enter ("C_GetSessionInfo");

  return real->C_GetSessionInfo (session, info);
}

/* Of a call that presented the PIN and ended with @rv. */
static CK_RV
count_try (CK_RV rv)
{
  if (rv == CKR_PIN_INCORRECT && shim_count_wrong (1) >= SHIM_TRIES)
    return CKR_PIN_LOCKED;
  if (rv == CKR_OK)
    shim_count_wrong (-1);

  return rv;
}

static CK_RV
log_in (CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR *pin, CK_ULONG length)
{
  CK_RV rv;

  if (user == CKU_USER && shim_count_wrong (0) >= SHIM_TRIES)
    return CKR_PIN_LOCKED;
  rv = real->C_Login (session, user, pin, length);
  if (user == CKU_USER)
    rv = count_try (rv);
  if (rv == CKR_OK)
    logged_in = session;

  return rv;
}

static CK_RV
C_Login_ (CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR *pin, CK_ULONG length)
{
  shim_enter ("C_Login");
  if (user == CKU_CONTEXT_SPECIFIC && shim_has ("unclear", "C_Login"))
    return CKR_FUNCTION_FAILED;
  if (user == CKU_CONTEXT_SPECIFIC)
    {
      confirmed = length == strlen (PIN) && memcmp (pin, PIN, length) == 0;
      return confirmed ? CKR_OK : CKR_PIN_INCORRECT;
    }
  if (shim_has ("keypad-cancel", NULL))
    return CKR_FUNCTION_CANCELED;
  if (!shim_has ("keypad", NULL))
    return log_in (session, user, pin, length);
  if (pin != NULL || length != 0)
    return CKR_ARGUMENTS_BAD;

  return log_in (session, user, (CK_UTF8CHAR *) PIN, strlen (PIN));
}

static CK_RV
C_Logout_ (CK_SESSION_HANDLE session)
{
  shim_enter ("C_Logout");
  logged_in = 0;

  return real->C_Logout (session);
}

static CK_RV
C_SetPIN_ (CK_SESSION_HANDLE session, CK_UTF8CHAR *pin, CK_ULONG length, CK_UTF8CHAR *new_pin,
           CK_ULONG new_length)
{
  shim_enter ("C_SetPIN");
  if (shim_has ("login-to-change", NULL) && logged_in == 0)
    return CKR_USER_NOT_LOGGED_IN;
  if (shim_has ("refuse-new-pin", NULL))
    return CKR_PIN_INVALID;
  if (shim_count_wrong (0) >= SHIM_TRIES)
    return CKR_PIN_LOCKED;

  return count_try (real->C_SetPIN (session, pin, length, new_pin, new_length));
}

static CK_RV
C_InitPIN_ (CK_SESSION_HANDLE session, CK_UTF8CHAR *pin, CK_ULONG length)
{
  CK_RV rv;

  shim_enter ("C_InitPIN");
  rv = real->C_InitPIN (session, pin, length);
  if (rv == CKR_OK)
    shim_count_wrong (-1);

  return rv;
}

/* What AKİS's module is reported to do (2026): rights of the private key stand with the public one
   only, and there is no search by them. */
static gboolean
is_hard_to_search (void)
{
  return shim_has ("no-search", NULL) || shim_has ("akis", NULL);
}

static CK_RV
C_FindObjectsInit_ (CK_SESSION_HANDLE session, CK_ATTRIBUTE *template, CK_ULONG count)
{
  shim_enter ("C_FindObjectsInit");
  if (shim_has ("hidden", NULL) && logged_in == 0)
    return CKR_USER_NOT_LOGGED_IN;
  for (CK_ULONG i = 0; is_hard_to_search () && i < count; i++)
    if (template[i].type != CKA_CLASS)
      return CKR_ATTRIBUTE_TYPE_INVALID;

  return real->C_FindObjectsInit (session, template, count);
}

static CK_RV
C_FindObjects_ (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE *found, CK_ULONG room, CK_ULONG *count)
{
  CK_RV rv;

  shim_enter ("C_FindObjects");
  rv = real->C_FindObjects (session, found, room, count);
  /* Without end: the last objects again and again. */
  if (shim_has ("huge", NULL) && *count == 0)
    *count = room;
  /* More than there is room for, again and again. */
  if (shim_has ("endless", NULL))
    *count = room + 1;

  return rv;
}

static CK_RV
C_FindObjectsFinal_ (CK_SESSION_HANDLE session)
{
  shim_enter ("C_FindObjectsFinal");

  return real->C_FindObjectsFinal (session);
}

/* Answers one attribute with @value, as the standard says it is done. */
static CK_RV
answer (CK_ATTRIBUTE *attribute, const void *value, CK_ULONG length)
{
  if (attribute->pValue != NULL)
    memcpy (attribute->pValue, value, length);
  attribute->ulValueLen = length;

  return CKR_OK;
}

/* Turkish labels in either normal form, and the same for the objects of other keys. */
static CK_RV
answer_label (CK_OBJECT_HANDLE object, CK_ATTRIBUTE *template)
{
  const char *label = object % 2 == 0 ? "\u0130MZA \u015eIFRES\u0130"
                                      : "I\u0307MZA S\u0327IFRESI\u0307";

  return answer (template, label, strlen (label));
}

static CK_RV
C_GetAttributeValue_ (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE *template,
                      CK_ULONG count)
{
  const CK_BBOOL yes = CK_TRUE, no = CK_FALSE;

  shim_enter ("C_GetAttributeValue");
  if (shim_has ("one-id", NULL) && template->type == CKA_ID)
    return answer (template, "\1", 1);
  if (shim_has ("garbled", NULL) && template->type == CKA_LABEL)
    return answer (template, "\xc3(\xff\0\x1b", 5);
  if (shim_has ("akis", NULL) && template->type == CKA_LABEL)
    return answer_label (object, template);
  if (is_hard_to_search () && template->type == CKA_SIGN)
    return answer (template, &no, sizeof no);
  if (shim_has ("no-modulus", NULL) && template->type == CKA_MODULUS)
    return CKR_ATTRIBUTE_TYPE_INVALID;
  if (shim_has ("no-numbers", NULL) &&
      (template->type == CKA_MODULUS || template->type == CKA_EC_POINT ||
       template->type == CKA_KEY_TYPE || template->type == CKA_ID))
    return CKR_ATTRIBUTE_TYPE_INVALID;
  if (shim_has ("always", NULL) && template->type == CKA_ALWAYS_AUTHENTICATE)
    return answer (template, &yes, sizeof yes);
  if (shim_has ("huge", NULL) && template->pValue == NULL && template->type == CKA_LABEL)
    {
      template->ulValueLen = G_MAXULONG;
      return CKR_OK;
    }

  return real->C_GetAttributeValue (session, object, template, count);
}

static CK_RV
C_SignInit_ (CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
  shim_enter ("C_SignInit");
  if (shim_has ("session-login", NULL) && session != logged_in)
    return CKR_USER_NOT_LOGGED_IN;
  if (shim_has ("only-hash", NULL) && mechanism->mechanism != CKM_SHA256_RSA_PKCS)
    return CKR_MECHANISM_INVALID;
  if (shim_has ("akis", NULL) && mechanism->mechanism != CKM_RSA_PKCS)
    return CKR_MECHANISM_INVALID;
  confirmed = FALSE;

  return real->C_SignInit (session, mechanism, key);
}

static CK_RV
C_Sign_ (CK_SESSION_HANDLE session, CK_BYTE *input, CK_ULONG length, CK_BYTE *signature,
         CK_ULONG *signature_length)
{
  CK_RV rv;

  shim_enter ("C_Sign");
  if (shim_has ("always", NULL) && !confirmed)
    return CKR_USER_NOT_LOGGED_IN;
  if (shim_has ("unclear", "C_Sign"))
    return CKR_FUNCTION_FAILED;
  rv = real->C_Sign (session, input, length, signature, signature_length);
  if (shim_has ("forge", NULL) && rv == CKR_OK)
    signature[5] ^= 1;
  if (shim_has ("huge", NULL))
    *signature_length = G_MAXULONG;

  return rv;
}

static void
wrap (void)
{
  shim = *real;
  shim.C_Initialize = C_Initialize_;
  shim.C_Finalize = C_Finalize_;
  shim.C_GetInfo = C_GetInfo_;
  shim.C_GetSlotList = C_GetSlotList_;
  shim.C_GetSlotInfo = C_GetSlotInfo_;
  shim.C_GetTokenInfo = C_GetTokenInfo_;
  shim.C_GetMechanismList = C_GetMechanismList_;
  shim.C_OpenSession = C_OpenSession_;
  shim.C_CloseSession = C_CloseSession_;
  shim.C_GetSessionInfo = C_GetSessionInfo_;
  shim.C_Login = C_Login_;
  shim.C_Logout = C_Logout_;
  shim.C_SetPIN = C_SetPIN_;
  shim.C_InitPIN = C_InitPIN_;
  shim.C_FindObjectsInit = C_FindObjectsInit_;
  shim.C_FindObjects = C_FindObjects_;
  shim.C_FindObjectsFinal = C_FindObjectsFinal_;
  shim.C_GetAttributeValue = C_GetAttributeValue_;
  shim.C_SignInit = C_SignInit_;
  shim.C_Sign = C_Sign_;
}

__attribute__ ((visibility ("default"))) CK_RV
C_GetFunctionList (CK_FUNCTION_LIST **list)
{
  shim_enter ("C_GetFunctionList");
  if (real == NULL)
    {
      void *module = dlopen (g_getenv ("EONAY_SHIM_MODULE"), RTLD_NOW | RTLD_LOCAL);
      CK_C_GetFunctionList get = module != NULL ? dlsym (module, "C_GetFunctionList") : NULL;

      g_setenv ("SOFTHSM2_CONF", g_getenv ("EONAY_SHIM_CONF"), TRUE);
      if (get == NULL || get (&real) != CKR_OK)
        return CKR_GENERAL_ERROR;
      wrap ();
    }
  *list = &shim;

  return CKR_OK;
}
