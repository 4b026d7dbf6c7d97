#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/eonay-error.h"
#include "cli/eonay-cli-exit.h"
#include "cli/eonay-cli-print.h"
#include "cli/sign/eonay-cli-signing.h"
#include "session/eonay-finding-words.h"
#include "session/eonay-text-inspection.h"
#include "session/eonay-words.h"

/* Rows for the request for a card, the usual list of certificates, and a question. */
#define ROOM_FOR_CERTIFICATES 12
#define RULE "────────────────────────────────────────────────────────────"

static GListModel *
get_documents (EonayCliSigning *self)
{
  return eonay_transaction_get_documents (eonay_session_get_transaction (self->session));
}

/* Paragraphs in order, for the screen or a script. */
static void
append_transaction (EonayCliSigning *self, GString *text)
{
  EonayTransaction *transaction = eonay_session_get_transaction (self->session);
  EonayPortal *portal = eonay_cli_environment_get_portal (self->environment);
  g_autofree char *name = eonay_cli_print_clean (eonay_transaction_get_portal_name (transaction));
  g_autofree char *created = eonay_words_time (eonay_transaction_get_created_at (transaction));
  guint left = eonay_session_get_seconds_left (self->session);

  if (eonay_portal_profile_is_practice (eonay_portal_get_profile (portal)))
    g_string_append_printf (text, "%s\n\n", _ ("PRACTICE MODE · signatures are not valid"));
  g_string_append_printf (text, _ ("Portal: %s\n"), name);
  g_string_append_printf (text, _ ("Operation: %s\n"),
                          eonay_words_operation (eonay_transaction_get_operation (transaction)));
  g_string_append_printf (text, _ ("Created: %s\n"), created);
  g_string_append_printf (
      text,
      g_dngettext (GETTEXT_PACKAGE, "Time left: %u second\n", "Time left: %u seconds\n", left),
      left);
}

static void
append_flags (GString *text, EonayTextFlags flags)
{
  if (flags != EONAY_TEXT_CLEAN)
    g_string_append_printf (
        text, "%s\n",
        _ ("Beware: the text has characters that cannot be seen, that are drawn over "
           "others or that change its direction; they are marked with ⟦ ⟧."));
}

static void
append_sentences (GString *shown, const char *const *sentences)
{
  for (guint i = 0; sentences[i] != NULL; i++)
    g_string_append_printf (shown, "– %s\n", sentences[i]);
}

/* What is known of a PDF, whose pages are not shown here. */
static void
append_pdf (EonayPdfInspection *inspection, GString *shown)
{
  guint n_findings;
  const EonayPdfFinding *findings = eonay_pdf_inspection_get_findings (inspection, &n_findings);
  g_auto (GStrv) warnings = eonay_finding_words_list (findings, n_findings, TRUE, TRUE);
  g_auto (GStrv) notes = eonay_finding_words_list (findings, n_findings, FALSE, TRUE);

  g_string_append_printf (shown, _ ("Pages: %u\n"), eonay_pdf_inspection_get_n_pages (inspection));
  append_sentences (shown, (const char *const *) notes);
  if (warnings[0] == NULL)
    return;

  g_string_append_printf (
      shown, "%s\n", _ ("Beware: what is signed is the whole file, not only what its pages show."));
  append_sentences (shown, (const char *const *) warnings);
}

static gboolean
append_document (EonayCliSigning *self, EonayDocument *document, guint index, GString *shown,
                 GError **error)
{
  g_autofree char *label = eonay_cli_print_clean (eonay_document_get_label (document));
  g_autofree char *digest = eonay_words_hexadecimal (eonay_document_get_digest (document));
  EonayPdfInspection *inspection = eonay_session_get_inspection (self->session, index);
  EonayTextFlags flags = EONAY_TEXT_CLEAN;
  g_autofree char *text = NULL;

  if (inspection != NULL)
    {
      g_string_append (shown, "\n");
      g_string_append_printf (shown, _ ("PDF to sign %u: %s\n"), index + 1, label);
      g_string_append_printf (shown, "SHA-256: %s\n", digest);
      append_pdf (inspection, shown);
      return TRUE;
    }

  text = eonay_text_inspection_run (eonay_document_get_content (document), &flags, error);
  if (text == NULL)
    return FALSE;

  g_string_append (shown, "\n");
  g_string_append_printf (shown, _ ("Text to sign %u: %s\n"), index + 1, label);
  g_string_append_printf (shown, "SHA-256: %s\n%s\n%s%s%s\n", digest, RULE, text,
                          g_str_has_suffix (text, "\n") ? "" : "\n", RULE);
  append_flags (shown, flags);

  return TRUE;
}

static gboolean
has_pdf (EonayCliSigning *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (get_documents (self)); i++)
    if (eonay_session_get_inspection (self->session, i) != NULL)
      return TRUE;

  return FALSE;
}

static int
end_early (EonayCliSigning *self, const GError *error)
{
  if (!self->signer->interrupted)
    eonay_cli_print_error (error);

  return (int) eonay_cli_exit_for_error (error);
}

