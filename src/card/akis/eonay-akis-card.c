#include "card/akis/eonay-akis-card.h"

#include "card/akis/eonay-akis-card-private.h"
#include "card/akis/eonay-akis-operation.h"
#include "card/pkcs15/eonay-pkcs15-pin.h"
#include "card/token/eonay-public-key.h"

/* Inferred for every family but v1.2: the user's PIN is the first, the PUK the second. */
#define REFERENCE_PIN 0x81
#define REFERENCE_PUK 0x82

/* Inferred, for a card that does not say: but that none is longer than 16 on v1.0. */
#define PIN_LENGTH_MIN 4
#define PIN_LENGTH_MAX 16

G_DEFINE_FINAL_TYPE (EonayAkisCard, eonay_akis_card, EONAY_TYPE_CARD)

EonayAkisKey *
eonay_akis_card_find_key (EonayAkisCard *self, EonayTokenCertificate *certificate)
{
  guint index;

  if (certificate == NULL || !g_ptr_array_find (self->certificates, certificate, &index))
    return NULL;

  return &g_array_index (self->keys, EonayAkisKey, index);
}

static gboolean
refuse (EonayCardError code, const char *message, GError **error)
{
  g_set_error_literal (error, EONAY_CARD_ERROR, (int) code, message);

  return FALSE;
}

