#pragma once

#include "card/reader/eonay-reader-list.h"

G_BEGIN_DECLS

/*
 * State of the readers, for a command that waits for a card. @wanted: (nullable): from --reader:
 * only readers whose name contains it count.
 */

/**
 * How long a reader or card may take to appear, or a card that is being read may be silent, if
 * there is no person to insert one.
 */
#define EONAY_CLI_SCRIPT_TIMEOUT (3 * G_TIME_SPAN_SECOND)

gboolean eonay_cli_presence_fits (const char *wanted, const char *reader_name);

/**
 * Returns: microseconds since the last activity of any card that is being read; %G_MAXINT64 if none
 *   is being read. A slow card has no time limit
 */
gint64 eonay_cli_presence_get_silence (EonayReaderList *readers, const char *wanted);

/** Prints on standard error which cards are being read, each reader once; @reported: (inout) */
void eonay_cli_presence_print_reading (EonayReaderList *readers, const char *wanted,
                                       GHashTable *reported);

/** Returns: whether no card is being read, and the state of the service is known */
gboolean eonay_cli_presence_is_settled (EonayReaderList *readers, const char *wanted);

/**
 * eonay_cli_presence_takes_secrets:
 * @entry: where the PIN or PUK of the request is typed
 *
 * Returns: whether @token accepts a secret from a descriptor; %FALSE with an error of
 *   %G_OPTION_ERROR if a PKCS#11 module has it typed on the reader
 */
gboolean eonay_cli_presence_takes_secrets (EonayToken *token, EonayPinEntry entry, GError **error);

/** Returns: (transfer full): of %EONAY_CARD_ERROR: why there is no usable card */
GError *eonay_cli_presence_explain (EonayReaderList *readers, const char *wanted);

/**
 * eonay_cli_presence_ask_for_card:
 * @missing: from eonay_cli_presence_explain()
 * @certificate: (nullable): the serial number of the one required on the card
 * @reported: (inout): the message printed last; -1 at first
 *
 * Prints what is missing, once for each problem.
 */
void eonay_cli_presence_ask_for_card (const GError *missing, const char *certificate,
                                      int *reported);

G_END_DECLS
