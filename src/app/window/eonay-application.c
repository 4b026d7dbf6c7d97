#include "app/window/eonay-application.h"

#include <gio/gdesktopappinfo.h>
#include <glib/gi18n-lib.h>

#include "app/card/eonay-certificate-window.h"
#include "app/diagnosis/eonay-diagnosis-window.h"
#include "app/history/eonay-history-window.h"
#include "app/pin/eonay-change-pin-dialog.h"
#include "app/pin/eonay-pin-dialog.h"
#include "app/practice/eonay-practice-controller.h"
#include "app/unblock/eonay-unblock-dialog.h"
#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-guide.h"
#include "app/widgets/eonay-press-guard.h"
#include "app/window/eonay-history-keeping.h"
#include "app/window/eonay-opening.h"
#include "app/window/eonay-window.h"
#include "eonay-config.h"

struct _EonayApplication {
  AdwApplication parent_instance;

  GType controller_type;
  EonayPracticeController *controller;
  guint n_practices;           /* started from here, and not ended */
  GSimpleActionGroup *actions; /* "app." in the windows */
};

#define PRACTICE_CARD "practice-card"
#define PRACTICE_ID EONAY_APPLICATION_ID ".Practice"

G_DEFINE_FINAL_TYPE (EonayApplication, eonay_application, ADW_TYPE_APPLICATION)

/* Returns: (nullable): the one that is open */
static EonayWindow *
find_window (EonayApplication *self)
{
  for (GList *at = gtk_application_get_windows (GTK_APPLICATION (self)); at != NULL; at = at->next)
    if (EONAY_IS_WINDOW (at->data))
      return at->data;

  return NULL;
}

static EonayWindow *
ensure_window (EonayApplication *self)
{
  EonayWindow *window = find_window (self);

  if (window != NULL)
    return window;

  window = EONAY_WINDOW (eonay_window_new (GTK_APPLICATION (self), self->controller));
  eonay_history_keeping_attach (GTK_APPLICATION (self), window);

  return window;
}

/* Returns: (transfer full): in AppStream's markup */
static char *
make_release_notes (void)
{
  static const char *const items[] = {
    N_ ("signs what a portal asks for, in the time it gives"),
    N_ ("changes PINs, and unblocks cards with the PUK or through the portal"),
    N_ ("finds out what keeps you from signing, and lists what you have signed"),
    N_ ("can be tried without a card in practice mode"),
  };
  GString *notes = g_string_new (NULL);

  g_string_append_printf (notes, "<p>%s</p><ul>", _ ("The first version:"));
  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    g_string_append_printf (notes, "<li>%s</li>", _ (items[i]));
  g_string_append (notes, "</ul>");

  return g_string_free (notes, FALSE);
}

/* GTK 4.8 calls the button with the version by its class. */
static void
name_version (GtkWidget *widget)
{
  if (gtk_widget_has_css_class (widget, "app-version"))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    EONAY_VERSION, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_version (child);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));
  g_autofree char *notes = make_release_notes ();
  GtkWidget *about = g_object_new (
      ADW_TYPE_ABOUT_WINDOW, "transient-for", window, "modal", TRUE, "application-name",
      _ ("e-Onay"), "application-icon", EONAY_APPLICATION_ID, "version", EONAY_VERSION,
      "developer-name", _ ("The Eonay developers"), "license-type", GTK_LICENSE_GPL_3_0,
      "release-notes", notes, "release-notes-version", EONAY_VERSION, "comments",
      _ ("Signs portal transactions with your e-signature card."), "translator-credits",
      _ ("translator-credits"), NULL);

  name_version (about);
  eonay_accessible_name_lists (about, _ ("Details"));
  gtk_window_present (GTK_WINDOW (about));
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_window_open_preferences (ensure_window (EONAY_APPLICATION (user_data)));
}

static void
add_portal_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_window_add_portal (ensure_window (EONAY_APPLICATION (user_data)));
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (ensure_window (EONAY_APPLICATION (user_data))));
}

static void
practice_code_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayApplication *self = EONAY_APPLICATION (user_data);
  g_autoptr (GVariant) operation = g_action_group_get_action_state (G_ACTION_GROUP (self->actions),
                                                                    "practice-operation");

  eonay_window_take_practice_code (ensure_window (self), g_variant_get_string (operation, NULL));
}

/* What is chosen is wanted at once, and by the button the next time. */
static void
practice_operation_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  EonayApplication *self = EONAY_APPLICATION (user_data);

  g_simple_action_set_state (action, state);
  eonay_window_take_practice_code (ensure_window (self), g_variant_get_string (state, NULL));
}

