#include <fcntl.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/eonay-error.h"
#include "card/driver/eonay-card-session.h"
#include "card/reader/eonay-reader.h"
#include "card/trace/eonay-replay-transport.h"
#include "card/trace/eonay-trace-transport.h"
#include "support/test-slots.h"
#include "support/trace-probe.h"

#define ISOAPPLET_ATR "3b80800101"
#define PIN_STATUS "{\"c\": \"00200001\", \"r\": \"63c3\"}"
#define HEADER "{\"atr\": \"3b00\", \"protocol\": \"T=1\"}"
#define SELECT "{\"c\": \"00a404000cf276a288bcfba69d34f31001\", \"r\": \"9000\"}"

static const char *const listing_rsa[] = { "list-lean-extended", SELECT, PIN_STATUS,
                                           "sign-rsa-minimal/2", NULL };
static const char *const listing_ecdsa[] = { "list-lean-extended", SELECT, PIN_STATUS,
                                             "sign-ecdsa-minimal/2", NULL };

/* The one log writer a program may have: it counts warnings where a test expects them. */
static guint n_warnings;
static gboolean expecting_warnings;

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if (!expecting_warnings || (level & G_LOG_LEVEL_WARNING) == 0)
    return g_log_writer_default (level, fields, n_fields, user_data);

  n_warnings++;

  return G_LOG_WRITER_HANDLED;
}

static EonayTransport *
play (const char *transcript)
{
  g_autoptr (GBytes) atr = test_from_hex (ISOAPPLET_ATR);
  g_autoptr (GError) error = NULL;
  EonayTransport *card = eonay_replay_transport_new (transcript, atr, EONAY_PROTOCOL_T1, &error);

  g_assert_no_error (error);

  return card;
}

static EonayTransport *
play_trace (const char *trace)
{
  g_autoptr (GError) error = NULL;
  EonayTransport *card = eonay_replay_transport_new (trace, NULL, EONAY_PROTOCOL_NONE, &error);

  g_assert_no_error (error);

  return card;
}

static EonayCard *
read_card (EonayTransport *transport)
{
  g_autoptr (GError) error = NULL;
  EonayCard *card = eonay_card_session_read (transport, eonay_reader_families, NULL, &error);

  g_assert_no_error (error);

  return card;
}

static GBytes *
digest_of_fixture (gboolean rsa)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (rsa ? G_CHECKSUM_SHA256 : G_CHECKSUM_SHA384);
  guint8 digest[48];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) "deneme\n", 7);
  g_checksum_get_digest (checksum, digest, &length);

  return g_bytes_new (digest, length);
}

/* What was recorded plays again: the same list, and with another PIN the same signature. */
static void
test_records_and_plays (gconstpointer user_data)
{
  gboolean rsa = user_data == listing_rsa;
  EonaySignatureScheme scheme = rsa ? EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256
                                    : EONAY_SIGNATURE_SCHEME_ECDSA_SHA384;
  g_autofree char *transcript = test_read_transcripts (user_data);
  g_autofree char *path = trace_probe_start ();
  EonayTransport *transport = eonay_trace_transport_wrap (play (transcript), "Deneme okuyucusu");
  g_autoptr (EonayTransport) replay = NULL;
  g_autoptr (EonayCard) card = read_card (transport);
  g_autoptr (EonayCard) replayed = NULL;
  g_autoptr (GBytes) digest = digest_of_fixture (rsa);
  g_autoptr (GBytes) signature = trace_probe_sign (transport, card, rsa ? 0 : 1, scheme, digest,
                                                   "123456");
  g_autoptr (GBytes) again = NULL;
  g_autofree char *trace = NULL;

  g_assert_finalize_object (transport);
  trace = trace_probe_end (path);
  trace_probe_assert_clean (trace);
  g_assert_true (trace_probe_has (transcript, "123456"));
  g_assert_true (trace_probe_has (transcript, "AYŞE DENEME"));
  g_assert_true (trace_probe_has (transcript, "10000000146"));

  replay = play_trace (trace);
  replayed = read_card (replay);
  trace_probe_assert_same_list (card, replayed);
  again = trace_probe_sign (replay, replayed, rsa ? 0 : 1, scheme, digest, "777788889");
  g_assert_true (g_bytes_equal (signature, again));
  g_assert_cmpuint (eonay_replay_transport_get_position (EONAY_REPLAY_TRANSPORT (replay)), ==,
                    eonay_replay_transport_get_length (EONAY_REPLAY_TRANSPORT (replay)));
}

