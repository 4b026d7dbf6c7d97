#include "app/preferences/eonay-module-group.h"

#include <glib/gi18n-lib.h>

#include "app/preferences/eonay-module-row.h"
#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-advice-box.h"
#include "app/widgets/eonay-file-choice.h"
#include "card/reader/eonay-module-trial.h"
#include "session/eonay-settings.h"

#define KEY "pkcs11-modules"

struct _EonayModuleGroup {
  AdwPreferencesGroup parent_instance;

  GtkWidget *add;
  GtkWidget *busy;
  EonayAdviceBox *advice;
  AdwActionRow *none;

  GSettings *settings;
  GPtrArray *rows;
  GCancellable *cancellable; /* while one is being tried */
  char *trying;
};

G_DEFINE_FINAL_TYPE (EonayModuleGroup, eonay_module_group, ADW_TYPE_PREFERENCES_GROUP)

static void
removed_cb (EonayModuleGroup *self, EonayModuleRow *row)
{
  g_auto (GStrv) picked = g_settings_get_strv (self->settings, KEY);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) left = NULL;

  for (guint i = 0; picked[i] != NULL; i++)
    {
      g_autofree char *path = g_canonicalize_filename (picked[i], "/");

      if (!g_str_equal (path, eonay_module_row_get_path (row)))
        g_strv_builder_add (builder, picked[i]);
    }
  left = g_strv_builder_end (builder);
  gtk_widget_grab_focus (self->add);
  g_settings_set_strv (self->settings, KEY, (const char *const *) left);
}

/* A row that stays keeps its verdict. */
static GtkWidget *
take_row (GPtrArray *rows, const char *path)
{
  g_autofree char *wanted = g_canonicalize_filename (path, "/");

  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (eonay_module_row_get_path (rows->pdata[i]), wanted))
      return g_ptr_array_steal_index (rows, i);

  return NULL;
}

static void
show_picked (EonayModuleGroup *self)
{
  g_auto (GStrv) picked = g_settings_get_strv (self->settings, KEY);
  gboolean locked = eonay_settings_is_locked (self->settings, KEY);
  g_autoptr (GPtrArray) old = self->rows;

  self->rows = g_ptr_array_new ();
  for (guint i = 0; picked[i] != NULL; i++)
    {
      GtkWidget *row = take_row (old, picked[i]);

      if (row == NULL)
        {
          row = eonay_module_row_new (picked[i], !locked);
          g_signal_connect_object (row, "removed", G_CALLBACK (removed_cb), self,
                                   G_CONNECT_SWAPPED);
          adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
        }
      g_ptr_array_add (self->rows, row);
    }
  for (guint i = 0; i < old->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), old->pdata[i]);

  gtk_widget_set_visible (GTK_WIDGET (self->none), self->rows->len == 0);
}

static void
writable_cb (EonayModuleGroup *self)
{
  gboolean locked = eonay_settings_is_locked (self->settings, KEY);

  gtk_widget_set_visible (self->add, !locked && self->cancellable == NULL);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         locked ? _ ("Set by your administrator") : NULL);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  show_picked (self);
}

static void
pick (EonayModuleGroup *self, const char *path)
{
  g_auto (GStrv) picked = g_settings_get_strv (self->settings, KEY);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) more = NULL;

  if (g_strv_contains ((const char *const *) picked, path))
    return;

  g_strv_builder_addv (builder, (const char **) picked);
  g_strv_builder_add (builder, path);
  more = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, KEY, (const char *const *) more);
}

static void
show_trying (EonayModuleGroup *self)
{
  gboolean busy = self->cancellable != NULL;

  gtk_widget_set_visible (self->busy, busy);
  gtk_widget_set_visible (self->add, !busy);
  if (!busy)
    gtk_widget_grab_focus (self->add);
}

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayModuleGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tokens = eonay_module_trial_run_finish (result, &error);

  if (self->cancellable == NULL)
    return;

  g_clear_object (&self->cancellable);
  show_trying (self);
  eonay_advice_box_set_error (self->advice, error);
  if (tokens != NULL)
    pick (self, self->trying);
}

void
eonay_module_group_add (EonayModuleGroup *self, GFile *file)
{
  g_return_if_fail (EONAY_IS_MODULE_GROUP (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->cancellable != NULL || g_file_peek_path (file) == NULL)
    return;

  g_free (self->trying);
  self->trying = g_file_get_path (file);
  self->cancellable = g_cancellable_new ();
  eonay_advice_box_set_error (self->advice, NULL);
  show_trying (self);
  eonay_module_trial_run_async (self->trying, self->cancellable, tried_cb, g_object_ref (self));
}

static void
chosen_cb (GtkWidget *widget, GFile *file)
{
  eonay_module_group_add (EONAY_MODULE_GROUP (widget), file);
}

static void
add_cb (EonayModuleGroup *self)
{
  static const char *const patterns[] = { "*.so", "*.so.*", NULL };

  eonay_file_choice_ask (GTK_WIDGET (self), _ ("Choose a PKCS#11 module"),
                         _ ("Program libraries (.so)"), patterns, chosen_cb);
}

static void
eonay_module_group_dispose (GObject *object)
{
  EonayModuleGroup *self = EONAY_MODULE_GROUP (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (eonay_module_group_parent_class)->dispose (object);
}

static void
eonay_module_group_finalize (GObject *object)
{
  g_ptr_array_unref (EONAY_MODULE_GROUP (object)->rows);
  g_free (EONAY_MODULE_GROUP (object)->trying);

  G_OBJECT_CLASS (eonay_module_group_parent_class)->finalize (object);
}

static void
eonay_module_group_class_init (EonayModuleGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = eonay_module_group_dispose;
  object_class->finalize = eonay_module_group_finalize;

  g_type_ensure (EONAY_TYPE_ADVICE_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-module-group.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayModuleGroup, add);
  gtk_widget_class_bind_template_child (widget_class, EonayModuleGroup, busy);
  gtk_widget_class_bind_template_child (widget_class, EonayModuleGroup, advice);
  gtk_widget_class_bind_template_child (widget_class, EonayModuleGroup, none);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
eonay_module_group_init (EonayModuleGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_accessible_name_button (GTK_BUTTON (self->add), _ ("Add a module…"));
}

void
eonay_module_group_set_settings (EonayModuleGroup *self, GSettings *settings)
{
  g_return_if_fail (EONAY_IS_MODULE_GROUP (self) && self->settings == NULL);

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::" KEY, G_CALLBACK (show_picked), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "writable-changed::" KEY, G_CALLBACK (writable_cb), self,
                           G_CONNECT_SWAPPED);
  writable_cb (self);
}

gboolean
eonay_module_group_is_trying (EonayModuleGroup *self)
{
  g_return_val_if_fail (EONAY_IS_MODULE_GROUP (self), FALSE);

  return self->cancellable != NULL;
}
