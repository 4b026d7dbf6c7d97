#include "practice/eonay-practice-pkcs15.h"

#include "practice/eonay-practice-der.h"
#include "practice/eonay-practice-pin.h"

#include <openssl/x509.h>
#include <string.h>

#define SEQUENCE 0x30
#define INTEGER 0x02
#define OCTETS 0x04
#define ENUMERATED 0x0a
#define CONTEXT(n) (0x80 | (n))
#define CONTEXT_AROUND(n) (0xa0 | (n))

#define ID_DIR 0x2f00
#define ID_ATR 0x2f01
#define ID_APPLICATION 0x5015
#define ID_ODF 0x5031
#define ID_TOKEN 0x5032
#define ID_AODF 0x4401
#define ID_PRKDF 0x4402
#define ID_PUKDF 0x4403
#define ID_CDF 0x4404
#define ID_PUBLIC_KEYS 0x3300
#define ID_CERTIFICATES 0x3400

static const guint8 PKCS15_NAME[] = "\xa0\x00\x00\x00\x63PKCS-15";

/* By this name OpenSC knows a card that speaks plain ISO 7816 and needs no code of its own. */
static const guint8 ISO_APPLET_NAME[] = "\xf2\x76\xa2\x88\xbc\xfb\xa6\x9d\x34\xf3\x10\x01";

/* Card service and capabilities as in the historical bytes, and the longest APDUs. */
static const guint8 ATR_CONTENT[] = "\x43\x01\xf8\x47\x03\xf4\x21\xe0"
                                    "\x7f\x66\x08\x02\x02\x7f\xff\x02\x02\x7f\xff";

static GBytes *
der_octet (guint8 value)
{
  return eonay_practice_der_bytes (OCTETS, &value, 1);
}

static GBytes *
der_path (guint16 id)
{
  const guint8 path[] = { EONAY_PRACTICE_FILE_MF >> 8, EONAY_PRACTICE_FILE_MF & 0xff,
                          ID_APPLICATION >> 8, ID_APPLICATION & 0xff, id >> 8, id & 0xff };

  return eonay_practice_der_bytes (OCTETS, path, id != ID_APPLICATION ? 6 : 4);
}

static GBytes *
der_place (guint16 id)
{
  return eonay_practice_der (SEQUENCE, der_path (id), NULL);
}

/* With offset and length, so that a reader need not ask how long the file is. */
static GBytes *
der_place_of (guint16 id, GBytes *content)
{
  return eonay_practice_der (
    SEQUENCE, der_path (id), eonay_practice_der_integer (INTEGER, 0),
    eonay_practice_der_integer (CONTEXT (0), (guint32) g_bytes_get_size (content)), NULL);
}

static GBytes *
der_common (const char *label, const char *flags, int auth_id)
{
  return eonay_practice_der (SEQUENCE, eonay_practice_der_text (label),
                             flags != NULL ? eonay_practice_der_bits (flags) : NULL,
                             auth_id >= 0 ? der_octet ((guint8) auth_id) : NULL, NULL);
}

static GBytes *
der_pin (const char *label, guint8 reference, int unblocked_by, const char *flags)
{
  GBytes *attributes = eonay_practice_der (
    SEQUENCE, eonay_practice_der_bits (flags),
    eonay_practice_der_integer (ENUMERATED, 1),
    eonay_practice_der_integer (INTEGER, EONAY_PRACTICE_PIN_MIN),
    eonay_practice_der_integer (INTEGER, EONAY_PRACTICE_PIN_MAX),
    eonay_practice_der_integer (INTEGER, EONAY_PRACTICE_PIN_MAX),
    eonay_practice_der_integer (CONTEXT (0), reference), der_octet (0x00), NULL);

  return eonay_practice_der (SEQUENCE, der_common (label, "11", unblocked_by),
                             eonay_practice_der (SEQUENCE, der_octet (reference), NULL),
                             eonay_practice_der (CONTEXT_AROUND (1), attributes, NULL), NULL);
}

