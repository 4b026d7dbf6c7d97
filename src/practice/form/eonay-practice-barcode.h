#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Longest text of a barcode, in characters. */
#define EONAY_PRACTICE_BARCODE_MAX 48

/**
 * eonay_practice_barcode_encode: ISO/IEC 15417 (Code 128)
 * @text: printable ASCII, at most %EONAY_PRACTICE_BARCODE_MAX characters
 *
 * Pairs of digits are in code set C where that is shorter, all else in code set B.
 *
 * Returns: (transfer full) (nullable) (element-type guint8): widths of bars and spaces in modules, a
 *   bar first and last, from the start to the stop character, without quiet zones (10 modules each);
 *   %NULL if @text is empty, too long, or has other characters
 */
GArray *eonay_practice_barcode_encode (const char *text);

G_END_DECLS
