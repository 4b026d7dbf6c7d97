#pragma once

#include "card/driver/eonay-card-driver.h"

G_BEGIN_DECLS

/**
 * The cards of TÜBİTAK, known by their answer to reset. Their certificates are what the PKCS#15
 * directory lists, if there is one; else what lies in the files 2F10 to 2F19.
 */
extern const EonayCardDriver eonay_akis_driver;

G_END_DECLS
