/*
 * To be preloaded: a file system that cannot do everything. EONAY_TEST_FILES is a list of what it
 * lacks: "nameless" (files without a name), "noreplace" (renaming without replacing), "links". With
 * "stranger" somebody who may write there, too, puts another file in the place of the first signature
 * at once; with "thief" in the place of each draft.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
lacks (const char *what)
{
  const char *all = getenv ("EONAY_TEST_FILES");

  return all != NULL && strstr (all, what) != NULL;
}

static void
exchange (int folder, const char *path)
{
  static int done;
  int (*real) (int, const char *, int, ...);
  int fd;

  if (done++ > 0 && !lacks ("thief"))
    return;
  *(void **) &real = dlsym (RTLD_NEXT, "openat64");
  if (unlinkat (folder, path, 0) != 0)
    return;
  fd = real (folder, path, O_CREAT | O_EXCL | O_WRONLY, 0600);
  if (fd == -1 || write (fd, "stranger", strlen ("stranger")) < 0)
    abort ();
  close (fd);
}

/* With 64-bit offsets, which the program is built with, its name is openat64. */
int
openat (int folder, const char *path, int flags, ...)
{
  int (*real) (int, const char *, int, ...);
  const char *is_exchanged = lacks ("stranger") ? ".txt.p7s" : lacks ("thief") ? ".eonay-" : NULL;
  va_list rest;
  mode_t mode;
  int fd;

  if ((flags & O_TMPFILE) == O_TMPFILE && lacks ("nameless"))
    {
      errno = EOPNOTSUPP;
      return -1;
    }
  va_start (rest, flags);
  mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg (rest, mode_t) : 0;
  va_end (rest);
  *(void **) &real = dlsym (RTLD_NEXT, "openat64");
  fd = real (folder, path, flags, mode);
  if (fd != -1 && (flags & O_EXCL) != 0 && is_exchanged != NULL &&
      strstr (path, is_exchanged) != NULL)
    exchange (folder, path);

  return fd;
}

int
renameat2 (int from, const char *old, int to, const char *new, unsigned int flags)
{
  int (*real) (int, const char *, int, const char *, unsigned int);

  if (flags != 0 && lacks ("noreplace"))
    {
      errno = EINVAL;
      return -1;
    }
  *(void **) &real = dlsym (RTLD_NEXT, "renameat2");

  return real (from, old, to, new, flags);
}

int
linkat (int from, const char *old, int to, const char *new, int flags)
{
  int (*real) (int, const char *, int, const char *, int);

  if (lacks ("links"))
    {
      errno = EPERM;
      return -1;
    }
  *(void **) &real = dlsym (RTLD_NEXT, "linkat");

  return real (from, old, to, new, flags);
}
