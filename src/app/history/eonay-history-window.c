#include "app/history/eonay-history-window.h"

#include <glib/gi18n-lib.h>

#include "app/history/eonay-history-details.h"
#include "app/history/eonay-history-pdf.h"
#include "app/history/eonay-history-print.h"
#include "app/history/eonay-history-row.h"
#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-advice-box.h"
#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-question.h"
#include "app/widgets/eonay-stack.h"
#include "base/eonay-private-file.h"
#include "session/eonay-advice.h"
#include "session/history/eonay-history-table.h"

struct _EonayHistoryWindow {
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkWidget *back;
  GtkToggleButton *search_button;
  GtkWidget *banner;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkWidget *off_strip;
  EonayAdviceBox *problem;
  GtkStack *stack;
  GtkListView *list;
  EonayHistoryDetails *details;
  GMenu *menu;
  GMenuModel *saving; /* its first section: what works on what was found */

  EonayHistory *history;
  GListStore *lines;  /* EonayHistoryEntry: those found */
  GPtrArray *entries; /* all; NULL before they are read */
  GPtrArray *found;   /* those that the search leaves */
  GSimpleActionGroup *actions;
  GCancellable *cancellable;
  GtkFileChooserNative *chooser;
  char *scope; /* what the menu says of that */
  guint focus_source;
};

G_DEFINE_FINAL_TYPE (EonayHistoryWindow, eonay_history_window, ADW_TYPE_WINDOW)

static const char *
choose_page (EonayHistoryWindow *self)
{
  if (self->entries == NULL)
    return "reading";
  if (self->entries->len == 0)
    return eonay_history_is_enabled (self->history) ? "empty" : "off";

  return self->found->len == 0 ? "not-found" : "list";
}

static gboolean
shows_details (EonayHistoryWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "details") == 0;
}

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

static void
update_actions (EonayHistoryWindow *self)
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

static void
show_state (EonayHistoryWindow *self)
{
  gboolean some = self->entries != NULL && self->entries->len > 0;

  if (!shows_details (self))
    eonay_stack_show (self->stack, choose_page (self));
  gtk_widget_set_visible (self->back, shows_details (self));
  gtk_widget_set_visible (GTK_WIDGET (self->search_bar), !shows_details (self));
  gtk_widget_set_visible (GTK_WIDGET (self->search_button), some && !shows_details (self));
  gtk_widget_set_visible (self->off_strip, some && !eonay_history_is_enabled (self->history));
  eonay_advice_box_set_error (self->problem, eonay_history_get_problem (self->history));
  update_actions (self);
}

static GDateTime *
get_signed_at (EonayHistoryEntry *entry)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (entry->signed_at);

  return g_date_time_to_local (utc);
}

static gboolean
is_same_day (GDateTime *one, GDateTime *other)
{
  return g_date_time_get_year (one) == g_date_time_get_year (other) &&
         g_date_time_get_day_of_year (one) == g_date_time_get_day_of_year (other);
}

static char *
describe_day (GDateTime *day)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (now, -1);

  if (is_same_day (day, now))
    return g_strdup (_ ("Today"));
  if (is_same_day (day, yesterday))
    return g_strdup (_ ("Yesterday"));

  /* TRANSLATORS: a day in the History, for g_date_time_format(): "2 January 2026, Friday". */
  return g_date_time_format (day, _ ("%-d %B %Y, %A"));
}

/* Returns: (transfer full) (nullable): the heading above the entry at @position: its day, if that is
 *   not the day of the one before */
static char *
describe_new_day (EonayHistoryWindow *self, guint position)
{
  g_autoptr (GDateTime) day = get_signed_at (self->found->pdata[position]);
  g_autoptr (GDateTime) before = position > 0 ? get_signed_at (self->found->pdata[position - 1])
                                              : NULL;

  return before == NULL || !is_same_day (day, before) ? describe_day (day) : NULL;
}

static void
show_found (EonayHistoryWindow *self)
{
  g_autofree char *needle =
      eonay_history_fold (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));

  if (self->entries == NULL)
    return;

  g_ptr_array_set_size (self->found, 0);
  for (guint i = 0; i < self->entries->len; i++)
    {
      EonayHistoryEntry *entry = self->entries->pdata[i];

      if (needle[0] == '\0' || eonay_history_entry_matches (entry, needle))
        g_ptr_array_add (self->found, g_object_ref (entry));
    }

  g_list_store_splice (self->lines, 0, g_list_model_get_n_items (G_LIST_MODEL (self->lines)),
                       self->found->pdata, self->found->len);
  show_state (self);
}

