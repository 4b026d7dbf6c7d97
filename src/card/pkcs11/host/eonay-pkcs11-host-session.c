#include <openssl/crypto.h>
#include <string.h>

#include "base/eonay-error.h"
#include "card/pkcs11/host/eonay-pkcs11-host-private.h"

/* What a PIN is sent for. */
typedef enum {
  FOR_LOGIN,
  FOR_UNBLOCKING, /* C_Login with the PUK */
  FOR_SIGNATURE,
  FOR_CHANGE,  /* C_SetPIN with the old and the new one */
  FOR_NEW_PIN, /* C_InitPIN with the new one */
} Purpose;

static const char *const calls[] = { "C_Login", "C_Login as security officer",
                                     "C_Login for a signature", "C_SetPIN", "C_InitPIN" };

static const EonayPkcs11RvOf kinds[] = { EONAY_PKCS11_RV_OF_PIN, EONAY_PKCS11_RV_OF_PUK,
                                         EONAY_PKCS11_RV_OF_PIN, EONAY_PKCS11_RV_OF_NEW_PIN,
                                         EONAY_PKCS11_RV_OF_NEW_PIN };

gboolean
eonay_pkcs11_session_open (EonayPkcs11Session *self, EonayPkcs11Host *host,
                           const EonayPkcs11Request *request, gboolean may_write, GError **error)
{
  CK_FLAGS flags = CKF_SERIAL_SESSION | (may_write ? CKF_RW_SESSION : 0);

  self->host = host;
  self->functions = host->functions;
  self->slot = eonay_pkcs11_host_find_token (host, request, error);
  if (self->slot == NULL)
    return FALSE;

  return eonay_pkcs11_host_check (
      self->functions->C_OpenSession (self->slot->id, flags, NULL, NULL, &self->handle),
      EONAY_PKCS11_RV_OF_CALL, "C_OpenSession", -1, error);
}

void
eonay_pkcs11_session_close (EonayPkcs11Session *self)
{
  if (self->logged_in)
    self->functions->C_Logout (self->handle);
  if (self->handle != CK_INVALID_HANDLE)
    self->functions->C_CloseSession (self->handle);
  g_clear_pointer (&self->slot, eonay_pkcs11_slot_free);
}

/* A session that somebody has left logged in would sign without the PIN having been asked. */
static void
forget_login (EonayPkcs11Session *self)
{
  CK_SESSION_INFO info = { 0 };

  if (self->functions->C_GetSessionInfo (self->handle, &info) == CKR_OK &&
      info.state != CKS_RO_PUBLIC_SESSION && info.state != CKS_RW_PUBLIC_SESSION)
    self->functions->C_Logout (self->handle);
}

static const guint8 *
peek (const EonaySecret *secret, gsize *length)
{
  *length = 0;

  return secret != NULL ? eonay_secret_peek (secret, length) : NULL;
}

/* PKCS#11 wants PINs that it may write to. */
static CK_RV
call (EonayPkcs11Session *self, Purpose purpose, const EonayPkcs11Request *request)
{
  gsize length, new_length;
  CK_UTF8CHAR_PTR pin = (CK_UTF8CHAR_PTR) peek (request->secret, &length);
  CK_UTF8CHAR_PTR new_pin = (CK_UTF8CHAR_PTR) peek (request->new_pin, &new_length);

  switch (purpose)
    {
    case FOR_LOGIN:
      return self->functions->C_Login (self->handle, CKU_USER, pin, length);
    case FOR_UNBLOCKING:
      return self->functions->C_Login (self->handle, CKU_SO, pin, length);
    case FOR_SIGNATURE:
      return self->functions->C_Login (self->handle, CKU_CONTEXT_SPECIFIC, pin, length);
    case FOR_CHANGE:
      return self->functions->C_SetPIN (self->handle, pin, length, new_pin, new_length);
    case FOR_NEW_PIN:
    default:
      return self->functions->C_InitPIN (self->handle, new_pin, new_length);
    }
}

/* The token's flags after a wrong PIN are all that PKCS#11 tells of the tries left. */
static int
ask_tries (EonayPkcs11Session *self, EonayPinRole role)
{
  g_autoptr (EonayPkcs11Slot) now = eonay_pkcs11_host_read_state (self->host, self->slot->id, NULL);
  EonayPinState state;

  if (now == NULL)
    return -1;

  eonay_pkcs11_slot_get_pin_state (now, role, &state);

  return state.tries_left;
}

/* Others may have spent tries since the person was shown the token. */
static gboolean
may_spend_try (EonayPkcs11Session *self, const EonayPkcs11Request *request, EonayPinRole role,
               GError **error)
{
  g_autoptr (EonayPkcs11Slot) now = eonay_pkcs11_host_read_state (self->host, self->slot->id,
                                                                  error);
  EonayPinState state;

  if (now == NULL)
    return FALSE;
  if (!g_str_equal (now->serial, self->slot->serial) ||
      !g_str_equal (now->label, self->slot->label))
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED,
                           "Another token is there");
      return FALSE;
    }

  eonay_pkcs11_slot_get_pin_state (now, role, &state);
  /* The program has seen to it that what was shown is of this token and role. */
  state.pin = TRUE;

  return eonay_pin_consent_check (&request->consent, &state, role, self->accepted, error);
}

