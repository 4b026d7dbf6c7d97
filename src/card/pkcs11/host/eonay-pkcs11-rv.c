#include "card/pkcs11/host/eonay-pkcs11-rv.h"

#include "base/eonay-error.h"

typedef struct {
  CK_RV rv;
  EonayCardError code;
} Row;

static const Row rows[] = {
  { CKR_SLOT_ID_INVALID, EONAY_CARD_ERROR_REMOVED },
  { CKR_DEVICE_REMOVED, EONAY_CARD_ERROR_REMOVED },
  { CKR_TOKEN_NOT_PRESENT, EONAY_CARD_ERROR_REMOVED },
  { CKR_TOKEN_NOT_RECOGNIZED, EONAY_CARD_ERROR_UNSUPPORTED },
  { CKR_DEVICE_ERROR, EONAY_CARD_ERROR_UNRESPONSIVE },
  { CKR_SESSION_CLOSED, EONAY_CARD_ERROR_RESET },
  { CKR_SESSION_HANDLE_INVALID, EONAY_CARD_ERROR_RESET },
  { CKR_SESSION_COUNT, EONAY_CARD_ERROR_BUSY },
  { CKR_SESSION_EXISTS, EONAY_CARD_ERROR_BUSY },
  { CKR_SESSION_READ_ONLY_EXISTS, EONAY_CARD_ERROR_BUSY },
  { CKR_OPERATION_ACTIVE, EONAY_CARD_ERROR_BUSY },
  { CKR_USER_ALREADY_LOGGED_IN, EONAY_CARD_ERROR_BUSY },
  { CKR_USER_ANOTHER_ALREADY_LOGGED_IN, EONAY_CARD_ERROR_BUSY },
  { CKR_USER_TOO_MANY_TYPES, EONAY_CARD_ERROR_BUSY },
  { CKR_USER_NOT_LOGGED_IN, EONAY_CARD_ERROR_NOT_AUTHORISED },
  { CKR_USER_PIN_NOT_INITIALIZED, EONAY_CARD_ERROR_NOT_AUTHORISED },
  { CKR_PIN_EXPIRED, EONAY_CARD_ERROR_NOT_AUTHORISED },
  { CKR_TOKEN_WRITE_PROTECTED, EONAY_CARD_ERROR_NOT_AUTHORISED },
  { CKR_SESSION_READ_ONLY, EONAY_CARD_ERROR_NOT_AUTHORISED },
  { CKR_FUNCTION_REJECTED, EONAY_CARD_ERROR_NOT_AUTHORISED },
  { CKR_KEY_FUNCTION_NOT_PERMITTED, EONAY_CARD_ERROR_NOT_AUTHORISED },
  { CKR_KEY_HANDLE_INVALID, EONAY_CARD_ERROR_KEY_NOT_FOUND },
  { CKR_OBJECT_HANDLE_INVALID, EONAY_CARD_ERROR_KEY_NOT_FOUND },
  { CKR_MECHANISM_INVALID, EONAY_CARD_ERROR_ALGORITHM },
  { CKR_MECHANISM_PARAM_INVALID, EONAY_CARD_ERROR_ALGORITHM },
  { CKR_KEY_TYPE_INCONSISTENT, EONAY_CARD_ERROR_ALGORITHM },
  { CKR_KEY_SIZE_RANGE, EONAY_CARD_ERROR_ALGORITHM },
  { CKR_DATA_INVALID, EONAY_CARD_ERROR_PROTOCOL },
  { CKR_DATA_LEN_RANGE, EONAY_CARD_ERROR_PROTOCOL },
  { CKR_BUFFER_TOO_SMALL, EONAY_CARD_ERROR_PROTOCOL },
  { CKR_CRYPTOKI_NOT_INITIALIZED, EONAY_CARD_ERROR_MODULE_FAILED },
};

/* A CK_RV that says something about a PIN, and what that is when it came of a PIN, a PUK, or the
   change to a new PIN. */
typedef struct {
  CK_RV rv;
  EonayCardError of[3];
} PinRow;

static const PinRow pin_rows[] = {
  { CKR_PIN_INCORRECT,
    { EONAY_CARD_ERROR_PIN_WRONG, EONAY_CARD_ERROR_PUK_WRONG, EONAY_CARD_ERROR_PIN_WRONG } },
  { CKR_PIN_LOCKED,
    { EONAY_CARD_ERROR_PIN_BLOCKED, EONAY_CARD_ERROR_PUK_BLOCKED, EONAY_CARD_ERROR_PIN_BLOCKED } },
  { CKR_PIN_LEN_RANGE,
    { EONAY_CARD_ERROR_PIN_LENGTH, EONAY_CARD_ERROR_PUK_LENGTH,
      EONAY_CARD_ERROR_NEW_PIN_REFUSED } },
  { CKR_PIN_INVALID,
    { EONAY_CARD_ERROR_PIN_LENGTH, EONAY_CARD_ERROR_PUK_LENGTH,
      EONAY_CARD_ERROR_NEW_PIN_REFUSED } },
};

static GError *
new_error (EonayCardError code, CK_RV rv, const char *what, int tries_left)
{
  switch (code)
    {
    case EONAY_CARD_ERROR_PIN_WRONG:
      return eonay_card_error_new_pin_wrong (tries_left);
    case EONAY_CARD_ERROR_PIN_BLOCKED:
      return eonay_card_error_new_pin_wrong (0);
    case EONAY_CARD_ERROR_PUK_WRONG:
      return eonay_card_error_new_puk_wrong (tries_left);
    case EONAY_CARD_ERROR_PUK_BLOCKED:
      return eonay_card_error_new_puk_wrong (0);
    default:
      return g_error_new (EONAY_CARD_ERROR, (int) code, "%s: CK_RV 0x%08lX", what, rv);
    }
}

static EonayCardError
find_code (CK_RV rv, EonayPkcs11RvOf of)
{
  for (gsize i = 0; of != EONAY_PKCS11_RV_OF_CALL && i < G_N_ELEMENTS (pin_rows); i++)
    if (pin_rows[i].rv == rv)
      return pin_rows[i].of[of - EONAY_PKCS11_RV_OF_PIN];

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].rv == rv)
      return rows[i].code;

  return EONAY_CARD_ERROR_FAILED;
}

gboolean
eonay_pkcs11_rv_check (CK_RV rv, EonayPkcs11RvOf of, const char *what, int tries_left,
                       GError **error)
{
  if (rv == CKR_OK)
    return TRUE;

  if (rv == CKR_FUNCTION_CANCELED || rv == CKR_CANCEL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s was cancelled", what);
  else
    g_propagate_error (error, new_error (find_code (rv, of), rv, what, tries_left));

  return FALSE;
}
