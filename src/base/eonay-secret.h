#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonaySecret: a PIN, PUK, security word or SMS code.
 *
 * Stored in OpenSSL's secure heap (locked, not dumped) and cleansed when freed. It has one owner
 * and cannot be copied: calls that need it take it (transfer full) or peek into it while the owner
 * lives. It is never put into a GValue, GVariant, setting, log or clipboard.
 */
typedef struct _EonaySecret EonaySecret;

/** The longest secret, in bytes. */
#define EONAY_SECRET_MAX 256

/**
 * eonay_secret_init_heap:
 *
 * Sets up the secure heap and disables core dumps of this process. Call once, at the start of
 * main(). Without it secrets are still cleansed, but may be swapped out.
 *
 * Returns: %TRUE if the heap's memory is locked
 */
gboolean eonay_secret_init_heap (void);

/**
 * eonay_secret_new:
 * @bytes: (array length=length): the secret; the caller cleanses its own copy
 * @length: at most %EONAY_SECRET_MAX
 *
 * Returns: (transfer full) (nullable): %NULL only if @length exceeds the limit
 */
EonaySecret *eonay_secret_new (const void *bytes, gsize length);

/**
 * eonay_secret_new_spliced:
 * @at: a position in @self, in bytes
 * @n_deleted: the number of bytes of @self removed at @at
 * @inserted: (array length=n_inserted): the bytes that replace them; the caller cleanses its own
 *   copy
 *
 * No other copy is made.
 *
 * Returns: (transfer full) (nullable): %NULL if it would be longer than %EONAY_SECRET_MAX
 */
EonaySecret *eonay_secret_new_spliced (const EonaySecret *self, gsize at, gsize n_deleted,
                                       const void *inserted, gsize n_inserted);

/**
 * eonay_secret_peek:
 * @length: (out): in bytes
 *
 * Returns: (transfer none): must not be relied on to be zero-terminated
 */
const guint8 *eonay_secret_peek (const EonaySecret *self, gsize *length);

/** Returns: whether both hold the same bytes, compared in constant time */
gboolean eonay_secret_equal (const EonaySecret *a, const EonaySecret *b);

void eonay_secret_free (EonaySecret *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonaySecret, eonay_secret_free)

G_END_DECLS
