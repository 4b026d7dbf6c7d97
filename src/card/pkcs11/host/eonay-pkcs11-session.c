#include "card/pkcs11/host/eonay-pkcs11-session.h"

#include <string.h>

#include "base/eonay-error.h"
#include "card/pkcs11/host/eonay-pkcs11-host-slots.h"
#include "card/pkcs11/host/eonay-pkcs11-object.h"
#include "card/pkcs11/host/eonay-pkcs11-rv.h"
#include "card/pkcs11/host/eonay-pkcs11-subject.h"
#include "card/token/eonay-public-key.h"

#define MECHANISMS_MAX 1024
#define SIGNATURE_MAX 2048

/* RFC 8017, 9.2, note 1. */
static const guint8 digest_info_sha256[] = { 0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60,
                                             0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
                                             0x01, 0x05, 0x00, 0x04, 0x20 };

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
  self->slot = eonay_pkcs11_host_slots_find (host, request, error);
  if (self->slot == NULL)
    return FALSE;

  return eonay_pkcs11_rv_check (
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
  g_clear_pointer (&self->secret, eonay_secret_free);
  g_clear_pointer (&self->new_pin, eonay_secret_free);
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
call (EonayPkcs11Session *self, Purpose purpose)
{
  gsize length, new_length;
  CK_UTF8CHAR_PTR pin = (CK_UTF8CHAR_PTR) peek (self->secret, &length);
  CK_UTF8CHAR_PTR new_pin = (CK_UTF8CHAR_PTR) peek (self->new_pin, &new_length);

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
  g_autoptr (EonayPkcs11Slot) now = eonay_pkcs11_host_slots_read (self->host, self->slot->id, NULL);
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
  g_autoptr (EonayPkcs11Slot) now = eonay_pkcs11_host_slots_read (self->host, self->slot->id,
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

/* As late as can be: until then the program knows for sure that the module has not seen them. */
static gboolean
fetch_pins (EonayPkcs11Session *self, const EonayPkcs11Request *request, GError **error)
{
  if (!self->has_pins)
    self->has_pins = eonay_pkcs11_host_fetch_pins (self->host, request, &self->secret,
                                                   &self->new_pin, error);

  return self->has_pins;
}

/* If the process ends before the outcome is told, the new PIN holds all the same. */
static gboolean
replaces_pin (Purpose purpose)
{
  return purpose == FOR_CHANGE || purpose == FOR_NEW_PIN;
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
  if (self->pin_failed)
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_FAILED,
                           "The module has failed with the PIN before");
      return FALSE;
    }
  if ((purpose != FOR_NEW_PIN && !may_spend_try (self, request, role, error)) ||
      !fetch_pins (self, request, error))
    return FALSE;

  eonay_pkcs11_host_say_pin_try (self->host, EONAY_PIN_TRY_UNCERTAIN);
  rv = call (self, purpose);
  if (result != NULL)
    *result = rv;
  self->n_sent++;
  self->accepted = self->accepted || rv == CKR_OK;
  self->pin_failed = rv != CKR_OK && rv != CKR_USER_NOT_LOGGED_IN;
  if (rv == CKR_OK ? !replaces_pin (purpose) : purpose == FOR_NEW_PIN)
    eonay_pkcs11_host_say_pin_try (self->host, EONAY_PIN_TRY_ACCEPTED);
  if (rv == CKR_PIN_INCORRECT)
    tries = ask_tries (self, role);

  return eonay_pkcs11_rv_check (rv, kinds[purpose], calls[purpose], tries, error);
}

static gboolean
check_length (const EonayPinState *state, guint16 length, EonayCardError code, GError **error)
{
  if (length >= state->min_length && length <= state->max_length)
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, (int) code, "The token cannot take this length");

  return FALSE;
}

static gboolean
check_lengths (EonayPkcs11Session *self, const EonayPkcs11Request *request, EonayPinRole role,
               GError **error)
{
  const EonayPkcs11Announced *announced = &request->announced;
  EonayPinState state, pin_state;

  eonay_pkcs11_slot_get_pin_state (self->slot, role, &state);
  eonay_pkcs11_slot_get_pin_state (self->slot, EONAY_PIN_ROLE_PIN, &pin_state);

  return (!announced->has_secret ||
          check_length (&state, announced->secret_length,
                        role == EONAY_PIN_ROLE_PUK ? EONAY_CARD_ERROR_PUK_LENGTH
                                                   : EONAY_CARD_ERROR_PIN_LENGTH,
                        error)) &&
         (!announced->has_new_pin || check_length (&pin_state, announced->new_pin_length,
                                                   EONAY_CARD_ERROR_NEW_PIN_REFUSED, error));
}

/* @role: as whom: the user with the PIN, or the security officer with the PUK */
static gboolean
log_in (EonayPkcs11Session *self, const EonayPkcs11Request *request, EonayPinRole role,
        GError **error)
{
  if (!check_lengths (self, request, role, error))
    return FALSE;

  forget_login (self);
  self->logged_in = send_pins (self, role == EONAY_PIN_ROLE_PUK ? FOR_UNBLOCKING : FOR_LOGIN,
                               request, NULL, error);

  return self->logged_in;
}

