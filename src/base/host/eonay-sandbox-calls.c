#include "base/host/eonay-sandbox-private.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <sched.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * The filter is written by hand, not with libseccomp: that is not part of the GNOME runtime of
 * Flatpaks, and what it provides, the numbers of other architectures and of 32-bit programs, is not
 * needed here.
 *
 * A list of forbidden calls, not of allowed ones: what the vendors' modules call is not known.
 * Calls newer than the list fail as unknown.
 */

#if defined __x86_64__
#define MACHINE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define MACHINE AUDIT_ARCH_AARCH64
#elif defined __riscv && __riscv_xlen == 64
#define MACHINE AUDIT_ARCH_RISCV64
#endif

#ifdef MACHINE

/* set_mempolicy_home_node (Linux 5.17). x86's second set of numbers lies beyond, too. */
#define LAST_CALL 450

#define FAIL(code) (SECCOMP_RET_ERRNO | (code))
#define NUMBER offsetof (struct seccomp_data, nr)
/* Little-endian: the lower half, which is all of an int. */
#define ARGUMENT(n) (offsetof (struct seccomp_data, args) + (n) * sizeof (guint64))

static const int forbidden[] = {
  /* Programs and processes: none is needed, and one would outlive the host. */
  SYS_execve,
  SYS_execveat,
  SYS_unshare,
  SYS_setns,
#ifdef SYS_fork
  SYS_fork,
  SYS_vfork,
#endif
  /* Other processes of the same person */
  SYS_ptrace,
  SYS_process_vm_readv,
  SYS_process_vm_writev,
  SYS_kcmp,
  SYS_tkill,
  SYS_setpriority,
  SYS_ioprio_set,
  SYS_move_pages,
  SYS_migrate_pages,
  SYS_pidfd_send_signal,
  SYS_pidfd_open,
  SYS_pidfd_getfd,
  SYS_process_madvise,
  SYS_process_mrelease,
  SYS_perf_event_open,
  /* Servers: the process only connects. */
  SYS_bind,
  SYS_listen,
  SYS_accept,
  SYS_accept4,
  /* Calls on files that Landlock does not cover */
  SYS_fchmod,
  SYS_fchmodat,
  SYS_fchown,
  SYS_fchownat,
  SYS_setxattr,
  SYS_lsetxattr,
  SYS_fsetxattr,
  SYS_removexattr,
  SYS_lremovexattr,
  SYS_fremovexattr,
  SYS_utimensat,
  SYS_truncate,
  SYS_mknodat,
  SYS_name_to_handle_at,
  SYS_open_by_handle_at,
  SYS_fanotify_init,
#ifdef SYS_chmod
  SYS_chmod,
  SYS_chown,
  SYS_lchown,
  SYS_utime,
  SYS_utimes,
  SYS_futimesat,
  SYS_mknod,
#endif
  /* Memory that the limits do not count, and that outlives the process */
  SYS_memfd_create,
  SYS_shmget,
  SYS_shmat,
  SYS_semget,
  SYS_msgget,
  SYS_mq_open,
#ifdef SYS_memfd_secret
  SYS_memfd_secret,
#endif
  /* Large attack surfaces of the kernel */
  SYS_io_uring_setup,
  SYS_io_uring_enter,
  SYS_io_uring_register,
  SYS_bpf,
  SYS_userfaultfd,
  SYS_keyctl,
  SYS_add_key,
  SYS_request_key,
  SYS_mount,
  SYS_umount2,
  SYS_pivot_root,
  SYS_chroot,
  SYS_open_tree,
  SYS_move_mount,
  SYS_fsopen,
  SYS_fsconfig,
  SYS_fsmount,
  SYS_fspick,
  SYS_mount_setattr,
  SYS_kexec_load,
  SYS_init_module,
  SYS_finit_module,
  SYS_delete_module,
  SYS_swapon,
  SYS_swapoff,
  SYS_reboot,
  SYS_acct,
  SYS_quotactl,
  SYS_syslog,
  SYS_personality,
#ifdef SYS_kexec_file_load
  SYS_kexec_file_load,
#endif
#ifdef SYS_iopl
  SYS_iopl,
  SYS_ioperm,
  SYS_modify_ldt,
#endif
};

