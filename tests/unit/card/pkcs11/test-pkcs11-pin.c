#include "support/test-softhsm.h"

typedef struct {
  EonayPkcs11Module *module;
  EonayToken *token;
  TestOutcome outcome;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  test_softhsm_set_faults (user_data != NULL ? user_data : "lock");
  fixture->module = test_softhsm_new_module (0);
  fixture->token = test_softhsm_new_token (fixture->module);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  test_outcome_clear (&fixture->outcome);
  g_assert_finalize_object (g_steal_pointer (&fixture->token));
  g_assert_finalize_object (g_steal_pointer (&fixture->module));
}

static void
sign (Fixture *fixture, const char *pin)
{
  test_softhsm_sign (fixture->token, TEST_RSA, test_softhsm_get_scheme (TEST_RSA), pin, 1, FALSE,
                     &fixture->outcome);
}

static void
assert_signed (Fixture *fixture)
{
  test_softhsm_assert_signed (&fixture->outcome, TEST_RSA, test_softhsm_get_scheme (TEST_RSA), 1);
}

static void
assert_state (Fixture *fixture, gboolean known, int tries_left, gboolean blocked)
{
  EonayPinState state;

  eonay_token_get_pin_state (fixture->token, NULL, &state);
  g_assert_true (state.known == known);
  g_assert_cmpint (state.tries_left, ==, tries_left);
  g_assert_true (state.blocked == blocked);
}

static void
assert_error (Fixture *fixture, EonayCardError code, int tries_left)
{
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, (int) code);
  g_assert_cmpint (eonay_card_error_get_tries_left (fixture->outcome.error), ==, tries_left);
}

static void
test_wrong_until_blocked (Fixture *fixture, gconstpointer user_data)
{
  sign (fixture, "999999");
  assert_error (fixture, EONAY_CARD_ERROR_PIN_WRONG, -1);
  assert_state (fixture, FALSE, -1, FALSE);
  sign (fixture, "999999");
  assert_error (fixture, EONAY_CARD_ERROR_PIN_WRONG, 1);
  assert_state (fixture, TRUE, 1, FALSE);
  sign (fixture, "999999");
  assert_error (fixture, EONAY_CARD_ERROR_PIN_BLOCKED, 0);
  assert_state (fixture, TRUE, 0, TRUE);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 3);

  /* A blocked PIN is not sent. */
  sign (fixture, TEST_PIN);
  assert_error (fixture, EONAY_CARD_ERROR_PIN_BLOCKED, 0);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 3);
}

static void
test_right_after_wrong (Fixture *fixture, gconstpointer user_data)
{
  sign (fixture, "999999");
  sign (fixture, "999999");
  sign (fixture, TEST_PIN);
  assert_signed (fixture);
  assert_state (fixture, FALSE, -1, FALSE);
}

static void
test_last_try_is_told_first (Fixture *fixture, gconstpointer user_data)
{
  test_softhsm_spend_tries (2);
  sign (fixture, TEST_PIN);
  assert_error (fixture, EONAY_CARD_ERROR_LAST_TRY, 1);
  assert_state (fixture, TRUE, 1, FALSE);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 0);

  sign (fixture, TEST_PIN);
  assert_signed (fixture);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 1);
}

static void
test_last_try_of_a_change (Fixture *fixture, gconstpointer user_data)
{
  test_softhsm_spend_tries (2);
  test_softhsm_change_pin (fixture->token, TEST_PIN, "654321", &fixture->outcome);
  assert_error (fixture, EONAY_CARD_ERROR_LAST_TRY, 1);
  g_assert_cmpuint (test_softhsm_count_calls ("C_SetPIN"), ==, 0);
}

static gboolean
is_low (Fixture *fixture)
{
  EonayPinState state;

  eonay_token_get_pin_state (fixture->token, NULL, &state);

  return state.low;
}

/* No count, but more than the person was shown: that there were wrong ones. */
static void
test_low_is_told_first (Fixture *fixture, gconstpointer user_data)
{
  g_assert_false (is_low (fixture));
  test_softhsm_spend_tries (1);
  sign (fixture, TEST_PIN);
  assert_error (fixture, EONAY_CARD_ERROR_TRIES_NOT_SHOWN, -1);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 0);
  g_assert_true (is_low (fixture));

  sign (fixture, TEST_PIN);
  assert_signed (fixture);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 1);
}

