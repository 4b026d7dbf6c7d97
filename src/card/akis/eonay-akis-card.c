#include "card/akis/eonay-akis-card.h"

#include "base/eonay-error.h"
#include "card/akis/eonay-akis-files.h"
#include "card/akis/eonay-akis-operation.h"
#include "card/akis/eonay-akis-serial.h"
#include "card/pkcs15/eonay-pkcs15-pin.h"

/* Inferred for every family but v1.2: the user's PIN is the first, the PUK the second. */
#define REFERENCE_PIN 0x81
#define REFERENCE_PUK 0x82

/* Inferred, for a card that does not say: but that none is longer than 16 on v1.0. */
#define PIN_LENGTH_MIN 4
#define PIN_LENGTH_MAX 16

#define KEY_LAST_TRIED 10
#define KEY_MASK 0x7F

/*
 * Where a certificate's key may be. Worker thread.
 *
 * @place: of the certificate, from 1 on
 * @key: what the card's directory says, 0 for nothing; once @settled, the one that has signed
 */
typedef struct {
  guint place;
  guint8 key;
  gboolean settled;
} Key;

/*
 * @keys: (element-type Key): one for each certificate
 * @pins_are_known: whether PIN and PUK are kept in a way that is known
 * @pin_refused: whether the card has refused the PIN, and not accepted one since
 */
struct _EonayAkisCard {
  EonayCard parent_instance;

  const EonayAkisFamily *family;
  GArray *keys;
  EonayCardPin *pin;
  EonayCardPin *puk;
  gboolean pins_are_known;
  gboolean pin_refused;
};

/* A batch on its way: what all its signatures have in common. */
typedef struct {
  EonayAkisCard *card;
  EonayTransport *transport;
  EonayTokenRequest *request;
  const EonayPublicKey *public_key;
  Key *key;
} Batch;

G_DEFINE_FINAL_TYPE (EonayAkisCard, eonay_akis_card, EONAY_TYPE_CARD)

/* Returns: (transfer none) (nullable): for one of the card's own */
static Key *
find_key (EonayAkisCard *self, EonayTokenCertificate *certificate)
{
  guint index;

  if (!g_ptr_array_find (eonay_card_get_description (EONAY_CARD (self))->certificates, certificate,
                         &index))
    return NULL;

  return &g_array_index (self->keys, Key, index);
}

static gboolean
refuse (EonayCardError code, const char *message, GError **error)
{
  g_set_error_literal (error, EONAY_CARD_ERROR, (int) code, message);

  return FALSE;
}

static gboolean
eonay_akis_card_check (EonayCard *card, EonayTokenRequest *request, GError **error)
{
  EonayAkisCard *self = EONAY_AKIS_CARD (card);
  gboolean unblocks = request->kind == EONAY_TOKEN_REQUEST_UNBLOCK;
  EonaySigningKnowledge known = unblocks ? self->family->unblocking : self->family->signing;

  /* A wrong guess at how it is done would cost a try. A card that signs without a module has none
     to be unblocked through. */
  if (unblocks && known == EONAY_SIGNING_UNKNOWN && self->family->signing == EONAY_SIGNING_PROVEN)
    return refuse (EONAY_CARD_ERROR_NO_PUK, "How this card is unblocked is not known", error);
  if (known == EONAY_SIGNING_UNKNOWN ||
      (known == EONAY_SIGNING_EXPERIMENTAL && !request->allow_experimental))
    return refuse (EONAY_CARD_ERROR_MODULE_NEEDED,
                   "Only the vendor's module is known to use the PIN of this card", error);
  if (!self->pins_are_known)
    return refuse (EONAY_CARD_ERROR_MODULE_NEEDED,
                   "The card keeps its PIN in a way that is not known", error);
  if (request->kind != EONAY_TOKEN_REQUEST_SIGN)
    return TRUE;

  if (find_key (self, request->certificate) == NULL ||
      !eonay_token_certificate_has_key (request->certificate))
    return refuse (EONAY_CARD_ERROR_KEY_NOT_FOUND, "The certificate's key is not on the card",
                   error);

  return eonay_akis_operation_check_scheme (self->family, request->scheme, error);
}

static EonayCardPin *
eonay_akis_card_get_pin (EonayCard *card, EonayTokenCertificate *certificate, EonayPinRole role)
{
  EonayAkisCard *self = EONAY_AKIS_CARD (card);

  return role == EONAY_PIN_ROLE_PUK ? self->puk : self->pin;
}

