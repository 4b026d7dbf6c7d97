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

/** Returns: (transfer none) (nullable): the row at @position in the whole table; %NULL past its end */
const EonayAdviceRow *eonay_advice_row_get (guint position);

/*
 * The table in three files: of cards, of portals, and eonay-advice-rows.c with the rest. Each ends
 * with a row without a short code. A new error gets the next number of its family; a number never
 * changes its meaning. Then `tests/end-to-end/error-codes --write BUILD/src/cli/eonay-cli .` brings
 * the pages of codes, data/error-codes*.md, up to date.
 */
extern const EonayAdviceRow eonay_advice_card_rows[];
extern const EonayAdviceRow eonay_advice_portal_rows[];

G_END_DECLS
