#include "card/apdu/eonay-apdu.h"

#include <string.h>

#include "base/eonay-error.h"
#include "card/trace/eonay-replay-transport.h"
#include "support/test-slots.h"

static void
assert_encodes (const EonayApdu *apdu, EonayApduForm form, EonayProtocol protocol, const char *hex)
{
  guint8 buffer[EONAY_APDU_SHORT_MAX + 64];
  g_autoptr (GBytes) expected = test_from_hex (hex);
  gsize length = eonay_apdu_encode (apdu, form, protocol, buffer, sizeof buffer);

  g_assert_cmpmem (buffer, length, g_bytes_get_data (expected, NULL), g_bytes_get_size (expected));
  g_assert_cmpuint (eonay_apdu_encode (apdu, form, protocol, buffer, length - 1), ==, 0);
}

static void
test_encodes_the_four_cases (void)
{
  const EonayApdu bare = { .ins = 0x20, .p2 = 0x01 };
  const EonayApdu asks = { .ins = 0xB0, .p1 = 0x01, .expected = 256 };
  const EonayApdu tells = { .ins = 0x20, .content = (const guint8 *) "12", .content_length = 2 };
  const EonayApdu both = { .ins = 0x2A,
                           .content = (const guint8 *) "12",
                           .content_length = 2,
                           .expected = 16 };
  const EonayApdu long_ask = { .ins = 0xB0, .expected = 65536 };
  const EonayApdu long_both = { .ins = 0x2A,
                                .content = (const guint8 *) "12",
                                .content_length = 2,
                                .expected = 0x1000 };

  assert_encodes (&bare, EONAY_APDU_SHORT, EONAY_PROTOCOL_T1, "00200001");
  assert_encodes (&bare, EONAY_APDU_SHORT, EONAY_PROTOCOL_T0, "0020000100");
  assert_encodes (&asks, EONAY_APDU_SHORT, EONAY_PROTOCOL_T1, "00b0010000");
  assert_encodes (&tells, EONAY_APDU_SHORT, EONAY_PROTOCOL_T1, "00200000023132");
  assert_encodes (&both, EONAY_APDU_SHORT, EONAY_PROTOCOL_T1, "002a000002313210");
  assert_encodes (&both, EONAY_APDU_SHORT, EONAY_PROTOCOL_T0, "002a0000023132");
  assert_encodes (&bare, EONAY_APDU_EXTENDED, EONAY_PROTOCOL_T1, "00200001");
  assert_encodes (&asks, EONAY_APDU_EXTENDED, EONAY_PROTOCOL_T1, "00b00100000100");
  assert_encodes (&tells, EONAY_APDU_EXTENDED, EONAY_PROTOCOL_T1, "002000000000023132");
  assert_encodes (&long_ask, EONAY_APDU_EXTENDED, EONAY_PROTOCOL_T1, "00b00000000000");
  assert_encodes (&long_both, EONAY_APDU_EXTENDED, EONAY_PROTOCOL_T1, "002a000000000231321000");
}

static void
test_refuses_what_does_not_fit (void)
{
  guint8 buffer[EONAY_APDU_SHORT_MAX * 2];
  guint8 content[256] = { 0 };
  EonayApdu apdu = { .content = content, .content_length = sizeof content };

  g_assert_cmpuint (
      eonay_apdu_encode (&apdu, EONAY_APDU_SHORT, EONAY_PROTOCOL_T1, buffer, sizeof buffer), ==, 0);
  apdu.content_length = 255;
  g_assert_cmpuint (
      eonay_apdu_encode (&apdu, EONAY_APDU_SHORT, EONAY_PROTOCOL_T1, buffer, sizeof buffer), ==,
      4 + 1 + 255);
  apdu.expected = 257;
  g_assert_cmpuint (
      eonay_apdu_encode (&apdu, EONAY_APDU_SHORT, EONAY_PROTOCOL_T1, buffer, sizeof buffer), ==, 0);
  apdu.expected = 65537;
  g_assert_cmpuint (
      eonay_apdu_encode (&apdu, EONAY_APDU_EXTENDED, EONAY_PROTOCOL_T1, buffer, sizeof buffer), ==,
      0);
}

