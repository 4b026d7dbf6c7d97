#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayByteReader: walks over bytes that nobody vouches for, and never past their end.
 *
 * A plain value on the stack that borrows the bytes. Each read either succeeds and moves on, or
 * returns %FALSE and moves nothing.
 */
typedef struct {
  const guint8 *bytes;
  gsize length;
  gsize position;
} EonayByteReader;

#define EONAY_BYTE_READER_INIT(bytes_, length_) \
  ((EonayByteReader){ .bytes = (bytes_), .length = (length_), .position = 0 })

/** Returns: how many bytes are left. */
gsize eonay_byte_reader_remaining (const EonayByteReader *self);

gboolean eonay_byte_reader_peek_u8 (const EonayByteReader *self, guint8 *value);
gboolean eonay_byte_reader_u8 (EonayByteReader *self, guint8 *value);

/** Big-endian, as everything on a card is. */
gboolean eonay_byte_reader_u16 (EonayByteReader *self, guint16 *value);

/**
 * eonay_byte_reader_take:
 * @bytes: (out) (transfer none): points into the borrowed bytes
 */
gboolean eonay_byte_reader_take (EonayByteReader *self, gsize length, const guint8 **bytes);

gboolean eonay_byte_reader_skip (EonayByteReader *self, gsize length);

G_END_DECLS
