#pragma once

#include <adwaita.h>

#include "base/eonay-secret.h"
#include "card/token/eonay-token.h"
#include "signature/certificate/eonay-certificate.h"

G_BEGIN_DECLS

/**
 * EonayNewPinBox: asks for a new PIN: the rules, shown before anything is typed, and two entries.
 * Shows mistakes when an entry is finished (it is full, or loses the focus, or Enter is pressed),
 * never during typing. Its default focus is the first entry.
 *
 * Properties: `valid` (boolean, read-only): both entries have the same PIN, and it is accepted.
 * Signals: `activate`: Enter in the last entry while valid.
 */
#define EONAY_TYPE_NEW_PIN_BOX (eonay_new_pin_box_get_type ())
G_DECLARE_FINAL_TYPE (EonayNewPinBox, eonay_new_pin_box, EONAY, NEW_PIN_BOX, GtkBox)

/**
 * eonay_new_pin_box_set_rules:
 * @rules: of the PIN that is to be set
 * @certificate: (nullable): the holder's, whose birth date and T.C. Kimlik No are not accepted
 */
void eonay_new_pin_box_set_rules (EonayNewPinBox *self, const EonayPinState *rules,
                                  EonayCertificate *certificate);

/** Whether the new PIN is typed on the reader: then only the rules are shown. */
void eonay_new_pin_box_set_on_reader (EonayNewPinBox *self, gboolean on_reader);

gboolean eonay_new_pin_box_is_valid (EonayNewPinBox *self);

/** Returns: (transfer full): the new PIN; both entries are wiped. Only while valid */
EonaySecret *eonay_new_pin_box_take (EonayNewPinBox *self);

/** Wipes both entries, and their messages. */
void eonay_new_pin_box_wipe (EonayNewPinBox *self);

/**
 * eonay_new_pin_box_complain:
 * @complaint: of the card or the dialog, shown in the place of the box's own messages
 * @code: (nullable): its short code
 */
void eonay_new_pin_box_complain (EonayNewPinBox *self, const char *complaint, const char *code);

G_END_DECLS
