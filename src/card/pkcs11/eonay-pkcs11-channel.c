#include "card/pkcs11/eonay-pkcs11-channel.h"

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/eonay-development.h"
#include "base/eonay-error.h"
#include "base/host/eonay-frame-pipe.h"
#include "base/host/eonay-host-process.h"
#include "card/pkcs11/eonay-pkcs11-environment.h"
#include "card/token/eonay-public-key.h"
#include "eonay-config.h"

/* Milliseconds for what comes after the outcome, and for the host to end by itself. */
#define FAREWELL 3000

/* More than any batch needs; a host that talks without end has lost its mind. */
#define FRAMES_MAX 65536

struct _EonayPkcs11Channel {
  char *argument;
  EonayHostProcess *host; /* NULL: there is none */
};

EonayPkcs11Channel *
eonay_pkcs11_channel_new (const char *argument)
{
  EonayPkcs11Channel *self = g_new0 (EonayPkcs11Channel, 1);

  self->argument = g_strdup (argument);

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
  if (self->host == NULL)
    return 0;

  return eonay_host_process_end (g_steal_pointer (&self->host), by_force);
}

void
eonay_pkcs11_channel_close (EonayPkcs11Channel *self)
{
  eonay_host_process_close (g_steal_pointer (&self->host), FAREWELL);
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
start (EonayPkcs11Channel *self, GError **error)
{
  const char *program = eonay_development_getenv ("EONAY_PKCS11_HOST");
  g_auto (GStrv) ours = g_get_environ ();
  g_auto (GStrv) environment = eonay_pkcs11_environment_select ((const char *const *) ours,
                                                                eonay_development_get_prefixes ());
  g_autoptr (GError) local = NULL;

  self->host = eonay_host_process_start (program != NULL ? program : EONAY_PKCS11_HOST,
                                         self->argument, (const char *const *) environment, -1,
                                         &local);
  if (self->host == NULL)
    g_set_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_FAILED,
                 "The module host does not start: %s", local->message);

  return self->host != NULL;
}

/* One that died in its sleep is no news: nothing had been asked of it. */
static void
bury_the_dead (EonayPkcs11Channel *self)
{
  if (self->host != NULL && eonay_host_process_is_over (self->host))
    reap (self, TRUE);
}

static EonayFramePipeResult
send_secret (EonayPkcs11Channel *self, EonaySecret **secret, gint64 deadline)
{
  EonayFramePipeResult result;
  const guint8 *bytes;
  gsize length;

  if (*secret == NULL)
    return EONAY_FRAME_PIPE_DONE;

  bytes = eonay_secret_peek (*secret, &length);
  result = eonay_frame_pipe_write (eonay_host_process_get_fd (self->host), bytes, length, deadline);
  g_clear_pointer (secret, eonay_secret_free);

  return result;
}

/* Sets @error if the person, or the token, no longer wants it. */
static EonayFramePipeResult
send_secrets (EonayPkcs11Channel *self, EonayPkcs11Request *request, gint64 deadline,
              GError **error)
{
  EonayPinTry before;
  EonayFramePipeResult result;

  if (request == NULL || (request->secret == NULL && request->new_pin == NULL))
    return EONAY_FRAME_PIPE_MALFORMED;

  /* In this order: see EonayTokenRequest. */
  before = request->origin->pin_try;
  request->origin->pin_try = EONAY_PIN_TRY_UNCERTAIN;
  if (!eonay_token_request_may_go_on (request->origin, error))
    {
      request->origin->pin_try = before;
      return EONAY_FRAME_PIPE_CLOSED;
    }

  result = send_secret (self, &request->secret, deadline);
  if (result == EONAY_FRAME_PIPE_DONE)
    result = send_secret (self, &request->new_pin, deadline);

  return result;
}

