#pragma once

#include "base/eonay-byte-reader.h"

G_BEGIN_DECLS

/*
 * The fields of what the program and its module host say to each other: big-endian numbers;
 * bytes and strings after their length in 32 bits. Reading never trusts a length.
 */

void eonay_pkcs11_put_u8 (GByteArray *frame, guint8 value);
void eonay_pkcs11_put_u16 (GByteArray *frame, guint16 value);
void eonay_pkcs11_put_u32 (GByteArray *frame, guint32 value);
void eonay_pkcs11_put_u64 (GByteArray *frame, guint64 value);

/** @string: (nullable): goes as "" */
void eonay_pkcs11_put_string (GByteArray *frame, const char *string);

/** @bytes: (nullable): goes as empty */
void eonay_pkcs11_put_bytes (GByteArray *frame, GBytes *bytes);

/** @list: (nullable) (element-type GBytes) */
void eonay_pkcs11_put_list (GByteArray *frame, GPtrArray *list);

gboolean eonay_pkcs11_take_u32 (EonayByteReader *reader, guint32 *value);
gboolean eonay_pkcs11_take_u64 (EonayByteReader *reader, guint64 *value);

/** @string: (out) (transfer full): UTF-8 without control characters; else the read fails */
gboolean eonay_pkcs11_take_string (EonayByteReader *reader, char **string);

/** @bytes: (out) (transfer full) */
gboolean eonay_pkcs11_take_bytes (EonayByteReader *reader, GBytes **bytes);

/** @list: (out) (transfer full) (element-type GBytes) */
gboolean eonay_pkcs11_take_list (EonayByteReader *reader, GPtrArray **list);

G_END_DECLS
