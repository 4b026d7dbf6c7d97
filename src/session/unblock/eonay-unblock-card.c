#include "base/eonay-error.h"
#include "session/unblock/eonay-unblock-private.h"
#include "signature/certificate/eonay-certificate.h"

static char *
bare (const char *serial)
{
  GString *letters = g_string_new (NULL);

  for (const char *at = serial; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (letters, g_ascii_toupper (*at));

  return g_string_free (letters, FALSE);
}

static gboolean
is_same_serial (const char *one, const char *other)
{
  g_autofree char *first = bare (one);
  g_autofree char *second = bare (other);

  return first[0] != '\0' && g_str_equal (first, second);
}

static EonayCertificate *
parse (GListModel *certificates, guint position)
{
  g_autoptr (EonayTokenCertificate) item = g_list_model_get_item (certificates, position);

  return eonay_certificate_new (eonay_token_certificate_get_der (item), NULL);
}

/** Returns: whether the certificates on @token are of @id, of unknown holders, or of others */
static gboolean
is_of_holder (EonayToken *token, const char *id, gboolean *is_anonymous)
{
  GListModel *certificates = eonay_token_get_certificates (token);

  *is_anonymous = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (certificates); i++)
    {
      g_autoptr (EonayCertificate) certificate = parse (certificates, i);
      const char *holder = certificate != NULL ? eonay_certificate_get_national_id (certificate)
                                               : NULL;

      if (holder == NULL)
        continue;

      *is_anonymous = FALSE;
      if (g_str_equal (holder, id))
        return TRUE;
    }

  return FALSE;
}

gboolean
eonay_unblock_card_fits (EonayToken *token, const char *card_hint, const char *signer_hint)
{
  gboolean is_anonymous = TRUE;
  gboolean is_holders;

  g_return_val_if_fail (EONAY_IS_TOKEN (token), FALSE);

  is_holders = signer_hint == NULL || is_of_holder (token, signer_hint, &is_anonymous);
  if (card_hint == NULL)
    return is_holders;

  return is_same_serial (eonay_token_get_serial (token), card_hint) && (is_holders || is_anonymous);
}

/** Returns: whether the portal may refer to the PIN of the key of @certificate */
static gboolean
is_meant (EonayTokenCertificate *certificate, const char *signer_hint)
{
  g_autoptr (EonayCertificate) parsed = NULL;

  if (!eonay_token_certificate_has_key (certificate))
    return FALSE;
  if (signer_hint == NULL)
    return TRUE;

  parsed = eonay_certificate_new (eonay_token_certificate_get_der (certificate), NULL);

  return parsed != NULL && g_strcmp0 (eonay_certificate_get_national_id (parsed), signer_hint) == 0;
}

/* A card may have several PINs: prefers a blocked one, and of those that of the holder's key. */
static EonayTokenCertificate *
choose_certificate (EonayToken *token, const char *signer_hint)
{
  GListModel *certificates = eonay_token_get_certificates (token);
  EonayTokenCertificate *first = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (certificates); i++)
    {
      g_autoptr (EonayTokenCertificate) item = g_list_model_get_item (certificates, i);
      EonayPinState state;

      if (!is_meant (item, signer_hint))
        continue;

      eonay_token_get_pin_state (token, item, &state);
      if (state.blocked)
        return item;
      if (first == NULL)
        first = item;
    }

  return first;
}

static gboolean
is_wanted (EonayUnblock *self, EonayToken *token)
{
  const char *serial = eonay_token_get_serial (token);

  if (self->serial != NULL)
    return is_same_serial (serial, self->serial);
  if (self->refused != NULL && is_same_serial (serial, self->refused))
    return FALSE;

  return eonay_unblock_card_fits (token, eonay_transaction_get_card_hint (self->transaction),
                                  eonay_transaction_get_signer_hint (self->transaction));
}

static EonayUnblockCardStatus
judge_token (EonayUnblock *self, EonayToken *token)
{
  EonayPinState state;

  eonay_token_get_pin_state (token, NULL, &state);
  /* The serial number is read after the certificates, with the PIN state. */
  if (eonay_token_get_serial (token)[0] == '\0')
    return state.known ? EONAY_UNBLOCK_CARD_UNKNOWN : EONAY_UNBLOCK_CARD_READING;
  if (!is_wanted (self, token))
    return EONAY_UNBLOCK_CARD_OTHER;

  return eonay_token_can_use_pins (token) ? EONAY_UNBLOCK_CARD_THERE : EONAY_UNBLOCK_CARD_UNKNOWN;
}

static EonayUnblockCardStatus
judge (EonayUnblock *self, EonayReader *reader)
{
  EonayToken *token = eonay_reader_get_token (reader);

  switch (eonay_reader_get_state (reader))
    {
    case EONAY_READER_READING:
      return EONAY_UNBLOCK_CARD_READING;
    case EONAY_READER_READY:
      return judge_token (self, token);
    case EONAY_READER_UNSUPPORTED:
    case EONAY_READER_FAILED:
      return EONAY_UNBLOCK_CARD_UNKNOWN;
    case EONAY_READER_EMPTY:
    default:
      return EONAY_UNBLOCK_CARD_NONE;
    }
}

static gboolean
is_pin_blocked (EonayToken *token)
{
  EonayPinState state;

  eonay_token_get_pin_state (token, choose_certificate (token, NULL), &state);

  return state.blocked;
}

