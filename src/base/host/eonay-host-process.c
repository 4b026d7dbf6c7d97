#include "base/host/eonay-host-process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/host/eonay-frame-pipe.h"

#define NO_FD -1

struct _EonayHostProcess {
  GPid pid;
  int fd;
};

static gboolean
set_error (const char *what, GError **error)
{
  int number = errno;

  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (number), "%s: %s", what,
               g_strerror (number));

  return FALSE;
}

static gboolean
spawn (EonayHostProcess *self, const char *const *argv, const char *const *environment, int theirs,
       int given, GError **error)
{
  const int sources[] = { theirs, given };
  const int targets[] = { EONAY_HOST_PROCESS_FD, EONAY_HOST_PROCESS_GIVEN_FD };
  /* GLib aborts the program where it cannot open it itself. */
  int nowhere = open ("/dev/null", O_RDWR | O_CLOEXEC);
  gboolean started;

  if (nowhere < 0)
    return set_error ("No /dev/null for a host", error);

  /* What runs in a host prints what it likes: not on our streams. With its working directory and the
     closing of descriptors left to the host itself, GLib need not copy this process to start it. */
  started = g_spawn_async_with_pipes_and_fds (
      NULL, argv, environment, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN, NULL,
      NULL, nowhere, nowhere, nowhere, sources, targets, given == NO_FD ? 1 : 2, &self->pid, NULL,
      NULL, NULL, error);
  close (nowhere);

  /* GLib says so, without a process, where it has no descriptors left. */
  if (started && self->pid <= 0)
    {
      g_set_error_literal (error, G_SPAWN_ERROR, G_SPAWN_ERROR_MFILE, "No process for a host");
      return FALSE;
    }

  return started;
}

EonayHostProcess *
eonay_host_process_start (const char *program, const char *argument, const char *const *environment,
                          int given, GError **error)
{
  const char *argv[] = { program, argument, NULL };
  EonayHostProcess *self;
  int ends[2];
  gboolean started;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    {
      set_error ("No socket for a host", error);
      return NULL;
    }

  self = g_new0 (EonayHostProcess, 1);
  self->fd = ends[0];
  started = spawn (self, argv, environment, ends[1], given, error);
  close (ends[1]);
  if (started)
    return self;

  close (self->fd);
  g_free (self);

  return NULL;
}

gboolean
eonay_host_process_begin (void)
{
  return fcntl (EONAY_HOST_PROCESS_FD, F_SETFD, FD_CLOEXEC) == 0 && chdir ("/") == 0;
}

int
eonay_host_process_get_fd (EonayHostProcess *self)
{
  return self->fd;
}

gboolean
eonay_host_process_is_over (EonayHostProcess *self)
{
  guint8 byte;

  return recv (self->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0;
}

int
eonay_host_process_end (EonayHostProcess *self, gboolean by_force)
{
  int status = 0;

  if (by_force)
    kill (self->pid, SIGKILL);
  /* What it may have left behind, where the kernel could not keep it from that; it is not reaped
     yet, so that nobody else has its number. */
  kill (-self->pid, SIGKILL);
  while (waitpid (self->pid, &status, 0) < 0 && errno == EINTR)
    ;
  g_spawn_close_pid (self->pid);
  close (self->fd);
  g_free (self);

  return status;
}

void
eonay_host_process_close (EonayHostProcess *self, guint limit)
{
  EonayFramePipeResult result = EONAY_FRAME_PIPE_DONE;
  gint64 deadline = g_get_monotonic_time () + (gint64) limit * 1000;
  guint8 rest[4096];

  if (self == NULL)
    return;

  shutdown (self->fd, SHUT_WR);
  while (result == EONAY_FRAME_PIPE_DONE)
    result = eonay_frame_pipe_read (self->fd, rest, sizeof rest, deadline);
  eonay_host_process_end (self, result != EONAY_FRAME_PIPE_CLOSED);
}

static gboolean
begins_with_one_of (const char *name, const char *const *prefixes)
{
  for (gsize i = 0; prefixes != NULL && prefixes[i] != NULL; i++)
    if (g_str_has_prefix (name, prefixes[i]))
      return TRUE;

  return FALSE;
}

char **
eonay_host_process_select_environment (const char *const *environment, const char *const *names,
                                       const char *const *prefixes, const char *const *more)
{
  g_autoptr (GStrvBuilder) selected = g_strv_builder_new ();

  for (guint i = 0; environment[i] != NULL; i++)
    {
      g_autofree char *name = g_strndup (environment[i], strcspn (environment[i], "="));

      if (g_strv_contains (names, name) || begins_with_one_of (name, prefixes) ||
          begins_with_one_of (name, more))
        g_strv_builder_add (selected, environment[i]);
    }

  return g_strv_builder_end (selected);
}
