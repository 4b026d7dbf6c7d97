#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayPcscSlot: a reader as last seen.
 *
 * @state: the service's own word for it; 0 at first
 * @awaits_release: whether the end of another program's hold of the card is waited for; once it
 *   has come, this is %FALSE again
 * @looks: how often that was looked for without being told
 * @has_card: whether a card is in
 * @swaps: grows each time that a card goes in or out
 */
typedef struct {
  char *name;
  gulong state;
  gboolean awaits_release;
  guint looks;
  gboolean has_card;
  guint swaps;
} EonayPcscSlot;

EonayPcscSlot *eonay_pcsc_slot_new (const char *name);
void eonay_pcsc_slot_free (EonayPcscSlot *self);

G_END_DECLS
