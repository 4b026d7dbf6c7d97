#include "app/preferences/eonay-module-row.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/eonay-accessible-name.h"
#include "base/eonay-text-class.h"
#include "card/reader/eonay-module-trial.h"
#include "session/eonay-advice.h"

struct _EonayModuleRow {
  AdwActionRow parent_instance;

  GtkImage *verdict;
  GtkSpinner *spinner;
  char *path;
  GCancellable *cancellable; /* while it is being tried */
};

static guint removed_signal;

G_DEFINE_FINAL_TYPE (EonayModuleRow, eonay_module_row, ADW_TYPE_ACTION_ROW)

static void
eonay_module_row_dispose (GObject *object)
{
  EonayModuleRow *self = EONAY_MODULE_ROW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (eonay_module_row_parent_class)->dispose (object);
}

static void
eonay_module_row_finalize (GObject *object)
{
  g_free (EONAY_MODULE_ROW (object)->path);

  G_OBJECT_CLASS (eonay_module_row_parent_class)->finalize (object);
}

static void
eonay_module_row_class_init (EonayModuleRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = eonay_module_row_dispose;
  object_class->finalize = eonay_module_row_finalize;

  removed_signal = g_signal_new ("removed", EONAY_TYPE_MODULE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
eonay_module_row_init (EonayModuleRow *self)
{
  g_object_set (self, "use-markup", FALSE, "title-lines", 0, "subtitle-lines", 0, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "fact");
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  self->verdict = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                "visible", FALSE, NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->verdict));
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->spinner));
}

static void
tell (EonayModuleRow *self, const char *text)
{
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", self->path, text);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
}

static void
show_verdict (EonayModuleRow *self, const char *text, const char *icon, const char *css_class)
{
  tell (self, text);
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  gtk_image_set_from_icon_name (self->verdict, icon);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->verdict), css_class);
}

static char *
describe_tokens (guint n_tokens)
{
  if (n_tokens == 0)
    return g_strdup (_ ("The module works. No card that it knows is in a reader now."));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The module works. It sees %u card.",
                                       "The module works. It sees %u cards.", n_tokens),
                          n_tokens);
}

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayModuleRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tokens = eonay_module_trial_run_finish (result, &error);
  g_autofree char *text = NULL;

  /* The row has gone meanwhile. */
  if (self->cancellable == NULL)
    return;

  g_clear_object (&self->cancellable);
  if (tokens != NULL)
    {
      text = describe_tokens (tokens->len);
      show_verdict (self, text, "object-select-symbolic", "success");
    }
  else
    {
      g_autoptr (EonayAdvice) advice = eonay_advice_new (error);

      text = g_strdup_printf ("%s %s (%s)", advice->what, advice->remedy, advice->code);
      show_verdict (self, text, "dialog-error-symbolic", "error");
    }
}

static void
remove_cb (EonayModuleRow *self)
{
  g_signal_emit (self, removed_signal, 0);
}

static void
add_remove_button (EonayModuleRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *label = g_strdup_printf (
      _ ("Remove: %s"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Remove"));
  eonay_accessible_name_button (GTK_BUTTON (button), label);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
}

GtkWidget *
eonay_module_row_new (const char *path, gboolean removable)
{
  EonayModuleRow *self = g_object_new (EONAY_TYPE_MODULE_ROW, NULL);
  g_autofree char *file = g_path_get_basename (path);
  g_autofree char *name = eonay_text_class_make_name (file, -1);

  self->path = g_canonicalize_filename (path, "/");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  if (removable)
    add_remove_button (self);

  tell (self, _ ("Trying the module…"));
  gtk_spinner_start (self->spinner);
  self->cancellable = g_cancellable_new ();
  eonay_module_trial_run_async (self->path, self->cancellable, tried_cb, g_object_ref_sink (self));

  return GTK_WIDGET (self);
}

const char *
eonay_module_row_get_path (EonayModuleRow *self)
{
  g_return_val_if_fail (EONAY_IS_MODULE_ROW (self), NULL);

  return self->path;
}

gboolean
eonay_module_row_is_trying (EonayModuleRow *self)
{
  g_return_val_if_fail (EONAY_IS_MODULE_ROW (self), FALSE);

  return self->cancellable != NULL;
}
