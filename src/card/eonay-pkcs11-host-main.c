#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "card/eonay-pkcs11-answer.h"
#include "card/eonay-pkcs11-host-load.h"
#include "card/eonay-pkcs11-host-private.h"
#include "card/eonay-pkcs11-pipe.h"

#define EXIT_USAGE 2

/* A PIN must neither get into a core file nor wait in a process that nobody needs any more; and
   what is typed at the program's terminal must not end a call that has a PIN on its way. */
static void
seal (void)
{
  const struct rlimit none = { 0, 0 };

  eonay_secret_init_heap ();
  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  setsid ();
}

static void
tell_modules (void)
{
  g_autoptr (GPtrArray) modules = eonay_pkcs11_host_find_registered ();
  g_autoptr (GByteArray) list =
      eonay_pkcs11_answer_encode_list (EONAY_PKCS11_SAYS_MODULES, modules);
  g_autoptr (GByteArray) end = eonay_pkcs11_answer_encode_end ();

  eonay_pkcs11_pipe_write_frame (EONAY_PKCS11_HOST_FD, list, EONAY_PKCS11_FOREVER);
  eonay_pkcs11_pipe_write_frame (EONAY_PKCS11_HOST_FD, end, EONAY_PKCS11_FOREVER);
}

int
main (int argc, char *argv[])
{
  /* What a module starts must not keep the pipe open. */
  if (argc != 2 || fcntl (EONAY_PKCS11_HOST_FD, F_SETFD, FD_CLOEXEC) != 0)
    {
      fputs ("This program is started by Eonay.\n", stderr);
      return EXIT_USAGE;
    }

  seal ();
  if (g_str_equal (argv[1], "--modules"))
    tell_modules ();
  else
    eonay_pkcs11_host_serve (
        &(EonayPkcs11Host){ .path = argv[1], .fd = EONAY_PKCS11_HOST_FD });

  /* A module's own clean-up at exit could still crash or hang, and there is nothing left to clean. */
  _exit (0);
}
