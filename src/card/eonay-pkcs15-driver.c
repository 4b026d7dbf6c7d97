#include "card/eonay-pkcs15-driver.h"

#include <string.h>

#include "base/eonay-error.h"
#include "card/eonay-card-files.h"
#include "card/eonay-pkcs15-card.h"
#include "card/eonay-pkcs15-parser.h"
#include "card/eonay-status-word.h"
#include "card/eonay-tlv.h"

#define OK 0x9000
#define NOT_FOUND 0x6A82
#define NOT_ALLOWED 0x6982
#define TAG_APPLICATION 0x61
#define TAG_AID 0x4F
#define TAG_PATH 0x51

struct _EonayPkcs15Driver {
  GObject parent_instance;
};

static void eonay_pkcs15_driver_iface_init (EonayCardDriverInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayPkcs15Driver, eonay_pkcs15_driver, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_CARD_DRIVER,
                                                      eonay_pkcs15_driver_iface_init))

static const guint8 path_odf[] = { 0x50, 0x31 };
static const guint8 path_token_info[] = { 0x50, 0x32 };
static const guint8 path_dir[] = { 0x2F, 0x00 };

/* Selects the application and then its ODF, unless that can be read without; @found stays as it is if the card has neither. */
static gboolean
try_application (EonayCardFiles *files, const EonayPkcs15Application *application,
                 gboolean *found, GError **error)
{
  guint16 status = OK;

  memcpy (files->df, application->df, application->df_length);
  files->df_length = application->df_length;
  if (application->aid_length > 0 &&
      !eonay_card_files_select_application (files, application->aid, application->aid_length,
                                            &status, error))
    return FALSE;
  if (status != OK)
    return TRUE;
  if (application->facts->odf_short_id != 0)
    {
      *found = TRUE;
      return TRUE;
    }

  if (!eonay_card_files_select (files, path_odf, sizeof path_odf, &status, error))
    return FALSE;
  if (status != OK && application->aid_length > 0)
    {
      files->df_length = 0;
      if (!eonay_card_files_select (files, path_odf, sizeof path_odf, &status, error))
        return FALSE;
    }
  *found = status == OK;

  return TRUE;
}

static void
application_from_facts (EonayPkcs15Application *application, const EonayPkcs15Facts *facts)
{
  *application = (EonayPkcs15Application){ .facts = facts, .aid_length = facts->aid_length,
                                           .df_length = facts->df_length };
  memcpy (application->aid, facts->aid, facts->aid_length);
  memcpy (application->df, facts->df, facts->df_length);
}

/* The first PKCS#15 application that EF.DIR names (ISO 7816-15, 7.4), by path. */
static gboolean
application_from_dir (EonayPkcs15Application *application, const guint8 *bytes, gsize length)
{
  const EonayPkcs15Facts *facts = eonay_pkcs15_facts_get_standard ();
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);
  EonayTlv entry, aid, path;

  while (eonay_tlv_read (&reader, &entry) == EONAY_TLV_OBJECT)
    {
      if (entry.tag != TAG_APPLICATION ||
          !eonay_tlv_find (entry.value, entry.length, TAG_AID, &aid) ||
          aid.length < facts->aid_length ||
          memcmp (aid.value, facts->aid, facts->aid_length) != 0 ||
          !eonay_tlv_find (entry.value, entry.length, TAG_PATH, &path) || path.length <= 2 ||
          path.length > EONAY_PKCS15_PATH_MAX || path.value[0] != 0x3F || path.value[1] != 0x00)
        continue;
      *application = (EonayPkcs15Application){ .facts = facts, .df_length = path.length - 2 };
      memcpy (application->df, path.value + 2, path.length - 2);
      return TRUE;
    }

  return FALSE;
}

static gboolean
find_by_dir (EonayCardFiles *files, EonayPkcs15Application *application, gboolean *found,
             GError **error)
{
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) local = NULL;
  const guint8 absolute[] = { 0x3F, 0x00, path_dir[0], path_dir[1] };
  guint16 status;
  gsize length;
  const guint8 *bytes;

  if (!eonay_card_files_select (files, absolute, sizeof absolute, &status, error))
    return FALSE;
  if (status != OK)
    return TRUE;

  content = eonay_card_files_read_directory (files, &local);
  if (content == NULL)
    {
      g_info ("EF.DIR cannot be read: %s", local->message);
      return TRUE;
    }
  bytes = g_bytes_get_data (content, &length);

  return !application_from_dir (application, bytes, length) ||
         try_application (files, application, found, error);
}

static gboolean
find_application (EonayCardFiles *files, GBytes *atr, EonayPkcs15Application *application,
                  GError **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (atr, &length);
  g_autoptr (GPtrArray) candidates = eonay_pkcs15_facts_candidates (bytes, length);
  gboolean found = FALSE;

  for (guint i = 0; !found && i < candidates->len; i++)
    {
      application_from_facts (application, g_ptr_array_index (candidates, i));
      if (!try_application (files, application, &found, error))
        return FALSE;
      if (!found && application->facts == eonay_pkcs15_facts_get_standard () &&
          !find_by_dir (files, application, &found, error))
        return FALSE;
    }
  if (found)
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNSUPPORTED,
                       "There is no PKCS#15 application on the card");

  return FALSE;
}

