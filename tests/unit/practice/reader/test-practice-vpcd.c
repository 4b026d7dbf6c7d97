#include "support/card-probe.h"

#include <gio/gio.h>
#include <sys/socket.h>

#include "practice/reader/eonay-practice-vpcd.h"

typedef struct {
  EonayPracticeCard *card;
  GSocketConnection *reader; /* the reader's end */
  GSocketConnection *stream; /* the card's end */
  GCancellable *cancellable;
  GThread *thread;
  GError *error;
  gboolean ended_well;
} Fixture;

static GSocketConnection *
connect_end (int descriptor)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (descriptor, NULL);

  return g_socket_connection_factory_create_connection (socket);
}

static gpointer
serve (gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->ended_well = eonay_practice_vpcd_serve (fixture->card, G_IO_STREAM (fixture->stream),
                                                   fixture->cancellable, &fixture->error);

  return NULL;
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
  fixture->card = probe_card (EONAY_PRACTICE_CARD_EC);
  fixture->reader = connect_end (ends[0]);
  fixture->stream = connect_end (ends[1]);
  fixture->cancellable = g_cancellable_new ();
  fixture->thread = g_thread_new ("card", serve, fixture);
}

static void
join (Fixture *fixture)
{
  g_thread_join (g_steal_pointer (&fixture->thread));
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_null (fixture->thread);
  g_clear_error (&fixture->error);
  g_clear_object (&fixture->cancellable);
  g_clear_object (&fixture->reader);
  g_clear_object (&fixture->stream);
  g_assert_finalize_object (fixture->card);
}

static void
say (Fixture *fixture, const void *bytes, gsize length)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (fixture->reader));

  g_assert_true (g_output_stream_write_all (out, bytes, length, NULL, NULL, NULL));
}

static void
hear (Fixture *fixture, const void *expected, gsize length)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (fixture->reader));
  guint8 heard[300];

  g_assert_cmpuint (length, <=, sizeof heard);
  g_assert_true (g_input_stream_read_all (in, heard, length, NULL, NULL, NULL));
  g_assert_cmpmem (heard, length, expected, length);
}

static void
test_speaks (Fixture *fixture, gconstpointer unused)
{
  GBytes *atr = eonay_practice_card_get_atr (fixture->card);

  say (fixture, "\0\1\1", 3);
  say (fixture, "\0\1\4", 3);
  hear (fixture, "\0\x11", 2);
  hear (fixture, g_bytes_get_data (atr, NULL), g_bytes_get_size (atr));

  say (fixture,
       "\0\x0b\x00\x20\x00\x01\x06"
       "123456",
       13);
  hear (fixture, "\0\2\x90\x00", 4);
  say (fixture, "\0\4\x00\x20\x00\x01", 6);
  hear (fixture, "\0\2\x90\x00", 4);

  say (fixture, "\0\1\2", 3);
  say (fixture, "\0\4\x00\x20\x00\x01", 6);
  hear (fixture, "\0\2\x63\xc3", 4);

  say (fixture, "\0\0\0\1\x77", 5);
  say (fixture, "\0\2\x00\x20", 4);
  hear (fixture, "\0\2\x67\x00", 4);

  g_io_stream_close (G_IO_STREAM (fixture->reader), NULL, NULL);
  join (fixture);
  g_assert_no_error (fixture->error);
  g_assert_true (fixture->ended_well);
}

static void
test_cut (Fixture *fixture, gconstpointer unused)
{
  say (fixture, "\0\4\x00\x20", 4);
  g_io_stream_close (G_IO_STREAM (fixture->reader), NULL, NULL);
  join (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
  g_assert_false (fixture->ended_well);
}

static void
test_cut_before_content (Fixture *fixture, gconstpointer unused)
{
  say (fixture, "\0\4", 2);
  g_io_stream_close (G_IO_STREAM (fixture->reader), NULL, NULL);
  join (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
}

static void
test_cut_in_length (Fixture *fixture, gconstpointer unused)
{
  say (fixture, "\0", 1);
  g_io_stream_close (G_IO_STREAM (fixture->reader), NULL, NULL);
  join (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
}

static void
test_cancelled (Fixture *fixture, gconstpointer unused)
{
  g_cancellable_cancel (fixture->cancellable);
  join (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, function) \
  g_test_add ("/practice/vpcd/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("speaks", test_speaks);
  ADD ("cut", test_cut);
  ADD ("cut-before-content", test_cut_before_content);
  ADD ("cut-in-length", test_cut_in_length);
  ADD ("cancelled", test_cancelled);

  return g_test_run ();
}
