#pragma once

#include <gio/gio.h>

#include "base/eonay-clock.h"
#include "base/eonay-secret.h"
#include "card/reader/eonay-reader-list.h"
#include "portal/eonay-portal-unblock.h"
#include "portal/eonay-portal.h"

G_BEGIN_DECLS

typedef enum {
  EONAY_UNBLOCK_IDLE,         /* no code yet */
  EONAY_UNBLOCK_RESOLVING,    /* asking the portal */
  EONAY_UNBLOCK_OTHER,        /* the code was for another operation, to be handed over */
  EONAY_UNBLOCK_WAITING_CARD, /* the named card is not in a reader, or not read yet */
  EONAY_UNBLOCK_WAITING_WORD, /* the security word is asked for */
  EONAY_UNBLOCK_SENDING_WORD,
  EONAY_UNBLOCK_WAITING_SMS, /* the code of the SMS is asked for */
  EONAY_UNBLOCK_WAITING_PIN, /* the new PIN is asked for */
  EONAY_UNBLOCK_READY,       /* all is typed, and needs the person's confirmation */
  EONAY_UNBLOCK_CONFIRMING,  /* the PUK is being requested */
  EONAY_UNBLOCK_UNBLOCKING,  /* the card is at work */
  EONAY_UNBLOCK_DONE,
  EONAY_UNBLOCK_DECLINED,
  EONAY_UNBLOCK_EXPIRED,
  EONAY_UNBLOCK_FAILED,
} EonayUnblockState;

#define EONAY_UNBLOCK_N_STATES (EONAY_UNBLOCK_FAILED + 1)
#define EONAY_TYPE_UNBLOCK_STATE (eonay_unblock_state_get_type ())
GType eonay_unblock_state_get_type (void);

/**
 * eonay_unblock_may_go:
 *
 * The one table of edges. "asked" stands for WAITING_WORD, WAITING_SMS, WAITING_PIN and READY:
 *
 *     IDLE         → RESOLVING, WAITING_CARD (handed over)
 *     RESOLVING    → WAITING_CARD, OTHER, IDLE (wrong code, cancelled), EXPIRED, FAILED
 *     OTHER        → IDLE (handed over), DECLINED, EXPIRED
 *     WAITING_CARD → asked (the card is there), DECLINED, EXPIRED, FAILED (PUK blocked)
 *     WAITING_WORD → SENDING_WORD, WAITING_CARD (pulled), DECLINED, EXPIRED, FAILED
 *     SENDING_WORD → WAITING_SMS, WAITING_WORD (wrong, cancelled, network), WAITING_CARD (not the
 *                    holder's card), DECLINED, EXPIRED, FAILED
 *     WAITING_SMS  → WAITING_PIN, CONFIRMING and READY (the new PIN is there already),
 *                    WAITING_WORD (late, another SMS), WAITING_CARD, DECLINED, EXPIRED, FAILED
 *     WAITING_PIN  → CONFIRMING, READY (last PUK try), WAITING_WORD (SMS too late), WAITING_CARD,
 *                    DECLINED, EXPIRED, FAILED
 *     READY        → CONFIRMING, WAITING_WORD (SMS too late), WAITING_CARD, DECLINED, EXPIRED,
 *                    FAILED
 *     CONFIRMING   → UNBLOCKING, WAITING_SMS (wrong code), WAITING_WORD (late), READY (network),
 *                    WAITING_CARD (pulled), DECLINED, EXPIRED, FAILED
 *     UNBLOCKING   → DONE, WAITING_PIN (the card does not take it; the card was not asked),
 *                    EXPIRED, FAILED
 *     DONE, DECLINED, EXPIRED, FAILED → IDLE
 *
 * Returns: whether @from → @to is an edge
 */
gboolean eonay_unblock_may_go (EonayUnblockState from, EonayUnblockState to);

/** The readers' content with respect to the transaction. */
typedef enum {
  EONAY_UNBLOCK_CARD_NONE,    /* no card */
  EONAY_UNBLOCK_CARD_READING, /* a card is being read */
  EONAY_UNBLOCK_CARD_OTHER,   /* a card, but not the named one */
  EONAY_UNBLOCK_CARD_UNKNOWN, /* a card that cannot be read, or used without a module */
  EONAY_UNBLOCK_CARD_THERE,   /* the named one: it is `token` */
} EonayUnblockCardStatus;

#define EONAY_TYPE_UNBLOCK_CARD_STATUS (eonay_unblock_card_status_get_type ())
GType eonay_unblock_card_status_get_type (void);

/** Whether the outcome was reported to the portal. */
typedef enum {
  EONAY_UNBLOCK_REPORT_NONE,    /* nothing to report, or the portal ended it itself */
  EONAY_UNBLOCK_REPORT_TELLING, /* being reported, with back-off */
  EONAY_UNBLOCK_REPORT_TOLD,
  EONAY_UNBLOCK_REPORT_UNTOLD, /* failed; eonay_unblock_report_again() tries again */
} EonayUnblockReport;

#define EONAY_TYPE_UNBLOCK_REPORT (eonay_unblock_report_get_type ())
GType eonay_unblock_report_get_type (void);

/**
 * EonayUnblock: Kilit Çözme through the portal, from code to unblocked card. No GTK. Main thread.
 *
 * The portal's PUK is requested last: by then the named card is in the reader and accepts the
 * length and characters of the new PIN. The PUK is passed from the portal's answer to the card's
 * request, is used once and wiped; neither it nor what was typed is ever exposed.
 *
 * Asynchronous calls end in a change of state; errors are in `error`. Properties, all with notify:
 * `state`; `transaction`; `seconds-left` (uint, 0 without a clock); `sms-seconds-left` (uint, 0
 * without a valid SMS); `sms` (string: the masked number, nullable); `token` (nullable: the named
 * card, while it is in a reader); `card-status`; `error` (GError, cleared by the next successful
 * step); `report`.
 *
 * The clock expires every state that waits for the person. A PUK sent by the portal is used even if
 * it arrives late.
 */
