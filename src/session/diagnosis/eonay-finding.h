#pragma once

#include <glib-object.h>

#include "session/eonay-advice.h"

G_BEGIN_DECLS

/** Results of a check, the most severe last. */
typedef enum {
  EONAY_FINDING_PENDING, /* not checked yet */
  EONAY_FINDING_NOT_APPLICABLE,
  EONAY_FINDING_OK,
  EONAY_FINDING_WARNING, /* does not prevent signing */
  EONAY_FINDING_UNKNOWN, /* a check that it depends on failed */
  EONAY_FINDING_FAILURE,
} EonayFindingState;

/** Returns: (transfer none): a stable word: "ok", "warning", "failure", "not-applicable", … */
const char *eonay_finding_state_to_word (EonayFindingState state);

/** Returns: (transfer none): "All right", "Problem", … in the person's language */
const char *eonay_finding_state_describe (EonayFindingState state);

#define EONAY_TYPE_FINDING_STATE (eonay_finding_state_get_type ())
GType eonay_finding_state_get_type (void);

/**
 * EonayFinding: the result of a check, in the person's language.
 *
 * @code: (nullable): short code of the table of advice, "KART-02"
 * @found: sentences
 * @remedy: the remedy; "" if none is needed
 * @command: (nullable): a command for an administrator as the remedy
 */
typedef struct {
  EonayFindingState state;
  const char *code;
  char *found;
  char *remedy;
  const char *command;
  EonayAdviceAction action;
} EonayFinding;

/** @found: (transfer full) */
EonayFinding *eonay_finding_new (EonayFindingState state, char *found);

/**
 * eonay_finding_new_remedy:
 * @found: (transfer full)
 * @remedy: already translated
 */
EonayFinding *eonay_finding_new_remedy (EonayFindingState state, const char *code, char *found,
                                        const char *remedy);

/** Returns: (transfer full): a failure with the texts of the table of advice */
EonayFinding *eonay_finding_new_error (const GError *error);

/** As eonay_finding_new_error(), of a code of %EONAY_CARD_ERROR. */
EonayFinding *eonay_finding_new_card_error (int code);

/** As eonay_finding_new_error(), of a code of %EONAY_PORTAL_ERROR. */
EonayFinding *eonay_finding_new_portal_error (int code);

void eonay_finding_free (EonayFinding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayFinding, eonay_finding_free)

/** Appends a sentence, already translated, to the finding. */
void eonay_finding_add (EonayFinding *self, const char *sentence);

/**
 * eonay_finding_merge:
 * @findings: (transfer full) (element-type EonayFinding): at least one
 * @names: (element-type utf8): names of their subjects
 * @one_is_enough: whether failures become warnings if one is all right
 *
 * Returns: (transfer full): a single one unchanged; else the findings, one per line, with the
 *   remedy of the most severe
 */
EonayFinding *eonay_finding_merge (GPtrArray *findings, GPtrArray *names, gboolean one_is_enough);

G_END_DECLS
