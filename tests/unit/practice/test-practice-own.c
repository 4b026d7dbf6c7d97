#include "client-probe.h"

#include "base/eonay-error.h"
#include "card/reader/eonay-reader-backend.h"

#define SELECT_PKCS15 "00a4040c 0c a000000063504b43532d3135"
#define VERIFY "00200001 08 313233343536ffff"
#define VERIFY_WRONG "00200001 08 393939393939ffff"
#define DIGEST_INFO "3031300d060960864801650304020105000420"
#define ZEROES "0000000000000000000000000000000000000000000000000000000000000000"

#define PIN_REFERENCE 0x01
#define OFFICER_REFERENCE 0x03
#define PUK_REFERENCE 0x11

/* MSE SET by file, and nothing else; PSO without Le loses the signature. */
static void
test_myeid_signs_by_file (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_MYEID);
  g_autoptr (GBytes) signature = NULL;

  probe_expect (card, SELECT_PKCS15, "9000");
  probe_expect (card, "002241b6 06 800102 840100", "6a88");
  probe_expect (card, "002241b6 07 81024b01 840100", "6a80");
  probe_expect (card, "002241b6 0a 800102 81024b01 840145", "6a80");
  probe_expect (card, "002241b6 0a 800102 81024b09 840100", "6a88");
  probe_expect (card, "002241b6 0a 800102 81024b01 840100", "9000");
  probe_expect (card, "002a9e9a 33" DIGEST_INFO ZEROES "00", "6985");
  probe_expect (card, VERIFY, "9000");
  probe_expect (card, "002a9e9a 33" DIGEST_INFO ZEROES, "9000");
  signature = probe_read (card, "002a9e9a 33" DIGEST_INFO ZEROES "00");
  g_assert_cmpuint (g_bytes_get_size (signature), ==, 256);
}

static void
test_myeid_pins (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_MYEID);

  probe_expect (card, SELECT_PKCS15, "9000");
  probe_expect (card, "00200001", "63c3");
  probe_expect (card, VERIFY_WRONG, "63c2");
  probe_expect (card, "00200001", "63c2");
  probe_expect (card, VERIFY, "9000");
  probe_expect (card, "00200001", "9000");
  /* The PUK is no PIN, and has more tries. */
  probe_expect (card, "00200011", "6a88");
  probe_expect (card, "002c0001 10 3939393939393939 363534333231ffff", "63c9");
  probe_expect (card, "002c0001 10 3132333435363738 363534333231ffff", "9000");
  probe_expect (card, "00200001 08 363534333231ffff", "9000");
}

/* Every answer waits; 6100 is nothing after SELECT, and 256 bytes after READ. */
static void
test_myeid_waits_at_t0 (void)
{
  g_autoptr (EonayPracticeCard) card = probe_card (EONAY_PRACTICE_CARD_MYEID_T0);
  g_autoptr (GBytes) rest = NULL;

  probe_expect (card, SELECT_PKCS15, "6100");
  probe_expect (card, "00c0000000", "6985");
  probe_expect (card, "00a4080c 04 50153400", "6100");
  probe_expect (card, "00b0000000", "6100");
  rest = probe_read (card, "00c0000000");
  g_assert_cmpuint (g_bytes_get_size (rest), ==, 256);
}

static void
set_up (ProbeClient *client, gconstpointer kind)
{
  probe_client_set_up (client, kind);
}

/* The officer's PIN comes first, and is neither asked nor taken for the person's. */
static void
test_myeid_blocks_as_blocked (ProbeClient *client, gconstpointer user_data)
{
  g_autoptr (EonayPracticeCard) card = g_object_ref (eonay_practice_slots_get_card (client->slots));
  g_autoptr (EonayTokenCertificate) chosen = probe_client_get_certificate (client, 0);
  g_autoptr (GError) error = NULL;
  EonayPinState pin, puk;

  g_assert_true (eonay_token_can_use_keys (client->token));
  g_assert_false (eonay_reader_backend_wants_module (client->reader));
  eonay_token_get_pin_state (client->token, chosen, &pin);
  g_assert_cmpint (pin.tries_left, ==, 3);
  g_assert_cmpuint (pin.max_length, ==, 8);
  eonay_token_get_puk_state (client->token, chosen, &puk);
  g_assert_false (puk.absent);
  g_assert_cmpint (puk.tries_max, ==, 10);
  g_assert_true (
      eonay_token_check_request (client->token, EONAY_TOKEN_REQUEST_UNBLOCK, chosen, &error));

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GBytes) answer = probe_send (card, VERIFY_WRONG);

      g_assert_cmpuint (g_bytes_get_size (answer), ==, 2);
    }
  eonay_practice_slots_set_card (client->slots, NULL);
  while (eonay_reader_get_state (client->reader) != EONAY_READER_EMPTY)
    g_main_context_iteration (NULL, TRUE);
  probe_client_insert (client, card);
  eonay_token_get_pin_state (client->token, NULL, &pin);
  g_assert_true (pin.known && pin.blocked);
  g_assert_cmpint (eonay_practice_card_get_tries (card, OFFICER_REFERENCE), ==, 3);
}

