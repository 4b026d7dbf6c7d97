#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/eonay-error.h"
#include "card/pkcs11/eonay-pkcs11-channel.h"

#define LIMIT 60000
#define BASHRC "alias gizli=1\n"

/* What whoever loads a hostile module has to lose. */
typedef struct {
  char *folder; /* where the module may write */
  char *home;
  int tcp;
  int udp;
  int bus;
  int abstract;
  int datagram;
  int pcscd;
  int inherited; /* not to be closed on exec */
  char *module;  /* a link to where it lies in the home */
} Scene;

typedef enum {
  NEEDS_NOTHING,
  NEEDS_FILES = 1,
  NEEDS_CALLS = 2,
} Needs;

/* What the module tries, by which part of the sandbox it fails, and whether anybody can do it who is
   not confined, in whatever container this runs. */
typedef struct {
  const char *name;
  Needs needs;
  gboolean anybody;
  gboolean may; /* it is not kept from that */
} Row;

static const Row rows[] = {
  { "link-to-file", NEEDS_FILES, TRUE },
  { "folder-with-so", NEEDS_FILES, TRUE },
  { "folder-as-library", NEEDS_FILES, TRUE },
  { "file-with-so", NEEDS_FILES, TRUE },
  { "library", NEEDS_NOTHING, TRUE, TRUE },
  { "remove-token", NEEDS_FILES, TRUE },
  { "plant-token", NEEDS_FILES, TRUE },
  { "signal-by-owner", NEEDS_CALLS, TRUE },
  { "signal-by-owner-ex", NEEDS_CALLS, TRUE },
  { "choose-signal", NEEDS_CALLS, TRUE },
  { "signal-by-ioctl", NEEDS_CALLS, TRUE },
  { "environment", NEEDS_NOTHING, TRUE },
  { "environment-of-parent", NEEDS_FILES, TRUE },
  { "memory-of-parent", NEEDS_FILES | NEEDS_CALLS, FALSE },
  { "write-memory-of-parent", NEEDS_FILES, FALSE },
  { "trace-parent", NEEDS_CALLS, FALSE },
  { "signal-parent", NEEDS_CALLS, TRUE },
  { "signal-parent-by-thread", NEEDS_CALLS, TRUE },
  { "limit-parent", NEEDS_CALLS, TRUE },
  { "tcp", NEEDS_CALLS, TRUE },
  { "udp", NEEDS_CALLS, TRUE },
  { "netlink", NEEDS_CALLS, TRUE },
  { "bus", NEEDS_CALLS, TRUE },
  { "abstract", NEEDS_CALLS, TRUE },
  { "datagram", NEEDS_CALLS, TRUE },
  { "serve", NEEDS_CALLS, TRUE },
  { "pcscd", NEEDS_NOTHING, TRUE, TRUE },
  { "write-home", NEEDS_FILES, TRUE },
  { "open-up-home", NEEDS_CALLS, TRUE },
  { "cut-home", NEEDS_FILES | NEEDS_CALLS, TRUE },
  { "replace-home", NEEDS_FILES, TRUE },
  { "remove-home", NEEDS_FILES, TRUE },
  { "read-home", NEEDS_FILES, TRUE },
  { "list-home", NEEDS_FILES, TRUE },
  { "write-tmp", NEEDS_FILES, TRUE },
  { "descriptors", NEEDS_NOTHING, TRUE },
  { "child", NEEDS_CALLS, TRUE },
  { "clone", NEEDS_CALLS, TRUE },
  { "thread", NEEDS_NOTHING, TRUE, TRUE },
  { "memory", NEEDS_NOTHING, TRUE },
  { "memory-by-file", NEEDS_CALLS, TRUE },
  { "disk", NEEDS_NOTHING, TRUE },
  { "many-files", NEEDS_NOTHING, TRUE },
  { "dumpable", NEEDS_CALLS, TRUE },
  { "outlive", NEEDS_CALLS, TRUE },
  { "privileges", NEEDS_NOTHING, TRUE },
  { "capabilities", NEEDS_NOTHING, FALSE },
  { "namespaces", NEEDS_CALLS, FALSE },
  { "kernel", NEEDS_CALLS, TRUE },
  { "program", NEEDS_FILES | NEEDS_CALLS, FALSE },
};

