#include "card/trace/eonay-trace-transport.h"

#include <errno.h>
#include <fcntl.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "card/trace/eonay-trace-answer.h"
#include "card/trace/eonay-trace-rule.h"

/* An exchange that waits for the rest of what it is a piece of. */
typedef struct {
  GString *line; /* without the answer */
  gsize offset;
  gsize length;
  guint8 status[2];
} Exchange;

struct _EonayTraceTransport {
  GObject parent_instance;

  EonayTransport *transport;
  char *reader;
  int fd;
  guint number;
  GBytes *atr; /* the last one that was written */
  guint session;
  gboolean first_in_session;
  gboolean was_reset;
  GQueue waiting;
  EonayTraceAnswer *answer; /* of the exchanges that wait */
  EonayTraceRule rule;      /* of the first of them */
  gsize end;                /* where the last of them ended */
};

static void eonay_trace_transport_iface_init (EonayTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayTraceTransport, eonay_trace_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_TRANSPORT,
                                                      eonay_trace_transport_iface_init))

static int n_readers;
static int n_warnings;

static void
exchange_free (gpointer exchange)
{
  Exchange *self = exchange;

  g_string_free (self->line, TRUE);
  g_free (self);
}

static void
warn_once (const char *what, int problem)
{
  if (g_atomic_int_add (&n_warnings, 1) == 0)
    g_warning ("The card trace cannot be %s: %s", what, g_strerror (problem));
}

/* A line is one write to a file opened for appending: others' lines come before or behind it. */
static void
write_line (EonayTraceTransport *self, GString *line)
{
  gsize done = 0;

  g_string_append_c (line, '\n');
  while (self->fd >= 0 && done < line->len)
    {
      gssize written = write (self->fd, line->str + done, line->len - done);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          warn_once ("written", errno);
          return;
        }
      done += (gsize) written;
    }
}

static void
append_hex (GString *line, const guint8 *bytes, gsize length)
{
  static const char digits[] = "0123456789abcdef";

  for (gsize i = 0; i < length; i++)
    {
      g_string_append_c (line, digits[bytes[i] >> 4]);
      g_string_append_c (line, digits[bytes[i] & 0x0F]);
    }
}

static void
flush (EonayTraceTransport *self)
{
  Exchange *exchange;

  if (self->answer != NULL)
    eonay_trace_answer_redact (self->answer);
  while ((exchange = g_queue_pop_head (&self->waiting)) != NULL)
    {
      g_string_append (exchange->line, ", \"r\": \"");
      if (exchange->length > 0)
        append_hex (exchange->line, eonay_trace_answer_get (self->answer, exchange->offset),
                    exchange->length);
      append_hex (exchange->line, exchange->status, sizeof exchange->status);
      g_string_append (exchange->line, "\"}");
      write_line (self, exchange->line);
      exchange_free (exchange);
    }
  g_clear_pointer (&self->answer, eonay_trace_answer_free);
}

static const char *
protocol_name (EonayProtocol protocol)
{
  switch (protocol)
    {
    case EONAY_PROTOCOL_T0:
      return "T=0";
    case EONAY_PROTOCOL_T1:
      return "T=1";
    case EONAY_PROTOCOL_NONE:
    default:
      return "";
    }
}

/* Some readers' names end in their own number, in brackets. */
static char *
name_of_model (const char *reader)
{
  return g_strndup (reader, strcspn (reader, "(["));
}

static void
write_header (EonayTraceTransport *self)
{
  g_autoptr (GBytes) atr = eonay_transport_get_atr (self->transport);
  g_autofree char *model = name_of_model (self->reader);
  g_autoptr (JsonNode) name = json_node_init_string (json_node_alloc (), model);
  g_autofree char *quoted = json_to_string (name, FALSE);
  g_autoptr (GString) line = NULL;
  gsize length;
  const guint8 *bytes;

  if (atr == NULL || (self->atr != NULL && g_bytes_equal (atr, self->atr)))
    return;

  g_clear_pointer (&self->atr, g_bytes_unref);
  self->atr = g_bytes_ref (atr);
  bytes = g_bytes_get_data (atr, &length);
  line = g_string_new ("{\"atr\": \"");
  append_hex (line, bytes, length);
  g_string_append_printf (line, "\", \"protocol\": \"%s\", \"s\": %u, \"reader\": %u",
                          protocol_name (eonay_transport_get_protocol (self->transport)),
                          self->session, self->number);
  g_string_append_printf (line, ", \"name\": %s}", quoted);
  write_line (self, line);
}

