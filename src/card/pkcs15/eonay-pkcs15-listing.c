#include "card/pkcs15/eonay-pkcs15-listing.h"

#include <string.h>

#include "base/eonay-error.h"
#include "card/apdu/eonay-atr.h"
#include "card/apdu/eonay-status-word.h"
#include "card/pkcs15/eonay-pkcs15-parser.h"

#define OK 0x9000
#define NOT_FOUND 0x6A82
#define NOT_ALLOWED 0x6982

/* More directories of one kind than any card has. */
#define DIRECTORIES_MAX 16

static const guint8 path_odf[] = { 0x50, 0x31 };
static const guint8 path_token_info[] = { 0x50, 0x32 };
static const guint8 path_atr[] = { 0x3F, 0x00, 0x2F, 0x01 };

void
eonay_pkcs15_listing_init (EonayPkcs15Listing *self, EonayTransport *transport, GBytes *atr,
                           EonayCardCache *cache)
{
  *self = (EonayPkcs15Listing){ .atr = atr, .cache = cache };
  eonay_card_files_init (&self->files, transport);
  self->form = self->files.form;
}

void
eonay_pkcs15_listing_clear (EonayPkcs15Listing *self)
{
  g_clear_pointer (&self->files.kept, g_hash_table_unref);
  g_clear_pointer (&self->objects, eonay_pkcs15_objects_free);
}

gboolean
eonay_pkcs15_listing_learn_form (EonayPkcs15Listing *self, GError **error)
{
  const EonayCardPlace place = { .path = path_atr, .length = sizeof path_atr, .fresh = TRUE };
  EonayCardFiles files = self->files;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) local = NULL;
  guint16 status;
  gsize length;
  const guint8 *bytes;

  eonay_card_files_use_extended (&files);
  if (self->form == EONAY_APDU_EXTENDED || files.form == EONAY_APDU_SHORT)
    return TRUE;

  files.form = EONAY_APDU_SHORT;
  if (!eonay_card_files_read_directory (&files, &place, &content, &status, &local) &&
      !g_error_matches (local, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NOT_AUTHORISED) &&
      !g_error_matches (local, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MALFORMED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (content == NULL)
    return TRUE;

  bytes = g_bytes_get_data (content, &length);
  if (eonay_atr_file_allows_extended_length (bytes, length))
    self->form = EONAY_APDU_EXTENDED;

  return TRUE;
}

static void
start_over (EonayPkcs15Listing *self, const EonayPkcs15Application *application)
{
  eonay_pkcs15_listing_clear (self);
  self->application = *application;
  self->has_token_info = FALSE;
  self->recalled = FALSE;
  self->objects = eonay_pkcs15_objects_new ();
  self->files.form = self->form;
  if (application->facts->extended)
    eonay_card_files_use_extended (&self->files);
  memcpy (self->files.df, application->df, application->df_length);
  self->files.df_length = application->df_length;
  self->files.kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) g_bytes_unref);
}

gboolean
eonay_pkcs15_listing_read_token_info (EonayCardFiles *files, const EonayPkcs15Facts *facts,
                                      EonayPkcs15Objects *objects, GError **error)
{
  const EonayCardPlace place = { .path = path_token_info,
                                 .length = sizeof path_token_info,
                                 .short_id = facts->token_info_short_id,
                                 .fresh = TRUE };
  g_autoptr (GBytes) content = NULL;
  guint16 status;
  gsize length;
  const guint8 *bytes;

  if (!eonay_card_files_read_directory (files, &place, &content, &status, error))
    return FALSE;
  if (status == NOT_FOUND)
    return TRUE;
  if (!eonay_status_word_check (status, EONAY_STATUS_OF_COMMAND, "SELECT TokenInfo", error))
    return FALSE;

  bytes = g_bytes_get_data (content, &length);
  eonay_pkcs15_parser_read_token_info (objects, bytes, length);

  return TRUE;
}

/* If the card is a known one, what it holds is at hand. */
static void
recall (EonayPkcs15Listing *self)
{
  EonayCardIdentity identity = { .atr = self->atr };
  g_autoptr (GError) error = NULL;
  GHashTable *known;

  if (self->cache == NULL)
    return;
  identity.application = eonay_pkcs15_application_get_name (&self->application,
                                                            &identity.application_length);
  if (!eonay_card_cache_knows_kind (self->cache, &identity))
    return;

  if (!eonay_pkcs15_listing_read_token_info (&self->files, self->application.facts, self->objects,
                                             &error))
    {
      g_info ("A card that may be known does not say which it is: %s", error->message);
      return;
    }
  self->has_token_info = TRUE;
  identity.serial = self->objects->serial;
  identity.last_update = self->objects->last_update;
  known = eonay_card_cache_load (self->cache, &identity);
  if (known == NULL)
    return;

  g_hash_table_unref (self->files.kept);
  self->files.kept = known;
  self->recalled = TRUE;
}

