#include "fuzz-target.h"

#include "card/trace/eonay-replay-transport.h"

/* What parses as a transcript is played, whatever comes; the position never passes the end. */
int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  static const guint8 commands[][8] = { { 0x00, 0xA4, 0x04, 0x00 },
                                        { 0x00, 0x20, 0x00, 0x01, 0x03, 0x31, 0x32, 0x33 },
                                        { 0x00, 0xB0, 0x00, 0x00, 0x00 } };
  static const gsize lengths[] = { 4, 8, 5 };
  g_autofree char *text = g_strndup ((const char *) bytes, length);
  g_autoptr (EonayTransport) card = eonay_replay_transport_new (text, NULL, EONAY_PROTOCOL_NONE,
                                                                NULL);
  EonayReplayTransport *replay = (EonayReplayTransport *) card;

  if (card == NULL)
    return 0;

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GBytes) atr = NULL;

      g_assert_true (eonay_transport_connect (card, NULL));
      atr = eonay_transport_get_atr (card);
      g_assert_cmpuint (g_bytes_get_size (atr), >, 0);
      g_assert_cmpint (eonay_transport_get_protocol (card), !=, EONAY_PROTOCOL_NONE);
      for (guint c = 0; c < G_N_ELEMENTS (commands); c++)
        {
          g_autoptr (GBytes) answer = eonay_transport_transmit (card, commands[c], lengths[c],
                                                                NULL);

          g_assert_cmpuint (eonay_replay_transport_get_position (replay), <=,
                            eonay_replay_transport_get_length (replay));
        }
      eonay_transport_disconnect (card,
                                  i % 2 == 0 ? EONAY_DISPOSITION_LEAVE : EONAY_DISPOSITION_RESET);
    }

  return 0;
}
