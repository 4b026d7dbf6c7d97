#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Parsing of an answer to reset (ISO 7816-3, 8.2).
 *
 * eonay_atr_get_historical_bytes:
 * @bytes: (out) (transfer none): within @atr
 *
 * Returns: %FALSE if @atr is malformed
 */
gboolean eonay_atr_get_historical_bytes (const guint8 *atr, gsize length, const guint8 **bytes,
                                         gsize *count);

/**
 * Returns: whether the card announces support of extended lengths: compact-TLV object 7x "card
 *   capabilities", third byte, bit 7 (ISO 7816-4, 12.1.1)
 */
gboolean eonay_atr_allows_extended_length (const guint8 *atr, gsize length);

/**
 * Returns: the same, of EF.ATR (12.2.2): BER-TLV object 47 "card capabilities", or 7F66 "extended
 *   length information"
 */
gboolean eonay_atr_file_allows_extended_length (const guint8 *content, gsize length);

G_END_DECLS
