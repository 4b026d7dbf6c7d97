#pragma once

#include "portal/eonay-portal-unblock.h"

G_BEGIN_DECLS

/** The calls of portal/eonay-portal-unblock.h for tests: they wait, and hide nothing. */

EonayPortalSms *unblock_calls_ask (EonayPortal *portal, EonayTransaction *transaction,
                                   const char *card_serial, const char *security_word,
                                   GError **error);

/** Returns: (transfer full): the PUK */
char *unblock_calls_confirm (EonayPortal *portal, EonayTransaction *transaction,
                             const char *sms_code, GError **error);
gboolean unblock_calls_report (EonayPortal *portal, EonayTransaction *transaction,
                               EonayUnblockOutcome outcome, GError **error);

G_END_DECLS
