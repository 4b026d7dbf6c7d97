/* Wipes heap blocks when they are freed, for the copies of a secret that are not ours: those of
   input methods, GTK's text layout, libsoup and TLS. Blocks are still allocated by libc; only the
   functions that free them are replaced. For programs, not for libraries: these definitions apply
   to the whole process. */

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/* Part of libc's ABI since 2.0, but not declared in its headers. */
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

/* Never in place: libc would free the rest, or the whole block after a move, without wiping it. */
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
