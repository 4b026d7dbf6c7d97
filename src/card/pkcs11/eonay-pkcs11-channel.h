#pragma once

#include "card/pkcs11/eonay-pkcs11-answer.h"
#include "card/pkcs11/eonay-pkcs11-request.h"

G_BEGIN_DECLS

/**
 * EonayPkcs11Channel: a module host and the pipe to it. The host is started when there is
 * something to ask, and again after it has died. Blocking: one thread, never the main one.
 */
typedef struct _EonayPkcs11Channel EonayPkcs11Channel;

/** @argument: the module's absolute path */
EonayPkcs11Channel *eonay_pkcs11_channel_new (const char *argument);

/** Lets the host end by itself; for a moment only. */
void eonay_pkcs11_channel_free (EonayPkcs11Channel *self);

/** As eonay_pkcs11_channel_free(); the next question starts a host again. */
void eonay_pkcs11_channel_close (EonayPkcs11Channel *self);

/**
 * eonay_pkcs11_channel_ask:
 * @request: (nullable): its secrets are sent when the host asks for them, and then wiped: what it
 *   still has afterwards has not left this process; %NULL for a host that answers without being asked
 * @limit: milliseconds for the whole request, after which the host is ended; nothing that the
 *   host says on the way renews them
 *
 * Returns: (transfer full): with an outcome, which may be an error; else %NULL with
 *   %EONAY_CARD_ERROR_MODULE_CRASHED, _HUNG or _FAILED, which carries what the host said of the PIN,
 *   or why eonay_token_request_may_go_on() says no when the host asks for it
 */
EonayPkcs11Answer *eonay_pkcs11_channel_ask (EonayPkcs11Channel *self, EonayPkcs11Request *request,
                                             guint limit, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPkcs11Channel, eonay_pkcs11_channel_free)

G_END_DECLS
