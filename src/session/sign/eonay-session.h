#pragma once

#include <gio/gio.h>

#include "base/eonay-clock.h"
#include "base/eonay-secret.h"
#include "card/token/eonay-pin-consent.h"
#include "portal/eonay-portal.h"
#include "session/history/eonay-history.h"
#include "session/sign/eonay-candidate.h"
#include "signature/pades/eonay-pades.h"

G_BEGIN_DECLS

typedef enum {
  EONAY_SESSION_IDLE,        /* no code yet */
  EONAY_SESSION_RESOLVING,   /* asking the portal */
  EONAY_SESSION_REVIEWING,   /* the person reads and chooses */
  EONAY_SESSION_WAITING_PIN, /* the PIN is asked for */
  EONAY_SESSION_SIGNING,     /* the card signs */
  EONAY_SESSION_SUBMITTING,  /* a signature exists and is being submitted */
  EONAY_SESSION_DONE,
  EONAY_SESSION_DECLINED,
  EONAY_SESSION_EXPIRED,
  EONAY_SESSION_FAILED,
} EonaySessionState;

#define EONAY_SESSION_N_STATES (EONAY_SESSION_FAILED + 1)
#define EONAY_TYPE_SESSION_STATE (eonay_session_state_get_type ())
GType eonay_session_state_get_type (void);

/**
 * eonay_session_may_go:
 *
 * The one table of edges:
 *
 *     IDLE        → RESOLVING, REVIEWING (handed over)
 *     RESOLVING   → REVIEWING, IDLE (wrong code, cancelled), EXPIRED, FAILED
 *     REVIEWING   → WAITING_PIN, IDLE (handed over), DECLINED, EXPIRED, FAILED
 *     WAITING_PIN → SIGNING, REVIEWING (cancelled, card pulled), DECLINED, EXPIRED
 *     SIGNING     → SUBMITTING, WAITING_PIN (wrong PIN, no consent), REVIEWING (card failed, pulled,
 *                   blocked), EXPIRED, FAILED
 *     SUBMITTING  → DONE, SUBMITTING (retry), EXPIRED, FAILED
 *     FAILED      → SUBMITTING (retry: signatures are kept), IDLE
 *     EXPIRED     → IDLE;  DONE → IDLE;  DECLINED → IDLE
 *
 * Returns: whether @from → @to is an edge
 */
gboolean eonay_session_may_go (EonaySessionState from, EonaySessionState to);

/** Whether the portal was told that the person declined. */
typedef enum {
  EONAY_SESSION_REPORT_NONE, /* nothing to tell */
  EONAY_SESSION_REPORT_TELLING,
  EONAY_SESSION_REPORT_TOLD,
  EONAY_SESSION_REPORT_UNTOLD, /* `error` says why; the transaction expires by itself */
} EonaySessionReport;

#define EONAY_TYPE_SESSION_REPORT (eonay_session_report_get_type ())
GType eonay_session_report_get_type (void);

/**
 * EonaySession: one signing, from code to receipt. No GTK. Main thread.
 *
 * Properties, all with notify: `state`; `transaction` (%NULL before REVIEWING); `seconds-left`
 * (uint, 0 without a transaction); `candidate` (nullable); `error` (GError, the last error; cleared
 * by the next successful step); `report` (in DECLINED).
 *
 * The clock expires REVIEWING and WAITING_PIN at once. A signature that the card is making when it
 * runs out is completed; a signature made before the deadline is always submitted, and the portal
 * decides.
 */
#define EONAY_TYPE_SESSION (eonay_session_get_type ())
G_DECLARE_FINAL_TYPE (EonaySession, eonay_session, EONAY, SESSION, GObject)

/** @clock: (nullable): must outlive the session */
EonaySession *eonay_session_new (const EonayClock *clock);

EonaySessionState eonay_session_get_state (EonaySession *self);

/** Returns: (transfer none) (nullable) */
EonayTransaction *eonay_session_get_transaction (EonaySession *self);

guint eonay_session_get_seconds_left (EonaySession *self);

/** Returns: (transfer none) (nullable) */
const GError *eonay_session_get_error (EonaySession *self);

EonaySessionReport eonay_session_get_report (EonaySession *self);

/** Returns: (transfer full) (nullable): when the transaction expires, by the clock of this computer */
GDateTime *eonay_session_get_expiry (EonaySession *self);

/**
 * eonay_session_resolve_async:
 * @portal: to ask
 * @code: 15 digits (eonay_code_parse())
 *
 * IDLE → RESOLVING → REVIEWING. Every document is present, matches its digest and can be shown; every
 * PDF was inspected (eonay_session_get_inspection()) and can be signed. A
 * transaction of operation `unblock` has no documents and is never signed: it has to be handed
 * over.
 */