/* Returns: %FALSE if nobody has asked for it. A wrong one is left to the outcome, which repeats it. */
static gboolean
take_signed (EonayPkcs11Request *request, GBytes *signature, guint index)
{
  EonayTokenRequest *origin = request != NULL ? request->origin : NULL;
  g_autoptr (EonayPublicKey) key = NULL;
  g_autoptr (GBytes) accepted = NULL;

  if (origin == NULL || origin->kind != EONAY_TOKEN_REQUEST_SIGN || index >= origin->digests->len)
    return FALSE;
  if (origin->progress == NULL || eonay_token_progress_count (origin->progress) != index)
    return TRUE;

  key = eonay_public_key_new_from_certificate (
      eonay_token_certificate_get_der (origin->certificate), NULL);
  if (key != NULL)
    accepted = eonay_public_key_accept (key, origin->scheme, origin->digests->pdata[index],
                                        signature, NULL);
  if (accepted != NULL)
    eonay_token_progress_add (origin->progress, accepted);

  return TRUE;
}

/* Lets the host stop between two signatures: it sees the end of the stream. */
static gboolean
stop_between (EonayPkcs11Channel *self, EonayPkcs11Request *request, guint n_made)
{
  EonayTokenRequest *origin = request != NULL ? request->origin : NULL;

  if (origin == NULL || n_made == 0 || n_made >= origin->digests->len ||
      !g_cancellable_is_cancelled (origin->cancellable))
    return FALSE;

  return shutdown (eonay_host_process_get_fd (self->host), SHUT_WR) == 0;
}

/* @request: (nullable) */
static EonayFramePipeResult
read_answer (EonayPkcs11Channel *self, EonayPkcs11Request *request, EonayPkcs11Answer *answer,
             gint64 deadline, GError **error)
{
  EonayFramePipeResult result = EONAY_FRAME_PIPE_DONE;
  gboolean had_outcome = FALSE;
  gboolean had_wish = FALSE;
  guint n_made = 0;

  for (guint i = 0; !answer->ended && result == EONAY_FRAME_PIPE_DONE; i++)
    {
      g_autoptr (GVariant) frame = NULL;

      result = eonay_frame_pipe_read_frame (eonay_host_process_get_fd (self->host),
                                            EONAY_PKCS11_ANSWER_TYPE, deadline, &frame);
      if (result == EONAY_FRAME_PIPE_DONE &&
          (i > FRAMES_MAX || !eonay_pkcs11_answer_decode (answer, frame)))
        result = EONAY_FRAME_PIPE_MALFORMED;
      if (result == EONAY_FRAME_PIPE_DONE && answer->wants_pins && !had_wish)
        result = send_secrets (self, request, deadline, error);
      had_wish = answer->wants_pins;
      if (answer->made != NULL && answer->made->len > n_made &&
          !take_signed (request, answer->made->pdata[n_made], n_made))
        result = EONAY_FRAME_PIPE_MALFORMED;
      n_made = answer->made != NULL ? answer->made->len : 0;
      answer->was_stopped = answer->was_stopped || stop_between (self, request, n_made);
      /* Once only: what comes after the outcome earns no more time. */
      if (answer->has_outcome && !had_outcome)
        deadline = MIN (deadline, deadline_in (FAREWELL));
      had_outcome = answer->has_outcome;
    }

  return result;
}

static GError *
explain (EonayFramePipeResult result, int status)
{
  if (result == EONAY_FRAME_PIPE_TIMED_OUT)
    return g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_HUNG,
                                "The module did not answer in time, and was ended");
  if (result == EONAY_FRAME_PIPE_MALFORMED)
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
  EonayFramePipeResult result = EONAY_FRAME_PIPE_DONE;
  GError *death;

  bury_the_dead (self);
  if (self->host == NULL && !start (self, error))
    return NULL;

  if (request != NULL)
    result = eonay_frame_pipe_write_frame (eonay_host_process_get_fd (self->host),
                                           eonay_pkcs11_request_encode (request), deadline);
  if (result == EONAY_FRAME_PIPE_DONE)
    result = read_answer (self, request, answer, deadline, &stopped);
  if (result == EONAY_FRAME_PIPE_DONE)
    return g_steal_pointer (&answer);

  if (stopped != NULL)
    {
      reap (self, TRUE);
      g_propagate_error (error, stopped);
      return NULL;
    }

  death = explain (result, reap (self, result != EONAY_FRAME_PIPE_CLOSED));
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
