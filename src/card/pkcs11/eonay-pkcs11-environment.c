#include "card/pkcs11/eonay-pkcs11-environment.h"

#include "base/host/eonay-host-process.h"

static const char *const names[] = {
  "HOME",
  "USER",
  "LOGNAME",
  "PATH",
  "TZ",
  "LANG",
  "LANGUAGE",
  "XDG_RUNTIME_DIR",
  "XDG_CONFIG_HOME",
  "XDG_CACHE_HOME",
  "SOFTHSM2_CONF",
  "OPENSC_CONF",
  "OPENSC_DRIVER",
  NULL,
};

static const char *const prefixes[] = { "LC_", "PCSCLITE_", "P11_KIT_", NULL };

char **
eonay_pkcs11_environment_select (const char *const *environment, const char *const *more)
{
  return eonay_host_process_select_environment (environment, names, prefixes, more);
}
