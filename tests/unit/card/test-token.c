#include "base/eonay-error.h"
#include "card/eonay-reader-list.h"
#include "test-slots.h"

#define SLOT "Deneme okuyucusu 00 00"
#define ISOAPPLET_ATR "3b80800101"
#define PIN_STATUS_3 "{\"c\": \"00200001\", \"r\": \"63c3\"}"
#define PIN_STATUS_1 "{\"c\": \"00200001\", \"r\": \"63c1\"}"
#define PIN_STATUS_0 "{\"c\": \"00200001\", \"r\": \"63c0\"}"
#define TOKEN_INFO                                                                                 \
  "{\"c\": \"00a4080c0450155032\", \"r\": \"9000\"}",                                               \
  "{\"c\": \"00b0000000\", \"r\": \"3034020100040200000c07756e6b6e6f776e800b44454e454d45204b6172"  \
  "7403020410a511180f32303236313132303133323532335a9000\"}"
#define SELECT "{\"c\": \"00a404000cf276a288bcfba69d34f31001\", \"r\": \"9000\"}"
#define VERIFY_WRONG "{\"c\": \"002000011039393939393900000000000000000000\", \"r\": \"63c2\"}"
#define VERIFY_BLOCKED "{\"c\": \"002000011031323334353600000000000000000000\", \"r\": \"63c0\"}"

/* What a reader asks a card first: the certificates, then what the listing leaves out. */
#define LISTING(pin_status_) "list-lean", SELECT, TOKEN_INFO, pin_status_
#define N_LISTING 37
#define N_REFRESH 4
#define N_READ (N_LISTING + N_REFRESH)

static const char *const listing[] = { LISTING (PIN_STATUS_3), NULL };
static const char *const listing_blocked[] = { LISTING (PIN_STATUS_0), NULL };
static const char *const listing_rsa[] = { LISTING (PIN_STATUS_3), SELECT, PIN_STATUS_3,
                                           "sign-rsa-minimal/2", NULL };
static const char *const listing_ecdsa[] = { LISTING (PIN_STATUS_3), SELECT, PIN_STATUS_3,
                                             "sign-ecdsa-minimal/2", NULL };
static const char *const listing_wrong[] = { LISTING (PIN_STATUS_3), SELECT, PIN_STATUS_3,
                                             VERIFY_WRONG, NULL };
static const char *const listing_now_blocked[] = { LISTING (PIN_STATUS_1), SELECT,
                                                   PIN_STATUS_1, VERIFY_BLOCKED, NULL };

/* Another program has been at the card since the listing. */
static const char *const listing_last_try[] = { LISTING (PIN_STATUS_3), SELECT, PIN_STATUS_1,
                                                SELECT, PIN_STATUS_1, "sign-rsa-minimal/2", NULL };
static const char *const listing_spent[] = { LISTING (PIN_STATUS_3), SELECT, PIN_STATUS_0,
                                             NULL };

typedef struct {
  TestSlots *slots;
  EonayReaderList *list;
  EonayReader *reader;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->slots = test_slots_new ();
  fixture->list = eonay_reader_list_new (EONAY_SLOT_SOURCE (fixture->slots));
  test_slots_add (fixture->slots, SLOT);
  fixture->reader = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  g_assert_true (EONAY_IS_READER (fixture->reader));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->list));
  g_assert_finalize_object (g_steal_pointer (&fixture->reader));
  while (test_slots_get_transports (fixture->slots) > 0)
    g_thread_yield ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->slots));
}

static void
wait_until_read (Fixture *fixture)
{
  while (eonay_reader_get_state (fixture->reader) == EONAY_READER_READING)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_pin_state (EonayToken *token, GParamSpec *pspec, gboolean *told)
{
  *told = TRUE;
}

static void
wait_until_refreshed (Fixture *fixture)
{
  EonayToken *token = eonay_reader_get_token (fixture->reader);
  gboolean told = FALSE;
  gulong handler;

  if (token == NULL)
    return;

  handler = g_signal_connect (token, "notify::pin-state", G_CALLBACK (on_pin_state), &told);
  while (!told)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (token, handler);
}

static void
insert (Fixture *fixture, const char *const *transcripts)
{
  test_slots_insert (fixture->slots, SLOT, transcripts, ISOAPPLET_ATR);
  g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_READING);
  wait_until_read (fixture);
  wait_until_refreshed (fixture);
}

