#pragma once

#include <adwaita.h>

#include "card/reader/eonay-reader-list.h"

G_BEGIN_DECLS

/**
 * EonaySetupGroup: what there is to do before anything can be signed, each with its button: a portal
 * to add, the card service to start, a reader to plug in; and, without a portal, practice mode.
 * What is done is ticked as it happens. Each row takes the place of an error: none is red.
 */
#define EONAY_TYPE_SETUP_GROUP (eonay_setup_group_get_type ())
G_DECLARE_FINAL_TYPE (EonaySetupGroup, eonay_setup_group, EONAY, SETUP_GROUP, AdwPreferencesGroup)

/** Shown is what @lacks_portal and the readers leave to be done; nothing, and hidden, at first. */
void eonay_setup_group_set_lacks_portal (EonaySetupGroup *self, gboolean lacks_portal);

/** @own_portals: whether the person may add one, as at first; else the administrator has to */
void eonay_setup_group_set_own_portals (EonaySetupGroup *self, gboolean own_portals);

/** @readers: those that cards are looked for in; may be set once */
void eonay_setup_group_set_readers (EonaySetupGroup *self, EonayReaderList *readers);

/** @bus: where systemd is asked to start the service, instead of the machine's system bus */
void eonay_setup_group_set_system_bus (EonaySetupGroup *self, GDBusConnection *bus);

G_END_DECLS
