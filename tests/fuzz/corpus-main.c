#include <string.h>

#include "fuzz-target.h"

static void
test_input (gconstpointer path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize length;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);

  /* Without the zero that GLib adds, so that a sanitizer sees the end. */
  bytes = g_memdup2 (content, length);
  g_assert_cmpint (LLVMFuzzerTestOneInput (bytes, length), ==, 0);
}

/* Each file of the folder that is named on the command line is a test. */
int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = NULL;
  g_autofree char *target = NULL;
  const char *name;
  guint count = 0;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  folder = g_dir_open (argv[1], 0, &error);
  g_assert_no_error (error);
  target = g_path_get_basename (argv[1]);
  for (; (name = g_dir_read_name (folder)) != NULL; count++)
    {
      g_autofree char *test = g_strdup_printf ("/fuzz/%s/%s", target, name);

      g_test_add_data_func_full (test, g_build_filename (argv[1], name, NULL), test_input, g_free);
    }
  g_assert_cmpuint (count, >, 0);

  return g_test_run ();
}
