#include "card/pkcs11/eonay-pkcs11-channel.h"

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/eonay-development.h"
#include "base/eonay-error.h"
#include "card/pkcs11/eonay-pkcs11-environment.h"
#include "card/pkcs11/eonay-pkcs11-pipe.h"
#include "eonay-config.h"

/* Milliseconds for what comes after the outcome, and for the host to end by itself. */
#define FAREWELL 3000

/* More than any batch needs; a host that talks without end has lost its mind. */
#define FRAMES_MAX 65536

#define NO_FD -1

struct _EonayPkcs11Channel {
  char *argument;
  GPid pid; /* 0: there is no host */
  int fd;
};

EonayPkcs11Channel *
eonay_pkcs11_channel_new (const char *argument)
{
  EonayPkcs11Channel *self = g_new0 (EonayPkcs11Channel, 1);

  self->argument = g_strdup (argument);
  self->fd = NO_FD;

  return self;
}

static gint64
deadline_in (guint milliseconds)
{
  return g_get_monotonic_time () + (gint64) milliseconds * 1000;
}

/* Returns: the wait status */
static int
reap (EonayPkcs11Channel *self, gboolean by_force)
{
  int status = 0;

  if (self->pid == 0)
    return 0;

  if (by_force)
    kill (self->pid, SIGKILL);
  /* What it may have left behind, where the kernel could not keep it from that; it is not reaped
     yet, so that nobody else has its number. */
  kill (-self->pid, SIGKILL);
  while (waitpid (self->pid, &status, 0) < 0 && errno == EINTR)
    ;
  g_spawn_close_pid (self->pid);
  self->pid = 0;
  close (self->fd);
  self->fd = NO_FD;

  return status;
}

void
eonay_pkcs11_channel_close (EonayPkcs11Channel *self)
{
  EonayPkcs11PipeResult result = EONAY_PKCS11_PIPE_DONE;
  gint64 deadline = deadline_in (FAREWELL);

  if (self->pid == 0)
    return;

  shutdown (self->fd, SHUT_WR);
  while (result == EONAY_PKCS11_PIPE_DONE && g_get_monotonic_time () < deadline)
    {
      g_autoptr (GVariant) frame = NULL;

      result = eonay_pkcs11_pipe_read_frame (self->fd, EONAY_PKCS11_ANSWER_TYPE, deadline, &frame);
    }
  reap (self, result != EONAY_PKCS11_PIPE_CLOSED);
}

void
eonay_pkcs11_channel_free (EonayPkcs11Channel *self)
{
  if (self == NULL)
    return;

  eonay_pkcs11_channel_close (self);
  g_free (self->argument);
  g_free (self);
}

static gboolean
spawn (EonayPkcs11Channel *self, int theirs, GError **error)
{
  const char *program = eonay_development_getenv ("EONAY_PKCS11_HOST");
  const char *argv[] = { program != NULL ? program : EONAY_PKCS11_HOST, self->argument, NULL };
  const int target = EONAY_PKCS11_HOST_FD;
  g_auto (GStrv) ours = g_get_environ ();
  g_auto (GStrv) environment = eonay_pkcs11_environment_select ((const char *const *) ours,
                                                                eonay_development_get_prefixes ());
  g_autoptr (GError) local = NULL;

  /* Modules print what they like: not on our streams. */
  if (g_spawn_async_with_pipes_and_fds (
          "/", argv, (const char *const *) environment,
          G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
          NULL, -1, -1, -1, &theirs, &target, 1, &self->pid, NULL, NULL, NULL, &local))
    return TRUE;

  g_set_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_FAILED,
               "The module host does not start: %s", local->message);

  return FALSE;
}

static gboolean
start (EonayPkcs11Channel *self, GError **error)
{
  int ends[2];
  gboolean started;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    {
      g_set_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_FAILED,
                   "No pipe to the module host: %s", g_strerror (errno));
      return FALSE;
    }

  started = spawn (self, ends[1], error);
  close (ends[1]);
  self->fd = ends[0];
  if (started)
    return TRUE;

  self->pid = 0;
  close (self->fd);
  self->fd = NO_FD;

  return FALSE;
}