static void
watch (EonayUnblock *self, EonayToken *token)
{
  if (g_ptr_array_find (self->watched, token, NULL))
    return;

  g_ptr_array_add (self->watched, g_object_ref (token));
  g_signal_connect_swapped (token, "notify::pin-state", G_CALLBACK (eonay_unblock_follow_card),
                            self);
}

void
eonay_unblock_unwatch_cards (EonayUnblock *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_data (self->watched->pdata[i], self);
  g_ptr_array_set_size (self->watched, 0);
}

void
eonay_unblock_find_card (EonayUnblock *self)
{
  EonayUnblockCardStatus best = EONAY_UNBLOCK_CARD_NONE;
  EonayToken *found = NULL;
  EonayTokenCertificate *certificate = NULL;
  GListModel *readers = G_LIST_MODEL (self->readers);

  eonay_unblock_unwatch_cards (self);
  for (guint i = 0; i < g_list_model_get_n_items (readers); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (readers, i);
      EonayToken *token = eonay_reader_get_token (reader);
      EonayUnblockCardStatus card_status = judge (self, reader);

      if (token != NULL)
        watch (self, token);
      best = MAX (best, card_status);
      if (card_status == EONAY_UNBLOCK_CARD_THERE &&
          (found == NULL || (!is_pin_blocked (found) && is_pin_blocked (token))))
        found = token;
    }

  /* A card that is being read may be the named one. */
  if (best == EONAY_UNBLOCK_CARD_NONE && eonay_reader_list_is_searching (self->readers))
    best = EONAY_UNBLOCK_CARD_READING;
  if (found != NULL)
    certificate = choose_certificate (found, eonay_transaction_get_signer_hint (self->transaction));
  eonay_unblock_set_card_status (self, best, found, certificate);
}

void
eonay_unblock_show_tries (EonayUnblock *self)
{
  EonayPinState puk = { .tries_left = -1, .tries_max = -1 };

  if (self->token != NULL)
    eonay_token_get_puk_state (self->token, self->certificate, &puk);
  self->shown = puk;
}

gboolean
eonay_unblock_is_puk_blocked (EonayUnblock *self)
{
  EonayPinState puk;

  if (self->token == NULL)
    return FALSE;

  eonay_token_get_puk_state (self->token, self->certificate, &puk);

  return puk.blocked;
}

/* The card is back: resume. */
static void
resume (EonayUnblock *self)
{
  if (self->resume != EONAY_UNBLOCK_WAITING_WORD && self->resume != EONAY_UNBLOCK_WAITING_PIN &&
      eonay_unblock_is_sms_over (self))
    eonay_unblock_ask_word_again (self, TRUE);
  else
    eonay_unblock_go (self, self->resume, NULL);
}

static gboolean
is_asking (EonayUnblock *self)
{
  return self->state == EONAY_UNBLOCK_WAITING_WORD || self->state == EONAY_UNBLOCK_WAITING_SMS ||
         self->state == EONAY_UNBLOCK_WAITING_PIN || self->state == EONAY_UNBLOCK_READY;
}

/* Returns: (transfer full) (nullable): why the card cannot be unblocked with a PUK of the portal */
static GError *
find_obstacle (EonayUnblock *self)
{
  GError *error = NULL;

  if (eonay_unblock_is_puk_blocked (self))
    error = eonay_card_error_new_puk_wrong (0);
  else if (self->token != NULL)
    eonay_token_check_request (self->token, EONAY_TOKEN_REQUEST_UNBLOCK, self->certificate, &error);

  return error;
}

/* In READY, the question is updated when the last try is reached. */
static void
follow_tries (EonayUnblock *self)
{
  int before = self->shown.tries_left;

  eonay_unblock_show_tries (self);
  if (self->shown.tries_left != before)
    g_object_notify (G_OBJECT (self), "state");
}

void
eonay_unblock_follow_card (EonayUnblock *self)
{
  g_autoptr (GError) obstacle = NULL;

  /* While a call is running its own answer counts. */
  if (self->state != EONAY_UNBLOCK_WAITING_CARD && !is_asking (self))
    return;

  g_object_freeze_notify (G_OBJECT (self));
  eonay_unblock_find_card (self);
  obstacle = find_obstacle (self);
  if (obstacle != NULL)
    eonay_unblock_fail (self, EONAY_UNBLOCK_OUTCOME_FAILED, g_steal_pointer (&obstacle));
  else if (self->state == EONAY_UNBLOCK_WAITING_CARD && self->token != NULL)
    resume (self);
  else if (is_asking (self) && self->token == NULL)
    {
      self->resume = self->state;
      eonay_unblock_go (self, EONAY_UNBLOCK_WAITING_CARD, g_steal_pointer (&self->error));
    }
  else if (self->state == EONAY_UNBLOCK_READY)
    follow_tries (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
eonay_unblock_watch_readers (EonayUnblock *self, EonayReaderList *readers)
{
  if (self->readers != NULL)
    g_signal_handlers_disconnect_by_data (self->readers, self);
  eonay_unblock_unwatch_cards (self);
  g_set_object (&self->readers, readers);
  if (readers != NULL)
    g_signal_connect_swapped (readers, "changed", G_CALLBACK (eonay_unblock_follow_card), self);
}
