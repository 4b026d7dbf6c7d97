#include "base/eonay-development.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "eonay-config.h"

#define SELF "/proc/self/exe"

static gboolean
runs_from_build_folder (void)
{
  char folder[PATH_MAX], program[PATH_MAX];
  gsize length;

  if (*EONAY_BUILD_FOLDER == '\0' || realpath (EONAY_BUILD_FOLDER, folder) == NULL ||
      realpath (SELF, program) == NULL)
    return FALSE;
  length = strlen (folder);

  return strncmp (program, folder, length) == 0 && program[length] == '/';
}

static gboolean
is_development (void)
{
  static gsize known;
  static gboolean is_heard;

  if (g_once_init_enter (&known))
    {
      is_heard = runs_from_build_folder ();
      g_once_init_leave (&known, 1);
    }

  return is_heard;
}

const char *
eonay_development_getenv (const char *variable)
{
  return is_development () ? g_getenv (variable) : NULL;
}

const char *const *
eonay_development_get_prefixes (void)
{
  /* Variables of the tests' modules, and the sanitizers' options. */
  static const char *const prefixes[] = { "EONAY_",       "ASAN_OPTIONS",  "LSAN_OPTIONS",
                                          "TSAN_OPTIONS", "UBSAN_OPTIONS", NULL };

  return is_development () ? prefixes : NULL;
}