static void
test_list_only (ProbeClient *client, gconstpointer user_data)
{
  EonayPracticeCard *card = eonay_practice_slots_get_card (client->slots);
  g_autoptr (EonayTokenCertificate) chosen = probe_client_get_certificate (client, 0);
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GError) change = NULL;
  EonaySigningKnowledge knowledge;
  EonayPinState puk;

  /* Known before any PIN, and the modules are asked for it. */
  g_assert_true (eonay_reader_get_knowledge (client->reader, &knowledge));
  g_assert_cmpint (knowledge, ==, EONAY_SIGNING_UNKNOWN);
  g_assert_true (eonay_reader_backend_wants_module (client->reader));
  g_assert_false (eonay_token_can_use_keys (client->token));
  g_assert_true (eonay_token_certificate_needs_module (chosen));
  g_assert_null (eonay_token_get_module_name (client->token));

  /* The PIN is kept as PKCS#15 says, the PUK is not described. */
  g_assert_true (eonay_token_can_use_pins (client->token));
  eonay_token_check_request (client->token, EONAY_TOKEN_REQUEST_CHANGE_PIN, chosen, &change);
  g_assert_no_error (change);
  eonay_token_get_puk_state (client->token, chosen, &puk);
  g_assert_true (puk.absent);
  g_assert_false (
      eonay_token_check_request (client->token, EONAY_TOKEN_REQUEST_UNBLOCK, chosen, &refusal));
  g_assert_error (refusal, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NO_PUK);

  /* Nothing was asked that might cost a try. */
  g_assert_cmpint (eonay_practice_card_get_tries (card, PIN_REFERENCE), ==, 3);
}

/* Whoever orders a signature or an unblocking all the same is refused without a PIN on its way. */
static void
test_list_only_sends_no_pin (ProbeClient *client, gconstpointer user_data)
{
  EonayPracticeCard *card = eonay_practice_slots_get_card (client->slots);
  g_autoptr (EonayTokenCertificate) chosen = probe_client_get_certificate (client, 0);
  g_autoptr (GBytes) digest = g_bytes_new (ZEROES, 32);
  g_autoptr (GPtrArray) digests = g_ptr_array_new ();
  g_autoptr (GPtrArray) signatures = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unblocked = NULL;

  g_ptr_array_add (digests, digest);
  signatures = probe_client_sign (client, chosen, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, digests,
                                  PROBE_WRONG_PIN, &error);
  g_assert_null (signatures);
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_NEEDED);
  g_assert_cmpint (eonay_card_error_get_pin_try (error), ==, EONAY_PIN_TRY_NOT_SENT);
  probe_client_set_pin (client, 0, TRUE, "00000000", "246802", &unblocked);
  g_assert_error (unblocked, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NO_PUK);
  g_assert_cmpint (eonay_practice_card_get_tries (card, PIN_REFERENCE), ==, 3);
  g_assert_cmpint (eonay_practice_card_get_tries (card, PUK_REFERENCE), ==, 3);
}

static void
test_list_only_changes_pin (ProbeClient *client, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  probe_client_set_pin (client, 0, FALSE, PROBE_PIN, "135790", &error);
  g_assert_no_error (error);
}

#define ADD(path_, kind_, function_)                                                           \
  g_test_add ("/practice/own/" path_, ProbeClient, GINT_TO_POINTER (kind_), set_up, function_, \
              probe_client_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/own/myeid/signs-by-file", test_myeid_signs_by_file);
  g_test_add_func ("/practice/own/myeid/pins", test_myeid_pins);
  g_test_add_func ("/practice/own/myeid/waits-at-t0", test_myeid_waits_at_t0);
  ADD ("myeid/blocks-as-blocked", EONAY_PRACTICE_CARD_MYEID, test_myeid_blocks_as_blocked);
  ADD ("myeid/blocks-as-blocked-at-t0", EONAY_PRACTICE_CARD_MYEID_T0, test_myeid_blocks_as_blocked);
  ADD ("list-only/is-known-before-the-pin", EONAY_PRACTICE_CARD_LIST_ONLY, test_list_only);
  ADD ("list-only/sends-no-pin", EONAY_PRACTICE_CARD_LIST_ONLY, test_list_only_sends_no_pin);
  ADD ("list-only/changes-pin", EONAY_PRACTICE_CARD_LIST_ONLY, test_list_only_changes_pin);

  return g_test_run ();
}
