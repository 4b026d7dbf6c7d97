#pragma once

#include <gio/gio.h>

#include "base/eonay-clock.h"
#include "practice/portal/eonay-practice-unblocking.h"

G_BEGIN_DECLS

/**
 * EonayPracticePortal: a portal for protocol version 1 over TLS on a loopback address, with a
 * certificate of a CA that it makes at start. It really verifies what it receives. Besides the API
 * it answers `POST /practice/transactions` and `GET /practice/transactions/{id}` (the browser's
 * part). Everything that it issues is marked DENEME.
 *
 * Signal "changed": the state of an unblocking changed: it was created, a message was sent, a try
 * was spent, it has ended (not emitted when it expires).
 *
 * Main thread (or the thread whose main context was the default at start).
 */
#define EONAY_TYPE_PRACTICE_PORTAL (eonay_practice_portal_get_type ())
G_DECLARE_FINAL_TYPE (EonayPracticePortal, eonay_practice_portal, EONAY, PRACTICE_PORTAL, GObject)

/** @clock: (nullable): must outlive the portal */
EonayPracticePortal *eonay_practice_portal_new (const EonayClock *clock);

/** Adds accepted signer CAs (PEM, one or more). May be called at any time. */
gboolean eonay_practice_portal_trust (EonayPracticePortal *self, const char *pem, GError **error);

/**
 * eonay_practice_portal_start:
 * @port: 0 for any free one
 * @ca_folder: an existing private folder: `tls-ca.pem` is written there
 */
gboolean eonay_practice_portal_start (EonayPracticePortal *self, guint16 port,
                                      const char *ca_folder, GError **error);
void eonay_practice_portal_stop (EonayPracticePortal *self);

/** Returns: (transfer none): "https://localhost:PORT/" */
const char *eonay_practice_portal_get_base_url (EonayPracticePortal *self);

/** Returns: (transfer none): absolute path of the PEM of the CA of its TLS certificate */
const char *eonay_practice_portal_get_tls_ca_file (EonayPracticePortal *self);

/**
 * eonay_practice_portal_create:
 * @operation: a word of the protocol: "login", "e-onay", "e-onay-cancel", "application", "unblock"
 * @validity: seconds
 * @signer_hint: (nullable): T.C. Kimlik No of the only person who may sign
 *
 * Returns: (transfer full): the 15-digit code; %NULL if @operation is not supported
 */
char *eonay_practice_portal_create (EonayPracticePortal *self, const char *operation,
                                    guint validity, const char *signer_hint, GError **error);

/**
 * eonay_practice_portal_create_faulty:
 * @fault: (nullable): the fault to inject, a word of practice/portal/eonay-practice-fault.h: "cut",
 *   "503-once", "text-bidi", …
 *
 * Like eonay_practice_portal_create(), for tests.
 */
char *eonay_practice_portal_create_faulty (EonayPracticePortal *self, const char *operation,
                                           guint validity, const char *signer_hint,
                                           const char *fault, GError **error);

/**
 * eonay_practice_portal_set_usual:
 *
 * Sets the defaults of unblockings.
 *
 * Returns: %FALSE with %G_IO_ERROR_INVALID_ARGUMENT for values that the protocol does not allow
 */
gboolean eonay_practice_portal_set_usual (EonayPracticePortal *self,
                                          const EonayPracticeUnblockWish *wish, GError **error);

/**
 * eonay_practice_portal_create_unblock:
 * @wish: (nullable): omitted members have the portal's defaults
 * @fault: (nullable): as for eonay_practice_portal_create_faulty()
 *
 * Returns: (transfer full): the 15-digit code of an `unblock` transaction
 */
char *eonay_practice_portal_create_unblock (EonayPracticePortal *self, guint validity,
                                            const EonayPracticeUnblockWish *wish, const char *fault,
                                            GError **error);

/**
 * Returns: (transfer none) (nullable): the latest unblocking while it is open; %NULL if it has
 *   ended or there was none
 */
const EonayPracticeUnblocking *eonay_practice_portal_peek_unblocking (EonayPracticePortal *self);

/**
 * eonay_practice_portal_describe:
 * @code: of a transaction of this portal
 *
 * Returns: (transfer full) (nullable): the transaction as JSON, as `GET
 *   /practice/transactions/{id}` answers it: state, operation, documents, received signatures
 *   (base64), signer, receipt
 */
char *eonay_practice_portal_describe (EonayPracticePortal *self, const char *code);

G_END_DECLS
