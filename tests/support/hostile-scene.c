#include "support/hostile-scene.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

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

static const HostileRow rows[] = {
  { "link-to-file", HOSTILE_NEEDS_FILES, TRUE },
  { "folder-with-so", HOSTILE_NEEDS_FILES, TRUE },
  { "folder-as-library", HOSTILE_NEEDS_FILES, TRUE },
  { "file-with-so", HOSTILE_NEEDS_FILES, TRUE },
  { "library", HOSTILE_NEEDS_FILES, TRUE, TRUE },
  { "remove-token", HOSTILE_NEEDS_FILES, TRUE },
  { "plant-token", HOSTILE_NEEDS_FILES, TRUE },
  { "signal-by-owner", HOSTILE_NEEDS_CALLS, TRUE },
  { "signal-by-owner-ex", HOSTILE_NEEDS_CALLS, TRUE },
  { "choose-signal", HOSTILE_NEEDS_CALLS, TRUE },
  { "signal-by-ioctl", HOSTILE_NEEDS_CALLS, TRUE },
  { "environment", HOSTILE_NEEDS_NOTHING, TRUE },
  { "environment-of-parent", HOSTILE_NEEDS_FILES, TRUE },
  { "memory-of-parent", HOSTILE_NEEDS_FILES | HOSTILE_NEEDS_CALLS, FALSE },
  { "write-memory-of-parent", HOSTILE_NEEDS_FILES, FALSE },
  { "trace-parent", HOSTILE_NEEDS_CALLS, FALSE },
  { "signal-parent", HOSTILE_NEEDS_CALLS, TRUE },
  { "signal-parent-by-thread", HOSTILE_NEEDS_CALLS, TRUE },
  { "limit-parent", HOSTILE_NEEDS_CALLS, TRUE },
  { "tcp", HOSTILE_NEEDS_CALLS, TRUE },
  { "udp", HOSTILE_NEEDS_CALLS, TRUE },
  { "netlink", HOSTILE_NEEDS_CALLS, TRUE },
  { "bus", HOSTILE_NEEDS_CALLS, TRUE },
  { "abstract", HOSTILE_NEEDS_CALLS, TRUE },
  { "datagram", HOSTILE_NEEDS_CALLS, TRUE },
  { "serve", HOSTILE_NEEDS_CALLS, TRUE },
  { "pcscd", HOSTILE_NEEDS_CALLS, TRUE, TRUE },
  { "write-home", HOSTILE_NEEDS_FILES, TRUE },
  { "open-up-home", HOSTILE_NEEDS_CALLS, TRUE },
  { "cut-home", HOSTILE_NEEDS_FILES | HOSTILE_NEEDS_CALLS, TRUE },
  { "replace-home", HOSTILE_NEEDS_FILES, TRUE },
  { "remove-home", HOSTILE_NEEDS_FILES, TRUE },
  { "read-home", HOSTILE_NEEDS_FILES, TRUE },
  { "list-home", HOSTILE_NEEDS_FILES, TRUE },
  { "accounts", HOSTILE_NEEDS_FILES, TRUE, TRUE },
  { "write-tmp", HOSTILE_NEEDS_FILES, TRUE },
  { "descriptors", HOSTILE_NEEDS_NOTHING, TRUE },
  { "child", HOSTILE_NEEDS_CALLS, TRUE },
  { "clone", HOSTILE_NEEDS_CALLS, TRUE },
  { "thread", HOSTILE_NEEDS_NOTHING, TRUE, TRUE, TRUE },
  { "memory", HOSTILE_NEEDS_NOTHING, TRUE },
  { "memory-by-file", HOSTILE_NEEDS_CALLS, TRUE },
  { "disk", HOSTILE_NEEDS_NOTHING, TRUE },
  { "many-files", HOSTILE_NEEDS_NOTHING, TRUE },
  { "dumpable", HOSTILE_NEEDS_CALLS, TRUE },
  { "outlive", HOSTILE_NEEDS_CALLS, TRUE },
  { "privileges", HOSTILE_NEEDS_NOTHING, TRUE },
  { "capabilities", HOSTILE_NEEDS_NOTHING, FALSE },
  { "namespaces", HOSTILE_NEEDS_CALLS, FALSE },
  { "kernel", HOSTILE_NEEDS_CALLS, TRUE },
  { "program", HOSTILE_NEEDS_FILES | HOSTILE_NEEDS_CALLS, FALSE },
  { NULL },
};

static Scene scene;

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

char *
hostile_scene_plant (const char *name, const char *content)
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
    g_free (hostile_scene_plant (names[i], "gizli\n"));
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
  g_autofree char *conf_path = hostile_scene_plant (".config/softhsm2/softhsm2.conf", conf);
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

void
hostile_scene_set (void)
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
  profile = hostile_scene_plant (".profile", "export GIZLI=1\n");
  bashrc = hostile_scene_plant (".bashrc", BASHRC);
  key = hostile_scene_plant (".ssh/id_ed25519", "gizli\n");
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

void
hostile_scene_clear (void)
{
  const char *const argv[] = { "rm", "-rf", scene.folder, scene.home, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_free (scene.folder);
  g_free (scene.home);
  g_free (scene.module);
}

static void
assert_nobody_came (int fd, gboolean is_stream)
{
  char byte;
  int got = is_stream ? accept (fd, NULL, NULL) : (int) recv (fd, &byte, 1, 0);

  g_assert_cmpint (got, ==, -1);
  g_assert_cmpint (errno, ==, EAGAIN);
}

void
hostile_scene_assert_untouched (gboolean has_pcscd)
{
  g_autofree char *bashrc = g_build_filename (scene.home, ".bashrc", NULL);
  g_autofree char *profile = g_build_filename (scene.home, ".profile", NULL);
  g_autofree char *planted = g_build_filename (scene.home, "planted", NULL);
  g_autofree char *token = g_build_filename (scene.home, "tokens", "token.object", NULL);
  g_autofree char *forged = g_build_filename (scene.home, "tokens", "planted", NULL);
  g_autofree char *executed = g_build_filename (scene.folder, "executed", NULL);
  g_autofree char *content = NULL;
  struct stat status;

  assert_nobody_came (scene.tcp, TRUE);
  assert_nobody_came (scene.udp, FALSE);
  assert_nobody_came (scene.bus, TRUE);
  assert_nobody_came (scene.abstract, TRUE);
  assert_nobody_came (scene.datagram, FALSE);
  if (has_pcscd)
    g_assert_cmpint (accept (scene.pcscd, NULL, NULL), >=, 0);
  else
    assert_nobody_came (scene.pcscd, TRUE);
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

/* Sanitizers reserve terabytes, so that there is no limit under them. */
gboolean
hostile_scene_is_sanitized (void)
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

gboolean
hostile_scene_reports (const char *report, const char *name, const char *result)
{
  g_autofree char *line = g_strdup_printf ("\n%s: %s\n", name, result);

  return strstr (report, line) != NULL;
}

const HostileRow *
hostile_scene_get_rows (void)
{
  return rows;
}

const char *
hostile_scene_get_folder (void)
{
  return scene.folder;
}

const char *
hostile_scene_get_module (void)
{
  return scene.module;
}
