#include "base/eonay-error.h"
#include "card/pkcs11/eonay-pkcs11-channel.h"

/* Milliseconds; the host speaks every five. */
#define LIMIT 300

/* @user_data: how the host never comes to an end */
static void
test_limit_is_for_the_request (gconstpointer user_data)
{
  g_autoptr (EonayPkcs11Channel) channel = eonay_pkcs11_channel_new (user_data);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_clear_error (&error);
      g_assert_null (eonay_pkcs11_channel_ask (channel, NULL, LIMIT, &error));
      g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_HUNG);
      g_assert_cmpint (eonay_card_error_get_pin_try (error), ==, EONAY_PIN_TRY_ACCEPTED);
    }
}

static void
test_outcome_is_kept (void)
{
  g_autoptr (EonayPkcs11Channel) channel = eonay_pkcs11_channel_new ("outcome");
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPkcs11Answer) answer = eonay_pkcs11_channel_ask (channel, NULL, LIMIT, &error);

  g_assert_no_error (error);
  g_assert_true (answer->has_outcome);
  g_assert_false (answer->ended);
  g_assert_nonnull (answer->signatures);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/card/pkcs11-limit/frames", "frames", test_limit_is_for_the_request);
  g_test_add_data_func ("/card/pkcs11-limit/bytes", "bytes", test_limit_is_for_the_request);
  g_test_add_func ("/card/pkcs11-limit/outcome", test_outcome_is_kept);

  return g_test_run ();
}
