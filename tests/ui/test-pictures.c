#include <libintl.h>

#include "app/document/eonay-document-card.h"
#include "app/sign/eonay-code-page.h"
#include "app/sign/eonay-progress-page.h"
#include "base/eonay-error.h"
#include "support/window/eonay-appearance.h"
#include "support/window/eonay-window-fixture.h"

/* Each page in Turkish, light and dark, narrow and on a small laptop: to be looked at. */

static void
picture (GtkWidget *window, const char *page, const EonayAppearance *appearance)
{
  g_autofree char *name = g_strdup_printf ("%s-%s", page, appearance->name);

  eonay_window_fixture_save_picture (window, name);
}

static gboolean
is_idle (gpointer user_data)
{
  return eonay_session_get_state (user_data) == EONAY_SESSION_IDLE;
}

static void
take_code_pages (EonayWindowFixture *fixture, const EonayAppearance *appearance)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  EonaySignView *view = eonay_window_get_sign_view (fixture->window);

  picture (window, "01-code", appearance);

  eonay_sign_view_fill_code (view, "123456789012345", TRUE);
  eonay_window_fixture_wait (is_idle, fixture->session);
  picture (window, "03-code-unknown", appearance);
  eonay_sign_view_fill_code (view, "", FALSE);
}

static gboolean
has_no_candidate (gpointer user_data)
{
  return eonay_session_get_candidate (user_data) == NULL;
}

static gboolean
has_candidate (gpointer user_data)
{
  return eonay_session_get_candidate (user_data) != NULL;
}

static gboolean
offers_certificates (gpointer user_data)
{
  EonayWindowFixture *fixture = user_data;

  return eonay_window_fixture_find (GTK_WIDGET (fixture->window), ADW_TYPE_ACTION_ROW,
                                    "AYŞE DENEME") != NULL;
}

static void
expand_details (EonayWindowFixture *fixture)
{
  GtkWidget *details = eonay_window_fixture_find (GTK_WIDGET (fixture->window),
                                                  ADW_TYPE_EXPANDER_ROW, NULL);
  GtkWidget *page = gtk_widget_get_ancestor (details, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page));

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (details), TRUE);
  eonay_window_fixture_settle (GTK_WIDGET (fixture->window));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

static void
take_review_pages (EonayWindowFixture *fixture, const EonayAppearance *appearance)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  eonay_window_take_practice_code (fixture->window, "e-onay");
  eonay_window_fixture_wait_for_state (fixture, EONAY_SESSION_REVIEWING);
  picture (window, "04-review", appearance);
  expand_details (fixture);
  picture (window, "05-review-details", appearance);
  eonay_window_fixture_wait (has_candidate, fixture->session);

  eonay_session_mark_seen (fixture->session, 0);
  g_assert_true (eonay_session_ask_pin (fixture->session, NULL));
  picture (eonay_window_fixture_find_pin_dialog (), "06-pin", appearance);
  eonay_practice_controller_insert (fixture->controller, -1);
  eonay_window_fixture_wait (has_no_candidate, fixture->session);
  picture (window, "07-review-pulled", appearance);
  eonay_practice_controller_insert (fixture->controller, EONAY_PRACTICE_CARD_TWO);
  eonay_window_fixture_wait (offers_certificates, fixture);
  picture (window, "08-review-two", appearance);
  eonay_practice_controller_insert (fixture->controller, EONAY_PRACTICE_CARD_VALID);
  eonay_window_fixture_wait (has_candidate, fixture->session);
}

static void
take_pin_pages (EonayWindowFixture *fixture, const EonayAppearance *appearance)
{
  for (int i = 0; i < 2; i++)
    {
      if (i == 0)
        g_assert_true (eonay_session_ask_pin (fixture->session, NULL));
      eonay_window_fixture_enter_pin ("654321");
      if (i == 0)
        picture (eonay_window_fixture_find_pin_dialog (), "09-pin-busy", appearance);
      eonay_window_fixture_wait_for_state (fixture, EONAY_SESSION_WAITING_PIN);
      eonay_window_fixture_settle (GTK_WIDGET (fixture->window));
      picture (eonay_window_fixture_find_pin_dialog (), i == 0 ? "10-pin-wrong" : "11-pin-last",
               appearance);
    }

  eonay_window_fixture_enter_pin ("123456");
  picture (eonay_window_fixture_find_pin_dialog (), "12-pin-confirm", appearance);
  g_signal_emit_by_name (eonay_window_fixture_find (eonay_window_fixture_find_pin_dialog (),
                                                    GTK_TYPE_BUTTON, gettext ("I _am sure")),
                         "clicked");
}

static gboolean
is_typed_on_reader (gpointer user_data)
{
  EonayCandidate *candidate = eonay_session_get_candidate (user_data);

  return candidate != NULL && eonay_token_get_pin_entry (eonay_candidate_get_token (candidate)) ==
                                  EONAY_PIN_ENTRY_READER;
}

static gboolean
is_signing (gpointer user_data)
{
  return eonay_session_get_state (user_data) == EONAY_SESSION_SIGNING;
}

