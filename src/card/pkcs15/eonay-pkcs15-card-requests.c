#include <string.h>

#include "base/eonay-error.h"
#include "card/apdu/eonay-status-word.h"
#include "card/pkcs15/eonay-pkcs15-algorithm.h"
#include "card/pkcs15/eonay-pkcs15-card-private.h"
#include "card/pkcs15/eonay-pkcs15-listing.h"
#include "card/pkcs15/eonay-pkcs15-operation.h"

#define NOT_ALLOWED 0x6982
#define KEY_OF_FILE 0x00

/*
 * What signs.
 *
 * @pin: (nullable): of a key that needs one, with its @card_pin
 * @same_home: whether PIN and key lie in the same folder
 * @in_file: whether the file that the key lies in stands for it
 * @home: the folder that has to be selected for the key
 */
typedef struct {
  const EonayPkcs15Key *key;
  const EonayPkcs15Pin *pin;
  EonayCardPin *card_pin;
  const EonayPublicKey *public_key;
  EonayPkcs15Choice choice;
  gboolean same_home;
  gboolean in_file;
  EonayPkcs15Path home;
} Signer;

static gboolean
check_status (guint16 status, const char *what, GError **error)
{
  return eonay_status_word_check (status, EONAY_STATUS_OF_COMMAND, what, error);
}

/* @files: (out) */
static gboolean
select_application (EonayPkcs15Card *self, EonayTransport *transport, EonayCardFiles *files,
                    GError **error)
{
  const EonayPkcs15Application *application = &self->application;
  guint16 status;

  eonay_card_files_init (files, transport);
  if (application->facts->extended)
    eonay_card_files_use_extended (files);
  memcpy (files->df, application->df, application->df_length);
  files->df_length = application->df_length;
  if (application->aid_length > 0)
    return eonay_card_files_select_application (files, application->aid, application->aid_length,
                                                &status, error) &&
           check_status (status, "SELECT application", error);

  return eonay_card_files_select (files, NULL, 0, &status, error) &&
         check_status (status, "SELECT application", error);
}

static gboolean
is_home_of_all (EonayPkcs15Card *self, const EonayPkcs15Path *path)
{
  const EonayPkcs15Application *application = &self->application;

  return path->length <= 2 ||
         (path->length == application->df_length + 2 &&
          memcmp (path->bytes + 2, application->df, application->df_length) == 0);
}

/* Objects that lie elsewhere than in the application's own folder need it to be selected. */
static gboolean
select_home (EonayPkcs15Card *self, EonayCardFiles *files, const EonayPkcs15Path *path,
             GError **error)
{
  guint16 status;

  return is_home_of_all (self, path) ||
         (eonay_card_files_select (files, path->bytes, path->length, &status, error) &&
          check_status (status, "SELECT folder", error));
}

static gboolean
have_same_home (EonayPkcs15Card *self, const EonayPkcs15Path *a, const EonayPkcs15Path *b)
{
  return (is_home_of_all (self, a) && is_home_of_all (self, b)) ||
         (a->length == b->length && memcmp (a->bytes, b->bytes, a->length) == 0);
}

static gboolean
set_environment (EonayCardFiles *files, const Signer *signer, guint16 *status, GError **error)
{
  const EonayPkcs15Path *path = &signer->key->path;

  if (signer->in_file)
    return eonay_pkcs15_operation_set (files->transport, signer->choice.reference,
                                       path->bytes + path->length - 2, KEY_OF_FILE, status, error);

  return eonay_pkcs15_operation_set (files->transport, signer->choice.reference, NULL,
                                     (guint8) signer->key->reference, status, error);
}

/*
 * For a key that wants the person's consent each time: the VERIFY comes right before the PSO,
 * unless the card wants it before it hears of a key at all.
 */
static gboolean
verify_and_set (EonayPkcs15Card *self, EonayCardFiles *files, const Signer *signer,
                EonayTokenRequest *request, gboolean keep, GError **error)
{
  guint16 status = NOT_ALLOWED;

  if (signer->same_home && !set_environment (files, signer, &status, error))
    return FALSE;
  if (status != NOT_ALLOWED)
    return check_status (status, "MSE SET", error) &&
           eonay_card_pin_verify (signer->card_pin, files->transport, request, keep, error);

  return (signer->same_home || select_home (self, files, &signer->pin->path, error)) &&
         eonay_card_pin_verify (signer->card_pin, files->transport, request, keep, error) &&
         (signer->same_home || select_home (self, files, &signer->home, error)) &&
         set_environment (files, signer, &status, error) && check_status (status, "MSE SET", error);
}

static gboolean
add_signature (EonayPkcs15Card *self, EonayCardFiles *files, const Signer *signer,
               EonayTokenRequest *request, guint index, GPtrArray *signatures, GError **error)
{
  gsize size = eonay_public_key_get_size (signer->public_key);
  GBytes *digest = g_ptr_array_index (request->digests, index);
  g_autoptr (GBytes) input = eonay_pkcs15_algorithm_make_input (signer->choice.input, digest, size);
  g_autoptr (GBytes) answer = NULL;
  GBytes *signature;
  guint16 status;

  if (!eonay_token_request_may_go_on (request, error))
    return FALSE;
  if (signer->card_pin != NULL && signer->key->user_consent)
    {
      if (!verify_and_set (self, files, signer, request, index + 1 < request->digests->len, error))
        return FALSE;
    }
  else if (!set_environment (files, signer, &status, error) ||
           !check_status (status, "MSE SET", error))
    return FALSE;

  answer = eonay_pkcs15_operation_sign (files->transport, files->form, input, size, error);
  if (answer == NULL)
    return FALSE;

  signature = eonay_public_key_accept (signer->public_key, request->scheme, digest, answer, error);
  if (signature == NULL)
    return FALSE;
  eonay_token_request_add_signature (request, signatures, signature);

  return TRUE;
}