static gboolean
eonay_trace_transport_connect (EonayTransport *transport, GError **error)
{
  EonayTraceTransport *self = EONAY_TRACE_TRANSPORT (transport);

  if (!eonay_transport_connect (self->transport, error))
    return FALSE;

  self->session++;
  self->first_in_session = TRUE;
  write_header (self);

  return TRUE;
}

static void
eonay_trace_transport_disconnect (EonayTransport *transport, EonayDisposition disposition)
{
  EonayTraceTransport *self = EONAY_TRACE_TRANSPORT (transport);

  flush (self);
  if (disposition == EONAY_DISPOSITION_RESET)
    self->was_reset = TRUE;
  eonay_transport_disconnect (self->transport, disposition);
}

static gboolean
eonay_trace_transport_begin (EonayTransport *transport, GError **error)
{
  return eonay_transport_begin (EONAY_TRACE_TRANSPORT (transport)->transport, error);
}

static gboolean
eonay_trace_transport_end (EonayTransport *transport, EonayDisposition disposition, GError **error)
{
  EonayTraceTransport *self = EONAY_TRACE_TRANSPORT (transport);

  flush (self);
  if (disposition == EONAY_DISPOSITION_RESET)
    self->was_reset = TRUE;

  return eonay_transport_end (self->transport, disposition, error);
}

static gboolean
goes_on (EonayTraceTransport *self, const EonayTraceRule *rule)
{
  if (self->answer == NULL)
    return FALSE;
  if (rule->reads_file && self->rule.reads_file)
    return rule->short_id == 0 || rule->short_id == self->rule.short_id;

  return rule->continues && !rule->has_body;
}

/* The command's line as far as its answer; of a hidden body not even the length. */
static GString *
begin_line (EonayTraceTransport *self, const EonayTraceRule *rule, const guint8 *command,
            gsize length)
{
  GString *line = g_string_new ("{\"s\": ");

  g_string_append_printf (line, "%u, \"reader\": %u", self->session, self->number);
  if (self->first_in_session && self->session > 1)
    g_string_append_printf (line, ", \"reset\": %d", self->was_reset ? 1 : 0);
  self->first_in_session = FALSE;
  self->was_reset = FALSE;

  if (rule->body_hidden)
    {
      length = 4;
      g_string_append (line, ", \"hidden\": true");
    }
  g_string_append (line, ", \"c\": \"");
  append_hex (line, command, length);
  g_string_append_c (line, '"');

  return line;
}

static void
record (EonayTraceTransport *self, const guint8 *command, gsize length, GBytes *response)
{
  EonayTraceRule rule = eonay_trace_rule_of_command (command, length);
  Exchange *exchange = g_new0 (Exchange, 1);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (response, &size);

  if (!goes_on (self, &rule))
    {
      flush (self);
      self->rule = rule;
      self->answer = eonay_trace_answer_new (rule.answer);
      self->end = 0;
    }

  exchange->line = begin_line (self, &rule, command, length);
  exchange->offset = rule.reads_file ? rule.offset : self->end;
  exchange->length = size - 2;
  memcpy (exchange->status, bytes + size - 2, 2);
  eonay_trace_answer_put (self->answer, exchange->offset, bytes, exchange->length);
  self->end = exchange->offset + exchange->length;
  g_queue_push_tail (&self->waiting, exchange);

  if (!self->rule.reads_file && exchange->status[0] != 0x61)
    flush (self);
}

static GBytes *
eonay_trace_transport_transmit (EonayTransport *transport, const guint8 *command, gsize length,
                                GError **error)
{
  EonayTraceTransport *self = EONAY_TRACE_TRANSPORT (transport);
  GBytes *response = eonay_transport_transmit (self->transport, command, length, error);

  if (response != NULL && length >= 4 && g_bytes_get_size (response) >= 2)
    record (self, command, length, response);

  return response;
}

