#pragma once

#include <gio/gio.h>

#include "base/eonay-document-limits.h"
#include "portal/eonay-document.h"

G_BEGIN_DECLS

/** What the person is asked to sign for (protocol version 1, `operation`). */
typedef enum {
  EONAY_OPERATION_LOGIN,
  EONAY_OPERATION_E_ONAY,
  EONAY_OPERATION_E_ONAY_CANCEL,
  EONAY_OPERATION_APPLICATION,
  EONAY_OPERATION_SUSPEND,
  EONAY_OPERATION_UNSUSPEND,
  EONAY_OPERATION_REVOKE,
  EONAY_OPERATION_UPDATE_DETAILS,
  EONAY_OPERATION_UNBLOCK,
} EonayOperation;

#define EONAY_N_OPERATIONS (EONAY_OPERATION_UNBLOCK + 1)

/** Returns: (transfer none): the protocol's word: "e-onay" */
const char *eonay_transaction_operation_to_word (EonayOperation operation);

/** Returns: whether @word is an operation of the protocol; @operation is set then */
gboolean eonay_transaction_operation_from_word (const char *word, EonayOperation *operation);

/** EonayTransaction: the portal's answer to a code. Immutable except for the contents. */
#define EONAY_TYPE_TRANSACTION (eonay_transaction_get_type ())
G_DECLARE_FINAL_TYPE (EonayTransaction, eonay_transaction, EONAY, TRANSACTION, GObject)

/**
 * eonay_transaction_parse:
 * @json: the body of the answer to `resolve`
 * @requested_at: CLOCK_BOOTTIME, microseconds: when the request was sent; `expires_in` counts from
 *   there
 *
 * Returns: (transfer full): %NULL with %EONAY_PORTAL_ERROR_MALFORMED,
 *   %EONAY_PORTAL_ERROR_TOO_LARGE, %EONAY_PORTAL_ERROR_UNKNOWN_OPERATION,
 *   %EONAY_PORTAL_ERROR_UNSUPPORTED_FORMAT, or, for what exceeds base/eonay-document-limits.h,
 *   %EONAY_PORTAL_ERROR_TEXT_TOO_LARGE, %EONAY_PORTAL_ERROR_DOCUMENTS_TOO_MANY or
 *   %EONAY_PORTAL_ERROR_DOCUMENTS_TOO_LARGE
 */
EonayTransaction *eonay_transaction_parse (GBytes *json, gint64 requested_at, GError **error);

const char *eonay_transaction_get_id (EonayTransaction *self);
EonayOperation eonay_transaction_get_operation (EonayTransaction *self);

/** Returns: (transfer none): the portal's name for itself */
const char *eonay_transaction_get_portal_name (EonayTransaction *self);

/** Returns: whether a qualified certificate is required */
gboolean eonay_transaction_requires_qualified (EonayTransaction *self);

/** Returns: (transfer none) (nullable): T.C. Kimlik No of the person the portal expects */
const char *eonay_transaction_get_signer_hint (EonayTransaction *self);

/**
 * Returns: (transfer none) (nullable): for `unblock`, the serial number of the card to unblock, as
 *   from eonay_token_get_serial(); case-insensitive
 */
const char *eonay_transaction_get_card_hint (EonayTransaction *self);

/** Returns: (transfer none): Oluşturma Tarihi */
GDateTime *eonay_transaction_get_created_at (EonayTransaction *self);

/** Returns: CLOCK_BOOTTIME, microseconds */
gint64 eonay_transaction_get_expires_at (EonayTransaction *self);

/** Returns: (transfer none): a model of #EonayDocument, at least one except for `unblock` */
GListModel *eonay_transaction_get_documents (EonayTransaction *self);

G_END_DECLS
