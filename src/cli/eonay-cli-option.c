#include "cli/eonay-cli-option.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "practice/card/eonay-practice-card.h"
#include "session/eonay-settings.h"

gboolean
eonay_cli_option_refuse (GError **error, const char *message)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);

  return FALSE;
}

gboolean
eonay_cli_option_read_card (const char *word, gboolean practice, int *card, GError **error)
{
  EonayPracticeCardKind kind;

  *card = EONAY_PRACTICE_CARD_VALID;
  if (word == NULL)
    return TRUE;
  if (!practice)
    return eonay_cli_option_refuse (error, _ ("--card is for --practice."));

  if (eonay_practice_card_kind_from_name (word, &kind) && kind < EONAY_PRACTICE_N_CARDS)
    {
      *card = (int) kind;
      return TRUE;
    }

  return eonay_cli_option_refuse (error, _ ("--card is valid, ec, expired, blocked or two."));
}

gboolean
eonay_cli_option_read_serial (char **serial, GError **error)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *joined = NULL;

  if (*serial == NULL)
    return TRUE;

  parts = g_strsplit_set (*serial, ": ", -1);
  g_clear_pointer (serial, g_free);
  joined = g_strjoinv ("", parts);
  for (char *at = joined; *at != '\0'; at++)
    *at = g_ascii_tolower (*at);
  if (*joined == '\0' || strspn (joined, "0123456789abcdef") != strlen (joined))
    return eonay_cli_option_refuse (
        error, _ ("--certificate takes a serial number in hexadecimal digits."));

  *serial = g_strdup (joined + strspn (joined, "0"));

  return TRUE;
}

gboolean
eonay_cli_option_check_locks (gboolean modules, gboolean experimental, gboolean history,
                              GError **error)
{
  g_autoptr (GSettings) settings = modules || experimental || history ? eonay_settings_new ()
                                                                      : NULL;

  if ((modules || experimental) && settings == NULL)
    return eonay_cli_option_refuse (
        error,
        _ ("--module and --experimental-akis: the settings of e-Onay are not installed, so it "
           "is not known whether your administrator allows them."));
  if (modules && eonay_settings_is_locked (settings, "pkcs11-modules"))
    return eonay_cli_option_refuse (error, _ ("--module: your administrator has set the modules."));
  if (experimental && eonay_settings_is_locked (settings, "experimental-akis") &&
      !g_settings_get_boolean (settings, "experimental-akis"))
    return eonay_cli_option_refuse (
        error, _ ("--experimental-akis: your administrator has switched this off."));
  if (history && eonay_settings_is_locked (settings, "history"))
    return eonay_cli_option_refuse (
        error, _ ("--history and --no-history: your administrator has set what is listed."));

  return TRUE;
}

gboolean
eonay_cli_option_check_descriptor (int fd, const char *message, GError **error)
{
  return fd == -1 || fcntl (fd, F_GETFD) != -1 || eonay_cli_option_refuse (error, message);
}