static void
practice_card_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  EonayApplication *self = EONAY_APPLICATION (user_data);
  int card = g_variant_get_int32 (state);

  if (card >= (int) eonay_practice_controller_get_n_cards (self->controller))
    return;

  eonay_practice_controller_insert (self->controller, card);
  g_simple_action_set_state (
      action, g_variant_new_int32 (eonay_practice_controller_get_card (self->controller)));
}

static void
diagnostics_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayWindow *window = ensure_window (EONAY_APPLICATION (user_data));

  gtk_window_present (GTK_WINDOW (window));
  eonay_window_open_diagnosis (window);
}

static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayWindow *window = ensure_window (EONAY_APPLICATION (user_data));

  if (eonay_window_present_front (window) == GTK_WINDOW (window))
    eonay_window_open_help (window);
}

/* Returns: (transfer none): the page of the guide that is about @window */
static const char *
choose_page (GtkWindow *window)
{
  static const struct {
    GType (*type) (void);
    const char *page;
  } pages[] = {
    { eonay_pin_dialog_get_type, "pin" },
    { eonay_change_pin_dialog_get_type, "pin" },
    { eonay_unblock_dialog_get_type, "unblock" },
    { eonay_certificate_window_get_type, "my-card" },
    { eonay_diagnosis_window_get_type, "diagnosis" },
    { eonay_history_window_get_type, "history" },
  };

  for (gsize i = 0; window != NULL && i < G_N_ELEMENTS (pages); i++)
    if (G_TYPE_CHECK_INSTANCE_TYPE (window, pages[i].type ()))
      return pages[i].page;

  return EONAY_GUIDE_INDEX;
}

static void
guide_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWindow *window = GTK_WINDOW (source);
  EonayWindow *main_window = find_window (self);

  if (eonay_guide_open_finish (result, &error) || main_window == NULL)
    return;

  eonay_window_show_toast (main_window, eonay_guide_describe_failure (error));
  /* A dialog in front keeps the toast from being heard. */
  if (window != NULL && !EONAY_IS_WINDOW (window))
    eonay_announcement_make (GTK_WIDGET (window), eonay_guide_describe_failure (error));
}

static void
guide_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  eonay_guide_open_async (window, choose_page (window), guide_opened_cb, g_object_ref (user_data));
}

static void
guide_page_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  eonay_guide_open_async (gtk_application_get_active_window (GTK_APPLICATION (user_data)),
                          g_variant_get_string (parameter, NULL), guide_opened_cb,
                          g_object_ref (user_data));
}

static gboolean
guide_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  eonay_guide_open_async (GTK_WINDOW (widget), choose_page (GTK_WINDOW (widget)), guide_opened_cb,
                          g_object_ref (user_data));

  return TRUE;
}

/* GTK has no accumulator there: what is returned keeps nothing from opening it. */
static gboolean
debugging_cb (GtkWindow *window)
{
  g_signal_stop_emission_by_name (window, "enable-debugging");

  return GDK_EVENT_STOP;
}

/* The keys of the application reach its own windows only, not dialogs. */
static void
windows_changed_cb (GListModel *windows, guint position, guint removed, guint added,
                    EonayApplication *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GtkEventController *keys = gtk_shortcut_controller_new ();

      gtk_shortcut_controller_add_shortcut (
          GTK_SHORTCUT_CONTROLLER (keys),
          gtk_shortcut_new (
              gtk_keyval_trigger_new (GDK_KEY_F1, 0),
              gtk_callback_action_new (guide_key_cb, g_object_ref (self), g_object_unref)));
      gtk_widget_add_controller (window, keys);
      eonay_press_guard_attach (GTK_WINDOW (window));
      /* The keys of Diagnostics are GTK's for its inspector, too, which can read a typed PIN. */
      g_signal_connect (window, "enable-debugging", G_CALLBACK (debugging_cb), NULL);
    }
}

static void
say_of_practice (EonayApplication *self, const char *text)
{
  EonayWindow *window = find_window (self);

  if (window != NULL)
    eonay_window_show_toast (window, text);
}

typedef struct {
  EonayApplication *application;
  GPid pid;
} PracticeEnd;

static void
practice_owner_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree PracticeEnd *end = user_data;
  g_autoptr (EonayApplication) self = end->application;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                               NULL);
  guint32 owner = 0;

  if (answer != NULL)
    g_variant_get (answer, "(u)", &owner);
  /* The bus may not have noticed yet that it is gone. */
  if (owner != 0 && owner != (guint32) end->pid && self->n_practices == 0)
    say_of_practice (self, _ ("Practice mode seems to be open already. If you see no window of it, "
                              "log out and in again."));
}

/* One that finds practice mode's name taken on the bus hands over to whoever has it, and ends: a practice
   mode that was started elsewhere comes to the front, and anything else does nothing. */
