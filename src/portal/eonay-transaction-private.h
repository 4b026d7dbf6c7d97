#pragma once

#include "portal/eonay-transaction.h"

G_BEGIN_DECLS

/** For eonay_transaction_parse(): all arguments are valid. @documents: of #EonayDocument */
EonayTransaction *eonay_transaction_new (const char *id, EonayOperation operation,
                                         const char *portal_name, gboolean requires_qualified,
                                         const char *signer_hint, const char *card_hint,
                                         GDateTime *created_at, gint64 expires_at,
                                         GListStore *documents);

G_END_DECLS
