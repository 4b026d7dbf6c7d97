#include "session/history/eonay-history-database.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "base/eonay-error.h"
#include "base/eonay-text-class.h"

struct _EonayHistoryDatabase {
  sqlite3 *db;
  sqlite3_stmt *put;
  gboolean damaged;
};

/* "eOny"; SQLite's application id in the file header, so that no other database is taken for a
   history. */
#define APPLICATION_ID 1699704441

/* Each step migrates a file from the version of its index to the next. */
static const char *const migrations[] = {
  "CREATE TABLE entries ("
  " id INTEGER PRIMARY KEY, batch TEXT NOT NULL, document INTEGER NOT NULL,"
  " documents INTEGER NOT NULL, run INTEGER NOT NULL, signed_at INTEGER NOT NULL,"
  " portal_id TEXT NOT NULL, portal_name TEXT NOT NULL, operation TEXT NOT NULL,"
  " label TEXT NOT NULL, digest TEXT NOT NULL, serial TEXT NOT NULL, issuer TEXT NOT NULL,"
  " outcome TEXT NOT NULL, code TEXT, receipt TEXT, UNIQUE (batch, document));",
  "ALTER TABLE entries ADD COLUMN text TEXT;",
  "PRAGMA application_id=" G_STRINGIFY (APPLICATION_ID) ";",
};

#define BUSY_STEP 5 /* milliseconds */
#define VERSION ((int) G_N_ELEMENTS (migrations))
#define LAST_NAMELESS 2 /* the last version without the id */

#define SETTINGS                                                                    \
  "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;" \
  "PRAGMA temp_store=MEMORY;"

#define PUT                                                                                  \
  "INSERT INTO entries (batch, document, documents, run, signed_at, portal_id, portal_name," \
  " operation, label, digest, serial, issuer, outcome, code, receipt, text)"                 \
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"          \
  " ON CONFLICT (batch, document)"                                                           \
  " DO UPDATE SET outcome = ?13, code = ?14, receipt = ?15;"

#define LIST                                                                                     \
  "SELECT batch, document, documents, run, signed_at, portal_id, portal_name, operation, label," \
  " digest, serial, issuer, outcome, code, receipt, text FROM entries"                           \
  " ORDER BY signed_at DESC, batch, document;"

static gboolean
is_damage (int status)
{
  return (status & 0xff) == SQLITE_CORRUPT || (status & 0xff) == SQLITE_NOTADB;
}

/** Returns: %FALSE, with SQLite's last error */
static gboolean
fail (EonayHistoryDatabase *self, int status, const char *doing, GError **error)
{
  gboolean is_known = self->db != NULL && sqlite3_errcode (self->db) != SQLITE_OK &&
                      sqlite3_errcode (self->db) != SQLITE_DONE;
  const char *reason = is_known ? sqlite3_errmsg (self->db) : sqlite3_errstr (status);

  if (is_damage (status))
    self->damaged = TRUE;
  g_set_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_HISTORY_UNUSABLE,
               "The history cannot be %s: %s (%d)", doing, reason, status);

  return FALSE;
}

static gboolean
run (EonayHistoryDatabase *self, const char *sql, GError **error)
{
  int status = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  return status == SQLITE_OK || fail (self, status, "written", error);
}

static gboolean
ask_number (EonayHistoryDatabase *self, const char *sql, int *number, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int status = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL);

  if (status == SQLITE_OK)
    status = sqlite3_step (statement);
  if (status == SQLITE_ROW)
    *number = sqlite3_column_int (statement, 0);
  else
    fail (self, status, "read", error);
  sqlite3_finalize (statement);

  return status == SQLITE_ROW;
}

static gboolean
has_entries (EonayHistoryDatabase *self)
{
  const char *sql = "SELECT batch, document, digest FROM entries;";
  sqlite3_stmt *statement = NULL;
  int status = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL);

  sqlite3_finalize (statement);

  return status == SQLITE_OK;
}