static void
practice_ended_cb (GPid pid, int status, gpointer user_data)
{
  EonayApplication *self = user_data;
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self));
  g_autoptr (GError) error = NULL;
  PracticeEnd *end;

  g_spawn_close_pid (pid);
  self->n_practices--;
  if (!g_spawn_check_wait_status (status, &error))
    {
      g_debug ("Practice mode: %s", error->message);
      say_of_practice (self, _ ("Practice mode ended unexpectedly. Try to open it again."));
      return;
    }
  if (self->n_practices > 0 || bus == NULL)
    return;

  end = g_new0 (PracticeEnd, 1);
  end->application = g_object_ref (self);
  end->pid = pid;
  g_dbus_connection_call (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                          g_variant_new ("(s)", PRACTICE_ID), G_VARIANT_TYPE ("(u)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, practice_owner_cb, end);
}

static void
practice_launched_cb (GDesktopAppInfo *app, GPid pid, gpointer user_data)
{
  EonayApplication *self = user_data;

  self->n_practices++;
  g_child_watch_add_full (G_PRIORITY_DEFAULT, pid, practice_ended_cb, g_object_ref (self),
                          g_object_unref);
}

/* In a process of its own: what is real and what is not share no window. */
static gboolean
launch_practice (EonayApplication *self, GError **error)
{
  g_autoptr (GdkAppLaunchContext) context =
      gdk_display_get_app_launch_context (gdk_display_get_default ());
  g_autofree char *program = g_file_read_link ("/proc/self/exe", error);
  g_autofree char *quoted = program != NULL ? g_shell_quote (program) : NULL;
  g_autoptr (GString) command = g_string_new (quoted);
  g_autoptr (GAppInfo) app = NULL;

  if (program == NULL)
    return FALSE;

  /* What follows one would be the name of a file to be opened. */
  g_string_replace (command, "%", "%%", 0);
  g_string_append (command, " --practice");
  app = g_app_info_create_from_commandline (command->str, _ ("e-Onay"),
                                            G_APP_INFO_CREATE_SUPPORTS_STARTUP_NOTIFICATION, error);

  /* As others start it, but for its end, which is heard of. */
  return app != NULL && g_desktop_app_info_launch_uris_as_manager (
                            G_DESKTOP_APP_INFO (app), NULL, G_APP_LAUNCH_CONTEXT (context),
                            G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                            practice_launched_cb, self, error);
}

static void
practice_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  EonayApplication *self = EONAY_APPLICATION (user_data);
  g_autoptr (GError) error = NULL;

  if (launch_practice (self, &error))
    return;

  g_debug ("Practice mode: %s", error->message);
  eonay_window_show_toast (ensure_window (self), _ ("Practice mode could not be started."));
}

/* What the application itself has is on the session bus, for every program of the person. */
static const GActionEntry exported_entries[] = {
  { .name = "help", .activate = help_cb },
  { .name = "quit", .activate = quit_cb },
};

/* The desktop's menu asks for it over the bus, too. */
static const GActionEntry real_entries[] = {
  { .name = "practice", .activate = practice_cb },
};

static const GActionEntry entries[] = {
  { .name = "diagnostics", .activate = diagnostics_cb },
  { .name = "guide", .activate = guide_cb },
  { .name = "guide-page", .activate = guide_page_cb, .parameter_type = "s" },
  { .name = "about", .activate = about_cb },
  { .name = "preferences", .activate = preferences_cb },
  { .name = "add-portal", .activate = add_portal_cb },
  { .name = "quit", .activate = quit_cb },
};

static const GActionEntry practice_entries[] = {
  { .name = "practice-code", .activate = practice_code_cb },
  { .name = "practice-operation",
    .parameter_type = "s",
    .state = "'e-onay'",
    .change_state = practice_operation_cb },
  { .name = PRACTICE_CARD, .parameter_type = "i", .state = "0", .change_state = practice_card_cb },
};

