#include "cli/terminal/eonay-cli-terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/eonay-error.h"
#include "base/eonay-text-class.h"
#include "cli/terminal/eonay-cli-answer.h"
#include "cli/terminal/eonay-cli-echo.h"
#include "cli/terminal/eonay-cli-rows.h"

#define TERMINAL_PATH "/dev/tty"
#define END_OF_INPUT 0x04 /* Ctrl-D, if the terminal does not process it */
#define SILENCE (10 * G_TIME_SPAN_SECOND)
#define PAGE_PROMPT N_ ("[Enter: go on · q: do not sign]")

struct _EonayCliTerminal {
  int fd;
  guint unread; /* rows shown since the last input */
};

/* A line being read; it may be a PIN. */
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

  eonay_cli_size_watch ();
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
eonay_cli_terminal_read_line (int fd, GCancellable *stop, GError **error)
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

static gboolean
say (EonayCliTerminal *self, const char *text)
{
  g_autofree char *printable = eonay_text_class_make_text (text, -1);
  const char *at = printable;
  gsize length = strlen (at);

  while (length > 0)
    {
      ssize_t written = write (self->fd, at, length);

      if (written <= 0 && errno != EINTR)
        return FALSE;
      if (written > 0)
        {
          at += written;
          length -= (gsize) written;
        }
    }

  return TRUE;
}

char *
eonay_cli_terminal_ask (EonayCliTerminal *self, const char *question, GCancellable *stop,
                        GError **error)
{
  g_autoptr (EonaySecret) answer = NULL;
  const guint8 *bytes;
  gsize length;

  /* Input from before the question is not an answer to it. */
  tcflush (self->fd, TCIFLUSH);
  say (self, question);
  answer = eonay_cli_terminal_read_line (self->fd, stop, error);
  if (answer == NULL)
    {
      say (self, "\n");
      return NULL;
    }

  self->unread = 0;
  bytes = eonay_secret_peek (answer, &length);
  if (length > 0 && memchr (bytes, '\0', length) != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The line is not text");
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

      say (self, _ ("Answer “y” for yes or “n” for no."));
      say (self, "\n");
    }
}

EonayCliSize
eonay_cli_terminal_measure (EonayCliTerminal *self)
{
  return eonay_cli_size_measure (self->fd);
}

static gboolean
has_room (const EonayCliSize *size, GError **error)
{
  if (eonay_cli_size_get_page (size, _ (PAGE_PROMPT)) > 0)
    return TRUE;

  g_set_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_SCREEN_TOO_SMALL,
               "The terminal has %u rows of %u columns", size->rows, size->columns);

  return FALSE;
}

gboolean
eonay_cli_terminal_has_room (EonayCliTerminal *self, GError **error)
{
  EonayCliSize size = eonay_cli_size_measure (self->fd);

  return has_room (&size, error);
}

static gboolean
pause_for_reading (EonayCliTerminal *self, GCancellable *stop)
{
  while (TRUE)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *prompt = g_strconcat (_ (PAGE_PROMPT), " ", NULL);
      g_autofree char *answer = eonay_cli_terminal_ask (self, prompt, stop, &error);

      if (answer == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
        return FALSE;
      if (answer != NULL && g_ascii_strcasecmp (g_strstrip (answer), "q") == 0)
        return FALSE;
      if (answer != NULL && *answer == '\0')
        return TRUE;

      say (self, _ ("Press Enter alone to go on, or type “q” not to sign."));
      say (self, "\n");
    }
}

/* Progress of showing a text. */
typedef enum {
  SHOWN_ALL,
  SHOWN_OTHER_SIZE, /* the window does not have the size that the rows were broken for */
  SHOWN_STOPPED,
} Shown;

static Shown
turn_page (EonayCliTerminal *self, const EonayCliSize *size, GCancellable *stop)
{
  EonayCliSize now;

  if (!pause_for_reading (self, stop))
    return SHOWN_STOPPED;

  now = eonay_cli_size_measure (self->fd);

  return eonay_cli_size_equal (&now, size) ? SHOWN_ALL : SHOWN_OTHER_SIZE;
}