typedef struct {
  gboolean done;
  GPtrArray *signatures;
  GError *error;
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->signatures, g_ptr_array_unref);
  g_clear_error (&outcome->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
on_signed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->signatures = eonay_token_sign_finish (EONAY_TOKEN (source), result, &outcome->error);
  outcome->done = TRUE;
}

static GPtrArray *
digests_of_fixture (const char *algorithm, GChecksumType type)
{
  GPtrArray *digests = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GChecksum) checksum = g_checksum_new (type);
  guint8 digest[64];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) "deneme\n", 7);
  g_checksum_get_digest (checksum, digest, &length);
  g_ptr_array_add (digests, g_bytes_new (digest, length));

  return digests;
}

static void
begin_sign (Fixture *fixture, guint certificate, const char *pin, GCancellable *cancellable,
            Outcome *outcome)
{
  EonayToken *token = eonay_reader_get_token (fixture->reader);
  g_autoptr (EonayTokenCertificate) chosen =
      g_list_model_get_item (eonay_token_get_certificates (token), certificate);
  gboolean rsa = certificate != 1;
  g_autoptr (GPtrArray) digests =
      digests_of_fixture (NULL, rsa ? G_CHECKSUM_SHA256 : G_CHECKSUM_SHA384);

  eonay_token_sign_async (token, chosen,
                          rsa ? EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256
                              : EONAY_SIGNATURE_SCHEME_ECDSA_SHA384,
                          digests, eonay_secret_new (pin, strlen (pin)), cancellable, on_signed,
                          outcome);
}

static void
finish_sign (Outcome *outcome)
{
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_signature (const Outcome *outcome, const char *starts_with)
{
  g_autoptr (GBytes) expected = test_from_hex (starts_with);
  GBytes *signature;

  g_assert_no_error (outcome->error);
  g_assert_cmpuint (outcome->signatures->len, ==, 1);
  signature = g_ptr_array_index (outcome->signatures, 0);
  g_assert_cmpuint (g_bytes_get_size (signature), >, g_bytes_get_size (expected));
  g_assert_cmpmem (g_bytes_get_data (signature, NULL), g_bytes_get_size (expected),
                   g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
}

static void
test_lists_third_party_card (Fixture *fixture, gconstpointer user_data)
{
  static const struct {
    const char *file;
    const char *label;
    gboolean may_sign;
  } expected[] = {
    { "files/3f0050153400.bin", "AYŞE DENEME NES RSA", TRUE },
    { "files/3f0050153401.bin", "AYŞE DENEME NES EC", TRUE },
    { "files/3f0050153402.bin", "AYŞE DENEME NES eski", TRUE },
    { "files/3f0050153403.bin", "AYŞE DENEME giriş", TRUE },
  };
  EonayToken *token;
  GListModel *certificates;
  EonayPinState pin;

  insert (fixture, listing);
  g_assert_no_error (eonay_reader_get_error (fixture->reader));
  g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_READY);
  g_assert_cmpuint (test_slots_get_commands (fixture->slots), ==, N_READ);
  g_assert_false (test_slots_is_held (fixture->slots));
  g_assert_false (test_slots_is_connected (fixture->slots));

  token = eonay_reader_get_token (fixture->reader);
  g_assert_cmpstr (eonay_token_get_model (token), ==, "IsoApplet");
  g_assert_cmpstr (eonay_token_get_label (token), ==, "DENEME Kart");
  g_assert_cmpstr (eonay_token_get_serial (token), ==, "0000");
  g_assert_cmpstr (eonay_token_get_reader_name (token), ==, SLOT);
  certificates = eonay_token_get_certificates (token);
  g_assert_cmpuint (g_list_model_get_n_items (certificates), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (EonayTokenCertificate) certificate = g_list_model_get_item (certificates, i);
      g_autoptr (GBytes) file = test_read_file (expected[i].file);

      g_assert_true (g_bytes_equal (eonay_token_certificate_get_der (certificate), file));
      g_assert_cmpstr (eonay_token_certificate_get_label (certificate), ==, expected[i].label);
      g_assert_true (eonay_token_certificate_has_key (certificate));
      g_assert_true (eonay_token_certificate_may_sign (certificate) == expected[i].may_sign);
    }

  eonay_token_get_pin_state (token, NULL, &pin);
  g_assert_true (pin.known);
  g_assert_cmpint (pin.tries_left, ==, 3);
  g_assert_cmpint (pin.tries_max, ==, 3);
  g_assert_false (pin.blocked);
  g_assert_cmpuint (pin.min_length, ==, 4);
  g_assert_cmpuint (pin.max_length, ==, 16);
  g_assert_true (pin.numeric);
}

static void
test_signs_with_rsa (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Outcome) outcome = { 0 };

  insert (fixture, listing_rsa);
  begin_sign (fixture, 0, "123456", NULL, &outcome);
  finish_sign (&outcome);
  assert_signature (&outcome, "102d0d057c26474195074105bf915be4");
  g_assert_cmpuint (test_slots_get_commands (fixture->slots), ==, N_READ + 5);
  g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, 1);
  g_assert_cmpuint (test_slots_get_resets (fixture->slots), ==, 1);
  g_assert_false (test_slots_is_connected (fixture->slots));
}

