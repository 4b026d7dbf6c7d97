#include "unblock-driver.h"

static void
test_fault_unblock_cut (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new ("unblock-cut");
  g_autoptr (GError) error = NULL;

  g_assert_null (unblock_driver_ask (driver, UNBLOCK_SERIAL, UNBLOCK_WORD, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_UNREACHABLE);
  g_assert_false (eonay_portal_error_is_unsent (error));
  /* It was asked once: again would be another message. */
  g_assert_cmpint (unblock_driver_get_number (driver, "sms_count"), ==, 1);
  unblock_driver_ask_well (driver);
  unblock_driver_confirm_well (driver);
}

static void
test_fault_sms_late (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new ("sms-late");
  g_autofree char *late = NULL;

  unblock_driver_ask_well (driver);
  late = unblock_driver_read_phone (driver);
  unblock_driver_assert_confirm_fails (driver, late, EONAY_PORTAL_ERROR_SMS_CODE_EXPIRED, 3);
  unblock_driver_ask_well (driver);
  unblock_driver_confirm_well (driver);
}

static void
assert_confirmed_twice (const char *fault)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new (fault);
  g_autoptr (JsonObject) description = NULL;

  unblock_driver_ask_well (driver);
  unblock_driver_confirm_well (driver);
  description = unblock_driver_describe (driver);
  g_assert_cmpint (json_object_get_int_member (description, "submissions"), ==, 2);
  g_assert_cmpint (unblock_driver_get_number (driver, "sms_codes_left"), ==, 3);
}

static void
test_lost_puk_is_asked_for_again (void)
{
  assert_confirmed_twice ("puk-lost");
  assert_confirmed_twice ("503-once");
}

static void
test_fault_puk_wrong (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new ("puk-wrong");
  g_autofree char *sms_code = NULL;
  g_autofree char *puk = NULL;

  unblock_driver_ask_well (driver);
  sms_code = unblock_driver_read_phone (driver);
  puk = unblock_driver_confirm (driver, sms_code, NULL);
  g_assert_cmpstr (puk, ==, "97654321");
}

static void
test_fault_puk_stored (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new ("puk-stored");
  g_autofree char *sms_code = NULL;

  unblock_driver_ask_well (driver);
  sms_code = unblock_driver_read_phone (driver);
  unblock_driver_assert_confirm_fails (driver, sms_code, EONAY_PORTAL_ERROR_MALFORMED, -1);
}

static void
test_fault_report_cut (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new ("report-cut");
  g_autoptr (GError) error = NULL;

  unblock_driver_ask_well (driver);
  unblock_driver_confirm_well (driver);
  g_assert_true (unblock_driver_report (driver, EONAY_UNBLOCK_OUTCOME_DONE, &error));
  g_assert_no_error (error);
  unblock_driver_assert_state (driver, "completed");
}

static void
test_portal_gone (void)
{
  g_autoptr (UnblockDriver) driver = unblock_driver_new (NULL);
  g_autoptr (GError) error = NULL;

  eonay_practice_portal_stop (driver->rig->server);
  g_assert_null (unblock_driver_ask (driver, UNBLOCK_SERIAL, UNBLOCK_WORD, &error));
  g_assert_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_UNREACHABLE);
  g_assert_true (eonay_portal_error_is_unsent (error));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/unblock-faults/unblock-cut", test_fault_unblock_cut);
  g_test_add_func ("/unblock-faults/sms-late", test_fault_sms_late);
  g_test_add_func ("/unblock-faults/puk-lost", test_lost_puk_is_asked_for_again);
  g_test_add_func ("/unblock-faults/puk-wrong", test_fault_puk_wrong);
  g_test_add_func ("/unblock-faults/puk-stored", test_fault_puk_stored);
  g_test_add_func ("/unblock-faults/report-cut", test_fault_report_cut);
  g_test_add_func ("/unblock-faults/portal-gone", test_portal_gone);

  return g_test_run ();
}
