#include "app/preferences/eonay-portal-group.h"

#include <glib/gi18n-lib.h>

#include "app/preferences/eonay-setting-lock.h"
#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-advice-box.h"
#include "app/widgets/eonay-file-choice.h"
#include "app/widgets/eonay-question.h"
#include "portal/eonay-portal-profile-import.h"
#include "session/eonay-settings.h"

#define KEY "portal"

struct _EonayPortalGroup {
  AdwPreferencesGroup parent_instance;

  GtkWidget *add;
  AdwComboRow *start;
  EonayAdviceBox *advice;

  GSettings *settings;
  GListStore *portals;
  GPtrArray *ids;  /* what the items of start stand for; "" for the one used last */
  GPtrArray *rows; /* of the person's own profiles */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (EonayPortalGroup, eonay_portal_group, ADW_TYPE_PREFERENCES_GROUP)

static void
offer (EonayPortalGroup *self, GtkStringList *names, const char *id, const char *name)
{
  g_ptr_array_add (self->ids, g_strdup (id));
  gtk_string_list_append (names, name);
}

static guint
find_id (EonayPortalGroup *self, const char *id)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (g_str_equal (self->ids->pdata[i], id))
      return i;

  return GTK_INVALID_LIST_POSITION;
}

static void
show_choice (EonayPortalGroup *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *chosen = g_settings_get_string (self->settings, KEY);
  guint n_portals = g_list_model_get_n_items (G_LIST_MODEL (self->portals));

  g_ptr_array_set_size (self->ids, 0);
  offer (self, names, "", _ ("The one used last"));
  for (guint i = 0; i < n_portals; i++)
    {
      g_autoptr (EonayPortalProfile) profile = g_list_model_get_item (G_LIST_MODEL (self->portals),
                                                                      i);

      offer (self, names, eonay_portal_profile_get_id (profile),
             eonay_portal_profile_get_name (profile));
    }
  if (find_id (self, chosen) == GTK_INVALID_LIST_POSITION)
    {
      g_autofree char *name = g_strdup_printf (_ ("%s (not installed)"), chosen);

      offer (self, names, chosen, name);
    }

  self->filling = TRUE;
  adw_combo_row_set_model (self->start, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->start, find_id (self, chosen));
  self->filling = FALSE;

  /* The row takes a new model for a reason to be sensitive again. */
  if (eonay_settings_is_locked (self->settings, KEY))
    gtk_widget_set_sensitive (GTK_WIDGET (self->start), FALSE);
}

static void
chosen_elsewhere_cb (EonayPortalGroup *self)
{
  g_autofree char *chosen = g_settings_get_string (self->settings, KEY);

  if (find_id (self, chosen) != adw_combo_row_get_selected (self->start))
    show_choice (self);
}

static void
selected_cb (EonayPortalGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->start);
  g_autofree char *chosen = NULL;

  if (self->filling || selected >= self->ids->len)
    return;

  chosen = g_settings_get_string (self->settings, KEY);
  if (!g_str_equal (chosen, self->ids->pdata[selected]))
    g_settings_set_string (self->settings, KEY, self->ids->pdata[selected]);
}

static void
removal_answered_cb (EonayPortalGroup *self, const char *response, GObject *dialog)
{
  EonayPortalProfile *profile = g_object_get_data (dialog, "profile");
  g_autoptr (GError) error = NULL;

  eonay_portal_profile_remove (profile, &error);
  eonay_advice_box_set_error (self->advice, error);
  eonay_portal_profile_reload (self->portals, eonay_settings_has_own_portals (self->settings));
  gtk_widget_grab_focus (self->add);
}

static void
remove_cb (EonayPortalGroup *self, GtkWidget *button)
{
  EonayPortalProfile *profile = g_object_get_data (G_OBJECT (button), "profile");
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *heading = g_strdup_printf (_ ("Remove “%s”?"),
                                              eonay_portal_profile_get_name (profile));
  GtkWindow *question =
      eonay_question_ask (window, heading, _ ("You will need its file to add it again."),
                          _ ("_Keep"), _ ("Remove"), G_CALLBACK (removal_answered_cb), self);

  g_object_set_data_full (G_OBJECT (question), "profile", g_object_ref (profile), g_object_unref);
}

