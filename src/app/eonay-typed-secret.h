#pragma once

#include <gtk/gtk.h>

#include "base/eonay-secret.h"
#include "card/eonay-token.h"

G_BEGIN_DECLS

/* What a person typed into a GtkPasswordEntry or an AdwPasswordEntryRow. */

/**
 * eonay_typed_secret_prepare:
 * @name: of the entry, for screen readers
 *
 * Turns the undo history off, which would keep a copy, and keeps what is typed off the clipboards,
 * also while it is shown in plain letters: nothing of it can be copied, or selected then.
 */
void eonay_typed_secret_prepare (GtkEditable *entry, const char *name);

/** Lets spaces and dashes within what is typed or pasted fall away: "123 456" is "123456". */
void eonay_typed_secret_skip_separators (GtkEditable *entry);

/** Lets as much be typed, and as such, as @rules say. */
void eonay_typed_secret_set_rules (GtkEditable *entry, const EonayPinState *rules);

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
 * Leaves @entry empty, and nothing of what was in it in GTK's memory: deleting alone does not. Does
 * nothing once the entry's own children are gone.
 */
void eonay_typed_secret_wipe (GtkEditable *entry);

G_END_DECLS
