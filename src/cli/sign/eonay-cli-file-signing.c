#include "cli/sign/eonay-cli-file-signing.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/eonay-error.h"
#include "base/eonay-private-file.h"
#include "cli/eonay-cli-exit.h"
#include "cli/eonay-cli-print.h"
#include "cli/eonay-cli-readers.h"
#include "cli/sign/eonay-cli-signer.h"
#include "session/eonay-advice.h"
#include "session/eonay-finding-words.h"
#include "session/eonay-words.h"
#include "session/files/eonay-field-choice.h"
#include "session/files/eonay-file-output.h"
#include "session/files/eonay-file-signing.h"
#include "session/files/eonay-mark-picture.h"

#define LAST_ENTRY_SECONDS 5
#define ROOM_FOR_QUESTION 3
#define CA_FILE "practice-ca.pem"

typedef struct {
  const EonayCliSignOptions *options;
  EonayCliReaders *readers;
  EonayCliSigner *signer;
  GPtrArray *files; /* EonayOwnFile */
  EonayFileSigning *signing;
  EonayHistory *history;
} Run;

static void
run_clear (Run *self)
{
  g_clear_object (&self->signing);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->signer, eonay_cli_signer_free);
  g_clear_pointer (&self->readers, eonay_cli_readers_free);
  g_clear_object (&self->history);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static gboolean