static GBytes *
get_hex_member (JsonObject *line, const char *name)
{
  return test_from_hex (json_object_get_string_member (line, name));
}

static JsonNode *
parse_line (const char *line)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (line, &error);

  g_assert_no_error (error);

  return node;
}

/* Sends the transcript's commands as they are, a session as long as it has one. */
static void
send_all (EonayTransport *transport, char **lines)
{
  gint64 session = -1;

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr (JsonNode) node = parse_line (lines[i]);
      JsonObject *line = json_node_get_object (node);
      g_autoptr (GBytes) command = get_hex_member (line, "c");
      g_autoptr (GBytes) answer = NULL;
      g_autoptr (GError) error = NULL;
      gint64 now = json_object_get_int_member_with_default (line, "s", 0);

      if (now != session)
        {
          gboolean reset = json_object_get_int_member_with_default (line, "reset", 0) != 0;

          eonay_transport_disconnect (transport,
                                      reset ? EONAY_DISPOSITION_RESET : EONAY_DISPOSITION_LEAVE);
          eonay_transport_connect (transport, &error);
          g_assert_no_error (error);
          session = now;
        }
      answer = eonay_transport_transmit (transport, g_bytes_get_data (command, NULL),
                                         g_bytes_get_size (command), &error);
      g_assert_no_error (error);
    }
  eonay_transport_disconnect (transport, EONAY_DISPOSITION_LEAVE);
}

static guint
assert_same_but_for_what_is_hidden (char **lines, char **trace)
{
  guint hidden = 0;
  guint i;

  for (i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr (JsonNode) node = parse_line (lines[i]);
      g_autoptr (JsonNode) traced = parse_line (trace[i + 1]);
      JsonObject *line = json_node_get_object (node);
      JsonObject *other = json_node_get_object (traced);
      const char *command = json_object_get_string_member (line, "c");
      const char *answer = json_object_get_string_member (line, "r");
      const char *written = json_object_get_string_member (other, "r");

      if (json_object_has_member (other, "hidden"))
        {
          g_autofree char *header = g_strndup (command, 8);

          g_assert_cmpstr (json_object_get_string_member (other, "c"), ==, header);
          hidden++;
        }
      else
        g_assert_cmpstr (json_object_get_string_member (other, "c"), ==, command);
      g_assert_cmpuint (strlen (written), ==, strlen (answer));
      g_assert_cmpstr (written + strlen (written) - 4, ==, answer + strlen (answer) - 4);
    }
  g_assert_cmpstr (trace[i + 1], ==, "");

  return hidden;
}

