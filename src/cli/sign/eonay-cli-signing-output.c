#include <errno.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/eonay-private-file.h"
#include "cli/eonay-cli-print.h"
#include "cli/sign/eonay-cli-signing.h"
#include "session/eonay-words.h"

#define PRIVATE_FOLDER 0700
#define SAME_SECOND_MAX 100

static gboolean
keep (EonayCliSigning *self, const char *name, gconstpointer bytes, gsize length, GError **error)
{
  g_autofree char *path = g_build_filename (self->options->output, name, NULL);

  return eonay_private_file_replace (path, bytes, (gssize) length, error);
}

/* Of the file that is kept of it. */
static const char *
document_extension (EonayDocument *document)
{
  return eonay_document_is_pdf (document) ? "pdf" : "txt";
}

static const char *
signature_extension (EonayCliSigning *self, guint index)
{
  EonayTransaction *transaction = eonay_session_get_transaction (self->session);
  GListModel *documents = eonay_transaction_get_documents (transaction);
  g_autoptr (EonayDocument) document = g_list_model_get_item (documents, index);

  return eonay_document_get_format (document) == EONAY_FORMAT_PADES ? "pdf" : "p7m";
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

static void
set_error_from_errno (GError **error, const char *path)
{
  int number = errno;
  g_autofree char *shown = eonay_cli_print_clean (path);

  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (number), "%s: %s", shown,
               g_strerror (number));
}

gboolean
eonay_cli_signing_prepare_output (EonayCliSigning *self, GError **error)
{
  g_autofree char *probe = NULL;
  int fd;

  if (self->options->output == NULL)
    return TRUE;

  if (g_mkdir_with_parents (self->options->output, PRIVATE_FOLDER) == -1)
    {
      set_error_from_errno (error, self->options->output);
      return FALSE;
    }

  /* Only writing a file proves that one can be written. */
  probe = g_build_filename (self->options->output, ".eonay-XXXXXX", NULL);
  fd = g_mkstemp (probe);
  if (fd == -1)
    {
      set_error_from_errno (error, self->options->output);
      return FALSE;
    }
  g_close (fd, NULL);
  g_unlink (probe);

  return TRUE;
}

gboolean
eonay_cli_signing_keep_documents (EonayCliSigning *self, GError **error)
{
  EonayTransaction *transaction = eonay_session_get_transaction (self->session);
  GListModel *documents = eonay_transaction_get_documents (transaction);
  const char *ca_pem = eonay_cli_environment_get_ca_pem (self->environment);

  if (self->options->output == NULL)
    return TRUE;

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EonayDocument) document = g_list_model_get_item (documents, i);

      if (!keep_each (self, "document", document_extension (document), i,
                      eonay_document_get_content (document), error))
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
  g_autofree char *text = time != NULL ? eonay_cli_print_make_time (time) : NULL;

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

/** The client's view of the transaction. */
static char *
describe_session (EonayCliSigning *self, const GError *outcome)
{
  EonayTransaction *transaction = eonay_session_get_transaction (self->session);
  const EonayPortalReceipt *receipt = eonay_session_get_receipt (self->session);
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
eonay_cli_signing_keep_signatures (EonayCliSigning *self, GError **error)
{
  GPtrArray *signatures = eonay_session_get_signatures (self->session);

  if (self->options->output == NULL || signatures == NULL || self->kept)
    return TRUE;

  for (guint i = 0; i < signatures->len; i++)
    if (!keep_each (self, "signature", signature_extension (self, i), i, signatures->pdata[i],
                    error))
      return FALSE;
  self->kept = TRUE;

  return TRUE;
}

/** Returns: (transfer full) (type filename): a newly created folder */
static char *
make_undelivered_folder (GError **error)
{
  g_autofree char *parent = g_build_filename (g_get_user_data_dir (), "eonay", "undelivered", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *path = g_build_filename (parent, time, NULL);

  if (g_mkdir_with_parents (parent, PRIVATE_FOLDER) == -1)
    {
      set_error_from_errno (error, parent);
      return NULL;
    }

  for (guint i = 2; g_mkdir (path, PRIVATE_FOLDER) == -1; i++)
    {
      if (errno != EEXIST || i > SAME_SECOND_MAX)
        {
          set_error_from_errno (error, path);
          return NULL;
        }
      g_free (path);
      path = g_strdup_printf ("%s" G_DIR_SEPARATOR_S "%s-%u", parent, time, i);
    }

  return g_steal_pointer (&path);
}

char *
eonay_cli_signing_keep_undelivered (EonayCliSigning *self, GError **error)
{
  GPtrArray *signatures = eonay_session_get_signatures (self->session);
  g_autofree char *folder = make_undelivered_folder (error);

  for (guint i = 0; folder != NULL && i < signatures->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("signature-%u.%s", i + 1,
                                               signature_extension (self, i));
      g_autofree char *path = g_build_filename (folder, name, NULL);
      gsize length;
      const char *start = g_bytes_get_data (signatures->pdata[i], &length);

      if (!eonay_private_file_replace (path, start, (gssize) length, error))
        return NULL;
    }

  return g_steal_pointer (&folder);
}

gboolean
eonay_cli_signing_keep_result (EonayCliSigning *self, const GError *outcome, GError **error)
{
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;
  const char *text;

  if (self->options->output == NULL || eonay_session_get_transaction (self->session) == NULL)
    return TRUE;

  if (!eonay_cli_signing_keep_signatures (self, error))
    return FALSE;

  ours = describe_session (self, outcome);
  theirs = eonay_cli_environment_describe (self->environment);
  text = theirs != NULL ? theirs : ours;

  return keep (self, "transaction.json", text, strlen (text), error);
}
