#pragma once

#include <gtk/gtk.h>

#include "base/eonay-secret.h"
#include "card/token/eonay-token.h"

G_BEGIN_DECLS

/* Access to the secret typed into a GtkText with an EonaySecretBuffer, as in an EonaySecretRow. */

/**
 * eonay_typed_secret_prepare:
 * @entry: whose delegate is a GtkText, and empty
 *
 * Makes the entry one for secrets. Only the functions below get more than bullets of it: no undo
 * history, clipboard, X11 input method, nor the accessibility bus, which gets each change as one
 * bullet per character. Pasted text is read directly into locked memory.
 */
void eonay_typed_secret_prepare (GtkEditable *entry);

/** Names the entry for screen readers. */
void eonay_typed_secret_set_name (GtkEditable *entry, const char *name);

/** Removes spaces and dashes from typed or pasted text: "123 456" is "123456". */
void eonay_typed_secret_skip_separators (GtkEditable *entry, gboolean skip);

/** Limits length and characters to those of @rules. */
void eonay_typed_secret_set_rules (GtkEditable *entry, const EonayPinState *rules);

/** Returns: how many characters are in @entry */
guint eonay_typed_secret_count (GtkEditable *entry);

/** Returns: (transfer full): a copy of the content of @entry: to be checked while it is typed */
EonaySecret *eonay_typed_secret_read (GtkEditable *entry);

/**
 * eonay_typed_secret_take:
 *
 * Wipes @entry, as eonay_typed_secret_wipe() does.
 *
 * Returns: (transfer full): its content
 */
EonaySecret *eonay_typed_secret_take (GtkEditable *entry);

/**
 * eonay_typed_secret_wipe:
 *
 * Empties @entry, and leaves no copy of its content in memory. Does nothing once the entry's own
 * children are disposed.
 */
void eonay_typed_secret_wipe (GtkEditable *entry);

G_END_DECLS
