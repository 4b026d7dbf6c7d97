#pragma once

#include "card/driver/eonay-card-driver.h"

G_BEGIN_DECLS

/** The families of cards that are known, in the order in which they are asked; %NULL at the end. */
extern const EonayCardDriver *const eonay_card_families[];

G_END_DECLS
