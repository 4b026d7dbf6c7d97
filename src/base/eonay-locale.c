#include "base/eonay-locale.h"

#include <libintl.h>
#include <locale.h>

#include "base/eonay-development.h"
#include "eonay-config.h"

void
eonay_locale_init (void)
{
  const char *uninstalled = eonay_development_getenv ("EONAY_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, uninstalled != NULL ? uninstalled : EONAY_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
