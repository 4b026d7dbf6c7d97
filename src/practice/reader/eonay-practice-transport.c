#include "practice/reader/eonay-practice-transport.h"

#include <openssl/crypto.h>

#include "base/eonay-error.h"
#include "practice/reader/eonay-practice-pin-pad.h"

struct _EonayPracticeTransport {
  GObject parent_instance;

  EonayPracticeReader *reader;
  EonayPracticeContact contact;
};

static void eonay_practice_transport_iface_init (EonayTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayPracticeTransport, eonay_practice_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_TRANSPORT,
                                                      eonay_practice_transport_iface_init))

static gboolean
eonay_practice_transport_connect (EonayTransport *transport, GError **error)
{
  EonayPracticeTransport *self = EONAY_PRACTICE_TRANSPORT (transport);

  return eonay_practice_reader_connect (self->reader, &self->contact, error);
}

static void
eonay_practice_transport_disconnect (EonayTransport *transport, EonayDisposition disposition)
{
  EonayPracticeTransport *self = EONAY_PRACTICE_TRANSPORT (transport);

  eonay_practice_reader_disconnect (self->reader, &self->contact, disposition);
}

static gboolean
eonay_practice_transport_begin (EonayTransport *transport, GError **error)
{
  EonayPracticeTransport *self = EONAY_PRACTICE_TRANSPORT (transport);

  return eonay_practice_reader_begin (self->reader, &self->contact, error);
}

static gboolean
eonay_practice_transport_end (EonayTransport *transport, EonayDisposition disposition,
                              GError **error)
{
  EonayPracticeTransport *self = EONAY_PRACTICE_TRANSPORT (transport);

  return eonay_practice_reader_end (self->reader, &self->contact, disposition, error);
}

static GBytes *
eonay_practice_transport_transmit (EonayTransport *transport, const guint8 *command, gsize length,
                                   GError **error)
{
  EonayPracticeTransport *self = EONAY_PRACTICE_TRANSPORT (transport);

  return eonay_practice_reader_transmit (self->reader, &self->contact, command, length, error);
}

static GBytes *
eonay_practice_transport_get_atr (EonayTransport *transport)
{
  EonayPracticeTransport *self = EONAY_PRACTICE_TRANSPORT (transport);

  return self->contact.card != NULL ? g_bytes_ref (eonay_practice_card_get_atr (self->contact.card))
                                    : NULL;
}

static EonayProtocol
eonay_practice_transport_get_protocol (EonayTransport *transport)
{
  EonayPracticeTransport *self = EONAY_PRACTICE_TRANSPORT (transport);

  return self->contact.card != NULL ? eonay_practice_card_get_protocol (self->contact.card)
                                    : EONAY_PROTOCOL_NONE;
}

static GBytes *
type_pin (EonayPracticeTransport *self, const char *plan, guint32 code, const guint8 *in,
          gsize in_length, GError **error)
{
  g_autoptr (GByteArray) command = NULL;
  guint16 status = eonay_practice_pin_pad_type (plan, code, in, in_length, &command);
  const guint8 own[] = { (guint8) (status >> 8), (guint8) status };
  GBytes *answer;

  if (command == NULL)
    return g_bytes_new (own, sizeof own);

  answer = eonay_practice_reader_transmit (self->reader, &self->contact, command->data,
                                           command->len, error);
  OPENSSL_cleanse (command->data, command->len);

  return answer;
}

static GBytes *
eonay_practice_transport_control (EonayTransport *transport, guint32 code, const guint8 *in,
                                  gsize in_length, GError **error)
{
  const char *plan = eonay_practice_pin_pad_plan ();

  if (plan != NULL && code == EONAY_PRACTICE_PIN_PAD_GET_FEATURES)
    return eonay_practice_pin_pad_describe ();
  if (plan != NULL &&
      (code == EONAY_PRACTICE_PIN_PAD_VERIFY || code == EONAY_PRACTICE_PIN_PAD_MODIFY))
    return type_pin (EONAY_PRACTICE_TRANSPORT (transport), plan, code, in, in_length, error);

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_PAD_REFUSED,
                       "The practice reader has no such feature");

  return NULL;
}

static void
eonay_practice_transport_iface_init (EonayTransportInterface *iface)
{
  iface->connect = eonay_practice_transport_connect;
  iface->disconnect = eonay_practice_transport_disconnect;
  iface->begin = eonay_practice_transport_begin;
  iface->end = eonay_practice_transport_end;
  iface->transmit = eonay_practice_transport_transmit;
  iface->get_atr = eonay_practice_transport_get_atr;
  iface->get_protocol = eonay_practice_transport_get_protocol;
  iface->control = eonay_practice_transport_control;
}

static void
eonay_practice_transport_finalize (GObject *object)
{
  EonayPracticeTransport *self = EONAY_PRACTICE_TRANSPORT (object);

  eonay_practice_reader_disconnect (self->reader, &self->contact, EONAY_DISPOSITION_LEAVE);
  g_object_unref (self->reader);

  G_OBJECT_CLASS (eonay_practice_transport_parent_class)->finalize (object);
}

static void
eonay_practice_transport_class_init (EonayPracticeTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_practice_transport_finalize;
}

static void
eonay_practice_transport_init (EonayPracticeTransport *self)
{
}

EonayTransport *
eonay_practice_transport_new (EonayPracticeReader *reader)
{
  EonayPracticeTransport *self = g_object_new (EONAY_TYPE_PRACTICE_TRANSPORT, NULL);

  self->reader = g_object_ref (reader);

  return EONAY_TRANSPORT (self);
}
