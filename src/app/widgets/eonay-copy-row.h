#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * EonayCopyRow: a title and a value, with a button that copies the value. Hidden while it has no
 * value.
 */
#define EONAY_TYPE_COPY_ROW (eonay_copy_row_get_type ())
G_DECLARE_FINAL_TYPE (EonayCopyRow, eonay_copy_row, EONAY, COPY_ROW, AdwActionRow)

/** @title: (transfer none): the fact's name, in the person's language */
GtkWidget *eonay_copy_row_new (const char *title);

/**
 * eonay_copy_row_set_value:
 * @value: (nullable): what is shown
 * @copied: (nullable): what is copied; %NULL for @value itself
 */
void eonay_copy_row_set_value (EonayCopyRow *self, const char *value, const char *copied);

G_END_DECLS