static void
test_signs_with_ecdsa (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Outcome) outcome = { 0 };

  insert (fixture, listing_ecdsa);
  begin_sign (fixture, 1, "123456", NULL, &outcome);
  finish_sign (&outcome);
  assert_signature (&outcome, "3065023031b5a8f198021e481ce1874c");
}

static void
test_wrong_pin_tells_tries (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Outcome) outcome = { 0 };
  EonayPinState pin;

  insert (fixture, listing_wrong);
  begin_sign (fixture, 0, "999999", NULL, &outcome);
  finish_sign (&outcome);
  g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_cmpint (eonay_card_error_get_tries_left (outcome.error), ==, 2);
  g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, 1);
  eonay_token_get_pin_state (eonay_reader_get_token (fixture->reader), NULL, &pin);
  g_assert_true (pin.known);
  g_assert_cmpint (pin.tries_left, ==, 2);
}

static void
test_blocked_pin (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Outcome) outcome = { 0 };
  EonayPinState pin;

  insert (fixture, listing_now_blocked);
  begin_sign (fixture, 0, "123456", NULL, &outcome);
  finish_sign (&outcome);
  g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_BLOCKED);
  g_assert_cmpint (eonay_card_error_get_tries_left (outcome.error), ==, 0);
  eonay_token_get_pin_state (eonay_reader_get_token (fixture->reader), NULL, &pin);
  g_assert_true (pin.blocked);

  test_slots_pull (fixture->slots, SLOT);
  insert (fixture, listing_blocked);
  eonay_token_get_pin_state (eonay_reader_get_token (fixture->reader), NULL, &pin);
  g_assert_true (pin.known);
  g_assert_true (pin.blocked);
  g_assert_cmpint (pin.tries_left, ==, 0);
}

static void
test_last_try_is_told_first (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Outcome) untold = { 0 };
  g_auto (Outcome) told = { 0 };
  EonayPinState pin;

  insert (fixture, listing_last_try);
  begin_sign (fixture, 0, "123456", NULL, &untold);
  finish_sign (&untold);
  g_assert_error (untold.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_LAST_TRY);
  g_assert_cmpint (eonay_card_error_get_tries_left (untold.error), ==, 1);
  g_assert_cmpint (eonay_card_error_get_pin_try (untold.error), ==, EONAY_PIN_TRY_UNKNOWN);
  g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, 0);
  eonay_token_get_pin_state (eonay_reader_get_token (fixture->reader), NULL, &pin);
  g_assert_true (pin.known);
  g_assert_cmpint (pin.tries_left, ==, 1);

  begin_sign (fixture, 0, "123456", NULL, &told);
  finish_sign (&told);
  assert_signature (&told, "102d0d057c26474195074105bf915be4");
  g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, 1);
}

static void
test_spent_by_another_program (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Outcome) outcome = { 0 };
  EonayPinState pin;

  insert (fixture, listing_spent);
  begin_sign (fixture, 0, "123456", NULL, &outcome);
  finish_sign (&outcome);
  g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_BLOCKED);
  g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, 0);
  eonay_token_get_pin_state (eonay_reader_get_token (fixture->reader), NULL, &pin);
  g_assert_true (pin.blocked);
}

