#include "base/eonay-error.h"
#include "card/akis/eonay-akis-card-private.h"
#include "card/akis/eonay-akis-files.h"
#include "card/akis/eonay-akis-operation.h"
#include "card/akis/eonay-akis-serial.h"
#include "card/token/eonay-public-key.h"

#define KEY_LAST_TRIED 10
#define KEY_MASK 0x7F

/* A batch on its way: what all its signatures have in common. */
typedef struct {
  EonayAkisCard *card;
  EonayTransport *transport;
  EonayTokenRequest *request;
  const EonayPublicKey *public_key;
  EonayAkisKey *key;
} Batch;

static gboolean
select_application (EonayAkisCard *self, EonayCardFiles *files, GError **error)
{
  gboolean found;

  if (!eonay_akis_files_select_application (files, self->family, &found, error))
    return FALSE;
  if (found)
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PROTOCOL,
                       "The card's application can no longer be selected");

  return FALSE;
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
sign (EonayAkisCard *self, EonayCardFiles *files, EonayTokenRequest *request, GPtrArray *signatures,
      GError **error)
{
  g_autoptr (EonayPublicKey) public_key = eonay_public_key_new_from_certificate (
      eonay_token_certificate_get_der (request->certificate), error);
  const Batch batch = { .card = self,
                        .transport = files->transport,
                        .request = request,
                        .public_key = public_key,
                        .key = eonay_akis_card_find_key (self, request->certificate) };

  if (public_key == NULL || !select_application (self, files, error) ||
      (!self->family->pin_each_time && !verify (self, files->transport, request, FALSE, error)))
    return FALSE;

  for (guint i = 0; i < request->digests->len; i++)
    {
      GBytes *signature = sign_one (&batch, g_ptr_array_index (request->digests, i),
                                    i + 1 == request->digests->len, error);

      if (signature == NULL)
        return FALSE;
      g_ptr_array_add (signatures, signature);
    }

  return TRUE;
}

static gboolean
replace_pin (EonayAkisCard *self, EonayCardFiles *files, EonayTokenRequest *request, GError **error)
{
  if (!select_application (self, files, error))
    return FALSE;
  if (request->kind == EONAY_TOKEN_REQUEST_CHANGE_PIN)
    return eonay_card_pin_change (self->pin, files->transport, request, error);

  /* Inferred for every family but v1.2: that the PUK is verified before. */
  return eonay_card_pin_unblock (self->pin, self->puk, EONAY_UNBLOCK_AFTER_PUK, files->transport,
                                 request, error);
}

static gboolean
refresh (EonayAkisCard *self, EonayCardFiles *files, GError **error)
{
  if (!self->has_serial)
    {
      g_autofree char *serial = NULL;
      g_autofree char *label = NULL;

      if (!eonay_akis_serial_read (files, self->family, &serial, &label, error))
        return FALSE;
      eonay_akis_card_take_serial (self, g_steal_pointer (&serial), g_steal_pointer (&label));
    }

  return TRUE;
}

static gboolean
execute (EonayAkisCard *self, EonayCardFiles *files, EonayTokenRequest *request,
         GPtrArray *signatures, GError **error)
{
  switch (request->kind)
    {
    case EONAY_TOKEN_REQUEST_SIGN:
      return sign (self, files, request, signatures, error);
    case EONAY_TOKEN_REQUEST_CHANGE_PIN:
    case EONAY_TOKEN_REQUEST_UNBLOCK:
      return replace_pin (self, files, request, error);
    case EONAY_TOKEN_REQUEST_REFRESH:
    default:
      return refresh (self, files, error);
    }
}

GPtrArray *
eonay_akis_card_execute (EonayCard *card, EonayTransport *transport, EonayTokenRequest *request,
                         GError **error)
{
  EonayAkisCard *self = EONAY_AKIS_CARD (card);
  g_autoptr (GPtrArray) signatures =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  EonayCardFiles files;
  gboolean done;

  eonay_akis_files_init (&files, self->family, transport);
  done = eonay_card_is_in (transport, self->atr, error) &&
         execute (self, &files, request, signatures, error);
  /* Kept for another signature that did not come to be needed; not if the request begins again. */
  if (done || request->pin_try != EONAY_PIN_TRY_NOT_SENT)
    g_clear_pointer (&request->secret, eonay_secret_free);

  return done ? g_steal_pointer (&signatures) : NULL;
}
