#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EONAY_PKCS15_PATH_MAX 32

/**
 * EonayPkcs15Path: where something lies on the card (ISO 7816-15, 8.2.5 "Path").
 *
 * @bytes: file identifiers, from 3F00 on when absolute
 * @offset: of the first byte within the file
 * @count: bytes; 0 for all
 */
typedef struct {
  guint8 bytes[EONAY_PKCS15_PATH_MAX];
  gsize length;
  gsize offset;
  gsize count;
} EonayPkcs15Path;

/** Bits of a PIN's flags (8.9.2 "PasswordFlags"), as numbers of ASN.1 bits. */
enum {
  EONAY_PKCS15_PIN_NEEDS_PADDING = 5,
  EONAY_PKCS15_PIN_UNBLOCKING = 6,
  EONAY_PKCS15_PIN_SO = 7,
  EONAY_PKCS15_PIN_CONFIDENTIAL = 10,
};

/** Kinds of PIN (8.9.2 "PasswordType"). */
enum {
  EONAY_PKCS15_PIN_BCD,
  EONAY_PKCS15_PIN_ASCII_NUMERIC,
  EONAY_PKCS15_PIN_UTF8,
};

/** Bits of a key's usage (8.4 "KeyUsageFlags"), as numbers of ASN.1 bits. */
enum {
  EONAY_PKCS15_USAGE_SIGN = 2,
  EONAY_PKCS15_USAGE_NON_REPUDIATION = 9,
};

/**
 * Lengths in bytes as stored; @pad is -1 when the card does not say.
 *
 * @unblock_id: (nullable): the PUK that unblocks this PIN
 */
typedef struct {
  char *label;
  GBytes *auth_id;
  GBytes *unblock_id;
  guint32 flags;
  guint type;
  guint min_length;
  guint stored_length;
  guint max_length;
  guint8 reference;
  int pad;
  EonayPkcs15Path path;
} EonayPkcs15Pin;

/**
 * @auth_id: (nullable): the PIN that this key needs
 * @user_consent: whether each use of the key wants the PIN anew
 * @reference: -1 when there is none
 */
typedef struct {
  char *label;
  GBytes *id;
  GBytes *auth_id;
  gboolean rsa;
  guint32 usage;
  gboolean user_consent;
  int reference;
  EonayPkcs15Path path;
  GArray *algorithms; /* (element-type guint): references into the supported algorithms */
} EonayPkcs15Key;

/** @value: (nullable): the certificate itself, when it does not lie in a file of its own */
typedef struct {
  char *label;
  GBytes *id;
  EonayPkcs15Path path;
  GBytes *value;
} EonayPkcs15Certificate;

/** An entry of supportedAlgorithms: @mechanism in PKCS#11's numbers, @card_reference for MSE. */
typedef struct {
  guint reference;
  guint mechanism;
  guint8 card_reference;
} EonayPkcs15Algorithm;

/**
 * EonayPkcs15Objects: what the directory files of a PKCS#15 card say (ISO 7816-15), as records.
 *
 * @label: (nullable), @serial: (nullable), @manufacturer: (nullable), @last_update: (nullable):
 *   from TokenInfo
 */
typedef struct {
  GPtrArray *pins;         /* EonayPkcs15Pin */
  GPtrArray *keys;         /* EonayPkcs15Key */
  GPtrArray *certificates; /* EonayPkcs15Certificate */
  GArray *algorithms;      /* EonayPkcs15Algorithm */
  char *label;
  char *serial;
  char *manufacturer;
  char *last_update;
} EonayPkcs15Objects;

EonayPkcs15Objects *eonay_pkcs15_objects_new (void);
void eonay_pkcs15_objects_free (EonayPkcs15Objects *self);

/** Returns: (transfer none) (nullable): the key whose identifier is @id */
const EonayPkcs15Key *eonay_pkcs15_objects_find_key (const EonayPkcs15Objects *self, GBytes *id);

/** Returns: (transfer none) (nullable): the PIN that @key names; never one for unblocking */
const EonayPkcs15Pin *eonay_pkcs15_objects_find_pin (const EonayPkcs15Objects *self,
                                                     const EonayPkcs15Key *key);

/** Returns: (transfer none) (nullable): the PUK that unblocks @pin; %NULL if it may be several */
const EonayPkcs15Pin *eonay_pkcs15_objects_find_puk (const EonayPkcs15Objects *self,
                                                     const EonayPkcs15Pin *pin);

/** Returns: whether the ASN.1 bit with this number is set in @flags */
gboolean eonay_pkcs15_objects_has_flag (guint32 flags, guint bit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPkcs15Objects, eonay_pkcs15_objects_free)

G_END_DECLS
