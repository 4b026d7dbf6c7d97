#include "app/files/eonay-picture-row.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-file-choice.h"
#include "base/eonay-text-class.h"
#include "session/eonay-advice.h"
#include "session/files/eonay-mark-picture.h"

#define THUMBNAIL 48

struct _EonayPictureRow {
  AdwActionRow parent_instance;

  GtkWidget *thumbnail;
  GtkWidget *choose;
  GtkWidget *remove;
  char *path;                /* nullable */
  GdkPixbuf *picture;        /* nullable */
  GCancellable *cancellable; /* nullable: while it is read */
  gboolean is_refused;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (EonayPictureRow, eonay_picture_row, ADW_TYPE_ACTION_ROW)

/* @fault: (nullable) */
static void
show (EonayPictureRow *self, const GError *fault)
{
  g_autofree char *base = self->path != NULL ? g_filename_display_basename (self->path) : NULL;
  g_autofree char *name = base != NULL ? eonay_text_class_make_line (base, -1) : NULL;
  g_autoptr (EonayAdvice) advice = fault != NULL ? eonay_advice_new (fault) : NULL;
  g_autofree char *sentence = advice != NULL
                                  ? g_strdup_printf ("%s (%s)", advice->what, advice->code)
                                  : NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (self->picture != NULL)
    texture = gdk_texture_new_for_pixbuf (self->picture);

  gtk_image_set_from_paintable (GTK_IMAGE (self->thumbnail), GDK_PAINTABLE (texture));
  gtk_widget_set_visible (self->thumbnail, texture != NULL);
  gtk_widget_set_visible (self->remove, self->path != NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               sentence != NULL            ? sentence
                               : self->cancellable != NULL ? _ ("The picture is being read…")
                               : name != NULL              ? name
                                                           : _ ("None: the mark has words alone."));
  g_signal_emit (self, changed_signal, 0);
}

static void
read_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  GdkPixbuf *picture = eonay_mark_picture_read (path, &error);

  if (picture != NULL)
    g_task_return_pointer (task, picture, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  EonayPictureRow *self = EONAY_PICTURE_ROW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) picture = g_task_propagate_pointer (G_TASK (result), &error);

  /* Another one was chosen meanwhile, or none. */
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;

  g_clear_object (&self->cancellable);
  self->is_refused = picture == NULL;
  g_set_object (&self->picture, picture);
  show (self, error);
}

void
eonay_picture_row_set_path (EonayPictureRow *self, const char *path)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (EONAY_IS_PICTURE_ROW (self));

  path = path != NULL && *path != '\0' ? path : NULL;
  if (g_strcmp0 (path, self->path) == 0 && !self->is_refused)
    return;

  g_free (self->path);
  self->path = g_strdup (path);
  self->is_refused = FALSE;
  g_clear_object (&self->picture);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (path != NULL)
    {
      self->cancellable = g_cancellable_new ();
      task = g_task_new (self, self->cancellable, read_cb, NULL);
      g_task_set_task_data (task, g_strdup (path), g_free);
      g_task_set_return_on_cancel (task, TRUE);
      g_task_run_in_thread (task, read_thread);
    }
  show (self, NULL);
}

static void
chosen_cb (GtkWidget *widget, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  /* One that was refused may have been mended. */
  eonay_picture_row_set_path (EONAY_PICTURE_ROW (widget), NULL);
  eonay_picture_row_set_path (EONAY_PICTURE_ROW (widget), path);
}

static void
choose_cb (EonayPictureRow *self)
{
  eonay_file_choice_ask (GTK_WIDGET (self), _ ("Choose a picture"), _ ("Pictures (PNG, SVG)"),
                         (const char *const[]){ "*.png", "*.PNG", "*.svg", "*.SVG", NULL },
                         chosen_cb);
}

static void
remove_cb (EonayPictureRow *self)
{
  eonay_picture_row_set_path (self, NULL);
  gtk_widget_grab_focus (self->choose);
}

static void
eonay_picture_row_dispose (GObject *object)
{
  EonayPictureRow *self = EONAY_PICTURE_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->picture);

  G_OBJECT_CLASS (eonay_picture_row_parent_class)->dispose (object);
}

static void
eonay_picture_row_finalize (GObject *object)
{
  g_free (EONAY_PICTURE_ROW (object)->path);

  G_OBJECT_CLASS (eonay_picture_row_parent_class)->finalize (object);
}

static void
eonay_picture_row_class_init (EonayPictureRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = eonay_picture_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = eonay_picture_row_finalize;
  changed_signal = g_signal_new ("changed", EONAY_TYPE_PICTURE_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
eonay_picture_row_init (EonayPictureRow *self)
{
  AdwActionRow *row = ADW_ACTION_ROW (self);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Picture"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (row, 0);
  self->thumbnail = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->thumbnail), THUMBNAIL);
  adw_action_row_add_prefix (row, self->thumbnail);
  self->choose = gtk_button_new_with_mnemonic (_ ("Choose a _picture…"));
  gtk_widget_set_valign (self->choose, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->choose, "clicked", G_CALLBACK (choose_cb), self);
  adw_action_row_add_suffix (row, self->choose);
  self->remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_set_valign (self->remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->remove, "flat");
  gtk_widget_set_tooltip_text (self->remove, _ ("Use no picture"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Use no picture"), -1);
  g_signal_connect_swapped (self->remove, "clicked", G_CALLBACK (remove_cb), self);
  adw_action_row_add_suffix (row, self->remove);
  eonay_accessible_name_buttons (GTK_WIDGET (self));
  show (self, NULL);
}

const char *
eonay_picture_row_get_path (EonayPictureRow *self)
{
  g_return_val_if_fail (EONAY_IS_PICTURE_ROW (self), NULL);

  return self->path;
}

gboolean
eonay_picture_row_is_reading (EonayPictureRow *self)
{
  g_return_val_if_fail (EONAY_IS_PICTURE_ROW (self), FALSE);

  return self->cancellable != NULL;
}

gboolean
eonay_picture_row_is_refused (EonayPictureRow *self)
{
  g_return_val_if_fail (EONAY_IS_PICTURE_ROW (self), FALSE);

  return self->is_refused;
}

GdkPixbuf *
eonay_picture_row_get_picture (EonayPictureRow *self)
{
  g_return_val_if_fail (EONAY_IS_PICTURE_ROW (self), NULL);

  return self->picture;
}
