#include "card/pcsc/eonay-pcsc-transport.h"

#include "base/eonay-error.h"
#include "card/pcsc/eonay-pcsc.h"
#include "card/pcsc/eonay-reader-features.h"

struct _EonayPcscTransport {
  GObject parent_instance;

  char *reader;
  EonayPcscContext *context; /* kept between connections, to know when the service has changed */
  guint contexts;
  EonayPcscCard *card;
  gboolean has_features; /* whether the reader was asked for them */
  EonayReaderFeatures features;
};

static void eonay_pcsc_transport_iface_init (EonayTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayPcscTransport, eonay_pcsc_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_TRANSPORT,
                                                      eonay_pcsc_transport_iface_init))

static gboolean
connect_card (EonayPcscTransport *self, GError **error)
{
  if (self->context == NULL)
    {
      self->context = eonay_pcsc_context_new (error);
      self->contexts++;
    }
  if (self->context != NULL)
    self->card = eonay_pcsc_card_connect (self->context, self->reader, error);

  return self->card != NULL;
}

static gboolean
eonay_pcsc_transport_connect (EonayTransport *transport, GError **error)
{
  EonayPcscTransport *self = EONAY_PCSC_TRANSPORT (transport);
  g_autoptr (GError) local = NULL;

  if (self->card != NULL || connect_card (self, &local))
    return TRUE;

  /* Perhaps it has only been started anew since the context was made. */
  if (self->context != NULL &&
      g_error_matches (local, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NO_SERVICE))
    {
      g_clear_pointer (&self->context, eonay_pcsc_context_free);
      return connect_card (self, error);
    }
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

static void
eonay_pcsc_transport_disconnect (EonayTransport *transport, EonayDisposition disposition)
{
  EonayPcscTransport *self = EONAY_PCSC_TRANSPORT (transport);

  if (self->card != NULL)
    eonay_pcsc_card_disconnect (g_steal_pointer (&self->card), disposition);
}

static gboolean
check_connected (EonayPcscTransport *self, GError **error)
{
  if (self->card != NULL)
    return TRUE;

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NO_CARD, "Not connected");

  return FALSE;
}

static gboolean
eonay_pcsc_transport_begin (EonayTransport *transport, GError **error)
{
  EonayPcscTransport *self = EONAY_PCSC_TRANSPORT (transport);

  return check_connected (self, error) && eonay_pcsc_card_begin (self->card, error);
}

static gboolean
eonay_pcsc_transport_end (EonayTransport *transport, EonayDisposition disposition, GError **error)
{
  EonayPcscTransport *self = EONAY_PCSC_TRANSPORT (transport);

  return check_connected (self, error) && eonay_pcsc_card_end (self->card, disposition, error);
}

static GBytes *
eonay_pcsc_transport_transmit (EonayTransport *transport, const guint8 *command, gsize length,
                               GError **error)
{
  EonayPcscTransport *self = EONAY_PCSC_TRANSPORT (transport);

  if (!check_connected (self, error))
    return NULL;

  return eonay_pcsc_card_transmit (self->card, command, length, error);
}

static GBytes *
eonay_pcsc_transport_get_atr (EonayTransport *transport)
{
  EonayPcscTransport *self = EONAY_PCSC_TRANSPORT (transport);

  return self->card != NULL ? g_bytes_ref (eonay_pcsc_card_get_atr (self->card)) : NULL;
}

static EonayProtocol
eonay_pcsc_transport_get_protocol (EonayTransport *transport)
{
  EonayPcscTransport *self = EONAY_PCSC_TRANSPORT (transport);

  return self->card != NULL ? eonay_pcsc_card_get_protocol (self->card) : EONAY_PROTOCOL_NONE;
}

static GBytes *
eonay_pcsc_transport_control (EonayTransport *transport, guint32 code, const guint8 *in,
                              gsize in_length, GError **error)
{
  EonayPcscTransport *self = EONAY_PCSC_TRANSPORT (transport);

  if (!check_connected (self, error))
    return NULL;

  return eonay_pcsc_card_control (self->card, code, in, in_length, error);
}

static gboolean
eonay_pcsc_transport_takes_extended (EonayTransport *transport)
{
  EonayPcscTransport *self = EONAY_PCSC_TRANSPORT (transport);

  if (!self->has_features && self->card != NULL)
    {
      eonay_reader_features_read (&self->features, transport);
      self->has_features = TRUE;
    }

  return !self->has_features || !self->features.short_only;
}

/* A service that was started anew counts anew. */
static guint
eonay_pcsc_transport_get_insertion (EonayTransport *transport)
{
  EonayPcscTransport *self = EONAY_PCSC_TRANSPORT (transport);

  return self->card != NULL ? self->contexts << 16 | eonay_pcsc_card_get_swaps (self->card) : 0;
}

static void
eonay_pcsc_transport_iface_init (EonayTransportInterface *iface)
{
  iface->connect = eonay_pcsc_transport_connect;
  iface->disconnect = eonay_pcsc_transport_disconnect;
  iface->begin = eonay_pcsc_transport_begin;
  iface->end = eonay_pcsc_transport_end;
  iface->transmit = eonay_pcsc_transport_transmit;
  iface->get_atr = eonay_pcsc_transport_get_atr;
  iface->get_protocol = eonay_pcsc_transport_get_protocol;
  iface->control = eonay_pcsc_transport_control;
  iface->takes_extended = eonay_pcsc_transport_takes_extended;
  iface->get_insertion = eonay_pcsc_transport_get_insertion;
}

static void
eonay_pcsc_transport_finalize (GObject *object)
{
  EonayPcscTransport *self = EONAY_PCSC_TRANSPORT (object);

  eonay_pcsc_transport_disconnect (EONAY_TRANSPORT (self), EONAY_DISPOSITION_LEAVE);
  g_clear_pointer (&self->context, eonay_pcsc_context_free);
  g_free (self->reader);

  G_OBJECT_CLASS (eonay_pcsc_transport_parent_class)->finalize (object);
}

static void
eonay_pcsc_transport_class_init (EonayPcscTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_pcsc_transport_finalize;
}

static void
eonay_pcsc_transport_init (EonayPcscTransport *self)
{
}

EonayTransport *
eonay_pcsc_transport_new (const char *reader)
{
  EonayPcscTransport *self = g_object_new (EONAY_TYPE_PCSC_TRANSPORT, NULL);

  self->reader = g_strdup (reader);

  return EONAY_TRANSPORT (self);
}