/* Triggers, views, tables and constraints that no version made: they may drop or change what is
   written. A person's own index is not one of these. Of a later version nothing is known. */
#define COUNT_STRANGE                                                                         \
  "SELECT count(*) FROM sqlite_master WHERE NOT (type = 'table' AND lower(name) = 'entries')" \
  " AND NOT (type = 'index' AND lower(tbl_name) = 'entries' AND (sql IS NOT NULL OR"          \
  " name = 'sqlite_autoindex_entries_1')) AND NOT name GLOB 'sqlite_stat[0-9]';"

static gboolean
has_only_entries (EonayHistoryDatabase *self, gboolean *only, GError **error)
{
  int strange;

  if (!ask_number (self, COUNT_STRANGE, &strange, error))
    return FALSE;
  *only = strange == 0;

  return TRUE;
}

static gboolean
read_kind (EonayHistoryDatabase *self, gboolean *ours, GError **error)
{
  int id;
  int version;
  int tables;

  if (!ask_number (self, "PRAGMA application_id;", &id, error) ||
      !ask_number (self, "PRAGMA user_version;", &version, error) ||
      !ask_number (self, "SELECT count(*) FROM sqlite_master;", &tables, error))
    return FALSE;

  if (id == 0 && version == 0)
    *ours = tables == 0;
  else if (id == 0)
    *ours = version <= LAST_NAMELESS && has_entries (self);
  else
    *ours = id == APPLICATION_ID;

  return !*ours || version > VERSION || has_only_entries (self, ours, error);
}

/* In one transaction: another program may be about to migrate the file. */
static gboolean
is_ours (EonayHistoryDatabase *self, GError **error)
{
  gboolean ours = FALSE;
  gboolean read = run (self, "BEGIN;", error) && read_kind (self, &ours, error);

  sqlite3_exec (self->db, "ROLLBACK;", NULL, NULL, NULL);
  if (!read || ours)
    return read;

  self->damaged = TRUE;
  g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_HISTORY_FOREIGN,
                       "It is a database, but not a history");

  return FALSE;
}

static gboolean
migrate (EonayHistoryDatabase *self, GError **error)
{
  g_autofree char *end = g_strdup_printf ("PRAGMA user_version=%d; COMMIT;", VERSION);
  int version;
  gboolean done;

  if (!ask_number (self, "PRAGMA user_version;", &version, error))
    return FALSE;
  if (version == VERSION)
    return TRUE;

  if (version > VERSION)
    {
      g_set_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_HISTORY_NEWER,
                   "The history is of version %d, and this program knows %d", version, VERSION);
      return FALSE;
    }

  /* Another program may have done it since. */
  if (!run (self, "BEGIN IMMEDIATE;", error))
    return FALSE;
  done = ask_number (self, "PRAGMA user_version;", &version, error);
  for (int i = version; done && i < VERSION; i++)
    done = run (self, migrations[i], error);
  done = done && run (self, end, error);
  if (!done)
    sqlite3_exec (self->db, "ROLLBACK;", NULL, NULL, NULL);

  return done;
}

static gboolean
is_sound (EonayHistoryDatabase *self, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int status = sqlite3_prepare_v2 (self->db, "PRAGMA quick_check(1);", -1, &statement, NULL);
  gboolean sound = FALSE;

  if (status == SQLITE_OK)
    status = sqlite3_step (statement);
  if (status == SQLITE_ROW)
    {
      sound = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;
      status = SQLITE_CORRUPT;
    }
  sqlite3_finalize (statement);

  return sound || fail (self, status, "read", error);
}

/* In short steps: SQLite's own back-off grows, and a long sleep may always miss the lock. */
static int
wait_for_others (gpointer unused, int times)
{
  if (times * BUSY_STEP >= EONAY_HISTORY_BUSY_TIMEOUT)
    return FALSE;

  g_usleep (BUSY_STEP * 1000);

  return TRUE;
}