/* The only code that sends a PIN to a module. @rv: (out) (optional) */
static gboolean
send_pins (EonayPkcs11Session *self, Purpose purpose, const EonayPkcs11Request *request,
           CK_RV *result, GError **error)
{
  EonayPinRole role = purpose == FOR_UNBLOCKING ? EONAY_PIN_ROLE_PUK : EONAY_PIN_ROLE_PIN;
  int tries = -1;
  CK_RV rv;

  if (result != NULL)
    *result = CKR_CANCEL;
  if (purpose != FOR_NEW_PIN && !may_spend_try (self, request, role, error))
    return FALSE;

  eonay_pkcs11_host_tell_pin_try (self->host, EONAY_PIN_TRY_UNCERTAIN);
  rv = call (self, purpose, request);
  if (result != NULL)
    *result = rv;
  self->accepted = self->accepted || rv == CKR_OK;
  if (rv == CKR_OK)
    eonay_pkcs11_host_tell_pin_try (self->host, EONAY_PIN_TRY_ACCEPTED);
  else if (rv == CKR_PIN_INCORRECT)
    tries = ask_tries (self, role);

  return eonay_pkcs11_host_check (rv, kinds[purpose], calls[purpose], tries, error);
}

static gboolean
check_length (const EonayPinState *state, EonaySecret *secret, EonayCardError code, GError **error)
{
  gsize length;

  if (secret == NULL)
    return TRUE;
  eonay_secret_peek (secret, &length);
  if (length >= state->min_length && length <= state->max_length)
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, (int) code, "The token cannot take this length");

  return FALSE;
}

static gboolean
check_lengths (EonayPkcs11Session *self, const EonayPkcs11Request *request, EonayPinRole role,
               GError **error)
{
  EonayPinState state, pin_state;

  eonay_pkcs11_slot_get_pin_state (self->slot, role, &state);
  eonay_pkcs11_slot_get_pin_state (self->slot, EONAY_PIN_ROLE_PIN, &pin_state);

  return check_length (&state, request->secret,
                       role == EONAY_PIN_ROLE_PUK ? EONAY_CARD_ERROR_PUK_LENGTH
                                                  : EONAY_CARD_ERROR_PIN_LENGTH,
                       error) &&
         check_length (&pin_state, request->new_pin, EONAY_CARD_ERROR_NEW_PIN_REFUSED, error);
}

gboolean
eonay_pkcs11_session_login (EonayPkcs11Session *self, const EonayPkcs11Request *request,
                            EonayPinRole role, GError **error)
{
  if (!check_lengths (self, request, role, error))
    return FALSE;

  forget_login (self);
  self->logged_in = send_pins (self, role == EONAY_PIN_ROLE_PUK ? FOR_UNBLOCKING : FOR_LOGIN,
                               request, NULL, error);

  return self->logged_in;
}

gboolean
eonay_pkcs11_session_confirm (EonayPkcs11Session *self, const EonayPkcs11Request *request,
                              GError **error)
{
  return send_pins (self, FOR_SIGNATURE, request, NULL, error);
}

gboolean
eonay_pkcs11_session_change_pin (EonayPkcs11Session *self, const EonayPkcs11Request *request,
                                 GError **error)
{
  g_autoptr (GError) local = NULL;
  CK_RV rv;

  if (!check_lengths (self, request, EONAY_PIN_ROLE_PIN, error))
    return FALSE;

  forget_login (self);
  if (send_pins (self, FOR_CHANGE, request, &rv, &local))
    return TRUE;
  /* Some modules want a login before they look at the PINs; the old PIN was not tried then. */
  if (rv == CKR_USER_NOT_LOGGED_IN)
    {
      g_clear_error (&local);
      self->logged_in = send_pins (self, FOR_LOGIN, request, NULL, &local);
      if (self->logged_in && send_pins (self, FOR_CHANGE, request, NULL, &local))
        return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

gboolean
eonay_pkcs11_session_unblock (EonayPkcs11Session *self, const EonayPkcs11Request *request,
                              GError **error)
{
  /* That the security officer's PIN is the PUK is some vendors' custom, not the standard's: with
     the other modules this would spend the tries of another secret. */
  if ((self->slot->flags & EONAY_PKCS11_UNBLOCKS) == 0)
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NO_UNBLOCK,
                           "The module is not known to take the PUK as SO PIN");
      return FALSE;
    }

  return eonay_pkcs11_session_login (self, request, EONAY_PIN_ROLE_PUK, error) &&
         send_pins (self, FOR_NEW_PIN, request, NULL, error);
}
