#include "app/preferences/eonay-preferences.h"

#include "app/preferences/eonay-module-group.h"
#include "app/preferences/eonay-portal-group.h"
#include "app/preferences/eonay-setting-lock.h"
#include "app/widgets/eonay-focus.h"
#include "app/widgets/eonay-stack.h"

struct _EonayPreferences {
  /* Not an AdwPreferencesWindow: that of libadwaita 1.2 never lets its groups go. */
  AdwWindow parent_instance;

  AdwViewStack *views;
  EonayPortalGroup *portals;
  EonayModuleGroup *modules;
  AdwActionRow *large_countdown;
  AdwActionRow *history;
  AdwActionRow *history_keeps_text;
  AdwActionRow *experimental_akis;
};

G_DEFINE_FINAL_TYPE (EonayPreferences, eonay_preferences, ADW_TYPE_WINDOW)

static void
eonay_preferences_class_init (EonayPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (EONAY_TYPE_MODULE_GROUP);
  g_type_ensure (EONAY_TYPE_PORTAL_GROUP);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayPreferences, views);
  gtk_widget_class_bind_template_child (widget_class, EonayPreferences, portals);
  gtk_widget_class_bind_template_child (widget_class, EonayPreferences, modules);
  gtk_widget_class_bind_template_child (widget_class, EonayPreferences, large_countdown);
  gtk_widget_class_bind_template_child (widget_class, EonayPreferences, history);
  gtk_widget_class_bind_template_child (widget_class, EonayPreferences, history_keeps_text);
  gtk_widget_class_bind_template_child (widget_class, EonayPreferences, experimental_akis);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
eonay_preferences_init (EonayPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_stack_follow (GTK_WIDGET (self->views));
  eonay_focus_attach (GTK_WINDOW (self));
}

/* Returns: (transfer none): the row's switch */
static GtkWidget *
bind_switch (GSettings *settings, const char *key, AdwActionRow *row)
{
  GtkWidget *button = gtk_switch_new ();

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (row, button);
  adw_action_row_set_activatable_widget (row, button);
  /* One stop, which says whether it is on. */
  gtk_widget_set_focusable (GTK_WIDGET (row), FALSE);
  g_settings_bind (settings, key, button, "active",
                   G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_NO_SENSITIVITY);
  eonay_setting_lock_bind (settings, key, row);

  return button;
}

GtkWidget *
eonay_preferences_new (GtkWindow *parent, GSettings *settings, GListStore *portals)
{
  EonayPreferences *self = g_object_new (EONAY_TYPE_PREFERENCES, "transient-for", parent, NULL);
  GtkWidget *history;
  GtkWidget *keeps_text;

  if (portals != NULL)
    eonay_portal_group_set_settings (self->portals, settings, portals);
  gtk_widget_set_visible (GTK_WIDGET (self->portals), portals != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->modules), portals != NULL);
  eonay_module_group_set_settings (self->modules, settings);
  bind_switch (settings, "large-countdown", self->large_countdown);
  history = bind_switch (settings, "history", self->history);
  keeps_text = bind_switch (settings, "history-keeps-text", self->history_keeps_text);
  g_object_bind_property (history, "active", keeps_text, "sensitive", G_BINDING_SYNC_CREATE);
  bind_switch (settings, "experimental-akis", self->experimental_akis);

  return GTK_WIDGET (self);
}

void
eonay_preferences_add_portal (EonayPreferences *self)
{
  g_return_if_fail (EONAY_IS_PREFERENCES (self));

  eonay_portal_group_ask (self->portals);
}
