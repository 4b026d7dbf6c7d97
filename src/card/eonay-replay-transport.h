#pragma once

#include "card/eonay-transport.h"

G_BEGIN_DECLS

/**
 * EonayReplayTransport: plays a recorded card. Strict: each command must be the next one of the
 * transcript, byte for byte.
 *
 * A transcript is JSON lines, one exchange each: `c` the command and `r` the answer with its
 * status word, in hexadecimal. Where a recording has several sessions, `s` numbers them from 1
 * (one a connection), and `reset` on a session's first line says whether the card was reset
 * before it.
 *
 * Anything else than the next command fails with %EONAY_CARD_ERROR_FAILED and a message that
 * names the position and the command's header, never its content.
 */
#define EONAY_TYPE_REPLAY_TRANSPORT (eonay_replay_transport_get_type ())
G_DECLARE_FINAL_TYPE (EonayReplayTransport, eonay_replay_transport, EONAY, REPLAY_TRANSPORT,
                      GObject)

/** Returns: (transfer full): %NULL with %EONAY_CARD_ERROR_MALFORMED for what is no transcript */
EonayTransport *eonay_replay_transport_new (const char *transcript, GBytes *atr,
                                            EonayProtocol protocol, GError **error);

/** Returns: how many exchanges have been played, and how many there are in all */
guint eonay_replay_transport_get_position (EonayReplayTransport *self);
guint eonay_replay_transport_get_length (EonayReplayTransport *self);

G_END_DECLS
