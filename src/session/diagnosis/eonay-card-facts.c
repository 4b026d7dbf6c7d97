#include "session/diagnosis/eonay-card-facts.h"

#include "base/eonay-error.h"

static void
certificate_facts_free (gpointer data)
{
  EonayCertificateFacts *facts = data;

  g_date_time_unref (facts->not_before);
  g_date_time_unref (facts->not_after);
  g_free (facts);
}

/* @refusal: (nullable) */
static void
refusal_free (gpointer refusal)
{
  g_autoptr (GError) error = refusal;
}

EonayCardFacts *
eonay_card_facts_new (const char *reader, EonayReaderState state)
{
  EonayCardFacts *self = g_new0 (EonayCardFacts, 1);

  self->reader = g_strdup (reader);
  self->state = state;
  self->atr = g_strdup ("");
  self->model = g_strdup ("");
  self->serial = g_strdup ("");
  self->module = g_strdup ("");
  self->pins = g_array_new (FALSE, FALSE, sizeof (EonayPinState));
  self->puks = g_array_new (FALSE, FALSE, sizeof (EonayPinState));
  self->unblock_errors = g_ptr_array_new_with_free_func (refusal_free);
  self->certificates = g_ptr_array_new_with_free_func (certificate_facts_free);

  return self;
}

void
eonay_card_facts_free (EonayCardFacts *self)
{
  if (self == NULL)
    return;

  g_free (self->reader);
  g_clear_error (&self->error);
  g_free (self->atr);
  g_free (self->model);
  g_free (self->serial);
  g_free (self->backend);
  g_free (self->module);
  g_clear_error (&self->pin_error);
  g_array_unref (self->pins);
  g_array_unref (self->puks);
  g_ptr_array_unref (self->unblock_errors);
  g_ptr_array_unref (self->certificates);
  g_free (self);
}

void
eonay_card_facts_add_certificate (EonayCardFacts *self, EonayCandidateReasons reasons,
                                  gboolean is_qualified, int days_left, GDateTime *not_before,
                                  GDateTime *not_after)
{
  EonayCertificateFacts *facts = g_new0 (EonayCertificateFacts, 1);

  facts->reasons = reasons;
  facts->is_qualified = is_qualified;
  facts->days_left = days_left;
  facts->not_before = g_date_time_ref (not_before);
  facts->not_after = g_date_time_ref (not_after);
  g_ptr_array_add (self->certificates, facts);
}

static void
add_pin (EonayCardFacts *self, EonayToken *token, EonayTokenCertificate *certificate)
{
  GError *refusal = NULL;
  EonayPinState state;

  eonay_token_get_pin_state (token, certificate, &state);
  g_array_append_val (self->pins, state);
  eonay_token_check_request (token, EONAY_TOKEN_REQUEST_UNBLOCK, certificate, &refusal);
  g_ptr_array_add (self->unblock_errors, refusal);
  eonay_token_get_puk_state (token, certificate, &state);
  g_array_append_val (self->puks, state);
}

static gboolean
is_shared (EonayToken *token, GPtrArray *earlier, EonayTokenCertificate *certificate)
{
  for (guint i = 0; i < earlier->len; i++)
    if (eonay_token_shares_pin (token, earlier->pdata[i], certificate))
      return TRUE;

  return FALSE;
}

/* One of each PIN, in the order of the certificates whose keys they guard. */
static void
gather_pins (EonayCardFacts *self, EonayToken *token)
{
  GListModel *model = eonay_token_get_certificates (token);
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayTokenCertificate) certificate = g_list_model_get_item (model, i);

      if (!eonay_token_certificate_has_key (certificate) || is_shared (token, seen, certificate))
        continue;
      add_pin (self, token, certificate);
      g_ptr_array_add (seen, g_steal_pointer (&certificate));
    }
}

static void
gather_certificates (EonayCardFacts *self, EonayToken *token, EonayCandidateList *candidates,
                     GDateTime *now)
{
  GListModel *model = G_LIST_MODEL (candidates);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayCandidate) candidate = g_list_model_get_item (model, i);
      EonayCertificate *certificate = eonay_candidate_get_certificate (candidate);

      if (eonay_candidate_get_token (candidate) == token)
        eonay_card_facts_add_certificate (self, eonay_candidate_get_reasons (candidate),
                                          eonay_certificate_get_kind (certificate) ==
                                              EONAY_CERTIFICATE_QUALIFIED,
                                          eonay_certificate_get_days_left (certificate, now),
                                          eonay_certificate_get_not_before (certificate),
                                          eonay_certificate_get_not_after (certificate));
    }
  self->n_unreadable = g_list_model_get_n_items (eonay_token_get_certificates (token)) -
                       self->certificates->len;
}

EonayCardFacts *
eonay_card_facts_gather (EonayReader *reader, const EonayPcscProbeSnapshot *snapshot,
                         EonayCandidateList *candidates, GDateTime *now)
{
  EonayToken *token = eonay_reader_get_token (reader);
  EonayCardFacts *self = eonay_card_facts_new (eonay_reader_get_name (reader),
                                               eonay_reader_get_state (reader));

  self->is_module = eonay_reader_is_module (reader);
  if (eonay_reader_get_error (reader) != NULL)
    self->error = g_error_copy (eonay_reader_get_error (reader));
  if (snapshot != NULL)
    {
      self->is_mute = snapshot->is_mute;
      g_free (self->atr);
      self->atr = g_strdup (snapshot->atr);
    }
  if (token == NULL)
    return self;

  g_free (self->model);
  g_free (self->serial);
  self->model = g_strdup (eonay_token_get_model (token));
  self->serial = g_strdup (eonay_token_get_serial (token));
  self->backend = g_strdup (eonay_token_get_backend (token));
  if (eonay_token_get_module_name (token) != NULL)
    {
      g_free (self->module);
      self->module = g_strdup (eonay_token_get_module_name (token));
    }
  self->can_use_keys = eonay_token_can_use_keys (token);
  gather_pins (self, token);
  gather_certificates (self, token, candidates, now);

  return self;
}

gboolean
eonay_card_facts_blames_module (const EonayCardFacts *self)
{
  return g_error_matches (self->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NEEDED) ||
         g_error_matches (self->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_CRASHED) ||
         g_error_matches (self->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_HUNG) ||
         g_error_matches (self->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NO_LIBRARY) ||
         g_error_matches (self->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_FAILED);
}

gboolean
eonay_card_facts_is_reader (const EonayCardFacts *self)
{
  return !self->is_module || !eonay_card_facts_blames_module (self);
}

gboolean
eonay_card_facts_can_sign (const EonayCardFacts *self)
{
  if (self->pin_error != NULL)
    return FALSE;

  for (guint i = 0; i < self->certificates->len; i++)
    if (((EonayCertificateFacts *) self->certificates->pdata[i])->reasons == EONAY_CANDIDATE_USABLE)
      return TRUE;

  return FALSE;
}
