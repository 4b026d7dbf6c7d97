#include "base/eonay-flatpak.h"

#include "base/eonay-development.h"

#define INFO "/.flatpak-info"
#define HOST_RELEASE "/run/host/os-release"

static const char *
get_file (const char *variable, const char *usual)
{
  const char *other = eonay_development_getenv (variable);

  return other != NULL ? other : usual;
}

char *
eonay_flatpak_read_info (void)
{
  char *text = NULL;

  g_file_get_contents (get_file ("EONAY_FLATPAK_INFO", INFO), &text, NULL, NULL);

  return text;
}

gboolean
eonay_flatpak_is_inside (void)
{
  return g_file_test (get_file ("EONAY_FLATPAK_INFO", INFO), G_FILE_TEST_IS_REGULAR);
}

const char *
eonay_flatpak_get_host_release (void)
{
  return get_file ("EONAY_FLATPAK_HOST_RELEASE", HOST_RELEASE);
}
