#pragma once

#include "card/eonay-card-driver.h"

G_BEGIN_DECLS

/**
 * EonayPkcs15Driver: cards with a PKCS#15 application (ISO 7816-15), found by its AID, by EF.DIR,
 * or by the AID of a family that hides it behind an applet of its own.
 *
 * Lists with as few exchanges as there are files: ODF, AODF, PrKDF, CDF, the certificates.
 */
#define EONAY_TYPE_PKCS15_DRIVER (eonay_pkcs15_driver_get_type ())
G_DECLARE_FINAL_TYPE (EonayPkcs15Driver, eonay_pkcs15_driver, EONAY, PKCS15_DRIVER, GObject)

G_END_DECLS
