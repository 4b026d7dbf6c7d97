#include "card/apdu/eonay-apdu.h"

#include <openssl/crypto.h>
#include <string.h>

#include "base/eonay-byte-reader.h"
#include "base/eonay-error.h"

#define INS_VERIFY 0x20
#define INS_CHANGE_REFERENCE_DATA 0x24
#define INS_RESET_RETRY_COUNTER 0x2C
#define INS_GET_RESPONSE 0xC0
#define CLA_CHANNEL_MASK 0x03

/* More rounds than the longest answer can need in pieces of 256 bytes. */
#define GET_RESPONSE_MAX 260

static gboolean
fits (const EonayApdu *self, EonayApduForm form)
{
  if (form == EONAY_APDU_EXTENDED)
    return self->content_length <= EONAY_APDU_CONTENT_MAX &&
           self->expected <= EONAY_APDU_EXPECTED_MAX;

  return self->content_length <= EONAY_APDU_SHORT_CONTENT_MAX &&
         self->expected <= EONAY_APDU_SHORT_EXPECTED_MAX;
}

static gsize
encoded_length (const EonayApdu *self, EonayApduForm form)
{
  gsize width = form == EONAY_APDU_EXTENDED ? 2 : 1;
  gsize length = 4;

  if (form == EONAY_APDU_EXTENDED && (self->content_length > 0 || self->expected > 0))
    length += 1;
  if (self->content_length > 0)
    length += width + self->content_length;
  if (self->expected > 0)
    length += width;

  return length;
}

static gsize
put_length (guint8 *at, EonayApduForm form, gsize value)
{
  if (form == EONAY_APDU_SHORT)
    {
      at[0] = (guint8) value;
      return 1;
    }

  at[0] = (guint8) (value >> 8);
  at[1] = (guint8) value;

  return 2;
}

gsize
eonay_apdu_encode (const EonayApdu *self, EonayApduForm form, EonayProtocol protocol,
                   guint8 *buffer, gsize size)
{
  EonayApdu apdu = *self;
  gsize position = 0;
  gboolean bare;

  if (protocol == EONAY_PROTOCOL_T0 && form == EONAY_APDU_SHORT && apdu.content_length > 0)
    apdu.expected = 0;

  bare = apdu.content_length == 0 && apdu.expected == 0;
  if (!fits (&apdu, form) || encoded_length (&apdu, form) + (bare ? 1 : 0) > size)
    return 0;

  buffer[position++] = apdu.cla;
  buffer[position++] = apdu.ins;
  buffer[position++] = apdu.p1;
  buffer[position++] = apdu.p2;

  if (bare && protocol == EONAY_PROTOCOL_T0)
    buffer[position++] = 0;
  if (!bare && form == EONAY_APDU_EXTENDED)
    buffer[position++] = 0;
  if (apdu.content_length > 0)
    {
      position += put_length (buffer + position, form, apdu.content_length);
      memcpy (buffer + position, apdu.content, apdu.content_length);
      position += apdu.content_length;
    }
  if (apdu.expected > 0)
    position += put_length (buffer + position, form, apdu.expected);

  return position;
}

static gboolean
parse_short (EonayByteReader *reader, EonayApdu *apdu)
{
  guint8 first, le;

  if (!eonay_byte_reader_u8 (reader, &first))
    return FALSE;
  if (eonay_byte_reader_remaining (reader) == 0)
    {
      apdu->expected = first == 0 ? EONAY_APDU_SHORT_EXPECTED_MAX : first;
      return TRUE;
    }

  if (first == 0 || !eonay_byte_reader_take (reader, first, &apdu->content))
    return FALSE;
  apdu->content_length = first;
  if (eonay_byte_reader_u8 (reader, &le))
    apdu->expected = le == 0 ? EONAY_APDU_SHORT_EXPECTED_MAX : le;

  return eonay_byte_reader_remaining (reader) == 0;
}

static gboolean
parse_extended (EonayByteReader *reader, EonayApdu *apdu)
{
  guint16 first, le;

  if (!eonay_byte_reader_skip (reader, 1) || !eonay_byte_reader_u16 (reader, &first))
    return FALSE;
  if (eonay_byte_reader_remaining (reader) == 0)
    {
      apdu->expected = first == 0 ? EONAY_APDU_EXPECTED_MAX : first;
      return TRUE;
    }

  if (first == 0 || !eonay_byte_reader_take (reader, first, &apdu->content))
    return FALSE;
  apdu->content_length = first;
  if (eonay_byte_reader_u16 (reader, &le))
    apdu->expected = le == 0 ? EONAY_APDU_EXPECTED_MAX : le;

  return eonay_byte_reader_remaining (reader) == 0;
}

gboolean
eonay_apdu_parse (const guint8 *bytes, gsize length, EonayApdu *apdu, EonayApduForm *form)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);
  EonayApdu parsed = { 0 };
  guint8 first;
  gboolean extended;
  gboolean valid = TRUE;

  if (!eonay_byte_reader_u8 (&reader, &parsed.cla) ||
      !eonay_byte_reader_u8 (&reader, &parsed.ins) || !eonay_byte_reader_u8 (&reader, &parsed.p1) ||
      !eonay_byte_reader_u8 (&reader, &parsed.p2))
    return FALSE;

  extended = eonay_byte_reader_remaining (&reader) > 1 &&
             eonay_byte_reader_peek_u8 (&reader, &first) && first == 0;
  if (extended)
    valid = parse_extended (&reader, &parsed);
  else if (eonay_byte_reader_remaining (&reader) > 0)
    valid = parse_short (&reader, &parsed);
  if (!valid)
    return FALSE;

  *apdu = parsed;
  if (form != NULL)
    *form = extended ? EONAY_APDU_EXTENDED : EONAY_APDU_SHORT;

  return TRUE;
}

