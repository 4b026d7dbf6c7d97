#pragma once

#include <adwaita.h>

#include "base/eonay-secret.h"
#include "card/token/eonay-token.h"
#include "signature/certificate/eonay-certificate.h"

G_BEGIN_DECLS

/**
 * EonayNewPinBox: has a new PIN made up: the rules, spelled out before anything is typed, and two
 * entries. Says what is wrong with it once the person is done with an entry (it is full, or left,
 * or Enter is pressed), and never while something is being typed. Its focus is the first entry.
 *
 * Properties: `valid` (boolean, read-only): both entries hold the same PIN, and it will do.
 * Signals: `activate`: Enter in the last entry while valid.
 */
#define EONAY_TYPE_NEW_PIN_BOX (eonay_new_pin_box_get_type ())
G_DECLARE_FINAL_TYPE (EonayNewPinBox, eonay_new_pin_box, EONAY, NEW_PIN_BOX, GtkBox)

/**
 * eonay_new_pin_box_set_rules:
 * @rules: of the PIN that is to be set
 * @certificate: (nullable): the holder's, whose birth date and T.C. Kimlik No are kept out
 */
void eonay_new_pin_box_set_rules (EonayNewPinBox *self, const EonayPinState *rules,
                                  EonayCertificate *certificate);

/** Whether the new PIN is typed on the reader: then the rules are to be read, and nothing typed. */
void eonay_new_pin_box_set_on_reader (EonayNewPinBox *self, gboolean on_reader);

gboolean eonay_new_pin_box_is_valid (EonayNewPinBox *self);

/** Returns: (transfer full): the new PIN; both entries are wiped. Only while valid */
EonaySecret *eonay_new_pin_box_take (EonayNewPinBox *self);

/** Wipes both entries, and what was said of them. */
void eonay_new_pin_box_wipe (EonayNewPinBox *self);

/** Says @complaint, a sentence of the card's or the portal's, where the box says its own. */
void eonay_new_pin_box_complain (EonayNewPinBox *self, const char *complaint);

G_END_DECLS
