#include "card/pkcs15/eonay-pkcs15-card.h"

#include "card/pkcs15/eonay-pkcs15-algorithm.h"
#include "card/pkcs15/eonay-pkcs15-card-private.h"
#include "card/pkcs15/eonay-pkcs15-pin.h"

G_DEFINE_FINAL_TYPE (EonayPkcs15Card, eonay_pkcs15_card, EONAY_TYPE_CARD)

const EonayPkcs15Key *
eonay_pkcs15_card_find_key (EonayPkcs15Card *self, EonayTokenCertificate *certificate)
{
  return eonay_pkcs15_objects_find_key (self->objects,
                                        eonay_token_certificate_get_id (certificate));
}

const EonayPkcs15Pin *
eonay_pkcs15_card_find_pin (EonayPkcs15Card *self, EonayTokenCertificate *certificate)
{
  const EonayPkcs15Pin *pin = NULL;

  if (certificate != NULL)
    {
      const EonayPkcs15Key *key = eonay_pkcs15_card_find_key (self, certificate);

      return key != NULL ? eonay_pkcs15_objects_find_pin (self->objects, key) : NULL;
    }

  for (guint i = 0; pin == NULL && i < self->certificates->len; i++)
    pin = eonay_pkcs15_card_find_pin (self, g_ptr_array_index (self->certificates, i));

  return pin;
}

EonayCardPin *
eonay_pkcs15_card_get_card_pin (EonayPkcs15Card *self, const EonayPkcs15Pin *pin)
{
  guint index;

  if (pin == NULL || !g_ptr_array_find (self->objects->pins, pin, &index))
    return NULL;

  return g_ptr_array_index (self->pins, index);
}

EonayCardPin *
eonay_pkcs15_card_get_card_puk (EonayPkcs15Card *self, const EonayPkcs15Pin *pin)
{
  const EonayPkcs15Pin *puk = pin != NULL ? eonay_pkcs15_objects_find_puk (self->objects, pin)
                                          : NULL;
  guint index;

  if (puk != NULL)
    return eonay_pkcs15_card_get_card_pin (self, puk);
  if (pin == NULL || !g_ptr_array_find (self->objects->pins, pin, &index))
    return NULL;

  return g_ptr_array_index (self->puks, index);
}

static EonayCardPin *
eonay_pkcs15_card_get_pin (EonayCard *card, EonayTokenCertificate *certificate, EonayPinRole role)
{
  EonayPkcs15Card *self = EONAY_PKCS15_CARD (card);
  const EonayPkcs15Pin *pin = eonay_pkcs15_card_find_pin (self, certificate);

  return role == EONAY_PIN_ROLE_PUK ? eonay_pkcs15_card_get_card_puk (self, pin)
                                    : eonay_pkcs15_card_get_card_pin (self, pin);
}

static gboolean
eonay_pkcs15_card_shares_pin (EonayCard *card, EonayTokenCertificate *one,
                              EonayTokenCertificate *other)
{
  EonayPkcs15Card *self = EONAY_PKCS15_CARD (card);

  /* The PUK is found by the PIN. */
  return eonay_pkcs15_card_find_pin (self, one) == eonay_pkcs15_card_find_pin (self, other);
}

