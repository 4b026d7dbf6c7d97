#include <signal.h>

#include "support/test-softhsm.h"

typedef struct {
  EonayPkcs11Module *module;
  EonayToken *token;
  TestOutcome outcome;
} Fixture;

/* @user_data: (nullable): the shim's faults */
static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  test_softhsm_set_faults (user_data != NULL ? user_data : "");
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
assert_signs_with_all (Fixture *fixture)
{
  for (guint i = 0; i < TEST_N_CERTIFICATES; i++)
    {
      EonaySignatureScheme scheme = test_softhsm_get_scheme (i);

      test_softhsm_sign (fixture->token, i, scheme, TEST_PIN, 1, FALSE, &fixture->outcome);
      test_softhsm_assert_signed (&fixture->outcome, i, scheme, 1);
    }
}

static void
test_lists (Fixture *fixture, gconstpointer user_data)
{
  EonayPinState state;

  g_assert_cmpstr (eonay_token_get_label (fixture->token), ==, "DENEME jetonu");
  g_assert_cmpstr (eonay_token_get_model (fixture->token), ==, "SoftHSM v2");
  g_assert_cmpuint (strlen (eonay_token_get_serial (fixture->token)), ==, 16);
  g_assert_true (g_str_has_prefix (eonay_token_get_reader_name (fixture->token), "SoftHSM slot"));
  g_assert_cmpstr (eonay_token_get_backend (fixture->token), ==, g_getenv ("TEST_SHIM"));
  g_assert_cmpint (eonay_token_get_pin_entry (fixture->token), ==, EONAY_PIN_ENTRY_HOST);
  for (guint i = 0; i < TEST_N_CERTIFICATES; i++)
    {
      g_autoptr (EonayTokenCertificate) certificate = test_softhsm_get_certificate (fixture->token,
                                                                                    i);
      const guint8 id = (guint8) (i + 1);

      g_assert_true (eonay_token_certificate_has_key (certificate));
      g_assert_cmpstr (eonay_token_certificate_get_label (certificate), ==, "DENEME");
      g_assert_cmpmem (g_bytes_get_data (eonay_token_certificate_get_id (certificate), NULL),
                       g_bytes_get_size (eonay_token_certificate_get_id (certificate)), &id, 1);
    }

  eonay_token_get_pin_state (fixture->token, NULL, &state);
  g_assert_false (state.known);
  g_assert_false (state.blocked);
  g_assert_cmpint (state.tries_left, ==, -1);
  g_assert_cmpuint (state.min_length, ==, 4);
  g_assert_cmpuint (state.max_length, ==, 255);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 0);
}

static void
test_signs (Fixture *fixture, gconstpointer user_data)
{
  assert_signs_with_all (fixture);
  test_softhsm_sign (fixture->token, TEST_RSA, EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256, TEST_PIN, 1,
                     FALSE, &fixture->outcome);
  test_softhsm_assert_signed (&fixture->outcome, TEST_RSA, EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256,
                              1);
}

static void
test_signs_with_every_key (Fixture *fixture, gconstpointer user_data)
{
  assert_signs_with_all (fixture);
}

static void
test_one_login_serves_a_batch (Fixture *fixture, gconstpointer user_data)
{
  EonaySignatureScheme scheme = test_softhsm_get_scheme (TEST_RSA);

  test_softhsm_sign (fixture->token, TEST_RSA, scheme, TEST_PIN, 5, FALSE, &fixture->outcome);
  test_softhsm_assert_signed (&fixture->outcome, TEST_RSA, scheme, 5);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 1);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Sign"), ==, 5);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Logout"), ==, 1);
  g_assert_cmpuint (test_softhsm_count_calls ("C_OpenSession"), ==,
                    test_softhsm_count_calls ("C_CloseSession"));
}

typedef struct {
  guint seen;
  guint calls;
  GCancellable *cancellable; /* cancelled with the first */
} Watch;

