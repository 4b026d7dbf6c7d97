#include "base/eonay-error.h"
#include "card/pkcs11/host/eonay-pkcs11-rv.h"

/* What each CK_RV means, of a call without a PIN, a PIN, a PUK, and a new PIN. */
typedef struct {
  CK_RV rv;
  EonayCardError of[4];
} Row;

#define SAME(code_)            \
  {                            \
    code_, code_, code_, code_ \
  }

static const Row rows[] = {
  { CKR_HOST_MEMORY, SAME (EONAY_CARD_ERROR_FAILED) },
  { CKR_SLOT_ID_INVALID, SAME (EONAY_CARD_ERROR_REMOVED) },
  { CKR_GENERAL_ERROR, SAME (EONAY_CARD_ERROR_FAILED) },
  { CKR_FUNCTION_FAILED, SAME (EONAY_CARD_ERROR_FAILED) },
  { CKR_ARGUMENTS_BAD, SAME (EONAY_CARD_ERROR_FAILED) },
  { CKR_DATA_INVALID, SAME (EONAY_CARD_ERROR_PROTOCOL) },
  { CKR_DATA_LEN_RANGE, SAME (EONAY_CARD_ERROR_PROTOCOL) },
  { CKR_DEVICE_ERROR, SAME (EONAY_CARD_ERROR_UNRESPONSIVE) },
  { CKR_DEVICE_REMOVED, SAME (EONAY_CARD_ERROR_REMOVED) },
  { CKR_FUNCTION_NOT_SUPPORTED, SAME (EONAY_CARD_ERROR_FAILED) },
  { CKR_KEY_HANDLE_INVALID, SAME (EONAY_CARD_ERROR_KEY_NOT_FOUND) },
  { CKR_KEY_SIZE_RANGE, SAME (EONAY_CARD_ERROR_ALGORITHM) },
  { CKR_KEY_TYPE_INCONSISTENT, SAME (EONAY_CARD_ERROR_ALGORITHM) },
  { CKR_KEY_FUNCTION_NOT_PERMITTED, SAME (EONAY_CARD_ERROR_NOT_AUTHORISED) },
  { CKR_MECHANISM_INVALID, SAME (EONAY_CARD_ERROR_ALGORITHM) },
  { CKR_MECHANISM_PARAM_INVALID, SAME (EONAY_CARD_ERROR_ALGORITHM) },
  { CKR_OBJECT_HANDLE_INVALID, SAME (EONAY_CARD_ERROR_KEY_NOT_FOUND) },
  { CKR_OPERATION_ACTIVE, SAME (EONAY_CARD_ERROR_BUSY) },
  { CKR_PIN_INCORRECT,
    { EONAY_CARD_ERROR_FAILED, EONAY_CARD_ERROR_PIN_WRONG, EONAY_CARD_ERROR_PUK_WRONG,
      EONAY_CARD_ERROR_PIN_WRONG } },
  { CKR_PIN_INVALID,
    { EONAY_CARD_ERROR_FAILED, EONAY_CARD_ERROR_PIN_LENGTH, EONAY_CARD_ERROR_PUK_LENGTH,
      EONAY_CARD_ERROR_NEW_PIN_REFUSED } },
  { CKR_PIN_LEN_RANGE,
    { EONAY_CARD_ERROR_FAILED, EONAY_CARD_ERROR_PIN_LENGTH, EONAY_CARD_ERROR_PUK_LENGTH,
      EONAY_CARD_ERROR_NEW_PIN_REFUSED } },
  { CKR_PIN_EXPIRED, SAME (EONAY_CARD_ERROR_NOT_AUTHORISED) },
  { CKR_PIN_LOCKED,
    { EONAY_CARD_ERROR_FAILED, EONAY_CARD_ERROR_PIN_BLOCKED, EONAY_CARD_ERROR_PUK_BLOCKED,
      EONAY_CARD_ERROR_PIN_BLOCKED } },
  { CKR_SESSION_CLOSED, SAME (EONAY_CARD_ERROR_RESET) },
  { CKR_SESSION_COUNT, SAME (EONAY_CARD_ERROR_BUSY) },
  { CKR_SESSION_HANDLE_INVALID, SAME (EONAY_CARD_ERROR_RESET) },
  { CKR_SESSION_READ_ONLY, SAME (EONAY_CARD_ERROR_NOT_AUTHORISED) },
  { CKR_SESSION_EXISTS, SAME (EONAY_CARD_ERROR_BUSY) },
  { CKR_SESSION_READ_ONLY_EXISTS, SAME (EONAY_CARD_ERROR_BUSY) },
  { CKR_TOKEN_NOT_PRESENT, SAME (EONAY_CARD_ERROR_REMOVED) },
  { CKR_TOKEN_NOT_RECOGNIZED, SAME (EONAY_CARD_ERROR_UNSUPPORTED) },
  { CKR_TOKEN_WRITE_PROTECTED, SAME (EONAY_CARD_ERROR_NOT_AUTHORISED) },
  { CKR_USER_ALREADY_LOGGED_IN, SAME (EONAY_CARD_ERROR_BUSY) },
  { CKR_USER_NOT_LOGGED_IN, SAME (EONAY_CARD_ERROR_NOT_AUTHORISED) },
  { CKR_USER_PIN_NOT_INITIALIZED, SAME (EONAY_CARD_ERROR_NOT_AUTHORISED) },
  { CKR_USER_ANOTHER_ALREADY_LOGGED_IN, SAME (EONAY_CARD_ERROR_BUSY) },
  { CKR_USER_TOO_MANY_TYPES, SAME (EONAY_CARD_ERROR_BUSY) },
  { CKR_BUFFER_TOO_SMALL, SAME (EONAY_CARD_ERROR_PROTOCOL) },
  { CKR_CRYPTOKI_NOT_INITIALIZED, SAME (EONAY_CARD_ERROR_MODULE_FAILED) },
  { CKR_FUNCTION_REJECTED, SAME (EONAY_CARD_ERROR_NOT_AUTHORISED) },
  { CKR_VENDOR_DEFINED | 0x1234, SAME (EONAY_CARD_ERROR_FAILED) },
};

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (EonayPkcs11RvOf of = EONAY_PKCS11_RV_OF_CALL; of <= EONAY_PKCS11_RV_OF_NEW_PIN; of++)
      {
        g_autoptr (GError) error = NULL;

        g_test_message ("0x%08lX of %d", rows[i].rv, of);
        g_assert_false (eonay_pkcs11_rv_check (rows[i].rv, of, "C_Call", -1, &error));
        g_assert_error (error, EONAY_CARD_ERROR, (int) rows[i].of[of]);
      }
}

