#include "app/files/eonay-files-view.h"

#include <glib/gi18n-lib.h>

#include "app/document/eonay-page-comparison.h"
#include "app/files/eonay-files-page.h"
#include "app/files/eonay-files-result.h"
#include "app/files/eonay-unseen-question.h"
#include "app/pin/eonay-pin-dialog.h"
#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-file-choice.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-question.h"
#include "app/widgets/eonay-stack.h"
#include "base/eonay-error.h"
#include "session/eonay-settings.h"
#include "session/files/eonay-file-signing.h"

struct _EonayFilesView {
  AdwBin parent_instance;

  GtkStack *stack;
  AdwStatusPage *empty;
  GtkWidget *open;
  GtkLabel *left_out;
  GtkLabel *progress_title;
  GtkProgressBar *bar;
  GtkWidget *stop;
  EonayFilesPage *page;
  EonayFilesResult *result;

  GSimpleActionGroup *actions;
  EonayCandidateList *candidates;
  EonayHistory *history;
  GSettings *settings;        /* nullable */
  EonayFileSigning *signing;  /* nullable: of the files that are being, or were, signed */
  GPtrArray *chosen;          /* EonayOwnFile: of signing */
  GCancellable *cancellable;  /* of signing */
  EonayCandidate *candidate;  /* of signing */
  EonayPinDialog *pin_dialog; /* (weak) (nullable) */
  char *folder;               /* nullable: for files that came without theirs */
  gboolean is_practice;
};

static guint changed_signal;
static guint pin_forgotten_signal;

G_DEFINE_FINAL_TYPE (EonayFilesView, eonay_files_view, ADW_TYPE_BIN)

static const char *
get_page (EonayFilesView *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->stack);

  return name != NULL ? name : "empty";
}

static gboolean
is_at (EonayFilesView *self, const char *name)
{
  return g_str_equal (get_page (self), name);
}

static void
enable (EonayFilesView *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update (EonayFilesView *self)
{
  enable (self, "open", self->signing == NULL);
  enable (self, "close",
          (self->signing == NULL && (is_at (self, "page") || is_at (self, "result"))) ||
              eonay_files_view_keeps_unsaved (self));
  enable (self, "save-elsewhere", eonay_files_view_keeps_unsaved (self));
  enable (self, "save-again", eonay_files_view_keeps_unsaved (self));
  enable (self, "sign",
          self->signing == NULL && is_at (self, "page") &&
              eonay_files_page_get_obstacle (self->page) == NULL);
  enable (self, "show", is_at (self, "page"));
  enable (self, "stop",
          is_at (self, "progress") && self->cancellable != NULL &&
              !g_cancellable_is_cancelled (self->cancellable));
  enable (self, "show-folder", is_at (self, "result"));
  enable (self, "sign-rest", is_at (self, "result") && self->signing == NULL);
  g_signal_emit (self, changed_signal, 0);
}

static void
go_to (EonayFilesView *self, const char *name)
{
  eonay_stack_show (self->stack, name);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (gtk_stack_get_visible_child (self->stack));
  update (self);
}

static void
close_pin_dialog (EonayFilesView *self)
{
  EonayPinDialog *dialog = self->pin_dialog;

  g_clear_weak_pointer (&self->pin_dialog);
  if (dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
end_signing (EonayFilesView *self)
{
  close_pin_dialog (self);
  if (self->signing != NULL)
    g_signal_handlers_disconnect_by_data (self->signing, self);
  g_clear_object (&self->signing);
  g_clear_object (&self->candidate);
}

static void
back_to_page (EonayFilesView *self, const GError *error)
{
  end_signing (self);
  go_to (self, "page");
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    eonay_files_page_set_error (self->page, error);
}

static void
show_result (EonayFilesView *self, const GError *error)
{
  eonay_settings_remember (
      self->settings, "last-certificate",
      eonay_certificate_get_fingerprint (eonay_candidate_get_certificate (self->candidate)));
  eonay_files_result_show (self->result, self->chosen,
                           eonay_files_page_get_n_files (self->page) - self->chosen->len, error);
  if (eonay_file_signing_count_unsaved (self->signing) > 0)
    close_pin_dialog (self);
  else
    end_signing (self);
  go_to (self, "result");
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayFilesView) self = user_data;
  g_autoptr (GError) error = NULL;

  eonay_file_signing_save_finish (EONAY_FILE_SIGNING (source), result, &error);
  if (self->signing == EONAY_FILE_SIGNING (source))
    show_result (self, error);
}

/* @folder: (nullable) (type filename): another one */
static void
save_again (EonayFilesView *self, const char *folder)
{
  if (!eonay_files_view_keeps_unsaved (self))
    return;

  eonay_file_signing_save_async (self->signing, folder, saved_cb, g_object_ref (self));
  update (self);
}

static void
save_again_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  save_again (EONAY_FILES_VIEW (user_data), NULL);
}

static void
folder_chosen_cb (GtkWidget *widget, GFile *folder)
{
  EonayFilesView *self = EONAY_FILES_VIEW (widget);
  g_autofree char *path = g_file_get_path (folder);
  g_autoptr (GError) error = NULL;

  if (path != NULL)
    {
      save_again (self, path);
      return;
    }
  if (!eonay_files_view_keeps_unsaved (self))
    return;

  error = g_error_new_literal (EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_NOT_SAVED,
                               "The folder is not on this computer");
  show_result (self, error);
}

static void
save_elsewhere_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_file_choice_ask_folder (GTK_WIDGET (user_data), _ ("Folder for the signed files"),
                                folder_chosen_cb);
}