static gboolean
read_kind (EonayCardFiles *files, EonayPkcs15Objects *objects, EonayPkcs15Kind kind, GBytes *odf,
           GError **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (odf, &length);
  g_autoptr (GArray) paths = eonay_pkcs15_parse_odf (objects, kind, bytes, length);

  for (guint i = 0; i < paths->len; i++)
    {
      const EonayPkcs15Path *path = &g_array_index (paths, EonayPkcs15Path, i);
      g_autoptr (GBytes) content = NULL;
      guint16 status;

      if (!eonay_card_files_select (files, path->bytes, path->length, &status, error) ||
          !eonay_status_word_check (status, EONAY_STATUS_OF_COMMAND, "SELECT directory", error))
        return FALSE;
      content = eonay_card_files_read_directory (files, error);
      if (content == NULL)
        return FALSE;
      bytes = g_bytes_get_data (content, &length);
      eonay_pkcs15_parse_objects (objects, kind, bytes, length);
    }

  return TRUE;
}

static gboolean
needs_token_info (const EonayPkcs15Objects *objects, const EonayPkcs15Facts *facts)
{
  for (guint i = 0; i < objects->keys->len; i++)
    {
      const EonayPkcs15Key *key = g_ptr_array_index (objects->keys, i);

      if (key->algorithms->len > 0 || (key->rsa ? facts->rsa : facts->ecdsa) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
read_token_info (EonayCardFiles *files, EonayPkcs15Objects *objects, GError **error)
{
  g_autoptr (GBytes) content = NULL;
  guint16 status;
  gsize length;
  const guint8 *bytes;

  if (!eonay_card_files_select (files, path_token_info, sizeof path_token_info, &status, error))
    return FALSE;
  if (status == NOT_FOUND)
    return TRUE;
  if (!eonay_status_word_check (status, EONAY_STATUS_OF_COMMAND, "SELECT TokenInfo", error))
    return FALSE;

  content = eonay_card_files_read_directory (files, error);
  if (content == NULL)
    return FALSE;
  bytes = g_bytes_get_data (content, &length);
  eonay_pkcs15_parse_token_info (objects, bytes, length);

  return TRUE;
}

/* One certificate that cannot be read must not hide the others. */
static gboolean
read_certificate (EonayCardFiles *files, const EonayPkcs15Certificate *entry, GBytes **der,
                  GError **error)
{
  g_autoptr (GError) local = NULL;
  guint16 status;

  if (entry->value != NULL)
    {
      *der = g_bytes_ref (entry->value);
      return TRUE;
    }

  if (!eonay_card_files_select (files, entry->path.bytes, entry->path.length, &status, error))
    return FALSE;
  if (status == NOT_FOUND || status == NOT_ALLOWED)
    {
      g_info ("A certificate's file cannot be selected: %04X", status);
      return TRUE;
    }
  if (!eonay_status_word_check (status, EONAY_STATUS_OF_COMMAND, "SELECT certificate", error))
    return FALSE;

  *der = eonay_card_files_read_object (files, entry->path.offset, entry->path.count, &local);
  if (*der != NULL)
    return TRUE;
  if (g_error_matches (local, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MALFORMED) ||
      g_error_matches (local, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NOT_AUTHORISED))
    {
      g_info ("A certificate cannot be read: %s", local->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

static GBytes *
read_odf (EonayCardFiles *files, const EonayPkcs15Facts *facts, GError **error)
{
  return facts->odf_short_id != 0
             ? eonay_card_files_read_directory_by_short_id (files, facts->odf_short_id, error)
             : eonay_card_files_read_directory (files, error);
}

static gboolean
read_directories (EonayCardFiles *files, EonayPkcs15Objects *objects,
                  const EonayPkcs15Facts *facts, GError **error)
{
  const EonayPkcs15Kind kinds[] = { EONAY_PKCS15_PINS, EONAY_PKCS15_PRIVATE_KEYS,
                                    EONAY_PKCS15_CERTIFICATES };
  g_autoptr (GBytes) odf = read_odf (files, facts, error);

  if (odf == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!read_kind (files, objects, kinds[i], odf, error))
      return FALSE;

  return !needs_token_info (objects, facts) || read_token_info (files, objects, error);
}

static EonayCard *
eonay_pkcs15_driver_open (EonayCardDriver *driver, EonayTransport *transport, GError **error)
{
  g_autoptr (EonayPkcs15Objects) owned = eonay_pkcs15_objects_new ();
  g_autoptr (EonayPkcs15Card) card = NULL;
  g_autoptr (GBytes) atr = eonay_transport_get_atr (transport);
  EonayPkcs15Objects *objects = owned;
  EonayPkcs15Application application;
  EonayCardFiles files;

  if (atr == NULL)
    atr = g_bytes_new (NULL, 0);
  eonay_card_files_init (&files, transport);
  if (!find_application (&files, atr, &application, error) ||
      !read_directories (&files, objects, application.facts, error))
    return NULL;

  card = eonay_pkcs15_card_new (&application, g_steal_pointer (&owned), atr);
  for (guint i = 0; i < objects->certificates->len; i++)
    {
      const EonayPkcs15Certificate *entry = g_ptr_array_index (objects->certificates, i);
      g_autoptr (GBytes) der = NULL;

      if (!read_certificate (&files, entry, &der, error))
        return NULL;
      if (der != NULL)
        eonay_pkcs15_card_add (card, entry, der);
    }

  return EONAY_CARD (g_steal_pointer (&card));
}

static void
eonay_pkcs15_driver_iface_init (EonayCardDriverInterface *iface)
{
  iface->open = eonay_pkcs15_driver_open;
}

static void
eonay_pkcs15_driver_class_init (EonayPkcs15DriverClass *klass)
{
}

static void
eonay_pkcs15_driver_init (EonayPkcs15Driver *self)
{
}