/* A list has no rows to take the focus before it has been laid out. */
static gboolean
focus_cb (gpointer user_data)
{
  EonayHistoryWindow *self = EONAY_HISTORY_WINDOW (user_data);

  self->focus_source = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self->list)))
    gtk_widget_grab_focus (GTK_WIDGET (self->list));

  return G_SOURCE_REMOVE;
}

/* An entry changes in nothing else. */
static gboolean
is_same_entry (EonayHistoryEntry *one, EonayHistoryEntry *other)
{
  return one->outcome == other->outcome && one->document == other->document &&
         g_strcmp0 (one->batch, other->batch) == 0 && g_strcmp0 (one->code, other->code) == 0 &&
         g_strcmp0 (one->receipt, other->receipt) == 0;
}

static gboolean
is_same_list (GPtrArray *one, GPtrArray *other)
{
  gboolean same = one != NULL && other != NULL && one->len == other->len;

  for (guint i = 0; same && i < one->len; i++)
    same = is_same_entry (one->pdata[i], other->pdata[i]);

  return same;
}

static void
go_back (EonayHistoryWindow *self)
{
  if (!shows_details (self))
    return;

  eonay_stack_show (self->stack, choose_page (self));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
  show_state (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayHistoryWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = eonay_history_list_finish (EONAY_HISTORY (source), result,
                                                             &error);
  gboolean first;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->history == NULL)
    return;

  /* What is scrolled to and has the focus stays where it is. */
  if (is_same_list (self->entries, entries))
    return;

  first = self->entries == NULL;
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = entries != NULL ? g_steal_pointer (&entries)
                                  : g_ptr_array_new_with_free_func (g_object_unref);
  show_found (self);
  if (self->entries->len == 0)
    go_back (self);
  if (first && self->focus_source == 0)
    self->focus_source = g_idle_add_full (G_PRIORITY_LOW, focus_cb, self, NULL);
}

static void
read_history (EonayHistoryWindow *self)
{
  eonay_history_list_async (self->history, self->cancellable, listed_cb, g_object_ref (self));
}

/* Another program may have written to it meanwhile. */
static void
active_cb (EonayHistoryWindow *self)
{
  if (self->history != NULL && self->entries != NULL && gtk_window_is_active (GTK_WINDOW (self)))
    read_history (self);
}

static void
search_cb (EonayHistoryWindow *self)
{
  show_found (self);
}

static void
setup_cb (EonayHistoryWindow *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, eonay_history_row_new ());
}

static void
bind_cb (EonayHistoryWindow *self, GtkListItem *item)
{
  g_autofree char *day = describe_new_day (self, gtk_list_item_get_position (item));

  eonay_history_row_set_entry (EONAY_HISTORY_ROW (gtk_list_item_get_child (item)),
                               gtk_list_item_get_item (item), day);
}

static void
activate_cb (EonayHistoryWindow *self, guint position)
{
  g_autoptr (EonayHistoryEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->lines),
                                                               position);

  eonay_history_details_show (self->details, entry);
  eonay_stack_show (self->stack, "details");
  gtk_search_bar_set_key_capture_widget (self->search_bar, NULL);
  show_state (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->details));
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  EonayHistoryWindow *self = EONAY_HISTORY_WINDOW (widget);

  if (shows_details (self))
    go_back (self);
  else if (gtk_search_bar_get_search_mode (self->search_bar))
    gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  else
    gtk_window_close (GTK_WINDOW (self));

  return TRUE;
}

/** @error: (nullable) */
static void
show_saved (EonayHistoryWindow *self, const GError *error)
{
  if (error == NULL)
    {
      eonay_announcement_toast (self->toasts, _ ("Saved"));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    {
      g_autoptr (EonayAdvice) advice = eonay_advice_new (error);
      g_autofree char *text = g_strdup_printf ("%s: %s", advice->code, advice->what);

      eonay_announcement_toast (self->toasts, text);
    }
  else
    {
      eonay_announcement_toast (self->toasts,
                                _ ("The file could not be saved. Choose another folder."));
    }
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayHistoryWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  show_saved (self, error);
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
    eonay_announcement_toast (self->toasts, _ ("It could not be printed."));
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

  show_saved (self, error);
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
    eonay_announcement_toast (self->toasts,
                              _ ("The file could not be saved. Choose another folder."));
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

void
eonay_history_window_ask_to_clear (GtkWindow *parent, EonayHistory *history, const char *why)
{
  const char *what = _ ("The list of what you signed is deleted and cannot be brought back. The "
                        "signatures themselves stay valid.");
  g_autofree char *body = why != NULL ? g_strdup_printf ("%s %s", why, what) : g_strdup (what);

  eonay_question_ask (parent, _ ("Clear the history?"), body, _ ("Keep it"), _ ("Clear"),
                      G_CALLBACK (eonay_history_clear), history);
}

static void
clear_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayHistoryWindow *self = user_data;

  eonay_history_window_ask_to_clear (GTK_WINDOW (self), self->history, NULL);
}

static void
back_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  go_back (user_data);
}

