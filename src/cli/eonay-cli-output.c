#include <errno.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "cli/eonay-cli-signing.h"
#include "session/eonay-words.h"

static gboolean
keep (EonayCliSigning *self, const char *name, gconstpointer bytes, gsize length, GError **error)
{
  g_autofree char *path = g_build_filename (self->options->output, name, NULL);

  return g_file_set_contents (path, bytes, (gssize) length, error);
}

static gboolean
keep_each (EonayCliSigning *self, const char *stem, const char *extension, guint index,
           GBytes *bytes, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s-%u.%s", stem, index + 1, extension);
  gsize length;
  const void *start = g_bytes_get_data (bytes, &length);

  return keep (self, name, start != NULL ? start : "", length, error);
}

gboolean
eonay_cli_output_documents (EonayCliSigning *self, GError **error)
{
  EonayTransaction *transaction = eonay_session_get_transaction (self->session);
  GListModel *documents = eonay_transaction_get_documents (transaction);
  const char *ca_pem = eonay_cli_stage_get_ca_pem (self->stage);

  if (self->options->output == NULL)
    return TRUE;

  if (g_mkdir_with_parents (self->options->output, 0755) == -1)
    {
      g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (errno), "%s: %s",
                   self->options->output, g_strerror (errno));
      return FALSE;
    }

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EonayDocument) document = g_list_model_get_item (documents, i);

      if (!keep_each (self, "document", "txt", i, eonay_document_get_content (document), error))
        return FALSE;
    }

  return ca_pem == NULL || keep (self, "practice-ca.pem", ca_pem, strlen (ca_pem), error);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  if (value == NULL)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_time (JsonBuilder *builder, const char *name, GDateTime *time)
{
  g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

  add_string (builder, name, text);
}

static void
add_documents (JsonBuilder *builder, GListModel *documents)
{
  json_builder_set_member_name (builder, "documents");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EonayDocument) document = g_list_model_get_item (documents, i);
      g_autofree char *digest = eonay_words_hexadecimal (eonay_document_get_digest (document));

      json_builder_begin_object (builder);
      add_string (builder, "id", eonay_document_get_id (document));
      add_string (builder, "label", eonay_document_get_label (document));
      add_string (builder, "media_type", eonay_document_get_media_type (document));
      add_string (builder, "sha256", digest);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_certificate (JsonBuilder *builder, EonayCandidate *candidate)
{
  EonayCertificate *certificate = eonay_candidate_get_certificate (candidate);

  json_builder_set_member_name (builder, "certificate");
  json_builder_begin_object (builder);
  add_string (builder, "serial", eonay_certificate_get_serial (certificate));
  add_string (builder, "issuer", eonay_certificate_get_issuer (certificate));
  add_string (builder, "fingerprint", eonay_certificate_get_fingerprint (certificate));
  json_builder_end_object (builder);
}

/** What this side knows of the transaction. */
static char *
describe_session (EonayCliSigning *self, const GError *outcome)
{
  EonayTransaction *transaction = eonay_session_get_transaction (self->session);
  const EonayReceipt *receipt = eonay_session_get_receipt (self->session);
  g_autoptr (GEnumClass) states = g_type_class_ref (EONAY_TYPE_SESSION_STATE);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "transaction", eonay_transaction_get_id (transaction));
  add_string (builder, "portal", eonay_transaction_get_portal_name (transaction));
  add_string (builder, "state",
              g_enum_get_value (states, (int) eonay_session_get_state (self->session))->value_nick);
  add_time (builder, "created_at", eonay_transaction_get_created_at (transaction));
  add_time (builder, "signed_at", eonay_session_get_signed_at (self->session));
  add_documents (builder, eonay_transaction_get_documents (transaction));
  if (eonay_session_get_candidate (self->session) != NULL)
    add_certificate (builder, eonay_session_get_candidate (self->session));
  if (receipt != NULL)
    {
      add_string (builder, "message", receipt->message);
      add_string (builder, "receipt", receipt->receipt);
    }
  add_string (builder, "error", outcome != NULL ? outcome->message : NULL);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, TRUE);
}

gboolean
eonay_cli_output_result (EonayCliSigning *self, const GError *outcome, GError **error)
{
  GPtrArray *signatures = eonay_session_get_signatures (self->session);
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;
  const char *text;

  if (self->options->output == NULL || eonay_session_get_transaction (self->session) == NULL)
    return TRUE;

  for (guint i = 0; signatures != NULL && i < signatures->len; i++)
    if (!keep_each (self, "signature", "p7m", i, signatures->pdata[i], error))
      return FALSE;

  ours = describe_session (self, outcome);
  theirs = eonay_cli_stage_describe (self->stage);
  text = theirs != NULL ? theirs : ours;

  return keep (self, "transaction.json", text, strlen (text), error);
}
