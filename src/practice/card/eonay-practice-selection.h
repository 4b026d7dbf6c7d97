#pragma once

#include "practice/card/eonay-practice-command.h"
#include "practice/card/eonay-practice-file.h"

G_BEGIN_DECLS

/**
 * EonayPracticeSelection: the card's current file. A plain value that borrows the files.
 *
 * Each call executes one command, appends its data to @response, and returns a status word.
 */
typedef struct {
  const EonayPracticeFile *root;
  const EonayPracticeFile *current_df;
  const EonayPracticeFile *current_ef;
} EonayPracticeSelection;

/** Selects the MF, as after a reset. */
void eonay_practice_selection_init (EonayPracticeSelection *self, const EonayPracticeFile *root);

/** SELECT (ISO/IEC 7816-4, 11.1.1): by identifier, path or name; control parameters if asked for */
guint16 eonay_practice_selection_select (EonayPracticeSelection *self,
                                         const EonayPracticeCommand *command, GByteArray *response);

/** READ BINARY with an even instruction (11.2.3): of the current EF, or by short identifier */
guint16 eonay_practice_selection_read (EonayPracticeSelection *self,
                                       const EonayPracticeCommand *command, GByteArray *response);

G_END_DECLS
