#include "app/files/eonay-files-result.h"

#include <glib/gi18n-lib.h>

#include "app/files/eonay-file-row.h"
#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-short-code.h"
#include "app/widgets/eonay-stack.h"
#include "session/eonay-advice.h"

struct _EonayFilesResult {
  AdwBin parent_instance;

  AdwStatusPage *status;
  EonayShortCode *code;
  AdwPreferencesGroup *list;
  GtkWidget *save_elsewhere;
  GtkWidget *save_again;
  GtkWidget *sign_rest;
  GtkWidget *show_folder;
  GtkWidget *done;

  GPtrArray *rows; /* owned by the list */
};

G_DEFINE_FINAL_TYPE (EonayFilesResult, eonay_files_result, ADW_TYPE_BIN)

static GtkWidget *
find_first_button (EonayFilesResult *self)
{
  if (gtk_widget_get_visible (self->save_elsewhere))
    return self->save_elsewhere;
  if (gtk_widget_get_visible (self->sign_rest))
    return self->sign_rest;

  return gtk_widget_get_visible (self->show_folder) ? self->show_folder : self->done;
}

static gboolean
eonay_files_result_grab_focus (GtkWidget *widget)
{
  EonayFilesResult *self = EONAY_FILES_RESULT (widget);

  return gtk_widget_grab_focus (find_first_button (self));
}

static void
eonay_files_result_dispose (GObject *object)
{
  g_clear_pointer (&EONAY_FILES_RESULT (object)->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (eonay_files_result_parent_class)->dispose (object);
}

static void
eonay_files_result_class_init (EonayFilesResultClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_files_result_dispose;
  eonay_focus_install (widget_class, eonay_files_result_grab_focus);
  g_type_ensure (EONAY_TYPE_SHORT_CODE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-files-result.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayFilesResult, status);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesResult, code);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesResult, list);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesResult, save_elsewhere);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesResult, save_again);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesResult, sign_rest);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesResult, show_folder);
  gtk_widget_class_bind_template_child (widget_class, EonayFilesResult, done);
}

static void
eonay_files_result_init (EonayFilesResult *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_accessible_name_buttons (GTK_WIDGET (self));
  eonay_focus_name_panes (GTK_WIDGET (self));
}

GtkWidget *
eonay_files_result_new (void)
{
  return g_object_new (EONAY_TYPE_FILES_RESULT, NULL);
}

static gboolean
is_signed (EonayOwnFile *file)
{
  return eonay_own_file_get_state (file) == EONAY_OWN_FILE_SIGNED;
}

static guint
count (GPtrArray *files, EonayOwnFileState state)
{
  guint n_files = 0;

  for (guint i = 0; i < files->len; i++)
    n_files += eonay_own_file_get_state (files->pdata[i]) == state;

  return n_files;
}

static void
add_row (EonayFilesResult *self, EonayOwnFile *file)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL);
  EonayOwnFileState state = eonay_own_file_get_state (file);
  g_autofree char *subtitle = state == EONAY_OWN_FILE_READ || state == EONAY_OWN_FILE_LISTED
                                  ? g_strdup (_ ("Not signed"))
                                  : eonay_file_row_describe (file, EONAY_FILE_FORMAT_AUTOMATIC);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), eonay_own_file_get_name (file));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), is_signed (file) ? "object-select-symbolic"
                                                                       : "dialog-warning-symbolic");
  adw_preferences_group_add (self->list, row);
  g_ptr_array_add (self->rows, row);
}

static void
list_files (EonayFilesResult *self, GPtrArray *files)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->list, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);

  for (guint signed_too = 0; signed_too < 2; signed_too++)
    for (guint i = 0; i < files->len; i++)
      if (is_signed (files->pdata[i]) == (gboolean) signed_too)
        add_row (self, files->pdata[i]);
}

/* Returns: whether all signed files are beside their originals */
static gboolean
is_beside (GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    if (is_signed (files->pdata[i]) && !eonay_file_row_is_beside (files->pdata[i]))
      return FALSE;

  return TRUE;
}

