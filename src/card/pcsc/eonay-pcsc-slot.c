#include "card/pcsc/eonay-pcsc-slot.h"

EonayPcscSlot *
eonay_pcsc_slot_new (const char *name)
{
  EonayPcscSlot *self = g_new0 (EonayPcscSlot, 1);

  self->name = g_strdup (name);

  return self;
}

void
eonay_pcsc_slot_free (EonayPcscSlot *self)
{
  g_free (self->name);
  g_free (self);
}
