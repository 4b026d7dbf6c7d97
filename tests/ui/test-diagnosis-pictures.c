#include <libintl.h>
#include <string.h>

#include "app/diagnosis/eonay-check-row.h"
#include "app/diagnosis/eonay-diagnosis-window.h"
#include "app/window/eonay-window-private.h"
#include "support/window/eonay-appearance.h"
#include "support/window/eonay-window-fixture.h"

/* The diagnosis of the practice, in each look: to be looked at. And what its buttons do. */

static EonayDiagnosisWindow *
find_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      /* GTK keeps it alive. */
      if (EONAY_IS_DIAGNOSIS_WINDOW (window))
        return EONAY_DIAGNOSIS_WINDOW (window);
    }

  return NULL;
}

static gboolean
says (gpointer user_data)
{
  return eonay_window_fixture_find (GTK_WIDGET (find_window ()), GTK_TYPE_LABEL,
                                    gettext (user_data)) != NULL;
}

static void
save (EonayDiagnosisWindow *window, const char *name, const EonayAppearance *appearance)
{
  g_autofree char *full = g_strdup_printf ("%s-%s", name, appearance->name);

  eonay_window_fixture_settle (GTK_WIDGET (window));
  eonay_window_fixture_save_picture (GTK_WIDGET (window), full);
}

static void
keep_text (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
assert_is_report (const char *text)
{
  g_assert_true (g_str_has_prefix (text, gettext ("Diagnostics report")));
  g_assert_nonnull (strstr (text, "✗ PIN · PIN-02\n"));
  g_assert_nonnull (strstr (text, gettext ("No signature could be made now.")));
  g_assert_null (strstr (text, "AYŞE"));
}

static void
check_copy (EonayDiagnosisWindow *window)
{
  g_autofree char *text = NULL;

  gtk_widget_activate_action (GTK_WIDGET (window), "diagnosis.copy", NULL);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (window)), NULL, keep_text,
                                 &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  assert_is_report (text);
}

static gboolean
is_closed (gpointer user_data)
{
  return find_window () == NULL;
}

static void
test_window (gconstpointer user_data)
{
  const EonayAppearance *appearance = user_data;
  EonayDiagnosisWindow *window;
  EonayWindowFixture fixture;
  GtkWidget *button;

  eonay_appearance_set (appearance);
  eonay_window_fixture_open (&fixture, appearance->width, appearance->height);
  /* Slow enough to be caught at it. */
  eonay_practice_slots_set_delay (
      eonay_practice_get_slots (eonay_window_fixture_get_practice (&fixture)), 1500);
  eonay_window_open_diagnosis (fixture.window);
  window = find_window ();
  gtk_window_set_default_size (GTK_WINDOW (window), appearance->width, appearance->height);
  g_assert_true (says ((gpointer) "Checking…"));
  save (window, "30-diagnosis-begun", appearance);
  eonay_practice_slots_set_delay (
      eonay_practice_get_slots (eonay_window_fixture_get_practice (&fixture)), 0);
  eonay_window_fixture_wait (says, (gpointer) "A signature could be made now.");
  save (window, "31-diagnosis-good", appearance);

  /* It notices by itself what comes and goes. */
  eonay_practice_slots_set_card (
      eonay_practice_get_slots (eonay_window_fixture_get_practice (&fixture)), NULL);
  eonay_window_fixture_wait (says, (gpointer) "No signature could be made now.");
  g_assert_true (says ((gpointer) "There is no card in the reader."));
  /* One word for it in one window. */
  g_assert_null (
      eonay_window_fixture_find (GTK_WIDGET (window), GTK_TYPE_BUTTON, gettext ("Try again")));
  save (window, "33-diagnosis-no-card", appearance);

  eonay_practice_controller_insert (fixture.controller, EONAY_PRACTICE_CARD_BLOCKED);
  eonay_window_fixture_wait (says, (gpointer) "The PIN is blocked.");
  eonay_window_fixture_wait (says, (gpointer) "No signature could be made now.");
  save (window, "32-diagnosis-blocked", appearance);
  check_copy (window);

  button = eonay_window_fixture_find (GTK_WIDGET (window), GTK_TYPE_BUTTON,
                                      gettext ("Open My Card"));
  g_signal_emit_by_name (button, "clicked");
  eonay_window_fixture_wait (is_closed, NULL);
  g_assert_cmpstr (eonay_window_get_view (fixture.window), ==, "card");

  /* Closed in the middle of a run. */
  eonay_window_open_diagnosis (fixture.window);
  gtk_window_close (GTK_WINDOW (find_window ()));
  eonay_window_fixture_wait (is_closed, NULL);
  eonay_window_fixture_close (&fixture);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  for (guint i = 0; eonay_appearance_get (i) != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/diagnosis/", eonay_appearance_get (i)->name, NULL);

      g_test_add_data_func (path, eonay_appearance_get (i), test_window);
    }

  return g_test_run ();
}
