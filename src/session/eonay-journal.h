#pragma once

#include "card/reader/eonay-reader-list.h"
#include "portal/eonay-portal-profile.h"
#include "portal/eonay-transaction.h"

G_BEGIN_DECLS

/*
 * What happened, for an administrator: entries of the system's journal (systemd's native protocol), off
 * unless the setting `journal` is on. EONAY_JOURNAL=stderr in the environment has them printed on
 * standard error instead, whatever the setting says.
 *
 * There is no way to pass a text to it: an entry has words of fixed tables, numbers, the id of an
 * installed portal, and a number drawn at random for a signing. So no PIN, code, name, path or
 * document can get there by mistake. Nothing waits for it, and nothing fails with it. Main thread.
 *
 * The names of the fields and events, and the MESSAGE_IDs, are stable: administrators search for them.
 */

typedef enum {
  EONAY_JOURNAL_TRANSACTION_OPENED,   /* a portal's code was resolved */
  EONAY_JOURNAL_TRANSACTION_FAILED,   /* it was not, or its documents cannot be signed */
  EONAY_JOURNAL_TRANSACTION_DECLINED, /* by the person */
  EONAY_JOURNAL_TRANSACTION_EXPIRED,
  EONAY_JOURNAL_SIGNED,
  EONAY_JOURNAL_SIGNING_FAILED, /* by card or PIN; the person may try again */
  EONAY_JOURNAL_DELIVERED,
  EONAY_JOURNAL_DELIVERY_FAILED,
  EONAY_JOURNAL_FILES_SIGNED, /* the person's own; some of them may have failed */
  EONAY_JOURNAL_FILES_FAILED, /* none was signed */
  EONAY_JOURNAL_PIN_CHANGED,
  EONAY_JOURNAL_PIN_CHANGE_FAILED,
  EONAY_JOURNAL_UNBLOCKED,
  EONAY_JOURNAL_UNBLOCKING_FAILED,
  EONAY_JOURNAL_CARD_FAILED, /* a card in a reader cannot be used */
  EONAY_JOURNAL_CHECK_FAILED /* a line of the diagnosis */
} EonayJournalEvent;

#define EONAY_JOURNAL_N_EVENTS (EONAY_JOURNAL_CHECK_FAILED + 1)

/**
 * EonayJournalEntry: what an event is about; all may be left out.
 *
 * @error: becomes EONAY_CODE, the short code of the table of advice, and EONAY_TRIES_LEFT
 * @code: (nullable): EONAY_CODE, where there is no error
 * @check: (nullable): EONAY_CHECK: the id of a check of the diagnosis
 * @transaction: (nullable): EONAY_OPERATION
 * @profile: (nullable): EONAY_PORTAL, "own" for one that the person has added; EONAY_PRACTICE=1
 * @run: EONAY_TRANSACTION: what eonay_journal_new_run() has drawn; 0 for none
 * @n_signed: EONAY_SIGNED
 * @n_failed: EONAY_FAILED
 */
typedef struct {
  const GError *error;
  const char *code;
  const char *check;
  EonayTransaction *transaction;
  EonayPortalProfile *profile;
  guint64 run;
  guint n_signed;
  guint n_failed;
} EonayJournalEntry;

void eonay_journal_write (EonayJournalEvent event, const EonayJournalEntry *entry);

/** Writes that a PIN was changed, or a card unblocked with a typed PUK; or not, because of @error
 *  (nullable). What the person cancelled is not written. */
void eonay_journal_write_request (EonayTokenRequestKind kind, const GError *error);

/** Returns: a number at random, by which the entries of one signing are known as such */
guint64 eonay_journal_new_run (void);

/** Writes each card of @readers that cannot be used, once each time that it is read. */
void eonay_journal_follow_readers (EonayReaderList *readers);

G_END_DECLS
