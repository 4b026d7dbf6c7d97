#include "app/card/eonay-card-view.h"
#include "support/window/unblock-driver.h"

/* Where the dialog of an unblocking leads to at its end. */

#define NEW_PIN "482916"
#define UNCERTAIN "It is not known whether the card is unblocked"
#define COMMANDS_MAX 40

static GtkWidget *
find_label (GtkWidget *dialog, const char *words)
{
  return eonay_window_fixture_find (dialog, GTK_TYPE_LABEL, words);
}

static gboolean
has_stopped (gpointer dialog)
{
  return find_label (dialog, UNCERTAIN) != NULL || find_label (dialog, "Insert the card") != NULL ||
         find_label (dialog, "The card is unblocked") != NULL;
}

/* Pulled before the command of that number, and before the one that the PUK goes with. */
static GtkWidget *
pull_at (EonayWindowFixture *fixture, guint n)
{
  EonayPracticeSlots *slots =
      eonay_practice_get_slots (eonay_window_fixture_get_practice (fixture));
  GtkWidget *dialog = unblock_driver_open (fixture);

  unblock_driver_enter_code (fixture, dialog, NULL, NULL);
  unblock_driver_word (fixture, dialog);
  unblock_driver_sms (fixture, dialog);
  unblock_driver_await (dialog, "What the new PIN has to be like:");
  eonay_practice_slots_pull_at (slots, n);
  unblock_driver_new_pin (dialog, NEW_PIN);
  eonay_window_fixture_wait (has_stopped, dialog);
  eonay_practice_slots_pull_at (slots, 0);

  return dialog;
}

static GtkWidget *
lose_card (EonayWindowFixture *fixture)
{
  for (guint n = 1; n <= COMMANDS_MAX; n++)
    {
      GtkWidget *dialog = pull_at (fixture, n);

      if (find_label (dialog, UNCERTAIN) != NULL)
        return dialog;

      gtk_window_destroy (GTK_WINDOW (dialog));
      eonay_window_fixture_settle (GTK_WIDGET (fixture->window));
    }

  g_assert_not_reached ();
}

static void
test_uncertain_leads_to_my_card (void)
{
  EonayWindowFixture fixture;
  GtkWidget *dialog, *code, *my_card;

  eonay_window_fixture_open (&fixture, 720, 680);
  dialog = lose_card (&fixture);
  code = find_label (dialog, "KILIT-03");
  g_assert_nonnull (code);
  g_assert_false (gtk_label_get_selection_bounds (GTK_LABEL (code), NULL, NULL));
  my_card = eonay_window_fixture_find (dialog, GTK_TYPE_BUTTON, "Open My Card");
  g_assert_nonnull (my_card);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (dialog)) == my_card);
  g_assert_true (gtk_window_get_default_widget (GTK_WINDOW (dialog)) == my_card);
  g_assert_false (gtk_widget_has_css_class (
      eonay_window_fixture_find (dialog, GTK_TYPE_BUTTON, "Close"), "suggested-action"));
  g_assert_null (
      eonay_window_fixture_find (GTK_WIDGET (fixture.window), EONAY_TYPE_CARD_VIEW, NULL));

  unblock_driver_press (dialog, "Open My Card");
  eonay_window_fixture_settle (GTK_WIDGET (fixture.window));
  g_assert_null (unblock_driver_find ());
  g_assert_nonnull (
      eonay_window_fixture_find (GTK_WIDGET (fixture.window), EONAY_TYPE_CARD_VIEW, NULL));
  eonay_window_fixture_close (&fixture);
}

static void
test_done_leads_back (void)
{
  EonayWindowFixture fixture;
  GtkWidget *dialog;

  eonay_window_fixture_open (&fixture, 720, 680);
  dialog = pull_at (&fixture, G_MAXUINT);
  g_assert_nonnull (find_label (dialog, "The card is unblocked"));
  g_assert_null (eonay_window_fixture_find (dialog, GTK_TYPE_BUTTON, "Open My Card"));
  g_assert_true (gtk_widget_has_css_class (gtk_window_get_default_widget (GTK_WINDOW (dialog)),
                                           "suggested-action"));
  gtk_window_close (GTK_WINDOW (dialog));
  eonay_window_fixture_close (&fixture);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/unblock/uncertain", test_uncertain_leads_to_my_card);
  g_test_add_func ("/window/unblock/done", test_done_leads_back);

  return g_test_run ();
}