/* There is one folder for all. */
static gboolean
eonay_akis_card_select_pin (EonayCard *card, EonayTransport *transport,
                            EonayTokenCertificate *certificate, GError **error)
{
  const EonayAkisFamily *family = EONAY_AKIS_CARD (card)->family;
  EonayCardFiles files;
  gboolean found;

  eonay_akis_files_init (&files, family, transport);

  return eonay_akis_files_select_application (&files, family, &found, error) &&
         (found || refuse (EONAY_CARD_ERROR_PROTOCOL,
                           "The card's application can no longer be selected", error));
}

static gboolean
verify (EonayAkisCard *self, EonayTransport *transport, EonayTokenRequest *request, gboolean keep,
        GError **error)
{
  gboolean accepted = eonay_card_pin_verify (self->pin, transport, request, keep, error);

  self->pin_refused = !accepted && request->pin_try != EONAY_PIN_TRY_NOT_SENT;

  return accepted;
}

static void
add_candidate (GArray *candidates, guint key)
{
  const guint8 value = (guint8) (key & KEY_MASK);

  for (guint i = 0; i < candidates->len; i++)
    if (g_array_index (candidates, guint8, i) == value)
      return;
  if (value != 0)
    g_array_append_val (candidates, value);
}

/*
 * The keys to try, most likely first. Where each try takes a VERIFY of its own, a PIN that may be
 * wrong is not sent on a guess.
 */
static GArray *
list_candidates (const Batch *batch, gboolean may_guess)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (guint8));

  add_candidate (candidates, batch->key->key);
  if (batch->key->settled)
    return candidates;

  if (candidates->len == 0 || may_guess)
    add_candidate (candidates, 2 * batch->key->place - 1);
  for (guint key = 1; may_guess && key <= KEY_LAST_TRIED; key++)
    add_candidate (candidates, key);

  return candidates;
}

static GBytes *
sign_with (const Batch *batch, guint8 key, GBytes *digest, gboolean keep, GError **error)
{
  const EonayAkisFamily *family = batch->card->family;
  EonayTokenRequest *request = batch->request;
  g_autoptr (GBytes) answer = NULL;

  if (!eonay_token_request_may_go_on (request, error) ||
      (family->pin_each_time && !verify (batch->card, batch->transport, request, keep, error)))
    return NULL;

  answer = eonay_akis_operation_sign (family, batch->transport, request->scheme, key, digest,
                                      eonay_public_key_get_size (batch->public_key), error);
  if (answer == NULL)
    return NULL;

  return eonay_public_key_accept (batch->public_key, request->scheme, digest, answer, error);
}

/* @last: whether no digest follows. Returns: the signature; %NULL with the first key's error */
static GBytes *
sign_one (const Batch *batch, GBytes *digest, gboolean last, GError **error)
{
  EonayAkisCard *self = batch->card;
  gboolean may_guess = !self->family->pin_each_time ||
                       (!self->pin_refused && batch->request->secret != NULL);
  g_autoptr (GArray) candidates = list_candidates (batch, may_guess);
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < candidates->len; i++)
    {
      guint8 key = g_array_index (candidates, guint8, i);
      gboolean keep = !last || i + 1 < candidates->len;
      g_autoptr (GError) local = NULL;
      GBytes *signature = sign_with (batch, key, digest, keep, &local);

      if (signature != NULL)
        {
          batch->key->key = key;
          batch->key->settled = TRUE;
          return signature;
        }
      /* A refused PIN looks like a missing key on some cards, and is not sent again. */
      if (!eonay_akis_operation_is_other_key (local) || self->pin_refused)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (first == NULL)
        first = g_steal_pointer (&local);
    }

  g_propagate_error (error, g_steal_pointer (&first));

  return NULL;
}

static gboolean
eonay_akis_card_sign (EonayCard *card, EonayTransport *transport, EonayTokenRequest *request,
                      const EonayPublicKey *public_key, GPtrArray *signatures, GError **error)
{
  EonayAkisCard *self = EONAY_AKIS_CARD (card);
  const Batch batch = { .card = self,
                        .transport = transport,
                        .request = request,
                        .public_key = public_key,
                        .key = find_key (self, request->certificate) };

  if (!eonay_akis_card_select_pin (card, transport, request->certificate, error) ||
      (!self->family->pin_each_time && !verify (self, transport, request, FALSE, error)))
    return FALSE;

  for (guint i = 0; i < request->digests->len; i++)
    {
      GBytes *signature = sign_one (&batch, g_ptr_array_index (request->digests, i),
                                    i + 1 == request->digests->len, error);

      if (signature == NULL)
        return FALSE;
      eonay_token_request_add_signature (request, signatures, signature);
    }

  return TRUE;
}