static void
show_progress (EonayFilesView *self)
{
  guint n_done = eonay_file_signing_get_n_done (self->signing);
  guint n_all = eonay_file_signing_get_n_batch (self->signing);
  g_autofree char *title = g_strdup_printf (
      /* TRANSLATORS: how many files are signed already, and of how many. */
      _ ("Signing: %u of %u"), n_done, n_all);

  gtk_label_set_label (self->progress_title, title);
  gtk_progress_bar_set_fraction (self->bar, n_all > 0 ? (double) n_done / n_all : 0);
}

/* The first signature shows that the PIN was right. */
static void
n_done_cb (EonayFilesView *self)
{
  show_progress (self);
  if (eonay_file_signing_get_n_done (self->signing) > 0)
    close_pin_dialog (self);
}

static void open_pin_dialog (EonayFilesView *self, const GError *error);

static void
signed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayFilesView) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = eonay_file_signing_sign_finish (EONAY_FILE_SIGNING (source), result, &error);

  if (self->signing == NULL)
    return;

  if (!done && eonay_card_error_is_about_pin (error) &&
      !eonay_own_file_is_any_over (self->chosen) &&
      !g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_BLOCKED))
    {
      go_to (self, "page");
      open_pin_dialog (self, error);
    }
  else if (!done && !eonay_own_file_is_any_over (self->chosen))
    back_to_page (self, error);
  else
    show_result (self, error);
  update (self);
}

static void
pin_entered_cb (EonayFilesView *self)
{
  gboolean on_reader = eonay_pin_dialog_is_on_reader (self->pin_dialog);
  EonaySecret *pin = on_reader ? NULL : eonay_pin_dialog_take_pin (self->pin_dialog);

  if (!on_reader && pin == NULL)
    return;

  eonay_pin_dialog_set_busy (self->pin_dialog, TRUE);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  eonay_file_signing_sign_async (self->signing, pin,
                                 eonay_pin_dialog_get_consent (self->pin_dialog), self->cancellable,
                                 signed_cb, g_object_ref (self));
  show_progress (self);
  go_to (self, "progress");
}

static void
given_up_cb (EonayFilesView *self)
{
  back_to_page (self, NULL);
}

static void
pin_forgotten_cb (EonayFilesView *self)
{
  g_autoptr (EonayCandidate) candidate = g_object_ref (self->candidate);

  back_to_page (self, NULL);
  g_signal_emit (self, pin_forgotten_signal, 0, candidate);
}

