#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "app/window/eonay-application.h"
#include "base/eonay-locale.h"
#include "base/eonay-secret.h"
#include "eonay-config.h"
#include "eonay-embedded-practice.h"

int
main (int argc, char *argv[])
{
  EonayApplication *application;
  int status;

  eonay_secret_init_heap ();
  /* Where a limit is set to the size of files, a write over it fails, and is told. */
  signal (SIGXFSZ, SIG_IGN);

  eonay_locale_init ();

  application = eonay_application_new (EONAY_TYPE_EMBEDDED_PRACTICE);

  status = g_application_run (G_APPLICATION (application), argc, argv);
  g_object_unref (application);
  g_settings_sync ();

  /* A card or the service may hold up a thread; the libraries' destructors would crash it. */
  fflush (NULL);
  _exit (status);
}