#define EONAY_TYPE_UNBLOCK (eonay_unblock_get_type ())
G_DECLARE_FINAL_TYPE (EonayUnblock, eonay_unblock, EONAY, UNBLOCK, GObject)

/** @clock: (nullable): must outlive it */
EonayUnblock *eonay_unblock_new (EonayReaderList *readers, const EonayClock *clock);

EonayUnblockState eonay_unblock_get_state (EonayUnblock *self);
EonayUnblockCardStatus eonay_unblock_get_card_status (EonayUnblock *self);
EonayUnblockReport eonay_unblock_get_report (EonayUnblock *self);

/** Returns: (transfer none) (nullable) */
EonayTransaction *eonay_unblock_get_transaction (EonayUnblock *self);

/** Returns: (transfer none) (nullable) */
EonayToken *eonay_unblock_get_token (EonayUnblock *self);

/**
 * Returns: (transfer none) (nullable): serial number of the named card: the one reported to the
 *   portal, else the one named by it
 */
const char *eonay_unblock_get_card_serial (EonayUnblock *self);

/** Returns: (transfer none) (nullable): selects the PIN of its key; %NULL for the card's first */
EonayTokenCertificate *eonay_unblock_get_certificate (EonayUnblock *self);

guint eonay_unblock_get_seconds_left (EonayUnblock *self);
guint eonay_unblock_get_sms_seconds_left (EonayUnblock *self);

/** Returns: (transfer none) (nullable): where the SMS went, masked */
const char *eonay_unblock_get_sms_number (EonayUnblock *self);

/** Returns: how often the SMS code may still be typed wrongly; -1 when unknown */
int eonay_unblock_get_sms_tries_left (EonayUnblock *self);

/**
 * Returns: whether a wrong PUK would block the card for good; in READY a change is notified as
 *   `state`
 */
gboolean eonay_unblock_is_last_try (EonayUnblock *self);

/** Returns: (transfer none) (nullable) */
const GError *eonay_unblock_get_error (EonayUnblock *self);

/** IDLE → RESOLVING → WAITING_CARD (→ WAITING_WORD), or OTHER. @code: 15 digits */
void eonay_unblock_resolve (EonayUnblock *self, EonayPortal *portal, const char *code);

/** IDLE → WAITING_CARD, with one that was resolved elsewhere, as the code is valid once. */
void eonay_unblock_take_transaction (EonayUnblock *self, EonayPortal *portal,
                                     EonayTransaction *transaction);

/**
 * eonay_unblock_steal_transaction: OTHER → IDLE
 * @portal: (out) (transfer full): its portal
 *
 * Returns: (transfer full) (nullable): the code's transaction; %NULL in any other state
 */
EonayTransaction *eonay_unblock_steal_transaction (EonayUnblock *self, EonayPortal **portal);

/** WAITING_WORD → SENDING_WORD. @word: (transfer full): freshly typed, sent once */
void eonay_unblock_send_word (EonayUnblock *self, EonaySecret *word);

/** WAITING_SMS → WAITING_PIN, or further if the new PIN is known. @code: (transfer full) */
void eonay_unblock_take_sms_code (EonayUnblock *self, EonaySecret *code);

/** WAITING_SMS → WAITING_WORD: the SMS did not come. */
void eonay_unblock_renew_sms (EonayUnblock *self);

/**
 * eonay_unblock_take_new_pin: WAITING_PIN → CONFIRMING, or READY before the last PUK try
 * @pin: (transfer full): what eonay_pin_rules_allow() on this card; with any other the state stays,
 *   with %EONAY_CARD_ERROR_PIN_LENGTH or %EONAY_SESSION_ERROR_WEAK_PIN
 */
void eonay_unblock_take_new_pin (EonayUnblock *self, EonaySecret *pin);

/** READY → CONFIRMING. */
void eonay_unblock_go_on (EonayUnblock *self);

/** RESOLVING → IDLE, SENDING_WORD → WAITING_WORD; ignored in any other state. */
void eonay_unblock_cancel (EonayUnblock *self);

/**
 * eonay_unblock_decline:
 *
 * Ends it, as the person said, and reports that to the portal; ignored in an end state and while the
 * card is working. Nothing is reported of a code for another operation, as nobody has seen what it
 * is for.
 */
void eonay_unblock_decline (EonayUnblock *self);

/**
 * eonay_unblock_abandon:
 *
 * Like eonay_unblock_decline() where the person was not asked: the portal is told nothing and lets the
 * transaction expire, unless it may have given its PUK: then that the card is still blocked.
 */
void eonay_unblock_abandon (EonayUnblock *self);

/** UNTOLD → TELLING. */
void eonay_unblock_report_again (EonayUnblock *self);

/** Back to IDLE from an end state. */
void eonay_unblock_reset (EonayUnblock *self);

/** Reads the clock now; for tests with their own clock. */
void eonay_unblock_update (EonayUnblock *self);

/**
 * eonay_unblock_card_fits:
 * @card_hint: (nullable): the serial number of the named card
 * @signer_hint: (nullable): T.C. Kimlik No of its holder
 *
 * Serial numbers are compared without case, spaces and punctuation. A card whose certificates name
 * no holder is identified by its number.
 *
 * Returns: whether @token can be the named card
 */
gboolean eonay_unblock_card_fits (EonayToken *token, const char *card_hint,
                                  const char *signer_hint);

G_END_DECLS
