#pragma once

#include "card/apdu/eonay-transport.h"

G_BEGIN_DECLS

/**
 * EonayReplayTransport: plays a recorded card. Strict: each command must be the next one of the
 * transcript, byte for byte.
 *
 * A transcript is JSON lines, one exchange each: `c` the command and `r` the answer with its
 * status word, in hexadecimal. Where a recording has several sessions, `s` numbers them from 1
 * (one a connection), and `reset` on a session's first line says whether the card was reset
 * before it. A line with `hidden` has only the header of a command whose body nobody may know:
 * any body is taken, but there must be one.
 *
 * A header line tells the card: `atr`, in hexadecimal, and `protocol`, "T=0" or "T=1"; it holds
 * from session `s` on (1 without), and where that session has already been, numbering begins
 * anew. Where `reader` numbers the lines of several readers, only those of the first header's
 * are played, and those without a number.
 *
 * Anything else than the next command fails with %EONAY_CARD_ERROR_FAILED and a message that
 * names the position and the command's header, never its content.
 */
#define EONAY_TYPE_REPLAY_TRANSPORT (eonay_replay_transport_get_type ())
G_DECLARE_FINAL_TYPE (EonayReplayTransport, eonay_replay_transport, EONAY, REPLAY_TRANSPORT,
                      GObject)

/**
 * eonay_replay_transport_new:
 * @atr: (nullable): with @protocol, the card's until a header line says otherwise; %NULL when one
 *   does from the start
 *
 * Returns: (transfer full): %NULL with %EONAY_CARD_ERROR_MALFORMED for what is no transcript
 */
EonayTransport *eonay_replay_transport_new (const char *transcript, GBytes *atr,
                                            EonayProtocol protocol, GError **error);

/** Returns: how many exchanges have been played, and how many there are in all */
guint eonay_replay_transport_get_position (EonayReplayTransport *self);
guint eonay_replay_transport_get_length (EonayReplayTransport *self);

G_END_DECLS
