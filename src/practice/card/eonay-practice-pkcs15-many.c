#include "practice/card/eonay-practice-object.h"
#include "practice/card/eonay-practice-pkcs15.h"
#include "practice/pki/eonay-practice-der.h"

#include <string.h>

#define ID_FIRST 0x7f10
#define ID_APPLICATION 0x7f15
#define ID_LAST 0x7f20
#define ID_OTHER_PRKDF 0x4405
#define ID_CERTIFICATES 0x3400

#define ODF_PRIVATE_KEYS 0xa0
#define ODF_CERTIFICATES 0xa4
#define ODF_AUTHENTICATION 0xa8

/* Bytes before each certificate in the file of certificates. */
#define MARGIN 16

static const guint8 FIRST_NAME[] = "\xd2\x76\x00\x01\x24\x01";
static const guint8 LAST_NAME[] = "\xa0\x00\x00\x01\x67\x45\x53\x49\x47\x4e";

static GBytes *
make_directory (void)
{
  static const guint8 path[] = { EONAY_PRACTICE_FILE_MF >> 8, EONAY_PRACTICE_FILE_MF & 0xff,
                                 ID_APPLICATION >> 8, ID_APPLICATION & 0xff };

  return eonay_practice_der_join (
      eonay_practice_object_application (FIRST_NAME, sizeof FIRST_NAME - 1, "DENEME posta", NULL,
                                         0),
      eonay_practice_object_application (EONAY_PRACTICE_PKCS15_NAME,
                                         EONAY_PRACTICE_PKCS15_NAME_LENGTH,
                                         EONAY_PRACTICE_PKCS15_LABEL, path, sizeof path),
      eonay_practice_object_application (LAST_NAME, sizeof LAST_NAME - 1, "DENEME kimlik", NULL, 0),
      NULL);
}

static GBytes *
point_to (guint8 what, guint16 id)
{
  return eonay_practice_der (what, eonay_practice_object_path_within (id), NULL);
}

static GBytes *
make_odf (void)
{
  return eonay_practice_der_join (
      point_to (ODF_AUTHENTICATION, EONAY_PRACTICE_PKCS15_AODF),
      point_to (ODF_PRIVATE_KEYS, EONAY_PRACTICE_PKCS15_PRKDF),
      point_to (ODF_PRIVATE_KEYS, ID_OTHER_PRKDF),
      eonay_practice_der (ODF_CERTIFICATES,
                          eonay_practice_object_path (ID_APPLICATION, EONAY_PRACTICE_PKCS15_CDF),
                          NULL),
      NULL);
}

static void
add_file (EonayPracticeFile *application, guint16 id, guint8 short_id, GBytes *content)
{
  eonay_practice_file_add (application, eonay_practice_file_new_ef (id, short_id, content));
}

/* The first key is alone in its PrKDF. */
static void
add_private_keys (EonayPracticeFile *application, const EonayPracticeModel *model, GPtrArray *keys)
{
  GBytes *directories[] = { g_bytes_new (NULL, 0), g_bytes_new (NULL, 0) };

  for (guint i = 0; i < keys->len; i++)
    {
      const EonayPracticeKey *key = g_ptr_array_index (keys, i);
      GBytes **directory = &directories[MIN (i, 1)];

      *directory = eonay_practice_der_join (
          *directory,
          eonay_practice_object_private_key (model, key,
                                             eonay_practice_object_path (ID_APPLICATION, 0)),
          NULL);
    }

  add_file (application, EONAY_PRACTICE_PKCS15_PRKDF, 0, directories[0]);
  add_file (application, ID_OTHER_PRKDF, 0, directories[1]);
}

static void
add_certificates (EonayPracticeFile *application, GPtrArray *keys)
{
  static const guint8 margin[MARGIN] = { 0 };
  GByteArray *content = g_byte_array_new ();
  GBytes *directory = g_bytes_new (NULL, 0);

  for (guint i = 0; i < keys->len; i++)
    {
      const EonayPracticeKey *key = g_ptr_array_index (keys, i);
      gsize length;
      const guint8 *der = g_bytes_get_data (key->certificate, &length);

      g_byte_array_append (content, margin, sizeof margin);
      directory = eonay_practice_der_join (
          directory,
          eonay_practice_object_certificate (
              key, eonay_practice_object_path_span (ID_APPLICATION, ID_CERTIFICATES, content->len,
                                                    length)),
          NULL);
      g_byte_array_append (content, der, (guint) length);
    }

  add_file (application, ID_CERTIFICATES, 0, g_byte_array_free_to_bytes (content));
  add_file (application, EONAY_PRACTICE_PKCS15_CDF, 0, directory);
}

EonayPracticeFile *
eonay_practice_pkcs15_lay_out_many (const EonayPracticeModel *model, const guint8 serial[8],
                                    GPtrArray *keys)
{
  EonayPracticeFile *root = eonay_practice_pkcs15_make_root (model, make_directory ());
  EonayPracticeFile *application = eonay_practice_file_new_df (ID_APPLICATION, NULL, 0);

  add_file (application, EONAY_PRACTICE_PKCS15_ODF, 0x11, make_odf ());
  add_file (application, EONAY_PRACTICE_PKCS15_TOKEN, 0x12,
            eonay_practice_object_token (model, EONAY_PRACTICE_PKCS15_LABEL, serial));
  add_file (application, EONAY_PRACTICE_PKCS15_AODF, 0, eonay_practice_object_pins (model));
  add_private_keys (application, model, keys);
  add_certificates (application, keys);

  eonay_practice_file_add (
      root, eonay_practice_file_new_df (ID_FIRST, FIRST_NAME, sizeof FIRST_NAME - 1));
  eonay_practice_file_add (root, application);
  eonay_practice_file_add (root,
                           eonay_practice_file_new_df (ID_LAST, LAST_NAME, sizeof LAST_NAME - 1));

  return root;
}
