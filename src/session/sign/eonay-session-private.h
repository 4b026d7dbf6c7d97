#pragma once

#include "session/eonay-deadline.h"
#include "session/sign/eonay-session.h"

G_BEGIN_DECLS

/*
 * What eonay-session.c (the states), eonay-session-review.c (what a person has looked at, and may sign),
 * eonay-session-steps.c (the calls that take time, and what the history learns of them) and
 * eonay-session-journal.c (what the journal learns of the states) share.
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
  GPtrArray *inspections;                  /* EonayPdfInspection or %NULL for each document */
  guint32 seen;                            /* a bit per document */
  guint32 warned;                          /* a bit per document: its warnings were read */
  guint n_incomplete[EONAY_DOCUMENTS_MAX]; /* pages of a document that could not be drawn whole */
  GError *faults[EONAY_DOCUMENTS_MAX];     /* why a document cannot be shown completely */
  GError *error;
  EonaySessionReport report;
  GPtrArray *signatures;
  gboolean sent; /* the portal may have @signatures */
  EonayPadesCheck check;
  GDateTime *signed_at;
  EonayPortalReceipt *receipt;
  EonayHistory *history;
  GPtrArray *record; /* EonayHistoryEntry: of the last signing, BEGUN; %NULL without one */
  guint64 run;       /* by which the journal knows this transaction */
};

G_STATIC_ASSERT (EONAY_DOCUMENTS_MAX <= 32);

/**
 * eonay_session_go:
 * @error: (transfer full) (nullable): the reason; becomes the session's `error`
 *
 * The one transition function.
 */
void eonay_session_go (EonaySession *self, EonaySessionState to, GError *error);

/** Returns: whether the state is @state and its clock has not run out; else %FALSE with an error */
gboolean eonay_session_is_in (EonaySession *self, EonaySessionState state, GError **error);

/** RESOLVING → REVIEWING. @inspections: of eonay_document_check_inspect_finish() */
void eonay_session_start_review (EonaySession *self, EonayTransaction *transaction,
                                 GPtrArray *inspections, EonayDeadline *deadline);

/** Checks that the chosen certificate is still present. */
void eonay_session_follow_candidate (EonaySession *self);

/** Records that the signing failed with @error; removes the entry if the card did nothing. */
void eonay_session_record_failure (EonaySession *self, const GError *error);

/** Writes the change from @from to the present state to the journal. @error: (nullable): its reason */
void eonay_session_write_journal (EonaySession *self, EonaySessionState from, const GError *error);

/** Returns: (transfer full): %EONAY_SESSION_ERROR_EXPIRED */
GError *eonay_session_new_expired_error (void);

G_END_DECLS
