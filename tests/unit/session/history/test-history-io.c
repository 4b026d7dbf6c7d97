#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/eonay-error.h"
#include "history-fixture.h"

/*
 * Under the history lies a file system that counts what SQLite asks of it. At each count in turn
 * the program is killed, or the disk fails: what was promised to be kept has to be there after.
 */

#define BATCHES 3

typedef enum {
  DIES,        /* kill -9, with half of a write done */
  FAILS_ONCE,  /* the disk refuses once */
  FAILS_SINCE, /* and ever after */
  FULL_ONCE,   /* there is no room once */
} Fault;

static struct {
  Fault fault;
  int at;
  int count;
  gboolean armed;
} disk;

typedef struct {
  sqlite3_file base;
  sqlite3_file *real;
} CountedFile;

static sqlite3_vfs counted;
static sqlite3_vfs *below;
static sqlite3_io_methods methods;

static sqlite3_file *
real_of (sqlite3_file *file)
{
  return ((CountedFile *) file)->real;
}

/** Returns: whether this call is to fail; at the count of a death there is no return */
static gboolean
is_faulty (sqlite3_file *torn, const void *bytes, int length, sqlite3_int64 offset)
{
  if (!disk.armed)
    return FALSE;

  disk.count++;
  if (disk.fault == DIES && disk.count == disk.at)
    {
      if (torn != NULL)
        torn->pMethods->xWrite (torn, bytes, length / 2, offset);
      raise (SIGKILL);
    }

  return disk.fault == FAILS_SINCE ? disk.count >= disk.at
                                   : disk.fault != DIES && disk.count == disk.at;
}

static int
counted_write (sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
  if (is_faulty (real_of (file), bytes, length, offset))
    return disk.fault == FULL_ONCE ? SQLITE_FULL : SQLITE_IOERR_WRITE;

  return real_of (file)->pMethods->xWrite (real_of (file), bytes, length, offset);
}

static int
counted_sync (sqlite3_file *file, int flags)
{
  if (is_faulty (NULL, NULL, 0, 0))
    return SQLITE_IOERR_FSYNC;

  /* The machine does not fail in this test, only the program and what it is told. */
  return SQLITE_OK;
}

static int
counted_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  if (is_faulty (NULL, NULL, 0, 0))
    return SQLITE_IOERR_TRUNCATE;

  return real_of (file)->pMethods->xTruncate (real_of (file), size);
}

static int
counted_close (sqlite3_file *file)
{
  int status = real_of (file)->pMethods->xClose (real_of (file));

  g_free (real_of (file));

  return status;
}

static int
counted_read (sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset)
{
  return real_of (file)->pMethods->xRead (real_of (file), bytes, length, offset);
}

static int
counted_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return real_of (file)->pMethods->xFileSize (real_of (file), size);
}

static int
counted_lock (sqlite3_file *file, int kind)
{
  return real_of (file)->pMethods->xLock (real_of (file), kind);
}

static int
counted_unlock (sqlite3_file *file, int kind)
{
  return real_of (file)->pMethods->xUnlock (real_of (file), kind);
}

static int
counted_check (sqlite3_file *file, int *reserved)
{
  return real_of (file)->pMethods->xCheckReservedLock (real_of (file), reserved);
}

static int
counted_control (sqlite3_file *file, int request, void *argument)
{
  return real_of (file)->pMethods->xFileControl (real_of (file), request, argument);
}

static int
counted_sector (sqlite3_file *file)
{
  return real_of (file)->pMethods->xSectorSize (real_of (file));
}

static int
counted_device (sqlite3_file *file)
{
  return real_of (file)->pMethods->xDeviceCharacteristics (real_of (file));
}

static int
counted_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *flags_out)
{
  CountedFile *self = (CountedFile *) file;
  int status;

  self->base.pMethods = NULL;
  if (is_faulty (NULL, NULL, 0, 0))
    return SQLITE_CANTOPEN;

  self->real = g_malloc0 ((gsize) below->szOsFile);
  status = below->xOpen (below, name, self->real, flags, flags_out);
  if (self->real->pMethods != NULL)
    self->base.pMethods = &methods;
  else
    g_free (self->real);

  return status;
}

static void
count_the_disk (void)
{
  below = sqlite3_vfs_find (NULL);
  counted = *below;
  counted.zName = "counted";
  counted.szOsFile = sizeof (CountedFile);
  counted.xOpen = counted_open;
  methods = (sqlite3_io_methods){
    .iVersion = 1,
    .xClose = counted_close,
    .xRead = counted_read,
    .xWrite = counted_write,
    .xTruncate = counted_truncate,
    .xSync = counted_sync,
    .xFileSize = counted_size,
    .xLock = counted_lock,
    .xUnlock = counted_unlock,
    .xCheckReservedLock = counted_check,
    .xFileControl = counted_control,
    .xSectorSize = counted_sector,
    .xDeviceCharacteristics = counted_device,
  };
  g_assert_cmpint (sqlite3_vfs_register (&counted, TRUE), ==, SQLITE_OK);
}

