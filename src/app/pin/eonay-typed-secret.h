#pragma once

#include <gtk/gtk.h>

#include "base/eonay-secret.h"
#include "card/token/eonay-token.h"

G_BEGIN_DECLS

/* What a person types into a GtkText that has an EonaySecretBuffer: an EonaySecretRow's. */

/**
 * eonay_typed_secret_prepare:
 * @entry: whose delegate is a GtkText, and empty
 *
 * Makes the entry one for secrets. Nobody but eonay_typed_secret_read() gets more than bullets of
 * it: no undo history, clipboard, input method of X11, and nobody on the accessibility bus, which
 * is told of each change with as many bullets as there are characters. What is pasted goes straight
 * into locked memory.
 */
void eonay_typed_secret_prepare (GtkEditable *entry);

/** Names the entry for screen readers. */
void eonay_typed_secret_set_name (GtkEditable *entry, const char *name);

/** Lets spaces and dashes within what is typed or pasted fall away: "123 456" is "123456". */
void eonay_typed_secret_skip_separators (GtkEditable *entry, gboolean skip);

/** Lets as much be typed, and as such, as @rules say. */
void eonay_typed_secret_set_rules (GtkEditable *entry, const EonayPinState *rules);

/** Returns: how many characters are in @entry */
guint eonay_typed_secret_count (GtkEditable *entry);

/** Returns: (transfer full): what is in @entry, which keeps it: to be judged while it is typed */
EonaySecret *eonay_typed_secret_read (GtkEditable *entry);

/**
 * eonay_typed_secret_take:
 *
 * Wipes @entry, as eonay_typed_secret_wipe() does.
 *
 * Returns: (transfer full): what was in it
 */
EonaySecret *eonay_typed_secret_take (GtkEditable *entry);

/**
 * eonay_typed_secret_wipe:
 *
 * Leaves @entry empty, and nothing of what was in it in memory. Does nothing once the entry's own
 * children are gone.
 */
void eonay_typed_secret_wipe (GtkEditable *entry);

G_END_DECLS
