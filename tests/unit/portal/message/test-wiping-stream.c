#include <string.h>

#include "portal/message/eonay-wiping-stream.h"

#define BUFFER_SIZE 8

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gssize
read_async (GInputStream *stream, char *buffer)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gssize length;

  g_input_stream_read_async (stream, buffer, BUFFER_SIZE, G_PRIORITY_DEFAULT, NULL, keep_result,
                             &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  length = g_input_stream_read_finish (stream, result, &error);
  g_assert_no_error (error);

  return length;
}

static gssize
read_sync (GInputStream *stream, char *buffer)
{
  return g_input_stream_read (stream, buffer, BUFFER_SIZE, NULL, NULL);
}

static void
assert_wipes (gssize (*read) (GInputStream *stream, char *buffer))
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("0123456789a", 11);
  g_autoptr (GInputStream) stream = eonay_wiping_stream_new (bytes);
  const char nothing[BUFFER_SIZE] = { 0 };
  char buffer[BUFFER_SIZE];

  g_assert_cmpint (read (stream, buffer), ==, 8);
  g_assert_cmpmem (buffer, 8, "01234567", 8);
  g_assert_cmpint (read (stream, buffer), ==, 3);
  g_assert_cmpmem (buffer, 8, "89a\0\0\0\0\0", 8);
  g_assert_cmpint (read (stream, buffer), ==, 0);
  g_assert_cmpmem (buffer, 8, nothing, 8);
}

static void
test_wipes (void)
{
  assert_wipes (read_sync);
  assert_wipes (read_async);
}

static void
test_splices (void)
{
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autoptr (GBytes) bytes = g_bytes_new (text, 100000);
  g_autoptr (GInputStream) stream = eonay_wiping_stream_new (bytes);
  g_autoptr (GOutputStream) target = g_memory_output_stream_new_resizable ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) copied = NULL;

  g_output_stream_splice_async (target, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_output_stream_splice_finish (target, result, NULL), ==, 100000);
  copied = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (target));
  g_assert_true (g_bytes_equal (bytes, copied));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/portal/wiping-stream/wipes", test_wipes);
  g_test_add_func ("/portal/wiping-stream/splices", test_splices);

  return g_test_run ();
}
