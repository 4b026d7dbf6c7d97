#include "session/history/eonay-history-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/eonay-error.h"
#include "session/history/eonay-history-database.h"
#include "session/history/eonay-history-lock.h"

#define ASIDE ".damaged-"
#define ASIDE_TIME "%Y%m%dT%H%M%S"
#define ASIDE_PATTERN "????????T??????*"

struct _EonayHistoryFile {
  char *path;
  EonayHistoryDatabase *database;
  EonayHistoryLock *lock;
  gboolean given; /* by the person, in any folder: no link is followed there */
  struct stat stat;
};

/** Returns: %FALSE, with the error of errno */
static gboolean
fail (const char *doing, GError **error)
{
  g_set_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_HISTORY_UNUSABLE,
               "The history cannot be %s: %s", doing, g_strerror (errno));

  return FALSE;
}

/** Created here and not by SQLite, which would let others read it. */
static void
make_private (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  g_mkdir_with_parents (folder, 0700);

  /* An existing file is not opened: closing it would drop the locks of SQLite in this process. */
  fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0)
    close (fd);
}

static int
link_flags (EonayHistoryFile *self)
{
  return self->given ? AT_SYMLINK_NOFOLLOW : 0;
}

/* Not opened for this either. */
static void
close_to_others (EonayHistoryFile *self)
{
  if (fchmodat (AT_FDCWD, self->path, 0600, link_flags (self)) != 0)
    g_debug ("The history cannot be made private: %s", g_strerror (errno));
}

static gboolean
allow_file (EonayHistoryFile *self, GError **error)
{
  struct stat found;

  if (!self->given || lstat (self->path, &found) != 0 || S_ISREG (found.st_mode))
    return TRUE;

  g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_HISTORY_FOREIGN,
                       "The history is a link, or no file");

  return FALSE;
}

static gboolean
connect (EonayHistoryFile *self, GError **error)
{
  if (self->path != NULL)
    {
      make_private (self->path);
      if (!allow_file (self, error))
        return FALSE;
    }
  self->database = eonay_history_database_open (self->path, !self->given, error);
  if (self->database == NULL || self->path == NULL)
    return self->database != NULL;

  /* Only now it is known to be a history. */
  close_to_others (self);
  if (fstatat (AT_FDCWD, self->path, &self->stat, link_flags (self)) == 0)
    return TRUE;

  fail ("opened", error);
  g_clear_pointer (&self->database, eonay_history_database_close);

  return FALSE;
}

/** The journal is moved, too: it may contain the last entries. */
static char *
move_aside (EonayHistoryFile *self)
{
  const char *path = self->path;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, ASIDE_TIME);
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  g_autofree char *aside = g_strconcat (path, ASIDE, time, NULL);
  g_autofree char *journal_aside = g_strconcat (aside, "-journal", NULL);

  close_to_others (self);
  if (g_file_test (aside, G_FILE_TEST_EXISTS) || g_rename (path, aside) != 0)
    return NULL;
  if (g_rename (journal, journal_aside) != 0 && errno != ENOENT)
    g_debug ("The journal stays: %s", g_strerror (errno));

  return g_steal_pointer (&aside);
}

static gboolean
is_foreign (const GError *error)
{
  return g_error_matches (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_HISTORY_FOREIGN);
}

/** Checks again under a lock, as another program may have done the same. */
static gboolean
start_afresh (EonayHistoryFile *self, char **moved, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (!eonay_history_lock_enter (self->lock))
    return fail ("moved aside", error);

  if (!connect (self, &reason) && is_foreign (reason))
    {
      g_clear_error (&reason);
      *moved = move_aside (self);
      if (*moved == NULL)
        fail ("moved aside", &reason);
      else
        connect (self, &reason);
    }
  eonay_history_lock_leave (self->lock);
  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));

  return self->database != NULL;
}

EonayHistoryFile *
eonay_history_file_open (const char *path, char **moved, GError **error)
{
  g_autoptr (EonayHistoryFile) self = g_new0 (EonayHistoryFile, 1);
  g_autoptr (GError) reason = NULL;

  if (moved != NULL)
    *moved = NULL;
  self->path = g_strdup (path);
  self->given = moved == NULL;
  if (!connect (self, &reason) && (moved == NULL || !is_foreign (reason)))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  self->lock = eonay_history_lock_new (path);

  return self->database != NULL || start_afresh (self, moved, error) ? g_steal_pointer (&self)
                                                                     : NULL;
}

gboolean
eonay_history_file_is_current (EonayHistoryFile *self)
{
  struct stat now;

  if (eonay_history_database_is_damaged (self->database))
    return FALSE;

  return self->path == NULL || (fstatat (AT_FDCWD, self->path, &now, link_flags (self)) == 0 &&
                                now.st_ino == self->stat.st_ino && now.st_dev == self->stat.st_dev);
}

gboolean
eonay_history_file_put (EonayHistoryFile *self, GPtrArray *entries, GError **error)
{
  return eonay_history_database_put (self->database, entries,
                                     eonay_history_lock_get_run (self->lock), error);
}

gboolean
eonay_history_file_remove (EonayHistoryFile *self, const char *batch, GError **error)
{
  return eonay_history_database_remove (self->database, batch, error);
}

static gboolean
is_aside (const char *name, const char *own)
{
  g_autofree char *start = g_strconcat (own, ASIDE, NULL);

  return g_str_has_prefix (name, start) &&
         g_pattern_match_simple (ASIDE_PATTERN, name + strlen (start));
}

/** Removes damaged files, which contain the entries of their time. */
static gboolean
remove_aside (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *own = g_path_get_basename (path);
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  gboolean done = names != NULL;
  const char *name;

  while (names != NULL && (name = g_dir_read_name (names)) != NULL)
    {
      g_autofree char *found = g_build_filename (folder, name, NULL);

      if (is_aside (name, own) && g_unlink (found) != 0 && errno != ENOENT)
        done = FALSE;
    }

  return done || fail ("cleared", error);
}

gboolean
eonay_history_file_clear (EonayHistoryFile *self, GError **error)
{
  return eonay_history_database_clear (self->database, error) &&
         (self->path == NULL || remove_aside (self->path, error));
}

/** Entries without outcome of a program that has ended. */
static void
settle (EonayHistoryFile *self, EonayHistoryEntry *entry)
{
  if (entry->outcome <= EONAY_HISTORY_SIGNED &&
      !eonay_history_lock_is_held (self->lock, entry->run))
    entry->outcome = entry->outcome == EONAY_HISTORY_BEGUN ? EONAY_HISTORY_UNKNOWN
                                                           : EONAY_HISTORY_DELIVERY_UNKNOWN;
}

GPtrArray *
eonay_history_file_list (EonayHistoryFile *self, GError **error)
{
  GPtrArray *entries = eonay_history_database_list (self->database, error);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    settle (self, entries->pdata[i]);

  return entries;
}

void
eonay_history_file_close (EonayHistoryFile *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->database, eonay_history_database_close);
  g_clear_pointer (&self->lock, eonay_history_lock_free);
  g_free (self->path);
  g_free (self);
}
