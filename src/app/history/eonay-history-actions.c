#include <glib/gi18n-lib.h>

#include "app/history/eonay-history-pdf.h"
#include "app/history/eonay-history-print.h"
#include "app/history/eonay-history-window-private.h"
#include "base/eonay-private-file.h"
#include "session/eonay-advice.h"
#include "session/history/eonay-history-table.h"

/** Returns: (transfer full) (nullable): how few of all the search leaves; %NULL if it leaves all */
static char *
describe_scope (EonayHistoryWindow *self)
{
  if (self->entries == NULL || self->found->len == self->entries->len)
    return NULL;

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Only what was found: %u record of %u",
                                       "Only what was found: %u records of %u", self->found->len),
                          self->found->len, self->entries->len);
}

static void
tell (EonayHistoryWindow *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

/** @error: (nullable) */
static void
tell_saved (EonayHistoryWindow *self, const GError *error)
{
  if (error == NULL)
    {
      tell (self, _ ("Saved"));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    {
      g_autoptr (EonayAdvice) advice = eonay_advice_new (error);
      g_autofree char *text = g_strdup_printf ("%s: %s", advice->code, advice->what);

      tell (self, text);
    }
  else
    {
      tell (self, _ ("The file could not be saved. Choose another folder."));
    }
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayHistoryWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  tell_saved (self, error);
}

static void
csv_chosen_cb (EonayHistoryWindow *self, int response, GtkNativeDialog *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autoptr (GBytes) csv = NULL;

  g_clear_object (&self->chooser);
  if (response != GTK_RESPONSE_ACCEPT || file == NULL)
    return;

  csv = eonay_history_to_csv (self->found);
  g_file_replace_contents_bytes_async (file, csv, NULL, FALSE, EONAY_PRIVATE_FILE_FLAGS, NULL,
                                       written_cb, g_object_ref (self));
}

static void
print_done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer user_data)
{
  g_autoptr (EonayHistoryWindow) self = user_data;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    tell (self, _ ("It could not be printed."));
  g_object_unref (operation);
}

/** Returns: (transfer full): of what was found */
static GtkPrintOperation *
new_operation (EonayHistoryWindow *self)
{
  g_autofree char *scope = describe_scope (self);

  return eonay_history_print_new (self->found, scope,
                                  eonay_history_get_path (self->history) == NULL);
}

static void
pdf_saved_cb (const GError *error, gpointer user_data)
{
  g_autoptr (EonayHistoryWindow) self = user_data;

  tell_saved (self, error);
}

static void
pdf_chosen_cb (EonayHistoryWindow *self, int response, GtkNativeDialog *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  g_clear_object (&self->chooser);
  if (response != GTK_RESPONSE_ACCEPT || file == NULL)
    return;

  if (path != NULL)
    eonay_history_pdf_save (new_operation (self), GTK_WINDOW (self), path, pdf_saved_cb,
                            g_object_ref (self));
  else
    tell (self, _ ("The file could not be saved. Choose another folder."));
}

static void
choose_file (EonayHistoryWindow *self, const char *title, const char *extension,
             GCallback chosen_cb)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  /* TRANSLATORS: the name of a file; %s is a day. */
  g_autofree char *stem = g_strdup_printf (_ ("e-onay-history-%s"), day);
  g_autofree char *name = g_strconcat (stem, extension, NULL);

  if (self->chooser != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_object (self->chooser, "response", chosen_cb, self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
export_csv_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  choose_file (user_data, _ ("Save the history as a table"), ".csv", G_CALLBACK (csv_chosen_cb));
}

static void
export_pdf_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  choose_file (user_data, _ ("Save the history as PDF"), ".pdf", G_CALLBACK (pdf_chosen_cb));
}

static void
print_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkPrintOperation *operation = new_operation (user_data);

  g_signal_connect (operation, "done", G_CALLBACK (print_done_cb), g_object_ref (user_data));
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_WINDOW (user_data), NULL);
}

static void
clear_answered_cb (EonayHistory *history, const char *response)
{
  if (g_str_equal (response, "clear"))
    eonay_history_clear_async (history, NULL, NULL);
}

void
eonay_history_ask_to_clear (GtkWindow *parent, EonayHistory *history, const char *why)
{
  const char *what = _ ("The list of what you signed is deleted and cannot be brought back. The "
                        "signatures themselves stay valid.");
  g_autofree char *body = why != NULL ? g_strdup_printf ("%s %s", why, what) : g_strdup (what);
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("Clear the history?"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("Keep it"), "clear",
                                    _ ("Clear"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "clear",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (clear_answered_cb), history,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
clear_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayHistoryWindow *self = user_data;

  eonay_history_ask_to_clear (GTK_WINDOW (self), self->history, NULL);
}

static void
back_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_history_window_go_back (user_data);
}

static void
search_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_search_bar_set_search_mode (EONAY_HISTORY_WINDOW (user_data)->search_bar, TRUE);
}

static const GActionEntry entries[] = {
  { .name = "export-csv", .activate = export_csv_cb },
  { .name = "export-pdf", .activate = export_pdf_cb },
  { .name = "print", .activate = print_cb },
  { .name = "clear", .activate = clear_cb },
  { .name = "back", .activate = back_cb },
  { .name = "search", .activate = search_cb },
};

void
eonay_history_window_add_actions (EonayHistoryWindow *self)
{
  g_autoptr (GAction) power = eonay_history_create_switch (self->history);

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), power);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "past", G_ACTION_GROUP (self->actions));
}

static void
enable (EonayHistoryWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* The menu says it before any of its acts is chosen. */
static void
show_scope (EonayHistoryWindow *self)
{
  g_autofree char *scope = describe_scope (self);

  if (g_strcmp0 (scope, self->scope) == 0)
    return;

  g_menu_remove (self->menu, 0);
  g_menu_insert_section (self->menu, 0, scope, G_MENU_MODEL (self->saving));
  g_free (self->scope);
  self->scope = g_steal_pointer (&scope);
}

void
eonay_history_window_update_actions (EonayHistoryWindow *self)
{
  gboolean any = self->entries != NULL && self->entries->len > 0;
  gboolean details = gtk_widget_get_visible (self->back);

  enable (self, "export-csv", self->found->len > 0);
  enable (self, "export-pdf", self->found->len > 0);
  enable (self, "print", self->found->len > 0);
  enable (self, "clear", self->entries != NULL); /* damaged ones may be kept aside */
  enable (self, "back", details);
  enable (self, "search", any && !details);
  show_scope (self);
}
