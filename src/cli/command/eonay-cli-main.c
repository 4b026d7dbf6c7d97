#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/eonay-secret.h"
#include "cli/command/eonay-cli.h"

int
main (int argc, char *argv[])
{
  int status;

  eonay_secret_init_heap ();
  /* Where a limit is set to the size of files, a write over it fails, and is told. */
  signal (SIGXFSZ, SIG_IGN);
  status = eonay_cli_run (argc, argv);

  /* A thread may be blocked by a card or the service; the libraries' destructors would crash it. */
  fflush (NULL);
  _exit (status);
}
