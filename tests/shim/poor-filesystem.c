/*
 * To be preloaded: a file system that cannot do everything. EONAY_TEST_FILES is a list of what it
 * lacks: "nameless" (files without a name), "noreplace" (renaming without replacing), "links".
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

/* With 64-bit offsets, which the program is built with, its name is openat64. */
int
openat (int folder, const char *path, int flags, ...)
{
  int (*real) (int, const char *, int, ...);
  va_list rest;
  mode_t mode;

  if ((flags & O_TMPFILE) == O_TMPFILE && lacks ("nameless"))
    {
      errno = EOPNOTSUPP;
      return -1;
    }
  va_start (rest, flags);
  mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg (rest, mode_t) : 0;
  va_end (rest);
  *(void **) &real = dlsym (RTLD_NEXT, "openat64");

  return real (folder, path, flags, mode);
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