static void
test_low_before_a_change (Fixture *fixture, gconstpointer user_data)
{
  test_softhsm_spend_tries (1);
  test_softhsm_change_pin (fixture->token, TEST_PIN, "654321", &fixture->outcome);
  assert_error (fixture, EONAY_CARD_ERROR_TRIES_NOT_SHOWN, -1);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 0);
  g_assert_cmpuint (test_softhsm_count_calls ("C_SetPIN"), ==, 0);
}

/* Three keys may be the certificate's, and each wants the PIN before it signs. What has become of it
   with the first is not known: it is not sent for the second. */
static void
test_unclear_end_is_the_end (Fixture *fixture, gconstpointer user_data)
{
  sign (fixture, TEST_PIN);
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_FAILED);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 2);
  g_assert_cmpuint (test_softhsm_count_calls ("C_SignInit"), ==, 1);
}

static void
test_unclear_login (Fixture *fixture, gconstpointer user_data)
{
  test_unclear_end_is_the_end (fixture, user_data);
  g_assert_cmpint (eonay_card_error_get_pin_try (fixture->outcome.error), ==,
                   EONAY_PIN_TRY_UNCERTAIN);
}

static void
test_refresh_tells (Fixture *fixture, gconstpointer user_data)
{
  test_softhsm_spend_tries (3);
  test_softhsm_refresh (fixture->token, &fixture->outcome);
  g_assert_no_error (fixture->outcome.error);
  assert_state (fixture, TRUE, 0, TRUE);
}

static void
test_lengths_are_checked_first (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *long_pin = g_strnfill (256, '1');

  sign (fixture, "123");
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH);
  sign (fixture, long_pin);
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH);
  sign (fixture, "");
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH);
  test_softhsm_change_pin (fixture->token, TEST_PIN, "123", &fixture->outcome);
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NEW_PIN_REFUSED);
  g_assert_cmpint (eonay_card_error_get_pin_try (fixture->outcome.error), ==,
                   EONAY_PIN_TRY_NOT_SENT);
  test_softhsm_unblock (fixture->token, "", "654321", &fixture->outcome);
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PUK_LENGTH);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 0);
  g_assert_cmpuint (test_softhsm_count_calls ("C_SetPIN"), ==, 0);
}

static void
test_changes_pin (Fixture *fixture, gconstpointer user_data)
{
  test_softhsm_change_pin (fixture->token, "999999", "654321", &fixture->outcome);
  assert_error (fixture, EONAY_CARD_ERROR_PIN_WRONG, -1);
  test_softhsm_change_pin (fixture->token, TEST_PIN, "654321", &fixture->outcome);
  g_assert_no_error (fixture->outcome.error);
  sign (fixture, TEST_PIN);
  assert_error (fixture, EONAY_CARD_ERROR_PIN_WRONG, -1);
  sign (fixture, "654321");
  assert_signed (fixture);
  test_softhsm_change_pin (fixture->token, "654321", TEST_PIN, &fixture->outcome);
  g_assert_no_error (fixture->outcome.error);
}

static void
test_refused_new_pin (Fixture *fixture, gconstpointer user_data)
{
  test_softhsm_change_pin (fixture->token, TEST_PIN, "111111", &fixture->outcome);
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NEW_PIN_REFUSED);
  sign (fixture, TEST_PIN);
  assert_signed (fixture);
}

static void
test_unblocks (Fixture *fixture, gconstpointer user_data)
{
  test_softhsm_spend_tries (3);
  test_softhsm_unblock (fixture->token, "99999999", "654321", &fixture->outcome);
  assert_error (fixture, EONAY_CARD_ERROR_PUK_WRONG, -1);
  test_softhsm_unblock (fixture->token, TEST_PUK, "654321", &fixture->outcome);
  g_assert_no_error (fixture->outcome.error);
  assert_state (fixture, FALSE, -1, FALSE);
  sign (fixture, "654321");
  assert_signed (fixture);
  test_softhsm_unblock (fixture->token, TEST_PUK, TEST_PIN, &fixture->outcome);
  g_assert_no_error (fixture->outcome.error);
}

