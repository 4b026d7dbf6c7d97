#include "card/reader/eonay-card-families.h"

#include "card/akis/eonay-akis-driver.h"
#include "card/pkcs15/eonay-pkcs15-driver.h"

const EonayCardDriver *const eonay_card_families[] = {
  &eonay_akis_driver,
  &eonay_pkcs15_driver,
  NULL,
};
