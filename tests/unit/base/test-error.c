#include "base/eonay-error.h"

static void
test_tries_left_ride_along (void)
{
  g_autoptr (GError) wrong = eonay_card_error_new_pin_wrong (2);
  g_autoptr (GError) blocked = eonay_card_error_new_pin_wrong (0);
  g_autoptr (GError) silent = eonay_card_error_new_pin_wrong (-1);
  g_autoptr (GError) copy = g_error_copy (wrong);
  g_autoptr (GError) other = g_error_new_literal (EONAY_SIGNATURE_ERROR,
                                                  EONAY_SIGNATURE_ERROR_INVALID, "x");

  g_assert_error (wrong, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_error (blocked, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_BLOCKED);
  g_assert_error (silent, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_cmpint (eonay_card_error_get_tries_left (wrong), ==, 2);
  g_assert_cmpint (eonay_card_error_get_tries_left (blocked), ==, 0);
  g_assert_cmpint (eonay_card_error_get_tries_left (silent), ==, -1);
  g_assert_cmpint (eonay_card_error_get_tries_left (copy), ==, 2);
  g_assert_cmpint (eonay_card_error_get_tries_left (other), ==, -1);
  g_assert_cmpint (eonay_card_error_get_tries_left (NULL), ==, -1);
}

static void
test_pin_try_rides_along (void)
{
  g_autoptr (GError) wrong = eonay_card_error_new_pin_wrong (2);
  g_autoptr (GError) pulled = g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED, "x");
  g_autoptr (GError) copy = NULL;
  g_autoptr (GError) other = g_error_new_literal (EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TLS, "x");

  eonay_card_error_set_pin_try (pulled, EONAY_PIN_TRY_ACCEPTED);
  copy = g_error_copy (pulled);
  g_assert_cmpint (eonay_card_error_get_pin_try (copy), ==, EONAY_PIN_TRY_ACCEPTED);
  g_assert_cmpint (eonay_card_error_get_pin_try (wrong), ==, EONAY_PIN_TRY_UNKNOWN);
  g_assert_cmpint (eonay_card_error_get_pin_try (other), ==, EONAY_PIN_TRY_UNKNOWN);
}

static void
test_retry_after_rides_along (void)
{
  g_autoptr (GError) busy =
      eonay_portal_error_new_retry_after (EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS, 7, "slow down");
  g_autoptr (GError) copy = g_error_copy (busy);
  g_autoptr (GError) plain = g_error_new_literal (EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TLS, "x");

  g_assert_error (busy, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TOO_MANY_REQUESTS);
  g_assert_cmpint (eonay_portal_error_get_retry_after (copy), ==, 7);
  g_assert_cmpint (eonay_portal_error_get_retry_after (plain), ==, -1);
}

static void
test_portal_tries_ride_along (void)
{
  g_autoptr (GError) wrong = g_error_new_literal (EONAY_PORTAL_ERROR,
                                                  EONAY_PORTAL_ERROR_SMS_CODE_WRONG, "x");
  g_autoptr (GError) plain = g_error_copy (wrong);
  g_autoptr (GError) card = eonay_card_error_new_pin_wrong (2);
  g_autoptr (GError) copy = NULL;

  eonay_portal_error_set_tries_left (wrong, 2);
  eonay_portal_error_set_unsent (wrong);
  copy = g_error_copy (wrong);
  g_assert_cmpint (eonay_portal_error_get_tries_left (copy), ==, 2);
  g_assert_true (eonay_portal_error_is_unsent (copy));
  g_assert_cmpint (eonay_portal_error_get_tries_left (plain), ==, -1);
  g_assert_false (eonay_portal_error_is_unsent (plain));
  g_assert_cmpint (eonay_portal_error_get_tries_left (card), ==, -1);
  g_assert_false (eonay_portal_error_is_unsent (card));
  g_assert_cmpint (eonay_portal_error_get_tries_left (NULL), ==, -1);
  g_assert_false (eonay_portal_error_is_unsent (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/error/tries-left-ride-along", test_tries_left_ride_along);
  g_test_add_func ("/base/error/pin-try-rides-along", test_pin_try_rides_along);
  g_test_add_func ("/base/error/retry-after-rides-along", test_retry_after_rides_along);
  g_test_add_func ("/base/error/portal-tries-ride-along", test_portal_tries_ride_along);

  return g_test_run ();
}
