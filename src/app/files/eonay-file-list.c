#include "app/files/eonay-file-list.h"

#include <glib/gi18n-lib.h>

#include "app/files/eonay-file-row.h"
#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-press-guard.h"

struct _EonayFileList {
  GtkBox parent_instance;

  GtkWidget *notice;
  GtkLabel *notice_text;
  GtkWidget *tick;
  AdwPreferencesGroup *group;

  GPtrArray *rows; /* EonayFileRow, owned by the group */
  EonayFileFormat format;
  char *left_out; /* nullable */
  guint settling;
};

static guint changed_signal;
static guint opened_signal;

G_DEFINE_FINAL_TYPE (EonayFileList, eonay_file_list, GTK_TYPE_BOX)

static guint
count_undecided (EonayFileList *self)
{
  guint count = 0;

  for (guint i = 0; i < self->rows->len; i++)
    count += eonay_file_row_is_undecided (self->rows->pdata[i]);

  return count;
}

/* Returns: (transfer full): "" if there is nothing to be said */
static char *
describe (EonayFileList *self, guint n_undecided)
{
  const char *left_out = self->left_out != NULL ? self->left_out : "";
  g_autofree char *came = NULL;

  if (n_undecided == 0)
    return g_strdup (left_out);

  came = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "%u file was opened from outside e-Onay while others were here. It is signed "
                   "only if you tick it.",
                   "%u files were opened from outside e-Onay while others were here. They are "
                   "signed only if you tick them.",
                   n_undecided),
      n_undecided);

  return g_strconcat (came, *left_out != '\0' ? "\n" : "", left_out, NULL);
}

static void
show_notice (EonayFileList *self)
{
  guint n_undecided = count_undecided (self);
  g_autofree char *text = describe (self, n_undecided);

  gtk_widget_set_visible (self->tick, n_undecided > 0);
  if (g_str_equal (text, gtk_label_get_label (self->notice_text)))
    return;

  gtk_label_set_label (self->notice_text, text);
  gtk_widget_set_visible (self->notice, *text != '\0');
  if (*text != '\0')
    eonay_announcement_make (GTK_WIDGET (self), text);
}

static void
changed (EonayFileList *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->group), self->rows->len > 1);
  show_notice (self);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          self->rows->len > 1 || gtk_widget_get_visible (self->notice));
  g_signal_emit (self, changed_signal, 0);
}

static gboolean
settled_cb (gpointer user_data)
{
  EonayFileList *self = user_data;

  self->settling = 0;
  changed (self);

  return G_SOURCE_REMOVE;
}

static void
settle (EonayFileList *self)
{
  g_clear_handle_id (&self->settling, g_source_remove);
  self->settling = g_timeout_add (eonay_press_guard_get_delay (GTK_WIDGET (self)), settled_cb,
                                  self);
  eonay_press_guard_delay (self->tick);
}

static void
tick_cb (EonayFileList *self)
{
  eonay_focus_move_into (GTK_WIDGET (self->group));
  for (guint i = 0; i < self->rows->len; i++)
    if (eonay_file_row_is_undecided (self->rows->pdata[i]))
      eonay_file_row_tick (self->rows->pdata[i]);
}

static void
row_activated_cb (EonayFileList *self, GtkWidget *row)
{
  g_signal_emit (self, opened_signal, 0, eonay_file_row_get_file (EONAY_FILE_ROW (row)));
}

static gboolean
eonay_file_list_grab_focus (GtkWidget *widget)
{
  EonayFileList *self = EONAY_FILE_LIST (widget);

  return gtk_widget_get_visible (GTK_WIDGET (self->group)) &&
         eonay_focus_move_into (GTK_WIDGET (self->group));
}

static void
eonay_file_list_dispose (GObject *object)
{
  EonayFileList *self = EONAY_FILE_LIST (object);

  g_clear_handle_id (&self->settling, g_source_remove);

  G_OBJECT_CLASS (eonay_file_list_parent_class)->dispose (object);
}

