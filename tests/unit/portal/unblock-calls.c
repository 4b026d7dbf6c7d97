#include "unblock-calls.h"

#include <string.h>

#include "portal-rig.h"

EonayPortalSms *
unblock_calls_ask (EonayPortal *portal, EonayTransaction *transaction, const char *card_serial,
                   const char *security_word, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_portal_unblock_async (portal, transaction, card_serial,
                              eonay_secret_new (security_word, strlen (security_word)), NULL,
                              portal_rig_keep_result, &result);

  return eonay_portal_unblock_finish (portal, portal_rig_wait (&result), error);
}

char *
unblock_calls_confirm (EonayPortal *portal, EonayTransaction *transaction, const char *sms_code,
                       GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (EonaySecret) puk = NULL;
  const char *digits;
  gsize length;

  eonay_portal_confirm_unblock_async (portal, transaction,
                                      eonay_secret_new (sms_code, strlen (sms_code)), NULL,
                                      portal_rig_keep_result, &result);
  puk = eonay_portal_confirm_unblock_finish (portal, portal_rig_wait (&result), error);
  if (puk == NULL)
    return NULL;

  digits = (const char *) eonay_secret_peek (puk, &length);

  return g_strndup (digits, length);
}

gboolean
unblock_calls_report (EonayPortal *portal, EonayTransaction *transaction,
                      EonayUnblockOutcome outcome, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_portal_report_unblock_async (portal, transaction, outcome, NULL, portal_rig_keep_result,
                                     &result);

  return eonay_portal_report_unblock_finish (portal, portal_rig_wait (&result), error);
}