static void
open_pin_dialog (EonayFilesView *self, const GError *error)
{
  if (self->pin_dialog == NULL)
    {
      GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

      g_set_weak_pointer (&self->pin_dialog, EONAY_PIN_DIALOG (eonay_pin_dialog_new (window)));
      g_signal_connect_object (self->pin_dialog, "entered", G_CALLBACK (pin_entered_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->pin_dialog, "cancelled", G_CALLBACK (given_up_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->pin_dialog, "forgotten", G_CALLBACK (pin_forgotten_cb), self,
                               G_CONNECT_SWAPPED);
    }
  eonay_pin_dialog_ask (self->pin_dialog, self->candidate, error);
  gtk_window_present (GTK_WINDOW (self->pin_dialog));
}

static void
sure_cb (EonayFilesView *self)
{
  open_pin_dialog (self, NULL);
}

static void
ask_about_unseen (EonayFilesView *self, guint count)
{
  GtkWindow *question =
      eonay_unseen_question_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->chosen,
                                 count, G_CALLBACK (sure_cb), self);

  g_signal_connect_object (question, "response::" EONAY_QUESTION_NO, G_CALLBACK (given_up_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayFilesView) self = user_data;
  g_autoptr (GError) error = NULL;
  guint n_unseen;

  if (!eonay_file_signing_prepare_finish (EONAY_FILE_SIGNING (source), result, &error))
    {
      if (self->signing != NULL)
        back_to_page (self, error);
      return;
    }
  if (self->signing == NULL)
    return;

  go_to (self, "page");
  n_unseen = eonay_file_signing_count_unseen (self->signing);
  if (n_unseen > 0)
    ask_about_unseen (self, n_unseen);
  else
    open_pin_dialog (self, NULL);
}

static void folder_for_signing_cb (GtkWidget *widget, GFile *folder);

static void
begin_signing (EonayFilesView *self)
{
  EonayCandidate *candidate = eonay_files_page_get_candidate (self->page);
  g_autoptr (EonayFileOptions) options = eonay_files_page_make_options (self->page);

  options->is_practice = self->is_practice;
  if (candidate == NULL || self->signing != NULL)
    return;

  g_clear_pointer (&self->chosen, g_ptr_array_unref);
  self->chosen = eonay_files_page_list_chosen (self->page);
  if (eonay_file_options_needs_folder (self->chosen))
    options->folder = g_strdup (self->folder);
  if (options->folder == NULL && eonay_file_options_needs_folder (self->chosen))
    {
      eonay_file_choice_ask_folder (GTK_WIDGET (self), _ ("Folder for the signed files"),
                                    folder_for_signing_cb);
      return;
    }

  if (options->mark != NULL && self->settings != NULL)
    eonay_mark_row_remember (eonay_files_page_get_mark (self->page), self->settings);
  g_set_object (&self->candidate, candidate);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  options->check = eonay_page_comparison_run;
  self->signing = eonay_file_signing_new (self->chosen, options);
  eonay_file_signing_set_history (self->signing, self->history);
  g_signal_connect_object (self->signing, "notify::n-done", G_CALLBACK (n_done_cb), self,
                           G_CONNECT_SWAPPED);
  eonay_files_page_set_error (self->page, NULL);
  gtk_label_set_label (self->progress_title, _ ("Preparing the files…"));
  gtk_progress_bar_set_fraction (self->bar, 0);
  go_to (self, "progress");
  eonay_file_signing_prepare_async (self->signing, candidate, self->cancellable, prepared_cb,
                                    g_object_ref (self));
}

static void
folder_for_signing_cb (GtkWidget *widget, GFile *folder)
{
  EonayFilesView *self = EONAY_FILES_VIEW (widget);

  g_free (self->folder);
  self->folder = g_file_get_path (folder);
  if (self->folder != NULL)
    begin_signing (self);
}

static void
sign_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  begin_signing (EONAY_FILES_VIEW (user_data));
}

static void
stop_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayFilesView *self = EONAY_FILES_VIEW (user_data);

  g_cancellable_cancel (self->cancellable);
  gtk_label_set_label (self->progress_title, _ ("Stopping after this file…"));
  update (self);
}

