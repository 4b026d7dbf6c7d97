#include "practice/card/eonay-practice-pkcs15.h"

#include "practice/card/eonay-practice-object.h"
#include "practice/pki/eonay-practice-der.h"

#define ID_DIR 0x2f00
#define ID_ATR 0x2f01
#define ID_APPLICATION 0x5015
#define ID_PUBLIC_KEYS 0x3300
#define ID_CERTIFICATES 0x3400

#define ODF_PRIVATE_KEYS 0xa0
#define ODF_PUBLIC_KEYS 0xa1
#define ODF_CERTIFICATES 0xa4
#define ODF_AUTHENTICATION 0xa8

/* By this name OpenSC recognises a plain ISO 7816 card without a driver of its own. */
static const guint8 ISO_APPLET_NAME[] = "\xf2\x76\xa2\x88\xbc\xfb\xa6\x9d\x34\xf3\x10\x01";

/* Card service and capabilities as in the historical bytes; then the longest APDUs. */
static const guint8 ATR_CONTENT[] = "\x43\x01\xf8\x47\x03\xf4\x21\xe0"
                                    "\x7f\x66\x08\x02\x02\x7f\xff\x02\x02\x7f\xff";
static const guint8 ATR_CONTENT_SHORT[] = "\x43\x01\xf8\x47\x03\xf4\x21\x80";

EonayPracticeFile *
eonay_practice_pkcs15_make_root (const EonayPracticeModel *model, GBytes *directory)
{
  EonayPracticeFile *root = eonay_practice_file_new_df (
      EONAY_PRACTICE_FILE_MF, model->is_nameless ? NULL : ISO_APPLET_NAME,
      model->is_nameless ? 0 : sizeof ISO_APPLET_NAME - 1);
  GBytes *content = model->extended
                        ? g_bytes_new_static (ATR_CONTENT, sizeof ATR_CONTENT - 1)
                        : g_bytes_new_static (ATR_CONTENT_SHORT, sizeof ATR_CONTENT_SHORT - 1);

  eonay_practice_file_add (root, eonay_practice_file_new_ef (ID_DIR, 0x1e, directory));
  eonay_practice_file_add (root, eonay_practice_file_new_ef (ID_ATR, 0x1d, content));

  return root;
}

static GBytes *
point_to (guint8 what, guint16 id)
{
  return eonay_practice_der (what, eonay_practice_object_path (ID_APPLICATION, id), NULL);
}

static GBytes *
make_odf (void)
{
  return eonay_practice_der_join (point_to (ODF_AUTHENTICATION, EONAY_PRACTICE_PKCS15_AODF),
                                  point_to (ODF_PRIVATE_KEYS, EONAY_PRACTICE_PKCS15_PRKDF),
                                  point_to (ODF_PUBLIC_KEYS, EONAY_PRACTICE_PKCS15_PUKDF),
                                  point_to (ODF_CERTIFICATES, EONAY_PRACTICE_PKCS15_CDF), NULL);
}

static void
add_file (EonayPracticeFile *application, guint16 id, guint8 short_id, GBytes *content)
{
  eonay_practice_file_add (application, eonay_practice_file_new_ef (id, short_id, content));
}

static EonayPracticeFile *
make_application (const EonayPracticeModel *model, const guint8 serial[8], GPtrArray *keys)
{
  EonayPracticeFile *application = eonay_practice_file_new_df (
      ID_APPLICATION, EONAY_PRACTICE_PKCS15_NAME, EONAY_PRACTICE_PKCS15_NAME_LENGTH);
  GBytes *private_keys = g_bytes_new (NULL, 0);
  GBytes *public_keys = g_bytes_new (NULL, 0);
  GBytes *certificates = g_bytes_new (NULL, 0);

  for (guint i = 0; i < keys->len; i++)
    {
      const EonayPracticeKey *key = g_ptr_array_index (keys, i);
      guint16 public_id = (guint16) (ID_PUBLIC_KEYS + i);
      guint16 certificate_id = (guint16) (ID_CERTIFICATES + i);
      GBytes *private_path = eonay_practice_object_path (ID_APPLICATION, key->file);
      GBytes *public_path = eonay_practice_object_path (ID_APPLICATION, public_id);

      /* With offset and length, so that a reader need not query the length of the file. */
      GBytes *certificate_path = eonay_practice_object_path_span (
          ID_APPLICATION, certificate_id, 0, g_bytes_get_size (key->certificate));

      private_keys = eonay_practice_der_join (
          private_keys, eonay_practice_object_private_key (model, key, private_path), NULL);
      public_keys = eonay_practice_der_join (
          public_keys, eonay_practice_object_public_key (key, public_path), NULL);
      certificates = eonay_practice_der_join (
          certificates, eonay_practice_object_certificate (key, certificate_path), NULL);

      if (key->file != 0)
        add_file (application, key->file, 0, g_bytes_new (NULL, 0));
      add_file (application, public_id, 0, eonay_practice_object_encode_public_key (key));
      add_file (application, certificate_id, 0, g_bytes_ref (key->certificate));
    }

  /* The short identifiers of ODF and TokenInfo are those of PKCS#15 v1.1, 5.4. */
  add_file (application, EONAY_PRACTICE_PKCS15_ODF, 0x11, make_odf ());
  add_file (application, EONAY_PRACTICE_PKCS15_TOKEN, 0x12,
            eonay_practice_object_token (model, EONAY_PRACTICE_PKCS15_LABEL, serial));
  add_file (application, EONAY_PRACTICE_PKCS15_AODF, 0x01, eonay_practice_object_pins (model));
  add_file (application, EONAY_PRACTICE_PKCS15_PRKDF, 0x02, private_keys);
  add_file (application, EONAY_PRACTICE_PKCS15_PUKDF, 0x03, public_keys);
  add_file (application, EONAY_PRACTICE_PKCS15_CDF, 0x04, certificates);

  return application;
}

EonayPracticeFile *
eonay_practice_pkcs15_lay_out (const EonayPracticeModel *model, const guint8 serial[8],
                               GPtrArray *keys)
{
  static const guint8 path[] = { EONAY_PRACTICE_FILE_MF >> 8, EONAY_PRACTICE_FILE_MF & 0xff,
                                 ID_APPLICATION >> 8, ID_APPLICATION & 0xff };
  EonayPracticeFile *root = eonay_practice_pkcs15_make_root (
      model, eonay_practice_object_application (EONAY_PRACTICE_PKCS15_NAME,
                                                EONAY_PRACTICE_PKCS15_NAME_LENGTH,
                                                EONAY_PRACTICE_PKCS15_LABEL, path, sizeof path));

  eonay_practice_file_add (root, make_application (model, serial, keys));

  return root;
}