/**
 * Returns: (transfer full): @path with the links in its folder resolved: SQLite would refuse them
 */
static char *
resolve_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  char *real = realpath (folder, NULL);
  char *resolved = g_build_filename (real != NULL ? real : folder, name, NULL);

  free (real);

  return resolved;
}

static gboolean
connect (EonayHistoryDatabase *self, const char *path, gboolean follow, GError **error)
{
  g_autofree char *real = path != NULL ? resolve_folder (path) : g_strdup (":memory:");
  int status = sqlite3_open_v2 (real, &self->db,
                                SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                                    SQLITE_OPEN_PRIVATECACHE | (follow ? 0 : SQLITE_OPEN_NOFOLLOW),
                                NULL);

  if (status != SQLITE_OK)
    return fail (self, status, "opened", error);

  /* Whatever else the file has in it is not run, from the first statement on. */
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_busy_handler (self->db, wait_for_others, NULL);

  /* Migration before settings: a foreign file must not be written to. */
  if (!is_ours (self, error) || !is_sound (self, error) || !migrate (self, error) ||
      !run (self, SETTINGS, error))
    return FALSE;

  status = sqlite3_prepare_v3 (self->db, PUT, -1, SQLITE_PREPARE_PERSISTENT, &self->put, NULL);
  if (status == SQLITE_ERROR)
    status = SQLITE_CORRUPT; /* a table that does not match its version */

  return status == SQLITE_OK || fail (self, status, "read", error);
}

EonayHistoryDatabase *
eonay_history_database_open (const char *path, gboolean follow, GError **error)
{
  g_autoptr (EonayHistoryDatabase) self = g_new0 (EonayHistoryDatabase, 1);
  g_autoptr (GError) reason = NULL;

  if (connect (self, path, follow, &reason))
    return g_steal_pointer (&self);

  if (self->damaged)
    g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_HISTORY_FOREIGN,
                         reason->message);
  else
    g_propagate_error (error, g_steal_pointer (&reason));

  return NULL;
}

gboolean
eonay_history_database_is_damaged (EonayHistoryDatabase *self)
{
  return self->damaged;
}

static int
put_one (EonayHistoryDatabase *self, EonayHistoryEntry *entry, gint64 run_number)
{
  const struct {
    int place;
    const char *text;
  } texts[] = {
    { 1, entry->batch },
    { 6, entry->portal_id },
    { 7, entry->portal_name },
    { 8, entry->operation },
    { 9, entry->label },
    { 10, entry->digest },
    { 11, entry->serial },
    { 12, entry->issuer },
    { 13, eonay_history_outcome_to_word (entry->outcome) },
    { 14, entry->code },
    { 15, entry->receipt },
    { 16, entry->text },
  };
  int status;

  sqlite3_bind_int64 (self->put, 2, entry->document);
  sqlite3_bind_int64 (self->put, 3, entry->n_documents);
  sqlite3_bind_int64 (self->put, 4, run_number);
  sqlite3_bind_int64 (self->put, 5, entry->signed_at);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    sqlite3_bind_text (self->put, texts[i].place, texts[i].text, -1, SQLITE_STATIC);

  status = sqlite3_step (self->put);
  /* A file's own table may say that a row is to be ignored without an error. */
  if (status == SQLITE_DONE && sqlite3_changes (self->db) != 1)
    status = SQLITE_CORRUPT;
  sqlite3_reset (self->put);
  sqlite3_clear_bindings (self->put);

  return status == SQLITE_DONE ? SQLITE_OK : status;
}

static gboolean
end_transaction (EonayHistoryDatabase *self, int status, GError **error)
{
  if (status == SQLITE_OK)
    status = sqlite3_exec (self->db, "COMMIT;", NULL, NULL, NULL);
  if (status == SQLITE_OK)
    return TRUE;

  fail (self, status, "written", error);
  sqlite3_exec (self->db, "ROLLBACK;", NULL, NULL, NULL);

  return FALSE;
}