static void
add_accelerators (EonayApplication *self)
{
  static const struct {
    const char *action;
    const char *keys[3];
  } accelerators[] = {
    { "app.quit", { "<Control>q" } },
    { "window.close", { "<Control>w" } },
    { "app.preferences", { "<Control>comma" } },
    { "app.guide", { "F1" } },
    { "win.show-help-overlay", { "<Control>question" } },
    { "win.paste-code", { "<Control><Shift>v" } },
    { "win.sign", { "<Control>Return", "<Control>KP_Enter" } },
    { "win.new-code", { "<Control>n" } },
    { "win.save-signature", { "<Control>s" } },
    { "win.show-view('sign')", { "<Control>1", "<Alt>1" } },
    { "win.show-view('files')", { "<Control>2", "<Alt>2" } },
    { "win.show-view('card')", { "<Control>3", "<Alt>3" } },
    { "win.open-files", { "<Control>o" } },
    { "app.history", { "<Control>h" } },
    { "app.diagnostics", { "<Control><Shift>d" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action,
                                           accelerators[i].keys);
}

/* Exported is which software card is in, for demos and tests. */
static void
add_practice_actions (EonayApplication *self)
{
  static const char *const keys[] = { "<Control>d", NULL };
  GActionMap *actions = G_ACTION_MAP (self->actions);

  g_action_map_add_action_entries (actions, practice_entries, G_N_ELEMENTS (practice_entries),
                                   self);
  g_action_map_add_action (G_ACTION_MAP (self),
                           g_action_map_lookup_action (actions, PRACTICE_CARD));
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.practice-code", keys);
}

static void
add_real_actions (EonayApplication *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), real_entries, G_N_ELEMENTS (real_entries),
                                   self);
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), real_entries,
                                   G_N_ELEMENTS (real_entries), self);
}

static void
eonay_application_startup (GApplication *application)
{
  EonayApplication *self = EONAY_APPLICATION (application);
  GActionMap *actions = G_ACTION_MAP (self->actions);

  G_APPLICATION_CLASS (eonay_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (EONAY_APPLICATION_ID);
  eonay_accessible_name_hide_pictures ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), exported_entries,
                                   G_N_ELEMENTS (exported_entries), self);
  g_action_map_add_action_entries (actions, entries, G_N_ELEMENTS (entries), self);
  if (self->controller != NULL)
    add_practice_actions (self);
  else
    add_real_actions (self);
  add_accelerators (self);
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed",
                           G_CALLBACK (windows_changed_cb), self, 0);
  eonay_history_keeping_start (GTK_APPLICATION (self), actions, self->controller != NULL);
}

static void
eonay_application_window_added (GtkApplication *application, GtkWindow *window)
{
  GTK_APPLICATION_CLASS (eonay_application_parent_class)->window_added (application, window);

  gtk_widget_insert_action_group (GTK_WIDGET (window), "app",
                                  G_ACTION_GROUP (EONAY_APPLICATION (application)->actions));
}

static void
eonay_application_activate (GApplication *application)
{
  eonay_window_present_front (ensure_window (EONAY_APPLICATION (application)));
}

/* Any program of the person can have anything opened, however often: a code is only filled in, and a
   file only listed, without a tick if others are there. */
static void
eonay_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  EonayWindow *window = ensure_window (EONAY_APPLICATION (application));
  g_autoptr (EonayOpening) opening = eonay_opening_new (files, n_files);

  eonay_window_present_front (window);
  if (opening->code != NULL)
    eonay_window_open_code (window, opening->code);
  if (opening->files->len > 0)
    eonay_window_open_files (window, opening->files, FALSE);
  if (opening->error != NULL || opening->is_among_others)
    eonay_window_refuse_code (window, opening->error);
}

static int
eonay_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  EonayApplication *self = EONAY_APPLICATION (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("%s %s\n", _ ("e-Onay"), EONAY_VERSION);
      return 0;
    }

  if (!g_variant_dict_contains (options, "practice"))
    return -1;

  /* A window of its own, beside the real one and never in its place. */
  self->controller = g_object_new (self->controller_type, NULL);
  g_application_set_application_id (application, PRACTICE_ID);

  return -1;
}

static void
eonay_application_dispose (GObject *object)
{
  EonayApplication *self = EONAY_APPLICATION (object);

  g_clear_object (&self->controller);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (eonay_application_parent_class)->dispose (object);
}

static void
eonay_application_class_init (EonayApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = eonay_application_dispose;
  application_class->startup = eonay_application_startup;
  application_class->activate = eonay_application_activate;
  application_class->open = eonay_application_open;
  application_class->handle_local_options = eonay_application_handle_local_options;
  GTK_APPLICATION_CLASS (klass)->window_added = eonay_application_window_added;
}

static void
eonay_application_init (EonayApplication *self)
{
  static const GOptionEntry options[] = {
    { "practice", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_ ("Practise with a built-in portal and card; the signatures are not valid"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
    { NULL }
  };

  self->actions = g_simple_action_group_new ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[CODE]"));
}

EonayApplication *
eonay_application_new (GType controller_type)
{
  EonayApplication *self = g_object_new (EONAY_TYPE_APPLICATION, "application-id",
                                         EONAY_APPLICATION_ID, "flags", G_APPLICATION_HANDLES_OPEN,
                                         "resource-base-path", "/io/github/eonay/Eonay", NULL);

  self->controller_type = controller_type;

  return self;
}
