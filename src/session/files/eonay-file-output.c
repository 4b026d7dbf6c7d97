#include "session/files/eonay-file-output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/eonay-error.h"
#include "base/eonay-regular-file.h"
#include "base/eonay-text-class.h"

#define PRIVATE 0600
#define PRIVATE_FOLDER 0700
#define MODE_MASK 0777u
#define NAME_BYTES_MAX 255
#define SAME_NAME_MAX 9999
#define NUMBER_ROOM 16 /* bytes that " (9999)" takes, and then some */
#define NO_FD -1

/* What makes a name be shown as another one. */
#define MISLEADING                                                                         \
  (EONAY_TEXT_CLASS_CONTROL | EONAY_TEXT_CLASS_BIDI_CONTROL | EONAY_TEXT_CLASS_SEPARATOR | \
   EONAY_TEXT_CLASS_TAG | EONAY_TEXT_CLASS_NONCHARACTER)

/* A file that is being written: without a name where the file system can do that. */
typedef struct {
  int folder; /* held from the first try to the last: its path may lead elsewhere meanwhile */
  int fd;
  char name[32]; /* "" if it has none */
} Draft;

static gboolean
fail (int number, const char *where, GError **error)
{
  EonaySessionError code = EONAY_SESSION_ERROR_FILE_NOT_SAVED;

  if (number == ENOSPC || number == EDQUOT || number == EFBIG)
    code = EONAY_SESSION_ERROR_FILE_NO_SPACE;
  else if (number == EROFS || number == EACCES || number == EPERM)
    code = EONAY_SESSION_ERROR_FILE_READ_ONLY;
  g_set_error (error, EONAY_SESSION_ERROR, (int) code, "%s: %s", where, g_strerror (number));

  return FALSE;
}

/* Returns: where the extension of @name begins; its end if it has none */
static gsize
find_extension (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL && dot != name ? (gsize) (dot - name) : strlen (name);
}

/* Returns: (transfer full): at most @max bytes of @text, no character cut in two */
static char *
cut (const char *text, gsize max)
{
  gsize length = MIN (strlen (text), max);

  while (length > 0 && length < strlen (text) && ((guint8) text[length] & 0xC0) == 0x80)
    length--;

  return g_strndup (text, length);
}

static gboolean
is_plain (gunichar character)
{
  return (eonay_text_class_of (character) & MISLEADING) == 0;
}

/* A name that is not UTF-8 is kept as it is, but for control characters. */
static char *
clean (const char *name)
{
  GString *cleaned = g_string_new (NULL);
  gboolean is_utf8 = g_utf8_validate (name, -1, NULL);

  for (const char *at = name; *at != '\0'; at = is_utf8 ? g_utf8_next_char (at) : at + 1)
    {
      if (!is_utf8)
        g_string_append_c (cleaned, g_ascii_iscntrl (*at) ? '_' : *at);
      else if (is_plain (g_utf8_get_char (at)))
        g_string_append_unichar (cleaned, g_utf8_get_char (at));
      else
        g_string_append_c (cleaned, '_');
    }

  return g_string_free (cleaned, FALSE);
}

char *
eonay_file_output_name (const char *original, EonayFileOutputKind kind)
{
  g_autofree char *name = clean (original);
  g_autofree char *tail = NULL;
  g_autofree char *stem = NULL;

  if (kind == EONAY_FILE_OUTPUT_PDF || kind == EONAY_FILE_OUTPUT_PARALLEL)
    {
      gsize end = find_extension (name);

      /* TRANSLATORS: put behind the name of a file that was signed: “contract-signed.pdf”. */
      tail = g_strconcat (_ ("-signed"), kind == EONAY_FILE_OUTPUT_PDF ? ".pdf" : name + end, NULL);
      name[end] = '\0';
    }
  else
    tail = g_strdup (kind == EONAY_FILE_OUTPUT_DETACHED ? ".p7s" : ".p7m");
  stem = cut (name, NAME_BYTES_MAX - NUMBER_ROOM - strlen (tail));

  return g_strconcat (stem, tail, NULL);
}

static void
create_named (Draft *draft)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";

  for (int i = 0; i < 100 && draft->fd == NO_FD && (i == 0 || errno == EEXIST); i++)
    {
      g_strlcpy (draft->name, ".eonay-XXXXXXXX", sizeof draft->name);
      for (char *at = draft->name + strlen (".eonay-"); *at != '\0'; at++)
        *at = letters[g_random_int_range (0, sizeof letters - 1)];
      draft->fd = openat (draft->folder, draft->name,
                          O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, PRIVATE);
    }
  if (draft->fd == NO_FD)
    draft->name[0] = '\0';
}

/* @named: for a file system that cannot make a file without a name, or not give it one later */
static gboolean
begin (Draft *draft, int folder, gboolean named)
{
  draft->fd = NO_FD;
  draft->name[0] = '\0';
  draft->folder = folder;
  if (named)
    create_named (draft);
  else
    draft->fd = openat (draft->folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, PRIVATE);

  return draft->fd != NO_FD;
}

/* Whoever may write to the folder can put something else under a name at any moment.
   Returns: whether @name is still the file @fd, and no link to it; FALSE with errno */
static gboolean
is_named (int folder, const char *name, int fd)
{
  struct stat file;
  struct stat found;

  if (fstat (fd, &file) != 0 || fstatat (folder, name, &found, AT_SYMLINK_NOFOLLOW) != 0)
    return FALSE;
  if (file.st_dev == found.st_dev && file.st_ino == found.st_ino)
    return TRUE;

  errno = ESTALE;

  return FALSE;
}