static Shown
show_rows (EonayCliTerminal *self, GPtrArray *rows, guint room, const EonayCliSize *size,
           GCancellable *stop)
{
  guint page = eonay_cli_size_get_page (size, _ (PAGE_PROMPT));
  EonayCliSize now;

  for (guint i = 0; i < rows->len; i++)
    {
      Shown turned = self->unread < page ? SHOWN_ALL : turn_page (self, size, stop);

      if (turned != SHOWN_ALL)
        return turned;
      if (!say (self, rows->pdata[i]) || !say (self, "\n"))
        return SHOWN_STOPPED;
      self->unread++;
    }

  if (self->unread + room > page)
    return turn_page (self, size, stop);

  now = eonay_cli_size_measure (self->fd);

  return eonay_cli_size_equal (&now, size) ? SHOWN_ALL : SHOWN_OTHER_SIZE;
}

gboolean
eonay_cli_terminal_show (EonayCliTerminal *self, const char *text, guint room, EonayCliSize *at,
                         GCancellable *stop, GError **error)
{
  g_autofree char *printable = eonay_text_class_make_text (text, -1);
  g_autofree char *again = NULL;
  Shown shown = SHOWN_OTHER_SIZE;

  again = g_strconcat ("\n",
                       _ ("The window’s size has changed; this is shown again from its beginning."),
                       "\n\n", printable, NULL);
  for (gboolean first = TRUE; shown == SHOWN_OTHER_SIZE; first = FALSE)
    {
      EonayCliSize size = eonay_cli_size_measure (self->fd);
      g_autoptr (GPtrArray) rows = NULL;

      if (!has_room (&size, error))
        return FALSE;

      /* Rows shown at another size do not count. */
      if (!first)
        self->unread = 0;
      rows = eonay_cli_rows_break (first ? printable : again, size.columns);
      shown = show_rows (self, rows, room, &size, stop);
      *at = size;
    }

  return shown == SHOWN_ALL;
}

/* Input for a question that has ended. */
typedef struct {
  gint64 last; /* when */
  gboolean finished;
} Leftover;

static gboolean
on_leftover (int fd, GIOCondition condition, gpointer user_data)
{
  Leftover *leftover = user_data;
  guint8 byte = 0;
  ssize_t got = read (fd, &byte, 1);

  if (got == 1)
    leftover->finished = byte == '\n' || byte == '\r' || byte == END_OF_INPUT;
  else if (got == 0 || (errno != EINTR && errno != EAGAIN))
    leftover->finished = TRUE;
  OPENSSL_cleanse (&byte, sizeof byte);
  leftover->last = g_get_monotonic_time ();

  return leftover->finished ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/**
 * A person who is typing a secret will type it to its end: the rest must reach neither the screen
 * nor the shell. Ends with the line, when nothing is typed any more, or with @end.
 */
static void
swallow_line (EonayCliTerminal *self, GCancellable *end)
{
  Leftover leftover = { .last = g_get_monotonic_time () };
  g_autoptr (GSource) tick = g_timeout_source_new_seconds (1);
  guint watch;

  eonay_cli_echo_take_keys ();
  say (self, "\n");
  say (self, _ ("This is not asked for any more, and what you type is not used. Press Enter."));
  g_source_set_dummy_callback (tick);
  g_source_attach (tick, NULL);
  watch = g_unix_fd_add (self->fd, G_IO_IN | G_IO_HUP | G_IO_ERR | G_IO_NVAL, on_leftover,
                         &leftover);
  while (!leftover.finished && !g_cancellable_is_cancelled (end) &&
         g_get_monotonic_time () - leftover.last < SILENCE)
    g_main_context_iteration (NULL, TRUE);
  if (!leftover.finished)
    g_source_remove (watch);
  g_source_destroy (tick);
}

EonaySecret *
eonay_cli_terminal_ask_secret (EonayCliTerminal *self, const char *question, GCancellable *stop,
                               GCancellable *end, GError **error)
{
  EonaySecret *secret;

  if (!eonay_cli_echo_off (self->fd))
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   "Cannot turn the terminal's echo off: %s", g_strerror (errno));
      return NULL;
    }

  say (self, question);
  secret = eonay_cli_terminal_read_line (self->fd, stop, error);
  if (secret == NULL && g_cancellable_is_cancelled (stop) && !g_cancellable_is_cancelled (end))
    swallow_line (self, end);
  eonay_cli_echo_restore ();
  say (self, "\n");

  return secret;
}