static void
on_progress (guint n_signed, gpointer user_data)
{
  Watch *watch = user_data;

  watch->seen = n_signed;
  watch->calls++;
  if (watch->cancellable != NULL)
    g_cancellable_cancel (watch->cancellable);
}

static void
test_signatures_come_one_by_one (Fixture *fixture, gconstpointer user_data)
{
  EonaySignatureScheme scheme = test_softhsm_get_scheme (TEST_RSA);
  Watch watch = { 0 };
  g_autoptr (EonayTokenProgress) progress = eonay_token_progress_new (on_progress, &watch);
  g_autoptr (GPtrArray) made = NULL;

  test_softhsm_begin_sign (fixture->token, TEST_RSA, scheme, 5, progress, NULL, &fixture->outcome);
  test_outcome_wait (&fixture->outcome);
  test_softhsm_assert_signed (&fixture->outcome, TEST_RSA, scheme, 5);
  g_assert_cmpuint (watch.seen, ==, 5);
  made = eonay_token_progress_dup_signatures (progress);
  g_assert_cmpuint (made->len, ==, 5);
  for (guint i = 0; i < made->len; i++)
    g_assert_true (g_bytes_equal (made->pdata[i], fixture->outcome.signatures->pdata[i]));
}

/* What is signed by then stays, the rest is not signed, and the login ends. */
static void
test_stops_between_signatures (Fixture *fixture, gconstpointer user_data)
{
  const guint many = 2000;
  EonaySignatureScheme scheme = test_softhsm_get_scheme (TEST_P256);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Watch watch = { .cancellable = cancellable };
  g_autoptr (EonayTokenProgress) progress = eonay_token_progress_new (on_progress, &watch);
  guint count;

  test_softhsm_begin_sign (fixture->token, TEST_P256, scheme, many, progress, cancellable,
                           &fixture->outcome);
  test_outcome_wait (&fixture->outcome);
  g_assert_error (fixture->outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  count = eonay_token_progress_count (progress);
  g_assert_cmpuint (count, >, 0);
  g_assert_cmpuint (count, <, many);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Sign"), ==, count);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Logout"), ==, 1);

  /* And it signs again. */
  test_softhsm_sign (fixture->token, TEST_P256, scheme, TEST_PIN, 1, FALSE, &fixture->outcome);
  test_softhsm_assert_signed (&fixture->outcome, TEST_P256, scheme, 1);
}

static void
test_forged_signature_is_no_progress (Fixture *fixture, gconstpointer user_data)
{
  EonaySignatureScheme scheme = test_softhsm_get_scheme (TEST_RSA);
  g_autoptr (EonayTokenProgress) progress = eonay_token_progress_new (NULL, NULL);

  test_softhsm_begin_sign (fixture->token, TEST_RSA, scheme, 3, progress, NULL, &fixture->outcome);
  test_outcome_wait (&fixture->outcome);
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_SIGNATURE_MISMATCH);
  g_assert_cmpuint (eonay_token_progress_count (progress), ==, 0);
}

static void
test_confirms_each_signature (Fixture *fixture, gconstpointer user_data)
{
  EonaySignatureScheme scheme = test_softhsm_get_scheme (TEST_RSA);

  test_softhsm_sign (fixture->token, TEST_RSA, scheme, TEST_PIN, 3, FALSE, &fixture->outcome);
  test_softhsm_assert_signed (&fixture->outcome, TEST_RSA, scheme, 3);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 1 + 3);

  /* Only after the first was accepted. */
  test_softhsm_sign (fixture->token, TEST_RSA, scheme, "999999", 3, FALSE, &fixture->outcome);
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 1 + 3 + 1);
}

static void
test_hashes_itself (Fixture *fixture, gconstpointer user_data)
{
  EonaySignatureScheme scheme = test_softhsm_get_scheme (TEST_RSA);

  test_softhsm_sign (fixture->token, TEST_RSA, scheme, TEST_PIN, 2, FALSE, &fixture->outcome);
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_ALGORITHM);
  g_assert_cmpint (eonay_card_error_get_pin_try (fixture->outcome.error), ==,
                   EONAY_PIN_TRY_NOT_SENT);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 0);

  test_softhsm_sign (fixture->token, TEST_RSA, scheme, TEST_PIN, 2, TRUE, &fixture->outcome);
  test_softhsm_assert_signed (&fixture->outcome, TEST_RSA, scheme, 2);
}

