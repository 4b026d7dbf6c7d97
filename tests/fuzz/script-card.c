#include "script-card.h"

#include "base/eonay-byte-reader.h"
#include "base/eonay-error.h"

#define INS_VERIFY 0x20
#define INS_CHANGE_REFERENCE_DATA 0x24
#define INS_RESET_RETRY_COUNTER 0x2C
#define PROTOCOL_BIT 0x80

struct _ScriptCard {
  GObject parent_instance;

  EonayByteReader script;
  guint8 kind;
  guint pins;
};

static void script_card_iface_init (EonayTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ScriptCard, script_card, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_TRANSPORT, script_card_iface_init))

static gboolean
script_card_connect (EonayTransport *transport, GError **error)
{
  return TRUE;
}

static void
script_card_disconnect (EonayTransport *transport, EonayDisposition disposition)
{
}

static gboolean
script_card_begin (EonayTransport *transport, GError **error)
{
  return TRUE;
}

static gboolean
script_card_end (EonayTransport *transport, EonayDisposition disposition, GError **error)
{
  return TRUE;
}

static GBytes *
script_card_transmit (EonayTransport *transport, const guint8 *command, gsize length,
                      GError **error)
{
  ScriptCard *self = SCRIPT_CARD (transport);
  const guint8 *answer;
  guint16 count;

  g_assert_cmpuint (length, >=, 4);
  if ((command[1] == INS_VERIFY || command[1] == INS_CHANGE_REFERENCE_DATA ||
       command[1] == INS_RESET_RETRY_COUNTER) &&
      length > 5)
    self->pins++;

  if (!eonay_byte_reader_u16 (&self->script, &count) ||
      !eonay_byte_reader_take (&self->script, count, &answer))
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED, "The script ends");
      return NULL;
    }

  return g_bytes_new (answer, count);
}

static GBytes *
script_card_get_atr (EonayTransport *transport)
{
  static const struct {
    guint8 length;
    guint8 bytes[20];
  } atrs[] = {
    /* Any card; IsoApplet; the practice card's historical bytes, with extended length; AKİS v2 */
    { 2, { 0x3B, 0x00 } },
    { 5, { 0x3B, 0x80, 0x80, 0x01, 0x01 } },
    { 12, { 0x3B, 0x0A, 0x80, 0x73, 0xC0, 0x21, 0x40, 'E', 'O', 'N', 'A', 'Y' } },
    { 20, { 0x3B, 0x9F, 0x97, 0x81, 0x31, 0xFE, 0x45, 0x80, 0x65, 0x54,
            0x43, 0xD3, 0x22, 0x82, 0x31, 0xC0, 0x73, 0xF6, 0x21, 0x80 } },
  };
  guint8 kind = SCRIPT_CARD (transport)->kind % G_N_ELEMENTS (atrs);

  return g_bytes_new_static (atrs[kind].bytes, atrs[kind].length);
}

static EonayProtocol
script_card_get_protocol (EonayTransport *transport)
{
  return (SCRIPT_CARD (transport)->kind & PROTOCOL_BIT) != 0 ? EONAY_PROTOCOL_T0
                                                             : EONAY_PROTOCOL_T1;
}

static void
script_card_iface_init (EonayTransportInterface *iface)
{
  iface->connect = script_card_connect;
  iface->disconnect = script_card_disconnect;
  iface->begin = script_card_begin;
  iface->end = script_card_end;
  iface->transmit = script_card_transmit;
  iface->get_atr = script_card_get_atr;
  iface->get_protocol = script_card_get_protocol;
}

static void
script_card_class_init (ScriptCardClass *klass)
{
}

static void
script_card_init (ScriptCard *self)
{
}

EonayTransport *
script_card_new (const guint8 *bytes, gsize length)
{
  ScriptCard *self = g_object_new (SCRIPT_TYPE_CARD, NULL);

  self->script = EONAY_BYTE_READER_INIT (bytes, length);
  if (!eonay_byte_reader_u8 (&self->script, &self->kind))
    self->kind = 0;

  return EONAY_TRANSPORT (self);
}

guint
script_card_take_pins (ScriptCard *self)
{
  guint pins = self->pins;

  self->pins = 0;

  return pins;
}
