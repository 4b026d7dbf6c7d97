#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EonayTokenProgress: the signatures of one request that exist already, in the order of its digests.
 * Each has been checked with the certificate's public key. They stay when the request fails later:
 * the card is pulled, the person stops it between two documents.
 *
 * Any thread.
 */
typedef struct _EonayTokenProgress EonayTokenProgress;

/** @n_signed: since the request began; smaller than before if it has begun again */
typedef void (*EonayTokenProgressFunc) (guint n_signed, gpointer user_data);

/**
 * @func: (nullable): called on the main context that is the thread's default now, soon after each
 *   signature; several may come with one call
 */
EonayTokenProgress *eonay_token_progress_new (EonayTokenProgressFunc func, gpointer user_data);

/** @func is not called any more; on the thread that it is called on. */
void eonay_token_progress_disconnect (EonayTokenProgress *self);

/** For the room: another signature. */
void eonay_token_progress_add (EonayTokenProgress *self, GBytes *signature);

/** For the room: the request begins again, because another program has reset the card. */
void eonay_token_progress_clear (EonayTokenProgress *self);

/** Returns: how many signatures exist */
guint eonay_token_progress_count (EonayTokenProgress *self);

/** Returns: (transfer full) (element-type GBytes): a copy of the list */
GPtrArray *eonay_token_progress_dup_signatures (EonayTokenProgress *self);

EonayTokenProgress *eonay_token_progress_ref (EonayTokenProgress *self);
void eonay_token_progress_unref (EonayTokenProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayTokenProgress, eonay_token_progress_unref)

G_END_DECLS
