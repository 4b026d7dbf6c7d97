#include "history-fixture.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

HistoryFixture *
history_fixture_new (void)
{
  HistoryFixture *self = g_new0 (HistoryFixture, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("eonay-history-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "eonay", "history.db", NULL);

  return self;
}

static void
remove_all (const char *folder)
{
  GDir *names = g_dir_open (folder, 0, NULL);
  const char *name;

  while (names != NULL && (name = g_dir_read_name (names)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_all (path);
      else
        g_unlink (path);
    }
  g_clear_pointer (&names, g_dir_close);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

void
history_fixture_free (HistoryFixture *self)
{
  remove_all (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

GPtrArray *
history_fixture_new_batch (const char *name, guint n, gint64 time)
{
  GPtrArray *batch = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      EonayHistoryEntry *entry = g_object_new (EONAY_TYPE_HISTORY_ENTRY, NULL);

      entry->batch = g_strdup (name);
      entry->document = i;
      entry->n_documents = n;
      entry->signed_at = time;
      entry->portal_id = g_strdup ("kurum");
      entry->portal_name = g_strdup ("Kurum Portalı");
      entry->operation = g_strdup ("e-onay");
      entry->label = g_strdup_printf ("Sözleşme %s", name);
      entry->digest = g_strnfill (64, 'a');
      entry->serial = g_strdup ("1f2e3d");
      entry->issuer = g_strdup ("DENEME Kök");
      g_ptr_array_add (batch, entry);
    }

  return batch;
}

void
history_fixture_put (HistoryFixture *self, GPtrArray *batch, EonayHistoryOutcome outcome)
{
  g_autofree char *moved = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayHistoryFile) file = eonay_history_file_open (self->path, &moved, &error);
  g_autoptr (GPtrArray) ended = NULL;

  g_assert_no_error (error);
  g_assert_null (moved);
  ended = eonay_history_entry_end_batch (batch, outcome,
                                         outcome >= EONAY_HISTORY_REFUSED ? "AG-02" : NULL,
                                         outcome == EONAY_HISTORY_DELIVERED ? "MAKBUZ-1" : NULL);
  eonay_history_file_put (file, ended, &error);
  g_assert_no_error (error);
}

GPtrArray *
history_fixture_list (HistoryFixture *self)
{
  g_autofree char *moved = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayHistoryFile) file = eonay_history_file_open (self->path, &moved, &error);
  GPtrArray *entries;

  g_assert_no_error (error);
  g_assert_null (moved);
  entries = eonay_history_file_list (file, &error);
  g_assert_no_error (error);

  return entries;
}

GBytes *
history_fixture_read (const char *path)
{
  char *content;
  gsize length;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (content, length);
}

gboolean
history_fixture_has (GBytes *bytes, const char *text)
{
  gsize length;
  const char *content = g_bytes_get_data (bytes, &length);

  return memmem (content, length, text, strlen (text)) != NULL;
}

char *
history_fixture_find_aside (HistoryFixture *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  GDir *names = g_dir_open (folder, 0, NULL);
  char *found = NULL;
  const char *name;

  while (found == NULL && (name = g_dir_read_name (names)) != NULL)
    if (strstr (name, ".damaged-") != NULL)
      found = g_build_filename (folder, name, NULL);
  g_dir_close (names);

  return found;
}

void
history_fixture_execute (HistoryFixture *files, const char *sql)
{
  g_autofree char *folder = g_path_get_dirname (files->path);
  sqlite3 *db;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (sqlite3_open (files->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}