static void
open_search_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_search_bar_set_search_mode (EONAY_HISTORY_WINDOW (user_data)->search_bar, TRUE);
}

static const GActionEntry entries[] = {
  { .name = "export-csv", .activate = export_csv_cb },
  { .name = "export-pdf", .activate = export_pdf_cb },
  { .name = "print", .activate = print_cb },
  { .name = "clear", .activate = clear_cb },
  { .name = "back", .activate = back_cb },
  { .name = "search", .activate = open_search_cb },
};

static void
add_actions (EonayHistoryWindow *self)
{
  g_autoptr (GAction) power = eonay_history_create_switch (self->history);

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), power);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "list", G_ACTION_GROUP (self->actions));
}

static void
eonay_history_window_dispose (GObject *object)
{
  EonayHistoryWindow *self = EONAY_HISTORY_WINDOW (object);

  g_clear_handle_id (&self->focus_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->history != NULL)
    g_signal_handlers_disconnect_by_data (self->history, self);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  /* A widget under the pointer may live on, and with it what it can do. */
  gtk_widget_insert_action_group (GTK_WIDGET (self), "list", NULL);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->actions);
  g_clear_object (&self->history);
  g_clear_object (&self->lines);
  g_clear_object (&self->saving);
  g_clear_pointer (&self->scope, g_free);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);

  G_OBJECT_CLASS (eonay_history_window_parent_class)->dispose (object);
}

static void
eonay_history_window_class_init (EonayHistoryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_history_window_dispose;

  g_type_ensure (EONAY_TYPE_ADVICE_BOX);
  g_type_ensure (EONAY_TYPE_HISTORY_DETAILS);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-history-window.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayHistoryWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, EonayHistoryWindow, back);
  gtk_widget_class_bind_template_child (widget_class, EonayHistoryWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, EonayHistoryWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, EonayHistoryWindow, search_bar);
  gtk_widget_class_bind_template_child (widget_class, EonayHistoryWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, EonayHistoryWindow, off_strip);
  gtk_widget_class_bind_template_child (widget_class, EonayHistoryWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, EonayHistoryWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, EonayHistoryWindow, list);
  gtk_widget_class_bind_template_child (widget_class, EonayHistoryWindow, details);
  gtk_widget_class_bind_template_child_full (widget_class, "history_menu", FALSE,
                                             G_STRUCT_OFFSET (EonayHistoryWindow, menu));
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "list.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "list.search",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "list.print",
                                       NULL);
}

static void
eonay_history_window_init (EonayHistoryWindow *self)
{
  g_autoptr (GtkSelectionModel) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_stack_follow (GTK_WIDGET (self->stack));
  eonay_focus_name_panes (GTK_WIDGET (self));
  eonay_focus_attach (GTK_WINDOW (self));
  self->saving = g_menu_model_get_item_link (G_MENU_MODEL (self->menu), 0, G_MENU_LINK_SECTION);
  self->cancellable = g_cancellable_new ();
  self->lines = g_list_store_new (EONAY_TYPE_HISTORY_ENTRY);
  self->found = g_ptr_array_new_with_free_func (g_object_unref);
  selection =
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->lines))));
  gtk_list_view_set_model (self->list, selection);
  eonay_accessible_name_search (self->search_bar, _ ("Search the history"));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
}

GtkWidget *
eonay_history_window_new (GtkApplication *application, EonayHistory *history)
{
  EonayHistoryWindow *self = g_object_new (EONAY_TYPE_HISTORY_WINDOW, "application", application,
                                           NULL);

  self->history = g_object_ref (history);
  gtk_widget_set_visible (self->banner, eonay_history_get_path (history) == NULL);
  add_actions (self);
  g_signal_connect_swapped (history, "changed", G_CALLBACK (read_history), self);
  g_signal_connect_swapped (history, "notify::enabled", G_CALLBACK (show_state), self);
  g_signal_connect_swapped (history, "notify::problem", G_CALLBACK (show_state), self);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), NULL);
  show_state (self);
  read_history (self);

  return GTK_WIDGET (self);
}
