#pragma once

#include <adwaita.h>

#include "card/reader/eonay-reader.h"

G_BEGIN_DECLS

/**
 * EonayReaderRow: a reader without a readable card: the reason, and what to do. It follows the
 * reader.
 */
#define EONAY_TYPE_READER_ROW (eonay_reader_row_get_type ())
G_DECLARE_FINAL_TYPE (EonayReaderRow, eonay_reader_row, EONAY, READER_ROW, AdwActionRow)

GtkWidget *eonay_reader_row_new (EonayReader *reader);

/** Returns: (transfer none) */
EonayReader *eonay_reader_row_get_reader (EonayReaderRow *self);

G_END_DECLS
