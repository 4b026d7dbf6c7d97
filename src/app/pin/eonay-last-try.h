#pragma once

#include <adwaita.h>

#include "card/token/eonay-token.h"

G_BEGIN_DECLS

/**
 * EonayLastTry: asks for confirmation before the last try of a PIN or PUK, and warns of the
 * consequences. Its default focus is the button back; the other one cannot be pressed at once
 * (eonay_press_guard_delay()).
 *
 * Signals: `back`; `sure`: the person wants the try to be used.
 */
#define EONAY_TYPE_LAST_TRY (eonay_last_try_get_type ())
G_DECLARE_FINAL_TYPE (EonayLastTry, eonay_last_try, EONAY, LAST_TRY, GtkBox)

/** Sets whether it is about a PIN (the default) or a PUK. */
void eonay_last_try_set_role (EonayLastTry *self, EonayPinRole role);

G_END_DECLS
