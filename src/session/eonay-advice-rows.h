#pragma once

#include "session/eonay-advice.h"

G_BEGIN_DECLS

/**
 * EonayAdviceRow: one error, as people read it.
 *
 * @short_code, @what, @remedy, @action: as in #EonayAdvice, untranslated
 * @count_what, @count_remedy: (nullable): say it with a number that the error carries; %NULL from
 *   them means that it carries none
 */
typedef struct {
  GQuark (*domain) (void);
  int code;
  const char *short_code;
  const char *what;
  const char *remedy;
  EonayAdviceAction action;
  char *(*count_what) (const GError *error);
  char *(*count_remedy) (const GError *error);
} EonayAdviceRow;

/** Returns: (transfer none) (nullable): the table's row for @error */
const EonayAdviceRow *eonay_advice_row_find (const GError *error);

G_END_DECLS
