#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonaySecret: a PIN, PUK, security word or SMS code.
 *
 * Lives in OpenSSL's secure heap (locked, not dumped) and is cleansed when freed. It has one
 * owner and cannot be copied: calls that need it take it (transfer full) or peek into it while
 * the owner lives. It never goes into a GValue, GVariant, setting, log or clipboard.
 */
typedef struct _EonaySecret EonaySecret;

/** The longest secret, in bytes. */
#define EONAY_SECRET_MAX 256

/**
 * eonay_secret_init_heap:
 *
 * Sets up the secure heap and turns core dumps of this process off. Call once, first thing in
 * main(). Without it secrets are still cleansed, but may be swapped out.
 *
 * Returns: %TRUE if the heap's memory is locked
 */
gboolean eonay_secret_init_heap (void);

/**
 * eonay_secret_new:
 * @bytes: (array length=length): what to keep; the caller cleanses its own copy
 * @length: at most %EONAY_SECRET_MAX
 *
 * Returns: (transfer full) (nullable): %NULL only if @length is over the limit
 */
EonaySecret *eonay_secret_new (const void *bytes, gsize length);

/**
 * eonay_secret_new_spliced:
 * @at: where, in bytes of @self
 * @n_deleted: bytes of @self from there that the new one has not
 * @inserted: (array length=n_inserted): what it has in their place; the caller cleanses its own copy
 *
 * No copy is made elsewhere on the way.
 *
 * Returns: (transfer full) (nullable): %NULL if it would be longer than %EONAY_SECRET_MAX
 */
EonaySecret *eonay_secret_new_spliced (const EonaySecret *self, gsize at, gsize n_deleted,
                                       const void *inserted, gsize n_inserted);

/**
 * eonay_secret_peek:
 * @length: (out): in bytes
 *
 * Returns: (transfer none): not zero-terminated as far as the caller is concerned
 */
const guint8 *eonay_secret_peek (const EonaySecret *self, gsize *length);

/** Returns: whether both hold the same bytes; takes the same time whatever they hold. */
gboolean eonay_secret_equal (const EonaySecret *a, const EonaySecret *b);

void eonay_secret_free (EonaySecret *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonaySecret, eonay_secret_free)

G_END_DECLS
