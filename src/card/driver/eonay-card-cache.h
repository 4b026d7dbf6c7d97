#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EonayCardIdentity: what makes a card's content known: its serial number, and when it was last
 * written to (ISO 7816-15, TokenInfo). A plain value that borrows everything.
 *
 * @atr: the answer to reset
 * @application: (array length=application_length): what names the application that was listed
 * @serial: (nullable), @last_update: (nullable): %NULL when the card does not say
 */
typedef struct {
  GBytes *atr;
  const guint8 *application;
  gsize application_length;
  const char *serial;
  const char *last_update;
} EonayCardIdentity;

/**
 * EonayCardCache: public files of cards that were read before, one file a card in a folder of the
 * person's own (0700, files 0600), so that a known card lists at once.
 *
 * It holds what anybody could read from the card without a PIN: directories and certificates.
 * What comes out of it is trusted no more than what comes from a card: it goes through the same
 * parsers, and a signature is always checked against the certificate. A cache that cannot be read
 * or written is only slow: nothing here fails, but for clearing.
 *
 * Any thread.
 */
#define EONAY_TYPE_CARD_CACHE (eonay_card_cache_get_type ())
G_DECLARE_FINAL_TYPE (EonayCardCache, eonay_card_cache, EONAY, CARD_CACHE, GObject)

/** @folder: (nullable): made when first needed; %NULL for the person's cache folder */
EonayCardCache *eonay_card_cache_new (const char *folder);

/** Returns: whether some card with this answer to reset and application is known */
gboolean eonay_card_cache_knows_kind (EonayCardCache *self, const EonayCardIdentity *identity);

/** Returns: (transfer full) (nullable) (element-type utf8 GBytes): the files of this very card */
GHashTable *eonay_card_cache_load (EonayCardCache *self, const EonayCardIdentity *identity);

/**
 * eonay_card_cache_store: instead of whatever was known of this card
 * @files: (element-type utf8 GBytes)
 *
 * Nothing is stored of a card without serial number or time of last update.
 */
void eonay_card_cache_store (EonayCardCache *self, const EonayCardIdentity *identity,
                             GHashTable *files);

/** Forgets this card. */
void eonay_card_cache_drop (EonayCardCache *self, const EonayCardIdentity *identity);

/** Forgets every card. */
gboolean eonay_card_cache_clear (EonayCardCache *self, GError **error);

G_END_DECLS