static GBytes *
transmit (EonayTransport *transport, const EonayApdu *apdu, EonayApduForm form, guint16 *status,
          GError **error)
{
  guint8 short_buffer[EONAY_APDU_SHORT_MAX];
  g_autofree guint8 *long_buffer = NULL;
  guint8 *buffer = short_buffer;
  gsize size = sizeof short_buffer;
  g_autoptr (GBytes) response = NULL;
  const guint8 *bytes;
  gsize length;

  if (form == EONAY_APDU_EXTENDED)
    {
      size = encoded_length (apdu, form) + 1;
      buffer = long_buffer = g_malloc (size);
    }

  length = eonay_apdu_encode (apdu, form, eonay_transport_get_protocol (transport), buffer, size);
  if (length > 0)
    response = eonay_transport_transmit (transport, buffer, length, error);
  else
    g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_FAILED, "Command is too long");
  OPENSSL_cleanse (buffer, size);
  if (response == NULL)
    return NULL;

  bytes = g_bytes_get_data (response, &length);
  if (length < 2)
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PROTOCOL,
                           "The card's answer has no status word");
      return NULL;
    }
  *status = (guint16) (bytes[length - 2] << 8 | bytes[length - 1]);

  return g_bytes_new_from_bytes (response, 0, length - 2);
}

static guint
announced (guint16 status)
{
  return (status & 0xFF) == 0 ? EONAY_APDU_SHORT_EXPECTED_MAX : status & 0xFF;
}

/* Sends all but the last part of a command that is too long for one; leaves the last in @apdu. */
static gboolean
send_chain (EonayTransport *transport, EonayApdu *apdu, guint16 *status, GError **error)
{
  EonayApdu part = *apdu;

  part.cla |= EONAY_APDU_CHAINED;
  part.expected = 0;
  part.content_length = EONAY_APDU_SHORT_CONTENT_MAX;
  *status = 0x9000;
  while (apdu->content_length > EONAY_APDU_SHORT_CONTENT_MAX && *status == 0x9000)
    {
      g_autoptr (GBytes) ignored = NULL;

      part.content = apdu->content;
      ignored = transmit (transport, &part, EONAY_APDU_SHORT, status, error);
      if (ignored == NULL)
        return FALSE;
      apdu->content += part.content_length;
      apdu->content_length -= part.content_length;
    }

  return TRUE;
}

/* Some cards say 6100 for "256 bytes", others for "nothing": a refusal then means the latter. */
static GBytes *
fetch_rest (EonayTransport *transport, const EonayApdu *apdu, GBytes *first, guint16 *status,
            GError **error)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  EonayApdu more = { .cla = apdu->cla & CLA_CHANNEL_MASK, .ins = INS_GET_RESPONSE };

  g_byte_array_append (answer, g_bytes_get_data (first, NULL), (guint) g_bytes_get_size (first));
  for (guint round = 0; *status >> 8 == 0x61 && round < GET_RESPONSE_MAX; round++)
    {
      g_autoptr (GBytes) part = NULL;
      guint16 asked = *status;

      more.expected = announced (asked);
      part = transmit (transport, &more, EONAY_APDU_SHORT, status, error);
      if (part != NULL && *status >> 8 == 0x6C)
        {
          more.expected = announced (*status);
          g_clear_pointer (&part, g_bytes_unref);
          part = transmit (transport, &more, EONAY_APDU_SHORT, status, error);
        }
      if (part == NULL)
        return NULL;

      g_byte_array_append (answer, g_bytes_get_data (part, NULL), (guint) g_bytes_get_size (part));
      if (asked == 0x6100 && g_bytes_get_size (part) == 0)
        *status = 0x9000;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&answer));
}

static gboolean
carries_pin (const EonayApdu *self)
{
  return self->content_length > 0 &&
         (self->ins == INS_VERIFY || self->ins == INS_CHANGE_REFERENCE_DATA ||
          self->ins == INS_RESET_RETRY_COUNTER);
}

GBytes *
eonay_apdu_exchange (EonayTransport *transport, const EonayApdu *self, EonayApduForm form,
                     guint16 *status, GError **error)
{
  EonayApdu apdu = *self;
  g_autoptr (GBytes) answer = NULL;

  if (eonay_transport_get_protocol (transport) == EONAY_PROTOCOL_T0 ||
      (form == EONAY_APDU_EXTENDED && fits (&apdu, EONAY_APDU_SHORT)))
    form = EONAY_APDU_SHORT;
  if (form == EONAY_APDU_ALWAYS_EXTENDED)
    form = EONAY_APDU_EXTENDED;
  if (form == EONAY_APDU_SHORT)
    {
      apdu.expected = MIN (apdu.expected, EONAY_APDU_SHORT_EXPECTED_MAX);
      if (!send_chain (transport, &apdu, status, error))
        return NULL;
      if (apdu.content_length > EONAY_APDU_SHORT_CONTENT_MAX || *status != 0x9000)
        return g_bytes_new (NULL, 0);
    }

  answer = transmit (transport, &apdu, form, status, error);
  if (answer == NULL)
    return NULL;

  if (self->expected == 0)
    {
      /* Of a PIN it would be a guess that the card has taken it. */
      if (*status >> 8 == 0x61 && !carries_pin (self))
        *status = 0x9000;
      return g_steal_pointer (&answer);
    }
  if (*status >> 8 == 0x6C)
    {
      apdu.expected = announced (*status);
      g_clear_pointer (&answer, g_bytes_unref);
      answer = transmit (transport, &apdu, form, status, error);
    }
  if (answer != NULL && *status >> 8 == 0x61)
    return fetch_rest (transport, &apdu, answer, status, error);

  return g_steal_pointer (&answer);
}