static GtkWidget *
make_row (EonayPortalGroup *self, EonayPortalProfile *profile, gboolean left_out)
{
  const char *name = eonay_portal_profile_get_name (profile);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *label = g_strdup_printf (_ ("Remove: %s"), name);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 0,
                                 "subtitle-lines", 0, NULL);

  /* Together with use-markup, in one go, they would still be taken for markup. */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               left_out ? _ ("Not used: a portal with the same id is installed.")
                                        : eonay_portal_profile_get_base_url (profile));
  gtk_widget_add_css_class (row, "fact");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Remove"));
  eonay_accessible_name_button (GTK_BUTTON (button), label);
  g_object_set_data_full (G_OBJECT (button), "profile", g_object_ref (profile), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

static void
add_rows (EonayPortalGroup *self, GListModel *portals, gboolean left_out)
{
  for (guint i = 0; i < g_list_model_get_n_items (portals); i++)
    {
      g_autoptr (EonayPortalProfile) profile = g_list_model_get_item (portals, i);

      if (eonay_portal_profile_is_own (profile))
        {
          g_ptr_array_add (self->rows, make_row (self, profile, left_out));
          adw_preferences_group_add (ADW_PREFERENCES_GROUP (self),
                                     self->rows->pdata[self->rows->len - 1]);
        }
    }
}

static void
show_own (EonayPortalGroup *self)
{
  g_autoptr (GListModel) left_out = eonay_portal_profile_list_left_out ();

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);

  add_rows (self, G_LIST_MODEL (self->portals), FALSE);
  if (eonay_settings_has_own_portals (self->settings))
    add_rows (self, left_out, TRUE);
  gtk_widget_set_sensitive (self->add, eonay_settings_has_own_portals (self->settings));
}

static void
portals_cb (EonayPortalGroup *self)
{
  show_choice (self);
  show_own (self);
}

void
eonay_portal_group_add (EonayPortalGroup *self, GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPortalProfile) profile = NULL;

  g_return_if_fail (EONAY_IS_PORTAL_GROUP (self));
  g_return_if_fail (G_IS_FILE (file));

  profile = eonay_portal_profile_import (file, &error);
  eonay_advice_box_set_error (self->advice, error);
  if (profile != NULL)
    eonay_portal_profile_reload (self->portals, eonay_settings_has_own_portals (self->settings));
}

static void
chosen_cb (GtkWidget *widget, GFile *file)
{
  eonay_portal_group_add (EONAY_PORTAL_GROUP (widget), file);
}

void
eonay_portal_group_ask (EonayPortalGroup *self)
{
  static const char *const patterns[] = { "*.json", NULL };

  g_return_if_fail (EONAY_IS_PORTAL_GROUP (self));

  eonay_file_choice_ask (GTK_WIDGET (self), _ ("Choose a portal profile"),
                         _ ("Portal profiles (.json)"), patterns, chosen_cb);
}

static void
eonay_portal_group_dispose (GObject *object)
{
  EonayPortalGroup *self = EONAY_PORTAL_GROUP (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->portals);

  G_OBJECT_CLASS (eonay_portal_group_parent_class)->dispose (object);
}

static void
eonay_portal_group_finalize (GObject *object)
{
  g_ptr_array_unref (EONAY_PORTAL_GROUP (object)->ids);
  g_ptr_array_unref (EONAY_PORTAL_GROUP (object)->rows);

  G_OBJECT_CLASS (eonay_portal_group_parent_class)->finalize (object);
}

static void
eonay_portal_group_class_init (EonayPortalGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = eonay_portal_group_dispose;
  object_class->finalize = eonay_portal_group_finalize;

  g_type_ensure (EONAY_TYPE_ADVICE_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-portal-group.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayPortalGroup, add);
  gtk_widget_class_bind_template_child (widget_class, EonayPortalGroup, start);
  gtk_widget_class_bind_template_child (widget_class, EonayPortalGroup, advice);
  gtk_widget_class_bind_template_callback (widget_class, eonay_portal_group_ask);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
eonay_portal_group_init (EonayPortalGroup *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_accessible_name_button (GTK_BUTTON (self->add), _ ("Add a profile…"));
  eonay_accessible_name_lists (GTK_WIDGET (self->start),
                               adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->start)));
}

void
eonay_portal_group_set_settings (EonayPortalGroup *self, GSettings *settings, GListStore *portals)
{
  g_return_if_fail (EONAY_IS_PORTAL_GROUP (self) && self->settings == NULL);

  self->settings = g_object_ref (settings);
  self->portals = g_object_ref (portals);
  g_signal_connect_object (settings, "changed::" KEY, G_CALLBACK (chosen_elsewhere_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (portals, "items-changed", G_CALLBACK (portals_cb), self,
                           G_CONNECT_SWAPPED);
  eonay_setting_lock_bind (settings, KEY, ADW_ACTION_ROW (self->start));
  portals_cb (self);
}