/* After a VERIFY that told nothing, an old number would be a guess. */
static void
test_tries_are_unknown_without_answer (Fixture *fixture, gconstpointer user_data)
{
  const TestFault faults[] = { TEST_FAULT_RESET, TEST_FAULT_REMOVED, TEST_FAULT_STATUS };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_auto (Outcome) outcome = { 0 };
      EonayPinState pin;

      insert (fixture, listing_wrong);
      test_slots_set_fault (fixture->slots, 3, faults[i], 0x6300);
      begin_sign (fixture, 0, "999999", NULL, &outcome);
      finish_sign (&outcome);
      g_assert_nonnull (outcome.error);
      g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, i + 1);
      eonay_token_get_pin_state (eonay_reader_get_token (fixture->reader), NULL, &pin);
      g_assert_false (pin.known);
      g_assert_cmpint (pin.tries_left, ==, -1);
      g_assert_false (pin.blocked);
      test_slots_pull (fixture->slots, SLOT);
    }
}

static void
test_bad_pins_are_not_sent (Fixture *fixture, gconstpointer user_data)
{
  static const char *const bad[] = { "", "123", "12345678901234567", "12345a", "１２３４" };

  insert (fixture, listing);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto (Outcome) outcome = { 0 };

      begin_sign (fixture, 0, bad[i], NULL, &outcome);
      finish_sign (&outcome);
      g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_LENGTH);
    }
  g_assert_cmpuint (test_slots_get_commands (fixture->slots), ==, N_READ);
}

static void
test_cancelled_before_it_begins (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Outcome) outcome = { 0 };

  insert (fixture, listing_rsa);
  g_cancellable_cancel (cancellable);
  begin_sign (fixture, 0, "123456", cancellable, &outcome);
  finish_sign (&outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (test_slots_get_commands (fixture->slots), ==, N_READ);
}

static void
test_pulled_at_each_command_of_list (Fixture *fixture, gconstpointer user_data)
{
  for (guint n = 1; n <= N_LISTING; n++)
    {
      test_slots_set_fault (fixture->slots, n, TEST_FAULT_REMOVED, 0);
      insert (fixture, listing);
      g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_FAILED);
      g_assert_error (eonay_reader_get_error (fixture->reader), EONAY_CARD_ERROR,
                      EONAY_CARD_ERROR_REMOVED);
      g_assert_null (eonay_reader_get_token (fixture->reader));
      test_slots_pull (fixture->slots, SLOT);
      g_assert_cmpint (eonay_reader_get_state (fixture->reader), ==, EONAY_READER_EMPTY);
    }
}

static void
test_pulled_at_each_command_of_sign (Fixture *fixture, gconstpointer user_data)
{
  const EonayPinTry pin_tries[] = { EONAY_PIN_TRY_NOT_SENT, EONAY_PIN_TRY_NOT_SENT,
                                    EONAY_PIN_TRY_UNCERTAIN, EONAY_PIN_TRY_ACCEPTED,
                                    EONAY_PIN_TRY_ACCEPTED };

  for (guint n = 1; n <= G_N_ELEMENTS (pin_tries); n++)
    {
      g_auto (Outcome) outcome = { 0 };
      guint verifies = test_slots_get_verifies (fixture->slots);

      insert (fixture, listing_rsa);
      test_slots_set_fault (fixture->slots, n, TEST_FAULT_REMOVED, 0);
      begin_sign (fixture, 0, "123456", NULL, &outcome);
      finish_sign (&outcome);
      g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED);
      g_assert_cmpint (eonay_card_error_get_pin_try (outcome.error), ==, pin_tries[n - 1]);
      g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, verifies + (n >= 3));
      test_slots_pull (fixture->slots, SLOT);
    }
}

static const guint16 statuses[] = { 0x6282, 0x6300, 0x63C2, 0x63C0, 0x6581, 0x6700, 0x6882,
                                    0x6883, 0x6982, 0x6983, 0x6984, 0x6985, 0x6A80, 0x6A81,
                                    0x6A82, 0x6A86, 0x6A88, 0x6B00, 0x6C00, 0x6C10, 0x6100,
                                    0x6110, 0x6D00, 0x6E00, 0x6F00, 0x0000, 0xFFFF };

