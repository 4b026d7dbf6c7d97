/*
 * To be preloaded into one of our own programs that read documents: as a document would that has taken
 * it over at once. EONAY_HOSTILE_AT is when: "map", when it maps the document, or "wait", when it waits
 * for the first request (nothing before that waits for anything). It attacks, writes the report on its socket to the program, and ends.
 */
#include <poll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/host/eonay-host-process.h"
#include "hostile.h"

static void
attack_at (const char *when)
{
  FILE *report;

  if (g_strcmp0 (g_getenv ("EONAY_HOSTILE_AT"), when) != 0)
    return;

  report = fdopen (EONAY_HOST_PROCESS_FD, "w");
  if (report != NULL)
    {
      hostile_attack (report);
      fclose (report);
    }
  _exit (0);
}

__attribute__ ((visibility ("default"))) int
poll (struct pollfd *entries, nfds_t count, int timeout)
{
  const struct timespec limit = { .tv_sec = timeout / 1000, .tv_nsec = timeout % 1000 * 1000000L };

  attack_at ("wait");

  return ppoll (entries, count, timeout < 0 ? NULL : &limit, NULL);
}

/* With 64-bit offsets, which the programs are built with, mmap() is this. */
__attribute__ ((visibility ("default"))) void *
mmap64 (void *address, size_t length, int protection, int flags, int fd, __off64_t offset)
{
  if (fd == EONAY_HOST_PROCESS_GIVEN_FD)
    attack_at ("map");

  return (void *) syscall (SYS_mmap, address, length, protection, flags, fd, offset);
}