/* Returns: (transfer full) */
static char *
make_title (guint n_signed, guint n_unsaved)
{
  if (n_unsaved > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u signed file is not saved",
                                         "%u signed files are not saved", n_unsaved),
                            n_unsaved);
  if (n_signed == 0)
    return g_strdup (_ ("Nothing was signed"));

  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u file signed", "%u files signed", n_signed), n_signed);
}

/* Returns: (transfer full): one or more sentences */
static char *
describe (GPtrArray *files, guint n_signed, guint n_unsaved, const EonayAdvice *advice)
{
  if (n_unsaved > 0)
    return g_strjoin (
        " ", advice != NULL ? advice->what : _ ("The signed file could not be saved."),
        _ ("The card has signed, and e-Onay keeps that until you close this page: save it in another "
           "folder, or try again. Neither card nor PIN is needed."),
        NULL);
  if (advice != NULL)
    return g_strjoin (" ", advice->what, advice->remedy, NULL);
  if (n_signed < files->len)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u file was not signed.",
                                         "%u files were not signed.", files->len - n_signed),
                            files->len - n_signed);

  return g_strdup (
      is_beside (files)
          ? g_dngettext (
                GETTEXT_PACKAGE, "The signed file is beside the original, which stays as it was.",
                "The signed files are beside the originals, which stay as they were.", n_signed)
          : g_dngettext (
                GETTEXT_PACKAGE,
                "The signed file is in the folder that you chose; the original stays as it was.",
                "The signed files are in the folder that you chose; the originals stay as they were.",
                n_signed));
}

/* Returns: (transfer full): with what is said of those that were open, too, and not signed */
static char *
add_left_out (char *description, guint n_left_out)
{
  g_autofree char *owned = description;
  g_autofree char *left_out = NULL;

  if (n_left_out == 0)
    return g_steal_pointer (&owned);

  left_out = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u more file was open, and was not to be signed.",
                   "%u more files were open, and were not to be signed.", n_left_out),
      n_left_out);

  return g_strjoin (" ", owned, left_out, NULL);
}

/* One of them alone is the act that comes next. */
static void
show_buttons (EonayFilesResult *self, guint n_signed, guint n_unsaved, guint n_rest)
{
  gtk_widget_set_visible (self->save_elsewhere, n_unsaved > 0);
  gtk_widget_set_visible (self->save_again, n_unsaved > 0);
  gtk_widget_set_visible (self->sign_rest, n_unsaved == 0 && n_rest > 0);
  gtk_widget_set_visible (self->show_folder, n_signed > 0);
  if (n_unsaved > 0 || n_rest > 0)
    gtk_widget_remove_css_class (self->show_folder, "suggested-action");
  else
    gtk_widget_add_css_class (self->show_folder, "suggested-action");
}

void
eonay_files_result_show (EonayFilesResult *self, GPtrArray *files, guint n_left_out,
                         const GError *error)
{
  guint n_signed = count (files, EONAY_OWN_FILE_SIGNED);
  guint n_unsaved = count (files, EONAY_OWN_FILE_UNSAVED);
  gboolean all = n_signed == files->len;
  gboolean told = error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autoptr (EonayAdvice) advice = told ? eonay_advice_new (error) : NULL;
  g_autofree char *title = make_title (n_signed, n_unsaved);
  g_autofree char *description = add_left_out (describe (files, n_signed, n_unsaved, advice),
                                               n_left_out);
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  g_return_if_fail (EONAY_IS_FILES_RESULT (self));

  adw_status_page_set_icon_name (self->status,
                                 all ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->status), all ? "ended-badly" : "ended-well");
  gtk_widget_add_css_class (GTK_WIDGET (self->status), all ? "ended-well" : "ended-badly");
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, escaped);
  eonay_short_code_set_code (self->code, advice != NULL ? advice->code : NULL);
  list_files (self, files);
  show_buttons (self, n_signed, n_unsaved,
                count (files, EONAY_OWN_FILE_FAILED) + count (files, EONAY_OWN_FILE_READ));
  eonay_stack_describe_page (find_first_button (self), title, description);
}
