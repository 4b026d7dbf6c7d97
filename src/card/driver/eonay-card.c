#include "card/driver/eonay-card.h"

#include "base/eonay-error.h"

typedef struct {
  EonayTokenDescription *description;
} EonayCardPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (EonayCard, eonay_card, G_TYPE_OBJECT)

static void
eonay_card_finalize (GObject *object)
{
  EonayCardPrivate *private = eonay_card_get_instance_private (EONAY_CARD (object));

  g_clear_pointer (&private->description, eonay_token_description_unref);

  G_OBJECT_CLASS (eonay_card_parent_class)->finalize (object);
}

static void
eonay_card_class_init (EonayCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_card_finalize;
}

static void
eonay_card_init (EonayCard *self)
{
}

EonayTokenDescription *
eonay_card_get_description (EonayCard *self)
{
  EonayCardPrivate *private = eonay_card_get_instance_private (self);

  return private->description;
}

void
eonay_card_describe (EonayCard *self, EonayTokenDescription *description)
{
  EonayCardPrivate *private = eonay_card_get_instance_private (self);

  g_clear_pointer (&private->description, eonay_token_description_unref);
  private->description = description;
}

EonayCardPin *
eonay_card_get_pin (EonayCard *self, EonayTokenCertificate *certificate, EonayPinRole role)
{
  return EONAY_CARD_GET_CLASS (self)->get_pin (self, certificate, role);
}

void
eonay_card_get_pin_state (EonayCard *self, EonayTokenCertificate *certificate, EonayPinRole role,
                          EonayPinState *state)
{
  const EonayPinFormat anything = { .min_length = 1, .max_length = EONAY_PIN_FORMAT_MAX };
  EonayCardPin *pin = eonay_card_get_pin (self, certificate, role);

  if (pin != NULL)
    eonay_card_pin_get_state (pin, state);
  else
    {
      eonay_pin_format_describe (&anything, state);
      state->absent = TRUE;
    }
}

static gboolean
refuse (EonayCardError code, const char *message, GError **error)
{
  g_set_error_literal (error, EONAY_CARD_ERROR, (int) code, message);

  return FALSE;
}

static gboolean
check_digests (EonayTokenRequest *request, GError **error)
{
  for (guint i = 0; i < request->digests->len; i++)
    if (g_bytes_get_size (g_ptr_array_index (request->digests, i)) !=
        eonay_signature_scheme_get_digest_length (request->scheme))
      return refuse (EONAY_CARD_ERROR_ALGORITHM, "A digest has not the length of its scheme",
                     error);

  return TRUE;
}

static EonayPublicKey *
new_public_key (EonayTokenRequest *request, GError **error)
{
  return eonay_public_key_new_from_certificate (
      eonay_token_certificate_get_der (request->certificate), error);
}

static gboolean
check_signing (EonayCard *self, EonayTokenRequest *request, GError **error)
{
  EonayCardPin *pin = eonay_card_get_pin (self, request->certificate, EONAY_PIN_ROLE_PIN);
  g_autoptr (EonayPublicKey) key = NULL;

  /* No card that we drive ourselves is known to have such a key; modules use theirs. */
  if (request->scheme == EONAY_SIGNATURE_SCHEME_ECDSA_SHA512)
    return refuse (EONAY_CARD_ERROR_ALGORITHM, "A key on P-521 signs through a PKCS#11 module only",
                   error);
  if (!EONAY_CARD_GET_CLASS (self)->check (self, request, error))
    return FALSE;

  key = new_public_key (request, error);

  return key != NULL && eonay_public_key_check_scheme (key, request->scheme, error) &&
         check_digests (request, error) &&
         (pin == NULL || eonay_card_pin_check (pin, request->secret, error));
}

