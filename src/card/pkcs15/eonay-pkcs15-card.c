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
  GPtrArray *certificates;

  if (certificate != NULL)
    {
      const EonayPkcs15Key *key = eonay_pkcs15_card_find_key (self, certificate);

      return key != NULL ? eonay_pkcs15_objects_find_pin (self->objects, key) : NULL;
    }

  certificates = eonay_card_get_description (EONAY_CARD (self))->certificates;
  for (guint i = 0; pin == NULL && i < certificates->len; i++)
    pin = eonay_pkcs15_card_find_pin (self, g_ptr_array_index (certificates, i));

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

/** Returns: (transfer none) (nullable): the PUK that unblocks @pin (nullable) */
static EonayCardPin *
get_card_puk (EonayPkcs15Card *self, const EonayPkcs15Pin *pin)
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

  return role == EONAY_PIN_ROLE_PUK ? get_card_puk (self, pin)
                                    : eonay_pkcs15_card_get_card_pin (self, pin);
}

static gboolean
refuse (EonayCardError code, const char *message, GError **error)
{
  g_set_error_literal (error, EONAY_CARD_ERROR, (int) code, message);

  return FALSE;
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
  EonayPkcs15Choice choice;

  if (key == NULL)
    return refuse (EONAY_CARD_ERROR_KEY_NOT_FOUND, "The certificate's key is not on the card",
                   error);
  if (!knows_how_to_sign (self, key))
    return refuse (EONAY_CARD_ERROR_MODULE_NEEDED,
                   "The card does not tell how its key is told to sign, or how its PIN is kept",
                   error);

  return eonay_pkcs15_algorithm_choose (self->objects, self->application.facts, key,
                                        request->scheme, &choice, error);
}

static gboolean
eonay_pkcs15_card_check (EonayCard *card, EonayTokenRequest *request, GError **error)
{
  EonayPkcs15Card *self = EONAY_PKCS15_CARD (card);
  const EonayPkcs15Pin *pin = eonay_pkcs15_card_find_pin (self, request->certificate);
  const EonayPkcs15Pin *puk = NULL;

  if (request->kind == EONAY_TOKEN_REQUEST_SIGN)
    return check_signing (self, request, error);
  if (request->kind == EONAY_TOKEN_REQUEST_UNBLOCK)
    puk = eonay_pkcs15_objects_find_puk (self->objects, pin);

  return eonay_pkcs15_pin_check_kind (pin, error) &&
         (puk == NULL || eonay_pkcs15_pin_check_kind (puk, error));
}

static EonaySigningKnowledge
judge_certificates (GPtrArray *certificates)
{
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

void
eonay_pkcs15_card_add (EonayPkcs15Card *self, const EonayPkcs15Certificate *entry, GBytes *der)
{
  EonayTokenDescription *description = eonay_card_get_description (EONAY_CARD (self));
  const EonayPkcs15Key *key = eonay_pkcs15_objects_find_key (self->objects, entry->id);
  const EonayPkcs15Pin *pin;
  gboolean may_sign =
      key != NULL &&
      (eonay_pkcs15_objects_has_flag (key->usage, EONAY_PKCS15_USAGE_SIGN) ||
       eonay_pkcs15_objects_has_flag (key->usage, EONAY_PKCS15_USAGE_NON_REPUDIATION));

  EonayTokenCertificate *certificate = eonay_token_certificate_new (der, entry->id, entry->label,
                                                                    key != NULL, may_sign);

  if (key != NULL &&
      eonay_pkcs15_algorithm_is_only_pss (self->objects, self->application.facts, key))
    eonay_token_certificate_set_only_pss (certificate);
  if (may_sign && !knows_how_to_sign (self, key))
    eonay_token_certificate_set_needs_module (certificate);
  g_ptr_array_add (description->certificates, certificate);
  description->knowledge = judge_certificates (description->certificates);
  pin = eonay_pkcs15_card_find_pin (self, NULL);
  description->knows_pins = pin != NULL && eonay_pkcs15_pin_check_kind (pin, NULL);
}

void
eonay_pkcs15_card_take_token_info (EonayPkcs15Card *self, EonayPkcs15Objects *found)
{
  eonay_token_description_name (eonay_card_get_description (EONAY_CARD (self)),
                                g_steal_pointer (&found->label), g_steal_pointer (&found->serial));
  self->last_update = g_steal_pointer (&found->last_update);
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
  EonayTokenDescription *description = eonay_card_get_description (EONAY_CARD (self));
  EonayCardIdentity identity = { .atr = description->atr,
                                 .serial = eonay_token_description_get_serial (description),
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

static void
eonay_pkcs15_card_finalize (GObject *object)
{
  EonayPkcs15Card *self = EONAY_PKCS15_CARD (object);

  g_ptr_array_unref (self->pins);
  g_ptr_array_unref (self->puks);
  eonay_pkcs15_objects_free (self->objects);
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
  card_class->get_pin = eonay_pkcs15_card_get_pin;
  card_class->check = eonay_pkcs15_card_check;
  card_class->select_pin = eonay_pkcs15_card_select_pin;
  card_class->sign = eonay_pkcs15_card_sign;
  card_class->refresh = eonay_pkcs15_card_refresh;
}

static void
eonay_pkcs15_card_init (EonayPkcs15Card *self)
{
  self->pins = g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_card_pin_free);
  self->puks = g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_card_pin_free);
}

EonayPkcs15Card *
eonay_pkcs15_card_new (const EonayPkcs15Application *application, EonayPkcs15Objects *objects,
                       GBytes *atr)
{
  EonayPkcs15Card *self = g_object_new (EONAY_TYPE_PKCS15_CARD, NULL);
  const EonayPkcs15Facts *facts = application->facts;
  EonayTokenDescription *description = eonay_token_description_new (facts->model);

  description->module_name = facts->module;
  description->atr = g_bytes_ref (atr);
  eonay_card_describe (EONAY_CARD (self), description);
  self->application = *application;
  self->objects = objects;
  for (guint i = 0; i < objects->pins->len; i++)
    {
      EonayCardPinRules rules;

      eonay_pkcs15_pin_get_rules (g_ptr_array_index (objects->pins, i), facts, &rules);
      g_ptr_array_add (self->pins, eonay_card_pin_new (&rules));
      g_ptr_array_add (self->puks, facts->puk != NULL ? eonay_card_pin_new (facts->puk) : NULL);
    }

  return self;
}
