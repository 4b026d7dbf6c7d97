#include "card/eonay-card-families.h"

#include "card/eonay-akis-driver.h"
#include "card/eonay-pkcs15-driver.h"

const EonayCardDriver *const eonay_card_families[] = {
  &eonay_akis_driver,
  &eonay_pkcs15_driver,
  NULL,
};