gboolean
eonay_history_database_put (EonayHistoryDatabase *self, GPtrArray *entries, gint64 run_number,
                            GError **error)
{
  int status = SQLITE_OK;

  if (!run (self, "BEGIN IMMEDIATE;", error))
    return FALSE;
  for (guint i = 0; i < entries->len && status == SQLITE_OK; i++)
    status = put_one (self, entries->pdata[i], run_number);

  return end_transaction (self, status, error);
}

gboolean
eonay_history_database_remove (EonayHistoryDatabase *self, const char *batch, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int status = sqlite3_prepare_v2 (self->db, "DELETE FROM entries WHERE batch = ?1;", -1,
                                   &statement, NULL);

  if (status == SQLITE_OK)
    {
      sqlite3_bind_text (statement, 1, batch, -1, SQLITE_STATIC);
      status = sqlite3_step (statement);
    }
  if (status != SQLITE_DONE)
    fail (self, status, "written", error);
  sqlite3_finalize (statement);

  return status == SQLITE_DONE;
}

gboolean
eonay_history_database_clear (EonayHistoryDatabase *self, GError **error)
{
  return run (self, "DELETE FROM entries;", error) && run (self, "VACUUM;", error);
}

static char *
dup_column (sqlite3_stmt *row, int column)
{
  const char *text = (const char *) sqlite3_column_text (row, column);

  return text != NULL ? eonay_text_class_make_line (text, -1) : NULL;
}

static char *
dup_text (sqlite3_stmt *row, int column)
{
  const char *text = (const char *) sqlite3_column_text (row, column);

  return text != NULL ? eonay_text_class_make_text (text, -1) : NULL;
}

static EonayHistoryEntry *
read_row (sqlite3_stmt *row)
{
  EonayHistoryEntry *entry = g_object_new (EONAY_TYPE_HISTORY_ENTRY, NULL);
  char **texts[] = { &entry->portal_id, &entry->portal_name, &entry->operation, &entry->label,
                     &entry->digest,    &entry->serial,      &entry->issuer };

  entry->batch = dup_column (row, 0);
  entry->document = (guint) sqlite3_column_int64 (row, 1);
  entry->n_documents = (guint) sqlite3_column_int64 (row, 2);
  entry->run = sqlite3_column_int64 (row, 3);
  entry->signed_at = sqlite3_column_int64 (row, 4);
  for (int i = 0; i < (int) G_N_ELEMENTS (texts); i++)
    *texts[i] = dup_column (row, 5 + i);
  if (!eonay_history_outcome_from_word ((const char *) sqlite3_column_text (row, 12),
                                        &entry->outcome))
    entry->outcome = EONAY_HISTORY_UNKNOWN;
  entry->code = dup_column (row, 13);
  entry->receipt = dup_column (row, 14);
  entry->text = dup_text (row, 15);

  return entry;
}

GPtrArray *
eonay_history_database_list (EonayHistoryDatabase *self, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  sqlite3_stmt *rows = NULL;
  int status = sqlite3_prepare_v2 (self->db, LIST, -1, &rows, NULL);

  while (status == SQLITE_OK || status == SQLITE_ROW)
    {
      status = sqlite3_step (rows);
      if (status == SQLITE_ROW)
        g_ptr_array_add (entries, read_row (rows));
    }
  if (status != SQLITE_DONE)
    fail (self, status, "read", error);
  sqlite3_finalize (rows);

  return status == SQLITE_DONE ? g_steal_pointer (&entries) : NULL;
}

void
eonay_history_database_close (EonayHistoryDatabase *self)
{
  if (self == NULL)
    return;

  sqlite3_finalize (self->put);
  sqlite3_close (self->db);
  g_free (self);
}
