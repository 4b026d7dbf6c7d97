#include "card/trace/eonay-replay-transport.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/eonay-error.h"
#include "card/trace/eonay-trace-rule.h"

typedef struct {
  GBytes *command;
  GBytes *response;
  gint64 session; /* 0 when the transcript has only one */
  gboolean reset;
  gboolean hidden; /* the command is only a header: any body will do */
} Exchange;

/* What the card answers to reset from a session on. */
typedef struct {
  gint64 session;
  GBytes *atr;
  EonayProtocol protocol;
} Header;

struct _EonayReplayTransport {
  GObject parent_instance;

  GPtrArray *exchanges;
  GArray *headers;
  guint position;
  gint64 session;
  gboolean connected;
  gboolean was_reset;
};

static void eonay_replay_transport_iface_init (EonayTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayReplayTransport, eonay_replay_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_TRANSPORT,
                                                      eonay_replay_transport_iface_init))

static void
exchange_free (gpointer exchange)
{
  Exchange *self = exchange;

  g_clear_pointer (&self->command, g_bytes_unref);
  g_clear_pointer (&self->response, g_bytes_unref);
  g_free (self);
}

static void
header_clear (gpointer header)
{
  g_bytes_unref (((Header *) header)->atr);
}

static const Header *
get_header (EonayReplayTransport *self)
{
  const Header *header = &g_array_index (self->headers, Header, 0);

  for (guint i = 1; i < self->headers->len; i++)
    if (g_array_index (self->headers, Header, i).session <= self->session)
      header = &g_array_index (self->headers, Header, i);

  return header;
}

static gboolean
eonay_replay_transport_connect (EonayTransport *transport, GError **error)
{
  EonayReplayTransport *self = EONAY_REPLAY_TRANSPORT (transport);

  self->connected = TRUE;
  self->session++;

  return TRUE;
}

static void
eonay_replay_transport_disconnect (EonayTransport *transport, EonayDisposition disposition)
{
  EonayReplayTransport *self = EONAY_REPLAY_TRANSPORT (transport);

  if (self->connected && disposition == EONAY_DISPOSITION_RESET)
    self->was_reset = TRUE;
  self->connected = FALSE;
}

static gboolean
eonay_replay_transport_begin (EonayTransport *transport, GError **error)
{
  return TRUE;
}

static gboolean
eonay_replay_transport_end (EonayTransport *transport, EonayDisposition disposition, GError **error)
{
  if (disposition == EONAY_DISPOSITION_RESET)
    EONAY_REPLAY_TRANSPORT (transport)->was_reset = TRUE;

  return TRUE;
}

static gboolean
is_next (EonayReplayTransport *self, const Exchange *next, const guint8 *command, gsize length)
{
  gsize expected_length;
  const guint8 *expected = g_bytes_get_data (next->command, &expected_length);

  if (next->session != 0 && next->session != self->session)
    return FALSE;
  if (next->reset && !self->was_reset)
    return FALSE;
  if (next->hidden)
    return eonay_trace_rule_has_body (command, length) &&
           memcmp (command, expected, expected_length) == 0;

  return length == expected_length && memcmp (command, expected, length) == 0;
}

static GBytes *
eonay_replay_transport_transmit (EonayTransport *transport, const guint8 *command, gsize length,
                                 GError **error)
{
  EonayReplayTransport *self = EONAY_REPLAY_TRANSPORT (transport);
  const Exchange *next = NULL;

  if (self->position < self->exchanges->len)
    next = g_ptr_array_index (self->exchanges, self->position);
  if (!self->connected || length < 4 || next == NULL || !is_next (self, next, command, length))
    {
      g_set_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_FAILED,
                   "Exchange %u of %u: %02X%02X%02X%02X (%zu bytes) is not the next command",
                   self->position + 1, self->exchanges->len, length > 0 ? command[0] : 0,
                   length > 1 ? command[1] : 0, length > 2 ? command[2] : 0,
                   length > 3 ? command[3] : 0, length);
      return NULL;
    }

  self->position++;
  self->was_reset = FALSE;

  return g_bytes_ref (next->response);
}

static GBytes *
eonay_replay_transport_get_atr (EonayTransport *transport)
{
  return g_bytes_ref (get_header (EONAY_REPLAY_TRANSPORT (transport))->atr);
}

static EonayProtocol
eonay_replay_transport_get_protocol (EonayTransport *transport)
{
  return get_header (EONAY_REPLAY_TRANSPORT (transport))->protocol;
}

static void
eonay_replay_transport_iface_init (EonayTransportInterface *iface)
{
  iface->connect = eonay_replay_transport_connect;
  iface->disconnect = eonay_replay_transport_disconnect;
  iface->begin = eonay_replay_transport_begin;
  iface->end = eonay_replay_transport_end;
  iface->transmit = eonay_replay_transport_transmit;
  iface->get_atr = eonay_replay_transport_get_atr;
  iface->get_protocol = eonay_replay_transport_get_protocol;
}

static void
eonay_replay_transport_finalize (GObject *object)
{
  EonayReplayTransport *self = EONAY_REPLAY_TRANSPORT (object);

  g_ptr_array_unref (self->exchanges);
  g_array_unref (self->headers);

  G_OBJECT_CLASS (eonay_replay_transport_parent_class)->finalize (object);
}

static void
eonay_replay_transport_class_init (EonayReplayTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_replay_transport_finalize;
}

