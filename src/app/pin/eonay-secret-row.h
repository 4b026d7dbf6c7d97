#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * EonaySecretRow: an entry for a PIN, a PUK, a security word or a code.
 *
 * Looks and behaves as an AdwPasswordEntryRow; see eonay-typed-secret.h for reading it. Its text is
 * bullets for GTK, also while it is revealed: the row itself draws the characters then, over the
 * bullets, one by one from locked memory, and has no text of them that could be queried.
 */
#define EONAY_TYPE_SECRET_ROW (eonay_secret_row_get_type ())
G_DECLARE_FINAL_TYPE (EonaySecretRow, eonay_secret_row, EONAY, SECRET_ROW, AdwEntryRow)

/** Shows or hides what is typed, as the button in the row does. */
void eonay_secret_row_set_shown (EonaySecretRow *self, gboolean shown);

G_END_DECLS