/* One that died in its sleep is no news: nothing had been asked of it. */
static void
bury_the_dead (EonayPkcs11Channel *self)
{
  guint8 byte;

  if (self->pid != 0 && recv (self->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0)
    reap (self, TRUE);
}

static EonayPkcs11PipeResult
send_secret (EonayPkcs11Channel *self, EonaySecret **secret, gint64 deadline)
{
  EonayPkcs11PipeResult result;
  const guint8 *bytes;
  gsize length;

  if (*secret == NULL)
    return EONAY_PKCS11_PIPE_DONE;

  bytes = eonay_secret_peek (*secret, &length);
  result = eonay_pkcs11_pipe_write (self->fd, bytes, length, deadline);
  g_clear_pointer (secret, eonay_secret_free);

  return result;
}

/* Sets @error if the person, or the token, no longer wants it. */
static EonayPkcs11PipeResult
send_secrets (EonayPkcs11Channel *self, EonayPkcs11Request *request, gint64 deadline,
              GError **error)
{
  EonayPinTry before;
  EonayPkcs11PipeResult result;

  if (request == NULL || (request->secret == NULL && request->new_pin == NULL))
    return EONAY_PKCS11_PIPE_MALFORMED;

  /* In this order: see EonayTokenRequest. */
  before = request->origin->pin_try;
  request->origin->pin_try = EONAY_PIN_TRY_UNCERTAIN;
  if (!eonay_token_request_may_go_on (request->origin, error))
    {
      request->origin->pin_try = before;
      return EONAY_PKCS11_PIPE_CLOSED;
    }

  result = send_secret (self, &request->secret, deadline);
  if (result == EONAY_PKCS11_PIPE_DONE)
    result = send_secret (self, &request->new_pin, deadline);

  return result;
}

/* @request: (nullable) */
static EonayPkcs11PipeResult
read_answer (EonayPkcs11Channel *self, EonayPkcs11Request *request, EonayPkcs11Answer *answer,
             gint64 deadline, GError **error)
{
  EonayPkcs11PipeResult result = EONAY_PKCS11_PIPE_DONE;
  gboolean had_outcome = FALSE;
  gboolean had_wish = FALSE;

  for (guint i = 0; !answer->ended && result == EONAY_PKCS11_PIPE_DONE; i++)
    {
      g_autoptr (GVariant) frame = NULL;

      result = eonay_pkcs11_pipe_read_frame (self->fd, EONAY_PKCS11_ANSWER_TYPE, deadline, &frame);
      if (result == EONAY_PKCS11_PIPE_DONE &&
          (i > FRAMES_MAX || !eonay_pkcs11_answer_decode (answer, frame)))
        result = EONAY_PKCS11_PIPE_MALFORMED;
      if (result == EONAY_PKCS11_PIPE_DONE && answer->wants_pins && !had_wish)
        result = send_secrets (self, request, deadline, error);
      had_wish = answer->wants_pins;
      /* Once only: what comes after the outcome earns no more time. */
      if (answer->has_outcome && !had_outcome)
        deadline = MIN (deadline, deadline_in (FAREWELL));
      had_outcome = answer->has_outcome;
    }

  return result;
}

static GError *
explain (EonayPkcs11PipeResult result, int status)
{
  if (result == EONAY_PKCS11_PIPE_TIMED_OUT)
    return g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_HUNG,
                                "The module did not answer in time, and was ended");
  if (result == EONAY_PKCS11_PIPE_MALFORMED)
    return g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_CRASHED,
                                "The module's process said what makes no sense, and was ended");
  if (WIFSIGNALED (status))
    return g_error_new (EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_CRASHED,
                        "The module ended its process with signal %d", WTERMSIG (status));

  return g_error_new (EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_CRASHED,
                      "The module ended its process with status %d", WEXITSTATUS (status));
}

EonayPkcs11Answer *
eonay_pkcs11_channel_ask (EonayPkcs11Channel *self, EonayPkcs11Request *request, guint limit,
                          GError **error)
{
  g_autoptr (EonayPkcs11Answer) answer = eonay_pkcs11_answer_new ();
  GError *stopped = NULL;
  gint64 deadline = deadline_in (limit);
  EonayPkcs11PipeResult result = EONAY_PKCS11_PIPE_DONE;
  GError *death;

  bury_the_dead (self);
  if (self->pid == 0 && !start (self, error))
    return NULL;

  if (request != NULL)
    result = eonay_pkcs11_pipe_write_frame (self->fd, eonay_pkcs11_request_encode (request),
                                            deadline);
  if (result == EONAY_PKCS11_PIPE_DONE)
    result = read_answer (self, request, answer, deadline, &stopped);
  if (result == EONAY_PKCS11_PIPE_DONE)
    return g_steal_pointer (&answer);

  if (stopped != NULL)
    {
      reap (self, TRUE);
      g_propagate_error (error, stopped);
      return NULL;
    }

  death = explain (result, reap (self, result != EONAY_PKCS11_PIPE_CLOSED));
  if (answer->has_outcome && (answer->error != NULL || answer->slots != NULL ||
                              answer->modules != NULL || answer->signatures != NULL))
    {
      g_info ("After it had answered: %s", death->message);
      g_error_free (death);
      return g_steal_pointer (&answer);
    }
  eonay_card_error_set_pin_try (death, answer->pin_try);
  g_propagate_error (error, death);

  return NULL;
}
