#include "card/akis/eonay-akis-listing.h"

#include "base/eonay-error.h"
#include "card/akis/eonay-akis-card.h"
#include "card/akis/eonay-akis-files.h"
#include "card/pkcs15/eonay-pkcs15-parser.h"

#define OK 0x9000
#define FIRST_CERTIFICATE 0x2F10
#define N_CERTIFICATES 10
#define KEY_MASK 0x7F

static const guint8 path_odf[] = { 0x50, 0x31 };

/* Reads a directory file; @content stays %NULL if the card has none that can be read. */
static gboolean
read_directory (EonayCardFiles *files, const guint8 *path, gsize length, GBytes **content,
                GError **error)
{
  const EonayCardPlace selected = { .path = NULL };
  g_autoptr (GError) local = NULL;
  guint16 status;

  if (!eonay_akis_files_select (files, path, length, &status, error))
    return FALSE;
  if (status != OK)
    return TRUE;

  return eonay_card_files_read_directory (files, &selected, content, &status, &local) ||
         eonay_card_files_may_do_without (&local, error);
}

/* Likewise a certificate: one that cannot be read must not hide the others. */
static gboolean
read_certificate (EonayCardFiles *files, const EonayPkcs15Path *path, GBytes **der, GError **error)
{
  const EonayCardPlace selected = { .path = NULL, .offset = path->offset, .count = path->count };
  g_autoptr (GError) local = NULL;
  guint16 status;

  if (!eonay_akis_files_select (files, path->bytes, path->length, &status, error))
    return FALSE;
  if (status != OK)
    return TRUE;

  return eonay_card_files_read_object (files, &selected, der, &status, &local) ||
         eonay_card_files_may_do_without (&local, error);
}

static gboolean
read_kind (EonayCardFiles *files, EonayPkcs15Objects *objects, EonayPkcs15Kind kind, GBytes *odf,
           GError **error)
{
  g_autoptr (GArray) paths = eonay_pkcs15_parser_read_odf (
      objects, kind, g_bytes_get_data (odf, NULL), g_bytes_get_size (odf));

  for (guint i = 0; i < paths->len; i++)
    {
      const EonayPkcs15Path *path = &g_array_index (paths, EonayPkcs15Path, i);
      g_autoptr (GBytes) content = NULL;

      if (!read_directory (files, path->bytes, path->length, &content, error))
        return FALSE;
      if (content != NULL)
        eonay_pkcs15_parser_read_objects (objects, kind, g_bytes_get_data (content, NULL),
                                          g_bytes_get_size (content), NULL);
    }

  return TRUE;
}

static gboolean
read_directories (EonayCardFiles *files, EonayPkcs15Objects *objects, gboolean *found,
                  GError **error)
{
  const EonayPkcs15Kind kinds[] = { EONAY_PKCS15_PINS, EONAY_PKCS15_PRIVATE_KEYS,
                                    EONAY_PKCS15_CERTIFICATES };
  g_autoptr (GBytes) odf = NULL;

  if (!read_directory (files, path_odf, sizeof path_odf, &odf, error))
    return FALSE;
  for (gsize i = 0; odf != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (!read_kind (files, objects, kinds[i], odf, error))
      return FALSE;
  *found = odf != NULL;

  return TRUE;
}

/* Where the vendor's software would find it counts, whatever its place in the directory. */
static guint
place_of (const EonayPkcs15Path *path, guint position)
{
  guint file = path->length >= 2
                   ? (guint) (path->bytes[path->length - 2] << 8 | path->bytes[path->length - 1])
                   : 0;

  return file >= FIRST_CERTIFICATE && file < FIRST_CERTIFICATE + N_CERTIFICATES
             ? file - FIRST_CERTIFICATE + 1
             : position + 1;
}

static gboolean
add_listed (EonayAkisCard *card, EonayCardFiles *files, const EonayPkcs15Objects *objects,
            guint position, GError **error)
{
  const EonayPkcs15Certificate *entry = g_ptr_array_index (objects->certificates, position);
  const EonayPkcs15Key *key = eonay_pkcs15_objects_find_key (objects, entry->id);
  g_autoptr (GBytes) der = entry->value != NULL ? g_bytes_ref (entry->value) : NULL;
  EonayAkisCertificate certificate = { .id = entry->id,
                                       .label = entry->label,
                                       .place = place_of (&entry->path, position) };

  if (der == NULL && !read_certificate (files, &entry->path, &der, error))
    return FALSE;
  if (der == NULL)
    return TRUE;

  certificate.der = der;
  /* A directory that names no keys at all does not say that there are none. */
  certificate.has_key = key != NULL || objects->keys->len == 0;
  certificate.may_sign =
      key == NULL
          ? certificate.has_key
          : (eonay_pkcs15_objects_has_flag (key->usage, EONAY_PKCS15_USAGE_SIGN) ||
             eonay_pkcs15_objects_has_flag (key->usage, EONAY_PKCS15_USAGE_NON_REPUDIATION));
  /* Inferred: that the reference in the directory is the key's number, with or without bit 8. */
  if (key != NULL && key->reference > 0)
    certificate.key = (guint8) (key->reference & KEY_MASK);
  eonay_akis_card_add (card, &certificate);

  return TRUE;
}

static gboolean
scan (EonayAkisCard *card, EonayCardFiles *files, GError **error)
{
  for (guint i = 0; i < N_CERTIFICATES; i++)
    {
      const guint file = FIRST_CERTIFICATE + i;
      const EonayPkcs15Path path = { .bytes = { (guint8) (file >> 8), (guint8) file },
                                     .length = 2 };
      g_autoptr (GBytes) der = NULL;
      EonayAkisCertificate certificate = { .place = i + 1, .has_key = TRUE, .may_sign = TRUE };

      if (!read_certificate (files, &path, &der, error))
        return FALSE;
      certificate.der = der;
      if (der != NULL)
        eonay_akis_card_add (card, &certificate);
    }

  return TRUE;
}

static gboolean
select_application (EonayCardFiles *files, const EonayAkisFamily *family, GError **error)
{
  gboolean found;

  if (!eonay_akis_files_select_application (files, family, &found, error))
    return FALSE;
  if (found)
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNSUPPORTED,
                       "The AKİS card has no application with certificates");

  return FALSE;
}

EonayCard *
eonay_akis_listing_read (const EonayAkisFamily *family, EonayTransport *transport, GBytes *atr,
                         GError **error)
{
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();
  g_autoptr (EonayAkisCard) card = NULL;
  gboolean has_directory = FALSE;
  GPtrArray *certificates;
  EonayCardFiles files;

  eonay_akis_files_init (&files, family, transport);
  if (!select_application (&files, family, error) ||
      !read_directories (&files, objects, &has_directory, error))
    return NULL;

  card = eonay_akis_card_new (family, objects, atr);
  certificates = eonay_card_get_description (EONAY_CARD (card))->certificates;
  for (guint i = 0; i < objects->certificates->len; i++)
    if (!add_listed (card, &files, objects, i, error))
      return NULL;

  /* Reading a directory may have led into another folder. */
  if (certificates->len == 0 && ((has_directory && !select_application (&files, family, error)) ||
                                 !scan (card, &files, error)))
    return NULL;

  return EONAY_CARD (g_steal_pointer (&card));
}
