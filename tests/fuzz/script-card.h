#pragma once

#include "card/apdu/eonay-transport.h"

G_BEGIN_DECLS

/**
 * ScriptCard: a transport to a card that answers whatever its script says, whatever it is asked.
 *
 * A script's first byte chooses the answer to reset and the protocol; then come the answers, each
 * behind its length in two bytes. After the last one the card is pulled.
 */
#define SCRIPT_TYPE_CARD (script_card_get_type ())
G_DECLARE_FINAL_TYPE (ScriptCard, script_card, SCRIPT, CARD, GObject)

/** @bytes: outlive the card */
EonayTransport *script_card_new (const guint8 *bytes, gsize length);

/** Returns: how many commands have carried a PIN, since the last call */
guint script_card_take_pins (ScriptCard *self);

G_END_DECLS
