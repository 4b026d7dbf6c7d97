#pragma once

#include "session/eonay-advice.h"

G_BEGIN_DECLS

/** How a check of the diagnosis came out, the gravest last. */
typedef enum {
  EONAY_CHECK_PENDING, /* it is still being looked at */
  EONAY_CHECK_NOT_APPLICABLE,
  EONAY_CHECK_OK,
  EONAY_CHECK_WARNING, /* it does not keep anybody from signing */
  EONAY_CHECK_UNKNOWN, /* what comes before it failed */
  EONAY_CHECK_FAILURE,
} EonayCheckState;

/**
 * EonayFinding: what a check found, in the person's language.
 *
 * @code: (nullable): short code of the table of advice, "KART-02"
 * @found: sentences
 * @remedy: what to do; "" if there is nothing to do
 * @command: (nullable): what an administrator types in a terminal for the remedy
 */
typedef struct {
  EonayCheckState state;
  const char *code;
  char *found;
  char *remedy;
  const char *command;
  EonayAdviceAction action;
} EonayFinding;

/** @found: (transfer full) */
EonayFinding *eonay_finding_new (EonayCheckState state, char *found);

/**
 * eonay_finding_new_remedy:
 * @found: (transfer full)
 * @remedy: already translated
 */
EonayFinding *eonay_finding_new_remedy (EonayCheckState state, const char *code, char *found,
                                        const char *remedy);

/** Returns: (transfer full): a failure in the words of the table of advice */
EonayFinding *eonay_finding_new_error (const GError *error);

/** As eonay_finding_new_error(), of a code of %EONAY_CARD_ERROR. */
EonayFinding *eonay_finding_new_card_error (int code);

/** As eonay_finding_new_error(), of a code of %EONAY_PORTAL_ERROR. */
EonayFinding *eonay_finding_new_portal_error (int code);

void eonay_finding_free (EonayFinding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayFinding, eonay_finding_free)

/** Adds a sentence, already translated, to what was found. */
void eonay_finding_add (EonayFinding *self, const char *sentence);

/**
 * eonay_finding_merge:
 * @findings: (transfer full) (element-type EonayFinding): at least one
 * @names: (element-type utf8): whose they are
 * @one_is_enough: whether one that is all right makes the others' troubles warnings
 *
 * Returns: (transfer full): the only one as it is; of several what each found, a line each, with
 *   the gravest's remedy
 */
EonayFinding *eonay_finding_merge (GPtrArray *findings, GPtrArray *names, gboolean one_is_enough);

G_END_DECLS
