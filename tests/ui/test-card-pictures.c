#include <libintl.h>

#include "app/card/eonay-card-panel.h"
#include "app/card/eonay-card-view.h"
#include "app/card/eonay-certificate-window.h"
#include "app/card/eonay-validity-row.h"
#include "support/window/eonay-appearance.h"
#include "support/window/eonay-fake-readers.h"
#include "support/window/eonay-window-fixture.h"

/* My Card in Turkish, light and dark, narrow and on a small laptop: to be looked at. */

static void
picture (GtkWidget *window, const char *page, const EonayAppearance *appearance)
{
  g_autofree char *name = g_strdup_printf ("%s-%s", page, appearance->name);

  eonay_window_fixture_save_picture (window, name);
}

static gboolean
shows_card (gpointer user_data)
{
  return eonay_window_fixture_find (user_data, EONAY_TYPE_CARD_PANEL, NULL) != NULL;
}

static gboolean
shows_no_card (gpointer user_data)
{
  return !shows_card (user_data);
}

static GtkWidget *
find_panel (GtkWidget *window)
{
  return eonay_window_fixture_find (window, EONAY_TYPE_CARD_PANEL, NULL);
}

/* Returns: whether a picture can show what none did: where contrast is measured, mostly all shows at once */
static gboolean
scroll_to (GtkWidget *widget, double where)
{
  GtkWidget *page = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *range = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page));

  eonay_window_fixture_settle (widget);
  gtk_adjustment_set_value (range, gtk_adjustment_get_upper (range) * where);

  return !eonay_appearance_is_measured () ||
         gtk_adjustment_get_upper (range) > gtk_adjustment_get_page_size (range);
}

static void
take_card (EonayWindowFixture *fixture, int card, const char *name,
           const EonayAppearance *appearance)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  g_autofree char *below = g_strconcat (name, "-below", NULL);

  eonay_practice_controller_insert (fixture->controller, -1);
  eonay_window_fixture_wait (shows_no_card, window);
  eonay_practice_controller_insert (fixture->controller, card);
  eonay_window_fixture_wait (shows_card, window);
  picture (window, name, appearance);
  if (scroll_to (find_panel (window), 1))
    picture (window, below, appearance);
}

static GtkWidget *
find_details (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (EONAY_IS_CERTIFICATE_WINDOW (window) && gtk_widget_get_visible (window))
        return window;
    }

  return NULL;
}

static void
take_details (EonayWindowFixture *fixture, const EonayAppearance *appearance)
{
  static const char *const names[] = { "40-details", "41-details", "42-details", "43-details" };
  GtkWidget *details;
  GtkWidget *page;

  gtk_widget_activate (
      eonay_window_fixture_find (GTK_WIDGET (fixture->window), EONAY_TYPE_VALIDITY_ROW, NULL));
  details = find_details ();
  g_assert_nonnull (details);
  gtk_window_set_default_size (GTK_WINDOW (details), MIN (appearance->width, 720),
                               appearance->height);
  page = eonay_window_fixture_find (details, GTK_TYPE_SCROLLED_WINDOW, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (scroll_to (page, 0.3 * (double) i) || i == 0)
        picture (details, names[i], appearance);
    }
  gtk_window_destroy (GTK_WINDOW (details));
}

static void
add_row (AdwPreferencesGroup *group, EonayCandidate *candidate, int days_left)
{
  EonayCertificate *certificate = eonay_candidate_get_certificate (candidate);
  g_autoptr (GDateTime) now = g_date_time_add_days (eonay_certificate_get_not_after (certificate),
                                                    -days_left);

  adw_preferences_group_add (group, eonay_validity_row_new (candidate, now));
}

/* So that what the window and the application do is not greyed out without them. */
static void
add_actions (GtkWidget *window)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  const GActionEntry entries[] = { { .name = "show-certificate", .parameter_type = "(ss)" },
                                   { .name = "diagnostics" } };

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), NULL);
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));
  gtk_widget_insert_action_group (window, "app", G_ACTION_GROUP (group));
}

