#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Remedies that differ in a Flatpak, for the table of errors (EonayAdviceRow). */

/** Returns: (transfer full) (nullable): what to do about a missing card service; %NULL outside a Flatpak */
char *eonay_flatpak_advice_service (const GError *error);

/** As eonay_flatpak_advice_service(), for a card that needs its maker's module. */
char *eonay_flatpak_advice_module (const GError *error);

G_END_DECLS
