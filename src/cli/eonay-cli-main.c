#include "base/eonay-secret.h"
#include "cli/eonay-cli.h"

int
main (int argc, char *argv[])
{
  eonay_secret_init_heap ();

  return eonay_cli_run (argc, argv);
}