/* For when there is no list that could say it. @left_out: (nullable) */
static void
show_left_out (EonayFilesView *self, const char *left_out)
{
  gtk_label_set_label (self->left_out, left_out != NULL ? left_out : "");
  gtk_widget_set_visible (GTK_WIDGET (self->left_out), left_out != NULL);
  if (left_out != NULL)
    eonay_announcement_make (GTK_WIDGET (self), left_out);
}

static void
forget_files (EonayFilesView *self)
{
  end_signing (self);
  eonay_files_page_clear (self->page);
  g_clear_pointer (&self->chosen, g_ptr_array_unref);
  g_clear_pointer (&self->folder, g_free);
  show_left_out (self, NULL);
  go_to (self, "empty");
}

static void
close_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayFilesView *self = EONAY_FILES_VIEW (user_data);

  if (eonay_files_view_keeps_unsaved (self))
    eonay_question_ask (
        GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
        _ ("What the card signed is not saved"),
        _ ("If you close this page, those signatures are lost: the files have to be "
           "signed once more."),
        _ ("_Back"), _ ("Close without saving"), G_CALLBACK (forget_files), self);
  else
    forget_files (self);
}

/* With another PIN; what could not be signed for a reason that is mended can be now. */
static void
sign_rest_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayFilesView *self = EONAY_FILES_VIEW (user_data);

  eonay_files_page_keep_unsigned (self->page);
  go_to (self, "page");
}

static void
files_chosen_cb (GtkWidget *widget, GPtrArray *files)
{
  eonay_files_view_open (EONAY_FILES_VIEW (widget), files, TRUE);
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_file_choice_ask_several (GTK_WIDGET (user_data), _ ("Files to sign"), files_chosen_cb);
}

static void
show_uri (EonayFilesView *self, const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
}

static void
show_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayFilesView *self = EONAY_FILES_VIEW (user_data);
  const char *path = eonay_files_page_get_shown_path (self->page);

  if (path != NULL)
    show_uri (self, path);
}

static void
show_folder_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayFilesView *self = EONAY_FILES_VIEW (user_data);

  for (guint i = 0; self->chosen != NULL && i < self->chosen->len; i++)
    {
      const char *path = eonay_own_file_get_result (self->chosen->pdata[i]);
      g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;

      if (folder != NULL)
        {
          show_uri (self, folder);
          return;
        }
    }
}

static gboolean
eonay_files_view_grab_focus (GtkWidget *widget)
{
  EonayFilesView *self = EONAY_FILES_VIEW (widget);

  if (is_at (self, "empty"))
    return gtk_widget_grab_focus (self->open);
  if (is_at (self, "progress"))
    return gtk_widget_grab_focus (self->stop);

  return gtk_widget_grab_focus (gtk_stack_get_visible_child (self->stack));
}

static void
eonay_files_view_dispose (GObject *object)
{
  EonayFilesView *self = EONAY_FILES_VIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  end_signing (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->actions);
  g_clear_object (&self->candidates);
  g_clear_object (&self->history);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->chosen, g_ptr_array_unref);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (eonay_files_view_parent_class)->dispose (object);
}

static void
eonay_files_view_class_init (EonayFilesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_files_view_dispose;
  eonay_focus_install (widget_class, eonay_files_view_grab_focus);
  changed_signal = g_signal_new ("changed", EONAY_TYPE_FILES_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  pin_forgotten_signal = g_signal_new ("pin-forgotten", EONAY_TYPE_FILES_VIEW, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, EONAY_TYPE_CANDIDATE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-files-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayFilesView, stack);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesView, empty);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesView, open);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesView, left_out);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesView, progress_title);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesView, bar);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesView, stop);
}

