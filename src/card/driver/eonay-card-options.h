#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * What the person has chosen about cards, for the whole process: the programs set it, the drivers
 * ask. Any thread.
 *
 * eonay_card_options_set_experimental_akis: whether AKİS v2 cards may be told to sign, or to set
 * a PIN, with commands that are inferred rather than documented. Off at the start.
 */
void eonay_card_options_set_experimental_akis (gboolean on);
gboolean eonay_card_options_get_experimental_akis (void);

G_END_DECLS
