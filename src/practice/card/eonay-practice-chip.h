#pragma once

#include "practice/card/eonay-practice-model.h"
#include "practice/card/eonay-practice-security.h"
#include "practice/card/eonay-practice-selection.h"

G_BEGIN_DECLS

/**
 * EonayPracticeChip: the state that the commands of a card work on. A plain value; the card owns
 * it.
 *
 * @serial: as in TokenInfo
 */
struct _EonayPracticeChip {
  const EonayPracticeModel *model;
  guint8 serial[8];
  EonayPracticeFile *root;
  EonayPracticeSelection selection;
  EonayPracticeSecurity security;
};

G_END_DECLS