on_signal (gpointer user_data)
{
  Run *self = user_data;

  if (self->signing != NULL && eonay_file_signing_is_signing (self->signing) &&
      !self->signer->interrupted)
    g_print ("%s\n", _ ("Interrupted. The card ends the file that it is at."));
  self->signer->interrupted = TRUE;
  g_cancellable_cancel (self->signer->stop);
  g_cancellable_cancel (self->signer->work);

  return G_SOURCE_CONTINUE;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* What waits for cards looks at the time. */
static gboolean
on_second (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
choose_certificate (Run *self, GError **error)
{
  guint timer = g_timeout_add_seconds (1, on_second, NULL);
  gboolean chosen = eonay_cli_signer_choose (self->signer, error);

  g_source_remove (timer);

  return chosen;
}

static gboolean
prepare_output (Run *self, GError **error)
{
  const char *folder = self->options->output;
  EonayPractice *practice = eonay_cli_readers_get_practice (self->readers);
  g_autofree char *path = NULL;

  if (folder == NULL)
    return TRUE;

  if (!eonay_file_output_make_folder (folder, error))
    return FALSE;
  if (practice == NULL)
    return TRUE;

  path = g_build_filename (folder, CA_FILE, NULL);

  return eonay_private_file_replace (path, eonay_practice_get_ca_pem (practice), -1, error);
}

static gboolean
prepare (Run *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_file_signing_prepare_async (self->signing, self->signer->candidate, self->signer->work,
                                    on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return eonay_file_signing_prepare_finish (self->signing, result, error);
}

static void
append_error (GString *text, EonayOwnFile *file)
{
  g_autoptr (EonayAdvice) advice = eonay_advice_new (eonay_own_file_get_error (file));

  g_string_append_printf (text, "%s: %s %s\n", advice->code, advice->what, advice->remedy);
}

/* What is found in a PDF that its pages do not show. */
static void
append_warnings (GString *text, EonayOwnFile *file)
{
  EonayPdfInspection *inspection = eonay_own_file_get_inspection (file);
  const EonayPdfFinding *findings;
  g_auto (GStrv) warnings = NULL;
  guint n_findings;

  if (inspection == NULL && eonay_own_file_get_kind (file) == EONAY_OWN_FILE_PDF)
    g_string_append_printf (text, "    ! %s\n",
                            _ ("e-Onay could not look into this PDF; what it hides is not known."));
  if (inspection == NULL)
    return;

  findings = eonay_pdf_inspection_get_findings (inspection, &n_findings);
  warnings = eonay_finding_words_list (findings, n_findings, TRUE, TRUE);
  for (guint i = 0; warnings[i] != NULL; i++)
    g_string_append_printf (text, "    ! %s\n", warnings[i]);
}

/* Returns: whether something was asked for that goes into a PDF alone */
static gboolean
wants_pdf (const EonayCliSignOptions *options)
{
  return options->mark != NULL || options->reason != NULL || options->location != NULL ||
         options->field != NULL;
}

static gboolean
is_pdf (EonayOwnFile *file)
{
  return eonay_own_file_get_kind (file) == EONAY_OWN_FILE_PDF;
}

/* An empty field of the document, instead of a new one: whoever made it gave it a meaning. */
static void
append_field (GString *text, EonayOwnFile *file)
{
  EonayPdfInspection *inspection = eonay_own_file_get_inspection (file);
  const EonayPdfField *field = inspection != NULL ? eonay_field_choice_find (file, NULL) : NULL;
  g_autoptr (GPtrArray) fields = NULL;
  g_autofree char *shown = NULL;

  if (field == NULL)
    return;

  shown = eonay_field_choice_describe (field);
  g_string_append_printf (text, "    %s %s\n", _ ("Signature field:"), shown);
  fields = eonay_field_choice_list (inspection);
  if (fields->len > 1 && eonay_own_file_get_field (file) == NULL)
    g_string_append_printf (
        text,
        g_dngettext (GETTEXT_PACKAGE, "    It is one of %u; --field chooses another.\n",
                     "    It is one of %u; --field chooses another.\n", fields->len),
        fields->len);
}

static void
append_file (GString *text, const EonayCliSignOptions *options, EonayOwnFile *file)
{
  g_autofree char *name = eonay_cli_print_clean (eonay_own_file_get_name (file));

  g_string_append_printf (text, "  %s\n    ", name);
  if (eonay_own_file_get_state (file) == EONAY_OWN_FILE_REFUSED)
    append_error (text, file);
  else
    {
      g_autofree char *size = g_format_size (eonay_own_file_get_size (file));
      g_autofree char *digest = eonay_words_hexadecimal (eonay_own_file_get_digest (file));

      g_string_append_printf (text, "%s · SHA-256 %s\n", size, digest);
      append_warnings (text, file);
      if (is_pdf (file) && options->format != EONAY_FILE_FORMAT_CADES)
        append_field (text, file);
      else if (wants_pdf (options))
        g_string_append_printf (
            text, "    ! %s\n",
            _ ("This is no PDF: its signature gets no mark, reason, place or field."));
    }
}

/* Returns: whether @text has a national number that is not put into a document */
static gboolean
is_masked (const char *text)
{
  g_autofree char *masked = text != NULL ? eonay_words_mask (text) : NULL;

  return masked != NULL && strcmp (masked, text) != 0;
}

static gboolean
has_use (Run *self)
{
  for (guint i = 0; i < self->files->len; i++)
    if (is_pdf (self->files->pdata[i]))
      return TRUE;

  return !wants_pdf (self->options);
}

/* Each file stands there with its digest: what is signed is what has it. */
static gboolean
agree (Run *self, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_unseen = eonay_file_signing_count_unseen (self->signing);
  g_autofree char *question = NULL;
  EonayCliSize at;

  g_string_append_printf (text, "\n%s\n", _ ("Files:"));
  for (guint i = 0; i < self->files->len; i++)
    append_file (text, self->options, self->files->pdata[i]);
  if (is_masked (self->options->reason) || is_masked (self->options->location))
    g_string_append_printf (
        text, "  ! %s\n",
        _ ("The national number in --reason or --location is masked in the document."));
  if (!eonay_cli_signer_show_text (self->signer, text->str, ROOM_FOR_QUESTION, &at, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Not read");
      return FALSE;
    }
  if (self->options->yes)
    return TRUE;

  question = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "e-Onay does not show the content of %u file here. Do you sign it? [y/N]",
                   "e-Onay does not show the content of %u files here. Do you sign them? [y/N]",
                   n_unseen),
      n_unseen);
  if (eonay_cli_terminal_confirm (self->signer->terminal, question,
                                  eonay_cli_signer_new_stop (self->signer)))
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The person does not sign");

  return FALSE;
}

static void
on_file_state (EonayOwnFile *file)
{
  const char *result = eonay_own_file_get_result (file);
  g_autofree char *name = eonay_cli_print_clean (eonay_own_file_get_name (file));
  g_autofree char *shown_result = NULL;

  if (eonay_own_file_get_state (file) == EONAY_OWN_FILE_SIGNED)
    {
      g_autofree char *displayed = g_filename_display_name (result);

      shown_result = eonay_cli_print_clean (displayed);
      /* TRANSLATORS: a file's name, and where its signed copy is. */
      g_print (_ ("%s: signed: %s\n"), name, shown_result);
    }
  else if (eonay_own_file_get_state (file) == EONAY_OWN_FILE_FAILED ||
           eonay_own_file_get_state (file) == EONAY_OWN_FILE_UNSAVED)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      append_error (text, file);
      g_printerr ("%s: %s", name, text->str);
      if (eonay_own_file_get_state (file) == EONAY_OWN_FILE_UNSAVED)
        /* TRANSLATORS: a file's name. */
        g_printerr (_ ("%s: the card signed it, but that signature is not kept.\n"), name);
    }
}

static gboolean
sign_once (Run *self, GError **error)
{
  EonayCliSigner *signer = self->signer;
  g_autoptr (GAsyncResult) result = NULL;
  EonaySecret *pin = NULL;

  signer->told = FALSE;
  if (!eonay_cli_signer_ask_pin (signer, &pin, error))
    return FALSE;

  eonay_cli_signer_print_begin (signer, pin);
  eonay_file_signing_sign_async (self->signing, pin, &signer->consent, signer->work, on_done,
                                 &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return eonay_file_signing_sign_finish (self->signing, result, error);
}

static gboolean
sign (Run *self, GError **error)
{
  while (TRUE)
    {
      g_autoptr (GError) failure = NULL;

      if (sign_once (self, &failure))
        return TRUE;

      if (!eonay_card_error_is_about_pin (failure) ||
          !eonay_cli_signer_may_ask_again (self->signer, failure))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
}

static guint
count_signed (Run *self)
{
  guint count = 0;

  for (guint i = 0; i < self->files->len; i++)
    count += eonay_own_file_get_state (self->files->pdata[i]) == EONAY_OWN_FILE_SIGNED;

  return count;
}

static void
close_history (Run *self)
{
  if (self->history == NULL)
    return;

  eonay_history_flush (self->history, LAST_ENTRY_SECONDS);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (eonay_history_get_problem (self->history) != NULL)
    eonay_cli_print_error (eonay_history_get_problem (self->history));
}

/* Returns: whether a file is named with that error anyhow */
static gboolean
is_of_a_file (Run *self, const GError *outcome)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const GError *error = eonay_own_file_get_error (self->files->pdata[i]);

      if (error != NULL && g_error_matches (outcome, error->domain, error->code))
        return TRUE;
    }

  return FALSE;
}

/* Files that were refused before the card was asked are on the list that was shown; at the end they
   are named again, on the stream of errors. */
static int
conclude (Run *self, const GError *outcome)
{
  guint n_signed = count_signed (self);
  guint n_all = self->files->len;

  for (guint i = 0; i < n_all; i++)
    {
      EonayOwnFile *file = self->files->pdata[i];
      g_autofree char *name = eonay_cli_print_clean (eonay_own_file_get_name (file));
      g_autoptr (GString) text = g_string_new (NULL);

      if (eonay_own_file_get_state (file) != EONAY_OWN_FILE_REFUSED)
        continue;
      append_error (text, file);
      g_printerr ("%s: %s", name, text->str);
    }
  if (outcome != NULL && !self->signer->told && !is_of_a_file (self, outcome))
    eonay_cli_print_error (outcome);
  /* TRANSLATORS: how many files were signed, and of how many. */
  g_print (_ ("%u of %u files signed.\n"), n_signed, n_all);
  close_history (self);

  if (n_signed == n_all)
    return EONAY_CLI_EXIT_OK;
  if (n_signed > 0)
    return EONAY_CLI_EXIT_PARTLY;

  return outcome != NULL ? (int) eonay_cli_exit_for_error (outcome) : EONAY_CLI_EXIT_FAILED;
}

static gboolean
list_files (Run *self, GError **error)
{
  g_autoptr (EonayFileOptions) options = eonay_file_options_new ();

  if (self->options->mark_picture != NULL)
    {
      options->picture = eonay_mark_picture_read (self->options->mark_picture, error);
      if (options->picture == NULL)
        return FALSE;
    }

  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; self->options->files[i] != NULL; i++)
    {
      EonayOwnFile *file = eonay_own_file_new (self->options->files[i]);

      eonay_own_file_set_field (file, self->options->field);
      g_signal_connect (file, "notify::state", G_CALLBACK (on_file_state), NULL);
      g_ptr_array_add (self->files, file);
    }

  options->format = (EonayFileFormat) self->options->format;
  options->attached = self->options->attached;
  options->reason = g_strdup (self->options->reason);
  options->location = g_strdup (self->options->location);
  options->mark = g_memdup2 (self->options->mark, sizeof *self->options->mark);
  options->is_practice = self->options->environment_kind == EONAY_CLI_ENVIRONMENT_PRACTICE;
  options->folder = self->options->output != NULL
                        ? g_canonicalize_filename (self->options->output, NULL)
                        : NULL;
  self->signing = eonay_file_signing_new (self->files, options);
  eonay_file_signing_set_history (self->signing, self->history);

  return TRUE;
}

