#pragma once

#include "session/files/eonay-file-item.h"
#include "session/history/eonay-history.h"

G_BEGIN_DECLS

/* What history and journal are told of a batch of files (EonayFileItem) that are signed with one PIN. */

/**
 * eonay_file_record_begin: before the card is asked
 * @history: (nullable):
 * @items: not empty
 *
 * Returns: (transfer full) (nullable): the entries to be written first, which the items have, too;
 *   %NULL if nothing is to be written
 */
GPtrArray *eonay_file_record_begin (EonayHistory *history, GPtrArray *items,
                                    EonayCertificate *certificate, GDateTime *signing_time);

/**
 * eonay_file_record_end:
 * @n_signed: how many of @items, from the first one on, the card has signed
 * @card_error: (nullable): what ended the card's work
 */
void eonay_file_record_end (EonayHistory *history, GPtrArray *items, guint n_signed,
                            const GError *card_error);

/** Tells that files are saved after all. @items: those that have a result now */
void eonay_file_record_saved (EonayHistory *history, GPtrArray *items);

/** Tells the journal how many of @items are saved. @error: (nullable): why not all of them */
void eonay_file_record_journal (GPtrArray *items, const GError *error);

/** Returns: whether the card has not begun the file at which it ended with @card_error (nullable) */
gboolean eonay_file_record_is_not_made (const GError *card_error);

G_END_DECLS