static Scene scene;
static Needs lacking;
static char *report;
static gboolean is_intact; /* the host has told to the end that the module does not load */

static int
listen_unix (int type, const char *path, gsize length)
{
  struct sockaddr_un at = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  memcpy (at.sun_path, path, length);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &at,
                         (socklen_t) (offsetof (struct sockaddr_un, sun_path) + length)),
                   ==, 0);
  if (type == SOCK_STREAM)
    g_assert_cmpint (listen (fd, 8), ==, 0);

  return fd;
}

static int
listen_unix_at (int type, const char *name, const char *variable)
{
  g_autofree char *path = g_build_filename (scene.home, name, NULL);

  if (variable != NULL)
    g_setenv (variable, path, TRUE);

  return listen_unix (type, path, strlen (path) + 1);
}

static void
listen_loopback (void)
{
  struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof at;
  g_autofree char *port = NULL;

  scene.tcp = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  scene.udp = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  g_assert_cmpint (bind (scene.tcp, (struct sockaddr *) &at, length), ==, 0);
  g_assert_cmpint (listen (scene.tcp, 8), ==, 0);
  g_assert_cmpint (getsockname (scene.tcp, (struct sockaddr *) &at, &length), ==, 0);
  g_assert_cmpint (bind (scene.udp, (struct sockaddr *) &at, length), ==, 0);
  port = g_strdup_printf ("%u", ntohs (at.sin_port));
  g_setenv ("EONAY_HOSTILE_PORT", port, TRUE);
}

