#include "shim-faults.h"

#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PIPE 3
#define NOISE "this is no frame, whatever its length"

gboolean
shim_has (const char *fault, const char *call)
{
  g_autofree char *wanted = g_strconcat (fault, call != NULL ? "=" : NULL, call, NULL);
  g_auto (GStrv) faults = g_strsplit (g_getenv ("EONAY_SHIM") ?: "", ",", -1);
  g_autofree char *name = NULL;
  g_autofree char *here = NULL;
  Dl_info info;

  g_assert (dladdr (shim_has, &info) != 0);
  name = g_path_get_basename (info.dli_fname);
  here = g_strconcat (wanted, "@", name, NULL);

  return g_strv_contains ((const char *const *) faults, wanted) ||
         g_strv_contains ((const char *const *) faults, here);
}

void
shim_enter (const char *call)
{
  const char *path = g_getenv ("EONAY_SHIM_LOG");
  FILE *log = path != NULL ? fopen (path, "a") : NULL;

  if (log != NULL)
    {
      fprintf (log, "%s\n", call);
      fclose (log);
    }
  if (shim_has ("noisy", NULL))
    g_print ("%s\n", call);
  if (shim_has ("garbage", call))
    g_assert (write (PIPE, NOISE, sizeof NOISE) == sizeof NOISE);
  if (shim_has ("exit", call))
    _exit (7);
  if (shim_has ("crash", call))
    {
      signal (SIGSEGV, SIG_DFL);
      raise (SIGSEGV);
    }
  /* Noise too is the end: what SoftHSM writes to its files is not to be cut off. */
  while (shim_has ("hang", call) || shim_has ("garbage", call))
    pause ();
  if (shim_has ("slow", call))
    g_usleep (G_USEC_PER_SEC);
}

int
shim_count_wrong (int change)
{
  const char *path = g_getenv ("EONAY_SHIM_STATE");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  int count = 0;

  if (!shim_has ("lock", NULL))
    return 0;
  if (g_file_get_contents (path, &before, NULL, NULL))
    count = atoi (before);
  if (change == 0)
    return count;

  count = change < 0 ? 0 : count + change;
  after = g_strdup_printf ("%d", count);
  g_assert (g_file_set_contents (path, after, -1, NULL));

  return count;
}