static gboolean
read_odf (EonayPkcs15Listing *self, GBytes **odf, GError **error)
{
  const EonayCardPlace place = { .path = path_odf,
                                 .length = sizeof path_odf,
                                 .short_id = self->application.facts->odf_short_id };
  guint16 status;

  if (!eonay_card_files_read_directory (&self->files, &place, odf, &status, error))
    return FALSE;
  if (*odf != NULL || self->application.aid_length == 0 || self->files.df_length == 0)
    return TRUE;

  /* The application has been selected, but does not lie where such ones use to. */
  self->files.df_length = 0;
  self->application.df_length = 0;

  return eonay_card_files_read_directory (&self->files, &place, odf, &status, error);
}

static gboolean
is_known (const GArray *paths, guint index)
{
  const EonayPkcs15Path *path = &g_array_index (paths, EonayPkcs15Path, index);

  for (guint i = 0; i < index; i++)
    {
      const EonayPkcs15Path *other = &g_array_index (paths, EonayPkcs15Path, i);

      if (other->length == path->length && other->offset == path->offset &&
          other->count == path->count && memcmp (other->bytes, path->bytes, path->length) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
read_kind (EonayPkcs15Listing *self, EonayPkcs15Kind kind, GBytes *odf, GError **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (odf, &length);
  g_autoptr (GArray) paths = eonay_pkcs15_parser_read_odf (self->objects, kind, bytes, length);

  for (guint i = 0; i < MIN (paths->len, DIRECTORIES_MAX); i++)
    {
      const EonayPkcs15Path path = g_array_index (paths, EonayPkcs15Path, i);
      const EonayCardPlace place = { .path = path.bytes,
                                     .length = path.length,
                                     .offset = path.offset,
                                     .count = path.count };
      g_autoptr (GBytes) content = NULL;
      guint16 status;

      if (is_known (paths, i))
        continue;
      if (!eonay_card_files_read_directory (&self->files, &place, &content, &status, error) ||
          !eonay_status_word_check (status, EONAY_STATUS_OF_COMMAND, "SELECT directory", error))
        return FALSE;
      bytes = g_bytes_get_data (content, &length);
      eonay_pkcs15_parser_read_objects (self->objects, kind, bytes, length, paths);
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

gboolean
eonay_pkcs15_listing_try (EonayPkcs15Listing *self, const EonayPkcs15Application *application,
                          gboolean *found, GError **error)
{
  const EonayPkcs15Kind kinds[] = { EONAY_PKCS15_PINS, EONAY_PKCS15_PRIVATE_KEYS,
                                    EONAY_PKCS15_CERTIFICATES };
  g_autoptr (GBytes) odf = NULL;
  guint16 status = OK;

  *found = FALSE;
  start_over (self, application);
  if (application->aid_length > 0 &&
      !eonay_card_files_select_application (&self->files, application->aid, application->aid_length,
                                            &status, error))
    return FALSE;
  if (status != OK)
    return TRUE;

  recall (self);
  if (!read_odf (self, &odf, error))
    return FALSE;
  if (odf == NULL)
    return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!read_kind (self, kinds[i], odf, error))
      return FALSE;
  if (!self->has_token_info && needs_token_info (self->objects, application->facts))
    {
      if (!eonay_pkcs15_listing_read_token_info (&self->files, application->facts, self->objects,
                                                 error))
        return FALSE;
      self->has_token_info = TRUE;
    }
  if (self->has_token_info && application->facts == eonay_pkcs15_facts_get_standard ())
    self->application.facts = eonay_pkcs15_facts_find_by_manufacturer (self->objects->manufacturer);
  *found = TRUE;

  return TRUE;
}

gboolean
eonay_pkcs15_listing_read_certificate (EonayPkcs15Listing *self,
                                       const EonayPkcs15Certificate *entry, GBytes **der,
                                       GError **error)
{
  const EonayCardPlace place = { .path = entry->path.bytes,
                                 .length = entry->path.length,
                                 .offset = entry->path.offset,
                                 .count = entry->path.count };
  g_autoptr (GError) local = NULL;
  guint16 status;

  *der = NULL;
  if (entry->value != NULL)
    {
      *der = g_bytes_ref (entry->value);
      return TRUE;
    }

  if (eonay_card_files_read_object (&self->files, &place, der, &status, &local))
    {
      if (status == NOT_FOUND || status == NOT_ALLOWED)
        g_info ("A certificate's file cannot be selected: %04X", status);
      else
        return eonay_status_word_check (status, EONAY_STATUS_OF_COMMAND, "SELECT certificate",
                                        error);
      return TRUE;
    }
  if (g_error_matches (local, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MALFORMED) ||
      g_error_matches (local, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NOT_AUTHORISED))
    {
      g_info ("A certificate cannot be read: %s", local->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}