/* A reader with a keypad, on which somebody types a wrong PIN until it is the last try. */
static void
take_keypad_pages (EonayWindowFixture *fixture, const EonayAppearance *appearance)
{
  g_setenv ("EONAY_PRACTICE_PIN_PAD", "654321", TRUE);
  eonay_practice_controller_insert (fixture->controller, EONAY_PRACTICE_CARD_EC);
  eonay_window_take_practice_code (fixture->window, "e-onay");
  eonay_window_fixture_wait_for_state (fixture, EONAY_SESSION_REVIEWING);
  eonay_window_fixture_wait (is_typed_on_reader, fixture->session);
  eonay_session_mark_seen (fixture->session, 0);

  g_assert_true (eonay_session_ask_pin (fixture->session, NULL));
  eonay_window_fixture_wait (is_signing, fixture->session);
  picture (eonay_window_fixture_find_pin_dialog (), "19-keypad", appearance);
  eonay_window_fixture_wait_for_state (fixture, EONAY_SESSION_WAITING_PIN);
  eonay_window_fixture_settle (GTK_WIDGET (fixture->window));
  picture (eonay_window_fixture_find_pin_dialog (), "20-keypad-wrong", appearance);

  g_signal_emit_by_name (eonay_window_fixture_find (eonay_window_fixture_find_pin_dialog (),
                                                    GTK_TYPE_BUTTON, gettext ("Sign")),
                         "clicked");
  eonay_window_fixture_wait_for_state (fixture, EONAY_SESSION_WAITING_PIN);
  eonay_window_fixture_settle (GTK_WIDGET (fixture->window));
  picture (eonay_window_fixture_find_pin_dialog (), "21-keypad-last", appearance);

  g_unsetenv ("EONAY_PRACTICE_PIN_PAD");
  eonay_session_cancel_pin (fixture->session);
  eonay_session_decline (fixture->session);
}

static void
take_results (EonayWindowFixture *fixture, const EonayAppearance *appearance)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  g_autofree char *code = NULL;

  eonay_window_fixture_wait_for_state (fixture, EONAY_SESSION_DONE);
  picture (window, "14-signed", appearance);

  code = eonay_window_fixture_create_code (fixture, "login", 5);
  eonay_sign_view_fill_code (eonay_window_get_sign_view (fixture->window), code, TRUE);
  eonay_window_fixture_wait_for_state (fixture, EONAY_SESSION_REVIEWING);
  eonay_window_fixture_settle (window);
  picture (window, "15-review-urgent", appearance);
  eonay_window_fixture_wait_for_state (fixture, EONAY_SESSION_EXPIRED);
  picture (window, "16-expired", appearance);

  eonay_window_take_practice_code (fixture->window, "e-onay-cancel");
  eonay_window_fixture_wait_for_state (fixture, EONAY_SESSION_REVIEWING);
  eonay_window_fixture_settle (window);
  eonay_session_decline (fixture->session);
  picture (window, "17-declined", appearance);
}

static void
take_alone (GtkWidget *page, const char *name, const EonayAppearance *appearance)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), appearance->width, appearance->height);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  picture (window, name, appearance);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What passes too fast to be caught in the window, or needs another system. */
static void
take_pages_alone (const EonayAppearance *appearance)
{
  g_autoptr (GListStore) none = g_list_store_new (EONAY_TYPE_PORTAL_PROFILE);
  GtkWidget *asking = g_object_new (EONAY_TYPE_CODE_PAGE, NULL);
  GtkWidget *no_portal = g_object_new (EONAY_TYPE_CODE_PAGE, NULL);
  GtkWidget *progress = eonay_progress_page_new ();

  eonay_code_page_set_text (EONAY_CODE_PAGE (asking), "820004526184196");
  eonay_code_page_set_busy (EONAY_CODE_PAGE (asking), TRUE);
  take_alone (asking, "02-code-asking", appearance);

  eonay_progress_page_set_state (EONAY_PROGRESS_PAGE (progress), EONAY_SESSION_SUBMITTING);
  take_alone (progress, "13-progress", appearance);

  eonay_code_page_set_portals (EONAY_CODE_PAGE (no_portal), G_LIST_MODEL (none), NULL);
  take_alone (no_portal, "18-no-portal", appearance);
}

static void
test_window (gconstpointer user_data)
{
  const EonayAppearance *appearance = user_data;
  EonayWindowFixture fixture;

  eonay_appearance_set (appearance);
  eonay_window_fixture_open (&fixture, appearance->width, appearance->height);
  eonay_practice_slots_set_delay (
      eonay_practice_get_slots (eonay_window_fixture_get_practice (&fixture)), 5);
  take_code_pages (&fixture, appearance);
  take_review_pages (&fixture, appearance);
  take_pin_pages (&fixture, appearance);
  take_results (&fixture, appearance);
  take_pages_alone (appearance);
  take_keypad_pages (&fixture, appearance);
  eonay_window_fixture_close (&fixture);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  for (guint i = 0; eonay_appearance_get (i) != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/window/pictures/", eonay_appearance_get (i)->name,
                                           NULL);

      g_test_add_data_func (path, eonay_appearance_get (i), test_window);
    }

  return g_test_run ();
}
