#include "card/eonay-pkcs15-card.h"

#include <openssl/crypto.h>
#include <string.h>

#include "base/eonay-error.h"
#include "card/eonay-card-files.h"
#include "card/eonay-pkcs15-algorithm.h"
#include "card/eonay-pkcs15-operation.h"
#include "card/eonay-pkcs15-pin.h"
#include "card/eonay-pkcs15-tries.h"
#include "card/eonay-status-word.h"

#define INS_VERIFY 0x20

struct _EonayPkcs15Card {
  EonayCard parent_instance;

  EonayPkcs15Application application;
  EonayPkcs15Objects *objects;
  GBytes *atr;
  GPtrArray *certificates;
  EonayPkcs15Tries *tries;
};

G_DEFINE_FINAL_TYPE (EonayPkcs15Card, eonay_pkcs15_card, EONAY_TYPE_CARD)

static const EonayPkcs15Pin *
find_pin (EonayPkcs15Card *self, EonayTokenCertificate *certificate)
{
  const EonayPkcs15Key *key =
      eonay_pkcs15_objects_find_key (self->objects, eonay_token_certificate_get_id (certificate));

  return key != NULL ? eonay_pkcs15_objects_find_pin (self->objects, key) : NULL;
}

/* The PIN that belongs to the first certificate with a key. */
static const EonayPkcs15Pin *
find_first_pin (EonayPkcs15Card *self)
{
  for (guint i = 0; i < self->certificates->len; i++)
    {
      const EonayPkcs15Pin *pin = find_pin (self, g_ptr_array_index (self->certificates, i));

      if (pin != NULL)
        return pin;
    }

  return NULL;
}

static void
eonay_pkcs15_card_get_pin_state (EonayCard *card, EonayTokenCertificate *certificate,
                                 EonayPinState *state)
{
  EonayPkcs15Card *self = EONAY_PKCS15_CARD (card);

  eonay_pkcs15_tries_get (
      self->tries, certificate != NULL ? find_pin (self, certificate) : find_first_pin (self),
      state);
}

static gboolean
refuse (EonayCardError code, const char *message, GError **error)
{
  g_set_error_literal (error, EONAY_CARD_ERROR, (int) code, message);

  return FALSE;
}

static gboolean
check_status (guint16 status, const char *what, GError **error)
{
  return eonay_status_word_check (status, EONAY_STATUS_OF_COMMAND, what, error);
}

static gboolean
select_application (EonayPkcs15Card *self, EonayCardFiles *files, GError **error)
{
  const EonayPkcs15Application *application = &self->application;
  guint16 status;

  memcpy (files->df, application->df, application->df_length);
  files->df_length = application->df_length;
  if (application->aid_length > 0)
    return eonay_card_files_select_application (files, application->aid, application->aid_length,
                                                &status, error) &&
           check_status (status, "SELECT application", error);

  return eonay_card_files_select (files, NULL, 0, &status, error) &&
         check_status (status, "SELECT application", error);
}

/* Objects that lie elsewhere than in the application's own folder need it to be selected. */
static gboolean
select_home (EonayPkcs15Card *self, EonayCardFiles *files, const EonayPkcs15Path *path,
             GError **error)
{
  const EonayPkcs15Application *application = &self->application;
  guint16 status;

  if (path->length <= 2 ||
      (path->length == application->df_length + 2 &&
       memcmp (path->bytes + 2, application->df, application->df_length) == 0))
    return TRUE;

  return eonay_card_files_select (files, path->bytes, path->length, &status, error) &&
         check_status (status, "SELECT folder", error);
}

/* A VERIFY without a PIN: @status tells the tries left and costs none. */
static gboolean
ask_tries (EonayPkcs15Card *self, EonayTransport *transport, const EonayPkcs15Pin *pin,
           guint16 *status, GError **error)
{
  EonayApdu apdu = { .ins = INS_VERIFY, .p2 = pin->reference };
  g_autoptr (GBytes) answer =
      eonay_apdu_exchange (transport, &apdu, EONAY_APDU_SHORT, status, error);

  if (answer == NULL)
    return FALSE;

  eonay_pkcs15_tries_learn (self->tries, pin, *status, FALSE);

  return TRUE;
}

/* Another program may have spent tries since the person was shown how many there are. */
static gboolean
may_spend_try (EonayPkcs15Card *self, EonayTransport *transport, const EonayPkcs15Pin *pin,
               GError **error)
{
  EonayPinState shown;
  guint16 status;
  int tries;

  if (!self->application.facts->empty_verify)
    return TRUE;

  eonay_pkcs15_tries_get (self->tries, pin, &shown);
  if (!ask_tries (self, transport, pin, &status, error))
    return FALSE;

  tries = eonay_status_word_get_tries_left (status);
  if (tries == 0)
    g_propagate_error (error, eonay_card_error_new_pin_wrong (0));
  else if (tries == 1 && shown.tries_left != 1)
    g_propagate_error (error, eonay_card_error_new_last_try ());
  else
    return TRUE;

  return FALSE;
}

