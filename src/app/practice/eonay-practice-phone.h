#pragma once

#include <gtk/gtk.h>

#include "app/practice/eonay-practice-controller.h"

G_BEGIN_DECLS

/**
 * EonayPracticePhone: what somebody who practises an unblocking has to know of the person that
 * they play: the security word, and the SMS that has come. Takes no room while there is nothing.
 */
#define EONAY_TYPE_PRACTICE_PHONE (eonay_practice_phone_get_type ())
G_DECLARE_FINAL_TYPE (EonayPracticePhone, eonay_practice_phone, EONAY, PRACTICE_PHONE, GtkBox)

/** @controller: (nullable): outside practice */
void eonay_practice_phone_set_controller (EonayPracticePhone *self,
                                          EonayPracticeController *controller);

G_END_DECLS
