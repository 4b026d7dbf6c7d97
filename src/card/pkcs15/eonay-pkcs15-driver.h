#pragma once

#include "card/driver/eonay-card-driver.h"

G_BEGIN_DECLS

/**
 * Cards with a PKCS#15 application (ISO 7816-15), found by its AID, by EF.DIR, or by the AID of a
 * family that hides it behind an applet of its own.
 *
 * Lists with as few exchanges as there are files: ODF, AODF, PrKDF, CDF, the certificates.
 */
extern const EonayCardDriver eonay_pkcs15_driver;

G_END_DECLS
