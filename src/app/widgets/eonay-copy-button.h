#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * EonayCopyButton: copies a text to the clipboard, and says so in its own place for a moment: with a
 * tick, and to screen readers; nothing on the page is covered.
 *
 * Property `labelled` (boolean, construct-only): whether words stand beside the icon, where there is
 * room. Signal `copying`: it was pressed; for whoever makes the text only now.
 */
#define EONAY_TYPE_COPY_BUTTON (eonay_copy_button_get_type ())
G_DECLARE_FINAL_TYPE (EonayCopyButton, eonay_copy_button, EONAY, COPY_BUTTON, GtkButton)

GtkWidget *eonay_copy_button_new (void);

/**
 * eonay_copy_button_set_text:
 * @text: (nullable): what is copied
 * @name: (nullable): of the fact, such as "Receipt"; for screen readers
 */
void eonay_copy_button_set_text (EonayCopyButton *self, const char *text, const char *name);

G_END_DECLS
