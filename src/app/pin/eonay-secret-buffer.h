#pragma once

#include <gtk/gtk.h>

#include "base/eonay-secret.h"

G_BEGIN_DECLS

/**
 * EonaySecretBuffer: what a GtkText shows of a secret, and the secret itself.
 *
 * GTK hands the text of a buffer to the accessibility bus, to input methods, to clipboards and to its
 * layout. This one gives them a bullet for each character; the characters are in locked memory and
 * come out by eonay_secret_buffer_read() alone.
 */
#define EONAY_TYPE_SECRET_BUFFER (eonay_secret_buffer_get_type ())
G_DECLARE_FINAL_TYPE (EonaySecretBuffer, eonay_secret_buffer, EONAY, SECRET_BUFFER, GtkEntryBuffer)

/** Characters that a buffer holds at most, each of which may take four bytes. */
#define EONAY_SECRET_BUFFER_MAX (EONAY_SECRET_MAX / 4)

/** What stands for a character; in UTF-8. */
#define EONAY_SECRET_BULLET "●"

/** Returns: a buffer for EONAY_SECRET_BUFFER_MAX characters */
EonaySecretBuffer *eonay_secret_buffer_new (void);

/** Returns: (transfer none): @count bullets, up to EONAY_SECRET_BUFFER_MAX */
const char *eonay_secret_buffer_get_bullets (guint count);

/**
 * eonay_secret_buffer_offer:
 * @characters: (nullable): in UTF-8, of the caller; %NULL to end the offer
 * @count: of characters
 *
 * What is inserted until the offer ends stands for @characters, from their first on: GTK may be told
 * of bullets and nothing else. What is inserted without an offer is refused.
 */
void eonay_secret_buffer_offer (EonaySecretBuffer *self, const char *characters, guint count);

/** Returns: (transfer full): what is in the buffer, which keeps it */
EonaySecret *eonay_secret_buffer_read (EonaySecretBuffer *self);

/**
 * eonay_secret_buffer_peek:
 * @number: of the character, from 0
 * @length: (out): in bytes
 *
 * Returns: (transfer none) (nullable): where the character is, until the next change; %NULL past the
 *   end
 */
const char *eonay_secret_buffer_peek (EonaySecretBuffer *self, guint number, gsize *length);

G_END_DECLS