/* Whatever the instruction that carries it, and whatever the card answers. */
static void
test_hides_what_others_sent (void)
{
  static const struct {
    const char *name;
    guint hidden;
  } rows[] = { { "list", 0 },         { "pin-blocked", 1 },        { "pin-change", 2 },
               { "pin-unblock", 2 },  { "puk-wrong", 1 },          { "pin-wrong", 1 },
               { "probe-pin", 7 },    { "probe-sign", 1 },         { "probe-session-leak", 1 },
               { "probe-select", 0 }, { "probe-read-extended", 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *transcript = test_read_transcript (rows[i].name);
      g_autofree char *path = trace_probe_start ();
      EonayTransport *transport = eonay_trace_transport_wrap (play (transcript), "R");
      g_auto (GStrv) lines = g_strsplit (transcript, "\n", -1);
      g_auto (GStrv) traced = NULL;
      g_autofree char *trace = NULL;

      send_all (transport, lines);
      g_assert_finalize_object (transport);
      trace = trace_probe_end (path);
      traced = g_strsplit (trace, "\n", -1);
      g_test_message ("%s", rows[i].name);
      trace_probe_assert_clean (trace);
      g_assert_cmpuint (assert_same_but_for_what_is_hidden (lines, traced), ==, rows[i].hidden);
    }
}

static GBytes *
send (EonayTransport *transport, const char *hex, GError **error)
{
  g_autoptr (GBytes) command = test_from_hex (hex);

  return eonay_transport_transmit (transport, g_bytes_get_data (command, NULL),
                                   g_bytes_get_size (command), error);
}

static void
test_plays_hidden_commands (void)
{
  static const char transcript[] = "{\"atr\": \"3b00\", \"protocol\": \"T=0\"}\n"
                                   "{\"c\": \"00200081\", \"hidden\": true, \"r\": \"9000\"}\n"
                                   "{\"c\": \"00200081\", \"r\": \"63c3\"}\n";
  static const char *const refused[] = { "00200081", "0020008100", "002000820431323334" };
  g_autoptr (EonayTransport) card = play_trace (transcript);
  g_autoptr (GBytes) atr = eonay_transport_get_atr (card);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_bytes_get_size (atr), ==, 2);
  g_assert_cmpint (eonay_transport_get_protocol (card), ==, EONAY_PROTOCOL_T0);
  g_assert_true (eonay_transport_connect (card, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_assert_null (send (card, refused[i], &error));
      g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_FAILED);
      g_clear_error (&error);
    }
  answer = send (card, "00200081083131313131313131", &error);
  g_assert_no_error (error);
  g_assert_null (send (card, "00200081083131313131313131", NULL));
}

/* Two programs wrote one after the other, and another reader's lines lie in between. */
static void
test_plays_one_reader_of_several (void)
{
  static const char transcript[] =
      "{\"atr\": \"3b01\", \"protocol\": \"T=1\", \"s\": 1, \"reader\": 1}\n"
      "{\"c\": \"00840001\", \"r\": \"9001\", \"s\": 1, \"reader\": 1}\n"
      "{\"atr\": \"3b02\", \"protocol\": \"T=1\", \"s\": 1, \"reader\": 2}\n"
      "{\"c\": \"00840001\", \"r\": \"9002\", \"s\": 1, \"reader\": 2}\n"
      "{\"c\": \"00840001\", \"r\": \"9003\", \"s\": 1, \"reader\": 1}\n"
      "{\"atr\": \"3b03\", \"protocol\": \"T=0\", \"s\": 1, \"reader\": 1}\n"
      "{\"c\": \"00840001\", \"r\": \"9004\", \"s\": 1, \"reader\": 1}\n";
  static const guint8 expected[] = { 1, 3, 4 };
  g_autoptr (EonayTransport) card = play_trace (transcript);

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GBytes) answer = NULL;
      g_autoptr (GError) error = NULL;

      if (i != 1)
        g_assert_true (eonay_transport_connect (card, NULL));
      answer = send (card, "00840001", &error);
      g_assert_no_error (error);
      g_assert_cmpuint (((const guint8 *) g_bytes_get_data (answer, NULL))[1], ==, expected[i]);
      if (i != 0)
        eonay_transport_disconnect (card, EONAY_DISPOSITION_LEAVE);
    }
  g_assert_cmpint (eonay_transport_get_protocol (card), ==, EONAY_PROTOCOL_T0);
}

static void
test_refuses_what_is_no_transcript (void)
{
  static const char *const bad[] = {
    "",
    "{\"c\": \"00840001\", \"r\": \"9000\"}",
    "{\"atr\": \"3b00\"}",
    "{\"atr\": \"\", \"protocol\": \"T=1\"}",
    "{\"atr\": 5, \"protocol\": \"T=1\"}",
    HEADER "\n{\"c\": 5, \"r\": \"9000\"}",
    "{\"atr\": \"3b00\", \"protocol\": \"T=1\", \"s\": -1}",
    HEADER "\n{\"c\": \"002000810131\", \"hidden\": true, \"r\": \"9000\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (eonay_replay_transport_new (bad[i], NULL, EONAY_PROTOCOL_T1, &error));
      g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MALFORMED);
    }
}

