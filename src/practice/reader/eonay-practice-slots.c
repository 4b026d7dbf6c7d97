#include "practice/reader/eonay-practice-slots.h"

#include "practice/reader/eonay-practice-reader.h"

#include <glib/gi18n-lib.h>

struct _EonayPracticeSlots {
  GObject parent_instance;

  EonayPracticeReader *reader;
  char *name;
  gboolean started;
  EonayPracticeCard *card;
};

static void eonay_practice_slots_iface_init (EonaySlotSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayPracticeSlots, eonay_practice_slots, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_SLOT_SOURCE,
                                                      eonay_practice_slots_iface_init))

static void
emit_card (EonayPracticeSlots *self, EonayPracticeCard *card)
{
  if (self->card == card)
    return;

  if (self->card != NULL)
    {
      g_clear_object (&self->card);
      if (self->started)
        eonay_slot_source_emit_card_removed (EONAY_SLOT_SOURCE (self), self->name);
    }

  if (card != NULL && g_set_object (&self->card, card) && self->started)
    eonay_slot_source_emit_card_inserted (EONAY_SLOT_SOURCE (self), self->name);
}

static void
on_pulled (gpointer slots)
{
  EonayPracticeSlots *self = slots;
  g_autoptr (EonayPracticeCard) card = eonay_practice_reader_get_card (self->reader);

  emit_card (self, card);
}

static void
eonay_practice_slots_start (EonaySlotSource *source)
{
  EonayPracticeSlots *self = EONAY_PRACTICE_SLOTS (source);

  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  if (self->started)
    return;

  self->started = TRUE;
  eonay_practice_reader_listen (self->reader, context, on_pulled, self);
  eonay_slot_source_emit_service_changed (source, EONAY_SERVICE_RUNNING);
  eonay_slot_source_emit_slot_added (source, self->name);
  if (self->card != NULL)
    eonay_slot_source_emit_card_inserted (source, self->name);
}

static void
eonay_practice_slots_stop (EonaySlotSource *source)
{
  EonayPracticeSlots *self = EONAY_PRACTICE_SLOTS (source);

  self->started = FALSE;
  eonay_practice_reader_listen (self->reader, NULL, NULL, NULL);
}

static EonayTransport *
eonay_practice_slots_open (EonaySlotSource *source, const char *name)
{
  return eonay_practice_reader_open (EONAY_PRACTICE_SLOTS (source)->reader);
}

static void
eonay_practice_slots_iface_init (EonaySlotSourceInterface *iface)
{
  iface->start = eonay_practice_slots_start;
  iface->stop = eonay_practice_slots_stop;
  iface->open = eonay_practice_slots_open;
}

static void
eonay_practice_slots_dispose (GObject *object)
{
  EonayPracticeSlots *self = EONAY_PRACTICE_SLOTS (object);

  g_clear_object (&self->card);
  g_clear_object (&self->reader);

  G_OBJECT_CLASS (eonay_practice_slots_parent_class)->dispose (object);
}

static void
eonay_practice_slots_finalize (GObject *object)
{
  g_free (EONAY_PRACTICE_SLOTS (object)->name);

  G_OBJECT_CLASS (eonay_practice_slots_parent_class)->finalize (object);
}

static void
eonay_practice_slots_class_init (EonayPracticeSlotsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = eonay_practice_slots_dispose;
  G_OBJECT_CLASS (klass)->finalize = eonay_practice_slots_finalize;
}

static void
eonay_practice_slots_init (EonayPracticeSlots *self)
{
  self->name = g_strdup (_ ("Practice reader"));
  self->reader = eonay_practice_reader_new ();
}

EonayPracticeSlots *
eonay_practice_slots_new (void)
{
  return g_object_new (EONAY_TYPE_PRACTICE_SLOTS, NULL);
}

void
eonay_practice_slots_set_card (EonayPracticeSlots *self, EonayPracticeCard *card)
{
  g_return_if_fail (EONAY_IS_PRACTICE_SLOTS (self));
  g_return_if_fail (card == NULL || EONAY_IS_PRACTICE_CARD (card));

  eonay_practice_reader_set_card (self->reader, card);
  emit_card (self, card);
}

EonayPracticeCard *
eonay_practice_slots_get_card (EonayPracticeSlots *self)
{
  g_autoptr (EonayPracticeCard) card = NULL;

  g_return_val_if_fail (EONAY_IS_PRACTICE_SLOTS (self), NULL);

  /* A removal on a worker may not have been reported here yet. */
  card = eonay_practice_reader_get_card (self->reader);

  return card == self->card ? self->card : NULL;
}

void
eonay_practice_slots_set_delay (EonayPracticeSlots *self, guint milliseconds)
{
  g_return_if_fail (EONAY_IS_PRACTICE_SLOTS (self));

  eonay_practice_reader_set_delay (self->reader, milliseconds);
}

void
eonay_practice_slots_pull_at (EonayPracticeSlots *self, guint n)
{
  g_return_if_fail (EONAY_IS_PRACTICE_SLOTS (self));

  eonay_practice_reader_pull_at (self->reader, n);
}

void
eonay_practice_slots_hold_at (EonayPracticeSlots *self, guint n)
{
  g_return_if_fail (EONAY_IS_PRACTICE_SLOTS (self));

  eonay_practice_reader_hold_at (self->reader, n);
}

gboolean
eonay_practice_slots_holds (EonayPracticeSlots *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_SLOTS (self), FALSE);

  return eonay_practice_reader_holds (self->reader);
}

void
eonay_practice_slots_spoil_at (EonayPracticeSlots *self, guint n)
{
  g_return_if_fail (EONAY_IS_PRACTICE_SLOTS (self));

  eonay_practice_reader_spoil_at (self->reader, n);
}

guint
eonay_practice_slots_get_pins (EonayPracticeSlots *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_SLOTS (self), 0);

  return eonay_practice_reader_get_pins (self->reader);
}

void
eonay_practice_slots_get_traffic (EonayPracticeSlots *self, guint *commands, gsize *bytes)
{
  g_return_if_fail (EONAY_IS_PRACTICE_SLOTS (self) && commands != NULL && bytes != NULL);

  eonay_practice_reader_get_traffic (self->reader, commands, bytes);
}