static void
test_garbled_labels (Fixture *fixture, gconstpointer user_data)
{
  const char *label = eonay_token_get_label (fixture->token);

  g_assert_true (g_utf8_validate (label, -1, NULL));
  g_assert_null (strpbrk (label, "\x1b\n"));
  g_assert_true (g_str_has_prefix (label, "DENEME"));
  assert_signs_with_all (fixture);
}

static void
test_hidden_certificates (Fixture *fixture, gconstpointer user_data)
{
  const EonayPkcs11Slot *slot = eonay_pkcs11_token_get_slot (EONAY_PKCS11_TOKEN (fixture->token));

  g_assert_cmpuint (g_list_model_get_n_items (eonay_token_get_certificates (fixture->token)), ==,
                    0);
  g_assert_true ((slot->flags & EONAY_PKCS11_HIDDEN) != 0);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 0);
}

static void
test_skipped_reader (Fixture *fixture, gconstpointer user_data)
{
  const char *skip[] = { eonay_token_get_reader_name (fixture->token), NULL };
  const char *const other[] = { "Another reader", NULL };
  g_autoptr (GPtrArray) left = test_softhsm_list (fixture->module, skip, NULL);
  g_autoptr (GPtrArray) found = test_softhsm_list (fixture->module, other, NULL);

  g_assert_cmpuint (left->len, ==, 0);
  g_assert_cmpuint (found->len, ==, 1);
}

static void
test_keypad (Fixture *fixture, gconstpointer user_data)
{
  EonaySignatureScheme scheme = test_softhsm_get_scheme (TEST_RSA);

  g_assert_cmpint (eonay_token_get_pin_entry (fixture->token), ==, EONAY_PIN_ENTRY_READER);
  test_softhsm_sign (fixture->token, TEST_RSA, scheme, NULL, 2, FALSE, &fixture->outcome);
  test_softhsm_assert_signed (&fixture->outcome, TEST_RSA, scheme, 2);

  /* A PIN that was typed here does not belong there. */
  test_softhsm_sign (fixture->token, TEST_RSA, scheme, TEST_PIN, 1, FALSE, &fixture->outcome);
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 1);
}

static void
test_cancelled_on_keypad (Fixture *fixture, gconstpointer user_data)
{
  test_softhsm_sign (fixture->token, TEST_RSA, test_softhsm_get_scheme (TEST_RSA), NULL, 1, FALSE,
                     &fixture->outcome);
  g_assert_error (fixture->outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Not the person's doing where there is no keypad; and nobody knows what became of the PIN. */
static void
test_cancelled_without_keypad (Fixture *fixture, gconstpointer user_data)
{
  test_softhsm_sign (fixture->token, TEST_RSA, test_softhsm_get_scheme (TEST_RSA), TEST_PIN, 1,
                     FALSE, &fixture->outcome);
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_FAILED);
  g_assert_cmpint (eonay_card_error_get_pin_try (fixture->outcome.error), ==,
                   EONAY_PIN_TRY_UNCERTAIN);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 1);
}

static void
test_forged_signature (Fixture *fixture, gconstpointer user_data)
{
  for (guint i = 0; i < TEST_N_CERTIFICATES; i++)
    {
      test_softhsm_sign (fixture->token, i, test_softhsm_get_scheme (i), TEST_PIN, 1, FALSE,
                         &fixture->outcome);
      g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR,
                      EONAY_CARD_ERROR_SIGNATURE_MISMATCH);
      g_assert_cmpint (eonay_card_error_get_pin_try (fixture->outcome.error), ==,
                       EONAY_PIN_TRY_ACCEPTED);
    }
}

