#include <json-glib/json-glib.h>

#include "base/eonay-text-class.h"
#include "cli/card/eonay-cli-card-run.h"
#include "cli/eonay-cli-print.h"
#include "cli/terminal/eonay-cli-presence.h"
#include "session/eonay-advice.h"
#include "session/eonay-words.h"

#define FORMAT 1

static const struct {
  EonayCandidateReasons reason;
  const char *word;
} reason_words[] = {
  { EONAY_CANDIDATE_EXPIRED, "expired" },
  { EONAY_CANDIDATE_NOT_YET_VALID, "not-yet-valid" },
  { EONAY_CANDIDATE_SEAL, "seal" },
  { EONAY_CANDIDATE_NOT_FOR_SIGNATURE, "not-for-signature" },
  { EONAY_CANDIDATE_NOT_QUALIFIED, "not-qualified" },
  { EONAY_CANDIDATE_NO_KEY, "no-key" },
  { EONAY_CANDIDATE_UNSUPPORTED_KEY, "unsupported-key" },
  { EONAY_CANDIDATE_OTHER_PERSON, "other-person" },
  { EONAY_CANDIDATE_PIN_BLOCKED, "pin-blocked" },
  { EONAY_CANDIDATE_MODULE_NEEDED, "module-needed" },
};

static const char *const service_words[] = {
  [EONAY_SERVICE_STARTING] = "starting", [EONAY_SERVICE_RUNNING] = "running",
  [EONAY_SERVICE_MISSING] = "missing",   [EONAY_SERVICE_DENIED] = "denied",
  [EONAY_SERVICE_MISMATCH] = "mismatch",
};

static const char *const reader_words[] = {
  [EONAY_READER_EMPTY] = "empty",   [EONAY_READER_READING] = "reading",
  [EONAY_READER_READY] = "ready",   [EONAY_READER_UNSUPPORTED] = "unsupported",
  [EONAY_READER_FAILED] = "failed",
};

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  g_autofree char *masked = value != NULL ? eonay_words_mask (value) : NULL;

  json_builder_set_member_name (builder, name);
  if (masked != NULL)
    json_builder_add_string_value (builder, masked);
  else
    json_builder_add_null_value (builder);
}

/* Complete, as --certificate accepts it; hexadecimal, assigned by the issuer. */
static void
add_certificate_serial (JsonBuilder *builder, const char *value)
{
  g_autofree char *valid = eonay_text_class_make_line (value, -1);

  json_builder_set_member_name (builder, "serial");
  json_builder_add_string_value (builder, valid);
}

