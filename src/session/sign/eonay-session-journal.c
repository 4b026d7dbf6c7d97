#include "session/eonay-journal.h"
#include "session/sign/eonay-session-private.h"

/* Returns: what the change of state stands for in the journal; %EONAY_JOURNAL_N_EVENTS for nothing */
static EonayJournalEvent
find_event (EonaySessionState from, EonaySessionState to, const GError *error)
{
  if (from == EONAY_SESSION_SUBMITTING && to != EONAY_SESSION_SUBMITTING)
    return to == EONAY_SESSION_DONE ? EONAY_JOURNAL_DELIVERED : EONAY_JOURNAL_DELIVERY_FAILED;
  if (to == EONAY_SESSION_DECLINED)
    return EONAY_JOURNAL_TRANSACTION_DECLINED;
  if (to == EONAY_SESSION_EXPIRED)
    return EONAY_JOURNAL_TRANSACTION_EXPIRED;
  if (from == EONAY_SESSION_SIGNING && to == EONAY_SESSION_SUBMITTING)
    return EONAY_JOURNAL_SIGNED;
  if (from == EONAY_SESSION_RESOLVING && to == EONAY_SESSION_REVIEWING)
    return EONAY_JOURNAL_TRANSACTION_OPENED;
  if (error == NULL)
    return EONAY_JOURNAL_N_EVENTS;

  return from == EONAY_SESSION_SIGNING || from == EONAY_SESSION_WAITING_PIN
             ? EONAY_JOURNAL_SIGNING_FAILED
             : EONAY_JOURNAL_TRANSACTION_FAILED;
}

void
eonay_session_write_journal (EonaySession *self, EonaySessionState from, const GError *error)
{
  EonayJournalEvent event = find_event (from, self->state, error);
  EonayJournalEntry entry = { .error = error, .transaction = self->transaction };

  if (self->state == EONAY_SESSION_RESOLVING)
    self->run = eonay_journal_new_run ();
  if (event == EONAY_JOURNAL_N_EVENTS)
    return;

  entry.run = self->run;
  if (self->portal != NULL)
    entry.profile = eonay_portal_get_profile (self->portal);
  if (event == EONAY_JOURNAL_SIGNED)
    entry.n_signed = self->signatures->len;
  eonay_journal_write (event, &entry);
}