static void
test_parses_what_it_encodes (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      guint8 content[300];
      guint8 buffer[4 + 3 + sizeof content + 2];
      EonayApdu apdu = { .cla = (guint8) g_test_rand_int (),
                         .ins = (guint8) g_test_rand_int (),
                         .p1 = (guint8) g_test_rand_int (),
                         .p2 = (guint8) g_test_rand_int (),
                         .content = content };
      gboolean extended = g_test_rand_bit ();
      EonayApduForm form = extended ? EONAY_APDU_EXTENDED : EONAY_APDU_SHORT;
      EonayApduForm parsed_form;
      EonayApdu parsed;
      gsize length;

      apdu.content_length = (gsize) g_test_rand_int_range (0, extended ? 300 : 256);
      apdu.expected = (guint) g_test_rand_int_range (0, extended ? 65537 : 257);
      memset (content, (int) i, sizeof content);
      length = eonay_apdu_encode (&apdu, form, EONAY_PROTOCOL_T1, buffer, sizeof buffer);
      g_assert_true (eonay_apdu_parse (buffer, length, &parsed, &parsed_form));
      g_assert_cmpuint (parsed.ins, ==, apdu.ins);
      g_assert_cmpmem (parsed.content, parsed.content_length, content, apdu.content_length);
      g_assert_cmpuint (parsed.expected, ==, apdu.expected);
      if (length > 4)
        g_assert_cmpint (parsed_form, ==, form);
    }
}

static void
test_parse_survives_any_bytes (void)
{
  static const char *const malformed[] = { "",
                                           "00",
                                           "00a404",
                                           "00a40400020a",
                                           "00a404000200a40000",
                                           "00a404000000",
                                           "00a40400000002aa",
                                           "00a40400000002aabb00" };
  EonayApdu apdu;

  for (gsize i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      g_autoptr (GBytes) bytes = test_from_hex (malformed[i]);

      g_assert_false (
          eonay_apdu_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &apdu, NULL));
    }
  for (guint i = 0; i < 20000; i++)
    {
      gsize length = (gsize) g_test_rand_int_range (0, 20);
      /* On the heap and exactly as long, so that a sanitizer sees a step too far. */
      g_autofree guint8 *bytes = g_malloc (length);

      for (gsize b = 0; b < length; b++)
        bytes[b] = (guint8) (g_test_rand_bit () ? g_test_rand_int () : 0);
      if (eonay_apdu_parse (bytes, length, &apdu, NULL))
        g_assert_cmpuint (apdu.content_length, <=, length - 4);
    }
}

static EonayTransport *
replay (const char *transcript, EonayProtocol protocol)
{
  g_autoptr (GBytes) atr = test_from_hex ("3b80800101");
  g_autoptr (GError) error = NULL;
  EonayTransport *transport = eonay_replay_transport_new (transcript, atr, protocol, &error);

  g_assert_no_error (error);
  eonay_transport_connect (transport, NULL);

  return transport;
}

/* What goes over the wire, and what comes out. */
static void
assert_exchange (const EonayApdu *apdu, EonayApduForm form, EonayProtocol protocol,
                 const char *transcript, const char *answer_hex, guint16 expected_status)
{
  g_autoptr (EonayTransport) transport = replay (transcript, protocol);
  EonayReplayTransport *played = EONAY_REPLAY_TRANSPORT (transport);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) expected = test_from_hex (answer_hex);
  guint16 status = 0;
  g_autoptr (GBytes) answer = eonay_apdu_exchange (transport, apdu, form, &status, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (answer, expected));
  g_assert_cmphex (status, ==, expected_status);
  g_assert_cmpuint (eonay_replay_transport_get_position (played), ==,
                    eonay_replay_transport_get_length (played));
}