static void
add_truth (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_number (JsonBuilder *builder, const char *name, int value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

/** @count: -1 for unknown, which becomes null */
static void
add_count (JsonBuilder *builder, const char *name, int count)
{
  if (count >= 0)
    add_number (builder, name, count);
  else
    add_text (builder, name, NULL);
}

static void
add_time (JsonBuilder *builder, const char *name, GDateTime *time)
{
  g_autofree char *text = eonay_cli_print_make_time (time);

  add_text (builder, name, text);
}

/** @error: (nullable) */
static void
add_error (JsonBuilder *builder, const GError *error)
{
  g_autoptr (EonayAdvice) advice = NULL;

  json_builder_set_member_name (builder, "error");
  if (error == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  advice = eonay_advice_new (error);
  json_builder_begin_object (builder);
  add_text (builder, "code", advice->code);
  add_text (builder, "what", advice->what);
  add_text (builder, "remedy", advice->remedy);
  json_builder_end_object (builder);
}

static void
add_state (JsonBuilder *builder, const char *name, const EonayPinState *state)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  add_truth (builder, "described", !state->absent);
  add_truth (builder, "known", state->known);
  add_truth (builder, "blocked", state->blocked);
  add_count (builder, "tries_left", state->tries_left);
  add_count (builder, "tries_max", state->tries_max);
  add_count (builder, "min_length", state->absent ? -1 : (int) state->min_length);
  add_count (builder, "max_length", state->absent ? -1 : (int) state->max_length);
  add_truth (builder, "numeric", state->numeric);
  json_builder_end_object (builder);
}

/** @certificate: (nullable) */
static void
add_states (JsonBuilder *builder, EonayToken *token, EonayTokenCertificate *certificate)
{
  EonayPinState state;

  eonay_token_get_pin_state (token, certificate, &state);
  add_state (builder, "pin", &state);
  eonay_token_get_puk_state (token, certificate, &state);
  add_state (builder, "puk", &state);
}

static void
add_reasons (JsonBuilder *builder, EonayCandidateReasons reasons)
{
  json_builder_set_member_name (builder, "reasons");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (reason_words); i++)
    if (reasons & reason_words[i].reason)
      json_builder_add_string_value (builder, reason_words[i].word);
  json_builder_end_array (builder);
}

static void
add_candidate (JsonBuilder *builder, EonayCandidate *candidate)
{
  EonayCertificate *certificate = eonay_candidate_get_certificate (candidate);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  add_text (builder, "holder", eonay_certificate_get_holder (certificate));
  add_text (builder, "national_id", eonay_certificate_get_national_id (certificate));
  add_text (builder, "provider", eonay_certificate_get_provider (certificate));
  add_text (builder, "issuer", eonay_certificate_get_issuer (certificate));
  add_certificate_serial (builder, eonay_certificate_get_serial (certificate));
  add_text (builder, "key", eonay_certificate_get_key_name (certificate));
  add_time (builder, "not_before", eonay_certificate_get_not_before (certificate));
  add_time (builder, "not_after", eonay_certificate_get_not_after (certificate));
  add_number (builder, "days_left", eonay_certificate_get_days_left (certificate, now));
  add_truth (builder, "qualified",
             eonay_certificate_get_kind (certificate) == EONAY_CERTIFICATE_QUALIFIED);
  add_truth (builder, "usable", eonay_candidate_is_usable (candidate));
  add_reasons (builder, eonay_candidate_get_reasons (candidate));
}

static void
add_certificate (EonayCliCardRun *self, JsonBuilder *builder, EonayToken *token,
                 EonayTokenCertificate *certificate)
{
  EonayCandidate *candidate = eonay_cli_card_run_find_candidate (self, certificate);
  g_autoptr (EonayCertificate) parsed = NULL;
  g_autoptr (GError) error = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "label", eonay_token_certificate_get_label (certificate));
  add_truth (builder, "has_key", eonay_token_certificate_has_key (certificate));
  if (candidate == NULL)
    parsed = eonay_certificate_new (eonay_token_certificate_get_der (certificate), &error);
  else
    add_candidate (builder, candidate);
  add_error (builder, error);
  if (self->options->command == EONAY_CLI_CARD_STATUS &&
      eonay_token_certificate_has_key (certificate))
    add_states (builder, token, certificate);
  json_builder_end_object (builder);
}

/** @token: (nullable) */
static void
add_card (EonayCliCardRun *self, JsonBuilder *builder, EonayToken *token)
{
  const char *backend;
  gboolean on_reader;
  GListModel *model;

  json_builder_set_member_name (builder, "card");
  if (token == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  backend = eonay_token_get_backend (token);
  model = eonay_token_get_certificates (token);
  on_reader = eonay_token_get_pin_entry (token) == EONAY_PIN_ENTRY_READER;
  json_builder_begin_object (builder);
  add_text (builder, "model", eonay_token_get_model (token));
  add_text (builder, "label", eonay_token_get_label (token));
  add_text (builder, "serial", eonay_token_get_serial (token));
  add_text (builder, "way", backend != NULL ? backend : "");
  add_truth (builder, "can_sign", eonay_token_can_use_keys (token));
  add_text (builder, "driver", eonay_token_get_module_name (token));
  add_error (builder, g_hash_table_lookup (self->failures, token));
  if (self->options->command == EONAY_CLI_CARD_STATUS)
    {
      add_text (builder, "pin_entry", on_reader ? "reader" : "host");
      add_states (builder, token, NULL);
    }
  json_builder_set_member_name (builder, "certificates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayTokenCertificate) certificate = g_list_model_get_item (model, i);

      add_certificate (self, builder, token, certificate);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_readers (EonayCliCardRun *self, JsonBuilder *builder)
{
  GListModel *readers = G_LIST_MODEL (self->readers);

  json_builder_set_member_name (builder, "readers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (readers); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (readers, i);

      if (!eonay_cli_presence_fits (self->options->reader, eonay_reader_get_name (reader)))
        continue;

      json_builder_begin_object (builder);
      add_text (builder, "name", eonay_reader_get_name (reader));
      add_text (builder, "state", reader_words[eonay_reader_get_state (reader)]);
      add_error (builder, eonay_reader_get_error (reader));
      add_card (self, builder, eonay_reader_get_token (reader));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

char *
eonay_cli_card_json_write (EonayCliCardRun *self, const GError *outcome)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_number (builder, "format", FORMAT);
  add_text (builder, "service", service_words[eonay_reader_list_get_service_state (self->readers)]);
  add_error (builder, outcome);
  add_readers (self, builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, TRUE);
}