static void
eonay_file_list_finalize (GObject *object)
{
  EonayFileList *self = EONAY_FILE_LIST (object);

  g_clear_pointer (&self->left_out, g_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (eonay_file_list_parent_class)->finalize (object);
}

static void
eonay_file_list_class_init (EonayFileListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_file_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = eonay_file_list_finalize;
  eonay_focus_install (widget_class, eonay_file_list_grab_focus);
  changed_signal = g_signal_new ("changed", EONAY_TYPE_FILE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  opened_signal = g_signal_new ("opened", EONAY_TYPE_FILE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, EONAY_TYPE_OWN_FILE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-file-list.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayFileList, notice);
  gtk_widget_class_bind_template_child (widget_class, EonayFileList, notice_text);
  gtk_widget_class_bind_template_child (widget_class, EonayFileList, tick);
  gtk_widget_class_bind_template_child (widget_class, EonayFileList, group);
  gtk_widget_class_bind_template_callback (widget_class, tick_cb);
}

static void
eonay_file_list_init (EonayFileList *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_accessible_name_buttons (GTK_WIDGET (self));
}

static gboolean
has (EonayFileList *self, EonayOwnFile *file)
{
  const char *path = eonay_own_file_get_path (file);

  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (eonay_own_file_get_path (eonay_file_list_get_file (self, i)), path))
      return TRUE;

  return FALSE;
}

static void
add_row (EonayFileList *self, EonayOwnFile *file, gboolean chosen, gboolean ticked)
{
  GtkWidget *row = eonay_file_row_new (file, chosen, ticked);

  eonay_file_row_set_format (EONAY_FILE_ROW (row), self->format);
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "notify::ticked", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

/* Returns: (transfer full) (nullable) */
static char *
describe_left_out (guint n_remote, guint n_too_many)
{
  g_autofree char *remote = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "%u file is not on this computer, so it was not taken. Copy it here first.",
                   "%u files are not on this computer, so they were not taken. Copy them here "
                   "first.",
                   n_remote),
      n_remote);
  g_autofree char *too_many = g_strdup_printf (
      g_dngettext (
          GETTEXT_PACKAGE, "%u file was not taken: the list holds 1000 at most. Sign these first.",
          "%u files were not taken: the list holds 1000 at most. Sign these first.", n_too_many),
      n_too_many);

  if (n_remote > 0)
    return g_strjoin ("\n", remote, n_too_many > 0 ? too_many : NULL, NULL);

  return n_too_many > 0 ? g_steal_pointer (&too_many) : NULL;
}

void
eonay_file_list_add (EonayFileList *self, GPtrArray *files, gboolean chosen)
{
  guint n_before;
  guint n_remote = 0;
  guint n_too_many = 0;

  g_return_if_fail (EONAY_IS_FILE_LIST (self) && files != NULL);

  n_before = self->rows->len;
  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *path = g_file_get_path (files->pdata[i]);
      g_autoptr (EonayOwnFile) file = path != NULL ? eonay_own_file_new (path) : NULL;

      if (file == NULL)
        n_remote++;
      else if (has (self, file))
        continue;
      else if (self->rows->len >= EONAY_OWN_FILES_MAX)
        n_too_many++;
      else
        add_row (self, file, chosen, chosen || n_before == 0);
    }

  g_free (self->left_out);
  self->left_out = describe_left_out (n_remote, n_too_many);
  if (n_before > 0 && self->rows->len > n_before)
    settle (self);
  changed (self);
}

void
eonay_file_list_clear (EonayFileList *self)
{
  g_return_if_fail (EONAY_IS_FILE_LIST (self));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->left_out, g_free);
  g_clear_handle_id (&self->settling, g_source_remove);
  changed (self);
}

const char *
eonay_file_list_get_left_out (EonayFileList *self)
{
  g_return_val_if_fail (EONAY_IS_FILE_LIST (self), NULL);

  return self->left_out;
}

gboolean
eonay_file_list_is_settling (EonayFileList *self)
{
  g_return_val_if_fail (EONAY_IS_FILE_LIST (self), FALSE);

  return self->settling != 0;
}

guint
eonay_file_list_get_n_files (EonayFileList *self)
{
  g_return_val_if_fail (EONAY_IS_FILE_LIST (self), 0);

  return self->rows->len;
}

EonayOwnFile *
eonay_file_list_get_file (EonayFileList *self, guint index)
{
  g_return_val_if_fail (EONAY_IS_FILE_LIST (self) && index < self->rows->len, NULL);

  return eonay_file_row_get_file (self->rows->pdata[index]);
}

void
eonay_file_list_set_format (EonayFileList *self, EonayFileFormat format)
{
  g_return_if_fail (EONAY_IS_FILE_LIST (self));

  self->format = format;
  for (guint i = 0; i < self->rows->len; i++)
    eonay_file_row_set_format (self->rows->pdata[i], format);
}

guint
eonay_file_list_count_ticked (EonayFileList *self)
{
  guint count = 0;

  g_return_val_if_fail (EONAY_IS_FILE_LIST (self), 0);

  for (guint i = 0; i < self->rows->len; i++)
    count += eonay_file_row_is_ticked (self->rows->pdata[i]);

  return count;
}

