#include "app/preferences/eonay-setting-lock.h"

#include <glib/gi18n-lib.h>

#include "session/eonay-settings.h"

typedef struct {
  AdwActionRow *row; /* not owned: the closure goes with it */
  char *key;
  char *subtitle; /* while nothing is locked */
  GtkWidget *icon;
} Lock;

static void
lock_free (gpointer data, GClosure *closure)
{
  Lock *self = data;

  g_free (self->key);
  g_free (self->subtitle);
  g_free (self);
}

static void
show (GSettings *settings, const char *key, gpointer user_data)
{
  Lock *self = user_data;
  gboolean locked = eonay_settings_is_locked (settings, self->key);
  g_autofree char *text = NULL;

  if (locked && self->subtitle[0] != '\0')
    text = g_strdup_printf ("%s\n%s", self->subtitle, _ ("Set by your administrator"));
  else
    text = g_strdup (locked ? _ ("Set by your administrator") : self->subtitle);

  adw_action_row_set_subtitle (self->row, text);
  gtk_widget_set_visible (self->icon, locked);
  gtk_widget_set_sensitive (GTK_WIDGET (self->row), !locked);
  if (locked)
    gtk_widget_add_css_class (GTK_WIDGET (self->row), "locked");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->row), "locked");
}

void
eonay_setting_lock_bind (GSettings *settings, const char *key, AdwActionRow *row)
{
  g_autofree char *signal = g_strconcat ("writable-changed::", key, NULL);
  GClosure *closure;
  Lock *self;

  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (ADW_IS_ACTION_ROW (row));

  self = g_new0 (Lock, 1);
  self->row = row;
  self->key = g_strdup (key);
  self->subtitle = g_strdup (adw_action_row_get_subtitle (row));
  self->icon = gtk_image_new_from_icon_name ("changes-prevent-symbolic");
  g_object_set (self->icon, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  if (self->subtitle == NULL)
    self->subtitle = g_strdup ("");
  adw_action_row_add_suffix (row, self->icon);

  closure = g_cclosure_new (G_CALLBACK (show), self, lock_free);
  g_object_watch_closure (G_OBJECT (row), closure);
  g_signal_connect_closure (settings, signal, closure, FALSE);
  show (settings, key, self);
}