/** C_Login for one signature (CKU_CONTEXT_SPECIFIC), with the PIN that was accepted before. */
static gboolean
confirm (EonayPkcs11Session *self, const EonayPkcs11Request *request, GError **error)
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

  return log_in (self, request, EONAY_PIN_ROLE_PUK, error) &&
         send_pins (self, FOR_NEW_PIN, request, NULL, error);
}

/* How one signature is asked for. */
typedef struct {
  EonayPkcs11Session *session;
  const EonayPkcs11Request *request;
  CK_MECHANISM_TYPE mechanism;
  const EonayPublicKey *public_key;
} Signing;

static gboolean
has_mechanism (EonayPkcs11Session *self, CK_MECHANISM_TYPE wanted)
{
  g_autofree CK_MECHANISM_TYPE *list = g_new0 (CK_MECHANISM_TYPE, MECHANISMS_MAX);
  CK_ULONG count = MECHANISMS_MAX;

  if (self->functions->C_GetMechanismList (self->slot->id, list, &count) != CKR_OK)
    return FALSE;

  for (CK_ULONG i = 0; i < MIN (count, MECHANISMS_MAX); i++)
    if (list[i] == wanted)
      return TRUE;

  return FALSE;
}

static gboolean
has_messages (const EonayPkcs11Request *request)
{
  return request->messages != NULL && request->messages->len == request->digests->len;
}

static gboolean
choose_mechanism (EonayPkcs11Session *self, const EonayPkcs11Request *request,
                  CK_MECHANISM_TYPE *mechanism, GError **error)
{
  switch (request->scheme)
    {
    case EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256:
      *mechanism = CKM_RSA_PKCS;
      if (!has_mechanism (self, CKM_RSA_PKCS) && has_messages (request))
        *mechanism = CKM_SHA256_RSA_PKCS;
      break;
    case EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256:
      *mechanism = CKM_RSA_PKCS_PSS;
      break;
    case EONAY_SIGNATURE_SCHEME_ECDSA_SHA256:
    case EONAY_SIGNATURE_SCHEME_ECDSA_SHA384:
    case EONAY_SIGNATURE_SCHEME_ECDSA_SHA512:
    case EONAY_SIGNATURE_SCHEME_NONE:
    default:
      *mechanism = CKM_ECDSA;
      break;
    }
  if (has_mechanism (self, *mechanism))
    return TRUE;

  g_set_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_ALGORITHM,
               "The module has no mechanism 0x%08lX", *mechanism);

  return FALSE;
}

/* Returns: (transfer full): what C_Sign is given */
static GBytes *
make_input (const Signing *signing, guint index)
{
  GBytes *digest = g_ptr_array_index (signing->request->digests, index);
  g_autoptr (GByteArray) input = NULL;

  if (signing->mechanism == CKM_SHA256_RSA_PKCS)
    return g_bytes_ref (g_ptr_array_index (signing->request->messages, index));
  if (signing->mechanism != CKM_RSA_PKCS)
    return g_bytes_ref (digest);

  input = g_byte_array_new ();
  g_byte_array_append (input, digest_info_sha256, sizeof digest_info_sha256);
  g_byte_array_append (input, g_bytes_get_data (digest, NULL), (guint) g_bytes_get_size (digest));

  return g_byte_array_free_to_bytes (g_steal_pointer (&input));
}

static gboolean
begin (const Signing *signing, CK_OBJECT_HANDLE key, GError **error)
{
  EonayPkcs11Session *self = signing->session;
  CK_RSA_PKCS_PSS_PARAMS pss = { CKM_SHA256, CKG_MGF1_SHA256, 32 };
  CK_MECHANISM mechanism = { signing->mechanism, NULL, 0 };

  if (signing->mechanism == CKM_RSA_PKCS_PSS)
    {
      mechanism.pParameter = &pss;
      mechanism.ulParameterLen = sizeof pss;
    }

  return eonay_pkcs11_rv_check (self->functions->C_SignInit (self->handle, &mechanism, key),
                                EONAY_PKCS11_RV_OF_CALL, "C_SignInit", -1, error) &&
         (!eonay_pkcs11_object_is_true (self->functions, self->handle, key,
                                        CKA_ALWAYS_AUTHENTICATE) ||
          confirm (self, signing->request, error));
}

