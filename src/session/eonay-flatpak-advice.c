#include "session/eonay-flatpak-advice.h"

#include <glib/gi18n-lib.h>

#include "base/eonay-flatpak.h"

/* A Flatpak reaches what was there when it was started. */
char *
eonay_flatpak_advice_service (const GError *error)
{
  if (!eonay_flatpak_is_inside ())
    return NULL;

  return g_strdup (_ ("Start the pcscd service, then close e-Onay and start it again."));
}

/* A Flatpak loads none of the computer's modules itself. */
char *
eonay_flatpak_advice_module (const GError *error)
{
  if (!eonay_flatpak_is_inside ())
    return NULL;

  return g_strdup (
      _ ("Install the card’s driver (for AKİS: Akia) on the computer, and start a p11-kit "
         "server with its module before e-Onay, as Diagnostics says."));
}