/* Leaves nothing of what has not been given its name. */
static void
end (Draft *draft)
{
  int number = errno;

  if (draft->name[0] != '\0' && is_named (draft->folder, draft->name, draft->fd))
    unlinkat (draft->folder, draft->name, 0);
  if (draft->fd != NO_FD)
    close (draft->fd);
  errno = number;
}

/* Returns: whether the empty file @fd of that name was replaced by the draft */
static gboolean
replace (Draft *draft, const char *name, int fd)
{
  if (!is_named (draft->folder, name, fd))
    {
      errno = EEXIST;
      return FALSE;
    }
  if (renameat (draft->folder, draft->name, draft->folder, name) == 0)
    return TRUE;

  if (is_named (draft->folder, name, fd))
    unlinkat (draft->folder, name, 0);

  return FALSE;
}

/* A file system without links and without renameat2() gets an empty file of that name first, which
   only this program has made. */
static gboolean
take_place (Draft *draft, const char *name)
{
  int fd = openat (draft->folder, name, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC,
                   PRIVATE);
  gboolean replaced;
  int number;

  if (fd == NO_FD)
    return FALSE;

  replaced = replace (draft, name, fd);
  number = errno;
  close (fd);
  errno = number;

  return replaced;
}

/* Returns: %FALSE with errno, EEXIST if the name is taken */
static gboolean
move_to (Draft *draft, const char *name)
{
  if (!is_named (draft->folder, draft->name, draft->fd))
    return FALSE;
  if (renameat2 (draft->folder, draft->name, draft->folder, name, RENAME_NOREPLACE) != 0 &&
      (errno == EEXIST || !take_place (draft, name)))
    return FALSE;

  draft->name[0] = '\0';

  return is_named (draft->folder, name, draft->fd);
}

/* Returns: %FALSE with errno, EEXIST if the name is taken */
static gboolean
give_name (Draft *draft, const char *name)
{
  g_autofree char *itself = g_strdup_printf ("/proc/self/fd/%d", draft->fd);

  /* The file itself gets the name, whatever became of its first one. */
  if (linkat (AT_FDCWD, itself, draft->folder, name, AT_SYMLINK_FOLLOW) == 0)
    return TRUE;

  return errno != EEXIST && draft->name[0] != '\0' && move_to (draft, name);
}

/* Returns: (transfer full) (nullable): the name that it got; %NULL with errno */
static char *
give_free_name (Draft *draft, const char *name)
{
  gsize extension = find_extension (name);

  for (int i = 1; i <= SAME_NAME_MAX; i++)
    {
      g_autofree char *numbered = i == 1 ? g_strdup (name)
                                         : g_strdup_printf ("%.*s (%d)%s", (int) extension, name, i,
                                                            name + extension);

      if (give_name (draft, numbered))
        return g_steal_pointer (&numbered);
      if (errno != EEXIST)
        return NULL;
    }

  return NULL;
}

/* The name itself is on the disk, too. A file system that cannot do that has done it already. */
static void
sync_folder (int folder)
{
  int fd = openat (folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd == NO_FD)
    return;

  fsync (fd);
  close (fd);
}

/* Returns: (transfer full) (nullable): the name that it got; %NULL with errno */
static char *
save (int folder, gboolean named, const char *name, GBytes *bytes, guint mode)
{
  char *given = NULL;
  gsize length;
  const void *at = g_bytes_get_data (bytes, &length);
  Draft draft;

  /* FAT has no permissions: then it keeps those of the mount. */
  if (begin (&draft, folder, named) && eonay_regular_file_write_all (draft.fd, at, length) &&
      fsync (draft.fd) == 0 && (fchmod (draft.fd, mode & MODE_MASK) == 0 || errno == EPERM))
    given = give_free_name (&draft, name);
  end (&draft);

  return given;
}

/* Returns: whether it may work with a named file */
static gboolean
is_worth_a_name (int number)
{
  return number != ENOSPC && number != EDQUOT && number != EROFS && number != EFBIG;
}

static int
open_folder (const char *folder)
{
  return open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

static void
close_folder (int fd)
{
  int number = errno;

  if (fd != NO_FD)
    close (fd);
  errno = number;
}

char *
eonay_file_output_save (const char *folder, const char *name, GBytes *bytes, guint mode,
                        GError **error)
{
  int fd = open_folder (folder);
  g_autofree char *given = NULL;

  if (fd != NO_FD)
    given = save (fd, FALSE, name, bytes, mode);
  if (fd != NO_FD && given == NULL && is_worth_a_name (errno))
    given = save (fd, TRUE, name, bytes, mode);
  if (given != NULL)
    sync_folder (fd);
  close_folder (fd);
  if (given == NULL)
    {
      fail (errno, folder, error);
      return NULL;
    }

  return g_build_filename (folder, given, NULL);
}

static gboolean
try_folder (int folder)
{
  Draft draft;
  gboolean begun = begin (&draft, folder, FALSE);

  end (&draft);
  if (!begun && is_worth_a_name (errno))
    {
      begun = begin (&draft, folder, TRUE);
      end (&draft);
    }

  return begun;
}

gboolean
eonay_file_output_check (const char *folder, GError **error)
{
  int fd = open_folder (folder);
  gboolean begun = fd != NO_FD && try_folder (fd);

  close_folder (fd);

  return begun || fail (errno, folder, error);
}

gboolean
eonay_file_output_make_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, PRIVATE_FOLDER) != 0)
    return fail (errno, folder, error);

  return eonay_file_output_check (folder, error);
}
