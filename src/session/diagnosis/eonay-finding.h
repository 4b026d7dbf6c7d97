#pragma once

#include "session/eonay-advice.h"

G_BEGIN_DECLS

/** Results of a check, the most severe last. */
typedef enum {
  EONAY_CHECK_PENDING, /* not checked yet */
  EONAY_CHECK_NOT_APPLICABLE,
  EONAY_CHECK_OK,
  EONAY_CHECK_WARNING, /* does not prevent signing */
  EONAY_CHECK_UNKNOWN, /* a check that it depends on failed */
  EONAY_CHECK_FAILURE,
} EonayCheckState;

/**
 * EonayFinding: the result of a check, in the person's language.
 *
 * @code: (nullable): short code of the table of advice, "KART-02"
 * @found: sentences
 * @remedy: the remedy; "" if none is needed
 * @command: (nullable): a command for an administrator as the remedy
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
