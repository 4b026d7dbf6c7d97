#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/host/eonay-frame-pipe.h"
#include "base/host/eonay-host-process.h"
#include "base/host/eonay-sandbox.h"
#include "card/pkcs11/host/eonay-pkcs11-host-sandbox.h"
#include "card/pkcs11/host/eonay-pkcs11-host-serve.h"

#define EXIT_USAGE 2

/* A PIN must neither get into a core file nor wait in a process that nobody needs any more; and a
   module must not do more than what modules are for. */
static gboolean
seal (const char *module, EonaySandboxLack *lack, GError **error)
{
  g_autoptr (EonaySandboxProfile) profile = eonay_pkcs11_host_sandbox_new (module);

  eonay_secret_init_heap ();
  profile->kept = EONAY_HOST_PROCESS_FD + 1;

  return eonay_sandbox_enter (profile, lack, error);
}

static void
say (EonayPkcs11Says outcome, const EonayPkcs11Answer *answer)
{
  EonayPkcs11Host host = { .fd = EONAY_HOST_PROCESS_FD };

  if (eonay_pkcs11_host_say (&host, outcome, answer))
    eonay_pkcs11_host_say (&host, EONAY_PKCS11_SAYS_END, &(EonayPkcs11Answer){ 0 });
}

static void
say_modules (void)
{
  g_autoptr (GPtrArray) modules = eonay_pkcs11_host_find_registered ();

  say (EONAY_PKCS11_SAYS_MODULES, &(EonayPkcs11Answer){ .modules = modules });
}

static void
say_lack (EonaySandboxLack lack)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  if ((lack & EONAY_SANDBOX_LACKS_FILES) != 0)
    g_ptr_array_add (
        pieces, g_bytes_new_static (EONAY_PKCS11_LACKS_FILES, strlen (EONAY_PKCS11_LACKS_FILES)));
  if ((lack & EONAY_SANDBOX_LACKS_CALLS) != 0)
    g_ptr_array_add (
        pieces, g_bytes_new_static (EONAY_PKCS11_LACKS_CALLS, strlen (EONAY_PKCS11_LACKS_CALLS)));
  say (EONAY_PKCS11_SAYS_MODULES, &(EonayPkcs11Answer){ .modules = pieces });
}

static void
refuse (const GError *error)
{
  g_autoptr (GError) failed = g_error_new (EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_FAILED,
                                           "The module cannot be confined: %s", error->message);

  say (EONAY_PKCS11_SAYS_ERROR, &(EonayPkcs11Answer){ .error = failed });
}

int
main (int argc, char *argv[])
{
  EonaySandboxLack lack;
  g_autoptr (GError) error = NULL;

  if (argc != 2 || !eonay_host_process_begin ())
    {
      fputs ("This program is started by Eonay.\n", stderr);
      return EXIT_USAGE;
    }

  if (!seal (g_str_has_prefix (argv[1], "--") ? NULL : argv[1], &lack, &error))
    refuse (error);
  else if (g_str_equal (argv[1], "--modules"))
    say_modules ();
  else if (g_str_equal (argv[1], "--sandbox"))
    say_lack (lack);
  else
    eonay_pkcs11_host_serve (&(EonayPkcs11Host){ .path = argv[1], .fd = EONAY_HOST_PROCESS_FD });

  /* A module's own clean-up at exit could still crash or hang, and there is nothing left to clean. */
  _exit (0);
}
