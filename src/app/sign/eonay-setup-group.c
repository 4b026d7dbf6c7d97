#include "app/sign/eonay-setup-group.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-copy-row.h"
#include "base/eonay-flatpak.h"
#include "card/pcsc/eonay-pcsc-start.h"

struct _EonaySetupGroup {
  AdwPreferencesGroup parent_instance;

  AdwActionRow *portal;
  GtkWidget *add_portal;
  GtkWidget *portal_help;
  AdwActionRow *service;
  GtkSpinner *starting;
  GtkWidget *start;
  EonayCopyRow *command;
  AdwActionRow *access;
  AdwActionRow *reader;
  GtkWidget *look_for_reader;
  GtkWidget *practice;
  GtkWidget *practise;

  gboolean lacks_portal;
  EonayReaderList *readers; /* nullable */
  EonayServiceState state;
  GDBusConnection *bus;            /* nullable */
  GCancellable *start_cancellable; /* nullable: of the start that is waited for */
};

G_DEFINE_FINAL_TYPE (EonaySetupGroup, eonay_setup_group, ADW_TYPE_PREFERENCES_GROUP)

static void
set_starting (EonaySetupGroup *self, gboolean starting)
{
  gtk_spinner_set_spinning (self->starting, starting);
  gtk_widget_set_sensitive (self->start, !starting);
}

static void
show_command (EonaySetupGroup *self, const char *text, const char *command)
{
  gtk_widget_set_visible (self->start, FALSE);
  adw_action_row_set_subtitle (self->service, text);
  eonay_copy_row_set_value (self->command, command, NULL);
  eonay_announcement_make (GTK_WIDGET (self), text);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonaySetupGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_started = eonay_pcsc_start_finish (result, &error);

  /* Given up; there may be another one by now. */
  if (g_task_get_cancellable (G_TASK (result)) != self->start_cancellable)
    return;

  g_clear_object (&self->start_cancellable);
  set_starting (self, FALSE);
  if (is_started)
    return;

  g_debug ("The card service was not started: %s", error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    show_command (self,
                  _ ("It is not installed. Run this command in a terminal, or ask your "
                     "administrator to."),
                  EONAY_PCSC_INSTALL_COMMAND);
  else
    show_command (self,
                  _ ("It could not be started from here. Run this command in a terminal, or ask "
                     "your administrator to."),
                  EONAY_PCSC_START_COMMAND);
}

static void
start_cb (EonaySetupGroup *self)
{
  set_starting (self, TRUE);
  g_clear_object (&self->start_cancellable);
  self->start_cancellable = g_cancellable_new ();
  eonay_pcsc_start_async (self->bus, self->start_cancellable, started_cb, g_object_ref (self));
}

static void
give_up_start (EonaySetupGroup *self)
{
  g_cancellable_cancel (self->start_cancellable);
  g_clear_object (&self->start_cancellable);
  set_starting (self, FALSE);
}

static gboolean
has_card (EonayReaderList *readers)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (readers)); i++)
    {
      g_autoptr (EonayReader) reader = g_list_model_get_item (G_LIST_MODEL (readers), i);

      if (eonay_reader_get_state (reader) == EONAY_READER_READY)
        return TRUE;
    }

  return FALSE;
}

/* A command that was told for a service that is gone again is tried anew. */
static void
show_service (EonaySetupGroup *self, EonayServiceState state)
{
  gboolean is_missing = state == EONAY_SERVICE_MISSING;

  if (is_missing && self->state != EONAY_SERVICE_MISSING && eonay_flatpak_is_inside ())
    show_command (self,
                  _ ("A Flatpak cannot start it. Run this command in a terminal, then close e-Onay "
                     "and start it again."),
                  EONAY_PCSC_START_COMMAND);
  else if (is_missing && self->state != EONAY_SERVICE_MISSING)
    {
      gtk_widget_set_visible (self->start, TRUE);
      adw_action_row_set_subtitle (self->service, _ ("It finds card readers and speaks to them."));
    }
  /* A question of polkit's may stand for as long as it likes, and has no more to tell. */
  if (!is_missing)
    {
      give_up_start (self);
      eonay_copy_row_set_value (self->command, NULL, NULL);
    }
  self->state = state;
  gtk_widget_set_visible (GTK_WIDGET (self->service), is_missing);

  if (state == EONAY_SERVICE_DENIED)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->access),
                                   _ ("No permission to use the card service"));
  if (state == EONAY_SERVICE_MISMATCH)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->access),
                                   _ ("The card service is of another version"));
  gtk_widget_set_visible (GTK_WIDGET (self->access),
                          state == EONAY_SERVICE_DENIED || state == EONAY_SERVICE_MISMATCH);
}

/* A reader that is there is told only beside what else there is to do. */
static gboolean
show_reader (EonaySetupGroup *self, EonayServiceState state)
{
  guint n_readers = g_list_model_get_n_items (G_LIST_MODEL (self->readers));
  gboolean is_missing = state == EONAY_SERVICE_RUNNING && n_readers == 0 &&
                        !eonay_reader_list_is_searching (self->readers);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reader),
                                 n_readers == 0 ? _ ("Plug in your card reader")
                                                : _ ("The card reader is found"));
  adw_action_row_set_subtitle (self->reader, n_readers == 0
                                                 ? _ ("It is found as soon as it is plugged in.")
                                                 : _ ("There is nothing more to do for it."));
  adw_action_row_set_icon_name (self->reader, n_readers == 0 ? "auth-smartcard-symbolic"
                                                             : "object-select-symbolic");
  gtk_widget_set_visible (self->look_for_reader, n_readers == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->reader),
                          is_missing || (self->lacks_portal && n_readers > 0));

  return is_missing;
}