static void
eonay_replay_transport_init (EonayReplayTransport *self)
{
  self->exchanges = g_ptr_array_new_with_free_func (exchange_free);
  self->headers = g_array_new (FALSE, FALSE, sizeof (Header));
  g_array_set_clear_func (self->headers, header_clear);
  self->was_reset = TRUE;
}

/* Where the parser is: sessions are numbered anew by each program that wrote to the transcript. */
typedef struct {
  gint64 reader; /* whose lines count; 0 before the first header */
  gint64 base;
  gint64 last_session;
} Place;

static GBytes *
parse_hex (JsonObject *object, const char *name)
{
  const char *text = json_object_get_string_member_with_default (object, name, NULL);
  gsize length = text != NULL ? strlen (text) : 0;
  g_autofree guint8 *bytes = g_malloc (length / 2 + 1);

  if (length == 0 || length % 2 != 0)
    return NULL;
  for (gsize i = 0; i < length; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0)
        return NULL;
      bytes[i / 2] = (guint8) (i % 2 == 0 ? digit << 4 : bytes[i / 2] | digit);
    }

  return g_bytes_new (bytes, length / 2);
}

static gboolean
parse_number (JsonObject *object, const char *name, gint64 *number)
{
  *number = json_object_get_int_member_with_default (object, name, 0);

  return *number >= 0 && *number <= G_MAXINT32;
}

static gboolean
parse_protocol (JsonObject *object, EonayProtocol *protocol)
{
  const char *text = json_object_get_string_member_with_default (object, "protocol", NULL);

  if (g_strcmp0 (text, "T=0") == 0)
    *protocol = EONAY_PROTOCOL_T0;
  else if (g_strcmp0 (text, "T=1") == 0)
    *protocol = EONAY_PROTOCOL_T1;
  else
    return FALSE;

  return TRUE;
}

static gboolean
add_header (EonayReplayTransport *self, JsonObject *object, gint64 session, Place *place)
{
  Header header = { 0 };

  if (!parse_protocol (object, &header.protocol))
    return FALSE;
  header.atr = parse_hex (object, "atr");
  if (header.atr == NULL)
    return FALSE;

  session = MAX (session, 1);
  if (session + place->base <= place->last_session)
    place->base = place->last_session + 1 - session;
  header.session = session + place->base;
  g_array_append_val (self->headers, header);

  return TRUE;
}

static gboolean
add_exchange (EonayReplayTransport *self, JsonObject *object, gint64 session, Place *place)
{
  Exchange *exchange = g_new0 (Exchange, 1);

  g_ptr_array_add (self->exchanges, exchange);
  exchange->command = parse_hex (object, "c");
  exchange->response = parse_hex (object, "r");
  exchange->session = session != 0 ? session + place->base : 0;
  exchange->reset = json_object_get_int_member_with_default (object, "reset", 0) != 0;
  exchange->hidden = json_object_get_boolean_member_with_default (object, "hidden", FALSE);
  place->last_session = MAX (place->last_session, exchange->session);

  return exchange->command != NULL && exchange->response != NULL &&
         (!exchange->hidden || g_bytes_get_size (exchange->command) == 4);
}

static gboolean
add_line (EonayReplayTransport *self, const char *line, Place *place)
{
  g_autoptr (JsonNode) node = json_from_string (line, NULL);
  JsonObject *object;
  gint64 session, reader;
  gboolean is_header;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;

  object = json_node_get_object (node);
  is_header = json_object_has_member (object, "atr");
  if (!parse_number (object, "s", &session) || !parse_number (object, "reader", &reader))
    return FALSE;
  if (place->reader == 0 && is_header)
    place->reader = reader;
  if (reader != 0 && place->reader != 0 && reader != place->reader)
    return TRUE;

  return is_header ? add_header (self, object, session, place)
                   : add_exchange (self, object, session, place);
}

static gboolean
add_lines (EonayReplayTransport *self, const char *transcript, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (transcript, "\n", -1);
  Place place = { 0 };

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*g_strstrip (lines[i]) == '\0' || add_line (self, lines[i], &place))
        continue;
      g_set_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MALFORMED,
                   "Line %u is not an exchange", i + 1);
      return FALSE;
    }

  return TRUE;
}

EonayTransport *
eonay_replay_transport_new (const char *transcript, GBytes *atr, EonayProtocol protocol,
                            GError **error)
{
  g_autoptr (EonayReplayTransport) self = g_object_new (EONAY_TYPE_REPLAY_TRANSPORT, NULL);

  if (atr != NULL)
    {
      Header header = { 0, g_bytes_ref (atr), protocol };

      g_array_append_val (self->headers, header);
    }
  if (!add_lines (self, transcript, error))
    return NULL;
  if (self->headers->len == 0)
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MALFORMED,
                           "Nothing tells the card's answer to reset");
      return NULL;
    }

  return EONAY_TRANSPORT (g_steal_pointer (&self));
}

guint
eonay_replay_transport_get_position (EonayReplayTransport *self)
{
  g_return_val_if_fail (EONAY_IS_REPLAY_TRANSPORT (self), 0);

  return self->position;
}

guint
eonay_replay_transport_get_length (EonayReplayTransport *self)
{
  g_return_val_if_fail (EONAY_IS_REPLAY_TRANSPORT (self), 0);

  return self->exchanges->len;
}
