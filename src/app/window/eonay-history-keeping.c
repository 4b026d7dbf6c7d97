#include "app/window/eonay-history-keeping.h"

#include <glib/gi18n-lib.h>

#include "app/history/eonay-history-window.h"
#include "base/eonay-error.h"

#define KEY "eonay-history"
#define LAST_ENTRY_SECONDS 5

static EonayHistory *
get_history (GtkApplication *application)
{
  return g_object_get_data (G_OBJECT (application), KEY);
}

static GtkWindow *
find_window (GtkApplication *application, GType type)
{
  for (GList *item = gtk_application_get_windows (application); item != NULL; item = item->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (item->data, type))
      return item->data;

  return NULL;
}

static void
history_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkApplication *application = user_data;
  GtkWindow *window = find_window (application, EONAY_TYPE_HISTORY_WINDOW);

  if (window == NULL)
    {
      window = GTK_WINDOW (eonay_history_window_new (application, get_history (application)));
      gtk_window_set_transient_for (window, find_window (application, EONAY_TYPE_WINDOW));
      gtk_window_set_destroy_with_parent (window, TRUE);
    }
  gtk_window_present (window);
}

static void
problem_cb (GtkApplication *application, GParamSpec *pspec, EonayHistory *history)
{
  GtkWindow *window = find_window (application, EONAY_TYPE_WINDOW);
  gboolean afresh = g_error_matches (eonay_history_get_problem (history), EONAY_SESSION_ERROR,
                                     EONAY_SESSION_ERROR_HISTORY_DAMAGED);

  if (window != NULL)
    eonay_window_show_toast_with_action (EONAY_WINDOW (window),
                                         afresh ? _ ("The history was begun anew")
                                                : _ ("The history could not be written"),
                                         _ ("Details"), "app.history");
}

static GtkWindow *
find_modal_above (GtkWindow *window)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (windows, i);

      if (gtk_window_get_modal (other) && gtk_window_get_transient_for (other) == window &&
          gtk_widget_get_visible (GTK_WIDGET (other)))
        return other;
    }

  return NULL;
}

/* It may have been turned off in a modal window, and then only that one can be asked in. */
static GtkWindow *
find_parent (GtkApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (application);

  for (GtkWindow *above = window; above != NULL; above = find_modal_above (window))
    window = above;

  return window;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkApplication) application = user_data;
  EonayHistory *history = EONAY_HISTORY (source);
  g_autoptr (GPtrArray) entries = eonay_history_list_finish (history, result, NULL);
  GtkWindow *window = find_parent (application);

  if (entries != NULL && entries->len > 0 && !eonay_history_is_enabled (history) && window != NULL)
    eonay_history_window_ask_to_clear (window, history,
                                       _ ("The history is off: nothing new is listed any more."));
}

static void
enabled_cb (GtkApplication *application, GParamSpec *pspec, EonayHistory *history)
{
  if (!eonay_history_is_enabled (history))
    eonay_history_list_async (history, NULL, listed_cb, g_object_ref (application));
}

static void
shutdown_cb (GApplication *application)
{
  eonay_history_flush (get_history (GTK_APPLICATION (application)), LAST_ENTRY_SECONDS);
}

void
eonay_history_keeping_start (GtkApplication *application, GActionMap *actions, gboolean practice)
{
  static const GActionEntry entries[] = { { .name = "history", .activate = history_cb } };
  EonayHistory *history = practice ? eonay_history_new (NULL) : eonay_history_new_for_person ();

  g_object_set_data_full (G_OBJECT (application), KEY, history, g_object_unref);
  g_action_map_add_action_entries (actions, entries, G_N_ELEMENTS (entries), application);
  g_signal_connect_object (history, "notify::problem", G_CALLBACK (problem_cb), application,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "notify::enabled", G_CALLBACK (enabled_cb), application,
                           G_CONNECT_SWAPPED);
  g_signal_connect (application, "shutdown", G_CALLBACK (shutdown_cb), NULL);
}

void
eonay_history_keeping_attach (GtkApplication *application, EonayWindow *window)
{
  eonay_session_set_history (eonay_sign_view_get_session (eonay_window_get_sign_view (window)),
                             get_history (application));
  eonay_files_view_set_history (eonay_window_get_files_view (window), get_history (application));
}