static GBytes *
der_pins (void)
{
  /* caseSensitive, initialized, needsPadding; of the PUK also changeDisabled,
     unblockDisabled, unblockingPin. */
  return eonay_practice_der_join (
    der_pin ("PIN", EONAY_PRACTICE_PIN_REFERENCE, EONAY_PRACTICE_PUK_REFERENCE, "100011"),
    der_pin ("PUK", EONAY_PRACTICE_PUK_REFERENCE, -1, "1011111"), NULL);
}

static GBytes *
der_private_key (const EonayPracticeKey *key)
{
  GBytes *place = eonay_practice_der (
    SEQUENCE, der_place (ID_APPLICATION),
    eonay_practice_der_integer (INTEGER, (guint32) EVP_PKEY_get_bits (key->pair)), NULL);

  return eonay_practice_der (
    eonay_practice_key_is_rsa (key) ? SEQUENCE : CONTEXT_AROUND (0),
    der_common (key->label, "1", EONAY_PRACTICE_PIN_REFERENCE),
    eonay_practice_der (SEQUENCE, der_octet (key->id),
                        eonay_practice_der_bits (key->non_repudiation ? "0010000001" : "001"),
                        eonay_practice_der_bits ("10111"),
                        eonay_practice_der_integer (INTEGER, key->reference), NULL),
    eonay_practice_der (CONTEXT_AROUND (1), place, NULL), NULL);
}

static GBytes *
der_public_key (const EonayPracticeKey *key, guint16 id)
{
  gboolean rsa = eonay_practice_key_is_rsa (key);
  GBytes *bits = rsa ? eonay_practice_der_integer (INTEGER,
                                                   (guint32) EVP_PKEY_get_bits (key->pair))
                     : NULL;

  return eonay_practice_der (
    rsa ? SEQUENCE : CONTEXT_AROUND (0), der_common (key->label, NULL, -1),
    eonay_practice_der (SEQUENCE, der_octet (key->id),
                        eonay_practice_der_bits (key->non_repudiation ? "0000001001" : "0000001"),
                        eonay_practice_der_integer (INTEGER, key->reference), NULL),
    eonay_practice_der (CONTEXT_AROUND (1),
                        eonay_practice_der (SEQUENCE, der_place (id), bits, NULL), NULL),
    NULL);
}

static GBytes *
der_certificate (const EonayPracticeKey *key, guint16 id)
{
  return eonay_practice_der (
    SEQUENCE, der_common (key->label, NULL, -1),
    eonay_practice_der (SEQUENCE, der_octet (key->id), NULL),
    eonay_practice_der (CONTEXT_AROUND (1),
                        eonay_practice_der (SEQUENCE, der_place_of (id, key->certificate), NULL),
                        NULL),
    NULL);
}

static GBytes *
encode_public_key (const EonayPracticeKey *key)
{
  guint8 *der = NULL;
  int length = eonay_practice_key_is_rsa (key) ? i2d_PublicKey (key->pair, &der)
                                               : i2d_PUBKEY (key->pair, &der);
  GBytes *bytes;

  g_assert (length > 0);
  bytes = g_bytes_new (der, (gsize) length);
  OPENSSL_free (der);

  return bytes;
}

static GBytes *
der_object_directory (void)
{
  return eonay_practice_der_join (
    eonay_practice_der (CONTEXT_AROUND (8), der_place (ID_AODF), NULL),
    eonay_practice_der (CONTEXT_AROUND (0), der_place (ID_PRKDF), NULL),
    eonay_practice_der (CONTEXT_AROUND (1), der_place (ID_PUKDF), NULL),
    eonay_practice_der (CONTEXT_AROUND (4), der_place (ID_CDF), NULL), NULL);
}

