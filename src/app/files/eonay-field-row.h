#pragma once

#include <adwaita.h>

#include "session/files/eonay-own-file.h"

G_BEGIN_DECLS

/**
 * EonayFieldRow: which signature field of a PDF is signed: a new one, where that may be, or an empty one
 * that the document has. Not shown where there is nothing to tell.
 */
#define EONAY_TYPE_FIELD_ROW (eonay_field_row_get_type ())
G_DECLARE_FINAL_TYPE (EonayFieldRow, eonay_field_row, EONAY, FIELD_ROW, AdwComboRow)

/** @file: (nullable): the one that is looked at; takes the choice: eonay_own_file_set_field() */
void eonay_field_row_set_file (EonayFieldRow *self, EonayOwnFile *file);

G_END_DECLS
