#include <glib/gstdio.h>
#include <string.h>

#include "card/driver/eonay-card-cache.h"

typedef struct {
  char *parent;
  char *folder;
  EonayCardCache *cache;
  GHashTable *files;
  EonayCardIdentity identity;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->parent = g_dir_make_tmp ("eonay-cache-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->folder = g_build_filename (fixture->parent, "eonay", "cards", NULL);
  fixture->cache = eonay_card_cache_new (fixture->folder);
  fixture->files = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                          (GDestroyNotify) g_bytes_unref);
  g_hash_table_insert (fixture->files, (gpointer) "5031", g_bytes_new_static ("\xA8\x00", 2));
  g_hash_table_insert (fixture->files, (gpointer) "3f0050153400:16+3",
                       g_bytes_new_static ("\x30\x01\x00", 3));
  g_hash_table_insert (fixture->files, (gpointer) "empty", g_bytes_new (NULL, 0));
  fixture->identity = (EonayCardIdentity){ .atr = g_bytes_new_static ("\x3B\x00", 2),
                                           .application = (const guint8 *) "\xA0\x01",
                                           .application_length = 2,
                                           .serial = "0102",
                                           .last_update = "20260601000000Z" };
}

static GPtrArray *
list (Fixture *fixture)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (paths, g_build_filename (fixture->folder, name, NULL));

  return paths;
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *middle = g_path_get_dirname (fixture->folder);
  g_autoptr (GError) error = NULL;

  g_assert_true (eonay_card_cache_clear (fixture->cache, &error));
  g_assert_no_error (error);
  g_rmdir (fixture->folder);
  g_rmdir (middle);
  g_assert_cmpint (g_rmdir (fixture->parent), ==, 0);
  g_free (fixture->parent);
  g_free (fixture->folder);
  g_assert_finalize_object (g_steal_pointer (&fixture->cache));
  g_hash_table_unref (fixture->files);
  g_bytes_unref (fixture->identity.atr);
}

static void
assert_known (Fixture *fixture, gboolean known)
{
  g_autoptr (GHashTable) loaded = eonay_card_cache_load (fixture->cache, &fixture->identity);
  GHashTableIter iter;
  gpointer name, bytes;

  g_assert_true ((loaded != NULL) == known);
  if (loaded == NULL)
    return;

  g_assert_cmpuint (g_hash_table_size (loaded), ==, g_hash_table_size (fixture->files));
  g_hash_table_iter_init (&iter, fixture->files);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    {
      g_assert_nonnull (g_hash_table_lookup (loaded, name));
      g_assert_true (g_bytes_equal (g_hash_table_lookup (loaded, name), bytes));
    }
}

static void
store (Fixture *fixture)
{
  eonay_card_cache_store (fixture->cache, &fixture->identity, fixture->files);
}

static void
test_keeps_what_was_read (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) paths = NULL;
  GStatBuf status;

  g_assert_false (eonay_card_cache_knows_kind (fixture->cache, &fixture->identity));
  assert_known (fixture, FALSE);
  store (fixture);
  g_assert_true (eonay_card_cache_knows_kind (fixture->cache, &fixture->identity));
  assert_known (fixture, TRUE);

  paths = list (fixture);
  g_assert_cmpuint (paths->len, ==, 1);
  g_assert_cmpint (g_stat (g_ptr_array_index (paths, 0), &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (fixture->folder, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0700);
  /* Nothing in the name tells whose card it is. */
  g_assert_null (strstr (g_ptr_array_index (paths, 0), "0102"));
}

/* Each part of the identity counts, and none runs into the next. */
static void
test_tells_cards_apart (Fixture *fixture, gconstpointer user_data)
{
  const EonayCardIdentity right = fixture->identity;
  g_autoptr (GBytes) other_atr = g_bytes_new_static ("\x3B\x00\xA0", 3);

  store (fixture);
  fixture->identity.serial = "0103";
  assert_known (fixture, FALSE);
  g_assert_true (eonay_card_cache_knows_kind (fixture->cache, &fixture->identity));
  fixture->identity = right;
  fixture->identity.last_update = "20260601000001Z";
  assert_known (fixture, FALSE);
  fixture->identity = right;
  fixture->identity.atr = other_atr;
  fixture->identity.application = (const guint8 *) "\x01";
  fixture->identity.application_length = 1;
  assert_known (fixture, FALSE);
  g_assert_false (eonay_card_cache_knows_kind (fixture->cache, &fixture->identity));
  fixture->identity = right;
  assert_known (fixture, TRUE);
}

static void
test_one_content_a_card (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) two = NULL;
  g_autoptr (GPtrArray) one = NULL;

  store (fixture);
  fixture->identity.last_update = "20260602000000Z";
  store (fixture);
  fixture->identity.serial = "0103";
  store (fixture);
  two = list (fixture);
  g_assert_cmpuint (two->len, ==, 2);

  fixture->identity.last_update = "whenever";
  eonay_card_cache_drop (fixture->cache, &fixture->identity);
  one = list (fixture);
  g_assert_cmpuint (one->len, ==, 1);
}

