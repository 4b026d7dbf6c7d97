#include "cli/eonay-cli-exit.h"

#include "base/eonay-error.h"

static EonayCliExit
exit_for_session_error (int code)
{
  switch (code)
    {
    case EONAY_SESSION_ERROR_CODE_LETTERS:
    case EONAY_SESSION_ERROR_CODE_LENGTH:
    case EONAY_SESSION_ERROR_LINK_MALFORMED:
      return EONAY_CLI_EXIT_USAGE;
    case EONAY_SESSION_ERROR_EXPIRED:
      return EONAY_CLI_EXIT_EXPIRED;
    case EONAY_SESSION_ERROR_NOT_UTF8:
    case EONAY_SESSION_ERROR_HAS_NUL:
    case EONAY_SESSION_ERROR_UNSUPPORTED_DOCUMENT:
    case EONAY_SESSION_ERROR_TEXT_LINE:
    case EONAY_SESSION_ERROR_TEXT_RUN:
    case EONAY_SESSION_ERROR_TEXT_LINES:
    case EONAY_SESSION_ERROR_TEXT_MARKS:
      return EONAY_CLI_EXIT_PORTAL;
    case EONAY_SESSION_ERROR_PDF_UNSHOWN:
      return EONAY_CLI_EXIT_NOT_ACCEPTED;
    case EONAY_SESSION_ERROR_NO_CERTIFICATE:
      return EONAY_CLI_EXIT_CARD;
    default:
      return EONAY_CLI_EXIT_FAILED;
    }
}

static EonayCliExit
exit_for_card_error (const GError *error)
{
  if (eonay_card_error_is_about_pin (error) || error->code == EONAY_CARD_ERROR_NEW_PIN_REFUSED)
    return EONAY_CLI_EXIT_PIN;

  return EONAY_CLI_EXIT_CARD;
}

EonayCliExit
eonay_cli_exit_for_error (const GError *error)
{
  if (error == NULL)
    return EONAY_CLI_EXIT_OK;

  if (error->domain == G_OPTION_ERROR)
    return EONAY_CLI_EXIT_USAGE;
  if (error->domain == EONAY_CARD_ERROR)
    return exit_for_card_error (error);
  if (error->domain == EONAY_SESSION_ERROR)
    return exit_for_session_error (error->code);
  if (g_error_matches (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_EXPIRED))
    return EONAY_CLI_EXIT_EXPIRED;
  if (error->domain == EONAY_PORTAL_ERROR)
    return EONAY_CLI_EXIT_PORTAL;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return EONAY_CLI_EXIT_DECLINED;

  return EONAY_CLI_EXIT_FAILED;
}
