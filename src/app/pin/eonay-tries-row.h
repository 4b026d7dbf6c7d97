#pragma once

#include <adwaita.h>

#include "card/token/eonay-token.h"

G_BEGIN_DECLS

/** EonayTriesRow: how many tries a PIN or PUK has left, in words and as a bar. */
#define EONAY_TYPE_TRIES_ROW (eonay_tries_row_get_type ())
G_DECLARE_FINAL_TYPE (EonayTriesRow, eonay_tries_row, EONAY, TRIES_ROW, AdwActionRow)

/** @title: (transfer none): "PIN" or "PUK" */
GtkWidget *eonay_tries_row_new (const char *title);

/** @asking: whether the card is being queried, so that an unknown value may become known */
void eonay_tries_row_set_state (EonayTriesRow *self, const EonayPinState *state, gboolean asking);

G_END_DECLS
