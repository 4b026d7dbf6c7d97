#pragma once

#include "base/eonay-clock.h"
#include "card/reader/eonay-reader-list.h"
#include "session/diagnosis/eonay-check.h"

G_BEGIN_DECLS

/**
 * EonayDiagnosis: a #GListModel of #EonayCheck: checks of everything that a signature needs. The
 * checks exist from the start, pending until they have run; they are the same objects in every run.
 * Property `running` (boolean), with notify. Main thread.
 *
 * A card, a service or a portal is waited for at most some seconds: no answer is a finding. No PIN
 * try is spent, and no card is locked.
 */
#define EONAY_TYPE_DIAGNOSIS (eonay_diagnosis_get_type ())
G_DECLARE_FINAL_TYPE (EonayDiagnosis, eonay_diagnosis, EONAY, DIAGNOSIS, GObject)

/**
 * eonay_diagnosis_new:
 * @readers: the readers used for signing
 * @portals: a model of #EonayPortalProfile: the portals to sign for; read once
 * @practice: whether reader, card and portal are those of practice: then there is no PC/SC service
 *   to check
 * @clock: (nullable): for tests; must outlive the diagnosis
 */
EonayDiagnosis *eonay_diagnosis_new (EonayReaderList *readers, GListModel *portals,
                                     gboolean practice, const EonayClock *clock);

/** Starts a run, unless one is running. */
void eonay_diagnosis_run (EonayDiagnosis *self);

/** From now on, runs automatically whenever a card or a reader is added or removed. */
void eonay_diagnosis_follow (EonayDiagnosis *self);

/** Ends a run, and automatic runs; pending checks stay pending. */
void eonay_diagnosis_stop (EonayDiagnosis *self);

gboolean eonay_diagnosis_is_running (EonayDiagnosis *self);
gboolean eonay_diagnosis_is_practice (EonayDiagnosis *self);

/** Returns: (transfer none): the readers that it looks at */
EonayReaderList *eonay_diagnosis_get_readers (EonayDiagnosis *self);

/**
 * Returns: whether a signature was possible at the end of the last run: with a card with a usable
 *   certificate, a usable key and a PIN that is not blocked, and a portal that answers, is
 *   authenticated, and whose clock agrees
 */
gboolean eonay_diagnosis_can_sign (EonayDiagnosis *self);

/** Returns: (transfer none): the same as a sentence for people; also while it is running */
const char *eonay_diagnosis_describe_verdict (EonayDiagnosis *self);

/** Returns: (transfer none) (nullable): the first check of @id */
EonayCheck *eonay_diagnosis_find (EonayDiagnosis *self, const char *id);

G_END_DECLS
