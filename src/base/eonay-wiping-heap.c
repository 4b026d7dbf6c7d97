/* The program's heap wipes what it gives back, for the copies of a secret that are not ours: those of
   input methods, GTK's text layout, libsoup and TLS. Blocks stay libc's own; only the ways by which
   they return to it are taken. For programs, not for libraries: what is defined here is everybody's. */

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/* Part of libc's binary interface since 2.0, but of none of its headers. */
extern void *__libc_malloc (size_t size);
extern void __libc_free (void *block);

static void
wipe_and_free (void *block)
{
  int before = errno;

  explicit_bzero (block, malloc_usable_size (block));
  __libc_free (block);
  errno = before;
}

__attribute__ ((visibility ("default"))) void
free (void *block)
{
  if (block != NULL)
    wipe_and_free (block);
}

/* Never in place: libc would give back the rest, or the whole after a move, as it is. */
__attribute__ ((visibility ("default"))) void *
realloc (void *block, size_t size)
{
  size_t room;
  void *moved;

  if (block == NULL)
    return __libc_malloc (size);
  if (size == 0)
    {
      wipe_and_free (block);
      return NULL;
    }

  room = malloc_usable_size (block);
  if (size <= room && size >= room / 2)
    return block;

  moved = __libc_malloc (size);
  if (moved == NULL)
    return NULL;
  memcpy (moved, block, room < size ? room : size);
  wipe_and_free (block);

  return moved;
}
