#pragma once

#include "base/eonay-clock.h"
#include "card/reader/eonay-reader-list.h"
#include "session/diagnosis/eonay-check.h"

G_BEGIN_DECLS

/**
 * EonayDiagnosis: a #GListModel of #EonayCheck: what a signature needs, each looked at now. The
 * checks are there from the beginning, pending until their turn has come; they are the same
 * objects in every run. Property `running` (boolean), with notify. Main thread.
 *
 * Nothing waits longer than some seconds for a card, a service or a portal: what does not answer
 * is a finding. No try of a PIN is spent, and no card is held.
 */
#define EONAY_TYPE_DIAGNOSIS (eonay_diagnosis_get_type ())
G_DECLARE_FINAL_TYPE (EonayDiagnosis, eonay_diagnosis, EONAY, DIAGNOSIS, GObject)

/**
 * eonay_diagnosis_new:
 * @readers: those that would be signed with
 * @portals: a model of #EonayPortalProfile: those that would be signed for; read once
 * @practice: whether reader, card and portal are those of practice: then there is no PC/SC service
 *   to be looked at
 * @clock: (nullable): for tests; must outlive the diagnosis
 */
EonayDiagnosis *eonay_diagnosis_new (EonayReaderList *readers, GListModel *portals,
                                     gboolean practice, const EonayClock *clock);

/** Begins a run, unless one is under way. */
void eonay_diagnosis_run (EonayDiagnosis *self);

/** From now on, runs again by itself whenever a card or a reader has come or gone. */
void eonay_diagnosis_follow (EonayDiagnosis *self);

/** Ends a run that is under way, and no other follows by itself; what is pending stays so. */
void eonay_diagnosis_stop (EonayDiagnosis *self);

gboolean eonay_diagnosis_is_running (EonayDiagnosis *self);
gboolean eonay_diagnosis_is_practice (EonayDiagnosis *self);

/**
 * Returns: whether, at the end of the last run, a signature could have been made: a card with a
 *   certificate that can be used, whose key can be used and whose PIN is not blocked, and a portal
 *   that answers, has proved who it is, and whose clock fits
 */
gboolean eonay_diagnosis_can_sign (EonayDiagnosis *self);

/** Returns: (transfer none): the same in a sentence for people; also that it is still running */
const char *eonay_diagnosis_describe_verdict (EonayDiagnosis *self);

/** Returns: (transfer none) (nullable): the first check of @id */
EonayCheck *eonay_diagnosis_find (EonayDiagnosis *self, const char *id);

G_END_DECLS
