#include <stdio.h>
#include <unistd.h>

#include "base/eonay-secret.h"
#include "cli/command/eonay-cli.h"

int
main (int argc, char *argv[])
{
  int status;

  eonay_secret_init_heap ();
  status = eonay_cli_run (argc, argv);

  /* A card or the service may hold up a thread; the libraries' destructors would crash it. */
  fflush (NULL);
  _exit (status);
}
