#include "base/host/eonay-sandbox-private.h"

#include <errno.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define KIBI G_GUINT64_CONSTANT (1024)
#define NO_LIMIT_NPROC 32768

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define IS_SANITIZED TRUE
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define IS_SANITIZED TRUE
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED FALSE
#endif

EonaySandboxProfile *
eonay_sandbox_profile_new (void)
{
  EonaySandboxProfile *self = g_new0 (EonaySandboxProfile, 1);

  self->readable = g_ptr_array_new_with_free_func (g_free);
  self->regular = g_ptr_array_new_with_free_func (g_free);
  self->writable = g_ptr_array_new_with_free_func (g_free);
  self->sockets = g_ptr_array_new_with_free_func (g_free);
  self->memory = 2 * KIBI * KIBI * KIBI;
  self->file_size = 16 * KIBI * KIBI;
  self->files = 256;
  self->kept = STDERR_FILENO + 1;

  return self;
}

void
eonay_sandbox_profile_free (EonaySandboxProfile *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->readable);
  g_ptr_array_unref (self->regular);
  g_ptr_array_unref (self->writable);
  g_ptr_array_unref (self->sockets);
  g_free (self);
}

static void
add (GPtrArray *paths, const char *path)
{
  if (path != NULL && g_path_is_absolute (path))
    g_ptr_array_add (paths, g_strdup (path));
}

void
eonay_sandbox_profile_add_readable (EonaySandboxProfile *self, const char *path)
{
  add (self->readable, path);
}

void
eonay_sandbox_profile_add_regular (EonaySandboxProfile *self, const char *path)
{
  add (self->regular, path);
}

void
eonay_sandbox_profile_add_writable (EonaySandboxProfile *self, const char *path)
{
  add (self->writable, path);
}

void
eonay_sandbox_profile_add_socket (EonaySandboxProfile *self, const char *path)
{
  add (self->sockets, path);
}

gboolean
eonay_sandbox_fail (const char *what, GError **error)
{
  int code = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", what,
               g_strerror (code));

  return FALSE;
}

void
eonay_sandbox_close_from (int first)
{
  struct rlimit limit = { 0 };

#ifdef SYS_close_range
  if (syscall (SYS_close_range, first, G_MAXUINT, 0) == 0)
    return;
#endif
  /* Linux < 5.9 */
  getrlimit (RLIMIT_NOFILE, &limit);
  for (int fd = first; fd < (int) MIN (limit.rlim_cur, 65536); fd++)
    close (fd);
}

static gboolean
set_limit (int resource, guint64 value)
{
  struct rlimit limit;

  if (getrlimit (resource, &limit) != 0)
    return FALSE;
  limit.rlim_max = MIN (limit.rlim_max, value);
  limit.rlim_cur = MIN (limit.rlim_cur, limit.rlim_max);

  return setrlimit (resource, &limit) == 0;
}

/* The limit counts all of the user's processes and threads: whatever this process starts, an eighth
   is left to the others; with less it could not start beside a large desktop. */
static guint64
most_of_the_processes (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NPROC, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return NO_LIMIT_NPROC;

  return limit.rlim_cur - limit.rlim_cur / 8;
}

static gboolean
set_limits (const EonaySandboxProfile *profile, GError **error)
{
  /* A write over the limit fails, instead of ending the process. */
  signal (SIGXFSZ, SIG_IGN);

  if (set_limit (RLIMIT_CORE, 0) && set_limit (RLIMIT_NOFILE, profile->files) &&
      set_limit (RLIMIT_FSIZE, profile->file_size) && set_limit (RLIMIT_MSGQUEUE, 0) &&
      set_limit (RLIMIT_RTPRIO, 0) && set_limit (RLIMIT_NPROC, most_of_the_processes ()) &&
      (IS_SANITIZED || set_limit (RLIMIT_AS, profile->memory)))
    return TRUE;

  return eonay_sandbox_fail ("Limits", error);
}

/* Also when run as root, files and processes of other users are out of reach. */
static gboolean
drop_capabilities (void)
{
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = { 0 };

  return syscall (SYS_capset, &header, none) == 0;
}

static gboolean
drop_privileges (GError **error)
{
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return eonay_sandbox_fail ("PR_SET_NO_NEW_PRIVS", error);
  if (prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    return eonay_sandbox_fail ("PR_SET_DUMPABLE", error);
  if (!drop_capabilities ())
    return eonay_sandbox_fail ("Capabilities", error);

  return TRUE;
}

gboolean
eonay_sandbox_enter (const EonaySandboxProfile *profile, EonaySandboxLack *lack, GError **error)
{
  *lack = EONAY_SANDBOX_LACKS_NOTHING;

  eonay_sandbox_close_from (profile->kept);
  /* A signal typed at the program's terminal must not end a call that is sending a PIN. */
  setsid ();
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (!set_limits (profile, error) || !drop_privileges (error))
    return FALSE;
  if (profile->sockets->len > 0 && !eonay_sandbox_start_broker (profile->sockets, error))
    return FALSE;

  return eonay_sandbox_catch_connect (error) &&
         eonay_sandbox_restrict_files (profile, lack, error) &&
         eonay_sandbox_restrict_calls (lack, error);
}