/* A certificate as it will look in a few years, which nobody can wait for. */
static void
take_renewal (EonayWindowFixture *fixture, const EonayAppearance *appearance)
{
  GtkWidget *row = eonay_window_fixture_find (GTK_WIDGET (fixture->window), EONAY_TYPE_VALIDITY_ROW,
                                              NULL);
  EonayCandidate *candidate = eonay_validity_row_get_candidate (EONAY_VALIDITY_ROW (row));
  GtkWidget *window = gtk_window_new ();
  GtkWidget *group = adw_preferences_group_new ();

  add_actions (window);
  add_row (ADW_PREFERENCES_GROUP (group), candidate, 400);
  add_row (ADW_PREFERENCES_GROUP (group), candidate, 60);
  add_row (ADW_PREFERENCES_GROUP (group), candidate, 12);
  gtk_widget_set_margin_start (group, 12);
  gtk_widget_set_margin_end (group, 12);
  gtk_window_set_default_size (GTK_WINDOW (window), MIN (appearance->width, 720), 480);
  gtk_window_set_child (GTK_WINDOW (window), group);
  gtk_window_present (GTK_WINDOW (window));
  picture (window, "37-renewal", appearance);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Readers and cards that practice mode does not have. */
static void
take_readers (const EonayAppearance *appearance)
{
  g_autoptr (EonayFakeReaders) fake_readers = eonay_fake_readers_new ();
  g_autoptr (EonayReaderList) readers = eonay_reader_list_new (EONAY_SLOT_SOURCE (fake_readers));
  g_autoptr (EonayPracticePki) pki = eonay_practice_pki_new (NULL);
  g_autoptr (EonayPracticeCard) many = eonay_practice_card_new (EONAY_PRACTICE_CARD_MANY, pki,
                                                                NULL);
  g_autoptr (EonayPracticeCard) akis = eonay_practice_card_new (EONAY_PRACTICE_CARD_AKIS_3, pki,
                                                                NULL);
  GtkWidget *view = g_object_new (EONAY_TYPE_CARD_VIEW, NULL);
  GtkWidget *window = gtk_window_new ();

  add_actions (window);
  eonay_card_view_set_readers (EONAY_CARD_VIEW (view), readers);
  gtk_window_set_default_size (GTK_WINDOW (window), appearance->width, appearance->height);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  picture (window, "50-no-reader", appearance);
  eonay_fake_readers_add (fake_readers, "Deneme okuyucusu 1");
  eonay_fake_readers_insert (fake_readers, "Deneme okuyucusu 1", NULL);
  g_usleep (G_USEC_PER_SEC / 5);
  picture (window, "51-unknown-card", appearance);
  eonay_fake_readers_pull (fake_readers, "Deneme okuyucusu 1");

  eonay_fake_readers_insert (fake_readers, "Deneme okuyucusu 1", many);
  eonay_window_fixture_wait (shows_card, window);
  picture (window, "52-two-pins", appearance);
  eonay_fake_readers_insert (fake_readers, "Deneme okuyucusu 1", akis);
  eonay_fake_readers_add (fake_readers, "Deneme okuyucusu 2");
  eonay_fake_readers_insert_mute (fake_readers, "Deneme okuyucusu 2");
  eonay_fake_readers_add (fake_readers, "Deneme okuyucusu 3");
  g_usleep (G_USEC_PER_SEC / 5);
  eonay_window_fixture_settle (window);
  picture (window, "53-module-needed", appearance);
  if (scroll_to (find_panel (window), 1))
    picture (window, "54-other-readers", appearance);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_cards (gconstpointer user_data)
{
  const EonayAppearance *appearance = user_data;
  EonayWindowFixture fixture;
  GtkWidget *window;

  eonay_appearance_set (appearance);
  eonay_window_fixture_open (&fixture, appearance->width, appearance->height);
  window = GTK_WIDGET (fixture.window);
  eonay_window_show_view (fixture.window, "card");
  eonay_window_fixture_wait (shows_card, window);
  take_card (&fixture, EONAY_PRACTICE_CARD_VALID, "30-card-valid", appearance);
  adw_expander_row_set_expanded (
      ADW_EXPANDER_ROW (eonay_window_fixture_find (window, ADW_TYPE_EXPANDER_ROW, NULL)), TRUE);
  picture (window, "31-card-facts", appearance);
  take_details (&fixture, appearance);
  take_renewal (&fixture, appearance);
  take_readers (appearance);
  take_card (&fixture, EONAY_PRACTICE_CARD_BLOCKED, "32-card-blocked", appearance);
  take_card (&fixture, EONAY_PRACTICE_CARD_TWO, "33-card-two", appearance);
  take_card (&fixture, EONAY_PRACTICE_CARD_EXPIRED, "34-card-expired", appearance);
  eonay_practice_controller_insert (fixture.controller, -1);
  eonay_window_fixture_wait (shows_no_card, window);
  picture (window, "35-card-none", appearance);

  eonay_window_take_practice_code (fixture.window, "login");
  eonay_window_fixture_wait_for_state (&fixture, EONAY_SESSION_REVIEWING);
  eonay_window_show_view (fixture.window, "card");
  eonay_practice_controller_insert (fixture.controller, EONAY_PRACTICE_CARD_VALID);
  eonay_window_fixture_wait (shows_card, window);
  picture (window, "36-card-while-signing", appearance);
  eonay_session_decline (fixture.session);
  eonay_window_fixture_close (&fixture);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  for (guint i = 0; eonay_appearance_get (i) != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/window/card/pictures/", eonay_appearance_get (i)->name,
                                           NULL);

      g_test_add_data_func (path, eonay_appearance_get (i), test_cards);
    }

  return g_test_run ();
}
