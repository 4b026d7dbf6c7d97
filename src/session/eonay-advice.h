#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** Immediate remedies of an error, implemented by window and terminal. */
typedef enum {
  EONAY_ADVICE_ACTION_NONE,
  EONAY_ADVICE_ACTION_RETRY,
  EONAY_ADVICE_ACTION_NEW_CODE,
  EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE,
  EONAY_ADVICE_ACTION_OPEN_MY_CARD,
  EONAY_ADVICE_ACTION_PREFERENCES, /* of findings of the diagnosis only */
} EonayAdviceAction;

/** Returns: (transfer none) (nullable): the button's word for @action; %NULL if it has none */
const char *eonay_advice_action_describe (EonayAdviceAction action);

/**
 * EonayAdvice: an error as shown to people.
 *
 * @code: short and stable, for use on the phone: "KART-03", "PIN-01", "AG-02", "PORTAL-04",
 *   "IMZA-02"
 * @what: one sentence: what happened
 * @remedy: one sentence: what to do
 * @action: the action of a button beside it
 *
 * @what and @remedy are in the person's language.
 */
typedef struct {
  const char *code;
  char *what;
  char *remedy;
  EonayAdviceAction action;
} EonayAdvice;

/**
 * EonayAdviceRow: a row of the table of errors.
 *
 * @domain: %NULL for all errors without a row of their own
 * @short_code, @what, @remedy, @action: as in #EonayAdvice, untranslated
 * @count_what, @count_remedy: (nullable): return the sentence with a value of the error, e.g. a
 *   number; %NULL if it has none
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

/**
 * eonay_advice_row_get:
 *
 * The table of all errors. A new error gets the next number of its family; a number never changes
 * its meaning. Then `tests/end-to-end/error-codes --write BUILD/src/cli/eonay-cli .` brings the pages
 * of codes, data/error-codes*.md, up to date.
 *
 * Returns: (transfer none) (nullable): the row at @position; %NULL past the table's end
 */
const EonayAdviceRow *eonay_advice_row_get (guint position);

/** Returns: (transfer none): the short code of an error of this domain and code */
const char *eonay_advice_get_code (GQuark domain, int code);

/**
 * eonay_advice_new:
 * @error: of any of the program's domains, or GIO's
 *
 * The one table from errors to sentences. An unknown error becomes "GENEL-01" with the error's own
 * message in a sentence of the person's language.
 *
 * Returns: (transfer full)
 */
EonayAdvice *eonay_advice_new (const GError *error);
void eonay_advice_free (EonayAdvice *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayAdvice, eonay_advice_free)

G_END_DECLS
