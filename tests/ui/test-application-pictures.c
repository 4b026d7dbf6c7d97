#include "app/document/eonay-pdf-view.h"
#include "app/review/eonay-finding-box.h"
#include "support/window/eonay-appearance.h"
#include "support/window/eonay-window-fixture.h"

/* An application of two PDFs, page by page, as pictures to be looked at; and signed to its end. */

static void
picture (EonayWindowFixture *fixture, const char *page, const EonayAppearance *appearance)
{
  g_autofree char *name = g_strdup_printf ("application-%s-%s", page, appearance->name);

  eonay_window_fixture_save_picture (GTK_WIDGET (fixture->window), name);
}

static EonayPdfView *
find_view (EonayWindowFixture *fixture)
{
  GtkWidget *view = eonay_window_fixture_find (GTK_WIDGET (fixture->window), EONAY_TYPE_PDF_VIEW,
                                               NULL);

  return view != NULL ? EONAY_PDF_VIEW (view) : NULL;
}

static gboolean
shows_pages (gpointer user_data)
{
  EonayPdfView *view = find_view (user_data);

  return view != NULL && eonay_pdf_view_get_n_pages (view) > 0;
}

static gboolean
has_candidate (gpointer user_data)
{
  return eonay_session_get_candidate (user_data) != NULL;
}

static void
open_application (EonayWindowFixture *fixture, const char *fault)
{
  EonayPracticePortal *portal =
      eonay_practice_get_portal (eonay_window_fixture_get_practice (fixture));
  g_autoptr (GError) error = NULL;
  g_autofree char *code = eonay_practice_portal_create_faulty (portal, "application", 285, NULL,
                                                               fault, &error);

  g_assert_no_error (error);
  eonay_sign_view_fill_code (eonay_window_get_sign_view (fixture->window), code, TRUE);
  eonay_window_fixture_wait_for_state (fixture, EONAY_SESSION_REVIEWING);
  eonay_window_fixture_wait (shows_pages, fixture);
  eonay_window_fixture_wait (has_candidate, fixture->session);
  eonay_window_fixture_settle (GTK_WIDGET (fixture->window));
}

static void
press (EonayWindowFixture *fixture, const char *icon)
{
  GtkWidget *found = NULL;
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();

  g_ptr_array_add (waiting, fixture->window);
  while (waiting->len > 0 && found == NULL)
    {
      GtkWidget *widget = g_ptr_array_steal_index (waiting, waiting->len - 1);

      if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
          g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), icon) == 0)
        found = widget;
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        g_ptr_array_add (waiting, child);
    }
  g_assert_nonnull (found);
  g_signal_emit_by_name (found, "clicked");
  eonay_window_fixture_settle (GTK_WIDGET (fixture->window));
}

static void
turn (EonayWindowFixture *fixture)
{
  press (fixture, "go-next-symbolic");
  eonay_window_fixture_wait (shows_pages, fixture);
  eonay_window_fixture_settle (GTK_WIDGET (fixture->window));
}

static void
test_window (gconstpointer user_data)
{
  const EonayAppearance *appearance = user_data;
  EonayWindowFixture fixture;

  eonay_appearance_set (appearance);
  eonay_window_fixture_open (&fixture, appearance->width, appearance->height);
  picture (&fixture, "01-code", appearance);
  open_application (&fixture, "pdf-active");
  picture (&fixture, "02-first", appearance);
  turn (&fixture);
  g_assert_nonnull (
      eonay_window_fixture_find (GTK_WIDGET (fixture.window), EONAY_TYPE_FINDING_BOX, NULL));
  picture (&fixture, "03-warning", appearance);

  for (guint i = 0; i < 2; i++)
    {
      eonay_session_mark_warned (fixture.session, i);
      eonay_session_mark_seen (fixture.session, i);
    }
  g_assert_true (eonay_session_ask_pin (fixture.session, NULL));
  eonay_window_fixture_enter_pin ("123456");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_DONE);
  g_assert_cmpuint (eonay_session_get_signatures (fixture.session)->len, ==, 2);
  picture (&fixture, "04-signed", appearance);
  eonay_window_fixture_close (&fixture);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  for (guint i = 0; eonay_appearance_get (i) != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/window/application-pictures/",
                                           eonay_appearance_get (i)->name, NULL);

      g_test_add_data_func (path, eonay_appearance_get (i), test_window);
    }

  return g_test_run ();
}