/* Their first argument is a process: itself, and 0, which is itself. */
static const int of_itself[] = { SYS_prlimit64, SYS_sched_setaffinity, SYS_sched_setattr,
                                 SYS_sched_setparam, SYS_sched_setscheduler };

/* Likewise, but 0 is all of a group. */
static const int signals[] = { SYS_kill, SYS_tgkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo };

static void
add (GArray *filter, guint16 code, guint32 value, guint8 if_true, guint8 if_false)
{
  const struct sock_filter step = BPF_JUMP (code, value, if_true, if_false);

  g_array_append_val (filter, step);
}

static void
load (GArray *filter, gsize offset)
{
  add (filter, BPF_LD | BPF_W | BPF_ABS, (guint32) offset, 0, 0);
}

static void
end_with (GArray *filter, guint32 result)
{
  add (filter, BPF_RET | BPF_K, result, 0, 0);
}

/* Ends with @result if what is loaded is @value. */
static void
end_if (GArray *filter, guint32 value, guint32 result)
{
  add (filter, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
  end_with (filter, result);
}

/* The steps between begin_call() and finish_call() are for one call, and may load anything. */
static guint
begin_call (GArray *filter, int number, gsize offset)
{
  add (filter, BPF_JMP | BPF_JEQ | BPF_K, (guint32) number, 0, 0);
  load (filter, offset);

  return filter->len;
}

static void
finish_call (GArray *filter, guint begun, guint32 result)
{
  end_with (filter, result);
  /* Over the load and all that follows it. */
  g_array_index (filter, struct sock_filter, begun - 2).jf = (guint8) (filter->len - begun + 1);
}

static void
add_processes (GArray *filter, const int *calls, gsize n_calls, gboolean may_be_zero)
{
  for (gsize i = 0; i < n_calls; i++)
    {
      guint begun = begin_call (filter, calls[i], ARGUMENT (0));

      end_if (filter, (guint32) getpid (), SECCOMP_RET_ALLOW);
      if (may_be_zero)
        end_if (filter, 0, SECCOMP_RET_ALLOW);
      finish_call (filter, begun, FAIL (EPERM));
    }
}

/* Threads, which share everything. clone3() hides its flags; the C library then falls back to
   clone(). */
static void
add_threads (GArray *filter)
{
  guint begun = begin_call (filter, SYS_clone, ARGUMENT (0));

  add (filter, BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1);
  end_with (filter, SECCOMP_RET_ALLOW);
  finish_call (filter, begun, FAIL (EPERM));
  end_if (filter, SYS_clone3, FAIL (ENOSYS));
}

/* UNIX stream sockets only: datagrams can be sent without connect(). */
static void
add_sockets (GArray *filter)
{
  const int calls[] = { SYS_socket, SYS_socketpair };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      guint begun = begin_call (filter, calls[i], ARGUMENT (0));

      add (filter, BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0);
      end_with (filter, FAIL (EAFNOSUPPORT));
      load (filter, ARGUMENT (1));
      add (filter, BPF_ALU | BPF_AND | BPF_K, (guint32) ~(SOCK_CLOEXEC | SOCK_NONBLOCK), 0, 0);
      end_if (filter, SOCK_STREAM, SECCOMP_RET_ALLOW);
      finish_call (filter, begun, FAIL (EPROTONOSUPPORT));
    }
  end_if (filter, SYS_connect, SECCOMP_RET_TRAP);
}

