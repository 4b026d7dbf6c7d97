#include "card/apdu/eonay-transport.h"

#include "base/eonay-error.h"

G_DEFINE_INTERFACE (EonayTransport, eonay_transport, G_TYPE_OBJECT)

static void
eonay_transport_default_init (EonayTransportInterface *iface)
{
}

static GPrivate watch_of_thread;

void
eonay_transport_watch_this_thread (EonayTransportWatch *watch)
{
  g_private_set (&watch_of_thread, watch);
}

guint
eonay_transport_watch_now (void)
{
  return (guint) (g_get_monotonic_time () / G_TIME_SPAN_MILLISECOND);
}

void
eonay_transport_watch_touch (EonayTransportWatch *watch)
{
  g_atomic_int_set (&watch->touched_at, (int) eonay_transport_watch_now ());
}

static void
touch (gboolean waiting)
{
  EonayTransportWatch *watch = g_private_get (&watch_of_thread);

  if (watch == NULL)
    return;

  g_atomic_int_set (&watch->waiting, waiting);
  eonay_transport_watch_touch (watch);
}

gboolean
eonay_transport_connect (EonayTransport *self, GError **error)
{
  gboolean done;

  g_return_val_if_fail (EONAY_IS_TRANSPORT (self), FALSE);

  /* A card that another program has in a transaction makes either of them wait. */
  touch (TRUE);
  done = EONAY_TRANSPORT_GET_IFACE (self)->connect (self, error);
  touch (FALSE);

  return done;
}

void
eonay_transport_disconnect (EonayTransport *self, EonayDisposition disposition)
{
  g_return_if_fail (EONAY_IS_TRANSPORT (self));

  EONAY_TRANSPORT_GET_IFACE (self)->disconnect (self, disposition);
}

gboolean
eonay_transport_begin (EonayTransport *self, GError **error)
{
  gboolean done;

  g_return_val_if_fail (EONAY_IS_TRANSPORT (self), FALSE);

  touch (TRUE);
  done = EONAY_TRANSPORT_GET_IFACE (self)->begin (self, error);
  touch (FALSE);

  return done;
}

gboolean
eonay_transport_end (EonayTransport *self, EonayDisposition disposition, GError **error)
{
  g_return_val_if_fail (EONAY_IS_TRANSPORT (self), FALSE);

  return EONAY_TRANSPORT_GET_IFACE (self)->end (self, disposition, error);
}

GBytes *
eonay_transport_transmit (EonayTransport *self, const guint8 *command, gsize length, GError **error)
{
  GBytes *answer;

  g_return_val_if_fail (EONAY_IS_TRANSPORT (self), NULL);

  touch (FALSE);
  answer = EONAY_TRANSPORT_GET_IFACE (self)->transmit (self, command, length, error);
  touch (FALSE);

  return answer;
}

GBytes *
eonay_transport_get_atr (EonayTransport *self)
{
  g_return_val_if_fail (EONAY_IS_TRANSPORT (self), NULL);

  return EONAY_TRANSPORT_GET_IFACE (self)->get_atr (self);
}

EonayProtocol
eonay_transport_get_protocol (EonayTransport *self)
{
  g_return_val_if_fail (EONAY_IS_TRANSPORT (self), EONAY_PROTOCOL_NONE);

  return EONAY_TRANSPORT_GET_IFACE (self)->get_protocol (self);
}

GBytes *
eonay_transport_control (EonayTransport *self, guint32 code, const guint8 *in, gsize in_length,
                         GError **error)
{
  g_return_val_if_fail (EONAY_IS_TRANSPORT (self), NULL);

  if (EONAY_TRANSPORT_GET_IFACE (self)->control != NULL)
    return EONAY_TRANSPORT_GET_IFACE (self)->control (self, code, in, in_length, error);

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_PAD_REFUSED,
                       "The reader has no features of its own");

  return NULL;
}

gboolean
eonay_transport_takes_extended (EonayTransport *self)
{
  g_return_val_if_fail (EONAY_IS_TRANSPORT (self), FALSE);

  return EONAY_TRANSPORT_GET_IFACE (self)->takes_extended == NULL ||
         EONAY_TRANSPORT_GET_IFACE (self)->takes_extended (self);
}

guint
eonay_transport_get_insertion (EonayTransport *self)
{
  EonayTransportInterface *iface;

  g_return_val_if_fail (EONAY_IS_TRANSPORT (self), 0);

  iface = EONAY_TRANSPORT_GET_IFACE (self);

  return iface->get_insertion != NULL ? iface->get_insertion (self) : 0;
}
