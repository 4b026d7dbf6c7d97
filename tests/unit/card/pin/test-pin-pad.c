#include <glib/gstdio.h>
#include <string.h>

#include "base/eonay-error.h"
#include "card/pcsc/eonay-reader-features.h"
#include "card/pin/eonay-card-pin.h"
#include "card/trace/eonay-replay-transport.h"
#include "card/trace/eonay-trace-transport.h"
#include "support/test-pad.h"

#define OF_UP_TO(max_)                                                           \
  {                                                                              \
    .encoding = EONAY_PIN_ENCODING_DIGITS, .min_length = 4, .max_length = (max_) \
  }

/* A card's exchanges: each with the PIN as the keypad has to put it. */
#define VARIABLE_OK "{\"c\": \"0020008106313233343536\", \"r\": \"9000\"}\n"
#define VARIABLE_WRONG "{\"c\": \"0020008106313233343536\", \"r\": \"63c2\"}\n"
#define PADDED_OK "{\"c\": \"002000810831323334ffffffff\", \"r\": \"9000\"}\n"

static const EonayPinFormat variable = OF_UP_TO (12);
static const EonayPinFormat padded = { .encoding = EONAY_PIN_ENCODING_DIGITS,
                                       .min_length = 4,
                                       .max_length = 8,
                                       .padded = TRUE,
                                       .pad = 0xFF,
                                       .stored_length = 8 };

typedef struct {
  TestPadScript script;
  EonayTransport *transport;
  EonayUnblockStyle unblock;
  EonayCardPin *pin;
  EonayTokenRequest *request;
  GError *error;
} Fixture;

