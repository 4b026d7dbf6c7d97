#include "base/host/eonay-sandbox-private.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <ucontext.h>
#include <unistd.h>

/*
 * A seccomp filter sees the pointer to the address of connect(), not the address, and Landlock does
 * not cover the UNIX sockets of the file system yet. So connect() is trapped whatever the address,
 * and the signal handler passes the socket to another process, which runs no foreign code, knows
 * the few addresses, and connects it.
 */

/* Why it was not connected; and with the request, the socket and the one for the answer. */
enum {
  FD_SOCKET,
  FD_ANSWER,
  N_FDS
};

#define NO_BROKER -1

static int broker = NO_BROKER;

typedef union {
  struct cmsghdr header; /* for the alignment */
  char bytes[CMSG_SPACE (N_FDS * sizeof (int))];
} Descriptors;

static gboolean
send_request (const struct sockaddr_un *address, const int *fds)
{
  struct iovec part = { (void *) address, sizeof *address };
  Descriptors descriptors = { .bytes = { 0 } };
  struct msghdr message = { .msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = descriptors.bytes,
                            .msg_controllen = sizeof descriptors.bytes };
  struct cmsghdr *header = CMSG_FIRSTHDR (&message);

  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN (N_FDS * sizeof (int));
  memcpy (CMSG_DATA (header), fds, N_FDS * sizeof (int));

  return sendmsg (broker, &message, MSG_NOSIGNAL) == (gssize) sizeof *address;
}

/* Returns: 0, or errno. Async-signal-safe. */
static int
ask_broker (int fd, const struct sockaddr *address, gsize length)
{
  struct sockaddr_un wanted = { .sun_family = AF_UNSPEC };
  int ends[2];
  int code = EACCES;

  if (broker == NO_BROKER || length > sizeof wanted || length <= sizeof wanted.sun_family ||
      address->sa_family != AF_UNIX)
    return EACCES;
  memcpy (&wanted, address, length);
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return errno;

  if (send_request (&wanted, (int[]){ [FD_SOCKET] = fd, [FD_ANSWER] = ends[1] }))
    {
      close (ends[1]);
      if (recv (ends[0], &code, sizeof code, MSG_WAITALL) != (gssize) sizeof code)
        code = ECONNREFUSED;
    }
  else
    close (ends[1]);
  close (ends[0]);

  return code;
}

static void
on_sigsys (int number, siginfo_t *info, void *user_data)
{
  int saved = errno;
#if defined __x86_64__
  greg_t *registers = ((ucontext_t *) user_data)->uc_mcontext.gregs;

  registers[REG_RAX] = -ask_broker ((int) registers[REG_RDI],
                                    (const struct sockaddr *) registers[REG_RSI],
                                    (guint32) registers[REG_RDX]);
#elif defined __aarch64__
  unsigned long long *registers = ((ucontext_t *) user_data)->uc_mcontext.regs;

  registers[0] = (unsigned long long) -(long long) ask_broker (
      (int) registers[0], (const struct sockaddr *) registers[1], (guint32) registers[2]);
#elif defined __riscv && __riscv_xlen == 64
  unsigned long *registers = ((ucontext_t *) user_data)->uc_mcontext.__gregs;

  registers[REG_A0] = (unsigned long) -(long) ask_broker (
      (int) registers[REG_A0], (const struct sockaddr *) registers[REG_A0 + 1],
      (guint32) registers[REG_A0 + 2]);
#endif
  errno = saved;
}

gboolean
eonay_sandbox_catch_connect (GError **error)
{
  const struct sigaction action = { .sa_sigaction = on_sigsys,
                                    .sa_flags = SA_SIGINFO | SA_NODEFER };

  return sigaction (SIGSYS, &action, NULL) == 0 || eonay_sandbox_fail ("SIGSYS", error);
}

/* The broker's side */

static int
connect_socket (GPtrArray *sockets, int fd, const struct sockaddr_un *wanted)
{
  for (guint i = 0; i < sockets->len; i++)
    {
      const char *path = g_ptr_array_index (sockets, i);

      /* Uses our own copy of the path. */
      if (wanted->sun_family == AF_UNIX &&
          strncmp (path, wanted->sun_path, sizeof wanted->sun_path) == 0)
        return connect (fd, (const struct sockaddr *) wanted, sizeof *wanted) == 0 ? 0 : errno;
    }

  return EACCES;
}

static gboolean
serve_one (int fd, GPtrArray *sockets)
{
  struct sockaddr_un wanted = { .sun_family = AF_UNSPEC };
  struct iovec part = { &wanted, sizeof wanted };
  Descriptors descriptors = { .bytes = { 0 } };
  struct msghdr message = { .msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = descriptors.bytes,
                            .msg_controllen = sizeof descriptors.bytes };
  gssize length = recvmsg (fd, &message, MSG_CMSG_CLOEXEC);
  struct cmsghdr *header = CMSG_FIRSTHDR (&message);
  int fds[N_FDS], code;

  if (length <= 0)
    return length < 0 && errno == EINTR;
  if (header == NULL || header->cmsg_type != SCM_RIGHTS ||
      header->cmsg_len != CMSG_LEN (sizeof fds))
    return FALSE;

  memcpy (fds, CMSG_DATA (header), sizeof fds);
  code = length == (gssize) sizeof wanted ? connect_socket (sockets, fds[FD_SOCKET], &wanted)
                                          : EINVAL;
  send (fds[FD_ANSWER], &code, sizeof code, MSG_NOSIGNAL | MSG_DONTWAIT);
  close (fds[FD_SOCKET]);
  close (fds[FD_ANSWER]);

  return TRUE;
}

/* Its socket becomes the only descriptor: it must not keep the pipe to the program open. */
G_NORETURN static void
be_broker (int fd, GPtrArray *sockets)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (dup2 (fd, STDIN_FILENO) == STDIN_FILENO)
    {
      eonay_sandbox_close_from (STDIN_FILENO + 1);
      while (serve_one (STDIN_FILENO, sockets))
        ;
    }
  _exit (0);
}

gboolean
eonay_sandbox_start_broker (GPtrArray *sockets, GError **error)
{
  int ends[2];
  pid_t pid;

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    return eonay_sandbox_fail ("Broker", error);

  pid = fork ();
  if (pid == 0)
    be_broker (ends[1], sockets);
  close (ends[1]);
  broker = ends[0];

  return pid > 0 || eonay_sandbox_fail ("Broker", error);
}
