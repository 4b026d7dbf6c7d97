#pragma once

#include "session/eonay-deadline.h"
#include "session/sign/eonay-session.h"

G_BEGIN_DECLS

/*
 * What eonay-session.c (the states and the review) and eonay-session-steps.c (the calls that take
 * time, and what the history learns of them) share.
 */

struct _EonaySession {
  GObject parent_instance;

  const EonayClock *clock;
  EonaySessionState state;
  EonayPortal *portal;
  EonayTransaction *transaction;
  EonayDeadline *deadline;
  EonayCandidateList *candidates;
  EonayCandidate *candidate;
  guint32 seen;                        /* a bit a document */
  GError *faults[EONAY_DOCUMENTS_MAX]; /* why a document cannot be shown whole */
  GError *error;
  GPtrArray *signatures;
  gboolean sent; /* the portal may have @signatures */
  GDateTime *signed_at;
  EonayPortalReceipt *receipt;
  EonayHistory *history;
  GPtrArray *record; /* EonayHistoryEntry: of the last signing, as it began; %NULL without one */
};

G_STATIC_ASSERT (EONAY_DOCUMENTS_MAX <= 32);

/**
 * eonay_session_go:
 * @error: (transfer full) (nullable): why; becomes the session's `error`
 *
 * The one transition function.
 */
void eonay_session_go (EonaySession *self, EonaySessionState to, GError *error);

/** Returns: whether the state is @state and its clock has not run out; else an error says so */
gboolean eonay_session_is_in (EonaySession *self, EonaySessionState state, GError **error);

/** RESOLVING → REVIEWING. */
void eonay_session_start_review (EonaySession *self, EonayTransaction *transaction,
                                 EonayDeadline *deadline);

/** Looks whether the chosen certificate is still there. */
void eonay_session_follow_candidate (EonaySession *self);

/** What was begun ended with @error; an entry for which the card did nothing goes. */
void eonay_session_record_failure (EonaySession *self, const GError *error);

/** Returns: (transfer full): %EONAY_SESSION_ERROR_EXPIRED */
GError *eonay_session_new_expired_error (void);

G_END_DECLS
