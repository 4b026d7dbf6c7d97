#pragma once

#include "session/eonay-deadline.h"
#include "session/eonay-session.h"

G_BEGIN_DECLS

/* What eonay-session.c (the states) and eonay-session-steps.c (the calls that take time) share. */

struct _EonaySession {
  GObject parent_instance;

  const EonayClock *clock;
  EonaySessionState state;
  EonayPortal *portal;
  EonayTransaction *transaction;
  EonayDeadline *deadline;
  EonayCandidateList *candidates;
  EonayCandidate *candidate;
  guint32 seen; /* a bit a document */
  GError *error;
  GPtrArray *signatures;
  GDateTime *signed_at;
  EonayReceipt *receipt;
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

/** Returns: (transfer full): %EONAY_SESSION_ERROR_EXPIRED */
GError *eonay_session_new_expired_error (void);

G_END_DECLS