static const EonayHistoryOutcome course[] = { EONAY_HISTORY_BEGUN, EONAY_HISTORY_SIGNED,
                                              EONAY_HISTORY_DELIVERED };

/** Writes the course of each batch; a byte to @told for each step that was promised to be kept. */
static void
write_course (HistoryFixture *files, int told)
{
  g_autofree char *moved = NULL;
  EonayHistoryFile *file = NULL;

  for (guint i = 0; i < BATCHES * G_N_ELEMENTS (course); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i / (guint) G_N_ELEMENTS (course));
      g_autoptr (GPtrArray) batch = history_fixture_new_batch (name, 2, 100 - i);
      g_autoptr (GPtrArray) step =
          eonay_history_entry_end_batch (batch, course[i % G_N_ELEMENTS (course)], NULL, NULL);
      const guint8 number = (guint8) i;

      if (file == NULL)
        file = eonay_history_file_open (files->path, &moved, NULL);
      g_assert_null (moved);
      if (file != NULL && eonay_history_file_put (file, step, NULL))
        g_assert_cmpint (write (told, &number, 1), ==, 1);
    }
  eonay_history_file_close (file);
}

static EonayHistoryOutcome
as_left_over (EonayHistoryOutcome outcome)
{
  return outcome == EONAY_HISTORY_BEGUN    ? EONAY_HISTORY_UNKNOWN
         : outcome == EONAY_HISTORY_SIGNED ? EONAY_HISTORY_DELIVERY_UNKNOWN
                                           : outcome;
}

static gboolean
has_come_to (EonayHistoryOutcome outcome, guint step)
{
  for (guint i = step; i < G_N_ELEMENTS (course); i++)
    if (outcome == as_left_over (course[i]))
      return TRUE;

  return FALSE;
}

/** What was promised of each batch is the least that has to be found. */
static void
check_promises (HistoryFixture *files, const guint8 *promises, gssize n)
{
  g_autoptr (GPtrArray) entries = history_fixture_list (files);

  for (gssize i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", promises[i] / (guint) G_N_ELEMENTS (course));
      guint found = 0;

      for (guint k = 0; k < entries->len; k++)
        {
          EonayHistoryEntry *entry = entries->pdata[k];

          if (g_str_equal (entry->batch, name) &&
              has_come_to (entry->outcome, promises[i] % G_N_ELEMENTS (course)))
            found++;
        }
      g_assert_cmpuint (found, ==, 2);
    }
  g_assert_cmpuint (entries->len % 2, ==, 0);
}

/** Returns: whether the count was reached */
static gboolean
run_dying (HistoryFixture *files, guint8 *promises, gssize *n)
{
  int ends[2];
  pid_t child;
  int status;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    {
      disk.armed = TRUE;
      write_course (files, ends[1]);
      _exit (0);
    }
  close (ends[1]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  *n = read (ends[0], promises, BATCHES * G_N_ELEMENTS (course));
  close (ends[0]);
  if (WIFSIGNALED (status))
    g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);

  return WIFSIGNALED (status);
}

static gboolean
run_failing (HistoryFixture *files, guint8 *promises, gssize *n)
{
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  disk.armed = TRUE;
  write_course (files, ends[1]);
  disk.armed = FALSE;
  close (ends[1]);
  *n = read (ends[0], promises, BATCHES * G_N_ELEMENTS (course));
  close (ends[0]);

  return disk.count >= disk.at;
}

static void
test_every_count (gconstpointer user_data)
{
  gboolean reached = TRUE;
  gssize fewest = G_MAXSSIZE;

  disk.fault = GPOINTER_TO_INT (user_data);
  for (disk.at = 1; reached; disk.at++)
    {
      g_autoptr (HistoryFixture) files = history_fixture_new ();
      guint8 promises[BATCHES * G_N_ELEMENTS (course)];
      gssize n;

      disk.count = 0;
      reached = disk.fault == DIES ? run_dying (files, promises, &n)
                                   : run_failing (files, promises, &n);
      disk.armed = FALSE;
      check_promises (files, promises, n);
      fewest = MIN (fewest, n);
      if (!reached)
        g_assert_cmpint (n, ==, BATCHES * G_N_ELEMENTS (course));
    }

  g_test_message ("%d places, at least %d steps kept", disk.at - 2, (int) fewest);
  g_assert_cmpint (disk.at, >, 60);
  g_assert_cmpint (fewest, <, BATCHES * G_N_ELEMENTS (course));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  count_the_disk ();
  g_test_add_data_func ("/history/io/killed", GINT_TO_POINTER (DIES), test_every_count);
  g_test_add_data_func ("/history/io/fails-once", GINT_TO_POINTER (FAILS_ONCE), test_every_count);
  g_test_add_data_func ("/history/io/fails-since", GINT_TO_POINTER (FAILS_SINCE), test_every_count);
  g_test_add_data_func ("/history/io/full-once", GINT_TO_POINTER (FULL_ONCE), test_every_count);

  return g_test_run ();
}
