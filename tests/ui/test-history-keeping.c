#include "app/widgets/eonay-question.h"
#include "app/window/eonay-history-keeping.h"
#include "support/window/eonay-window-fixture.h"
#include "support/window/history-samples.h"

/* What is asked when the history is turned off, and in which window. */

static EonayHistory *
start (GtkApplication *application)
{
  EonayHistory *history;
  g_autoptr (GPtrArray) batch = history_samples_new_batch ("a", 0, 1577273222);

  eonay_history_keeping_start (application, G_ACTION_MAP (application), TRUE);
  history = g_object_get_data (G_OBJECT (application), "eonay-history");
  eonay_history_put_async (history, batch, NULL, NULL);
  g_assert_true (eonay_history_flush (history, 30));

  return history;
}

static GtkWindow *
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }

  return NULL;
}

static gboolean
is_asked (gpointer user_data)
{
  return find_question () != NULL;
}

static gboolean
is_answered (gpointer user_data)
{
  return find_question () == NULL;
}

/** Turns @history off; @parent: where the question is to be */
static void
turn_off (EonayHistory *history, GtkWindow *parent)
{
  g_autoptr (GAction) power = eonay_history_create_switch (history);
  GtkWindow *question;

  g_action_activate (power, NULL);
  g_assert_false (eonay_history_is_enabled (history));
  eonay_window_fixture_wait (is_asked, NULL);
  question = find_question ();
  g_assert_true (gtk_window_get_transient_for (question) == parent);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), EONAY_QUESTION_NO);
  gtk_window_close (question);
  eonay_window_fixture_wait (is_answered, NULL);
  g_action_activate (power, NULL);
}

static void
test_parent (void)
{
  GtkApplication *application = eonay_window_fixture_get_application ();
  EonayHistory *history = start (application);
  GtkWindow *window = GTK_WINDOW (gtk_application_window_new (application));
  GtkWindow *modal = g_object_new (GTK_TYPE_WINDOW, "modal", TRUE, "transient-for", window, NULL);

  gtk_window_present (window);
  turn_off (history, window);
  gtk_window_present (modal);
  turn_off (history, modal);
  gtk_window_close (modal);
  turn_off (history, window);
  gtk_window_destroy (window);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/history/keeping/parent", test_parent);

  return g_test_run ();
}
