/* Finds octets in the writable memory of another program.

   Usage: memory-search PID < NEEDLES
   A needle a line, in hexadecimal, four octets or more. Prints a line for each place: which needle
   (from 0), where in its area, and what the area is. */

#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE_SIZE 4096
#define NEEDLES_MAX 65536
#define HASHES 65536
#define HEAD 4

typedef struct {
  guint8 *octets;
  gsize length;
  int next; /* with the same hash; -1 for the last */
} Needle;

static Needle needles[NEEDLES_MAX];
static int first_of[HASHES];
static guint n_needles;

static guint
hash_head (const guint8 *octets)
{
  guint32 head;

  memcpy (&head, octets, HEAD);

  return (head * 2654435761u) >> 16;
}

static void
read_needles (void)
{
  char line[LINE_SIZE];

  memset (first_of, -1, sizeof first_of);
  while (fgets (line, sizeof line, stdin) != NULL && n_needles < NEEDLES_MAX)
    {
      Needle *needle = &needles[n_needles];
      guint hash;

      needle->length = strcspn (line, "\n") / 2;
      g_assert (needle->length >= HEAD);
      needle->octets = g_malloc (needle->length);
      for (gsize i = 0; i < needle->length; i++)
        needle->octets[i] = (guint8) (g_ascii_xdigit_value (line[2 * i]) << 4 |
                                      g_ascii_xdigit_value (line[2 * i + 1]));
      hash = hash_head (needle->octets);
      needle->next = first_of[hash];
      first_of[hash] = (int) n_needles++;
    }
}

static void
search (const guint8 *content, gsize length, const char *name)
{
  for (gsize at = 0; at + HEAD <= length; at++)
    for (int i = first_of[hash_head (content + at)]; i >= 0; i = needles[i].next)
      if (needles[i].length <= length - at &&
          memcmp (content + at, needles[i].octets, needles[i].length) == 0)
        printf ("%d %zx %s\n", i, at, name);
}

static gsize
read_area (int memory, guint64 start, guint8 *content, gsize length)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = pread (memory, content + done, length - done, (off_t) (start + done));

      if (n <= 0)
        break;
      done += (gsize) n;
    }

  return done;
}

static void
search_area (int memory, const char *line)
{
  guint64 start;
  guint64 end;
  char access[5];
  int name = 0;
  g_autofree guint8 *content = NULL;

  if (sscanf (line, "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x %4s %*s %*s %*s %n", &start,
              &end, access, &name) < 3 ||
      !g_str_has_prefix (access, "rw"))
    return;

  content = g_malloc (end - start);
  search (content, read_area (memory, start, content, end - start),
          line[name] != '\0' ? line + name : "anonymous");
}

int
main (int argc, char *argv[])
{
  g_autofree char *memory_path = argc == 2 ? g_strdup_printf ("/proc/%s/mem", argv[1]) : NULL;
  g_autofree char *maps_path = argc == 2 ? g_strdup_printf ("/proc/%s/maps", argv[1]) : NULL;
  int memory = argc == 2 ? open (memory_path, O_RDONLY | O_CLOEXEC) : -1;
  FILE *maps = argc == 2 ? fopen (maps_path, "re") : NULL;
  char line[LINE_SIZE];

  if (memory < 0 || maps == NULL)
    {
      fputs ("memory-search: no such memory\n", stderr);
      return EXIT_FAILURE;
    }

  read_needles ();
  while (fgets (line, sizeof line, maps) != NULL)
    search_area (memory, g_strchomp (line));

  return EXIT_SUCCESS;
}