/* The only code that sends a PIN. */
static gboolean
verify (EonayPkcs15Card *self, EonayTransport *transport, const EonayPkcs15Pin *pin,
        EonaySigning *signing, GError **error)
{
  guint8 buffer[EONAY_PKCS15_PIN_MAX];
  EonayApdu apdu = { .ins = INS_VERIFY, .p2 = pin->reference, .content = buffer };
  g_autoptr (GBytes) answer = NULL;
  guint16 status;

  if (!eonay_signing_may_go_on (signing, error))
    return FALSE;

  apdu.content_length = eonay_pkcs15_pin_encode (pin, signing->pin, buffer);
  signing->pin_try = EONAY_PIN_TRY_UNCERTAIN;
  eonay_pkcs15_tries_forget (self->tries, pin);
  answer = eonay_apdu_exchange (transport, &apdu, EONAY_APDU_SHORT, &status, error);
  OPENSSL_cleanse (buffer, sizeof buffer);
  g_clear_pointer (&signing->pin, eonay_secret_free);
  if (answer == NULL)
    return FALSE;

  eonay_pkcs15_tries_learn (self->tries, pin, status, TRUE);
  if (status == 0x9000)
    signing->pin_try = EONAY_PIN_TRY_ACCEPTED;

  return eonay_status_word_check (status, EONAY_STATUS_OF_PIN, "VERIFY", error);
}

static GPtrArray *
sign_all (EonayCardFiles *files, const EonayPkcs15Key *key, const EonayPkcs15Choice *choice,
          EonaySigning *signing, GError **error)
{
  g_autoptr (GPtrArray) signatures =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (EonayPublicKey) public_key = eonay_public_key_new_from_certificate (
      eonay_token_certificate_get_der (signing->certificate), error);

  for (guint i = 0; public_key != NULL && i < signing->digests->len; i++)
    {
      GBytes *digest = g_ptr_array_index (signing->digests, i);
      g_autoptr (GBytes) input = eonay_pkcs15_algorithm_make_input (
          choice->input, digest, eonay_public_key_get_size (public_key));
      g_autoptr (GBytes) answer = NULL;
      GBytes *signature;

      if (!eonay_signing_may_go_on (signing, error))
        return NULL;
      answer = eonay_pkcs15_operation_sign (files->transport, files->form, choice->reference,
                                            (guint8) key->reference, input, error);
      if (answer == NULL)
        return NULL;
      signature = eonay_public_key_accept (public_key, signing->scheme, digest, answer, error);
      if (signature == NULL)
        return NULL;
      g_ptr_array_add (signatures, signature);
    }

  return public_key != NULL ? g_steal_pointer (&signatures) : NULL;
}

static gboolean
eonay_pkcs15_card_check (EonayCard *card, EonaySigning *signing, GError **error)
{
  EonayPkcs15Card *self = EONAY_PKCS15_CARD (card);
  GBytes *id = eonay_token_certificate_get_id (signing->certificate);
  const EonayPkcs15Key *key = eonay_pkcs15_objects_find_key (self->objects, id);
  const EonayPkcs15Pin *pin;
  g_autoptr (EonayPublicKey) public_key = NULL;
  EonayPkcs15Choice choice;

  if (key == NULL || key->reference < 0)
    return refuse (EONAY_CARD_ERROR_KEY_NOT_FOUND, "The certificate's key is not on the card",
                   error);

  public_key = eonay_public_key_new_from_certificate (
      eonay_token_certificate_get_der (signing->certificate), error);
  if (public_key == NULL ||
      !eonay_public_key_check_scheme (public_key, signing->scheme, error) ||
      !eonay_pkcs15_algorithm_choose (self->objects, self->application.facts, key, &choice, error))
    return FALSE;
  if (key->rsa != eonay_public_key_is_rsa (public_key))
    return refuse (EONAY_CARD_ERROR_MALFORMED, "Key and certificate are of different kinds",
                   error);
  for (guint i = 0; i < signing->digests->len; i++)
    if (g_bytes_get_size (g_ptr_array_index (signing->digests, i)) !=
        eonay_signature_scheme_get_digest_length (signing->scheme))
      return refuse (EONAY_CARD_ERROR_ALGORITHM, "A digest has not the length of its scheme",
                     error);

  pin = eonay_pkcs15_objects_find_pin (self->objects, key);
  if (pin == NULL && key->auth_id != NULL)
    return refuse (EONAY_CARD_ERROR_MALFORMED, "The card does not describe the key's PIN", error);

  return pin == NULL || eonay_pkcs15_pin_check (pin, signing->pin, error);
}

