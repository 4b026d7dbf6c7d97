#include "cli/eonay-cli-terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/eonay-cli-answer.h"
#include "cli/eonay-cli-echo.h"

#define TERMINAL_PATH "/dev/tty"

struct _EonayCliTerminal {
  int fd;
};

/* One line on its way in; it may be a PIN. */
typedef struct {
  guint8 bytes[EONAY_SECRET_MAX];
  gsize length;
  gboolean too_long;
  gboolean complete;
  gboolean ended;
} Line;

EonayCliTerminal *
eonay_cli_terminal_new (GError **error)
{
  EonayCliTerminal *self;
  int fd = open (TERMINAL_PATH, O_RDWR | O_CLOEXEC | O_NOCTTY);

  if (fd == -1)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", TERMINAL_PATH,
                   g_strerror (errno));
      return NULL;
    }

  self = g_new0 (EonayCliTerminal, 1);
  self->fd = fd;

  return self;
}

void
eonay_cli_terminal_free (EonayCliTerminal *self)
{
  if (self == NULL)
    return;

  close (self->fd);
  g_free (self);
}

static void
take_byte (Line *line, guint8 byte)
{
  if (byte == '\n')
    line->complete = TRUE;
  else if (line->length < sizeof line->bytes)
    line->bytes[line->length++] = byte;
  else
    line->too_long = TRUE;
}

static gboolean
on_readable (int fd, GIOCondition condition, gpointer user_data)
{
  Line *line = user_data;
  guint8 byte = 0;
  ssize_t got = read (fd, &byte, 1);

  if (got == 1)
    take_byte (line, byte);
  else if (got == 0 || (errno != EINTR && errno != EAGAIN))
    line->ended = TRUE;
  OPENSSL_cleanse (&byte, sizeof byte);

  return line->complete || line->ended ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static EonaySecret *
finish_line (Line *line, GError **error)
{
  if (!line->complete && !(line->ended && line->length > 0))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nothing was typed");
      return NULL;
    }

  if (line->too_long)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The line is too long");
      return NULL;
    }

  if (line->length > 0 && line->bytes[line->length - 1] == '\r')
    line->length--;

  return eonay_secret_new (line->bytes, line->length);
}

EonaySecret *
eonay_cli_read_line (int fd, GCancellable *stop, GError **error)
{
  Line *line = OPENSSL_secure_zalloc (sizeof (Line));
  EonaySecret *secret;
  guint watch;

  if (line == NULL)
    g_error ("Out of locked memory");

  watch = g_unix_fd_add (fd, G_IO_IN | G_IO_HUP | G_IO_ERR | G_IO_NVAL, on_readable, line);
  while (!line->complete && !line->ended && !g_cancellable_is_cancelled (stop))
    g_main_context_iteration (NULL, TRUE);
  if (!line->complete && !line->ended)
    g_source_remove (watch);

  secret = finish_line (line, error);
  OPENSSL_secure_clear_free (line, sizeof (Line));

  return secret;
}

static void
say (EonayCliTerminal *self, const char *text)
{
  gsize length = strlen (text);

  while (length > 0)
    {
      ssize_t written = write (self->fd, text, length);

      if (written <= 0 && errno != EINTR)
        return;
      if (written > 0)
        {
          text += written;
          length -= (gsize) written;
        }
    }
}

char *
eonay_cli_terminal_ask (EonayCliTerminal *self, const char *question, GCancellable *stop,
                        GError **error)
{
  g_autoptr (EonaySecret) answer = NULL;
  const guint8 *bytes;
  gsize length;

  /* What was typed before the question is no answer to it. */
  tcflush (self->fd, TCIFLUSH);
  say (self, question);
  answer = eonay_cli_read_line (self->fd, stop, error);
  if (answer == NULL)
    {
      say (self, "\n");
      return NULL;
    }

  bytes = eonay_secret_peek (answer, &length);
  if (length > 0 && memchr (bytes, '\0', length) != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The line is no text");
      return NULL;
    }

  return g_strndup ((const char *) bytes, length);
}

gboolean
eonay_cli_terminal_confirm (EonayCliTerminal *self, const char *question, GCancellable *stop)
{
  g_autofree char *prompt = g_strconcat (question, " ", NULL);
  EonayCliAnswer answer = EONAY_CLI_ANSWER_UNCLEAR;

  while (TRUE)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *line = eonay_cli_terminal_ask (self, prompt, stop, &error);

      if (line != NULL)
        answer = eonay_cli_answer_read (line);
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
        answer = EONAY_CLI_ANSWER_NO;
      if (answer != EONAY_CLI_ANSWER_UNCLEAR)
        return answer == EONAY_CLI_ANSWER_YES;

      say (self, _("Answer “y” for yes or “n” for no."));
      say (self, "\n");
    }
}

EonaySecret *
eonay_cli_terminal_ask_secret (EonayCliTerminal *self, const char *question, GCancellable *stop,
                               GError **error)
{
  EonaySecret *secret;

  if (!eonay_cli_echo_off (self->fd))
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   "The terminal cannot be silenced: %s", g_strerror (errno));
      return NULL;
    }

  say (self, question);
  secret = eonay_cli_read_line (self->fd, stop, error);
  eonay_cli_echo_restore ();
  say (self, "\n");

  return secret;
}
