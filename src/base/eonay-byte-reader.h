#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayByteReader: a bounds-checked reader of untrusted bytes.
 *
 * A plain value on the stack that borrows the bytes. Each read either succeeds and advances the
 * position, or returns %FALSE and leaves it unchanged.
 */
typedef struct {
  const guint8 *bytes;
  gsize length;
  gsize position;
} EonayByteReader;

#define EONAY_BYTE_READER_INIT(bytes_, length_) \
  ((EonayByteReader){ .bytes = (bytes_), .length = (length_), .position = 0 })

/** Returns: the number of bytes left */
gsize eonay_byte_reader_remaining (const EonayByteReader *self);

gboolean eonay_byte_reader_peek_u8 (const EonayByteReader *self, guint8 *value);
gboolean eonay_byte_reader_u8 (EonayByteReader *self, guint8 *value);

/** Reads a big-endian number, as all on a card are. */
gboolean eonay_byte_reader_u16 (EonayByteReader *self, guint16 *value);

/**
 * eonay_byte_reader_take:
 * @bytes: (out) (transfer none): points into the borrowed bytes
 */
gboolean eonay_byte_reader_take (EonayByteReader *self, gsize length, const guint8 **bytes);

gboolean eonay_byte_reader_skip (EonayByteReader *self, gsize length);

G_END_DECLS
