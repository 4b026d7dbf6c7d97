#include "practice/reader/eonay-practice-vpcd.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/crypto.h>

#define CONTROL_POWER_OFF 0x00
#define CONTROL_POWER_ON 0x01
#define CONTROL_RESET 0x02
#define CONTROL_ATR 0x04

#define MESSAGE_MAX 65535

/* The reader sends a message in two segments, and the second waits for the acknowledgement of the
   first: 40 ms per command, unless TCP_QUICKACK is set again each time. */
static void
acknowledge_at_once (GIOStream *stream)
{
  if (G_IS_TCP_CONNECTION (stream))
    g_socket_set_option (g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream)), IPPROTO_TCP,
                         TCP_QUICKACK, TRUE, NULL);
}

/* Returns: FALSE without an error when the stream ended between two messages. */
static gboolean
read_all (GIOStream *stream, guint8 *bytes, gsize length, gboolean within_message,
          GCancellable *cancellable, GError **error)
{
  GInputStream *in = g_io_stream_get_input_stream (stream);
  gsize got;

  acknowledge_at_once (stream);
  if (!g_input_stream_read_all (in, bytes, length, &got, cancellable, error))
    return FALSE;

  if (got < length && (got > 0 || within_message))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                         "The reader disconnected within a message");

  return got == length;
}

static gboolean
read_message (GIOStream *stream, guint8 *message, gsize *length, GCancellable *cancellable,
              GError **error)
{
  guint8 head[2];

  if (!read_all (stream, head, sizeof head, FALSE, cancellable, error))
    return FALSE;

  *length = (gsize) (head[0] << 8 | head[1]);

  return read_all (stream, message, *length, TRUE, cancellable, error);
}

static gboolean
write_message (GOutputStream *out, GBytes *message, GCancellable *cancellable, GError **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (message, &length);
  const guint8 head[] = { (length >> 8) & 0xff, length & 0xff };
  g_autoptr (GByteArray) whole = g_byte_array_sized_new ((guint) (sizeof head + length));

  if (length > MESSAGE_MAX)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                           "The answer is too long for the reader");
      return FALSE;
    }

  /* In one segment, or the second would wait for the acknowledgement of the first. */
  g_byte_array_append (whole, head, sizeof head);
  g_byte_array_append (whole, bytes, (guint) length);

  return g_output_stream_write_all (out, whole->data, whole->len, NULL, cancellable, error);
}

/* Returns: (nullable): the answer, if any */
static GBytes *
answer (EonayPracticeCard *card, const guint8 *message, gsize length)
{
  if (length > 1)
    return eonay_practice_card_process (card, message, length);

  switch (length == 1 ? message[0] : G_MAXUINT8)
    {
    case CONTROL_ATR:
      return g_bytes_ref (eonay_practice_card_get_atr (card));
    case CONTROL_POWER_OFF:
    case CONTROL_POWER_ON:
    case CONTROL_RESET:
      eonay_practice_card_reset (card);
      return NULL;
    default:
      return NULL;
    }
}

gboolean
eonay_practice_vpcd_serve (EonayPracticeCard *card, GIOStream *stream, GCancellable *cancellable,
                           GError **error)
{
  GOutputStream *out = g_io_stream_get_output_stream (stream);
  g_autofree guint8 *message = g_malloc (MESSAGE_MAX);
  g_autoptr (GError) failure = NULL;
  gsize length;

  while (failure == NULL && read_message (stream, message, &length, cancellable, &failure))
    {
      g_autoptr (GBytes) reply = answer (card, message, length);

      OPENSSL_cleanse (message, length);
      if (reply != NULL)
        write_message (out, reply, cancellable, &failure);
    }

  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}
