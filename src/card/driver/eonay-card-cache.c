#include "card/driver/eonay-card-cache.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/eonay-regular-file.h"

/* A name is the kind's part, the card's and the content's, in hexadecimal. */
#define KIND_LENGTH 16
#define CARD_LENGTH 16
#define NAME_LENGTH (KIND_LENGTH + CARD_LENGTH + 64 + 2)

#define CONTENT_TYPE "(sa{say})"
#define CONTENT_VERSION "eonay-card-1"
#define FILE_MAX (512 * 1024)
#define FILES_MAX 256

struct _EonayCardCache {
  GObject parent_instance;

  char *folder;
};

G_DEFINE_FINAL_TYPE (EonayCardCache, eonay_card_cache, G_TYPE_OBJECT)

static void
eonay_card_cache_finalize (GObject *object)
{
  g_free (EONAY_CARD_CACHE (object)->folder);

  G_OBJECT_CLASS (eonay_card_cache_parent_class)->finalize (object);
}

static void
eonay_card_cache_class_init (EonayCardCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_card_cache_finalize;
}

static void
eonay_card_cache_init (EonayCardCache *self)
{
}

EonayCardCache *
eonay_card_cache_new (const char *folder)
{
  EonayCardCache *self = g_object_new (EONAY_TYPE_CARD_CACHE, NULL);

  self->folder = folder != NULL
                     ? g_strdup (folder)
                     : g_build_filename (g_get_user_cache_dir (), "eonay", "cards", NULL);

  return self;
}

/* With its length before it, so that no two lists of parts run into the same bytes. */
static void
add (GChecksum *checksum, gconstpointer bytes, gsize length)
{
  const guint8 head[] = { (guint8) (length >> 8), (guint8) length };

  g_checksum_update (checksum, head, sizeof head);
  g_checksum_update (checksum, bytes, (gssize) length);
}

static GChecksum *
begin (const EonayCardIdentity *identity)
{
  GChecksum *checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length;
  gconstpointer atr = g_bytes_get_data (identity->atr, &length);

  add (checksum, atr, length);
  add (checksum, identity->application, identity->application_length);

  return checksum;
}

static char *
name_kind (const EonayCardIdentity *identity)
{
  g_autoptr (GChecksum) checksum = begin (identity);

  return g_strdup_printf ("%.*s-", KIND_LENGTH, g_checksum_get_string (checksum));
}

static char *
name_card (const EonayCardIdentity *identity)
{
  g_autoptr (GChecksum) checksum = begin (identity);
  g_autofree char *kind = name_kind (identity);

  add (checksum, identity->serial, strlen (identity->serial));

  return g_strdup_printf ("%s%.*s-", kind, CARD_LENGTH, g_checksum_get_string (checksum));
}

static char *
name_content (const EonayCardIdentity *identity)
{
  g_autoptr (GChecksum) checksum = begin (identity);
  g_autofree char *card = name_card (identity);

  add (checksum, identity->serial, strlen (identity->serial));
  add (checksum, identity->last_update, strlen (identity->last_update));

  return g_strconcat (card, g_checksum_get_string (checksum), NULL);
}

static gboolean
is_complete (const EonayCardIdentity *identity)
{
  return identity->serial != NULL && *identity->serial != '\0' && identity->last_update != NULL;
}

/* Names in the folder that begin so; a folder that is not there has none. */
static GPtrArray *
find (EonayCardCache *self, const char *prefix)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (name, prefix) && strlen (name) == NAME_LENGTH)
      g_ptr_array_add (names, g_strdup (name));

  return names;
}

gboolean
eonay_card_cache_knows_kind (EonayCardCache *self, const EonayCardIdentity *identity)
{
  g_autofree char *prefix = NULL;
  g_autoptr (GPtrArray) names = NULL;

  g_return_val_if_fail (EONAY_IS_CARD_CACHE (self) && identity != NULL, FALSE);

  prefix = name_kind (identity);
  names = find (self, prefix);

  return names->len > 0;
}