static int
run (Run *self)
{
  g_autoptr (GError) error = NULL;

  if (!eonay_cli_signer_has_pin_source (self->signer, &error))
    {
      eonay_cli_print_error (error);
      return EONAY_CLI_EXIT_USAGE;
    }
  if (!self->options->yes && !self->signer->interactive)
    {
      g_printerr (
          "eonay-cli: %s\n",
          _ ("Nothing was signed: a script has to say --yes to files that nobody looks at."));
      return EONAY_CLI_EXIT_NOT_ACCEPTED;
    }

  if (prepare_output (self, &error) && choose_certificate (self, &error) && prepare (self, &error))
    {
      if (!has_use (self))
        {
          g_printerr ("eonay-cli: %s\n",
                      _ ("--mark, --reason, --location and --field are for a PDF, "
                         "and none of these files is one."));
          return EONAY_CLI_EXIT_USAGE;
        }
      if (agree (self, &error))
        sign (self, &error);
    }

  return conclude (self, error);
}

int
eonay_cli_file_signing_run (const EonayCliSignOptions *options)
{
  g_auto (Run) self = { .options = options };
  g_autoptr (GError) error = NULL;
  const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  guint watches[G_N_ELEMENTS (signals)];
  int exit_code;

  self.readers = options->environment_kind == EONAY_CLI_ENVIRONMENT_PRACTICE
                     ? eonay_cli_readers_new_practice (options->card, &error)
                     : eonay_cli_readers_new ((const char *const *) options->modules);
  if (self.readers == NULL)
    {
      eonay_cli_print_error (error);
      return (int) eonay_cli_exit_for_error (error);
    }

  if (options->experimental_akis)
    eonay_reader_list_set_allow_experimental (eonay_cli_readers_get_list (self.readers), TRUE);
  self.signer = eonay_cli_signer_new (options, eonay_cli_readers_get_list (self.readers));
  self.signer->asks = self.signer->interactive && !options->yes;
  self.history = eonay_cli_sign_options_open_history (options);
  if (!list_files (&self, &error))
    {
      eonay_cli_print_error (error);
      return (int) eonay_cli_exit_for_error (error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    watches[i] = g_unix_signal_add (signals[i], on_signal, &self);
  exit_code = run (&self);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_source_remove (watches[i]);

  return exit_code;
}
