#pragma once

#include "card/reader/eonay-reader-list.h"

G_BEGIN_DECLS

/*
 * What is in the readers, for a command that waits for a card. @wanted is (nullable) what
 * --reader said: only readers with that in their name count.
 */

/** How long a reader or card may take to turn up, or a card that is being read may keep silent, when
    nobody is there to insert one. */
#define EONAY_CLI_SCRIPT_TIMEOUT (3 * G_TIME_SPAN_SECOND)

gboolean eonay_cli_presence_fits (const char *wanted, const char *reader_name);

/**
 * Returns: microseconds since a card that is being read gave its last sign of life, the liveliest
 *   one's; %G_MAXINT64 if none is being read. A slow one takes as long as it takes
 */
gint64 eonay_cli_presence_get_silence (EonayReaderList *readers, const char *wanted);

/** Tells on the standard error which cards are being read, each reader once; @told: (inout) */
void eonay_cli_presence_tell_reading (EonayReaderList *readers, const char *wanted,
                                      GHashTable *told);

/** Returns: whether no card is being read, and the service has told of itself */
gboolean eonay_cli_presence_is_settled (EonayReaderList *readers, const char *wanted);

/**
 * eonay_cli_presence_takes_secrets:
 * @entry: where the PIN or PUK of the request would be typed
 *
 * Returns: whether @token takes what comes from a descriptor: what a PKCS#11 module has typed on
 *   the reader cannot be sent to it from here; then an error of %G_OPTION_ERROR
 */
gboolean eonay_cli_presence_takes_secrets (EonayToken *token, EonayPinEntry entry, GError **error);

/** Returns: (transfer full): of %EONAY_CARD_ERROR: why there is no card to work with */
GError *eonay_cli_presence_explain (EonayReaderList *readers, const char *wanted);

/**
 * eonay_cli_presence_ask_for_card:
 * @missing: from eonay_cli_presence_explain()
 * @certificate: (nullable): the serial number of the one that has to be on the card
 * @told: (inout): what the person has been told last; -1 at first
 *
 * Tells the person what is missing, once for each thing.
 */
void eonay_cli_presence_ask_for_card (const GError *missing, const char *certificate, int *told);

G_END_DECLS
