#include "card/pcsc/eonay-pcsc-slots.h"

#include "base/eonay-error.h"
#include "card/pcsc/eonay-path-watch.h"
#include "card/pcsc/eonay-pcsc-monitor.h"
#include "card/pcsc/eonay-pcsc-transport.h"

#define SOCKET "/run/pcscd/pcscd.comm"
#define SOCKET_VARIABLE "PCSCLITE_CSOCK_NAME"

/* A service that was just started has its socket a moment before it answers. */
#define TRY_AGAIN_AFTER_MS 500
#define TRIES_AFTER_A_SIGN 4

struct _EonayPcscSlots {
  GObject parent_instance;

  EonayPcscMonitor *monitor;
  EonayPathWatch *watch;
  EonayServiceState state;
  gboolean was_running;
  guint tries_left;
  guint try_again;
};

static void eonay_pcsc_slots_iface_init (EonaySlotSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayPcscSlots, eonay_pcsc_slots, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_SLOT_SOURCE,
                                                      eonay_pcsc_slots_iface_init))

static void start_monitor (EonayPcscSlots *self);

static void
set_state (EonayPcscSlots *self, EonayServiceState state)
{
  if (self->state == state)
    return;

  self->state = state;
  eonay_slot_source_emit_service_changed (EONAY_SLOT_SOURCE (self), state);
}

static EonayServiceState
state_from_error (const GError *error)
{
  if (g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_ACCESS_DENIED))
    return EONAY_SERVICE_DENIED;
  if (g_error_matches (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_SERVICE_MISMATCH))
    return EONAY_SERVICE_MISMATCH;

  return EONAY_SERVICE_MISSING;
}

static gboolean
on_try_again (gpointer user_data)
{
  EonayPcscSlots *self = user_data;

  self->try_again = 0;
  start_monitor (self);

  return G_SOURCE_REMOVE;
}

static void
schedule_another_try (EonayPcscSlots *self)
{
  if (self->tries_left == 0 || self->try_again != 0)
    return;

  self->tries_left--;
  self->try_again = g_timeout_add (TRY_AGAIN_AFTER_MS, on_try_again, self);
}

static void
on_socket_came (EonayPcscSlots *self)
{
  self->tries_left = TRIES_AFTER_A_SIGN;
  start_monitor (self);
}

const char *
eonay_pcsc_slots_get_socket (void)
{
  const char *path = g_getenv (SOCKET_VARIABLE);

  return path != NULL ? path : SOCKET;
}

static void
on_lost (EonayPcscSlots *self, const GError *error)
{
  const char *path = eonay_pcsc_slots_get_socket ();

  g_clear_pointer (&self->monitor, eonay_pcsc_monitor_free);
  if (error != NULL)
    g_info ("The PC/SC service is not there: %s", error->message);

  if (self->watch == NULL)
    {
      self->watch = eonay_path_watch_new (path);
      g_signal_connect_swapped (self->watch, "came", G_CALLBACK (on_socket_came), self);
      /* It may have come before it was watched for, or be started by whoever holds its socket. */
      if (self->was_running || g_file_test (path, G_FILE_TEST_EXISTS))
        self->tries_left = TRIES_AFTER_A_SIGN;
    }
  self->was_running = FALSE;
  schedule_another_try (self);
}

static void
on_event (EonayPcscEvent event, const char *name, const GError *error, gpointer user_data)
{
  g_autoptr (EonayPcscSlots) self = g_object_ref (EONAY_PCSC_SLOTS (user_data));
  EonaySlotSource *source = EONAY_SLOT_SOURCE (self);

  switch (event)
    {
    case EONAY_PCSC_SERVICE_FOUND:
      g_clear_object (&self->watch);
      self->tries_left = 0;
      set_state (self, EONAY_SERVICE_RUNNING);
      break;
    case EONAY_PCSC_SERVICE_GOES:
      self->was_running = self->state == EONAY_SERVICE_RUNNING;
      set_state (self, state_from_error (error));
      break;
    case EONAY_PCSC_SERVICE_LOST:
      on_lost (self, error);
      break;
    case EONAY_PCSC_SLOT_ADDED:
      eonay_slot_source_emit_slot_added (source, name);
      break;
    case EONAY_PCSC_SLOT_REMOVED:
      eonay_slot_source_emit_slot_removed (source, name);
      break;
    case EONAY_PCSC_CARD_INSERTED:
      eonay_slot_source_emit_card_inserted (source, name);
      break;
    case EONAY_PCSC_CARD_REMOVED:
      eonay_slot_source_emit_card_removed (source, name);
      break;
    case EONAY_PCSC_CARD_RELEASED:
      eonay_slot_source_emit_card_released (source, name);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
start_monitor (EonayPcscSlots *self)
{
  g_clear_handle_id (&self->try_again, g_source_remove);
  if (self->monitor == NULL)
    self->monitor = eonay_pcsc_monitor_new (on_event, self);
}

static void
eonay_pcsc_slots_start (EonaySlotSource *source)
{
  start_monitor (EONAY_PCSC_SLOTS (source));
}

static void
eonay_pcsc_slots_stop (EonaySlotSource *source)
{
  EonayPcscSlots *self = EONAY_PCSC_SLOTS (source);

  g_clear_handle_id (&self->try_again, g_source_remove);
  g_clear_object (&self->watch);
  g_clear_pointer (&self->monitor, eonay_pcsc_monitor_free);
  self->tries_left = 0;
  self->state = EONAY_SERVICE_STARTING;
}

static EonayTransport *
eonay_pcsc_slots_open (EonaySlotSource *source, const char *name)
{
  return eonay_pcsc_transport_new (name);
}

static void
eonay_pcsc_slots_await_release (EonaySlotSource *source, const char *name)
{
  EonayPcscSlots *self = EONAY_PCSC_SLOTS (source);

  if (self->monitor != NULL)
    eonay_pcsc_monitor_await_release (self->monitor, name);
}

static void
eonay_pcsc_slots_iface_init (EonaySlotSourceInterface *iface)
{
  iface->start = eonay_pcsc_slots_start;
  iface->stop = eonay_pcsc_slots_stop;
  iface->open = eonay_pcsc_slots_open;
  iface->await_release = eonay_pcsc_slots_await_release;
}

static void
eonay_pcsc_slots_dispose (GObject *object)
{
  eonay_pcsc_slots_stop (EONAY_SLOT_SOURCE (object));

  G_OBJECT_CLASS (eonay_pcsc_slots_parent_class)->dispose (object);
}

static void
eonay_pcsc_slots_class_init (EonayPcscSlotsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = eonay_pcsc_slots_dispose;
}

static void
eonay_pcsc_slots_init (EonayPcscSlots *self)
{
}

EonaySlotSource *
eonay_pcsc_slots_new (void)
{
  return g_object_new (EONAY_TYPE_PCSC_SLOTS, NULL);
}
