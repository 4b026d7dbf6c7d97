/*
 * Runs a program as on a kernel that lacks something. Usage: older-kernel PIECES PROGRAM…
 *
 * PIECES: "landlock", "seccomp", "landlock,seccomp": calls for these do not exist.
 */
#include <errno.h>
#include <glib.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ABSENT (SECCOMP_RET_ERRNO | ENOSYS)

static void
forbid (const char *pieces, const char *piece, guint call)
{
  struct sock_filter steps[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1),
    BPF_STMT (BPF_RET | BPF_K, ABSENT),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const struct sock_fprog program = { .len = G_N_ELEMENTS (steps), .filter = steps };

  if (strstr (pieces, piece) != NULL)
    g_assert_cmpint (prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_assert_cmpint (argc, >, 2);
  g_assert_cmpint (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), ==, 0);
  forbid (argv[1], "landlock", SYS_landlock_create_ruleset);
  forbid (argv[1], "seccomp", SYS_seccomp);
  execv (argv[2], argv + 2);

  return 127;
}