static GBytes *
eonay_trace_transport_get_atr (EonayTransport *transport)
{
  return eonay_transport_get_atr (EONAY_TRACE_TRANSPORT (transport)->transport);
}

static EonayProtocol
eonay_trace_transport_get_protocol (EonayTransport *transport)
{
  return eonay_transport_get_protocol (EONAY_TRACE_TRANSPORT (transport)->transport);
}

/* The reader's own affair, which cannot be played back: it is not written. */
static GBytes *
eonay_trace_transport_control (EonayTransport *transport, guint32 code, const guint8 *in,
                               gsize in_length, GError **error)
{
  EonayTraceTransport *self = EONAY_TRACE_TRANSPORT (transport);

  flush (self);

  return eonay_transport_control (self->transport, code, in, in_length, error);
}

static gboolean
eonay_trace_transport_takes_extended (EonayTransport *transport)
{
  return eonay_transport_takes_extended (EONAY_TRACE_TRANSPORT (transport)->transport);
}

static guint
eonay_trace_transport_get_insertion (EonayTransport *transport)
{
  return eonay_transport_get_insertion (EONAY_TRACE_TRANSPORT (transport)->transport);
}

static void
eonay_trace_transport_iface_init (EonayTransportInterface *iface)
{
  iface->connect = eonay_trace_transport_connect;
  iface->disconnect = eonay_trace_transport_disconnect;
  iface->begin = eonay_trace_transport_begin;
  iface->end = eonay_trace_transport_end;
  iface->transmit = eonay_trace_transport_transmit;
  iface->get_atr = eonay_trace_transport_get_atr;
  iface->get_protocol = eonay_trace_transport_get_protocol;
  iface->control = eonay_trace_transport_control;
  iface->takes_extended = eonay_trace_transport_takes_extended;
  iface->get_insertion = eonay_trace_transport_get_insertion;
}

static void
eonay_trace_transport_finalize (GObject *object)
{
  EonayTraceTransport *self = EONAY_TRACE_TRANSPORT (object);

  flush (self);
  g_object_unref (self->transport);
  g_clear_pointer (&self->atr, g_bytes_unref);
  g_free (self->reader);
  if (self->fd >= 0)
    close (self->fd);

  G_OBJECT_CLASS (eonay_trace_transport_parent_class)->finalize (object);
}

static void
eonay_trace_transport_class_init (EonayTraceTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_trace_transport_finalize;
}

static void
eonay_trace_transport_init (EonayTraceTransport *self)
{
  self->fd = -1;
  self->number = (guint) g_atomic_int_add (&n_readers, 1) + 1;
}

/* A file that somebody else laid down, or one that has another name, could be anything. */
static gboolean
may_be_written (int fd)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return FALSE;
  if (S_ISREG (status.st_mode))
    return status.st_uid == geteuid () && status.st_nlink == 1 && fchmod (fd, 0600) == 0;

  return S_ISCHR (status.st_mode) || status.st_uid == geteuid ();
}

static void
open_file (EonayTraceTransport *self, const char *path)
{
  /* Without waiting for whoever may hold the other end of a pipe. */
  self->fd = open (
      path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK, 0600);
  if (self->fd < 0)
    {
      warn_once ("opened", errno);
    }
  else if (!may_be_written (self->fd))
    {
      warn_once ("kept from others", EPERM);
      close (self->fd);
      self->fd = -1;
    }
  else
    {
      fcntl (self->fd, F_SETFL, O_APPEND);
    }
}

EonayTransport *
eonay_trace_transport_wrap (EonayTransport *transport, const char *reader)
{
  const char *path = g_getenv ("EONAY_TRACE");
  EonayTraceTransport *self;

  g_return_val_if_fail (EONAY_IS_TRANSPORT (transport) && reader != NULL, transport);

  if (path == NULL || *path == '\0')
    return transport;

  self = g_object_new (EONAY_TYPE_TRACE_TRANSPORT, NULL);
  self->transport = transport;
  self->reader = g_strdup (reader);
  open_file (self, path);

  return EONAY_TRANSPORT (self);
}
