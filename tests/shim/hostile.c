/*
 * A PKCS#11 module that attacks whoever loads it, and notes in a file what it got: a line
 * "attack: done" or "attack: refused" each. Environment:
 *   EONAY_HOSTILE_FOLDER  where it may write: the report, and what it tries to make too large
 *   EONAY_HOSTILE_PORT    TCP and UDP, on loopback
 *   EONAY_HOSTILE_BUS     a UNIX socket that is none of its business
 *   EONAY_HOSTILE_PCSCD   one that is
 *   EONAY_HOSTILE_INODE   of a file that whoever started it has open
 */
#include "hostile.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <linux/netlink.h>
#include <p11-kit/pkcs11.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define GIBI G_GUINT64_CONSTANT (0x40000000)

__attribute__ ((visibility ("default"))) void hostile_run (void);

static gboolean
got (int fd)
{
  return fd >= 0 && close (fd) == 0;
}

static gboolean
opens (int flags, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return got (open (path, flags | O_CLOEXEC, 0600));
}

static gboolean
opens_of_parent (int flags, const char *name)
{
  g_autofree char *folder = g_strdup_printf ("/proc/%d", getppid ());

  return opens (flags, folder, name);
}

static gboolean
read_environment (void)
{
  return g_getenv ("PLANTED_SECRET") != NULL || g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL ||
         g_getenv ("LD_PLANTED") != NULL;
}

static gboolean
read_environment_of_parent (void)
{
  return opens_of_parent (O_RDONLY, "environ");
}

static gboolean
read_memory_of_parent (void)
{
  char byte;
  struct iovec here = { &byte, 1 }, there = { (void *) (gsize) &errno, 1 };

  if (opens_of_parent (O_RDONLY, "mem"))
    return TRUE;

  return process_vm_readv (getppid (), &here, 1, &there, 1, 0) == 1;
}

static gboolean
write_memory_of_parent (void)
{
  return opens_of_parent (O_RDWR, "mem");
}

static gboolean
trace_parent (void)
{
  if (ptrace (PTRACE_SEIZE, getppid (), NULL, NULL) != 0)
    return FALSE;
  kill (getppid (), SIGCONT);
  ptrace (PTRACE_DETACH, getppid (), NULL, NULL);

  return TRUE;
}

static gboolean
signal_parent (void)
{
  return kill (getppid (), 0) == 0 || kill (getppid (), SIGURG) == 0;
}

static gboolean
signal_parent_by_thread (void)
{
  return syscall (SYS_tkill, getppid (), 0) == 0;
}

static gboolean
limit_parent (void)
{
  struct rlimit limit;

  return prlimit (getppid (), RLIMIT_CORE, NULL, &limit) == 0;
}

static gboolean
reach (int type)
{
  struct sockaddr_in to = { .sin_family = AF_INET,
                            .sin_port = htons ((guint16) atoi (g_getenv ("EONAY_HOSTILE_PORT"))),
                            .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int fd = socket (AF_INET, type | SOCK_CLOEXEC, 0);
  gboolean done = fd >= 0 && connect (fd, (struct sockaddr *) &to, sizeof to) == 0 &&
                  send (fd, "x", 1, MSG_NOSIGNAL) == 1;

  got (fd);

  return done;
}

static gboolean
connect_by_tcp (void)
{
  return reach (SOCK_STREAM);
}

static gboolean
send_by_udp (void)
{
  return reach (SOCK_DGRAM);
}

static gboolean
open_netlink (void)
{
  return got (socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
}

static gboolean
reach_unix (int type, const char *path, gboolean is_abstract)
{
  struct sockaddr_un to = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, type | SOCK_CLOEXEC, 0);
  gboolean done;

  g_strlcpy (to.sun_path + is_abstract, path, sizeof to.sun_path - 1);
  done = fd >= 0 && connect (fd, (struct sockaddr *) &to,
                             (socklen_t) (offsetof (struct sockaddr_un, sun_path) + is_abstract +
                                          strlen (path) + !is_abstract)) == 0;
  got (fd);

  return done;
}

static gboolean
connect_to_bus (void)
{
  return reach_unix (SOCK_STREAM, g_getenv ("EONAY_HOSTILE_BUS"), FALSE);
}

static gboolean
connect_to_abstract (void)
{
  return reach_unix (SOCK_STREAM, g_getenv ("EONAY_HOSTILE_BUS"), TRUE);
}

/* Datagrams have their address with them; from a pair, whose other end it would replace. */
static gboolean
send_to_datagram (void)
{
  g_autofree char *path = g_strconcat (g_getenv ("EONAY_HOSTILE_BUS"), "-datagram", NULL);
  struct sockaddr_un to = { .sun_family = AF_UNIX };
  int ends[2];
  gboolean done;

  g_strlcpy (to.sun_path, path, sizeof to.sun_path);
  if (socketpair (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends) != 0)
    return FALSE;
  done = sendto (ends[0], "x", 1, MSG_NOSIGNAL, (struct sockaddr *) &to, sizeof to) == 1;
  close (ends[0]);
  close (ends[1]);

  return done;
}

static gboolean
serve_unix (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("EONAY_HOSTILE_FOLDER"), "server", NULL);
  struct sockaddr_un at = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  gboolean done;

  g_strlcpy (at.sun_path, path, sizeof at.sun_path);
  done = fd >= 0 && bind (fd, (struct sockaddr *) &at, sizeof at) == 0;
  got (fd);

  return done;
}