static void
eonay_pkcs15_card_get_pin_state (EonayCard *card, EonayTokenCertificate *certificate,
                                 EonayPinRole role, EonayPinState *state)
{
  EonayCardPin *card_pin = eonay_pkcs15_card_get_pin (card, certificate, role);
  const EonayPinFormat anything = { .min_length = 1, .max_length = EONAY_PIN_FORMAT_MAX };

  if (card_pin != NULL)
    eonay_card_pin_get_state (card_pin, state);
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

/* Whether the card or its family tells all that MSE SET says of @key. */
static gboolean
knows_how_to_sign (EonayPkcs15Card *self, const EonayPkcs15Key *key)
{
  const EonayPkcs15Facts *facts = self->application.facts;
  const EonayPkcs15Pin *pin = eonay_pkcs15_objects_find_pin (self->objects, key);
  gboolean is_named = facts->names_key_file ? key->path.length >= 2 : key->reference >= 0;

  return is_named && eonay_pkcs15_algorithm_is_known (self->objects, facts, key) &&
         (pin != NULL ? eonay_pkcs15_pin_check_kind (pin, NULL) : key->auth_id == NULL);
}

static gboolean
check_signing (EonayPkcs15Card *self, EonayTokenRequest *request, GError **error)
{
  const EonayPkcs15Key *key = eonay_pkcs15_card_find_key (self, request->certificate);
  const EonayPkcs15Pin *pin;
  g_autoptr (EonayPublicKey) public_key = NULL;
  EonayPkcs15Choice choice;

  if (key == NULL)
    return refuse (EONAY_CARD_ERROR_KEY_NOT_FOUND, "The certificate's key is not on the card",
                   error);
  if (!knows_how_to_sign (self, key))
    return refuse (EONAY_CARD_ERROR_MODULE_NEEDED,
                   "The card does not tell how its key is told to sign, or how its PIN is kept",
                   error);

  public_key = eonay_public_key_new_from_certificate (
      eonay_token_certificate_get_der (request->certificate), error);
  if (public_key == NULL || !eonay_public_key_check_scheme (public_key, request->scheme, error) ||
      !eonay_pkcs15_algorithm_choose (self->objects, self->application.facts, key, request->scheme,
                                      &choice, error) ||
      !check_digests (request, error))
    return FALSE;
  if (key->rsa != eonay_public_key_is_rsa (public_key))
    return refuse (EONAY_CARD_ERROR_MALFORMED, "Key and certificate are of different kinds", error);

  pin = eonay_pkcs15_objects_find_pin (self->objects, key);

  return pin == NULL ||
         eonay_card_pin_check (eonay_pkcs15_card_get_card_pin (self, pin), request->secret, error);
}

static gboolean
check_new_pin (EonayPkcs15Card *self, EonayTokenRequest *request, GError **error)
{
  const EonayPkcs15Pin *pin = eonay_pkcs15_card_find_pin (self, request->certificate);
  const EonayPkcs15Pin *puk = pin != NULL && request->kind == EONAY_TOKEN_REQUEST_UNBLOCK
                                  ? eonay_pkcs15_objects_find_puk (self->objects, pin)
                                  : NULL;
  EonayCardPin *card_pin = eonay_pkcs15_card_get_card_pin (self, pin);
  EonayCardPin *presented = request->kind == EONAY_TOKEN_REQUEST_UNBLOCK
                                ? eonay_pkcs15_card_get_card_puk (self, pin)
                                : card_pin;

  if (card_pin == NULL)
    return refuse (EONAY_CARD_ERROR_MODULE_NEEDED, "The card does not describe its PIN", error);
  if (presented == NULL)
    return refuse (EONAY_CARD_ERROR_NO_PUK, "The card does not describe its PUK", error);

  return eonay_pkcs15_pin_check_kind (pin, error) &&
         (puk == NULL || eonay_pkcs15_pin_check_kind (puk, error)) &&
         eonay_card_pin_check (presented, request->secret, error) &&
         eonay_card_pin_check (card_pin, request->new_pin, error);
}

static gboolean
eonay_pkcs15_card_check (EonayCard *card, EonayTokenRequest *request, GError **error)
{
  EonayPkcs15Card *self = EONAY_PKCS15_CARD (card);

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

void
eonay_pkcs15_card_add (EonayPkcs15Card *self, const EonayPkcs15Certificate *entry, GBytes *der)
{
  const EonayPkcs15Key *key = eonay_pkcs15_objects_find_key (self->objects, entry->id);
  gboolean may_sign = key != NULL &&
                      (eonay_pkcs15_has_flag (key->usage, EONAY_PKCS15_USAGE_SIGN) ||
                       eonay_pkcs15_has_flag (key->usage, EONAY_PKCS15_USAGE_NON_REPUDIATION));

  EonayTokenCertificate *certificate = eonay_token_certificate_new (der, entry->id, entry->label,
                                                                    key != NULL, may_sign);

  if (key != NULL &&
      eonay_pkcs15_algorithm_is_only_pss (self->objects, self->application.facts, key))
    eonay_token_certificate_set_only_pss (certificate);
  if (may_sign && !knows_how_to_sign (self, key))
    eonay_token_certificate_set_needs_module (certificate);
  g_ptr_array_add (self->certificates, certificate);
}

void
eonay_pkcs15_card_take_token_info (EonayPkcs15Card *self, EonayPkcs15Objects *found)
{
  g_atomic_pointer_set (&self->label, g_steal_pointer (&found->label));
  g_atomic_pointer_set (&self->serial, g_steal_pointer (&found->serial));
  self->last_update = g_steal_pointer (&found->last_update);
  self->has_token_info = TRUE;
}

void
eonay_pkcs15_card_set_cache (EonayPkcs15Card *self, EonayCardCache *cache, GHashTable *kept)
{
  g_set_object (&self->cache, cache);
  self->kept = kept != NULL ? g_hash_table_ref (kept) : NULL;
}

static EonayCardIdentity
identify (EonayPkcs15Card *self)
{
  EonayCardIdentity identity = { .atr = self->atr,
                                 .serial = self->serial,
                                 .last_update = self->last_update };

  identity.application = eonay_pkcs15_application_get_name (&self->application,
                                                            &identity.application_length);

  return identity;
}

void
eonay_pkcs15_card_remember (EonayPkcs15Card *self)
{
  const EonayCardIdentity identity = identify (self);

  if (self->kept == NULL)
    return;
  eonay_card_cache_store (self->cache, &identity, self->kept);
  g_clear_pointer (&self->kept, g_hash_table_unref);
}

void
eonay_pkcs15_card_forget (EonayPkcs15Card *self)
{
  const EonayCardIdentity identity = identify (self);

  g_clear_pointer (&self->kept, g_hash_table_unref);
  if (self->cache != NULL)
    eonay_card_cache_drop (self->cache, &identity);
}

static const char *
eonay_pkcs15_card_get_label (EonayCard *card)
{
  const char *label = g_atomic_pointer_get (&EONAY_PKCS15_CARD (card)->label);

  return label != NULL ? label : "";
}

static const char *
eonay_pkcs15_card_get_serial (EonayCard *card)
{
  const char *serial = g_atomic_pointer_get (&EONAY_PKCS15_CARD (card)->serial);

  return serial != NULL ? serial : "";
}

static const char *
eonay_pkcs15_card_get_model (EonayCard *card)
{
  return EONAY_PKCS15_CARD (card)->application.facts->model;
}

static EonaySigningKnowledge
eonay_pkcs15_card_get_signing_knowledge (EonayCard *card)
{
  GPtrArray *certificates = EONAY_PKCS15_CARD (card)->certificates;
  guint known = 0, unknown = 0;

  for (guint i = 0; i < certificates->len; i++)
    if (eonay_token_certificate_needs_module (certificates->pdata[i]))
      unknown++;
    else if (eonay_token_certificate_may_sign (certificates->pdata[i]))
      known++;

  if (unknown == 0)
    return EONAY_SIGNING_PROVEN;

  return known > 0 ? EONAY_SIGNING_PARTIAL : EONAY_SIGNING_UNKNOWN;
}

static const char *
eonay_pkcs15_card_get_module_name (EonayCard *card)
{
  return EONAY_PKCS15_CARD (card)->application.facts->module;
}

static gboolean
eonay_pkcs15_card_knows_pins (EonayCard *card)
{
  EonayPkcs15Card *self = EONAY_PKCS15_CARD (card);
  const EonayPkcs15Pin *pin = eonay_pkcs15_card_find_pin (self, NULL);

  return pin != NULL && eonay_pkcs15_pin_check_kind (pin, NULL);
}

static GPtrArray *
eonay_pkcs15_card_get_certificates (EonayCard *card)
{
  return EONAY_PKCS15_CARD (card)->certificates;
}

static void
eonay_pkcs15_card_finalize (GObject *object)
{
  EonayPkcs15Card *self = EONAY_PKCS15_CARD (object);

  g_ptr_array_unref (self->pins);
  g_ptr_array_unref (self->puks);
  eonay_pkcs15_objects_free (self->objects);
  g_bytes_unref (self->atr);
  g_ptr_array_unref (self->certificates);
  g_free (self->label);
  g_free (self->serial);
  g_free (self->last_update);
  g_clear_object (&self->cache);
  g_clear_pointer (&self->kept, g_hash_table_unref);

  G_OBJECT_CLASS (eonay_pkcs15_card_parent_class)->finalize (object);
}

static void
eonay_pkcs15_card_class_init (EonayPkcs15CardClass *klass)
{
  EonayCardClass *card_class = EONAY_CARD_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = eonay_pkcs15_card_finalize;
  card_class->get_label = eonay_pkcs15_card_get_label;
  card_class->get_serial = eonay_pkcs15_card_get_serial;
  card_class->get_model = eonay_pkcs15_card_get_model;
  card_class->get_signing_knowledge = eonay_pkcs15_card_get_signing_knowledge;
  card_class->get_module_name = eonay_pkcs15_card_get_module_name;
  card_class->knows_pins = eonay_pkcs15_card_knows_pins;
  card_class->get_certificates = eonay_pkcs15_card_get_certificates;
  card_class->get_pin = eonay_pkcs15_card_get_pin;
  card_class->shares_pin = eonay_pkcs15_card_shares_pin;
  card_class->get_pin_state = eonay_pkcs15_card_get_pin_state;
  card_class->check = eonay_pkcs15_card_check;
  card_class->execute = eonay_pkcs15_card_execute;
}

static void
eonay_pkcs15_card_init (EonayPkcs15Card *self)
{
  self->certificates = g_ptr_array_new_with_free_func (g_object_unref);
  self->pins = g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_card_pin_free);
  self->puks = g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_card_pin_free);
}

EonayPkcs15Card *
eonay_pkcs15_card_new (const EonayPkcs15Application *application, EonayPkcs15Objects *objects,
                       GBytes *atr)
{
  EonayPkcs15Card *self = g_object_new (EONAY_TYPE_PKCS15_CARD, NULL);
  const EonayPkcs15Facts *facts = application->facts;

  self->application = *application;
  self->objects = objects;
  self->atr = g_bytes_ref (atr);
  for (guint i = 0; i < objects->pins->len; i++)
    {
      EonayCardPinRules rules;

      eonay_pkcs15_pin_get_rules (g_ptr_array_index (objects->pins, i), facts, &rules);
      g_ptr_array_add (self->pins, eonay_card_pin_new (&rules));
      g_ptr_array_add (self->puks, facts->puk != NULL ? eonay_card_pin_new (facts->puk) : NULL);
    }

  return self;
}
