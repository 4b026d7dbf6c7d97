#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * eonay_scroll_chain_attach:
 * @inner: lies in another scrolled window, at any depth
 *
 * At its end the wheel goes on in the outer one, in that direction, as it does in a browser: GTK
 * lets the inner one keep what it cannot use, so that what follows is not found.
 */
void eonay_scroll_chain_attach (GtkScrolledWindow *inner);

G_END_DECLS
