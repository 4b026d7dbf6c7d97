#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** What can be done about an error at once; the window and the terminal know how. */
typedef enum {
  EONAY_ADVICE_ACTION_NONE,
  EONAY_ADVICE_ACTION_RETRY,
  EONAY_ADVICE_ACTION_NEW_CODE,
  EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE,
  EONAY_ADVICE_ACTION_OPEN_MY_CARD,
} EonayAdviceAction;

/**
 * EonayAdvice: what people read about an error.
 *
 * @code: short and stable, for the phone: "KART-03", "PIN-01", "AG-02", "PORTAL-04", "IMZA-02"
 * @what: one sentence: what happened
 * @remedy: one sentence: what to do
 * @action: what a button beside it should do
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
 * eonay_advice_new:
 * @error: of any of the program's domains, or GIO's
 *
 * The one table from errors to words. An error that it does not know becomes "GENEL-01" with the
 * error's own message in a sentence of the person's language.
 *
 * Returns: (transfer full)
 */
EonayAdvice *eonay_advice_new (const GError *error);
void eonay_advice_free (EonayAdvice *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayAdvice, eonay_advice_free)

G_END_DECLS
