#pragma once

#include <adwaita.h>

#include "session/eonay-advice.h"

G_BEGIN_DECLS

/**
 * EonayAdviceBox: what happened, what to do, and the short code, in line with the rest. Announced
 * to screen readers (role alert).
 *
 * Property `empty` (boolean, read-only): whether there is anything to say. Signal
 * `act (EonayAdviceAction)`: the person wants what its button offers; My Card it opens itself
 * (`win.show-view`). Which buttons there are is up to eonay_advice_box_set_actions().
 */
#define EONAY_TYPE_ADVICE_BOX (eonay_advice_box_get_type ())
G_DECLARE_FINAL_TYPE (EonayAdviceBox, eonay_advice_box, EONAY, ADVICE_BOX, AdwBin)

/** @error: (nullable): %NULL clears it; a cancelled call is not worth words and clears it too */
void eonay_advice_box_set_error (EonayAdviceBox *self, const GError *error);

/**
 * eonay_advice_box_set_actions:
 * @actions: 1 << each #EonayAdviceAction that a button may offer here
 */
void eonay_advice_box_set_actions (EonayAdviceBox *self, guint actions);

gboolean eonay_advice_box_is_empty (EonayAdviceBox *self);

G_END_DECLS