int
eonay_cli_signing_show_documents (EonayCliSigning *self, GError **error)
{
  GListModel *documents = get_documents (self);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) changed = NULL;
  g_autoptr (GError) small = NULL;
  gboolean shown;

  append_transaction (self, text);
  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EonayDocument) document = g_list_model_get_item (documents, i);

      if (!append_document (self, document, i, text, error))
        return EONAY_CLI_EXIT_FAILED;
    }

  if (self->signer->asks && has_pdf (self))
    {
      g_print ("%s\n", text->str);
      g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_PDF_UNSHOWN,
                           "A terminal cannot show a PDF");
      return EONAY_CLI_EXIT_NOT_ACCEPTED;
    }

  shown = eonay_cli_signer_show_text (self->signer, text->str, ROOM_FOR_CERTIFICATES,
                                      &self->reviewed_at, &small);
  if (!eonay_cli_signing_is_in (self, EONAY_SESSION_REVIEWING, &changed))
    return end_early (self, changed);
  if (small != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&small));
      return EONAY_CLI_EXIT_FAILED;
    }
  if (!shown)
    return EONAY_CLI_EXIT_DECLINED;

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      eonay_session_mark_warned (self->session, i);
      eonay_session_mark_seen (self->session, i);
    }

  return EONAY_CLI_EXIT_OK;
}

static gboolean
line_names (EonaySecret *line, GBytes *digest)
{
  g_autofree char *expected = eonay_words_hexadecimal (digest);
  g_autofree char *got = NULL;
  const guint8 *bytes;
  gsize length;

  bytes = eonay_secret_peek (line, &length);
  got = g_strstrip (g_strndup ((const char *) bytes, length));

  return g_ascii_strcasecmp (got, expected) == 0;
}

static gboolean
is_accepted (EonayCliSigning *self, EonayDocument *document)
{
  g_autoptr (EonaySecret) line = NULL;

  if (eonay_cli_sign_options_accepts (self->options, eonay_document_get_digest (document)))
    return TRUE;
  if (!self->options->accept_from_input)
    return FALSE;

  line = eonay_cli_terminal_read_line (STDIN_FILENO, eonay_cli_signer_new_stop (self->signer),
                                       NULL);

  return line != NULL && line_names (line, eonay_document_get_digest (document));
}

static gboolean
are_all_accepted (EonayCliSigning *self)
{
  GListModel *documents = get_documents (self);

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EonayDocument) document = g_list_model_get_item (documents, i);

      if (!is_accepted (self, document))
        return FALSE;
    }

  return TRUE;
}

static void
print_unnamed (void)
{
  g_printerr ("eonay-cli: %s\n", _ ("Nothing was signed: a script has to name each document by "
                                    "its SHA-256 with --accept."));
}

int
eonay_cli_signing_can_accept (EonayCliSigning *self, GError **error)
{
  if (self->signer->asks)
    return eonay_cli_terminal_has_room (self->signer->terminal, error) ? EONAY_CLI_EXIT_OK
                                                                       : EONAY_CLI_EXIT_FAILED;
  if (self->options->accept != NULL)
    return EONAY_CLI_EXIT_OK;

  print_unnamed ();

  return EONAY_CLI_EXIT_NOT_ACCEPTED;
}

static int
accept_by_option (EonayCliSigning *self)
{
  gboolean accepted = are_all_accepted (self);
  g_autoptr (GError) error = NULL;

  if (!eonay_cli_signing_is_in (self, EONAY_SESSION_REVIEWING, &error))
    return end_early (self, error);
  if (accepted)
    return EONAY_CLI_EXIT_OK;

  print_unnamed ();

  return EONAY_CLI_EXIT_NOT_ACCEPTED;
}

/* Rows that were visible without a stop may have scrolled away when the window's size changed. */
static gboolean
is_other_size (EonayCliSigning *self)
{
  EonayCliSize now = eonay_cli_terminal_measure (self->signer->terminal);

  return !eonay_cli_size_equal (&now, &self->reviewed_at);
}

int
eonay_cli_signing_accept (EonayCliSigning *self, GError **error)
{
  if (!self->signer->asks)
    return accept_by_option (self);

  while (TRUE)
    {
      g_autoptr (GError) changed = NULL;
      gboolean yes = eonay_cli_terminal_confirm (self->signer->terminal, _ ("Do you sign? [y/N]"),
                                                 eonay_cli_signer_new_stop (self->signer));
      int shown;

      if (!eonay_cli_signing_is_in (self, EONAY_SESSION_REVIEWING, &changed))
        return end_early (self, changed);
      if (!yes)
        return EONAY_CLI_EXIT_DECLINED;
      if (!is_other_size (self))
        return EONAY_CLI_EXIT_OK;

      g_print ("\n%s\n",
               _ ("The window’s size has changed; this is shown again from its beginning."));
      shown = eonay_cli_signing_show_documents (self, error);
      if (shown != EONAY_CLI_EXIT_OK)
        return shown;
    }
}
