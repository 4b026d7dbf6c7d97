#pragma once

#include <adwaita.h>

#include "card/token/eonay-token.h"

G_BEGIN_DECLS

/**
 * EonayLastTry: asks once more before the last try of a PIN or PUK, and says what it may cost. Its
 * focus is the way back.
 *
 * Signals: `back`; `sure`: the person wants the try to be used.
 */
#define EONAY_TYPE_LAST_TRY (eonay_last_try_get_type ())
G_DECLARE_FINAL_TYPE (EonayLastTry, eonay_last_try, EONAY, LAST_TRY, GtkBox)

/** Of which of the two it is; of a PIN at first. */
void eonay_last_try_set_role (EonayLastTry *self, EonayPinRole role);

G_END_DECLS
