#pragma once

#include "base/eonay-clock.h"
#include "portal/eonay-portal-profile.h"
#include "session/diagnosis/eonay-check.h"

G_BEGIN_DECLS

/** EonayPortalChecks: the checks of the diagnosis for one portal. Main thread. */
typedef struct _EonayPortalChecks EonayPortalChecks;

/** @profile: (nullable): %NULL: the checks report that there is no portal */
EonayPortalChecks *eonay_portal_checks_new (EonayPortalProfile *profile);
void eonay_portal_checks_free (EonayPortalChecks *self);

/** Adds them to @checks (element-type EonayCheck), in their order. */
void eonay_portal_checks_list (EonayPortalChecks *self, GPtrArray *checks);

/**
 * eonay_portal_checks_run:
 * @clock: (nullable): for tests
 * @done: called once they all have a finding, unless @cancellable is cancelled first; possibly
 *   before this returns
 * @user_data: (transfer full): for @done, which takes it; else @destroy frees it. It must keep
 *   @self alive
 */
void eonay_portal_checks_run (EonayPortalChecks *self, const EonayClock *clock,
                              GCancellable *cancellable, void (*done) (gpointer user_data),
                              gpointer user_data, GDestroyNotify destroy);

/** Returns: whether a signature could be delivered there now */
gboolean eonay_portal_checks_are_good (EonayPortalChecks *self);

G_END_DECLS
