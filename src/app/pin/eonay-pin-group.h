#pragma once

#include <adwaita.h>

#include "card/token/eonay-token.h"

G_BEGIN_DECLS

/** Name of an object data of the window: the GActionGroup that "win." stands for in it. */
#define EONAY_PIN_GROUP_ACTIONS "eonay-window-actions"

/**
 * EonayPinGroup: one PIN of a card and the PUK that unblocks it: their state and actions. It
 * follows the token.
 */
#define EONAY_TYPE_PIN_GROUP (eonay_pin_group_get_type ())
G_DECLARE_FINAL_TYPE (EonayPinGroup, eonay_pin_group, EONAY, PIN_GROUP, AdwPreferencesGroup)

/**
 * eonay_pin_group_new:
 * @certificate: (nullable): one whose key has this PIN; %NULL for the token's first
 * @title: "PIN", or its owner if a card has several
 */
GtkWidget *eonay_pin_group_new (EonayToken *token, EonayTokenCertificate *certificate,
                                const char *title);

/** Returns: whether its PIN is that of @certificate (nullable: of a card without keys) */
gboolean eonay_pin_group_is_of (EonayPinGroup *self, EonayTokenCertificate *certificate);

/** Unfolds how the PIN can be unblocked, and moves the focus there. */
void eonay_pin_group_offer_unblocking (EonayPinGroup *self);

G_END_DECLS
