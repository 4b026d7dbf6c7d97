#pragma once

#include "card/eonay-card-driver.h"

G_BEGIN_DECLS

/**
 * EonayAkisDriver: the cards of TÜBİTAK, known by their answer to reset. Their certificates are
 * what the PKCS#15 directory lists, if there is one; else what lies in the files 2F10 to 2F19.
 */
#define EONAY_TYPE_AKIS_DRIVER (eonay_akis_driver_get_type ())
G_DECLARE_FINAL_TYPE (EonayAkisDriver, eonay_akis_driver, EONAY, AKIS_DRIVER, GObject)

G_END_DECLS
