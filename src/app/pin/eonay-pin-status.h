#pragma once

#include <adwaita.h>

#include "card/token/eonay-token.h"

G_BEGIN_DECLS

/**
 * EonayPinStatus: status below the entry of a PIN or PUK: the error of the last one, the tries
 * left, the rule; that the card is working; how long the reader waits for its keys. Reserves space
 * for all of it, so that the layout is stable.
 */
#define EONAY_TYPE_PIN_STATUS (eonay_pin_status_get_type ())
G_DECLARE_FINAL_TYPE (EonayPinStatus, eonay_pin_status, EONAY, PIN_STATUS, GtkBox)

/**
 * eonay_pin_status_set_work:
 * @work: a sentence shown while the card is busy
 * @n_entries: how many PINs are typed on the reader then
 */
void eonay_pin_status_set_work (EonayPinStatus *self, const char *work, guint n_entries);

/**
 * eonay_pin_status_set_holder:
 * @holder: (nullable): whose PIN it is, on which card: a screen reader says it before the tries left
 */
void eonay_pin_status_set_holder (EonayPinStatus *self, const char *holder);

/**
 * eonay_pin_status_ask:
 * @state: of the requested PIN or PUK
 * @error: (nullable): the error of the last one
 * @on_reader: it is typed there
 */
void eonay_pin_status_ask (EonayPinStatus *self, EonayPinRole role, const EonayPinState *state,
                           const GError *error, gboolean on_reader);

void eonay_pin_status_set_busy (EonayPinStatus *self, gboolean busy);

G_END_DECLS