static void
test_fetches_the_rest (void)
{
  const EonayApdu apdu = { .ins = 0xB0, .expected = 256 };
  const EonayApdu select = { .ins = 0xA4, .content = (const guint8 *) "A", .content_length = 1 };
  const EonayApdu sign = { .ins = 0x2A,
                           .content = (const guint8 *) "A",
                           .content_length = 1,
                           .expected = 256 };

  assert_exchange (&apdu, EONAY_APDU_SHORT, EONAY_PROTOCOL_T1,
                   "{\"c\":\"00b0000000\",\"r\":\"aa6102\"}\n"
                   "{\"c\":\"00c0000002\",\"r\":\"bb6101\"}\n"
                   "{\"c\":\"00c0000001\",\"r\":\"cc9000\"}",
                   "aabbcc", 0x9000);
  assert_exchange (&sign, EONAY_APDU_SHORT, EONAY_PROTOCOL_T0,
                   "{\"c\":\"002a00000141\",\"r\":\"6104\"}\n"
                   "{\"c\":\"00c0000004\",\"r\":\"6c02\"}\n"
                   "{\"c\":\"00c0000002\",\"r\":\"01029000\"}",
                   "0102", 0x9000);
  /* 6100: "256 bytes" for some, "nothing" for others. */
  assert_exchange (&apdu, EONAY_APDU_SHORT, EONAY_PROTOCOL_T1,
                   "{\"c\":\"00b0000000\",\"r\":\"6100\"}\n"
                   "{\"c\":\"00c0000000\",\"r\":\"01029000\"}",
                   "0102", 0x9000);
  assert_exchange (&apdu, EONAY_APDU_SHORT, EONAY_PROTOCOL_T1,
                   "{\"c\":\"00b0000000\",\"r\":\"016100\"}\n"
                   "{\"c\":\"00c0000000\",\"r\":\"6d00\"}",
                   "01", 0x9000);
  /* Nobody wants to know what is waiting there. */
  assert_exchange (&select, EONAY_APDU_SHORT, EONAY_PROTOCOL_T0,
                   "{\"c\":\"00a400000141\",\"r\":\"6110\"}", "", 0x9000);
}

static void
test_repeats_with_the_right_length (void)
{
  const EonayApdu apdu = { .ins = 0xB0, .expected = 256 };
  const EonayApdu verify = { .ins = 0x20, .content = (const guint8 *) "1", .content_length = 1 };

  assert_exchange (&apdu, EONAY_APDU_SHORT, EONAY_PROTOCOL_T1,
                   "{\"c\":\"00b0000000\",\"r\":\"6c03\"}\n"
                   "{\"c\":\"00b0000003\",\"r\":\"0102039000\"}",
                   "010203", 0x9000);
  assert_exchange (&apdu, EONAY_APDU_SHORT, EONAY_PROTOCOL_T1,
                   "{\"c\":\"00b0000000\",\"r\":\"6c03\"}\n{\"c\":\"00b0000003\",\"r\":\"6c04\"}",
                   "", 0x6C04);
  /* A PIN is never sent twice. */
  assert_exchange (&verify, EONAY_APDU_SHORT, EONAY_PROTOCOL_T1,
                   "{\"c\":\"002000000131\",\"r\":\"6c00\"}", "", 0x6C00);
}

static void
test_chains_long_content (void)
{
  guint8 content[255 + 255 + 2];
  EonayApdu apdu = { .ins = 0x2A,
                     .content = content,
                     .content_length = sizeof content,
                     .expected = 256 };
  g_autofree char *part = g_strnfill (255 * 2, '7');
  g_autofree char *transcript = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *extended = NULL;

  memset (content, 0x77, sizeof content);
  transcript = g_strdup_printf ("{\"c\":\"102a0000ff%s\",\"r\":\"9000\"}\n"
                                "{\"c\":\"102a0000ff%s\",\"r\":\"9000\"}\n"
                                "{\"c\":\"002a000002777700\",\"r\":\"aabb9000\"}",
                                part, part);
  assert_exchange (&apdu, EONAY_APDU_SHORT, EONAY_PROTOCOL_T1, transcript, "aabb", 0x9000);

  refused = g_strdup_printf ("{\"c\":\"102a0000ff%s\",\"r\":\"6884\"}", part);
  assert_exchange (&apdu, EONAY_APDU_SHORT, EONAY_PROTOCOL_T1, refused, "", 0x6884);

  extended = g_strdup_printf ("{\"c\":\"002a0000000200%s%s77770100\",\"r\":\"aabb9000\"}", part,
                              part);
  assert_exchange (&apdu, EONAY_APDU_EXTENDED, EONAY_PROTOCOL_T1, extended, "aabb", 0x9000);

  /* T=0 has no extended length; the last part's Le goes, too. */
  g_free (transcript);
  transcript = g_strdup_printf ("{\"c\":\"102a0000ff%s\",\"r\":\"9000\"}\n"
                                "{\"c\":\"102a0000ff%s\",\"r\":\"9000\"}\n"
                                "{\"c\":\"002a0000027777\",\"r\":\"6102\"}\n"
                                "{\"c\":\"00c0000002\",\"r\":\"aabb9000\"}",
                                part, part);
  assert_exchange (&apdu, EONAY_APDU_EXTENDED, EONAY_PROTOCOL_T0, transcript, "aabb", 0x9000);
}