static gboolean
find_signer (EonayPkcs15Card *self, EonayTokenRequest *request, Signer *signer, GError **error)
{
  signer->key = eonay_pkcs15_card_find_key (self, request->certificate);
  signer->pin = eonay_pkcs15_objects_find_pin (self->objects, signer->key);
  signer->card_pin = eonay_pkcs15_card_get_card_pin (self, signer->pin);
  signer->in_file = self->application.facts->names_key_file;
  signer->home = signer->key->path;
  if (signer->in_file)
    signer->home.length -= 2;
  signer->same_home = signer->pin == NULL ||
                      have_same_home (self, &signer->pin->path, &signer->home);
  if (signer->key->rsa == eonay_public_key_is_rsa (signer->public_key))
    return eonay_pkcs15_algorithm_choose (self->objects, self->application.facts, signer->key,
                                          request->scheme, &signer->choice, error);

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MALFORMED,
                       "Key and certificate are of different kinds");

  return FALSE;
}

static gboolean
sign_all (EonayPkcs15Card *self, EonayTransport *transport, EonayTokenRequest *request,
          const EonayPublicKey *public_key, GPtrArray *signatures, GError **error)
{
  Signer signer = { .public_key = public_key };
  EonayCardFiles files;

  if (!find_signer (self, request, &signer, error) ||
      !select_application (self, transport, &files, error))
    return FALSE;

  if (signer.card_pin != NULL && !signer.key->user_consent &&
      (!select_home (self, &files, &signer.pin->path, error) ||
       !eonay_card_pin_verify (signer.card_pin, transport, request, FALSE, error)))
    return FALSE;
  if ((signer.card_pin == NULL || !signer.key->user_consent || signer.same_home) &&
      !select_home (self, &files, &signer.home, error))
    return FALSE;

  for (guint i = 0; i < request->digests->len; i++)
    if (!add_signature (self, &files, &signer, request, i, signatures, error))
      return FALSE;

  return TRUE;
}

gboolean
eonay_pkcs15_card_sign (EonayCard *card, EonayTransport *transport, EonayTokenRequest *request,
                        const EonayPublicKey *public_key, GPtrArray *signatures, GError **error)
{
  EonayPkcs15Card *self = EONAY_PKCS15_CARD (card);
  g_autoptr (GError) local = NULL;

  if (sign_all (self, transport, request, public_key, signatures, &local))
    return TRUE;

  /* Perhaps what is known of keys, certificates or PINs is what the card had before. */
  if (g_error_matches (local, EONAY_CARD_ERROR, EONAY_CARD_ERROR_SIGNATURE_MISMATCH) ||
      g_error_matches (local, EONAY_CARD_ERROR, EONAY_CARD_ERROR_KEY_NOT_FOUND) ||
      g_error_matches (local, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NOT_AUTHORISED) ||
      eonay_card_error_is_about_pin (local))
    eonay_pkcs15_card_forget (self);
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

gboolean
eonay_pkcs15_card_select_pin (EonayCard *card, EonayTransport *transport,
                              EonayTokenCertificate *certificate, GError **error)
{
  EonayPkcs15Card *self = EONAY_PKCS15_CARD (card);
  EonayCardFiles files;

  return select_application (self, transport, &files, error) &&
         select_home (self, &files, &eonay_pkcs15_card_find_pin (self, certificate)->path, error);
}

static gboolean
read_token_info (EonayPkcs15Card *self, EonayCardFiles *files, GError **error)
{
  g_autoptr (EonayPkcs15Objects) found = NULL;

  if (eonay_token_description_is_named (eonay_card_get_description (EONAY_CARD (self))))
    return TRUE;

  found = eonay_pkcs15_objects_new ();
  if (!eonay_pkcs15_listing_read_token_info (files, self->application.facts, found, error))
    return FALSE;
  eonay_pkcs15_card_take_token_info (self, found);

  return TRUE;
}

gboolean
eonay_pkcs15_card_refresh (EonayCard *card, EonayTransport *transport, EonayTokenRequest *request,
                           GError **error)
{
  EonayPkcs15Card *self = EONAY_PKCS15_CARD (card);
  EonayCardFiles files;

  /* What was read of a card that has been pulled meanwhile must not become this one's. */
  if (!select_application (self, transport, &files, error) ||
      !read_token_info (self, &files, error) || !eonay_token_request_may_go_on (request, error))
    return FALSE;
  eonay_pkcs15_card_remember (self);

  for (guint i = 0; i < self->pins->len; i++)
    {
      const EonayPkcs15Pin *pin = g_ptr_array_index (self->objects->pins, i);

      /* Nobody who signs has the officer's PIN. */
      if (eonay_pkcs15_objects_has_flag (pin->flags, EONAY_PKCS15_PIN_SO))
        continue;
      if (!select_home (self, &files, &pin->path, error) ||
          !eonay_card_pin_ask (g_ptr_array_index (self->pins, i), transport, error))
        return FALSE;
    }

  return TRUE;
}
