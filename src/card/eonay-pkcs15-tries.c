#include "card/eonay-pkcs15-tries.h"

#include "card/eonay-pkcs15-pin.h"
#include "card/eonay-status-word.h"

struct _EonayPkcs15Tries {
  GMutex lock;
  GPtrArray *pins;
  EonayPinState *states; /* one for each of the PINs, under the lock */
};

EonayPkcs15Tries *
eonay_pkcs15_tries_new (GPtrArray *pins, int tries_max)
{
  EonayPkcs15Tries *self = g_new0 (EonayPkcs15Tries, 1);

  g_mutex_init (&self->lock);
  self->pins = g_ptr_array_ref (pins);
  self->states = g_new0 (EonayPinState, pins->len + 1);
  for (guint i = 0; i < pins->len; i++)
    {
      eonay_pkcs15_pin_describe (g_ptr_array_index (pins, i), &self->states[i]);
      self->states[i].tries_max = tries_max;
    }

  return self;
}

void
eonay_pkcs15_tries_free (EonayPkcs15Tries *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->pins);
  g_free (self->states);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static EonayPinState *
find_state (EonayPkcs15Tries *self, const EonayPkcs15Pin *pin)
{
  guint index;

  if (pin == NULL || !g_ptr_array_find (self->pins, pin, &index))
    return NULL;

  return &self->states[index];
}

static void
set_tries (EonayPinState *state, int tries)
{
  state->tries_left = tries;
  state->known = tries >= 0;
  state->blocked = tries == 0;
}

void
eonay_pkcs15_tries_get (EonayPkcs15Tries *self, const EonayPkcs15Pin *pin, EonayPinState *state)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const EonayPinState *found = find_state (self, pin);

  if (found != NULL)
    *state = *found;
  else
    eonay_pkcs15_pin_describe (NULL, state);
}

void
eonay_pkcs15_tries_learn (EonayPkcs15Tries *self, const EonayPkcs15Pin *pin, guint16 status,
                          gboolean with_pin)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  EonayPinState *state = find_state (self, pin);
  int tries = eonay_status_word_get_tries_left (status);

  if (status == 0x9000)
    set_tries (state, with_pin ? state->tries_max : -1);
  else if (tries >= 0)
    set_tries (state, tries);
}

void
eonay_pkcs15_tries_forget (EonayPkcs15Tries *self, const EonayPkcs15Pin *pin)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  set_tries (find_state (self, pin), -1);
}
