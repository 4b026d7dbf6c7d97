#pragma once

#include "session/unblock/eonay-unblock.h"

G_BEGIN_DECLS

/** Number of characters of a Güvenlik Sözcüğü. */
#define EONAY_UNBLOCK_WORD_LENGTH 8

/* Pure functions for the texts of the unblocking dialog; no widgets. */

/** Returns: (transfer none): "code", "card", "word", "sms", "pin", "ready", "busy" or "result" */
const char *eonay_unblock_words_page (EonayUnblockState state);

/** Returns: (transfer none): the running step; "" if nothing is waited for */
const char *eonay_unblock_words_busy (EonayUnblockState state);

/** Returns: whether it can be cancelled in that state */
gboolean eonay_unblock_words_can_stop (EonayUnblockState state);

/** Returns: whether the clock of the transaction is shown */
gboolean eonay_unblock_words_has_clock (EonayUnblockState state);

/** Returns: whether leaving gives up what the same code cannot restore, which the portal is told */
gboolean eonay_unblock_words_asks_before_leaving (EonayUnblockState state);

/**
 * eonay_unblock_words_meant:
 * @serial, @signer_hint: (nullable): of the named card
 *
 * Returns: (transfer full): the card to insert; a national id is masked
 */
char *eonay_unblock_words_meant (const char *serial, const char *signer_hint);

/** Returns: (transfer none): the readers' content */
const char *eonay_unblock_words_card_status (EonayUnblockCardStatus card_status);

/** Returns: (transfer none): whether the outcome was reported to the portal; "" for none */
const char *eonay_unblock_words_report (EonayUnblockState state, EonayUnblockReport report);

/** Returns: (transfer full): "Kod *** *** 3216 numarasına gönderildi." */
char *eonay_unblock_words_sms (const char *number);

/** Returns: (transfer full): "Kalan deneme: 3"; "" when unknown */
char *eonay_unblock_words_sms_tries (int tries_left);

/** Returns: (transfer none): the result's title and its icon */
const char *eonay_unblock_words_result_title (EonayUnblockState state, gboolean is_uncertain);
const char *eonay_unblock_words_result_icon (EonayUnblockState state, gboolean is_uncertain);

/** Returns: (transfer full): the outcome, and what to do */
char *eonay_unblock_words_result (EonayUnblockState state, const GError *error);

G_END_DECLS