static void
eonay_files_view_init (EonayFilesView *self)
{
  static const GActionEntry entries[] = {
    { .name = "open", .activate = open_cb },
    { .name = "close", .activate = close_cb },
    { .name = "sign", .activate = sign_cb },
    { .name = "stop", .activate = stop_cb },
    { .name = "show", .activate = show_cb },
    { .name = "show-folder", .activate = show_folder_cb },
    { .name = "sign-rest", .activate = sign_rest_cb },
    { .name = "save-again", .activate = save_again_cb },
    { .name = "save-elsewhere", .activate = save_elsewhere_cb },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "files", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_stack_follow (GTK_WIDGET (self->stack));
  eonay_accessible_name_buttons (GTK_WIDGET (self));
  eonay_focus_name_panes (GTK_WIDGET (self));

  self->page = EONAY_FILES_PAGE (eonay_files_page_new ());
  gtk_stack_add_titled (self->stack, GTK_WIDGET (self->page), "page", _ ("Files"));
  self->result = EONAY_FILES_RESULT (eonay_files_result_new ());
  gtk_stack_add_titled (self->stack, GTK_WIDGET (self->result), "result", _ ("Result"));
  g_signal_connect_object (self->page, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

void
eonay_files_view_set_settings (EonayFilesView *self, GSettings *settings)
{
  g_return_if_fail (EONAY_IS_FILES_VIEW (self));

  g_set_object (&self->settings, settings);
  if (settings != NULL)
    eonay_mark_row_recall (eonay_files_page_get_mark (self->page), settings);
}

void
eonay_files_view_set_candidates (EonayFilesView *self, EonayCandidateList *candidates)
{
  g_autofree char *last_used = NULL;

  g_return_if_fail (EONAY_IS_FILES_VIEW (self));

  if (self->settings != NULL)
    last_used = g_settings_get_string (self->settings, "last-certificate");
  g_set_object (&self->candidates, candidates);
  eonay_files_page_set_candidates (self->page, candidates, last_used);
}

void
eonay_files_view_set_history (EonayFilesView *self, EonayHistory *history)
{
  g_return_if_fail (EONAY_IS_FILES_VIEW (self));

  g_set_object (&self->history, history);
}

void
eonay_files_view_set_practice (EonayFilesView *self)
{
  g_return_if_fail (EONAY_IS_FILES_VIEW (self));

  self->is_practice = TRUE;
}

void
eonay_files_view_set_reader_status (EonayFilesView *self, const char *status, const char *remedy)
{
  g_return_if_fail (EONAY_IS_FILES_VIEW (self));

  eonay_files_page_set_reader_status (self->page, status, remedy);
}

gboolean
eonay_files_view_open (EonayFilesView *self, GPtrArray *files, gboolean chosen)
{
  g_return_val_if_fail (EONAY_IS_FILES_VIEW (self), FALSE);

  if (self->signing != NULL)
    return FALSE;

  if (is_at (self, "result"))
    eonay_files_page_clear (self->page);
  eonay_files_page_open (self->page, files, chosen);
  if (eonay_files_page_get_n_files (self->page) > 0)
    {
      go_to (self, "page");
      return TRUE;
    }

  go_to (self, "empty");
  show_left_out (self, eonay_files_page_get_left_out (self->page));

  return TRUE;
}

gboolean
eonay_files_view_shows_files (EonayFilesView *self)
{
  g_return_val_if_fail (EONAY_IS_FILES_VIEW (self), FALSE);

  return !is_at (self, "empty");
}

gboolean
eonay_files_view_is_signing (EonayFilesView *self)
{
  g_return_val_if_fail (EONAY_IS_FILES_VIEW (self), FALSE);

  return self->signing != NULL && eonay_file_signing_is_signing (self->signing);
}

gboolean
eonay_files_view_is_busy (EonayFilesView *self)
{
  g_return_val_if_fail (EONAY_IS_FILES_VIEW (self), FALSE);

  return self->signing != NULL;
}

gboolean
eonay_files_view_keeps_unsaved (EonayFilesView *self)
{
  g_return_val_if_fail (EONAY_IS_FILES_VIEW (self), FALSE);

  return self->signing != NULL && !eonay_file_signing_is_signing (self->signing) &&
         eonay_file_signing_count_unsaved (self->signing) > 0;
}