GPtrArray *
eonay_file_list_list_ticked (EonayFileList *self)
{
  GPtrArray *ticked = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (EONAY_IS_FILE_LIST (self), ticked);

  for (guint i = 0; i < self->rows->len; i++)
    if (eonay_file_row_is_ticked (self->rows->pdata[i]))
      g_ptr_array_add (ticked, g_object_ref (eonay_file_list_get_file (self, i)));

  return ticked;
}

guint
eonay_file_list_keep_unsigned (EonayFileList *self)
{
  g_return_val_if_fail (EONAY_IS_FILE_LIST (self), 0);

  for (guint i = self->rows->len; i > 0; i--)
    if (eonay_own_file_get_state (eonay_file_list_get_file (self, i - 1)) == EONAY_OWN_FILE_SIGNED)
      {
        adw_preferences_group_remove (self->group, self->rows->pdata[i - 1]);
        g_ptr_array_remove_index (self->rows, i - 1);
      }
  changed (self);

  return self->rows->len;
}

gboolean
eonay_file_list_is_all (EonayFileList *self, EonayOwnFile *file)
{
  g_autoptr (GPtrArray) ticked = NULL;

  g_return_val_if_fail (EONAY_IS_FILE_LIST (self), FALSE);

  if (self->rows->len == 1)
    return TRUE;

  ticked = eonay_file_list_list_ticked (self);

  return ticked->len == 1 && ticked->pdata[0] == file;
}

/* Returns: (transfer full): its name, and that it was looked at, if only that is left to be said */
static char *
name_unseen (EonayOwnFile *file)
{
  if (!eonay_own_file_is_end_seen (file))
    return g_strdup (eonay_own_file_get_name (file));

  /* TRANSLATORS: of a file, by name: its pages were looked at, its warnings were not confirmed. */
  return g_strdup_printf (_ ("%s (looked at, not confirmed as read)"),
                          eonay_own_file_get_name (file));
}

/* @names: gets @file, with what has to be read of it */
static void
add_unseen (GString *names, EonayOwnFile *file)
{
  g_auto (GStrv) warnings = eonay_file_row_list_unread_warnings (file);
  g_autofree char *name = name_unseen (file);

  g_string_append_printf (names, "%s%s", names->len > 0 ? "\n" : "", name);
  for (guint i = 0; warnings[i] != NULL; i++)
    g_string_append_printf (names, "\n⚠ %s", warnings[i]);
}

/* Those with warnings come first. */
static int
compare_unseen (gconstpointer a, gconstpointer b)
{
  g_auto (GStrv) one = eonay_file_row_list_unread_warnings (*(EonayOwnFile *const *) a);
  g_auto (GStrv) other = eonay_file_row_list_unread_warnings (*(EonayOwnFile *const *) b);

  return (one[0] == NULL) - (other[0] == NULL);
}

/* Returns: (transfer full) (element-type EonayOwnFile) */
static GPtrArray *
list_unseen (GPtrArray *files)
{
  GPtrArray *unseen = g_ptr_array_new ();

  for (guint i = 0; i < files->len; i++)
    if (!eonay_own_file_is_seen (files->pdata[i]) &&
        eonay_own_file_get_state (files->pdata[i]) == EONAY_OWN_FILE_READ)
      g_ptr_array_add (unseen, files->pdata[i]);
  g_ptr_array_sort (unseen, compare_unseen);

  return unseen;
}

char *
eonay_file_list_name_unseen (GPtrArray *files)
{
  GString *names = g_string_new (NULL);
  g_autoptr (GPtrArray) unseen = list_unseen (files);

  for (guint i = 0; i < unseen->len; i++)
    add_unseen (names, unseen->pdata[i]);

  return g_string_free (names, FALSE);
}

guint
eonay_file_list_count_not_looked_at (GPtrArray *files)
{
  g_autoptr (GPtrArray) unseen = list_unseen (files);
  guint count = 0;

  for (guint i = 0; i < unseen->len; i++)
    count += !eonay_own_file_is_end_seen (unseen->pdata[i]);

  return count;
}

gboolean
eonay_file_list_has_pdf (EonayFileList *self)
{
  g_return_val_if_fail (EONAY_IS_FILE_LIST (self), FALSE);

  for (guint i = 0; i < eonay_file_list_get_n_files (self); i++)
    if (eonay_own_file_get_kind (eonay_file_list_get_file (self, i)) == EONAY_OWN_FILE_PDF)
      return TRUE;

  return FALSE;
}