static char *
plant (const char *name, const char *content)
{
  char *path = g_build_filename (scene.home, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (
      g_file_set_contents_full (path, content, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));

  return path;
}

static void
plant_all (const char *const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    g_free (plant (names[i], "gizli\n"));
}

static void
link_to (const char *target, const char *name)
{
  g_autofree char *path = g_build_filename (scene.home, name, NULL);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

/* A driver as somebody has downloaded it: named as one that may write, with all that it would like to
   read beside it. */
static void
plant_driver (void)
{
  static const char *const names[] = {
    ".ssh/known_hosts",
    "driver/.solana/id.json",
    "driver/libfolder.so/id.json",
    "driver/keys.sops.yaml",
    "driver/notes.so.txt",
    "driver/notes.so.",
    "driver/libplain.so",
    "driver/libneeded.so.1.2",
    "tokens/token.object",
    NULL,
  };
  g_autofree char *tokens = g_build_filename (scene.home, "tokens", NULL);
  g_autofree char *conf = g_strdup_printf ("directories.tokendir = %s\n", tokens);
  g_autofree char *conf_path = plant (".config/softhsm2/softhsm2.conf", conf);
  g_autofree char *copy = g_build_filename (scene.home, "driver", "libsofthsm2.so", NULL);
  g_autofree char *content = NULL;
  gsize length;

  plant_all (names);
  g_assert_true (g_file_get_contents (g_getenv ("TEST_HOSTILE"), &content, &length, NULL));
  g_assert_true (g_file_set_contents (copy, content, (gssize) length, NULL));
  link_to ("/", "driver/libroot.so");
  link_to ("../.ssh/known_hosts", "driver/libfile.so");
  link_to ("libneeded.so.1.2", "driver/libneeded.so.1");
  link_to ("driver/libsofthsm2.so", "libsofthsm2.so");
  scene.module = g_build_filename (scene.home, "libsofthsm2.so", NULL);
}

static void
set_scene (void)
{
  g_autofree char *profile = NULL, *bashrc = NULL, *key = NULL, *inode = NULL;
  struct stat status;

  scene.folder = g_dir_make_tmp ("eonay-hostile-XXXXXX", NULL);
  scene.home = g_dir_make_tmp ("eonay-home-XXXXXX", NULL);
  g_setenv ("HOME", scene.home, TRUE);
  g_setenv ("EONAY_PKCS11_HOST_FOLDER", scene.folder, TRUE);
  g_setenv ("EONAY_HOSTILE_FOLDER", scene.folder, TRUE);
  g_setenv ("PLANTED_SECRET", "gizli", TRUE);
  g_setenv ("LD_PLANTED", "1", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  profile = plant (".profile", "export GIZLI=1\n");
  bashrc = plant (".bashrc", BASHRC);
  key = plant (".ssh/id_ed25519", "gizli\n");
  plant_driver ();
  listen_loopback ();
  scene.bus = listen_unix_at (SOCK_STREAM, "bus", "EONAY_HOSTILE_BUS");
  scene.datagram = listen_unix_at (SOCK_DGRAM, "bus-datagram", NULL);
  scene.pcscd = listen_unix_at (SOCK_STREAM, "pcscd", "PCSCLITE_CSOCK_NAME");
  g_setenv ("EONAY_HOSTILE_PCSCD", g_getenv ("PCSCLITE_CSOCK_NAME"), TRUE);
  {
    g_autofree char *name = g_strconcat ("#", g_getenv ("EONAY_HOSTILE_BUS"), NULL);
    gsize length = strlen (name);

    name[0] = '\0';
    scene.abstract = listen_unix (SOCK_STREAM, name, length);
  }
  scene.inherited = open (key, O_RDONLY);
  g_assert_cmpint (fstat (scene.inherited, &status), ==, 0);
  inode = g_strdup_printf ("%" G_GUINT64_FORMAT, (guint64) status.st_ino);
  g_setenv ("EONAY_HOSTILE_INODE", inode, TRUE);
}

static void
clear_scene (void)
{
  const char *const argv[] = { "rm", "-rf", scene.folder, scene.home, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_free (scene.folder);
  g_free (scene.home);
  g_free (scene.module);
}

static void
read_report (void)
{
  g_autofree char *path = g_build_filename (scene.folder, "report", NULL);

  g_clear_pointer (&report, g_free);
  g_assert_true (g_file_get_contents (path, &report, NULL, NULL));
  g_unlink (path);
}

static gboolean
reports (const char *name, const char *result)
{
  g_autofree char *line = g_strdup_printf ("\n%s: %s\n", name, result);

  return strstr (report, line) != NULL;
}

static Needs
ask_what_lacks (void)
{
  g_autoptr (EonayPkcs11Channel) channel = eonay_pkcs11_channel_new ("--sandbox");
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPkcs11Answer) answer = eonay_pkcs11_channel_ask (channel, NULL, LIMIT, &error);
  Needs lacks = NEEDS_NOTHING;

  g_assert_no_error (error);
  g_assert_nonnull (answer->modules);
  for (guint i = 0; i < answer->modules->len; i++)
    {
      gsize length;
      const char *piece = g_bytes_get_data (answer->modules->pdata[i], &length);

      lacks |= strncmp (piece, EONAY_PKCS11_LACKS_FILES, length) == 0 ? NEEDS_FILES : NEEDS_CALLS;
    }

  return lacks;
}

static void
run_module (void)
{
  g_autoptr (EonayPkcs11Channel) channel = eonay_pkcs11_channel_new (scene.module);
  g_autoptr (EonayPkcs11Request) request = eonay_pkcs11_request_new (EONAY_PKCS11_ASK_LIST);
  g_autoptr (EonayPkcs11Answer) answer = eonay_pkcs11_channel_ask (channel, request, LIMIT, NULL);

  is_intact = answer != NULL &&
              g_error_matches (answer->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_FAILED);
}

/* Everything that was left behind is ours now; it ends, or the test does not. */
static void
wait_for_children (void)
{
  while (waitpid (-1, NULL, 0) > 0 || errno == EINTR)
    ;
  g_assert_cmpint (errno, ==, ECHILD);
}

/* Sanitizers reserve terabytes, so that there is no limit under them. */
static gboolean
is_sanitized (void)
{
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
  return TRUE;
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  return TRUE;
#endif
#endif
  return FALSE;
}

static void
test_attack (gconstpointer user_data)
{
  const Row *row = user_data;

  if (g_str_equal (row->name, "memory") && is_sanitized ())
    {
      g_test_skip ("sanitizers reserve terabytes of address space");
      return;
    }
  if ((row->needs & lacking) != 0)
    {
      g_test_skip ("the kernel lacks Landlock or seccomp");
      return;
    }
  if (!reports (row->name, row->may ? "done" : "refused"))
    g_test_message ("%s", report);
  g_assert_true (reports (row->name, row->may ? "done" : "refused"));
}

static void
assert_nobody_came (int fd, gboolean is_stream)
{
  char byte;
  int got = is_stream ? accept (fd, NULL, NULL) : (int) recv (fd, &byte, 1, 0);

  g_assert_cmpint (got, ==, -1);
  g_assert_cmpint (errno, ==, EAGAIN);
}

/* Not by what the module says. */
static void
test_nothing_happened (void)
{
  g_autofree char *bashrc = g_build_filename (scene.home, ".bashrc", NULL);
  g_autofree char *profile = g_build_filename (scene.home, ".profile", NULL);
  g_autofree char *planted = g_build_filename (scene.home, "planted", NULL);
  g_autofree char *token = g_build_filename (scene.home, "tokens", "token.object", NULL);
  g_autofree char *forged = g_build_filename (scene.home, "tokens", "planted", NULL);
  g_autofree char *executed = g_build_filename (scene.folder, "executed", NULL);
  g_autofree char *content = NULL;
  struct stat status;

  if (lacking != NEEDS_NOTHING)
    {
      g_test_skip ("the kernel lacks Landlock or seccomp");
      return;
    }
  assert_nobody_came (scene.tcp, TRUE);
  assert_nobody_came (scene.udp, FALSE);
  assert_nobody_came (scene.bus, TRUE);
  assert_nobody_came (scene.abstract, TRUE);
  assert_nobody_came (scene.datagram, FALSE);
  g_assert_cmpint (accept (scene.pcscd, NULL, NULL), >=, 0);
  g_assert_true (g_file_get_contents (bashrc, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, BASHRC);
  g_assert_cmpint (stat (bashrc, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_test (profile, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (planted, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (token, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (forged, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (executed, G_FILE_TEST_EXISTS));
}

static void
test_session (void)
{
  g_assert_true (g_str_has_prefix (report, "session: "));
  g_assert_false (g_str_has_prefix (report, "session: 0\n"));
  /* Only where neither keeps it from that, another program has taken its place. */
  g_assert_true (is_intact || lacking == (NEEDS_FILES | NEEDS_CALLS));
}

/* The module itself, in a process that nobody confines: these are real attacks. */
static void
test_attacks_are_real (void)
{
  g_autofree char *executed = g_build_filename (scene.folder, "executed", NULL);
  g_autofree char *profile = plant (".profile", "export GIZLI=1\n");
  pid_t pid;

  g_free (plant ("tokens/token.object", "gizli\n"));
  g_unlink (executed);
  pid = fork ();
  if (pid == 0)
    {
      void *module = dlopen (g_getenv ("TEST_HOSTILE"), RTLD_NOW | RTLD_LOCAL);
      void (*run) (void) = module != NULL ? dlsym (module, "hostile_run") : NULL;

      if (run != NULL)
        run ();
      _exit (1);
    }
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  read_report ();
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].anybody && !reports (rows[i].name, "done"))
      g_error ("%s is no attack: %s", rows[i].name, report);
  g_assert_true (g_file_test (executed, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (prctl (PR_SET_CHILD_SUBREAPER, 1), ==, 0);

  set_scene ();
  lacking = ask_what_lacks ();
  run_module ();
  wait_for_children ();
  read_report ();
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/card/pkcs11-hostile/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_attack);
    }
  g_test_add_func ("/card/pkcs11-hostile/session", test_session);
  g_test_add_func ("/card/pkcs11-hostile/nothing-happened", test_nothing_happened);
  g_test_add_func ("/card/pkcs11-hostile/attacks-are-real", test_attacks_are_real);

  status = g_test_run ();
  clear_scene ();
  g_free (report);

  return status;
}
