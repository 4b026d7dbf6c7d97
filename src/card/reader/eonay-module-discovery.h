#pragma once

#include "card/reader/eonay-reader-list.h"

G_BEGIN_DECLS

/**
 * EonayModuleDiscovery: brings what PKCS#11 modules know into a list of readers, for as long as it
 * lives. A card that a PC/SC reader holds and that the program cannot use itself gets its token
 * from a module; tokens that are in no PC/SC reader become readers of their own. What is served
 * natively is left alone.
 *
 * Modules are asked once the PC/SC readers have been read, and again when another card comes that
 * the program cannot use itself; never for the time's sake. While every card is served natively
 * only those are asked that the person has picked. Main thread.
 */
#define EONAY_TYPE_MODULE_DISCOVERY (eonay_module_discovery_get_type ())
G_DECLARE_FINAL_TYPE (EonayModuleDiscovery, eonay_module_discovery, EONAY, MODULE_DISCOVERY,
                      GObject)

/**
 * eonay_module_discovery_new:
 * @list: what is found stays there when this goes
 * @picked: (nullable): paths of modules that the person has picked, besides those that are found
 */
EonayModuleDiscovery *eonay_module_discovery_new (EonayReaderList *list, const char *const *picked);

/**
 * eonay_module_discovery_set_picked: instead of those before. All modules are asked again; what one
 *   shows that is gone leaves the list, and its cards are read again
 */
void eonay_module_discovery_set_picked (EonayModuleDiscovery *self, const char *const *picked);

G_END_DECLS