void eonay_session_resolve_async (EonaySession *self, EonayPortal *portal, const char *code,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean eonay_session_resolve_finish (EonaySession *self, GAsyncResult *result, GError **error);

/**
 * eonay_session_steal_transaction: REVIEWING → IDLE
 * @portal: (out) (transfer full): its portal
 *
 * Hands over a transaction that is not for signing, as the code is valid once. The portal is not
 * notified.
 *
 * Returns: (transfer full) (nullable): %NULL in any other state
 */
EonayTransaction *eonay_session_steal_transaction (EonaySession *self, EonayPortal **portal);

/**
 * eonay_session_take_transaction: IDLE → RESOLVING → REVIEWING
 * @transaction: resolved elsewhere, at @portal
 *
 * Without a PDF it is REVIEWING at once. A PDF that cannot be signed ends it, as after
 * eonay_session_resolve_async().
 *
 * Returns: %FALSE if it cannot be shown or has expired, in which case it stays IDLE, or in any
 *   other state
 */
gboolean eonay_session_take_transaction (EonaySession *self, EonayPortal *portal,
                                         EonayTransaction *transaction, GError **error);

/**
 * eonay_session_set_candidates:
 * @candidates: (nullable): the certificates to choose from
 *
 * The session sets its transaction on @candidates, follows a chosen certificate whose reasons
 * change, and drops it when its card is removed (WAITING_PIN → REVIEWING with
 * %EONAY_CARD_ERROR_REMOVED).
 */
void eonay_session_set_candidates (EonaySession *self, EonayCandidateList *candidates);

/**
 * eonay_session_set_history:
 * @history: (nullable): where signatures are recorded
 *
 * An entry for each document is durable before the card is asked to sign, if the disk allows it
 * within %EONAY_HISTORY_TIMEOUT; it follows the outcome of the signature. A card that refuses a PIN
 * leaves no entry.
 */
void eonay_session_set_history (EonaySession *self, EonayHistory *history);

/** @check: (nullable): compares the pages of each PDF that is signed with those that were shown */
void eonay_session_set_check (EonaySession *self, EonayPadesCheck check);

/**
 * Marks document number @index as seen: laid out completely, and its end drawn on screen. Does
 * nothing while it has a fault.
 */
void eonay_session_mark_seen (EonaySession *self, guint index);

/**
 * eonay_session_set_fault:
 * @error: (nullable): why document number @index cannot be shown completely in its present layout
 *
 * With a fault nothing can be signed, whatever was seen before.
 */
void eonay_session_set_fault (EonaySession *self, guint index, const GError *error);
gboolean eonay_session_was_seen (EonaySession *self, guint index);

/**
 * eonay_session_get_inspection:
 *
 * Returns: (transfer none) (nullable): what is known of document number @index, from REVIEWING on;
 *   %NULL if it is no PDF
 */
EonayPdfInspection *eonay_session_get_inspection (EonaySession *self, guint index);

/**
 * eonay_session_note_incomplete:
 * @n_pages: of document number @index, on which something could not be drawn
 *
 * If they are more than before there is another warning to be read.
 */
void eonay_session_note_incomplete (EonaySession *self, guint index, guint n_pages);

/** Marks that a person was shown the warnings of document number @index, and has read them. */
void eonay_session_mark_warned (EonaySession *self, guint index);

/** Returns: whether they were read, or there are none */
gboolean eonay_session_was_warned (EonaySession *self, guint index);

/** Returns: (transfer none) (nullable) */
EonayCandidate *eonay_session_get_candidate (EonaySession *self);

/** @candidate: (nullable): chosen in REVIEWING; ignored in any other state */
void eonay_session_set_candidate (EonaySession *self, EonayCandidate *candidate);

/**
 * Returns: whether every document was seen, with its warnings, and a usable certificate is chosen; else
 *   the fault of a document, %EONAY_SESSION_ERROR_NOT_REVIEWED (of a text), _PAGES_NOT_SEEN,
 *   _WARNING_NOT_READ or _NO_CERTIFICATE says why
 */
gboolean eonay_session_can_sign (EonaySession *self, GError **error);

/** REVIEWING → WAITING_PIN, if eonay_session_can_sign(). */
gboolean eonay_session_ask_pin (EonaySession *self, GError **error);

/** WAITING_PIN → REVIEWING. */
void eonay_session_cancel_pin (EonaySession *self);

/**
 * eonay_session_sign_async:
 * @pin: (transfer full) (nullable): freshly typed; %NULL if the token's PIN is typed on the reader
 *   (eonay_token_get_pin_entry()), which starts with this call
 * @consent: what the person was shown of the candidate's PIN when typing it
 *
 * WAITING_PIN → SIGNING → SUBMITTING → DONE. After a wrong PIN: WAITING_PIN again, with
 * %EONAY_CARD_ERROR_PIN_WRONG and the tries left; likewise with %EONAY_CARD_ERROR_LAST_TRY and
 * _TRIES_NOT_SHOWN, to be asked again. If the clock has run out meanwhile: EXPIRED, with the card's
 * error if a try was or may have been spent, else %EONAY_SESSION_ERROR_EXPIRED. After another card
 * error: REVIEWING, with that error; nothing is lost and the person may try again while there is
 * time.
 */
void eonay_session_sign_async (EonaySession *self, EonaySecret *pin, const EonayPinConsent *consent,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean eonay_session_sign_finish (EonaySession *self, GAsyncResult *result, GError **error);

/** Submits the existing signatures again: FAILED → SUBMITTING. */
void eonay_session_submit_again_async (EonaySession *self, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
gboolean eonay_session_submit_again_finish (EonaySession *self, GAsyncResult *result,
                                            GError **error);

/** REVIEWING or WAITING_PIN → DECLINED; the portal is notified, but not waited for: `report`. */
void eonay_session_decline (EonaySession *self);

/** Reads the clock now; for tests with their own clock. */
void eonay_session_update (EonaySession *self);

/** Back to IDLE from an end state; drops the signatures. */
void eonay_session_reset (EonaySession *self);

/** Returns: (transfer none) (nullable) (element-type GBytes): DER, once made, in any state */
GPtrArray *eonay_session_get_signatures (EonaySession *self);

/** Returns: whether a submission was started, so that the portal may have the signatures */
gboolean eonay_session_is_sent (EonaySession *self);

/** Returns: (transfer none) (nullable): İmzalama Tarihi, once signed */
GDateTime *eonay_session_get_signed_at (EonaySession *self);

/** Returns: (transfer none) (nullable): in DONE */
const EonayPortalReceipt *eonay_session_get_receipt (EonaySession *self);

G_END_DECLS