static gboolean
is_same_card (EonayPkcs15Card *self, EonayTransport *transport, GError **error)
{
  g_autoptr (GBytes) atr = eonay_transport_get_atr (transport);

  if (atr != NULL && g_bytes_equal (atr, self->atr))
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED,
                       "Another card is in the reader");

  return FALSE;
}

static GPtrArray *
eonay_pkcs15_card_sign (EonayCard *card, EonayTransport *transport, EonaySigning *signing,
                        GError **error)
{
  EonayPkcs15Card *self = EONAY_PKCS15_CARD (card);
  GBytes *id = eonay_token_certificate_get_id (signing->certificate);
  const EonayPkcs15Key *key = eonay_pkcs15_objects_find_key (self->objects, id);
  const EonayPkcs15Pin *pin = eonay_pkcs15_objects_find_pin (self->objects, key);
  EonayPkcs15Choice choice;
  EonayCardFiles files;

  eonay_card_files_init (&files, transport);
  if (!eonay_pkcs15_algorithm_choose (self->objects, self->application.facts, key, &choice,
                                      error) ||
      !is_same_card (self, transport, error) || !select_application (self, &files, error))
    return NULL;

  if (pin != NULL && (!select_home (self, &files, &pin->path, error) ||
                      !may_spend_try (self, transport, pin, error) ||
                      !verify (self, transport, pin, signing, error)))
    return NULL;
  if (!select_home (self, &files, &key->path, error))
    return NULL;

  return sign_all (&files, key, &choice, signing, error);
}

gboolean
eonay_pkcs15_card_query_pins (EonayPkcs15Card *self, EonayTransport *transport, GError **error)
{
  g_autoptr (GHashTable) asked = g_hash_table_new (NULL, NULL);

  if (!self->application.facts->empty_verify)
    return TRUE;

  for (guint i = 0; i < self->certificates->len; i++)
    {
      const EonayPkcs15Pin *pin = find_pin (self, g_ptr_array_index (self->certificates, i));
      guint16 status;

      if (pin == NULL || pin->path.length > 2 || !g_hash_table_add (asked, (gpointer) pin))
        continue;
      if (!ask_tries (self, transport, pin, &status, error))
        return FALSE;
    }

  return TRUE;
}

void
eonay_pkcs15_card_add (EonayPkcs15Card *self, const EonayPkcs15Certificate *entry, GBytes *der)
{
  const EonayPkcs15Key *key = eonay_pkcs15_objects_find_key (self->objects, entry->id);
  gboolean may_sign =
      key != NULL && (eonay_pkcs15_has_flag (key->usage, EONAY_PKCS15_USAGE_SIGN) ||
                      eonay_pkcs15_has_flag (key->usage, EONAY_PKCS15_USAGE_NON_REPUDIATION));

  g_ptr_array_add (self->certificates,
                   eonay_token_certificate_new (der, entry->id, entry->label, key != NULL,
                                                may_sign));
}

static const char *
eonay_pkcs15_card_get_label (EonayCard *card)
{
  const char *label = EONAY_PKCS15_CARD (card)->objects->label;

  return label != NULL ? label : "";
}

static const char *
eonay_pkcs15_card_get_serial (EonayCard *card)
{
  const char *serial = EONAY_PKCS15_CARD (card)->objects->serial;

  return serial != NULL ? serial : "";
}

static const char *
eonay_pkcs15_card_get_model (EonayCard *card)
{
  return EONAY_PKCS15_CARD (card)->application.facts->model;
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

  eonay_pkcs15_tries_free (self->tries);
  eonay_pkcs15_objects_free (self->objects);
  g_bytes_unref (self->atr);
  g_ptr_array_unref (self->certificates);

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
  card_class->get_certificates = eonay_pkcs15_card_get_certificates;
  card_class->get_pin_state = eonay_pkcs15_card_get_pin_state;
  card_class->check = eonay_pkcs15_card_check;
  card_class->sign = eonay_pkcs15_card_sign;
}

static void
eonay_pkcs15_card_init (EonayPkcs15Card *self)
{
  self->certificates = g_ptr_array_new_with_free_func (g_object_unref);
}

EonayPkcs15Card *
eonay_pkcs15_card_new (const EonayPkcs15Application *application, EonayPkcs15Objects *objects,
                       GBytes *atr)
{
  EonayPkcs15Card *self = g_object_new (EONAY_TYPE_PKCS15_CARD, NULL);

  self->application = *application;
  self->objects = objects;
  self->atr = g_bytes_ref (atr);
  self->tries = eonay_pkcs15_tries_new (objects->pins, application->facts->tries_max);

  return self;
}