/* Whatever a card answers to a command of the listing, the reader ends in a state that says so. */
static void
test_faults_at_each_command_of_list (Fixture *fixture, gconstpointer user_data)
{
  for (guint n = 1; n <= N_LISTING; n++)
    for (guint s = 0; s < G_N_ELEMENTS (statuses) + 4; s++)
      {
        gboolean by_status = s < G_N_ELEMENTS (statuses);
        TestFault fault = by_status ? TEST_FAULT_STATUS
                                    : TEST_FAULT_RESET + 2 * (s > G_N_ELEMENTS (statuses)) +
                                          (s > G_N_ELEMENTS (statuses)
                                               ? s - G_N_ELEMENTS (statuses) - 1
                                               : 0);
        EonayReaderState state;

        test_slots_set_fault (fixture->slots, n, fault, by_status ? statuses[s] : 0);
        insert (fixture, listing);
        state = eonay_reader_get_state (fixture->reader);
        if (state == EONAY_READER_READY)
          g_assert_null (eonay_reader_get_error (fixture->reader));
        else
          {
            g_assert_true (state == EONAY_READER_FAILED || state == EONAY_READER_UNSUPPORTED);
            g_assert_true (eonay_reader_get_error (fixture->reader)->domain == EONAY_CARD_ERROR);
          }
        g_assert_false (test_slots_is_connected (fixture->slots));
        test_slots_pull (fixture->slots, SLOT);
      }
  g_assert_cmpuint (test_slots_get_verifies (fixture->slots), ==, 0);
}

static void
test_faults_at_each_command_of_sign (Fixture *fixture, gconstpointer user_data)
{
  for (guint n = 1; n <= 5; n++)
    for (guint s = 0; s < G_N_ELEMENTS (statuses) + 3; s++)
      {
        gboolean by_status = s < G_N_ELEMENTS (statuses);
        TestFault fault = by_status ? TEST_FAULT_STATUS
                                    : TEST_FAULT_EMPTY + (s - G_N_ELEMENTS (statuses));
        g_auto (Outcome) outcome = { 0 };
        guint verifies = test_slots_get_verifies (fixture->slots);

        insert (fixture, listing_rsa);
        test_slots_set_fault (fixture->slots, n, fault, by_status ? statuses[s] : 0);
        begin_sign (fixture, 0, "123456", NULL, &outcome);
        finish_sign (&outcome);
        g_assert_cmpuint (test_slots_get_verifies (fixture->slots), <=, verifies + 1);
        if (outcome.error != NULL)
          g_assert_true (outcome.error->domain == EONAY_CARD_ERROR);
        else
          assert_signature (&outcome, "102d0d057c26474195074105bf915be4");
        if (n == 5 && !by_status)
          g_assert_nonnull (outcome.error);
        if (n == 5 && fault >= TEST_FAULT_GARBAGE)
          g_assert_error (outcome.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_SIGNATURE_MISMATCH);
        g_assert_false (test_slots_is_connected (fixture->slots));
        test_slots_pull (fixture->slots, SLOT);
      }
}

#define ADD(name_, function_) \
  g_test_add ("/card/token/" name_, Fixture, NULL, set_up, function_, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("lists-third-party-card", test_lists_third_party_card);
  ADD ("signs-with-rsa", test_signs_with_rsa);
  ADD ("signs-with-ecdsa", test_signs_with_ecdsa);
  ADD ("wrong-pin-tells-tries", test_wrong_pin_tells_tries);
  ADD ("blocked-pin", test_blocked_pin);
  ADD ("last-try-is-told-first", test_last_try_is_told_first);
  ADD ("spent-by-another-program", test_spent_by_another_program);
  ADD ("tries-are-unknown-without-answer", test_tries_are_unknown_without_answer);
  ADD ("bad-pins-are-not-sent", test_bad_pins_are_not_sent);
  ADD ("cancelled-before-it-begins", test_cancelled_before_it_begins);
  ADD ("pulled-at-each-command-of-list", test_pulled_at_each_command_of_list);
  ADD ("pulled-at-each-command-of-sign", test_pulled_at_each_command_of_sign);
  ADD ("faults-at-each-command-of-list", test_faults_at_each_command_of_list);
  ADD ("faults-at-each-command-of-sign", test_faults_at_each_command_of_sign);

  return g_test_run ();
}