static void
test_ok (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (eonay_pkcs11_rv_check (CKR_OK, EONAY_PKCS11_RV_OF_PIN, "C_Login", 0, &error));
  g_assert_no_error (error);
}

static void
test_cancelled (void)
{
  const CK_RV cancels[] = { CKR_CANCEL, CKR_FUNCTION_CANCELED };

  for (gsize i = 0; i < G_N_ELEMENTS (cancels); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (
          eonay_pkcs11_rv_check (cancels[i], EONAY_PKCS11_RV_OF_PIN, "C_Login", -1, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_tries (void)
{
  const struct {
    CK_RV rv;
    EonayPkcs11RvOf of;
    int tries_left;
    EonayCardError code;
  } cases[] = {
    { CKR_PIN_INCORRECT, EONAY_PKCS11_RV_OF_PIN, 1, EONAY_CARD_ERROR_PIN_WRONG },
    { CKR_PIN_INCORRECT, EONAY_PKCS11_RV_OF_PIN, 0, EONAY_CARD_ERROR_PIN_BLOCKED },
    { CKR_PIN_INCORRECT, EONAY_PKCS11_RV_OF_PUK, 1, EONAY_CARD_ERROR_PUK_WRONG },
    { CKR_PIN_INCORRECT, EONAY_PKCS11_RV_OF_PUK, 0, EONAY_CARD_ERROR_PUK_BLOCKED },
    { CKR_PIN_LOCKED, EONAY_PKCS11_RV_OF_PIN, 0, EONAY_CARD_ERROR_PIN_BLOCKED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (
          eonay_pkcs11_rv_check (cases[i].rv, cases[i].of, "C_Login", cases[i].tries_left, &error));
      g_assert_error (error, EONAY_CARD_ERROR, (int) cases[i].code);
      g_assert_cmpint (eonay_card_error_get_tries_left (error), ==, cases[i].tries_left);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/card/pkcs11-rv/rows", test_rows);
  g_test_add_func ("/card/pkcs11-rv/ok", test_ok);
  g_test_add_func ("/card/pkcs11-rv/cancelled", test_cancelled);
  g_test_add_func ("/card/pkcs11-rv/tries", test_tries);

  return g_test_run ();
}
