#pragma once

#include <adwaita.h>

#include "session/eonay-advice.h"

G_BEGIN_DECLS

/**
 * EonayAdviceBox: an error's description, remedy and short code, inline in a page. Announced to
 * screen readers (role alert).
 *
 * Property `empty` (boolean, read-only): whether it has nothing to show. Signal `act
 * (EonayAdviceAction)`: its button was pressed; it opens My Card itself (`win.show-view`).
 * eonay_advice_box_set_actions() sets the available buttons.
 */
#define EONAY_TYPE_ADVICE_BOX (eonay_advice_box_get_type ())
G_DECLARE_FINAL_TYPE (EonayAdviceBox, eonay_advice_box, EONAY, ADVICE_BOX, AdwBin)

/** @error: (nullable): %NULL clears it, as does the error of a cancelled call */
void eonay_advice_box_set_error (EonayAdviceBox *self, const GError *error);

/**
 * eonay_advice_box_set_actions:
 * @actions: 1 << each #EonayAdviceAction that a button may offer here
 */
void eonay_advice_box_set_actions (EonayAdviceBox *self, guint actions);

gboolean eonay_advice_box_is_empty (EonayAdviceBox *self);

G_END_DECLS
