#pragma once

#include "session/history/eonay-history-entry.h"

G_BEGIN_DECLS

/** Columns of a table of entries, in this order. */
typedef enum {
  EONAY_HISTORY_COLUMN_TIME,
  EONAY_HISTORY_COLUMN_OPERATION,
  EONAY_HISTORY_COLUMN_PORTAL,
  EONAY_HISTORY_COLUMN_PORTAL_ID,
  EONAY_HISTORY_COLUMN_DOCUMENT,
  EONAY_HISTORY_COLUMN_DIGEST,
  EONAY_HISTORY_COLUMN_SERIAL,
  EONAY_HISTORY_COLUMN_ISSUER,
  EONAY_HISTORY_COLUMN_OUTCOME,
  EONAY_HISTORY_COLUMN_CODE,
  EONAY_HISTORY_COLUMN_RECEIPT,
} EonayHistoryColumn;

#define EONAY_HISTORY_N_COLUMNS (EONAY_HISTORY_COLUMN_RECEIPT + 1)

/** Returns: (transfer none): the column's title, in the person's language */
const char *eonay_history_column_describe (EonayHistoryColumn column);

/** Returns: (transfer full): the text of @entry in @column; may be "" */
char *eonay_history_column_read (EonayHistoryColumn column, EonayHistoryEntry *entry);

/**
 * eonay_history_to_csv:
 * @entries: (element-type EonayHistoryEntry):
 *
 * Comma-separated values for a spreadsheet, per RFC 4180: a header line, CRLF, every field in
 * quotes; in UTF-8 with a byte order mark, without which spreadsheets misread the Turkish letters.
 * If the locale's decimal mark is a comma, fields are separated by semicolons, as spreadsheets
 * expect there. A field that a spreadsheet would take for a formula is prefixed with an apostrophe.
 * Signed texts are left out.
 *
 * Returns: (transfer full)
 */
GBytes *eonay_history_to_csv (GPtrArray *entries);

G_END_DECLS