static void
test_nothing_without_identity (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) paths = NULL;

  fixture->identity.serial = NULL;
  store (fixture);
  assert_known (fixture, FALSE);
  eonay_card_cache_drop (fixture->cache, &fixture->identity);
  fixture->identity.serial = "";
  store (fixture);
  fixture->identity.serial = "01";
  fixture->identity.last_update = NULL;
  store (fixture);
  assert_known (fixture, FALSE);
  paths = list (fixture);
  g_assert_cmpuint (paths->len, ==, 0);
}

static void
test_survives_any_file (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) paths = NULL;
  g_autofree char *content = NULL;
  g_autofree char *large = g_malloc0 (600 * 1024);
  const char *path;
  gsize length;
  guint refused = 0;

  store (fixture);
  paths = list (fixture);
  path = g_ptr_array_index (paths, 0);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  for (gsize cut = 0; cut < length; cut++)
    {
      g_autofree char *spoilt = g_memdup2 (content, length);
      g_autoptr (GHashTable) loaded = NULL;

      g_assert_true (g_file_set_contents (path, content, (gssize) cut, NULL));
      loaded = eonay_card_cache_load (fixture->cache, &fixture->identity);
      g_assert_null (loaded);
      spoilt[cut] = (char) (spoilt[cut] ^ 0x81);
      g_assert_true (g_file_set_contents (path, spoilt, (gssize) length, NULL));
      loaded = eonay_card_cache_load (fixture->cache, &fixture->identity);
      refused += loaded == NULL;
    }
  g_assert_cmpuint (refused, >, 12);

  g_assert_true (g_file_set_contents (path, large, 600 * 1024, NULL));
  assert_known (fixture, FALSE);
  store (fixture);
  assert_known (fixture, TRUE);
}

static void
test_clears (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) paths = NULL;
  g_autoptr (GError) error = NULL;

  store (fixture);
  fixture->identity.serial = "0103";
  store (fixture);
  g_assert_true (eonay_card_cache_clear (fixture->cache, &error));
  g_assert_no_error (error);
  paths = list (fixture);
  g_assert_cmpuint (paths->len, ==, 0);
  assert_known (fixture, FALSE);
}

/* A folder that cannot be made is no reason to fail. */
static void
test_without_a_folder (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *in_the_way = g_build_filename (fixture->parent, "eonay", NULL);

  g_assert_true (g_file_set_contents (in_the_way, "", 0, NULL));
  store (fixture);
  assert_known (fixture, FALSE);
  g_assert_cmpint (g_unlink (in_the_way), ==, 0);
}

#define ADD(name_, function_) \
  g_test_add ("/card/card-cache/" name_, Fixture, NULL, set_up, function_, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("keeps-what-was-read", test_keeps_what_was_read);
  ADD ("tells-cards-apart", test_tells_cards_apart);
  ADD ("one-content-a-card", test_one_content_a_card);
  ADD ("nothing-without-identity", test_nothing_without_identity);
  ADD ("survives-any-file", test_survives_any_file);
  ADD ("clears", test_clears);
  ADD ("without-a-folder", test_without_a_folder);

  return g_test_run ();
}