/* Landlock before version 3 allows a read-only file to be truncated when it is opened. */
static void
add_opening (GArray *filter)
{
  const struct {
    int number;
    guint argument;
  } calls[] = {
    { SYS_openat, 2 },
#ifdef SYS_open
    { SYS_open, 1 },
#endif
  };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      guint begun = begin_call (filter, calls[i].number, ARGUMENT (calls[i].argument));

      add (filter, BPF_ALU | BPF_AND | BPF_K, O_TRUNC | O_ACCMODE, 0, 0);
      end_if (filter, O_TRUNC | O_RDONLY, FAIL (EACCES));
      finish_call (filter, begun, SECCOMP_RET_ALLOW);
    }
  end_if (filter, SYS_openat2, FAIL (ENOSYS));
}

/* Forbids the @commands among those of @call, which are its second argument. */
static void
add_commands (GArray *filter, int call, const guint32 *commands, gsize n_commands)
{
  guint begun = begin_call (filter, call, ARGUMENT (1));

  for (gsize i = 0; i < n_commands; i++)
    end_if (filter, commands[i], FAIL (EPERM));
  finish_call (filter, begun, SECCOMP_RET_ALLOW);
}

/* What would undo the rest, type at a terminal, or have the kernel signal another process when a
   descriptor becomes readable: Landlock covers signals only from version 6 on. */
static void
add_controls (GArray *filter)
{
  static const guint32 controls[] = { TIOCSTI, TIOCLINUX, FIOSETOWN, SIOCSPGRP };
  static const guint32 owners[] = { F_SETOWN, F_SETOWN_EX, F_SETSIG };
  guint begun = begin_call (filter, SYS_prctl, ARGUMENT (0));

  end_if (filter, PR_SET_DUMPABLE, FAIL (EPERM));
  end_if (filter, PR_SET_PDEATHSIG, FAIL (EPERM));
  end_if (filter, PR_SET_PTRACER, FAIL (EPERM));
  finish_call (filter, begun, SECCOMP_RET_ALLOW);

  add_commands (filter, SYS_ioctl, controls, G_N_ELEMENTS (controls));
  add_commands (filter, SYS_fcntl, owners, G_N_ELEMENTS (owners));
}

static GArray *
build_filter (void)
{
  GArray *filter = g_array_new (FALSE, FALSE, sizeof (struct sock_filter));

  load (filter, offsetof (struct seccomp_data, arch));
  add (filter, BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0);
  end_with (filter, FAIL (ENOSYS));
  load (filter, NUMBER);
  add (filter, BPF_JMP | BPF_JGT | BPF_K, LAST_CALL, 0, 1);
  end_with (filter, FAIL (ENOSYS));

  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    end_if (filter, (guint32) forbidden[i], FAIL (EPERM));
  add_processes (filter, of_itself, G_N_ELEMENTS (of_itself), TRUE);
  add_processes (filter, signals, G_N_ELEMENTS (signals), FALSE);
  add_threads (filter);
  add_sockets (filter);
  add_opening (filter);
  add_controls (filter);
  end_with (filter, SECCOMP_RET_ALLOW);

  return filter;
}

gboolean
eonay_sandbox_restrict_calls (EonaySandboxLack *lack, GError **error)
{
  g_autoptr (GArray) filter = build_filter ();
  const struct sock_fprog program = { .len = (unsigned short) filter->len,
                                      .filter = (struct sock_filter *) (gpointer) filter->data };

  if (syscall (SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0)
    return TRUE;
  /* Not EINVAL: a kernel that rejects this filter has seccomp, and would run without it. */
  if (errno != ENOSYS)
    return eonay_sandbox_fail ("seccomp", error);

  *lack |= EONAY_SANDBOX_LACKS_CALLS;

  return TRUE;
}

#else /* an architecture whose system calls are not known here */

gboolean
eonay_sandbox_restrict_calls (EonaySandboxLack *lack, GError **error)
{
  *lack |= EONAY_SANDBOX_LACKS_CALLS;

  return TRUE;
}

#endif
