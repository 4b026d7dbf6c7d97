#include "session/eonay-advice.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/eonay-error.h"
#include "base/eonay-text-class.h"
#include "session/eonay-advice-rows.h"

static char *
describe (const GError *error, const char *text, char *(*count) (const GError *error))
{
  char *counted = count != NULL ? count (error) : NULL;

  return counted != NULL ? counted : g_strdup (_ (text));
}

static const char *
tell_pin_try (const GError *error)
{
  switch (eonay_card_error_get_pin_try (error))
    {
    case EONAY_PIN_TRY_NOT_SENT:
      return _ ("No try was spent.");
    case EONAY_PIN_TRY_ACCEPTED:
      return _ ("What you typed was right; no try was lost.");
    case EONAY_PIN_TRY_UNCERTAIN:
      return _ ("The card may have counted the try; the tries left are shown before the next.");
    case EONAY_PIN_TRY_UNKNOWN:
    default:
      return NULL;
    }
}

static char *
describe_stranger (const GError *error)
{
  g_autofree char *cause = eonay_text_class_make_line (error->message, -1);
  gsize length = strlen (cause);

  if (length > 0 && cause[length - 1] == '.')
    cause[length - 1] = '\0';

  return g_strdup_printf (_ ("Something unexpected went wrong: %s."), cause);
}

EonayAdvice *
eonay_advice_new (const GError *error)
{
  const char *pin_try;
  const EonayAdviceRow *row;
  EonayAdvice *self;

  g_return_val_if_fail (error != NULL, NULL);

  row = eonay_advice_row_find (error);
  self = g_new0 (EonayAdvice, 1);
  if (row != NULL)
    {
      self->code = row->short_code;
      self->what = describe (error, row->what, row->count_what);
      self->remedy = describe (error, row->remedy, row->count_remedy);
      self->action = row->action;
      pin_try = tell_pin_try (error);
      if (pin_try != NULL)
        {
          g_autofree char *alone = self->what;

          self->what = g_strjoin (" ", alone, pin_try, NULL);
        }
    }
  else
    {
      self->code = "GENEL-01";
      self->what = describe_stranger (error);
      self->remedy = g_strdup (_ ("If it goes on, read this code out to the helpdesk."));
    }

  return self;
}

void
eonay_advice_free (EonayAdvice *self)
{
  g_free (self->what);
  g_free (self->remedy);
  g_free (self);
}