static void
fixture_clear (Fixture *fixture)
{
  g_clear_object (&fixture->transport);
  g_clear_pointer (&fixture->pin, eonay_card_pin_free);
  g_clear_pointer (&fixture->request, eonay_token_request_free);
  g_clear_error (&fixture->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static EonayCardPin *
new_pin_unblocked (EonayPinRole role, const EonayPinFormat *format, EonayUnblockStyle unblock)
{
  const EonayCardPinRules rules = { .role = role,
                                    .format = *format,
                                    .unblock = unblock,
                                    .tries_max = 3,
                                    .reference = role == EONAY_PIN_ROLE_PIN ? 0x81 : 0x82 };

  return eonay_card_pin_new (&rules);
}

static EonayCardPin *
new_pin (EonayPinRole role, const EonayPinFormat *format)
{
  return new_pin_unblocked (role, format, EONAY_UNBLOCK_WITH_PUK);
}

static void
set_up (Fixture *fixture, const char *exchanges, const EonayPinFormat *format)
{
  g_autoptr (GBytes) atr = g_bytes_new_static ("\x3b\x00", 2);
  EonayTransport *card = eonay_replay_transport_new (exchanges, atr, EONAY_PROTOCOL_T1,
                                                     &fixture->error);

  g_assert_no_error (fixture->error);
  if (fixture->script.features == NULL)
    fixture->script.features = TEST_PAD_FEATURES;
  fixture->transport = test_pad_new (card, &fixture->script);
  g_assert_true (eonay_transport_connect (fixture->transport, NULL));
  fixture->pin = new_pin_unblocked (EONAY_PIN_ROLE_PIN, format, fixture->unblock);
  fixture->request = eonay_token_request_new (EONAY_TOKEN_REQUEST_SIGN, NULL, NULL);
  fixture->request->typed_on_reader = TRUE;
  fixture->request->pin_pad = eonay_pin_pad_new ();
  eonay_pin_pad_ask (fixture->request->pin_pad, fixture->transport);
  test_pad_agree (fixture->request, fixture->pin);
}

static gboolean
verify (Fixture *fixture)
{
  return eonay_card_pin_verify (fixture->pin, fixture->transport, fixture->request, FALSE,
                                &fixture->error);
}

static void
assert_tries (Fixture *fixture, int tries)
{
  EonayPinState state;

  eonay_card_pin_get_state (fixture->pin, &state);
  g_assert_cmpint (state.tries_left, ==, tries);
  g_assert_cmpint (state.known, ==, tries >= 0);
}

static void
assert_command (const TestPadRequest *request, const char *bytes, gsize length)
{
  g_assert_cmpmem (request->command, request->command_length, bytes, length);
}

static void
assert_timing (const TestPadRequest *request)
{
  g_assert_cmpuint (request->time_out, ==, 30);
  g_assert_cmpuint (request->time_out2, ==, 30);
  g_assert_cmphex (request->condition, ==, 0x02);
  g_assert_cmphex (request->language, ==, 0x041F);
  g_assert_cmphex (request->prologue, ==, 0);
}

static void
test_verifies_without_padding (void)
{
  g_auto (Fixture) fixture = { .script.typed = { "123456" } };
  const TestPadRequest *request = &fixture.script.request;

  set_up (&fixture, VARIABLE_OK, &variable);
  g_assert_true (eonay_card_pin_fits_pad (fixture.pin, fixture.request->pin_pad));
  verify (&fixture);
  g_assert_no_error (fixture.error);
  g_assert_cmpint (fixture.request->pin_try, ==, EONAY_PIN_TRY_ACCEPTED);
  assert_tries (&fixture, 3);
  g_assert_cmpuint (fixture.script.sent, ==, 1);
  g_assert_false (request->modifies);
  assert_timing (request);
  g_assert_cmphex (request->format_string, ==, 0x82);
  g_assert_cmphex (request->block_string, ==, 0);
  g_assert_cmphex (request->length_format, ==, 0);
  g_assert_cmpuint (request->min, ==, 4);
  g_assert_cmpuint (request->max, ==, 12);
  g_assert_cmpuint (request->n_messages, ==, 1);
  g_assert_cmpuint (request->messages[0], ==, 0);
  assert_command (request, "\x00\x20\x00\x81", 4);
}

static void
test_verifies_in_a_block (void)
{
  g_auto (Fixture) fixture = { .script.typed = { "1234" } };

  set_up (&fixture, PADDED_OK, &padded);
  verify (&fixture);
  g_assert_no_error (fixture.error);
  g_assert_cmphex (fixture.script.request.format_string, ==, 0x82);
  g_assert_cmphex (fixture.script.request.block_string, ==, 0x08);
  g_assert_cmpuint (fixture.script.request.max, ==, 8);
  assert_command (&fixture.script.request, "\x00\x20\x00\x81\x08\xff\xff\xff\xff\xff\xff\xff\xff",
                  13);
}

static void
test_verifies_with_length_and_values (void)
{
  const EonayPinFormat format = { .encoding = EONAY_PIN_ENCODING_DIGIT_VALUES,
                                  .min_length = 4,
                                  .max_length = 6,
                                  .padded = TRUE,
                                  .pad = 0x00,
                                  .stored_length = 6,
                                  .length_first = TRUE };
  g_auto (Fixture) fixture = { .script.typed = { "9876" } };

  set_up (&fixture, "{\"c\": \"002000810704090807060000\", \"r\": \"9000\"}\n", &format);
  verify (&fixture);
  g_assert_no_error (fixture.error);
  g_assert_cmphex (fixture.script.request.format_string, ==, 0x88);
  g_assert_cmphex (fixture.script.request.block_string, ==, 0x86);
  g_assert_cmphex (fixture.script.request.length_format, ==, 0x10);
}

static void
test_changes (void)
{
  static const struct {
    const EonayPinFormat *format;
    const char *exchange;
    guint offset_new;
    gsize command_length;
  } rows[] = {
    { &variable, "{\"c\": \"0024008109313233343531323334\", \"r\": \"9000\"}\n", 0, 4 },
    { &padded, "{\"c\": \"00240081103132333435ffffff31323334ffffffff\", \"r\": \"9000\"}\n", 8,
      21 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Fixture) fixture = { .script.typed = { "12345", "1234", "1234" } };
      const TestPadRequest *request = &fixture.script.request;

      set_up (&fixture, rows[i].exchange, rows[i].format);
      g_assert_true (
          eonay_card_pin_change_fits_pad (fixture.pin, fixture.pin, fixture.request->pin_pad));
      eonay_card_pin_change (fixture.pin, fixture.transport, fixture.request, &fixture.error);
      g_assert_no_error (fixture.error);
      g_assert_cmpint (fixture.request->pin_try, ==, EONAY_PIN_TRY_UNCERTAIN);
      assert_timing (request);
      g_assert_true (request->modifies);
      g_assert_cmpuint (request->confirm, ==, 3);
      g_assert_cmpuint (request->offset_old, ==, 0);
      g_assert_cmpuint (request->offset_new, ==, rows[i].offset_new);
      g_assert_cmpuint (request->n_messages, ==, 3);
      for (guint message = 0; message < 3; message++)
        g_assert_cmpuint (request->messages[message], ==, message);
      g_assert_cmpuint (request->command_length, ==, rows[i].command_length);
    }
}

static void
unblock (Fixture *fixture, EonayCardPin *puk)
{
  test_pad_agree (fixture->request, puk);
  eonay_card_pin_unblock (fixture->pin, puk, fixture->transport, fixture->request, &fixture->error);
}

static void
test_unblocks_in_one (void)
{
  g_auto (Fixture) fixture = { .script.typed = { "87654321", "2468", "2468" } };
  const EonayPinFormat format = OF_UP_TO (8);
  const EonayPinFormat puk_format = { .encoding = EONAY_PIN_ENCODING_DIGITS,
                                      .min_length = 8,
                                      .max_length = 10 };
  g_autoptr (EonayCardPin) puk = new_pin (EONAY_PIN_ROLE_PUK, &puk_format);

  set_up (&fixture, "{\"c\": \"002c00810c383736353433323132343638\", \"r\": \"9000\"}\n", &format);
  unblock (&fixture, puk);
  g_assert_no_error (fixture.error);
  g_assert_cmpuint (fixture.script.request.confirm, ==, 3);
  g_assert_cmpuint (fixture.script.request.min, ==, 4);
  g_assert_cmpuint (fixture.script.request.max, ==, 10);
  assert_tries (&fixture, 3);
}

#define PUK_THEN_PIN                                           \
  "{\"c\": \"00200082083837363534333231\", \"r\": \"9000\"}\n" \
  "{\"c\": \"002c02810432343638\", \"r\": \"9000\"}\n"

static void
test_unblocks_after_puk (void)
{
  g_auto (Fixture) fixture = { .script.typed = { "87654321", "2468", "2468" },
                               .unblock = EONAY_UNBLOCK_AFTER_PUK };
  g_autoptr (EonayCardPin) puk = new_pin (EONAY_PIN_ROLE_PUK, &variable);

  set_up (&fixture, PUK_THEN_PIN, &variable);
  unblock (&fixture, puk);
  g_assert_no_error (fixture.error);
  g_assert_cmpuint (fixture.script.sent, ==, 2);
  g_assert_cmpuint (fixture.script.request.confirm, ==, 1);
  g_assert_cmpuint (fixture.script.request.n_messages, ==, 2);
  g_assert_cmpuint (fixture.script.request.messages[0], ==, 1);
  g_assert_cmpuint (fixture.script.request.messages[1], ==, 2);
}

/* The card has taken the PUK by then, and has to be reset. */
static void
test_new_pin_is_not_typed_after_puk (void)
{
  g_auto (Fixture) fixture = { .script.typed = { "87654321" }, .unblock = EONAY_UNBLOCK_AFTER_PUK };
  g_autoptr (EonayCardPin) puk = new_pin (EONAY_PIN_ROLE_PUK, &variable);

  set_up (&fixture, PUK_THEN_PIN, &variable);
  unblock (&fixture, puk);
  g_assert_error (fixture.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_PAD_TIMED_OUT);
  g_assert_cmpint (fixture.request->pin_try, ==, EONAY_PIN_TRY_ACCEPTED);
  g_assert_cmpuint (fixture.script.sent, ==, 1);
}

static void
test_wrong_pin_tells_tries (void)
{
  g_auto (Fixture) fixture = { .script.typed = { "123456" } };

  set_up (&fixture, VARIABLE_WRONG, &variable);
  g_assert_false (verify (&fixture));
  g_assert_error (fixture.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_cmpint (eonay_card_error_get_tries_left (fixture.error), ==, 2);
  assert_tries (&fixture, 2);
  g_assert_cmpint (fixture.request->pin_try, ==, EONAY_PIN_TRY_UNCERTAIN);
}

/* What the reader keeps to itself costs nothing, and the tries are as they were. */
static void
test_what_is_not_sent_costs_nothing (void)
{
  static const struct {
    const char *typed[3];
    gboolean change;
    int code; /* -1: cancelled */
  } rows[] = {
    { { NULL }, FALSE, EONAY_CARD_ERROR_PIN_PAD_TIMED_OUT },
    { { "cancel" }, FALSE, -1 },
    { { "123" }, FALSE, EONAY_CARD_ERROR_PIN_LENGTH },
    { { "1234567890123" }, FALSE, EONAY_CARD_ERROR_PIN_LENGTH },
    { { "123456", NULL }, TRUE, EONAY_CARD_ERROR_PIN_PAD_TIMED_OUT },
    { { "123456", "cancel" }, TRUE, -1 },
    { { "123456", "2468", "2469" }, TRUE, EONAY_CARD_ERROR_NEW_PINS_DIFFER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Fixture) fixture = { 0 };

      set_up (&fixture, VARIABLE_WRONG, &variable);
      fixture.script.typed[0] = "123456";
      verify (&fixture);
      g_clear_error (&fixture.error);
      test_pad_agree (fixture.request, fixture.pin);
      fixture.script.n_typed = 0;
      memcpy (fixture.script.typed, rows[i].typed, sizeof rows[i].typed);
      g_assert_false (rows[i].change ? eonay_card_pin_change (fixture.pin, fixture.transport,
                                                              fixture.request, &fixture.error)
                                     : verify (&fixture));
      if (rows[i].code < 0)
        g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_error (fixture.error, EONAY_CARD_ERROR, rows[i].code);
      g_assert_cmpint (fixture.request->pin_try, ==, EONAY_PIN_TRY_NOT_SENT);
      g_assert_cmpuint (fixture.script.sent, ==, 1);
      assert_tries (&fixture, 2);
    }
}

static void
test_puk_of_wrong_length (void)
{
  g_auto (Fixture) fixture = { .script.typed = { "1" }, .unblock = EONAY_UNBLOCK_AFTER_PUK };
  g_autoptr (EonayCardPin) puk = new_pin (EONAY_PIN_ROLE_PUK, &variable);

  set_up (&fixture, PUK_THEN_PIN, &variable);
  unblock (&fixture, puk);
  g_assert_error (fixture.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PUK_LENGTH);
}

static void
test_reader_fails (void)
{
  static const struct {
    int code;
    EonayPinTry pin_try;
  } rows[] = {
    { EONAY_CARD_ERROR_PIN_PAD_REFUSED, EONAY_PIN_TRY_UNCERTAIN },
    { EONAY_CARD_ERROR_NO_READER, EONAY_PIN_TRY_UNCERTAIN },
    { EONAY_CARD_ERROR_REMOVED, EONAY_PIN_TRY_UNCERTAIN },
    { EONAY_CARD_ERROR_UNRESPONSIVE, EONAY_PIN_TRY_UNCERTAIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Fixture) fixture = { .script = { .fails = TRUE, .error = rows[i].code } };

      set_up (&fixture, VARIABLE_OK, &variable);
      g_assert_false (verify (&fixture));
      g_assert_error (fixture.error, EONAY_CARD_ERROR, rows[i].code);
      g_assert_cmpint (fixture.request->pin_try, ==, rows[i].pin_try);
      assert_tries (&fixture, -1);
    }
}

static void
test_reader_breaks_on_great_maxima (void)
{
  const EonayPinFormat format = OF_UP_TO (64);
  g_auto (Fixture) fixture = { .script = { .typed = { "123456" }, .most = 15 } };
  g_auto (Fixture) worse = { .script = { .typed = { "123456" }, .most = 10 } };

  set_up (&fixture, VARIABLE_OK, &format);
  verify (&fixture);
  g_assert_no_error (fixture.error);
  g_assert_cmpuint (fixture.script.request.max, ==, 15);

  /* One that breaks earlier says 6B80: no reason to try again, and nothing was sent. */
  set_up (&worse, VARIABLE_OK, &format);
  verify (&worse);
  g_assert_error (worse.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PROTOCOL);
  g_assert_cmpint (worse.request->pin_try, ==, EONAY_PIN_TRY_NOT_SENT);
  g_assert_cmpuint (worse.script.sent, ==, 0);
}

static void
test_reader_has_limits_of_its_own (void)
{
  const EonayPinFormat long_format = { .encoding = EONAY_PIN_ENCODING_DIGITS,
                                       .min_length = 9,
                                       .max_length = 12 };
  g_auto (Fixture) fixture = { .script = { .typed = { "123456" }, .tlvs = "060105070108" } };
  g_autoptr (EonayCardPin) too_long = new_pin (EONAY_PIN_ROLE_PIN, &long_format);

  set_up (&fixture, VARIABLE_OK, &variable);
  verify (&fixture);
  g_assert_no_error (fixture.error);
  g_assert_cmpuint (fixture.script.request.min, ==, 5);
  g_assert_cmpuint (fixture.script.request.max, ==, 8);
  g_assert_false (eonay_card_pin_fits_pad (too_long, fixture.request->pin_pad));
}

static void
test_what_a_pad_cannot_be_told (void)
{
  const EonayPinFormat block_16 = { .encoding = EONAY_PIN_ENCODING_DIGITS,
                                    .min_length = 4,
                                    .max_length = 16,
                                    .padded = TRUE,
                                    .stored_length = 16 };
  const EonayPinFormat length_first = { .min_length = 4, .max_length = 8, .length_first = TRUE };
  const EonayPinFormat letters = { .encoding = EONAY_PIN_ENCODING_UTF8,
                                   .min_length = 4,
                                   .max_length = 8 };
  const EonayCardPinRules lenient = { .format = block_16, .takes_unpadded = TRUE };
  g_autoptr (EonayCardPin) pin_16 = new_pin (EONAY_PIN_ROLE_PIN, &block_16);
  g_autoptr (EonayCardPin) pin_length = new_pin (EONAY_PIN_ROLE_PIN, &length_first);
  g_autoptr (EonayCardPin) pin_letters = new_pin (EONAY_PIN_ROLE_PIN, &letters);
  g_autoptr (EonayCardPin) pin_lenient = eonay_card_pin_new (&lenient);
  g_autoptr (EonayCardPin) pin_padded = new_pin (EONAY_PIN_ROLE_PUK, &padded);
  g_auto (Fixture) fixture = { 0 };
  EonayPinPad *pad;

  set_up (&fixture, VARIABLE_OK, &variable);
  pad = fixture.request->pin_pad;
  g_assert_false (eonay_card_pin_fits_pad (pin_16, pad) ||
                  eonay_card_pin_fits_pad (pin_length, pad) ||
                  eonay_card_pin_fits_pad (pin_letters, pad));
  g_assert_true (eonay_card_pin_fits_pad (pin_lenient, pad));
  g_assert_false (eonay_card_pin_change_fits_pad (pin_lenient, pin_lenient, pad));
  g_assert_false (eonay_card_pin_change_fits_pad (fixture.pin, pin_padded, pad));

  /* Even asked to, nothing is sent that would be a guess. */
  test_pad_agree (fixture.request, pin_16);
  g_assert_false (
      eonay_card_pin_verify (pin_16, fixture.transport, fixture.request, FALSE, &fixture.error));
  g_assert_error (fixture.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_PAD_REFUSED);
  g_assert_cmpint (fixture.request->pin_try, ==, EONAY_PIN_TRY_NOT_SENT);
}

static void
test_no_pad (void)
{
  g_auto (Fixture) fixture = { .script.features = "0a044233000a" };

  set_up (&fixture, VARIABLE_OK, &variable);
  g_assert_false (eonay_card_pin_fits_pad (fixture.pin, fixture.request->pin_pad));
  g_assert_false (verify (&fixture));
  g_assert_error (fixture.error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_PAD_REFUSED);
  g_assert_cmpuint (fixture.script.sent, ==, 0);
}

static void
test_reader_that_only_verifies (void)
{
  g_auto (Fixture) fixture = { .script.features = "060442330006" };

  set_up (&fixture, VARIABLE_OK, &variable);
  g_assert_true (eonay_card_pin_fits_pad (fixture.pin, fixture.request->pin_pad));
  g_assert_false (
      eonay_card_pin_change_fits_pad (fixture.pin, fixture.pin, fixture.request->pin_pad));
}

static void
test_cancelled_before_it_begins (void)
{
  g_auto (Fixture) fixture = { .script.typed = { "123456" } };

  set_up (&fixture, VARIABLE_OK, &variable);
  fixture.request->cancellable = g_cancellable_new ();
  g_cancellable_cancel (fixture.request->cancellable);
  g_assert_false (verify (&fixture));
  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture.script.n_typed, ==, 0);
}

static void
test_through_a_trace (void)
{
  g_auto (Fixture) fixture = { .script.typed = { "123456" } };
  g_autofree char *folder = g_dir_make_tmp ("eonay-pin-pad-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "trace", NULL);
  g_autofree char *text = NULL;

  g_setenv ("EONAY_TRACE", path, TRUE);
  set_up (&fixture, VARIABLE_OK, &variable);
  fixture.transport = eonay_trace_transport_wrap (fixture.transport, "Deneme");
  g_assert_true (EONAY_IS_TRACE_TRANSPORT (fixture.transport));
  g_assert_true (eonay_transport_takes_extended (fixture.transport));
  g_assert_true (eonay_transport_connect (fixture.transport, NULL));
  g_assert_true (verify (&fixture));
  g_unsetenv ("EONAY_TRACE");

  /* The connection is there; what the keypad has sent is not. */
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"atr\""));
  g_assert_null (strstr (text, "313233343536"));
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pin-pad/verify/variable", test_verifies_without_padding);
  g_test_add_func ("/pin-pad/verify/block", test_verifies_in_a_block);
  g_test_add_func ("/pin-pad/verify/length-and-values", test_verifies_with_length_and_values);
  g_test_add_func ("/pin-pad/verify/wrong", test_wrong_pin_tells_tries);
  g_test_add_func ("/pin-pad/change", test_changes);
  g_test_add_func ("/pin-pad/unblock/in-one", test_unblocks_in_one);
  g_test_add_func ("/pin-pad/unblock/after-puk", test_unblocks_after_puk);
  g_test_add_func ("/pin-pad/unblock/not-typed", test_new_pin_is_not_typed_after_puk);
  g_test_add_func ("/pin-pad/unblock/puk-length", test_puk_of_wrong_length);
  g_test_add_func ("/pin-pad/not-sent", test_what_is_not_sent_costs_nothing);
  g_test_add_func ("/pin-pad/reader/fails", test_reader_fails);
  g_test_add_func ("/pin-pad/reader/great-maxima", test_reader_breaks_on_great_maxima);
  g_test_add_func ("/pin-pad/reader/limits", test_reader_has_limits_of_its_own);
  g_test_add_func ("/pin-pad/reader/cannot-be-told", test_what_a_pad_cannot_be_told);
  g_test_add_func ("/pin-pad/reader/none", test_no_pad);
  g_test_add_func ("/pin-pad/reader/only-verifies", test_reader_that_only_verifies);
  g_test_add_func ("/pin-pad/trace", test_through_a_trace);
  g_test_add_func ("/pin-pad/cancelled", test_cancelled_before_it_begins);

  return g_test_run ();
}
