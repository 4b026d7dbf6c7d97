#pragma once

#include "app/practice/eonay-practice-controller.h"
#include "practice/eonay-practice.h"

G_BEGIN_DECLS

/** EonayEmbeddedPractice: the window's #EonayPracticeController, by the portal and cards of practice. */
#define EONAY_TYPE_EMBEDDED_PRACTICE (eonay_embedded_practice_get_type ())
G_DECLARE_FINAL_TYPE (EonayEmbeddedPractice, eonay_embedded_practice, EONAY, EMBEDDED_PRACTICE,
                      GObject)

/** Returns: (transfer none): what is behind the controller, for tests */
EonayPractice *eonay_embedded_practice_get_practice (EonayEmbeddedPractice *self);

G_END_DECLS
