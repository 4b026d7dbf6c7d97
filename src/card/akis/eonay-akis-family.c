#include "card/akis/eonay-akis-family.h"

#include <string.h>

#include "card/apdu/eonay-atr.h"

#define V1_ANSWER_MAX 244
#define V1_PIN_TRIES 3
#define DF_ANYWHERE 0x00
#define DF_CHILD 0x01

/* Historical bytes, from the first on; where @mask is 00, any byte will do. */
typedef struct {
  const EonayAkisFamily *family;
  guint8 bytes[16];
  guint8 mask[16];
  gsize length;
  gboolean whole; /* no byte may follow */
} Pattern;

/*
 * Nothing says that an empty VERIFY costs no try, so no family is asked: the tries are known once a
 * PIN was sent. Inferred: that there are three. How it unblocks is not even inferred.
 */
static const EonayAkisFamily v1_0 = {
  .model = "AKİS v1.0",
  .signing = EONAY_SIGNING_PROVEN,
  .unblocking = EONAY_SIGNING_UNKNOWN,
  .encoding = EONAY_PIN_ENCODING_DIGIT_VALUES,
  .change = EONAY_CHANGE_MEASURED,
  .tries_max = V1_PIN_TRIES,
  .select_df = DF_ANYWHERE,
  .longest_read = V1_ANSWER_MAX,
  .mse = EONAY_AKIS_MSE_KEY_IN_P2,
};

/*
 * Inferred: that v1.0's MSE, CHANGE and limit of 244 bytes hold for v1.2 too, and that it signs
 * without the secure messaging that it has on by default. What its PINs are made of is taken from
 * the card itself, or not at all.
 */
static const EonayAkisFamily v1_2 = {
  .model = "AKİS v1.2",
  .signing = EONAY_SIGNING_PROVEN,
  .unblocking = EONAY_SIGNING_PROVEN,
  .encoding = EONAY_PIN_ENCODING_DIGITS,
  .change = EONAY_CHANGE_MEASURED,
  .tries_max = V1_PIN_TRIES,
  .select_df = DF_CHILD,
  .longest_read = V1_ANSWER_MAX,
  .mse = EONAY_AKIS_MSE_KEY_IN_P2,
  .wants_description = TRUE,
};

/* v1.1, v1.3 and v1.4 want secure messaging for whatever needs a PIN; reading is as in v1.2. */
static const EonayAkisFamily v1_other = {
  .model = "AKİS v1.x",
  .signing = EONAY_SIGNING_UNKNOWN,
  .unblocking = EONAY_SIGNING_UNKNOWN,
  .encoding = EONAY_PIN_ENCODING_DIGITS,
  .tries_max = V1_PIN_TRIES,
  .select_df = DF_CHILD,
  .longest_read = V1_ANSWER_MAX,
};

/* Inferred: that its commands are those of IAS-ECC. */
static const EonayAkisFamily v2 = {
  .model = "AKİS v2",
  .signing = EONAY_SIGNING_EXPERIMENTAL,
  .unblocking = EONAY_SIGNING_EXPERIMENTAL,
  .encoding = EONAY_PIN_ENCODING_DIGITS,
  .tries_max = -1,
  .select_df = DF_CHILD,
  .mse = EONAY_AKIS_MSE_TEMPLATE,
  .pin_each_time = TRUE,
};

/* Inferred: that its files are selected as in v2. */
static const EonayAkisFamily v3 = {
  .model = "AKİS v3",
  .signing = EONAY_SIGNING_UNKNOWN,
  .unblocking = EONAY_SIGNING_UNKNOWN,
  .encoding = EONAY_PIN_ENCODING_DIGITS,
  .tries_max = -1,
  .select_df = DF_CHILD,
};

static const guint8 atr_v1_0[] = { 0x3B, 0xBA, 0x11, 0x00, 0x81, 0x31, 0xFE, 0x4D, 0x55, 0x45,
                                   0x4B, 0x41, 0x45, 0x20, 0x56, 0x31, 0x2E, 0x30, 0xAE };

/*
 * The first that fits counts. Inferred, from the public lists of such cards: behind "UEKAE" comes
 * 12 and the kind of chip on v1.2.x, but for 1293, which is a v1.3; 11 on v1.1, 13 on v1.3.
 */
static const Pattern patterns[] = {
  { &v1_other,
    { 0x80, 0x67, 'U', 'E', 'K', 'A', 'E', 0x12, 0x93 },
    { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF },
    9,
    FALSE },
  { &v1_2,
    { 0x80, 0x67, 'U', 'E', 'K', 'A', 'E', 0x12 },
    { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF },
    8,
    FALSE },
  { &v1_other,
    { 0x80, 0x67, 'U', 'E', 'K', 'A', 'E' },
    { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF },
    7,
    FALSE },
  { &v2,
    { 0x80, 0x65, 'T', 'C', 0x00, 0x00, 0x00, 0x31, 0xC0, 0x73, 0xF6, 0x21, 0x80, 0x81, 0x00 },
    { 0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x00 },
    15,
    TRUE },
  /* 09 on cards in the field, 49 on the vendor's own test cards. */
  { &v3,
    { 0x80, 0x66, 0x68, 0x32, 0x09, 0x00, 0x00, 0x00, 0x31, 0x95, 0x81, 0x05 },
    { 0xFF, 0xFF, 0xFF, 0xFF, 0xBF, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF },
    12,
    TRUE },
};

static gboolean
fits (const Pattern *pattern, const guint8 *bytes, gsize length)
{
  if (length < pattern->length || (pattern->whole && length != pattern->length))
    return FALSE;

  for (gsize i = 0; i < pattern->length; i++)
    if ((bytes[i] & pattern->mask[i]) != pattern->bytes[i])
      return FALSE;

  return TRUE;
}

const EonayAkisFamily *
eonay_akis_family_recognise (const guint8 *atr, gsize length)
{
  const guint8 *historical;
  gsize count;

  if (length == sizeof atr_v1_0 && memcmp (atr, atr_v1_0, length) == 0)
    return &v1_0;
  if (!eonay_atr_get_historical_bytes (atr, length, &historical, &count))
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    if (fits (&patterns[i], historical, count))
      return patterns[i].family;

  return NULL;
}