static void
test_never_ending_answer_ends (void)
{
  const EonayApdu apdu = { .ins = 0xB0, .expected = 256 };
  GString *transcript = g_string_new ("{\"c\":\"00b0000000\",\"r\":\"6101\"}\n");
  g_autoptr (EonayTransport) transport = NULL;
  g_autoptr (GBytes) answer = NULL;
  guint16 status;

  for (guint i = 0; i < 1000; i++)
    g_string_append (transcript, "{\"c\":\"00c0000001\",\"r\":\"6101\"}\n");
  transport = replay (transcript->str, EONAY_PROTOCOL_T1);
  answer = eonay_apdu_exchange (transport, &apdu, EONAY_APDU_SHORT, &status, NULL);
  g_assert_nonnull (answer);
  g_assert_cmphex (status, ==, 0x6101);
  g_string_free (transcript, TRUE);
}

static void
test_replay_is_strict_and_discreet (void)
{
  const EonayApdu verify = { .ins = 0x20,
                             .p2 = 0x01,
                             .content = (const guint8 *) "\x98\x76\x54",
                             .content_length = 3 };
  g_autoptr (EonayTransport) transport = replay ("{\"c\":\"0020000103313233\",\"r\":\"9000\"}",
                                                 EONAY_PROTOCOL_T1);
  g_autoptr (GBytes) atr = test_from_hex ("3b00");
  g_autoptr (GError) error = NULL;
  guint16 status;

  g_assert_null (eonay_apdu_exchange (transport, &verify, EONAY_APDU_SHORT, &status, &error));
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "1 of 1"));
  g_assert_null (strstr (error->message, "98"));
  g_clear_error (&error);

  for (guint i = 0; i < 5; i++)
    {
      static const char *const bad[] = { "nonsense", "{}", "{\"c\":\"0\",\"r\":\"9000\"}", "[]",
                                         "{\"c\":\"00zz\",\"r\":\"9000\"}" };

      g_assert_null (eonay_replay_transport_new (bad[i], atr, EONAY_PROTOCOL_T1, &error));
      g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MALFORMED);
      g_clear_error (&error);
    }
}

static void
test_replay_knows_sessions (void)
{
  g_autofree char *transcript = test_read_transcript ("probe-session-leak");
  g_autoptr (EonayTransport) transport = replay (transcript, EONAY_PROTOCOL_T1);
  const EonayApdu status_query = { .ins = 0x20, .p2 = 0x01 };
  const EonayApdu select = { .ins = 0xA4,
                             .p1 = 0x04,
                             .content_length = 12,
                             .content = (const guint8 *) "\xf2\x76\xa2\x88\xbc\xfb\xa6\x9d"
                                                         "\x34\xf3\x10\x01" };
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GError) error = NULL;
  guint16 status;

  first = eonay_apdu_exchange (transport, &select, EONAY_APDU_SHORT, &status, &error);
  g_assert_no_error (error);
  eonay_transport_disconnect (transport, EONAY_DISPOSITION_LEAVE);
  eonay_transport_connect (transport, NULL);
  g_assert_null (eonay_apdu_exchange (transport, &status_query, EONAY_APDU_SHORT, &status, &error));
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_FAILED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/apdu/encodes-the-four-cases", test_encodes_the_four_cases);
  g_test_add_func ("/card/apdu/refuses-what-does-not-fit", test_refuses_what_does_not_fit);
  g_test_add_func ("/card/apdu/parses-what-it-encodes", test_parses_what_it_encodes);
  g_test_add_func ("/card/apdu/parse-survives-any-bytes", test_parse_survives_any_bytes);
  g_test_add_func ("/card/apdu/fetches-the-rest", test_fetches_the_rest);
  g_test_add_func ("/card/apdu/repeats-with-the-right-length", test_repeats_with_the_right_length);
  g_test_add_func ("/card/apdu/chains-long-content", test_chains_long_content);
  g_test_add_func ("/card/apdu/never-ending-answer-ends", test_never_ending_answer_ends);
  g_test_add_func ("/card/replay/strict-and-discreet", test_replay_is_strict_and_discreet);
  g_test_add_func ("/card/replay/knows-sessions", test_replay_knows_sessions);

  return g_test_run ();
}