static void
test_nonsense_lengths (Fixture *fixture, gconstpointer user_data)
{
  EonayPinState state;

  eonay_token_get_pin_state (fixture->token, NULL, &state);
  g_assert_cmpuint (state.min_length, ==, 1);
  g_assert_cmpuint (state.max_length, ==, EONAY_SECRET_MAX);
  test_softhsm_sign (fixture->token, TEST_RSA, test_softhsm_get_scheme (TEST_RSA), TEST_PIN, 1,
                     FALSE, &fixture->outcome);
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PROTOCOL);
}

static void
test_pulled_token (Fixture *fixture, gconstpointer user_data)
{
  test_softhsm_set_faults ("gone");
  eonay_pkcs11_module_rest (fixture->module);
  test_softhsm_sign (fixture->token, TEST_RSA, test_softhsm_get_scheme (TEST_RSA), TEST_PIN, 1,
                     FALSE, &fixture->outcome);
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED);
  g_assert_cmpint (eonay_card_error_get_pin_try (fixture->outcome.error), ==,
                   EONAY_PIN_TRY_NOT_SENT);

  test_softhsm_set_faults ("");
  eonay_pkcs11_module_rest (fixture->module);
  eonay_token_die (fixture->token);
  test_softhsm_sign (fixture->token, TEST_RSA, test_softhsm_get_scheme (TEST_RSA), TEST_PIN, 1,
                     FALSE, &fixture->outcome);
  g_assert_error (fixture->outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Login"), ==, 0);
}

/* A new process of the module's has to be told of nothing, and may count its slots anew. */
static void
test_new_host (Fixture *fixture, gconstpointer user_data)
{
  EonaySignatureScheme scheme = test_softhsm_get_scheme (TEST_RSA);
  const EonayPkcs11Slot *slot = eonay_pkcs11_token_get_slot (EONAY_PKCS11_TOKEN (fixture->token));
  guint64 id = slot->id;

  test_softhsm_set_faults ("renumber,list-first");
  eonay_pkcs11_module_rest (fixture->module);
  test_softhsm_sign (fixture->token, TEST_RSA, scheme, TEST_PIN, 1, FALSE, &fixture->outcome);
  test_softhsm_assert_signed (&fixture->outcome, TEST_RSA, scheme, 1);
  g_assert_cmpuint (slot->id, ==, id ^ 1);
}

/* What a module keeps of a PIN goes with its process. */
static void
test_ends_after_pin (Fixture *fixture, gconstpointer user_data)
{
  EonaySignatureScheme scheme = test_softhsm_get_scheme (TEST_RSA);

  test_softhsm_refresh (fixture->token, &fixture->outcome);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Initialize"), ==, 1);
  test_softhsm_sign (fixture->token, TEST_RSA, scheme, TEST_PIN, 1, FALSE, &fixture->outcome);
  test_softhsm_assert_signed (&fixture->outcome, TEST_RSA, scheme, 1);
  test_softhsm_refresh (fixture->token, &fixture->outcome);
  g_assert_no_error (fixture->outcome.error);
  g_assert_cmpuint (test_softhsm_count_calls ("C_Initialize"), ==, 2);
}

