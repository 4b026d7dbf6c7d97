#include <string.h>

#include "base/eonay-error.h"
#include "card/pkcs11/host/eonay-pkcs11-host-key.h"
#include "card/pkcs11/host/eonay-pkcs11-host-object.h"
#include "card/pkcs11/host/eonay-pkcs11-host-private.h"
#include "card/token/eonay-public-key.h"

#define MECHANISMS_MAX 1024
#define SIGNATURE_MAX 2048

/* RFC 8017, 9.2, note 1. */
static const guint8 digest_info_sha256[] = { 0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60,
                                             0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
                                             0x01, 0x05, 0x00, 0x04, 0x20 };

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

  return eonay_pkcs11_host_check (self->functions->C_SignInit (self->handle, &mechanism, key),
                                  EONAY_PKCS11_RV_OF_CALL, "C_SignInit", -1, error) &&
         (!eonay_pkcs11_host_is_true (self->functions, self->handle, key,
                                      CKA_ALWAYS_AUTHENTICATE) ||
          eonay_pkcs11_session_confirm (self, signing->request, error));
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
  if (!eonay_pkcs11_host_check (rv, EONAY_PKCS11_RV_OF_CALL, "C_Sign", -1, error))
    return NULL;

  /* Says that it goes on, to somebody whose patience is measured. */
  eonay_pkcs11_host_tell_pin_try (self->host, EONAY_PIN_TRY_ACCEPTED);

  return g_bytes_new (signature, length);
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

      *key = g_array_index (keys, CK_OBJECT_HANDLE, i);
      answer = sign_one (signing, *key, 0, &local);
      if (answer != NULL)
        accepted = eonay_public_key_accept (signing->public_key, signing->request->scheme, digest,
                                            answer, &local);
      if (accepted != NULL)
        return g_steal_pointer (&accepted);
      if (eonay_card_error_is_about_pin (local) || local->domain != EONAY_CARD_ERROR)
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

static GPtrArray *
sign_all (const Signing *signing, GArray *keys, GError **error)
{
  g_autoptr (GPtrArray) signatures =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;

  for (guint i = 0; i < signing->request->digests->len; i++)
    {
      GBytes *signature = i == 0 ? sign_first (signing, keys, &key, error)
                                 : sign_one (signing, key, i, error);

      if (signature == NULL)
        return NULL;
      g_ptr_array_add (signatures, signature);
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
  if (!eonay_pkcs11_host_check (
          eonay_pkcs11_host_find (self->functions, self->handle, CKO_PRIVATE_KEY, &all),
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
      !eonay_pkcs11_session_login (self, request, EONAY_PIN_ROLE_PIN, error))
    return NULL;

  keys = find_keys (self, request, error);
  if (keys == NULL)
    return NULL;

  return sign_all (&signing, keys, error);
}
