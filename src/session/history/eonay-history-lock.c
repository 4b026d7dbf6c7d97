#include "session/history/eonay-history-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

/* Byte 0 is the lock of the critical section. */
#define ALONE 0

struct _EonayHistoryLock {
  int fd; /* -1 in memory, or if it cannot be opened */
  gint64 run;
};

/* Open file description locks, not of the process: also visible through another descriptor of this
   process. */
static int
lock (EonayHistoryLock *self, int command, short type, gint64 byte, short *found)
{
  struct flock range = { .l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };
  int status;

  do
    status = fcntl (self->fd, command, &range);
  while (status != 0 && errno == EINTR);
  if (found != NULL)
    *found = range.l_type;

  return status;
}

/* Not GLib's random numbers, which are the same in both processes after a fork. */
static gint64
draw_run (void)
{
  guint64 number = 0;

  if (getrandom (&number, sizeof number, 0) != sizeof number)
    number = (guint64) g_get_real_time ();

  return 1 + (gint64) (number >> 2);
}

/** Returns: -1 also for a link, a pipe or the like */
static int
open_file (const char *name)
{
  int fd = g_open (name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
  struct stat found;

  if (fd == -1 || (fstat (fd, &found) == 0 && S_ISREG (found.st_mode)))
    return fd;

  close (fd);

  return -1;
}

EonayHistoryLock *
eonay_history_lock_new (const char *path)
{
  EonayHistoryLock *self = g_new0 (EonayHistoryLock, 1);

  self->fd = -1;
  self->run = draw_run ();
  if (path != NULL)
    {
      g_autofree char *name = g_strconcat (path, "-lock", NULL);

      self->fd = open_file (name);
    }
  if (self->fd >= 0 && lock (self, F_OFD_SETLK, F_WRLCK, self->run, NULL) != 0)
    g_debug ("The run of this program cannot be told: %s", g_strerror (errno));

  return self;
}

gint64
eonay_history_lock_get_run (EonayHistoryLock *self)
{
  return self->run;
}

gboolean
eonay_history_lock_is_held (EonayHistoryLock *self, gint64 run)
{
  short found = F_UNLCK;

  if (run == self->run)
    return TRUE;
  if (self->fd < 0 || run <= ALONE || lock (self, F_OFD_GETLK, F_WRLCK, run, &found) != 0)
    return FALSE;

  return found != F_UNLCK;
}

gboolean
eonay_history_lock_enter (EonayHistoryLock *self)
{
  return self->fd >= 0 && lock (self, F_OFD_SETLKW, F_WRLCK, ALONE, NULL) == 0;
}

void
eonay_history_lock_leave (EonayHistoryLock *self)
{
  lock (self, F_OFD_SETLK, F_UNLCK, ALONE, NULL);
}

void
eonay_history_lock_free (EonayHistoryLock *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
