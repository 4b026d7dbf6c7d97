/*
 * A host for the tests of base/host/eonay-host-process.h. Its argument is what it does: "echo" (answers
 * "words, n, bytes" with the number of descriptors that it was given and the bytes of the sealed
 * memory among them, or "-"), "where" (answers the folder that it works in), "crash" or "hang".
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/host/eonay-frame-pipe.h"
#include "base/host/eonay-host-process.h"
#include "base/host/eonay-sealed-memory.h"

static gboolean
write_text (char *text)
{
  return eonay_frame_pipe_write_frame (EONAY_HOST_PROCESS_FD, g_variant_new_take_string (text),
                                       EONAY_FRAME_PIPE_FOREVER) == EONAY_FRAME_PIPE_DONE;
}

static gboolean
answer (gboolean is_where)
{
  g_autoptr (GVariant) words = NULL;
  g_autoptr (GBytes) given = eonay_sealed_memory_map (EONAY_HOST_PROCESS_GIVEN_FD, 100, NULL);
  g_autofree char *bytes = NULL;

  if (eonay_frame_pipe_read_frame (EONAY_HOST_PROCESS_FD, "s", EONAY_FRAME_PIPE_FOREVER, &words) !=
      EONAY_FRAME_PIPE_DONE)
    return FALSE;

  if (is_where)
    return write_text (g_get_current_dir ());

  bytes = given != NULL ? g_strndup (g_bytes_get_data (given, NULL), g_bytes_get_size (given))
                        : g_strdup ("-");

  return write_text (g_strdup_printf ("%s, %d, %s", g_variant_get_string (words, NULL),
                                      given != NULL ? 2 : 1, bytes));
}

int
main (int argc, char *argv[])
{
  if (!eonay_host_process_begin ())
    return 2;
  if (argc > 1 && strcmp (argv[1], "crash") == 0)
    abort ();
  while (argc > 1 && strcmp (argv[1], "hang") == 0)
    pause ();
  while (answer (argc > 1 && strcmp (argv[1], "where") == 0))
    ;

  return 0;
}