/* What the PUK would be sent as is another secret, whose tries are not the PUK's. */
static void
test_puk_is_not_the_modules (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) refusal = NULL;
  EonayPinState state;

  test_softhsm_spend_tries (3);
  g_assert_false (
      eonay_token_check_request (fixture->token, EONAY_TOKEN_REQUEST_UNBLOCK, NULL, &refusal));
  g_assert_error (refusal, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NO_UNBLOCK);
  eonay_token_get_puk_state (fixture->token, NULL, &state);
  g_assert_true (state.absent);
  g_assert_false (state.known || state.blocked);

  test_softhsm_unblock (fixture->token, TEST_PUK, "654321", &fixture->outcome);
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NO_UNBLOCK);
  g_assert_cmpint (eonay_card_error_get_pin_try (fixture->outcome.error), ==,
                   EONAY_PIN_TRY_NOT_SENT);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 0);
}

/* The host decides by itself, whatever it was that the program went by. */
static void
test_host_decides_again (Fixture *fixture, gconstpointer user_data)
{
  g_assert_true (
      eonay_token_check_request (fixture->token, EONAY_TOKEN_REQUEST_UNBLOCK, NULL, NULL));
  eonay_pkcs11_module_rest (fixture->module);
  test_softhsm_set_faults (user_data);
  test_softhsm_unblock (fixture->token, TEST_PUK, "654321", &fixture->outcome);
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NO_UNBLOCK);
  g_assert_cmpint (eonay_card_error_get_pin_try (fixture->outcome.error), ==,
                   EONAY_PIN_TRY_NOT_SENT);
  g_assert_cmpuint (test_softhsm_count_calls ("C_OpenSession"), ==, 1);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 0);
}

static void
set_up_sound (Fixture *fixture, gconstpointer user_data)
{
  set_up (fixture, NULL);
}

#define ADD(path_, faults_, function_) \
  g_test_add (path_, Fixture, faults_, set_up, function_, tear_down)

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_softhsm_set_up ();

  ADD ("/card/pkcs11-pin/wrong-until-blocked", NULL, test_wrong_until_blocked);
  ADD ("/card/pkcs11-pin/right-after-wrong", NULL, test_right_after_wrong);
  ADD ("/card/pkcs11-pin/last-try-is-told-first", NULL, test_last_try_is_told_first);
  ADD ("/card/pkcs11-pin/last-try-of-a-change", NULL, test_last_try_of_a_change);
  ADD ("/card/pkcs11-pin/low-is-told-first", "lock,low", test_low_is_told_first);
  ADD ("/card/pkcs11-pin/low-before-a-change", "lock,low", test_low_before_a_change);
  ADD ("/card/pkcs11-pin/unclear-login", "always,no-numbers,unclear=C_Login", test_unclear_login);
  ADD ("/card/pkcs11-pin/unclear-signature", "always,no-numbers,unclear=C_Sign",
       test_unclear_end_is_the_end);
  ADD ("/card/pkcs11-pin/refresh-tells", NULL, test_refresh_tells);
  ADD ("/card/pkcs11-pin/lengths-are-checked-first", NULL, test_lengths_are_checked_first);
  ADD ("/card/pkcs11-pin/changes-pin", NULL, test_changes_pin);
  ADD ("/card/pkcs11-pin/changes-pin/after-login", "login-to-change", test_changes_pin);
  ADD ("/card/pkcs11-pin/refused-new-pin", "refuse-new-pin", test_refused_new_pin);
  ADD ("/card/pkcs11-pin/unblocks", NULL, test_unblocks);
  ADD ("/card/pkcs11-pin/unblocks/akis", "lock,akis", test_unblocks);
  ADD ("/card/pkcs11-pin/no-puk", "lock,no-puk,so-locked", test_puk_is_not_the_modules);
  g_test_add ("/card/pkcs11-pin/no-puk/host", Fixture, "lock,no-puk", set_up_sound,
              test_host_decides_again, tear_down);
  g_test_add ("/card/pkcs11-pin/two-pins/host", Fixture, "lock,two-pins", set_up_sound,
              test_host_decides_again, tear_down);

  status = g_test_run ();
  test_softhsm_tear_down ();

  return status;
}