static gboolean
check_family (EonayAkisCard *self, const EonayTokenRequest *request, GError **error)
{
  EonaySigningKnowledge known = request->kind == EONAY_TOKEN_REQUEST_UNBLOCK
                                    ? self->family->unblocking
                                    : self->family->signing;

  /* A wrong guess at how it is done would cost a try. */
  if (known == EONAY_SIGNING_UNKNOWN ||
      (known == EONAY_SIGNING_EXPERIMENTAL && !request->allow_experimental))
    return refuse (EONAY_CARD_ERROR_MODULE_NEEDED,
                   "Only the vendor's module is known to use the PIN of this card", error);
  if (!self->pins_are_known)
    return refuse (EONAY_CARD_ERROR_MODULE_NEEDED,
                   "The card keeps its PIN in a way that is not known", error);

  return TRUE;
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

static gboolean
check_signing (EonayAkisCard *self, EonayTokenRequest *request, GError **error)
{
  g_autoptr (EonayPublicKey) public_key = NULL;

  if (eonay_akis_card_find_key (self, request->certificate) == NULL ||
      !eonay_token_certificate_has_key (request->certificate))
    return refuse (EONAY_CARD_ERROR_KEY_NOT_FOUND, "The certificate's key is not on the card",
                   error);

  public_key = eonay_public_key_new_from_certificate (
      eonay_token_certificate_get_der (request->certificate), error);

  return public_key != NULL && eonay_public_key_check_scheme (public_key, request->scheme, error) &&
         eonay_akis_operation_check_scheme (self->family, request->scheme, error) &&
         check_digests (request, error) && eonay_card_pin_check (self->pin, request->secret, error);
}

static gboolean
eonay_akis_card_check (EonayCard *card, EonayTokenRequest *request, GError **error)
{
  EonayAkisCard *self = EONAY_AKIS_CARD (card);

  switch (request->kind)
    {
    case EONAY_TOKEN_REQUEST_SIGN:
      return check_family (self, request, error) && check_signing (self, request, error);
    case EONAY_TOKEN_REQUEST_CHANGE_PIN:
      return check_family (self, request, error) &&
             eonay_card_pin_check (self->pin, request->secret, error) &&
             eonay_card_pin_check (self->pin, request->new_pin, error);
    case EONAY_TOKEN_REQUEST_UNBLOCK:
      return check_family (self, request, error) &&
             eonay_card_pin_check (self->puk, request->secret, error) &&
             eonay_card_pin_check (self->pin, request->new_pin, error);
    case EONAY_TOKEN_REQUEST_REFRESH:
    default:
      return TRUE;
    }
}

void
eonay_akis_card_add (EonayAkisCard *self, const EonayAkisCertificate *certificate)
{
  const EonayAkisKey key = { .place = certificate->place, .key = certificate->key };
  const guint8 place = (guint8) certificate->place;
  g_autoptr (GBytes) id = certificate->id != NULL ? g_bytes_ref (certificate->id)
                                                  : g_bytes_new (&place, sizeof place);

  g_array_append_val (self->keys, key);
  g_ptr_array_add (self->certificates,
                   eonay_token_certificate_new (certificate->der, id, certificate->label,
                                                certificate->has_key, certificate->may_sign));
}

void
eonay_akis_card_take_serial (EonayAkisCard *self, char *serial, char *label)
{
  g_atomic_pointer_set (&self->label, label);
  g_atomic_pointer_set (&self->serial, serial);
  self->has_serial = TRUE;
}

static const char *
eonay_akis_card_get_label (EonayCard *card)
{
  const char *label = g_atomic_pointer_get (&EONAY_AKIS_CARD (card)->label);

  return label != NULL ? label : "";
}

static const char *
eonay_akis_card_get_serial (EonayCard *card)
{
  const char *serial = g_atomic_pointer_get (&EONAY_AKIS_CARD (card)->serial);

  return serial != NULL ? serial : "";
}

static const char *
eonay_akis_card_get_model (EonayCard *card)
{
  return EONAY_AKIS_CARD (card)->family->model;
}

static EonaySigningKnowledge
eonay_akis_card_get_signing_knowledge (EonayCard *card)
{
  EonayAkisCard *self = EONAY_AKIS_CARD (card);

  /* No key can be used without the PIN. */
  return self->pins_are_known ? self->family->signing : EONAY_SIGNING_UNKNOWN;
}

static const char *
eonay_akis_card_get_module_name (EonayCard *card)
{
  return "libakisp11.so";
}

static GPtrArray *
eonay_akis_card_get_certificates (EonayCard *card)
{
  return EONAY_AKIS_CARD (card)->certificates;
}

static void
eonay_akis_card_get_pin_state (EonayCard *card, EonayTokenCertificate *certificate,
                               EonayPinRole role, EonayPinState *state)
{
  EonayAkisCard *self = EONAY_AKIS_CARD (card);

  eonay_card_pin_get_state (role == EONAY_PIN_ROLE_PUK ? self->puk : self->pin, state);
}

/* A PIN for each signature, and for each key that is tried, is too much to type on a keypad; and
   what a keypad makes of digit values is inferred: a guess that could cost a try. */
static EonayCardPin *
eonay_akis_card_get_pin (EonayCard *card, EonayTokenCertificate *certificate, EonayPinRole role)
{
  EonayAkisCard *self = EONAY_AKIS_CARD (card);
  EonayCardPin *pin = role == EONAY_PIN_ROLE_PUK ? self->puk : self->pin;

  if (self->family->pin_each_time ||
      eonay_card_pin_get_rules (pin)->format.encoding == EONAY_PIN_ENCODING_DIGIT_VALUES)
    return NULL;

  return pin;
}

static void
eonay_akis_card_finalize (GObject *object)
{
  EonayAkisCard *self = EONAY_AKIS_CARD (object);

  eonay_card_pin_free (self->pin);
  eonay_card_pin_free (self->puk);
  g_bytes_unref (self->atr);
  g_ptr_array_unref (self->certificates);
  g_array_unref (self->keys);
  g_free (self->label);
  g_free (self->serial);

  G_OBJECT_CLASS (eonay_akis_card_parent_class)->finalize (object);
}

static void
eonay_akis_card_class_init (EonayAkisCardClass *klass)
{
  EonayCardClass *card_class = EONAY_CARD_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = eonay_akis_card_finalize;
  card_class->get_label = eonay_akis_card_get_label;
  card_class->get_serial = eonay_akis_card_get_serial;
  card_class->get_model = eonay_akis_card_get_model;
  card_class->get_signing_knowledge = eonay_akis_card_get_signing_knowledge;
  card_class->get_module_name = eonay_akis_card_get_module_name;
  card_class->get_certificates = eonay_akis_card_get_certificates;
  card_class->get_pin = eonay_akis_card_get_pin;
  card_class->get_pin_state = eonay_akis_card_get_pin_state;
  card_class->check = eonay_akis_card_check;
  card_class->execute = eonay_akis_card_execute;
}

static void
eonay_akis_card_init (EonayAkisCard *self)
{
  self->certificates = g_ptr_array_new_with_free_func (g_object_unref);
  self->keys = g_array_new (FALSE, FALSE, sizeof (EonayAkisKey));
}

/* The first PIN of this role in the card's directory, for its length and padding. */
static const EonayPkcs15Pin *
find_description (const EonayPkcs15Objects *objects, EonayPinRole role)
{
  for (guint i = 0; i < objects->pins->len; i++)
    {
      const EonayPkcs15Pin *pin = g_ptr_array_index (objects->pins, i);
      gboolean is_puk = eonay_pkcs15_has_flag (pin->flags, EONAY_PKCS15_PIN_UNBLOCKING);

      if (is_puk == (role == EONAY_PIN_ROLE_PUK) &&
          !eonay_pkcs15_has_flag (pin->flags, EONAY_PKCS15_PIN_SO))
        return pin;
    }

  return NULL;
}

/* A wrong guess at how a PIN is kept would cost a try. */
static gboolean
is_kept_in_known_way (const EonayAkisFamily *family, const EonayPkcs15Pin *described)
{
  if (described == NULL)
    return !family->wants_description;
  if (family->encoding == EONAY_PIN_ENCODING_DIGIT_VALUES)
    return !eonay_pkcs15_has_flag (described->flags, EONAY_PKCS15_PIN_NEEDS_PADDING);

  return eonay_pkcs15_pin_check_kind (described, NULL);
}

static EonayCardPin *
new_pin (const EonayAkisFamily *family, const EonayPkcs15Objects *objects, EonayPinRole role)
{
  const EonayPkcs15Facts nothing = { .tries_max = -1 };
  const EonayPkcs15Pin *described = find_description (objects, role);
  EonayCardPinRules rules = { .format = { .min_length = PIN_LENGTH_MIN,
                                          .max_length = PIN_LENGTH_MAX,
                                          .encoding = family->encoding } };

  if (described != NULL)
    eonay_pkcs15_pin_get_rules (described, &nothing, &rules);
  rules.role = role;
  rules.reference = role == EONAY_PIN_ROLE_PUK ? REFERENCE_PUK : REFERENCE_PIN;
  if (family->encoding == EONAY_PIN_ENCODING_DIGIT_VALUES)
    rules.format.encoding = family->encoding;
  rules.change = family->change;
  /* Nothing says that asking costs no try. */
  rules.may_ask = FALSE;
  rules.tries_max = role == EONAY_PIN_ROLE_PIN ? family->tries_max : -1;

  return eonay_card_pin_new (&rules);
}

EonayAkisCard *
eonay_akis_card_new (const EonayAkisFamily *family, const EonayPkcs15Objects *objects, GBytes *atr)
{
  EonayAkisCard *self = g_object_new (EONAY_TYPE_AKIS_CARD, NULL);

  self->family = family;
  self->atr = g_bytes_ref (atr);
  self->pins_are_known =
      is_kept_in_known_way (family, find_description (objects, EONAY_PIN_ROLE_PIN)) &&
      is_kept_in_known_way (family, find_description (objects, EONAY_PIN_ROLE_PUK));
  self->pin = new_pin (family, objects, EONAY_PIN_ROLE_PIN);
  self->puk = new_pin (family, objects, EONAY_PIN_ROLE_PUK);

  return self;
}
