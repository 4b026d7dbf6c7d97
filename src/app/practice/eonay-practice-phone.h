#pragma once

#include <gtk/gtk.h>

#include "app/practice/eonay-practice-controller.h"

G_BEGIN_DECLS

/**
 * EonayPracticePhone: the security word and the last SMS, for a person practising an unblocking.
 * Takes no space while there is nothing to show.
 */
#define EONAY_TYPE_PRACTICE_PHONE (eonay_practice_phone_get_type ())
G_DECLARE_FINAL_TYPE (EonayPracticePhone, eonay_practice_phone, EONAY, PRACTICE_PHONE, GtkBox)

/** @controller: (nullable): outside practice */
void eonay_practice_phone_set_controller (EonayPracticePhone *self,
                                          EonayPracticeController *controller);

G_END_DECLS
