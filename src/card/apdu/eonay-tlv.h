#pragma once

#include "base/eonay-byte-reader.h"

G_BEGIN_DECLS

/** Result of eonay_tlv_read(). */
typedef enum {
  EONAY_TLV_OBJECT,
  EONAY_TLV_END,       /* no byte left, or padding: tag 00 or FF */
  EONAY_TLV_TRUNCATED, /* the object continues after the last byte */
  EONAY_TLV_MALFORMED, /* a tag over 4 bytes, an indefinite length or one over 4 bytes */
} EonayTlvResult;

/**
 * EonayTlv: a BER-TLV object (ISO 7816-4, 5.2.2; X.690), borrowed from the bytes it lies in.
 *
 * Written by hand: GLib has nothing of the kind, and OpenSSL's ASN1_get_object() takes indefinite
 * lengths and knows nothing of the padding of card files. It is needless once a library that is used
 * anyway reads BER-TLV with these bounds.
 *
 * @tag: all its bytes, big-endian: 0x30, 0x7F49
 * @value: its content
 * @length: of the content
 * @total: of tag, length and content; also set when the object is truncated, if its header is
 *   there, else 0
 */
typedef struct {
  guint32 tag;
  const guint8 *value;
  gsize length;
  gsize total;
} EonayTlv;

/** Advances @reader only if an object was found. */
EonayTlvResult eonay_tlv_read (EonayByteReader *reader, EonayTlv *tlv);

/** Reads the next object if its tag is @tag; else @reader is unchanged. */
gboolean eonay_tlv_take (EonayByteReader *reader, guint32 tag, EonayTlv *tlv);

/** Finds the first object with @tag among the consecutive ones in @bytes. */
gboolean eonay_tlv_find (const guint8 *bytes, gsize length, guint32 tag, EonayTlv *tlv);

/** Returns: a reader of the content */
EonayByteReader eonay_tlv_enter (const EonayTlv *self);

G_END_DECLS
