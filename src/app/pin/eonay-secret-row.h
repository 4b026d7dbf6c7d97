#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * EonaySecretRow: an entry for a PIN, a PUK, a security word or a code.
 *
 * Signal `entry-activated`: Enter was pressed in it. Its property `activates-default` is a GtkEntry's.
 *
 * The entry in it is a GtkPasswordEntry: only of that GTK tells a screen reader that it is for a
 * password, and no reader then speaks the keys that are pressed (an AdwPasswordEntryRow's entry is a
 * text as any other). See eonay-typed-secret.h for reading it. Its text is
 * bullets for GTK, also while it is revealed: the row itself draws the characters then, over the
 * bullets, one by one from locked memory, and has no text of them that could be queried. It is hidden
 * again when the focus leaves the row.
 */
#define EONAY_TYPE_SECRET_ROW (eonay_secret_row_get_type ())
G_DECLARE_FINAL_TYPE (EonaySecretRow, eonay_secret_row, EONAY, SECRET_ROW, AdwPreferencesRow)

/** Shows or hides what is typed, as the button in the row does. */
void eonay_secret_row_set_shown (EonaySecretRow *self, gboolean shown);

G_END_DECLS