/* Lines of readers at work at the same time stay whole, and nobody else may read them. */
static void
test_shares_a_file (void)
{
  g_autofree char *path = trace_probe_start ();
  g_autofree char *transcript = test_read_transcript ("probe-select");
  g_auto (GStrv) lines = g_strsplit (transcript, "\n", -1);
  g_autofree char *trace = NULL;
  struct stat status;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (EonayTransport) one = eonay_trace_transport_wrap (play (transcript), "R (4711)");
      g_autoptr (EonayTransport) other = eonay_trace_transport_wrap (play (transcript), "\"S\"");

      g_assert_true (EONAY_IS_TRACE_TRANSPORT (one));
      send_all (one, lines);
      send_all (other, lines);
    }
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  trace = trace_probe_end (path);
  g_assert_false (trace_probe_has (trace, "4711"));
  g_assert_nonnull (play_trace (trace));
}

/* @path: what EONAY_TRACE names; @file: what must not be written to by that */
static void
assert_not_written (const char *path, const char *file)
{
  g_autofree char *transcript = test_read_transcript ("probe-select");
  g_auto (GStrv) lines = g_strsplit (transcript, "\n", -1);
  g_autoptr (EonayTransport) card = NULL;
  g_autofree char *text = NULL;

  g_setenv ("EONAY_TRACE", path, TRUE);
  expecting_warnings = TRUE;
  card = eonay_trace_transport_wrap (play (transcript), "R");
  send_all (card, lines);
  g_clear_object (&card);
  expecting_warnings = FALSE;
  g_unsetenv ("EONAY_TRACE");

  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "before");
}

static void
test_takes_no_others_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("eonay-trace-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *link = g_build_filename (folder, "link", NULL);
  g_autofree char *name = g_build_filename (folder, "name", NULL);

  g_assert_true (g_file_set_contents (file, "before", -1, NULL));
  g_assert_cmpint (symlink (file, link), ==, 0);
  assert_not_written (link, file);

  g_assert_cmpint (linkat (AT_FDCWD, file, AT_FDCWD, name, 0), ==, 0);
  assert_not_written (name, file);
  g_unlink (name);

  /* Only root can make a file somebody else's. */
  if (chown (file, 65534, 65534) == 0)
    assert_not_written (file, file);
  else
    g_test_message ("not as root: no file of somebody else's to try");

  g_unlink (link);
  g_unlink (file);
  g_rmdir (folder);
}

static void
test_works_without_a_file (void)
{
  g_autofree char *transcript = test_read_transcript ("probe-select");
  g_auto (GStrv) lines = g_strsplit (transcript, "\n", -1);

  g_unsetenv ("EONAY_TRACE");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (EonayTransport) card = play (transcript);
      EonayTransport *plain = card;
      g_autoptr (EonayTransport) wrapped = eonay_trace_transport_wrap (g_object_ref (card), "R");

      g_assert_true (wrapped == plain);
    }

  g_setenv ("EONAY_TRACE", "/nowhere/trace.jsonl", TRUE);
  expecting_warnings = TRUE;
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (EonayTransport) card = eonay_trace_transport_wrap (play (transcript), "R");

      send_all (card, lines);
    }
  expecting_warnings = FALSE;
  g_unsetenv ("EONAY_TRACE");
  g_assert_cmpuint (n_warnings, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_log_set_writer_func (write_log, NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/card/trace/records-and-plays/rsa", listing_rsa, test_records_and_plays);
  g_test_add_data_func ("/card/trace/records-and-plays/ecdsa", listing_ecdsa,
                        test_records_and_plays);
  g_test_add_func ("/card/trace/hides-what-others-sent", test_hides_what_others_sent);
  g_test_add_func ("/card/trace/plays-hidden-commands", test_plays_hidden_commands);
  g_test_add_func ("/card/trace/plays-one-reader", test_plays_one_reader_of_several);
  g_test_add_func ("/card/trace/refuses", test_refuses_what_is_no_transcript);
  g_test_add_func ("/card/trace/shares-a-file", test_shares_a_file);
  g_test_add_func ("/card/trace/works-without-a-file", test_works_without_a_file);
  g_test_add_func ("/card/trace/takes-no-others-file", test_takes_no_others_file);

  return g_test_run ();
}
