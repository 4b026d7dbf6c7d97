#pragma once

#include <gtk/gtk.h>

#include "base/eonay-secret.h"

G_BEGIN_DECLS

/**
 * EonaySecretBuffer: the buffer of a GtkText for a secret: shows bullets, stores the secret.
 *
 * GTK passes the text of a buffer to the accessibility bus, to input methods, to clipboards and to
 * its layout. This one passes a bullet for each character; the characters are in locked memory and
 * are returned only by eonay_secret_buffer_read() and eonay_secret_buffer_peek().
 */
#define EONAY_TYPE_SECRET_BUFFER (eonay_secret_buffer_get_type ())
G_DECLARE_FINAL_TYPE (EonaySecretBuffer, eonay_secret_buffer, EONAY, SECRET_BUFFER, GtkEntryBuffer)

/** Maximum number of characters, of up to four bytes each. */
#define EONAY_SECRET_BUFFER_MAX (EONAY_SECRET_MAX / 4)

/** Shown for each character; in UTF-8. */
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
 * Bullets inserted until the offer ends stand for @characters, from their first on, as GTK must
 * only get bullets. Insertions without an offer are refused.
 */
void eonay_secret_buffer_offer (EonaySecretBuffer *self, const char *characters, guint count);

/** Returns: (transfer full): a copy of the content */
EonaySecret *eonay_secret_buffer_read (EonaySecretBuffer *self);

/**
 * eonay_secret_buffer_peek:
 * @number: of the character, from 0
 * @length: (out): in bytes
 *
 * Returns: (transfer none) (nullable): the character, valid until the next change; %NULL past the
 *   end
 */
const char *eonay_secret_buffer_peek (EonaySecretBuffer *self, guint number, gsize *length);

G_END_DECLS
