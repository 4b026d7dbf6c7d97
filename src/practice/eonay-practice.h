#pragma once

#include "practice/portal/eonay-practice-portal.h"
#include "practice/reader/eonay-practice-slots.h"

G_BEGIN_DECLS

/**
 * EonayPractice: provider, cards, reader and portal together, for `eonay --practice`, `eonay-cli
 * --practice` and tests. Keys are generated on a thread of its own, so that the window need not
 * wait for them; a folder in XDG_RUNTIME_DIR has the CA files and is removed with the object.
 */
#define EONAY_TYPE_PRACTICE (eonay_practice_get_type ())
G_DECLARE_FINAL_TYPE (EonayPractice, eonay_practice, EONAY, PRACTICE, GObject)

EonayPractice *eonay_practice_new (void);

/**
 * eonay_practice_start_async:
 * @card: the card to insert once it is made; -1 for none
 *
 * Completes when the portal listens and every card is made.
 */
void eonay_practice_start_async (EonayPractice *self, int card, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean eonay_practice_start_finish (EonayPractice *self, GAsyncResult *result, GError **error);

/** Returns: (transfer none): usable before the start is done */
EonayPracticeSlots *eonay_practice_get_slots (EonayPractice *self);

/** Returns: (transfer none): usable once the start is done */
EonayPracticePortal *eonay_practice_get_portal (EonayPractice *self);

/** Returns: (transfer none): CAs of the practice signers, PEM; once the start is done */
const char *eonay_practice_get_ca_pem (EonayPractice *self);

/**
 * Returns: (transfer full): one line of JSON for a simulated browser: `base_url` of the portal,
 *   `ca_file` of its TLS certificate and `signer_ca_file` of the practice signers, both PEM; once
 *   the start is done
 */
char *eonay_practice_describe_address (EonayPractice *self);

/** Inserts a card instead of the present one; -1 removes it. Once the start is done. */
void eonay_practice_insert (EonayPractice *self, int card);

G_END_DECLS
