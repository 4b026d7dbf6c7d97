#include "practice/card/eonay-practice-akis.h"
#include "practice/card/eonay-practice-object.h"
#include "practice/card/eonay-practice-pkcs15.h"
#include "practice/pki/eonay-practice-der.h"

#include <string.h>

#define NAME "PKCS-15"
#define ID_APPLICATION 0x3d00
#define ID_CERTIFICATES 0x2f10

#define ODF_PRIVATE_KEYS 0xa0
#define ODF_CERTIFICATES 0xa4
#define ODF_AUTHENTICATION 0xa8

/* Files are longer than their content. */
#define TRAILING_ZEROS 64

static void
add_file (EonayPracticeFile *application, guint16 id, GBytes *content)
{
  static const guint8 zeros[TRAILING_ZEROS] = { 0 };
  GBytes *padded = eonay_practice_der_join (content, g_bytes_new_static (zeros, sizeof zeros),
                                            NULL);

  eonay_practice_file_add (application, eonay_practice_file_new_ef (id, 0, padded));
}

static void
add_certificates (EonayPracticeFile *application, GPtrArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    {
      const EonayPracticeKey *key = g_ptr_array_index (keys, i);

      add_file (application, (guint16) (ID_CERTIFICATES + i), g_bytes_ref (key->certificate));
    }
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
                                  point_to (ODF_CERTIFICATES, EONAY_PRACTICE_PKCS15_CDF), NULL);
}

static void
add_directories (EonayPracticeFile *application, const EonayPracticeModel *model,
                 const guint8 serial[8], GPtrArray *keys)
{
  GBytes *private_keys = g_bytes_new (NULL, 0);
  GBytes *certificates = g_bytes_new (NULL, 0);

  for (guint i = 0; i < keys->len; i++)
    {
      const EonayPracticeKey *key = g_ptr_array_index (keys, i);
      GBytes *private_path = eonay_practice_object_path (ID_APPLICATION, 0);
      GBytes *certificate_path = eonay_practice_object_path (ID_APPLICATION,
                                                             (guint16) (ID_CERTIFICATES + i));

      private_keys = eonay_practice_der_join (
          private_keys, eonay_practice_object_private_key (model, key, private_path), NULL);
      certificates = eonay_practice_der_join (
          certificates, eonay_practice_object_certificate (key, certificate_path), NULL);
    }

  add_file (application, EONAY_PRACTICE_PKCS15_ODF, make_odf ());
  add_file (application, EONAY_PRACTICE_PKCS15_TOKEN,
            eonay_practice_object_token (model, EONAY_PRACTICE_PKCS15_LABEL, serial));
  add_file (application, EONAY_PRACTICE_PKCS15_AODF, eonay_practice_object_pins (model));
  add_file (application, EONAY_PRACTICE_PKCS15_PRKDF, private_keys);
  add_file (application, EONAY_PRACTICE_PKCS15_CDF, certificates);
}

static EonayPracticeFile *
add_application (EonayPracticeFile *root, GPtrArray *keys)
{
  EonayPracticeFile *application = eonay_practice_file_new_df (ID_APPLICATION, NAME, strlen (NAME));

  add_certificates (application, keys);
  eonay_practice_file_add (root, application);

  return application;
}

EonayPracticeFile *
eonay_practice_akis_lay_out_early (const EonayPracticeModel *model, const guint8 serial[8],
                                   GPtrArray *keys)
{
  EonayPracticeFile *root = eonay_practice_file_new_df (EONAY_PRACTICE_FILE_MF, NULL, 0);

  add_directories (add_application (root, keys), model, serial, keys);

  return root;
}

EonayPracticeFile *
eonay_practice_akis_lay_out_late (const EonayPracticeModel *model, const guint8 serial[8],
                                  GPtrArray *keys)
{
  EonayPracticeFile *root = eonay_practice_file_new_df (EONAY_PRACTICE_FILE_MF, NULL, 0);

  add_application (root, keys);

  return root;
}
