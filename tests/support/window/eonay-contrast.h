#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Returns: the contrast ratio of two opaque colours, 1 to 21 (WCAG 2.1, "relative luminance") */
double eonay_contrast_ratio (const GdkRGBA *one, const GdkRGBA *other);

/**
 * eonay_contrast_check:
 * @window: drawn
 * @name: of what it shows
 *
 * Looks at the pixels of every text that @window shows, large or not, and fails the test where one of
 * its colours stands out too little from what is behind it: less than 4.5:1 (WCAG 2.1, 1.4.3).
 * Labels of insensitive buttons, switches and entries are let off as there; those of rows are not.
 */
void eonay_contrast_check (GtkWidget *window, const char *name);

G_END_DECLS
