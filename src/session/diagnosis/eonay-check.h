#pragma once

#include <glib-object.h>

#include "session/diagnosis/eonay-finding.h"

G_BEGIN_DECLS

/** Groups of checks, for headings. */
typedef enum {
  EONAY_CHECK_GROUP_CARD,
  EONAY_CHECK_GROUP_PORTAL,
  EONAY_CHECK_GROUP_COMPUTER,
} EonayCheckGroup;

/** Returns: (transfer none): a heading in the person's language */
const char *eonay_check_group_get_title (EonayCheckGroup group);

/**
 * EonayCheck: one line of the diagnosis. Property `state` (#EonayFindingState), with notify, which is
 * set last. Main thread.
 */
#define EONAY_TYPE_CHECK (eonay_check_get_type ())
G_DECLARE_FINAL_TYPE (EonayCheck, eonay_check, EONAY, CHECK, GObject)

/**
 * eonay_check_new:
 * @id: a stable word
 * @title: already translated
 * @subject: (nullable): distinguishes several checks: a portal's name
 *
 * Returns: (transfer full): a pending check
 */
EonayCheck *eonay_check_new (const char *id, EonayCheckGroup group, const char *title,
                             const char *subject);

/** @finding: (transfer full) */
void eonay_check_take_finding (EonayCheck *self, EonayFinding *finding);

/** Makes it pending again. */
void eonay_check_reset (EonayCheck *self);

const char *eonay_check_get_id (EonayCheck *self);
EonayCheckGroup eonay_check_get_group (EonayCheck *self);
const char *eonay_check_get_title (EonayCheck *self);

/** Returns: (transfer none) (nullable) */
const char *eonay_check_get_subject (EonayCheck *self);

EonayFindingState eonay_check_get_state (EonayCheck *self);

/** Returns: (transfer none) (nullable): the result; %NULL while it is pending */
const EonayFinding *eonay_check_get_finding (EonayCheck *self);

G_END_DECLS