static GHashTable *
unpack (GBytes *bytes)
{
  g_autoptr (GVariant) content =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (CONTENT_TYPE), bytes, FALSE));
  g_autoptr (GVariantIter) files = NULL;
  g_autoptr (GHashTable) result = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                         (GDestroyNotify) g_bytes_unref);
  const char *version, *name;
  GVariant *value;

  if (!g_variant_is_normal_form (content))
    return NULL;
  g_variant_get (content, "(&sa{say})", &version, &files);
  if (!g_str_equal (version, CONTENT_VERSION) || g_variant_iter_n_children (files) > FILES_MAX)
    return NULL;

  while (g_variant_iter_next (files, "{&s@ay}", &name, &value))
    {
      g_hash_table_insert (result, g_strdup (name), g_variant_get_data_as_bytes (value));
      g_variant_unref (value);
    }

  return g_steal_pointer (&result);
}

GHashTable *
eonay_card_cache_load (EonayCardCache *self, const EonayCardIdentity *identity)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (EONAY_IS_CARD_CACHE (self) && identity != NULL, NULL);

  if (!is_complete (identity))
    return NULL;

  name = name_content (identity);
  path = g_build_filename (self->folder, name, NULL);
  bytes = eonay_regular_file_read (path, FILE_MAX, NULL);

  return bytes != NULL ? unpack (bytes) : NULL;
}

static GBytes *
pack (GHashTable *files)
{
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer name, bytes;
  g_autoptr (GVariant) content = NULL;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{say}"));
  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    g_variant_builder_add (&builder, "{s@ay}", name,
                           g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE));
  content = g_variant_ref_sink (
      g_variant_new ("(s@a{say})", CONTENT_VERSION, g_variant_builder_end (&builder)));

  return g_variant_get_data_as_bytes (content);
}

static void
remove_all (EonayCardCache *self, const char *prefix)
{
  g_autoptr (GPtrArray) names = find (self, prefix);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (self->folder, g_ptr_array_index (names, i), NULL);

      g_unlink (path);
    }
}

void
eonay_card_cache_store (EonayCardCache *self, const EonayCardIdentity *identity, GHashTable *files)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *card = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  gsize length;
  const char *content;

  g_return_if_fail (EONAY_IS_CARD_CACHE (self) && identity != NULL && files != NULL);

  if (!is_complete (identity) || g_hash_table_size (files) == 0 ||
      g_hash_table_size (files) > FILES_MAX)
    return;
  bytes = pack (files);
  content = g_bytes_get_data (bytes, &length);
  if (length > FILE_MAX)
    return;

  card = name_card (identity);
  remove_all (self, card);
  name = name_content (identity);
  path = g_build_filename (self->folder, name, NULL);
  if (g_mkdir_with_parents (self->folder, 0700) != 0)
    g_info ("No folder for what is known of cards: %s", g_strerror (errno));
  else if (!g_file_set_contents_full (path, content, (gssize) length,
                                      G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_info ("What is known of a card is not kept: %s", error->message);
}

void
eonay_card_cache_drop (EonayCardCache *self, const EonayCardIdentity *identity)
{
  g_autofree char *card = NULL;

  g_return_if_fail (EONAY_IS_CARD_CACHE (self) && identity != NULL);

  if (!is_complete (identity))
    return;
  card = name_card (identity);
  remove_all (self, card);
}

gboolean
eonay_card_cache_clear (EonayCardCache *self, GError **error)
{
  g_autoptr (GDir) folder = NULL;
  g_autoptr (GError) local = NULL;
  const char *name;

  g_return_val_if_fail (EONAY_IS_CARD_CACHE (self), FALSE);

  folder = g_dir_open (self->folder, 0, &local);
  if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;
  if (folder == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      if (g_unlink (path) != 0)
        {
          g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (errno),
                       "What is known of a card cannot be removed: %s", g_strerror (errno));
          return FALSE;
        }
    }

  return TRUE;
}
