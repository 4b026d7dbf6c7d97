#pragma once

#include "practice/card/eonay-practice-card.h"

G_BEGIN_DECLS

/**
 * eonay_practice_vpcd_serve:
 * @stream: connected to vsmartcard's virtual reader (vpcd)
 *
 * Serves @card in that reader until it disconnects or @cancellable is cancelled. Blocks. Messages
 * are a 2-byte big-endian length and that many bytes; one-byte messages are controls: 00 power off,
 * 01 power on, 02 reset, 04 get the answer to reset.
 *
 * Returns: %TRUE if the reader disconnected between two messages
 */
gboolean eonay_practice_vpcd_serve (EonayPracticeCard *card, GIOStream *stream,
                                    GCancellable *cancellable, GError **error);

G_END_DECLS