static void
test_endless_search (void)
{
  g_autoptr (EonayPkcs11Module) module = test_softhsm_new_module (0);
  g_autoptr (GPtrArray) slots = NULL;
  g_autoptr (GError) error = NULL;

  test_softhsm_set_faults ("endless");
  slots = test_softhsm_list (module, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (slots->len, ==, 1);
  g_assert_cmpuint (((EonayPkcs11Slot *) slots->pdata[0])->certificates->len, ==, 0);
}

static void
test_no_module (void)
{
  const struct {
    const char *path;
    const char *faults;
    EonayCardError error;
  } rows[] = {
    { "/nonexistent/module.so", "", EONAY_CARD_ERROR_MODULE_NO_LIBRARY },
    { "/etc/passwd", "", EONAY_CARD_ERROR_MODULE_FAILED },
    { "module.so", "", EONAY_CARD_ERROR_MODULE_NO_LIBRARY },
    { g_getenv ("TEST_SHIM"), "refuse-init", EONAY_CARD_ERROR_MODULE_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (EonayPkcs11Module) module = eonay_pkcs11_module_new (rows[i].path, NULL);
      g_autoptr (GError) error = NULL;

      test_softhsm_set_faults (rows[i].faults);
      g_assert_null (test_softhsm_list (module, NULL, &error));
      g_assert_error (error, EONAY_CARD_ERROR, (int) rows[i].error);
    }
}

static void
test_no_host (void)
{
  g_autoptr (EonayPkcs11Module) module = test_softhsm_new_module (0);
  g_autofree char *host = g_strdup (g_getenv ("EONAY_PKCS11_HOST"));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;

  test_softhsm_set_faults ("");
  g_setenv ("EONAY_PKCS11_HOST", "/nonexistent/host", TRUE);
  g_assert_null (test_softhsm_list (module, NULL, &error));
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_FAILED);
  g_setenv ("EONAY_PKCS11_HOST", host, TRUE);
  found = test_softhsm_list (module, NULL, NULL);
  g_assert_nonnull (found);
}

#define ADD(path_, faults_, function_) \
  g_test_add (path_, Fixture, faults_, set_up, function_, tear_down)

int
main (int argc, char *argv[])
{
  static const char *const quirks[] = {
    "null-init",
    "session-login",
    "no-search",
    "one-id",
    "garbled",
    "no-modulus,one-id",
    "always",
    "noisy",
    "null-init,session-login,no-search,one-id,garbled,no-modulus,always,noisy",
  };
  int status;

  g_test_init (&argc, &argv, NULL);
  test_softhsm_set_up ();

  ADD ("/card/pkcs11/lists", NULL, test_lists);
  ADD ("/card/pkcs11/signs", NULL, test_signs);
  for (gsize i = 0; i < G_N_ELEMENTS (quirks); i++)
    {
      g_autofree char *path = g_strdup_printf ("/card/pkcs11/signs/%s", quirks[i]);

      ADD (path, quirks[i], test_signs_with_every_key);
    }
  ADD ("/card/pkcs11/one-login-serves-a-batch", NULL, test_one_login_serves_a_batch);
  ADD ("/card/pkcs11/signatures-come-one-by-one", NULL, test_signatures_come_one_by_one);
  ADD ("/card/pkcs11/stops-between-signatures", NULL, test_stops_between_signatures);
  ADD ("/card/pkcs11/forged-signature-is-no-progress", "forge",
       test_forged_signature_is_no_progress);
  ADD ("/card/pkcs11/confirms-each-signature", "always", test_confirms_each_signature);
  ADD ("/card/pkcs11/hashes-itself", "only-hash", test_hashes_itself);
  ADD ("/card/pkcs11/garbled-labels", "garbled", test_garbled_labels);
  ADD ("/card/pkcs11/hidden-certificates", "hidden", test_hidden_certificates);
  ADD ("/card/pkcs11/skipped-reader", NULL, test_skipped_reader);
  ADD ("/card/pkcs11/keypad", "keypad", test_keypad);
  ADD ("/card/pkcs11/cancelled-on-keypad", "keypad,keypad-cancel", test_cancelled_on_keypad);
  ADD ("/card/pkcs11/cancelled-without-keypad", "keypad-cancel", test_cancelled_without_keypad);
  ADD ("/card/pkcs11/forged-signature", "forge", test_forged_signature);
  ADD ("/card/pkcs11/nonsense-lengths", "huge", test_nonsense_lengths);
  ADD ("/card/pkcs11/pulled-token", NULL, test_pulled_token);
  ADD ("/card/pkcs11/new-host", NULL, test_new_host);
  ADD ("/card/pkcs11/ends-after-pin", NULL, test_ends_after_pin);
  g_test_add_func ("/card/pkcs11/endless-search", test_endless_search);
  g_test_add_func ("/card/pkcs11/no-module", test_no_module);
  g_test_add_func ("/card/pkcs11/no-host", test_no_host);

  status = g_test_run ();
  test_softhsm_tear_down ();

  return status;
}
