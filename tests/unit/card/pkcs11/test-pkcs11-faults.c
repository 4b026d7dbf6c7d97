#include <signal.h>
#include <unistd.h>

#include "support/test-softhsm.h"

/* Milliseconds; long enough for a host to get to the call that hangs. */
#define SHORT_TIMEOUT 1200
#define TICK 20

typedef struct {
  const char *call;
  EonayPinTry pin_try;
  gboolean after_outcome; /* the signature has been handed over by then */
} Call;

/* What a signature calls, and what is known of the PIN when the module dies there. */
static const Call calls_of_sign[] = {
  { "C_GetFunctionList", EONAY_PIN_TRY_NOT_SENT, FALSE },
  { "C_Initialize", EONAY_PIN_TRY_NOT_SENT, FALSE },
  { "C_GetSlotList", EONAY_PIN_TRY_NOT_SENT, FALSE },
  { "C_GetSlotInfo", EONAY_PIN_TRY_NOT_SENT, FALSE },
  { "C_GetTokenInfo", EONAY_PIN_TRY_NOT_SENT, FALSE },
  { "C_OpenSession", EONAY_PIN_TRY_NOT_SENT, FALSE },
  { "C_GetMechanismList", EONAY_PIN_TRY_NOT_SENT, FALSE },
  { "C_GetSessionInfo", EONAY_PIN_TRY_NOT_SENT, FALSE },
  { "C_Login", EONAY_PIN_TRY_UNCERTAIN, FALSE },
  { "C_FindObjectsInit", EONAY_PIN_TRY_ACCEPTED, FALSE },
  { "C_FindObjects", EONAY_PIN_TRY_ACCEPTED, FALSE },
  { "C_FindObjectsFinal", EONAY_PIN_TRY_ACCEPTED, FALSE },
  { "C_GetAttributeValue", EONAY_PIN_TRY_ACCEPTED, FALSE },
  { "C_SignInit", EONAY_PIN_TRY_ACCEPTED, FALSE },
  { "C_Sign", EONAY_PIN_TRY_ACCEPTED, FALSE },
  { "C_Logout", EONAY_PIN_TRY_ACCEPTED, TRUE },
  { "C_CloseSession", EONAY_PIN_TRY_ACCEPTED, TRUE },
};

static const char *const calls_of_list[] = {
  "C_GetFunctionList",  "C_Initialize",        "C_GetSlotList",     "C_GetSlotInfo",
  "C_GetTokenInfo",     "C_OpenSession",       "C_FindObjectsInit", "C_FindObjects",
  "C_FindObjectsFinal", "C_GetAttributeValue", "C_CloseSession",
};

typedef struct {
  const char *fault;
  EonayCardError code;
  guint timeout;
} Kind;

static const Kind kinds[] = {
  { "crash", EONAY_CARD_ERROR_MODULE_CRASHED, 0 },
  { "exit", EONAY_CARD_ERROR_MODULE_CRASHED, 0 },
  { "garbage", EONAY_CARD_ERROR_MODULE_CRASHED, 0 },
  { "hang", EONAY_CARD_ERROR_MODULE_HUNG, SHORT_TIMEOUT },
};

static void
set_fault (const Kind *kind, const char *call)
{
  g_autofree char *fault = g_strdup_printf ("%s=%s", kind->fault, call);

  test_softhsm_set_faults (fault);
}

static gboolean
count_tick (gpointer count)
{
  (*(guint *) count)++;

  return G_SOURCE_CONTINUE;
}

static void
test_death_in_sign (gconstpointer user_data)
{
  const Kind *kind = user_data;
  EonaySignatureScheme scheme = test_softhsm_get_scheme (TEST_RSA);

  for (gsize i = 0; i < G_N_ELEMENTS (calls_of_sign); i++)
    {
      const Call *call = &calls_of_sign[i];
      g_autoptr (EonayPkcs11Module) module = test_softhsm_new_module (kind->timeout);
      g_autoptr (EonayToken) token = NULL;
      g_auto (TestOutcome) outcome = { 0 };
      guint ticks = 0;
      guint timer;

      g_test_message ("%s", call->call);
      test_softhsm_set_faults ("");
      token = test_softhsm_new_token (module);
      eonay_pkcs11_module_rest (module);
      set_fault (kind, call->call);
      timer = g_timeout_add (TICK, count_tick, &ticks);
      test_softhsm_sign (token, TEST_RSA, scheme, TEST_PIN, 1, FALSE, &outcome);
      g_source_remove (timer);

      if (call->after_outcome)
        test_softhsm_assert_signed (&outcome, TEST_RSA, scheme, 1);
      else
        {
          g_assert_error (outcome.error, EONAY_CARD_ERROR, (int) kind->code);
          g_assert_cmpint (eonay_card_error_get_pin_try (outcome.error), ==, call->pin_try);
        }
      g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), <=, 1);
      /* The main loop went on meanwhile. */
      if (kind->timeout > 0)
        g_assert_cmpuint (ticks, >, kind->timeout / TICK / 4);

      test_softhsm_set_faults ("");
      test_softhsm_sign (token, TEST_RSA, scheme, TEST_PIN, 1, FALSE, &outcome);
      test_softhsm_assert_signed (&outcome, TEST_RSA, scheme, 1);
    }
}

