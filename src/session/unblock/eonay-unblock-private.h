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
  GCancellable *cancellable; /* of the call that is under way */

  EonayReaderList *readers;
  GPtrArray *watched; /* tokens whose serial number and tries may become known */
  EonayToken *token;
  EonayTokenCertificate *certificate;
  EonayUnblockCardStatus card_status;
  EonayUnblockState resume; /* where it goes on once the card is there */
  char *serial;             /* the card that the portal was told of: no other will do */
  char *refused;            /* the card that the portal did not want */

  EonaySecret *sms_code;
  EonaySecret *new_pin;
  int sms_tries_left;      /* -1 when unknown */
  gboolean asked;          /* the portal may have given its PUK: it learns what came of that */
  gboolean confirmed;      /* the portal took the SMS code: its clock no longer counts */
  EonayPinState shown;     /* of the PUK: what the person is asked about */
  EonayPinConsent consent; /* to the PUK being used */

  EonayUnblockReport report;
  EonayUnblockOutcome outcome;
};

/**
 * eonay_unblock_go:
 * @error: (transfer full) (nullable): why; becomes `error`
 *
 * The one transition function.
 */
void eonay_unblock_go (EonayUnblock *self, EonayUnblockState to, GError *error);

/** Sets `error` (transfer full) (nullable) in the state that stays. */
void eonay_unblock_set_error (EonayUnblock *self, GError *error);

/** Returns: whether the state is @state and its clock has not run out */
gboolean eonay_unblock_is_in (EonayUnblock *self, EonayUnblockState state);

/** → WAITING_CARD, and on if the card is there. */
void eonay_unblock_begin (EonayUnblock *self, EonayTransaction *transaction);

/** @sms: (transfer full) (nullable): %NULL when there is none any more */
void eonay_unblock_set_sms (EonayUnblock *self, EonayPortalSms *sms);

/** Returns: whether the SMS code is worth nothing any more */
gboolean eonay_unblock_is_sms_over (EonayUnblock *self);

/** To WAITING_WORD: the SMS code came too late; the new PIN stays. */
void eonay_unblock_ask_word_again (EonayUnblock *self, gboolean late);

/** Looks for the card, and goes where it leads to. */
void eonay_unblock_follow_card (EonayUnblock *self);

/** Tells what is in the readers and which is the card; no state changes. */
void eonay_unblock_look_for_card (EonayUnblock *self);
void eonay_unblock_watch_readers (EonayUnblock *self, EonayReaderList *readers);

/** Lets go of the cards that it followed. */
void eonay_unblock_unwatch_cards (EonayUnblock *self);

/** What is known of the PUK now is what the person is asked about. */
void eonay_unblock_show_tries (EonayUnblock *self);

/** Returns: whether nothing unblocks this card any more */
gboolean eonay_unblock_is_puk_blocked (EonayUnblock *self);

/** Ends in FAILED, and tells the portal. @error: (transfer full) */
void eonay_unblock_fail (EonayUnblock *self, EonayUnblockOutcome outcome, GError *error);

/** Tells the portal how it ended; of what is no unblocking, that it is declined. */
void eonay_unblock_tell (EonayUnblock *self, EonayUnblockOutcome outcome);

void eonay_unblock_set_report (EonayUnblock *self, EonayUnblockReport report);
void eonay_unblock_set_card_status (EonayUnblock *self, EonayUnblockCardStatus card_status,
                                    EonayToken *token, EonayTokenCertificate *certificate);

G_END_DECLS
