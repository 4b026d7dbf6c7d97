#pragma once

#include "card/pkcs15/eonay-pkcs15-objects.h"

G_BEGIN_DECLS

/** The kinds of directory that Eonay reads, by the tag they have in the ODF. */
typedef enum {
  EONAY_PKCS15_PRIVATE_KEYS = 0xA0,
  EONAY_PKCS15_CERTIFICATES = 0xA4,
  EONAY_PKCS15_PINS = 0xA8,
} EonayPkcs15Kind;

/**
 * The parser takes bytes that nobody vouches for: it keeps what it understands, skips the rest
 * (unknown kinds of object, unknown trailing elements, padding), and never fails.
 *
 * eonay_pkcs15_parser_read_objects: adds what a directory file (PrKDF, CDF, AODF) lists
 * @further: (nullable) (element-type EonayPkcs15Path): where paths to more of the kind are added
 *
 * Returns: how many objects were understood
 */
guint eonay_pkcs15_parser_read_objects (EonayPkcs15Objects *self, EonayPkcs15Kind kind,
                                        const guint8 *bytes, gsize length, GArray *further);

/** Adds what TokenInfo says: label, serial number, maker, last update, algorithms. */
void eonay_pkcs15_parser_read_token_info (EonayPkcs15Objects *self, const guint8 *bytes,
                                          gsize length);

/**
 * eonay_pkcs15_parser_read_odf:
 *
 * Objects that the ODF holds itself are added to @self at once.
 *
 * Returns: (transfer full) (element-type EonayPkcs15Path): the directory files of @kind
 */
GArray *eonay_pkcs15_parser_read_odf (EonayPkcs15Objects *self, EonayPkcs15Kind kind,
                                      const guint8 *bytes, gsize length);

G_END_DECLS