/* No attack: what modules are for. */
static gboolean
connect_to_pcscd (void)
{
  return reach_unix (SOCK_STREAM, g_getenv ("EONAY_HOSTILE_PCSCD"), FALSE);
}

static gboolean
write_home (void)
{
  return opens (O_WRONLY | O_CREAT, g_get_home_dir (), "planted") ||
         opens (O_WRONLY | O_CREAT, g_get_home_dir (), ".config/autostart");
}

static gboolean
replace_home (void)
{
  return opens (O_WRONLY | O_TRUNC, g_get_home_dir (), ".bashrc");
}

static gboolean
cut_home (void)
{
  return opens (O_RDONLY | O_TRUNC, g_get_home_dir (), ".bashrc");
}

static gboolean
remove_home (void)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), ".profile", NULL);

  return unlink (path) == 0;
}

static gboolean
open_up_home (void)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), ".bashrc", NULL);

  return chmod (path, 0666) == 0;
}

static gboolean
read_home (void)
{
  return opens (O_RDONLY, g_get_home_dir (), ".ssh/id_ed25519");
}

static gboolean
list_home (void)
{
  return opens (O_RDONLY | O_DIRECTORY, g_get_home_dir (), "");
}

static gboolean
read_accounts (void)
{
  return opens (O_RDONLY, "/etc", "passwd");
}

static gboolean
write_tmp (void)
{
  g_autofree char *path = g_strdup_printf ("/tmp/eonay-hostile-%d", getpid ());

  return opens (O_WRONLY | O_CREAT, path, "") && unlink (path) == 0;
}

static gboolean
read_descriptors (void)
{
  struct stat status;

  for (int fd = 0; fd < 1024; fd++)
    if (fstat (fd, &status) == 0 &&
        status.st_ino == g_ascii_strtoull (g_getenv ("EONAY_HOSTILE_INODE"), NULL, 10))
      return TRUE;

  return FALSE;
}

static gboolean
has_child (pid_t pid)
{
  if (pid == 0)
    _exit (0);
  if (pid > 0)
    waitpid (pid, NULL, 0);

  return pid > 0;
}

static gboolean
leave_child (void)
{
  return has_child (fork ());
}

static gboolean
clone_child (void)
{
  return has_child ((pid_t) syscall (SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL));
}

static gboolean
fill_memory (void)
{
  void *memory = mmap (NULL, 3 * GIBI, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  return memory != MAP_FAILED && munmap (memory, 3 * GIBI) == 0;
}

static gboolean
fill_memory_by_file (void)
{
  return got (memfd_create ("hostile", MFD_CLOEXEC));
}

static gboolean
fill_disk (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("EONAY_HOSTILE_FOLDER"), "large", NULL);
  int fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  gboolean done = fd >= 0 && ftruncate (fd, (off_t) GIBI) == 0;

  got (fd);
  unlink (path);

  return done;
}

static gboolean
open_many (void)
{
  int fds[1000];
  guint count = 0;

  while (count < G_N_ELEMENTS (fds) && (fds[count] = open ("/dev/null", O_RDWR | O_CLOEXEC)) >= 0)
    count++;
  for (guint i = 0; i < count; i++)
    close (fds[i]);

  return count == G_N_ELEMENTS (fds);
}