static GBytes *
sign_one (const Signing *signing, CK_OBJECT_HANDLE key, guint index, GError **error)
{
  EonayPkcs11Session *self = signing->session;
  g_autoptr (GBytes) input = make_input (signing, index);
  guint8 signature[SIGNATURE_MAX];
  CK_ULONG length = sizeof signature;
  gsize input_length;
  const void *bytes = g_bytes_get_data (input, &input_length);
  CK_RV rv;

  if (!begin (signing, key, error))
    return NULL;
  rv = self->functions->C_Sign (self->handle, (CK_BYTE_PTR) bytes, input_length, signature,
                                &length);
  if (rv == CKR_OK && length > sizeof signature)
    rv = CKR_BUFFER_TOO_SMALL;
  if (!eonay_pkcs11_rv_check (rv, EONAY_PKCS11_RV_OF_CALL, "C_Sign", -1, error))
    return NULL;

  /* Tells the parent, which waits with a timeout, that the work goes on. */
  eonay_pkcs11_host_say_pin_try (self->host, EONAY_PIN_TRY_ACCEPTED);

  return g_bytes_new (signature, length);
}

/* After what no other key is tried. A PIN that was sent for a signature is not sent for another key
   as long as it is not known what became of it. */
static gboolean
is_final (const GError *error, gboolean has_answer, gboolean has_sent)
{
  return eonay_card_error_is_about_pin (error) || error->domain != EONAY_CARD_ERROR ||
         (has_sent && !has_answer);
}

/* Signs the first digest with one key after the other: the one that fits is the one that the
   certificate verifies. */
static GBytes *
sign_first (const Signing *signing, GArray *keys, CK_OBJECT_HANDLE *key, GError **error)
{
  GBytes *digest = g_ptr_array_index (signing->request->digests, 0);
  g_autoptr (GError) first_error = NULL;

  for (guint i = 0; i < keys->len; i++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (GBytes) answer = NULL;
      g_autoptr (GBytes) accepted = NULL;
      guint n_sent = signing->session->n_sent;

      *key = g_array_index (keys, CK_OBJECT_HANDLE, i);
      answer = sign_one (signing, *key, 0, &local);
      if (answer != NULL)
        accepted = eonay_public_key_accept (signing->public_key, signing->request->scheme, digest,
                                            answer, &local);
      if (accepted != NULL)
        return g_steal_pointer (&accepted);
      if (is_final (local, answer != NULL, signing->session->n_sent > n_sent))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (first_error == NULL)
        first_error = g_steal_pointer (&local);
    }

  if (first_error == NULL)
    first_error = g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_KEY_NOT_FOUND,
                                       "No key on the token belongs to the certificate");
  g_propagate_error (error, g_steal_pointer (&first_error));

  return NULL;
}

/* A module that crashes with the next one takes no signature with it. */
static void
say_signed (EonayPkcs11Host *host, GBytes *signature)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, signature);
  eonay_pkcs11_host_say (host, EONAY_PKCS11_SAYS_SIGNED, &(EonayPkcs11Answer){ .signatures = one });
}

static GPtrArray *
sign_all (const Signing *signing, GArray *keys, GError **error)
{
  g_autoptr (GPtrArray) signatures =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;

  for (guint i = 0; i < signing->request->digests->len; i++)
    {
      GBytes *signature;

      if (i > 0 && eonay_pkcs11_host_is_stopped (signing->session->host))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped");
          return NULL;
        }
      signature = i == 0 ? sign_first (signing, keys, &key, error)
                         : sign_one (signing, key, i, error);

      if (signature == NULL)
        return NULL;
      g_ptr_array_add (signatures, signature);
      say_signed (signing->session->host, signature);
    }

  return g_steal_pointer (&signatures);
}

/* Returns: (transfer full) (element-type CK_OBJECT_HANDLE): keys to try */
static GArray *
find_keys (EonayPkcs11Session *self, const EonayPkcs11Request *request, GError **error)
{
  g_autoptr (EonayPkcs11Subject) subject = eonay_pkcs11_subject_new (request->certificate);
  g_autoptr (GArray) all = NULL;

  if (subject == NULL)
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MALFORMED,
                           "The certificate cannot be read");
      return NULL;
    }
  if (!eonay_pkcs11_rv_check (
          eonay_pkcs11_object_find (self->functions, self->handle, CKO_PRIVATE_KEY, &all),
          EONAY_PKCS11_RV_OF_CALL, "C_FindObjects", -1, error))
    return NULL;

  return eonay_pkcs11_subject_rank (subject, self->functions, self->handle, all, request->key_id);
}

GPtrArray *
eonay_pkcs11_session_sign (EonayPkcs11Session *self, const EonayPkcs11Request *request,
                           GError **error)
{
  g_autoptr (EonayPublicKey) public_key =
      eonay_public_key_new_from_certificate (request->certificate, error);
  Signing signing = { .session = self, .request = request, .public_key = public_key };
  g_autoptr (GArray) keys = NULL;

  if (public_key == NULL || !eonay_public_key_check_scheme (public_key, request->scheme, error) ||
      !choose_mechanism (self, request, &signing.mechanism, error) ||
      !log_in (self, request, EONAY_PIN_ROLE_PIN, error))
    return NULL;

  keys = find_keys (self, request, error);
  if (keys == NULL)
    return NULL;

  return sign_all (&signing, keys, error);
}
