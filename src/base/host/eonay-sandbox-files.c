#include "base/host/eonay-sandbox-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* <linux/landlock.h> of Debian 12 knows versions 1 and 2 only; these are the kernel's own numbers. */
#define CREATE_RULESET_VERSION (1U << 0)
#define RULE_PATH_BENEATH 1

#define FS_WRITE_FILE (1ULL << 1)
#define FS_READ_FILE (1ULL << 2)
#define FS_READ_DIR (1ULL << 3)
#define FS_REMOVE_DIR (1ULL << 4)
#define FS_REMOVE_FILE (1ULL << 5)
#define FS_MAKE_DIR (1ULL << 7)
#define FS_MAKE_REG (1ULL << 8)
#define FS_ALL_1 ((1ULL << 13) - 1)
#define FS_REFER (1ULL << 13)       /* version 2 */
#define FS_TRUNCATE (1ULL << 14)    /* version 3 */
#define FS_IOCTL_DEV (1ULL << 15)   /* version 5 */
#define NET_ALL ((1ULL << 2) - 1)   /* version 4: bind and connect by TCP */
#define SCOPE_ALL ((1ULL << 2) - 1) /* version 6: abstract UNIX sockets, signals */

#define READ_FILE (FS_READ_FILE)
#define READ_FOLDER (READ_FILE | FS_READ_DIR)
#define WRITE_FILE (READ_FILE | FS_WRITE_FILE | FS_TRUNCATE)
#define WRITE_FOLDER \
  (READ_FOLDER | WRITE_FILE | FS_REMOVE_DIR | FS_REMOVE_FILE | FS_MAKE_DIR | FS_MAKE_REG | FS_REFER)

/* Numbers that are the same on all machines; Debian 11's headers lack them. */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

/* As struct landlock_ruleset_attr: an older kernel accepts unknown members as long as they are 0.
   */
typedef struct {
  guint64 handled_access_fs;
  guint64 handled_access_net;
  guint64 scoped;
} RulesetAttr;

typedef struct {
  guint64 allowed_access;
  gint32 parent_fd;
} __attribute__ ((packed)) PathBeneathAttr;

static guint64
get_known_access (int version)
{
  guint64 access = FS_ALL_1;

  if (version >= 2)
    access |= FS_REFER;
  if (version >= 3)
    access |= FS_TRUNCATE;
  if (version >= 5)
    access |= FS_IOCTL_DEV;

  return access;
}

static gboolean
add_rule (int ruleset, const char *path, int fd, guint64 access, GError **error)
{
  const PathBeneathAttr rule = { .allowed_access = access, .parent_fd = fd };
  int result = (int) syscall (SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0);

  return result == 0 || eonay_sandbox_fail (path, error);
}

static gboolean
allow (int ruleset, const char *path, guint64 of_file, guint64 of_folder, GError **error)
{
  int fd = open (path, O_PATH | O_CLOEXEC);
  struct stat status;
  gboolean done;

  /* What does not exist, or is not accessible, needs no rule. */
  if (fd < 0)
    return TRUE;

  if (fstat (fd, &status) == 0)
    done = add_rule (ruleset, path, fd, S_ISDIR (status.st_mode) ? of_folder : of_file, error);
  else
    done = eonay_sandbox_fail (path, error);
  close (fd);

  return done;
}

/* The rule is for the opened file: it cannot be replaced in between. */
static gboolean
allow_regular (int ruleset, GPtrArray *paths, GError **error)
{
  gboolean done = TRUE;

  for (guint i = 0; i < paths->len && done; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      int fd = open (path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
      struct stat status;

      if (fd < 0)
        continue;
      if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
        done = add_rule (ruleset, path, fd, READ_FILE, error);
      close (fd);
    }

  return done;
}

static gboolean
allow_all (int ruleset, GPtrArray *paths, guint64 of_file, guint64 of_folder, GError **error)
{
  for (guint i = 0; i < paths->len; i++)
    if (!allow (ruleset, g_ptr_array_index (paths, i), of_file, of_folder, error))
      return FALSE;

  return TRUE;
}

gboolean
eonay_sandbox_restrict_files (const EonaySandboxProfile *profile, EonaySandboxLack *lack,
                              GError **error)
{
  int version = (int) syscall (SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);
  RulesetAttr attr = { .handled_access_fs = get_known_access (version) };
  gboolean done;
  int ruleset;

  if (version < 1)
    {
      *lack |= EONAY_SANDBOX_LACKS_FILES;
      return TRUE;
    }
  if (version >= 4)
    attr.handled_access_net = NET_ALL;
  if (version >= 6)
    attr.scoped = SCOPE_ALL;

  ruleset = (int) syscall (SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
  if (ruleset < 0)
    return eonay_sandbox_fail ("Landlock", error);
  done = allow_all (ruleset, profile->readable, READ_FILE, READ_FOLDER, error) &&
         allow_regular (ruleset, profile->regular, error) &&
         allow_all (ruleset, profile->writable, WRITE_FILE & attr.handled_access_fs,
                    WRITE_FOLDER & attr.handled_access_fs, error);
  if (done && syscall (SYS_landlock_restrict_self, ruleset, 0) != 0)
    done = eonay_sandbox_fail ("Landlock", error);
  close (ruleset);

  return done;
}
