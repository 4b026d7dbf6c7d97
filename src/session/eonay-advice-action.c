#include <glib/gi18n-lib.h>

#include "session/eonay-advice.h"

const char *
eonay_advice_action_describe (EonayAdviceAction action)
{
  switch (action)
    {
    case EONAY_ADVICE_ACTION_RETRY:
      return _ ("Try again");
    case EONAY_ADVICE_ACTION_NEW_CODE:
      return _ ("New code");
    case EONAY_ADVICE_ACTION_CHOOSE_CERTIFICATE:
      return _ ("Choose a certificate");
    case EONAY_ADVICE_ACTION_OPEN_MY_CARD:
      return _ ("Open My Card");
    case EONAY_ADVICE_ACTION_PREFERENCES:
      return _ ("Open Preferences");
    case EONAY_ADVICE_ACTION_NONE:
    default:
      return NULL;
    }
}
