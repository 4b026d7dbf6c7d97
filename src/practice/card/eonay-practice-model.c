#include "practice/card/eonay-practice-model.h"

#include <string.h>

GBytes *
eonay_practice_model_make_atr (const EonayPracticeModel *self)
{
  GByteArray *atr = g_byte_array_new ();
  guint8 check = 0;

  g_byte_array_append (atr, (const guint8 *) self->interface, (guint) self->interface_length);
  atr->data[1] |= (guint8) self->historical_length;
  g_byte_array_append (atr, (const guint8 *) self->historical, (guint) self->historical_length);

  /* ISO/IEC 7816-3, 8.2.5: none where T=0 is all there is. */
  if (self->protocol != EONAY_PROTOCOL_T0)
    {
      for (guint i = 1; i < atr->len; i++)
        check ^= atr->data[i];
      g_byte_array_append (atr, &check, 1);
    }

  return g_byte_array_free_to_bytes (atr);
}

const EonayPracticePinPlan *
eonay_practice_model_find_pin (const EonayPracticeModel *self, guint8 reference)
{
  for (const EonayPracticePinPlan *plan = self->pins; plan->label != NULL; plan++)
    if (plan->reference == reference)
      return plan;

  return NULL;
}