static gboolean
check_new_pin (EonayCard *self, EonayTokenRequest *request, GError **error)
{
  EonayCardPin *pin = eonay_card_get_pin (self, request->certificate, EONAY_PIN_ROLE_PIN);
  EonayCardPin *presented = request->kind == EONAY_TOKEN_REQUEST_UNBLOCK
                                ? eonay_card_get_pin (self, request->certificate,
                                                      EONAY_PIN_ROLE_PUK)
                                : pin;

  if (pin == NULL)
    return refuse (EONAY_CARD_ERROR_MODULE_NEEDED, "The card does not describe its PIN", error);
  if (presented == NULL)
    return refuse (EONAY_CARD_ERROR_NO_PUK, "The card does not describe its PUK", error);

  return EONAY_CARD_GET_CLASS (self)->check (self, request, error) &&
         eonay_card_pin_check (presented, request->secret, error) &&
         eonay_card_pin_check (pin, request->new_pin, error);
}

gboolean
eonay_card_check (EonayCard *self, EonayTokenRequest *request, GError **error)
{
  switch (request->kind)
    {
    case EONAY_TOKEN_REQUEST_SIGN:
      return check_signing (self, request, error);
    case EONAY_TOKEN_REQUEST_CHANGE_PIN:
    case EONAY_TOKEN_REQUEST_UNBLOCK:
      return check_new_pin (self, request, error);
    case EONAY_TOKEN_REQUEST_REFRESH:
    default:
      return TRUE;
    }
}

static gboolean
is_in (EonayCard *self, EonayTransport *transport, GError **error)
{
  g_autoptr (GBytes) found = eonay_transport_get_atr (transport);

  return (found != NULL && g_bytes_equal (found, eonay_card_get_description (self)->atr)) ||
         refuse (EONAY_CARD_ERROR_REMOVED, "Another card is in the reader", error);
}

static gboolean
sign (EonayCard *self, EonayTransport *transport, EonayTokenRequest *request, GPtrArray *signatures,
      GError **error)
{
  g_autoptr (EonayPublicKey) key = new_public_key (request, error);

  return key != NULL &&
         EONAY_CARD_GET_CLASS (self)->sign (self, transport, request, key, signatures, error);
}

static gboolean
replace_pin (EonayCard *self, EonayTransport *transport, EonayTokenRequest *request, GError **error)
{
  EonayTokenCertificate *certificate = request->certificate;
  EonayCardPin *pin = eonay_card_get_pin (self, certificate, EONAY_PIN_ROLE_PIN);

  if (!EONAY_CARD_GET_CLASS (self)->select_pin (self, transport, certificate, error))
    return FALSE;
  if (request->kind == EONAY_TOKEN_REQUEST_CHANGE_PIN)
    return eonay_card_pin_change (pin, transport, request, error);

  return eonay_card_pin_unblock (pin, eonay_card_get_pin (self, certificate, EONAY_PIN_ROLE_PUK),
                                 transport, request, error);
}

static gboolean
execute (EonayCard *self, EonayTransport *transport, EonayTokenRequest *request,
         GPtrArray *signatures, GError **error)
{
  switch (request->kind)
    {
    case EONAY_TOKEN_REQUEST_SIGN:
      return sign (self, transport, request, signatures, error);
    case EONAY_TOKEN_REQUEST_CHANGE_PIN:
    case EONAY_TOKEN_REQUEST_UNBLOCK:
      return replace_pin (self, transport, request, error);
    case EONAY_TOKEN_REQUEST_REFRESH:
    default:
      return EONAY_CARD_GET_CLASS (self)->refresh (self, transport, request, error);
    }
}

GPtrArray *
eonay_card_execute (EonayCard *self, EonayTransport *transport, EonayTokenRequest *request,
                    GError **error)
{
  g_autoptr (GPtrArray) signatures =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  gboolean done = is_in (self, transport, error) &&
                  execute (self, transport, request, signatures, error);

  /* Kept for another signature that did not come to be needed; not if the request begins again. */
  if (done || request->pin_try != EONAY_PIN_TRY_NOT_SENT)
    g_clear_pointer (&request->secret, eonay_secret_free);

  return done ? g_steal_pointer (&signatures) : NULL;
}
