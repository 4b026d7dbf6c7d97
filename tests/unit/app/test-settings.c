#include "app/eonay-settings.h"
#include "card/eonay-card-options.h"

/* The card room knows of the switch at the start, and follows it. */
static void
test_experimental_akis (void)
{
  g_autoptr (GSettings) settings = eonay_settings_new ();
  g_autoptr (GSettings) next = NULL;

  g_assert_nonnull (settings);
  g_assert_false (eonay_card_options_get_experimental_akis ());

  g_settings_set_boolean (settings, "experimental-akis", TRUE);
  g_assert_true (eonay_card_options_get_experimental_akis ());

  eonay_card_options_set_experimental_akis (FALSE);
  next = eonay_settings_new ();
  g_assert_true (eonay_card_options_get_experimental_akis ());

  g_settings_set_boolean (settings, "experimental-akis", FALSE);
  g_assert_false (eonay_card_options_get_experimental_akis ());
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/experimental-akis", test_experimental_akis);

  return g_test_run ();
}
