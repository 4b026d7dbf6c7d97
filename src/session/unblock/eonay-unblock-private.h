#pragma once

#include "base/eonay-error.h"
#include "session/eonay-deadline.h"
#include "session/unblock/eonay-unblock.h"

G_BEGIN_DECLS

/*
 * EonayUnblock in three files: eonay-unblock.c has the states, the clocks and what can be asked of
 * it, -card which card is meant, -steps what the person does, how the PUK gets from the portal to
 * the card, and how the portal learns of the end.
 */
struct _EonayUnblock {
  GObject parent_instance;

  const EonayClock *clock;
  EonayUnblockState state;
  EonayPortal *portal;
  EonayTransaction *transaction;
  EonayDeadline *deadline;
  EonayDeadline *sms_deadline;
  EonayPortalSms *sms;
  GError *error;
  GCancellable *cancellable; /* of the running call */

  EonayReaderList *readers;
  GPtrArray *watched; /* tokens whose serial number and tries may become known */
  EonayToken *token;
  EonayTokenCertificate *certificate;
  EonayUnblockCardStatus card_status;
  EonayUnblockState resume; /* the state to continue with once the card is present */
  char *serial;             /* the card reported to the portal: no other is accepted */
  char *refused;            /* the card that the portal refused */

  EonaySecret *sms_code;
  EonaySecret *new_pin;
  int sms_tries_left;      /* -1 when unknown */
  gboolean asked;          /* the portal may have sent its PUK: the outcome has to be reported */
  gboolean presented;      /* the card was given the PUK, and refused the new PIN */
  gboolean confirmed;      /* the portal accepted the SMS code: its clock no longer counts */
  EonayPinState shown;     /* state of the PUK as shown to the person */
  EonayPinConsent consent; /* to the PUK being used */

  EonayUnblockReport report;
  EonayUnblockOutcome outcome;
  guint64 run; /* by which the journal knows this transaction */
};

/**
 * eonay_unblock_go:
 * @error: (transfer full) (nullable): the reason; becomes `error`
 *
 * The one transition function.
 */
void eonay_unblock_go (EonayUnblock *self, EonayUnblockState to, GError *error);

/** Sets `error` (transfer full) (nullable) without a change of state. */
void eonay_unblock_set_error (EonayUnblock *self, GError *error);

/** Returns: whether the state is @state and its clock has not run out */
gboolean eonay_unblock_is_in (EonayUnblock *self, EonayUnblockState state);

/** → WAITING_CARD, and further if the card is present. */
void eonay_unblock_begin (EonayUnblock *self, EonayTransaction *transaction);

/** @sms: (transfer full) (nullable): %NULL if there is none any more */
void eonay_unblock_set_sms (EonayUnblock *self, EonayPortalSms *sms);

/** Returns: whether the SMS code has expired */
gboolean eonay_unblock_is_sms_over (EonayUnblock *self);

/** To WAITING_WORD: the SMS code has expired; the new PIN is kept. */
void eonay_unblock_ask_word_again (EonayUnblock *self, gboolean late);

/** Searches for the card, and changes the state accordingly. */
void eonay_unblock_follow_card (EonayUnblock *self);

/** Sets `card-status` and `token`; does not change the state. */
void eonay_unblock_find_card (EonayUnblock *self);
void eonay_unblock_watch_readers (EonayUnblock *self, EonayReaderList *readers);

/** Stops watching cards. */
void eonay_unblock_unwatch_cards (EonayUnblock *self);

/** Sets the state of the PUK that is shown to the person. */
void eonay_unblock_show_tries (EonayUnblock *self);

/** Returns: whether this card's PUK is blocked */
gboolean eonay_unblock_is_puk_blocked (EonayUnblock *self);

/** Ends in FAILED, and reports to the portal. @error: (transfer full) */
void eonay_unblock_fail (EonayUnblock *self, EonayUnblockOutcome outcome, GError *error);

/**
 * eonay_unblock_end: ends in DECLINED, EXPIRED or FAILED with a card that is as blocked as it was. The
 *   portal learns of it if the person declined, or it may have given its PUK
 * @error: (transfer full) (nullable)
 */
void eonay_unblock_end (EonayUnblock *self, EonayUnblockState state, GError *error);

/** Reports the outcome to the portal. */
void eonay_unblock_report (EonayUnblock *self, EonayUnblockOutcome outcome);

void eonay_unblock_set_report (EonayUnblock *self, EonayUnblockReport report);
void eonay_unblock_set_card_status (EonayUnblock *self, EonayUnblockCardStatus card_status,
                                    EonayToken *token, EonayTokenCertificate *certificate);

G_END_DECLS
