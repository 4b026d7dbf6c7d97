#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <string.h>
#include <unistd.h>

#define MARK "deneme-sifresi"
/* libc's own links between free blocks stand there. */
#define LINKS 32

static int memory;

static gsize
count_marks (guintptr place, gsize length)
{
  g_autofree guint8 *content = g_malloc (length);
  gssize n_read = pread (memory, content, length, (off_t) place);
  gsize count = 0;

  /* What libc has given back to the system is nowhere any more. */
  for (gssize at = 0; at < n_read; at++)
    count += (gsize) (n_read - at) >= strlen (MARK) &&
             memcmp (content + at, MARK, strlen (MARK)) == 0;

  return count;
}

static char *
create_marked (gsize length)
{
  char *block = g_malloc (length);

  for (gsize at = 0; at + strlen (MARK) <= length; at += strlen (MARK))
    memcpy (block + at, MARK, strlen (MARK));

  return block;
}

static void
test_freed (void)
{
  const gsize lengths[] = { 56, 120, 1000, 5000, 100000, 1000000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      char *block = create_marked (lengths[i]);
      guintptr place = (guintptr) block;

      g_assert_cmpuint (count_marks (place + LINKS, lengths[i] - LINKS), >, 0);
      g_free (block);
      g_assert_cmpuint (count_marks (place + LINKS, lengths[i] - LINKS), ==, 0);
    }
}

static void
test_moved (void)
{
  const gsize lengths[] = { 56, 120, 1000, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      char *block = create_marked (lengths[i]);
      guintptr place = (guintptr) block;
      g_autofree char *expected = g_memdup2 (block, lengths[i]);
      char *moved = g_realloc (block, 4 * lengths[i]);

      g_assert_cmpmem (moved, lengths[i], expected, lengths[i]);
      g_assert_true ((guintptr) moved != place);
      g_assert_cmpuint (count_marks (place + LINKS, lengths[i] - LINKS), ==, 0);
      g_free (moved);
    }
}

static void
test_shrunk (void)
{
  char *block = create_marked (5000);
  guintptr place = (guintptr) block;
  char *rest = g_realloc (block, 100);

  g_assert_cmpint (strncmp (rest, MARK, strlen (MARK)), ==, 0);
  g_assert_cmpuint (count_marks (place + 200, 5000 - 200), ==, 0);
  g_free (rest);
}

static void
test_keeps_errno (void)
{
  char *block = create_marked (100);

  errno = ENOENT;
  g_free (block);
  g_assert_cmpint (errno, ==, ENOENT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  memory = open ("/proc/self/mem", O_RDONLY);
  g_assert_cmpint (memory, >=, 0);
  g_test_add_func ("/base/wiping-heap/freed", test_freed);
  g_test_add_func ("/base/wiping-heap/moved", test_moved);
  g_test_add_func ("/base/wiping-heap/shrunk", test_shrunk);
  g_test_add_func ("/base/wiping-heap/keeps-errno", test_keeps_errno);

  return g_test_run ();
}
