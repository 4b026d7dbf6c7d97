#include "card/driver/eonay-card-options.h"

static int experimental_akis;

void
eonay_card_options_set_experimental_akis (gboolean on)
{
  g_atomic_int_set (&experimental_akis, on != FALSE);
}

gboolean
eonay_card_options_get_experimental_akis (void)
{
  return g_atomic_int_get (&experimental_akis) != 0;
}