static void
update (EonaySetupGroup *self)
{
  EonayServiceState state = EONAY_SERVICE_STARTING;
  gboolean lacks_reader = FALSE;

  if (self->readers != NULL)
    {
      /* A module's card needs no service. */
      state = has_card (self->readers) ? EONAY_SERVICE_RUNNING
                                       : eonay_reader_list_get_service_state (self->readers);
      show_service (self, state);
      lacks_reader = show_reader (self, state);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->portal), self->lacks_portal);
  gtk_widget_set_visible (self->practice, self->lacks_portal && self->readers != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          self->lacks_portal || lacks_reader || state == EONAY_SERVICE_MISSING ||
                              state == EONAY_SERVICE_DENIED || state == EONAY_SERVICE_MISMATCH);
}

static void
eonay_setup_group_dispose (GObject *object)
{
  EonaySetupGroup *self = EONAY_SETUP_GROUP (object);

  g_cancellable_cancel (self->start_cancellable);
  g_clear_object (&self->start_cancellable);
  if (self->readers != NULL)
    g_signal_handlers_disconnect_by_data (self->readers, self);
  g_clear_object (&self->readers);
  g_clear_object (&self->bus);

  G_OBJECT_CLASS (eonay_setup_group_parent_class)->dispose (object);
}

static void
eonay_setup_group_class_init (EonaySetupGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_setup_group_dispose;

  g_type_ensure (EONAY_TYPE_COPY_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-setup-group.ui");
  gtk_widget_class_bind_template_child (widget_class, EonaySetupGroup, portal);
  gtk_widget_class_bind_template_child (widget_class, EonaySetupGroup, add_portal);
  gtk_widget_class_bind_template_child (widget_class, EonaySetupGroup, portal_help);
  gtk_widget_class_bind_template_child (widget_class, EonaySetupGroup, service);
  gtk_widget_class_bind_template_child (widget_class, EonaySetupGroup, starting);
  gtk_widget_class_bind_template_child (widget_class, EonaySetupGroup, start);
  gtk_widget_class_bind_template_child (widget_class, EonaySetupGroup, command);
  gtk_widget_class_bind_template_child (widget_class, EonaySetupGroup, access);
  gtk_widget_class_bind_template_child (widget_class, EonaySetupGroup, reader);
  gtk_widget_class_bind_template_child (widget_class, EonaySetupGroup, look_for_reader);
  gtk_widget_class_bind_template_child (widget_class, EonaySetupGroup, practice);
  gtk_widget_class_bind_template_child (widget_class, EonaySetupGroup, practise);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
}

static void
eonay_setup_group_init (EonaySetupGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_accessible_name_lists (GTK_WIDGET (self), _ ("To be done"));
  eonay_accessible_name_button (GTK_BUTTON (self->add_portal), _ ("Add a portal"));
  eonay_accessible_name_button (GTK_BUTTON (self->portal_help), _ ("Help: portals"));
  eonay_accessible_name_button (GTK_BUTTON (self->start), _ ("Start the card service"));
  eonay_accessible_name_button (GTK_BUTTON (self->look_for_reader),
                                _ ("Is the reader not found? Open the diagnostics"));
  eonay_accessible_name_button (GTK_BUTTON (self->practise),
                                _ ("Practice mode: try it without a card"));
}

void
eonay_setup_group_set_lacks_portal (EonaySetupGroup *self, gboolean lacks_portal)
{
  g_return_if_fail (EONAY_IS_SETUP_GROUP (self));

  self->lacks_portal = lacks_portal;
  update (self);
}

void
eonay_setup_group_set_own_portals (EonaySetupGroup *self, gboolean own_portals)
{
  g_return_if_fail (EONAY_IS_SETUP_GROUP (self));

  gtk_widget_set_visible (self->add_portal, own_portals);
  adw_action_row_set_activatable_widget (self->portal, own_portals ? self->add_portal : NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->portal),
                                 own_portals ? _ ("Add a portal")
                                             : _ ("The portal is not installed"));
  adw_action_row_set_subtitle (
      self->portal,
      own_portals
          ? _ ("Ask your institution or your administrator for the portal’s profile, a .json file, and add it in Preferences.")
          : _ ("Ask your administrator to install the portal’s profile."));
}

void
eonay_setup_group_set_readers (EonaySetupGroup *self, EonayReaderList *readers)
{
  g_return_if_fail (EONAY_IS_SETUP_GROUP (self));
  g_return_if_fail (self->readers == NULL);

  self->readers = g_object_ref (readers);
  g_signal_connect_object (readers, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (readers, "notify::service-state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

void
eonay_setup_group_set_system_bus (EonaySetupGroup *self, GDBusConnection *bus)
{
  g_return_if_fail (EONAY_IS_SETUP_GROUP (self));

  g_set_object (&self->bus, bus);
}