static void
test_death_in_list (gconstpointer user_data)
{
  const Kind *kind = user_data;

  for (gsize i = 0; i < G_N_ELEMENTS (calls_of_list); i++)
    {
      g_autoptr (EonayPkcs11Module) module = test_softhsm_new_module (kind->timeout);
      g_autoptr (GPtrArray) slots = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", calls_of_list[i]);
      set_fault (kind, calls_of_list[i]);
      g_assert_null (test_softhsm_list (module, NULL, &error));
      g_assert_error (error, EONAY_CARD_ERROR, (int) kind->code);

      test_softhsm_set_faults ("");
      slots = test_softhsm_list (module, NULL, NULL);
      g_assert_nonnull (slots);
      g_assert_cmpuint (slots->len, ==, 1);
    }
}

static void
test_death_in_pin_change (gconstpointer user_data)
{
  static const char *const calls[] = { "C_SetPIN", "C_InitPIN", "C_Login" };
  const Kind *kind = user_data;

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (EonayPkcs11Module) module = test_softhsm_new_module (kind->timeout);
      g_autoptr (EonayToken) token = NULL;
      g_auto (TestOutcome) outcome = { 0 };

      test_softhsm_set_faults ("");
      token = test_softhsm_new_token (module);
      eonay_pkcs11_module_rest (module);
      set_fault (kind, calls[i]);
      if (g_str_equal (calls[i], "C_SetPIN"))
        test_softhsm_change_pin (token, TEST_PIN, TEST_PIN, &outcome);
      else
        test_softhsm_unblock (token, TEST_PUK, TEST_PIN, &outcome);
      g_assert_error (outcome.error, EONAY_CARD_ERROR, (int) kind->code);
      g_assert_cmpint (eonay_card_error_get_pin_try (outcome.error), ==, EONAY_PIN_TRY_UNCERTAIN);
    }
}

static void
on_interrupt (int number)
{
}

static gboolean
interrupt_once_called (gpointer call)
{
  if (test_softhsm_count_calls (call) == 0)
    return G_SOURCE_CONTINUE;

  g_assert_cmpint (kill (0, SIGINT), ==, 0);

  return G_SOURCE_REMOVE;
}

/* What Ctrl-C sends to everybody in the terminal does not end the call that has the PIN. */
static void
test_interrupt_in_pin_change (void)
{
  g_autoptr (EonayPkcs11Module) module = test_softhsm_new_module (0);
  g_autoptr (EonayToken) token = NULL;
  g_auto (TestOutcome) outcome = { 0 };

  test_softhsm_set_faults ("slow=C_SetPIN");
  token = test_softhsm_new_token (module);
  g_timeout_add (TICK, interrupt_once_called, (gpointer) "C_SetPIN");
  test_softhsm_change_pin (token, TEST_PIN, TEST_PIN, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (test_softhsm_count_calls ("C_SetPIN"), ==, 1);
}

/* Nobody waits for a module that hangs while it says good-bye. */
static void
test_hang_at_the_end (void)
{
  EonayPkcs11Module *module = test_softhsm_new_module (0);
  g_autoptr (GPtrArray) slots = NULL;
  gint64 before;

  test_softhsm_set_faults ("hang=C_Finalize");
  slots = test_softhsm_list (module, NULL, NULL);
  g_assert_nonnull (slots);
  before = g_get_monotonic_time ();
  g_assert_finalize_object (module);
  g_assert_cmpint (g_get_monotonic_time () - before, <, G_USEC_PER_SEC);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  /* A group of their own for this program and its hosts; a handler is not inherited. */
  setpgid (0, 0);
  signal (SIGINT, on_interrupt);
  test_softhsm_set_up ();

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *list = g_strdup_printf ("/card/pkcs11-faults/%s/list", kinds[i].fault);
      g_autofree char *sign = g_strdup_printf ("/card/pkcs11-faults/%s/sign", kinds[i].fault);
      g_autofree char *change = g_strdup_printf ("/card/pkcs11-faults/%s/change", kinds[i].fault);

      g_test_add_data_func (list, &kinds[i], test_death_in_list);
      g_test_add_data_func (sign, &kinds[i], test_death_in_sign);
      g_test_add_data_func (change, &kinds[i], test_death_in_pin_change);
    }
  g_test_add_func ("/card/pkcs11-faults/interrupt/change", test_interrupt_in_pin_change);
  g_test_add_func ("/card/pkcs11-faults/hang-at-the-end", test_hang_at_the_end);

  status = g_test_run ();
  test_softhsm_tear_down ();

  return status;
}