static gboolean
become_dumpable (void)
{
  return prctl (PR_GET_DUMPABLE) == 1 || prctl (PR_SET_DUMPABLE, 1) == 0;
}

static gboolean
outlive_parent (void)
{
  return prctl (PR_SET_PDEATHSIG, 0) == 0;
}

static gboolean
gain_privileges (void)
{
  return prctl (PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1;
}

static gboolean
use_capabilities (void)
{
  return sethostname ("hostile", 7) == 0;
}

static gboolean
change_namespaces (void)
{
  return unshare (CLONE_NEWUSER) == 0;
}

static gboolean
use_kernel_doors (void)
{
  return syscall (SYS_io_uring_setup, 1, NULL) >= 0 || errno != EPERM ||
         syscall (SYS_bpf, 0, NULL, 0) >= 0 || errno != EPERM ||
         syscall (SYS_keyctl, 0, -3, 1) >= 0 || errno != EPERM ||
         syscall (SYS_mount, NULL, NULL, NULL, 0, NULL) >= 0 || errno != EPERM ||
         syscall (SYS_userfaultfd, 0) >= 0 || errno != EPERM;
}

static void *
run_thread (void *done)
{
  return done;
}

/* No attack: modules may have threads. */
static gboolean
start_thread (void)
{
  pthread_t thread;
  int ran = 0;
  void *result = NULL;

  return pthread_create (&thread, NULL, run_thread, &ran) == 0 &&
         pthread_join (thread, &result) == 0 && result == &ran;
}

/* The last one: what it starts takes its place. */
static gboolean
run_program (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("EONAY_HOSTILE_FOLDER"), "executed", NULL);

  execl ("/usr/bin/touch", "touch", path, NULL);

  return FALSE;
}

static const Attack attacks[] = {
  { "environment", read_environment },
  { "environment-of-parent", read_environment_of_parent },
  { "memory-of-parent", read_memory_of_parent },
  { "write-memory-of-parent", write_memory_of_parent },
  { "trace-parent", trace_parent },
  { "signal-parent", signal_parent },
  { "signal-parent-by-thread", signal_parent_by_thread },
  { "limit-parent", limit_parent },
  { "tcp", connect_by_tcp },
  { "udp", send_by_udp },
  { "netlink", open_netlink },
  { "bus", connect_to_bus },
  { "abstract", connect_to_abstract },
  { "datagram", send_to_datagram },
  { "serve", serve_unix },
  { "pcscd", connect_to_pcscd },
  { "write-home", write_home },
  { "open-up-home", open_up_home },
  { "cut-home", cut_home },
  { "replace-home", replace_home },
  { "remove-home", remove_home },
  { "read-home", read_home },
  { "list-home", list_home },
  { "accounts", read_accounts },
  { "write-tmp", write_tmp },
  { "descriptors", read_descriptors },
  { "child", leave_child },
  { "clone", clone_child },
  { "thread", start_thread },
  { "memory", fill_memory },
  { "memory-by-file", fill_memory_by_file },
  { "disk", fill_disk },
  { "many-files", open_many },
  { "dumpable", become_dumpable },
  { "outlive", outlive_parent },
  { "privileges", gain_privileges },
  { "capabilities", use_capabilities },
  { "namespaces", change_namespaces },
  { "kernel", use_kernel_doors },
  { "program", run_program },
  { NULL },
};

static void
run_all (const Attack *list, FILE *report)
{
  for (; list->name != NULL; list++)
    {
      fflush (report);
      fprintf (report, "%s: %s\n", list->name, list->is_done () ? "done" : "refused");
    }
}

void
hostile_attack (FILE *report)
{
  fprintf (report, "session: %d\n", getsid (0) == getpid () ? getpid () : 0);
  run_all (hostile_get_around (), report);
  run_all (attacks, report);
}

void
hostile_run (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("EONAY_HOSTILE_FOLDER"), "report", NULL);
  FILE *report = fopen (path, "w");

  g_assert_nonnull (report);
  hostile_attack (report);
  fclose (report);
}

__attribute__ ((visibility ("default"))) CK_RV
C_GetFunctionList (CK_FUNCTION_LIST **list)
{
  hostile_run ();

  return CKR_GENERAL_ERROR;
}