static GBytes *
der_token (const char *label, const guint8 serial[8])
{
  return eonay_practice_der (SEQUENCE, eonay_practice_der_integer (INTEGER, 0),
                             eonay_practice_der_bytes (OCTETS, serial, 8),
                             eonay_practice_der_text ("Eonay DENEME"),
                             eonay_practice_der_bytes (CONTEXT (0), label, strlen (label)),
                             eonay_practice_der_bits ("001"), NULL);
}

static GBytes *
der_directory (const char *label)
{
  const guint8 path[] = { EONAY_PRACTICE_FILE_MF >> 8, EONAY_PRACTICE_FILE_MF & 0xff,
                          ID_APPLICATION >> 8, ID_APPLICATION & 0xff };

  return eonay_practice_der (0x61,
                             eonay_practice_der_bytes (0x4f, PKCS15_NAME, sizeof PKCS15_NAME - 1),
                             eonay_practice_der_bytes (0x50, label, strlen (label)),
                             eonay_practice_der_bytes (0x51, path, sizeof path), NULL);
}

static EonayPracticeFile *
make_application (const char *label, const guint8 serial[8], GPtrArray *keys)
{
  EonayPracticeFile *application
    = eonay_practice_file_new_df (ID_APPLICATION, PKCS15_NAME, sizeof PKCS15_NAME - 1);
  GBytes *private_keys = g_bytes_new (NULL, 0);
  GBytes *public_keys = g_bytes_new (NULL, 0);
  GBytes *certificates = g_bytes_new (NULL, 0);

  for (guint i = 0; i < keys->len; i++)
    {
      const EonayPracticeKey *key = g_ptr_array_index (keys, i);
      guint16 public_id = (guint16) (ID_PUBLIC_KEYS + i);
      guint16 certificate_id = (guint16) (ID_CERTIFICATES + i);

      private_keys = eonay_practice_der_join (private_keys, der_private_key (key), NULL);
      public_keys = eonay_practice_der_join (public_keys, der_public_key (key, public_id), NULL);
      certificates
        = eonay_practice_der_join (certificates, der_certificate (key, certificate_id), NULL);

      eonay_practice_file_add (
        application, eonay_practice_file_new_ef (public_id, 0, encode_public_key (key)));
      eonay_practice_file_add (
        application,
        eonay_practice_file_new_ef (certificate_id, 0, g_bytes_ref (key->certificate)));
    }

  /* The short identifiers of ODF and TokenInfo are those of PKCS#15 v1.1, 5.4. */
  eonay_practice_file_add (application,
                           eonay_practice_file_new_ef (ID_ODF, 0x11, der_object_directory ()));
  eonay_practice_file_add (application,
                           eonay_practice_file_new_ef (ID_TOKEN, 0x12, der_token (label, serial)));
  eonay_practice_file_add (application, eonay_practice_file_new_ef (ID_AODF, 0x01, der_pins ()));
  eonay_practice_file_add (application, eonay_practice_file_new_ef (ID_PRKDF, 0x02, private_keys));
  eonay_practice_file_add (application, eonay_practice_file_new_ef (ID_PUKDF, 0x03, public_keys));
  eonay_practice_file_add (application, eonay_practice_file_new_ef (ID_CDF, 0x04, certificates));

  return application;
}

EonayPracticeFile *
eonay_practice_pkcs15_new (const char *label, const guint8 serial[8], GPtrArray *keys)
{
  EonayPracticeFile *root = eonay_practice_file_new_df (EONAY_PRACTICE_FILE_MF, ISO_APPLET_NAME,
                                                        sizeof ISO_APPLET_NAME - 1);

  eonay_practice_file_add (root,
                           eonay_practice_file_new_ef (ID_DIR, 0x1e, der_directory (label)));
  eonay_practice_file_add (
    root, eonay_practice_file_new_ef (
            ID_ATR, 0x1d, g_bytes_new_static (ATR_CONTENT, sizeof ATR_CONTENT - 1)));
  eonay_practice_file_add (root, make_application (label, serial, keys));

  return root;
}