static gboolean
eonay_akis_card_refresh (EonayCard *card, EonayTransport *transport, EonayTokenRequest *request,
                         GError **error)
{
  const EonayAkisFamily *family = EONAY_AKIS_CARD (card)->family;
  EonayTokenDescription *description = eonay_card_get_description (card);
  g_autofree char *serial = NULL;
  g_autofree char *label = NULL;
  EonayCardFiles files;

  if (eonay_token_description_is_named (description))
    return TRUE;

  eonay_akis_files_init (&files, family, transport);
  if (!eonay_akis_serial_read (&files, family, &serial, &label, error))
    return FALSE;
  eonay_token_description_name (description, g_steal_pointer (&label), g_steal_pointer (&serial));

  return TRUE;
}

void
eonay_akis_card_add (EonayAkisCard *self, const EonayAkisCertificate *certificate)
{
  const Key key = { .place = certificate->place, .key = certificate->key };
  const guint8 place = (guint8) certificate->place;
  g_autoptr (GBytes) id = certificate->id != NULL ? g_bytes_ref (certificate->id)
                                                  : g_bytes_new (&place, sizeof place);

  g_array_append_val (self->keys, key);
  g_ptr_array_add (eonay_card_get_description (EONAY_CARD (self))->certificates,
                   eonay_token_certificate_new (certificate->der, id, certificate->label,
                                                certificate->has_key, certificate->may_sign));
}

static void
eonay_akis_card_finalize (GObject *object)
{
  EonayAkisCard *self = EONAY_AKIS_CARD (object);

  eonay_card_pin_free (self->pin);
  eonay_card_pin_free (self->puk);
  g_array_unref (self->keys);

  G_OBJECT_CLASS (eonay_akis_card_parent_class)->finalize (object);
}

static void
eonay_akis_card_class_init (EonayAkisCardClass *klass)
{
  EonayCardClass *card_class = EONAY_CARD_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = eonay_akis_card_finalize;
  card_class->get_pin = eonay_akis_card_get_pin;
  card_class->check = eonay_akis_card_check;
  card_class->select_pin = eonay_akis_card_select_pin;
  card_class->sign = eonay_akis_card_sign;
  card_class->refresh = eonay_akis_card_refresh;
}

static void
eonay_akis_card_init (EonayAkisCard *self)
{
  self->keys = g_array_new (FALSE, FALSE, sizeof (Key));
}

/* The first PIN of this role in the card's directory, for its length and padding. */
static const EonayPkcs15Pin *
find_description (const EonayPkcs15Objects *objects, EonayPinRole role)
{
  for (guint i = 0; i < objects->pins->len; i++)
    {
      const EonayPkcs15Pin *pin = g_ptr_array_index (objects->pins, i);
      gboolean is_puk = eonay_pkcs15_objects_has_flag (pin->flags, EONAY_PKCS15_PIN_UNBLOCKING);

      if (is_puk == (role == EONAY_PIN_ROLE_PUK) &&
          !eonay_pkcs15_objects_has_flag (pin->flags, EONAY_PKCS15_PIN_SO))
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
    return !eonay_pkcs15_objects_has_flag (described->flags, EONAY_PKCS15_PIN_NEEDS_PADDING);

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
  /* Inferred for every family but v1.2: that the PUK is verified before. */
  rules.unblock = EONAY_UNBLOCK_AFTER_PUK;
  /* A PIN for each signature, and for each key that is tried, is too much to type on a keypad; and
     what a keypad makes of digit values is inferred: a guess that could cost a try. */
  rules.only_on_host = family->pin_each_time ||
                       rules.format.encoding == EONAY_PIN_ENCODING_DIGIT_VALUES;
  /* Nothing says that asking costs no try. */
  rules.may_ask = FALSE;
  rules.tries_max = role == EONAY_PIN_ROLE_PIN ? family->tries_max : -1;

  return eonay_card_pin_new (&rules);
}

EonayAkisCard *
eonay_akis_card_new (const EonayAkisFamily *family, const EonayPkcs15Objects *objects, GBytes *atr)
{
  EonayAkisCard *self = g_object_new (EONAY_TYPE_AKIS_CARD, NULL);
  EonayTokenDescription *description = eonay_token_description_new (family->model);

  self->family = family;
  self->pins_are_known =
      is_kept_in_known_way (family, find_description (objects, EONAY_PIN_ROLE_PIN)) &&
      is_kept_in_known_way (family, find_description (objects, EONAY_PIN_ROLE_PUK));
  self->pin = new_pin (family, objects, EONAY_PIN_ROLE_PIN);
  self->puk = new_pin (family, objects, EONAY_PIN_ROLE_PUK);
  description->module_name = "libakisp11.so";
  /* No key can be used without the PIN. */
  description->knowledge = self->pins_are_known ? family->signing : EONAY_SIGNING_UNKNOWN;
  description->atr = g_bytes_ref (atr);
  eonay_card_describe (EONAY_CARD (self), description);

  return self;
}
