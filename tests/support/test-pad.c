#include "test-pad.h"

#include <string.h>

#include "base/eonay-error.h"
#include "test-slots.h"

#define GET_FEATURES 0x42000D48
#define PROPERTIES 0x4233000A
#define TLVS 0x42330012

#define TIMED_OUT 0x6400
#define CANCELLED 0x6401
#define DIFFERENT 0x6402
#define WRONG_SIZE 0x6403
#define BAD_STRUCTURE 0x6B80

#define TEST_TYPE_PAD (test_pad_get_type ())
G_DECLARE_FINAL_TYPE (TestPad, test_pad, TEST, PAD, GObject)

struct _TestPad {
  GObject parent_instance;

  EonayTransport *card;
  TestPadScript *script;
};

static void test_pad_iface_init (EonayTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestPad, test_pad, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_TRANSPORT, test_pad_iface_init))

static gboolean
test_pad_connect (EonayTransport *transport, GError **error)
{
  return eonay_transport_connect (TEST_PAD (transport)->card, error);
}

static void
test_pad_disconnect (EonayTransport *transport, EonayDisposition disposition)
{
  eonay_transport_disconnect (TEST_PAD (transport)->card, disposition);
}

static gboolean
test_pad_begin (EonayTransport *transport, GError **error)
{
  return eonay_transport_begin (TEST_PAD (transport)->card, error);
}

static gboolean
test_pad_end (EonayTransport *transport, EonayDisposition disposition, GError **error)
{
  return eonay_transport_end (TEST_PAD (transport)->card, disposition, error);
}

static GBytes *
test_pad_transmit (EonayTransport *transport, const guint8 *command, gsize length, GError **error)
{
  gboolean about_pin = command[1] == 0x20 || command[1] == 0x24 || command[1] == 0x2C;

  g_assert_false (about_pin && length > 5);

  return eonay_transport_transmit (TEST_PAD (transport)->card, command, length, error);
}

static guint
take (const guint8 **at, guint width)
{
  guint32 wide = 0;
  guint16 middle = 0;

  *at += width;
  if (width == sizeof wide)
    memcpy (&wide, *at - width, sizeof wide);
  else if (width == sizeof middle)
    memcpy (&middle, *at - width, sizeof middle);
  else
    return (*at)[-1];

  return width == sizeof wide ? wide : middle;
}

static void
take_messages (TestPadRequest *request, const guint8 **at, guint count)
{
  request->condition = take (at, 1);
  request->n_messages = take (at, 1);
  request->language = take (at, 2);
  for (guint i = 0; i < count; i++)
    request->messages[i] = take (at, 1);
  for (guint i = 0; i < 3; i++)
    request->prologue = request->prologue << 8 | take (at, 1);
}

static gboolean
decode (TestPadRequest *request, gboolean modifies, const guint8 *in, gsize length)
{
  const guint8 *at = in;
  guint limits;

  if (length < (modifies ? 24u : 19u))
    return FALSE;

  *request = (TestPadRequest){ .modifies = modifies };
  request->time_out = take (&at, 1);
  request->time_out2 = take (&at, 1);
  request->format_string = take (&at, 1);
  request->block_string = take (&at, 1);
  request->length_format = take (&at, 1);
  request->offset_old = modifies ? take (&at, 1) : 0;
  request->offset_new = modifies ? take (&at, 1) : 0;
  limits = take (&at, 2);
  request->min = limits >> 8;
  request->max = limits & 0xFF;
  request->confirm = modifies ? take (&at, 1) : 0;
  take_messages (request, &at, modifies ? 3 : 1);
  request->command_length = take (&at, 4);
  if (request->command_length != length - (gsize) (at - in) ||
      request->command_length > sizeof request->command)
    return FALSE;
  memcpy (request->command, at, request->command_length);

  return TRUE;
}

/* What the firmware makes of a structure that it cannot carry out. */
static gboolean
is_understood (const TestPadScript *script, const TestPadRequest *request)
{
  guint block = request->block_string & 0x0F;

  if ((request->format_string & 0x80) == 0 || request->time_out == 0 || request->prologue != 0 ||
      (request->condition & 0x02) == 0 || (script->most > 0 && request->max > script->most))
    return FALSE;

  /* Without a block the length is the firmware's to make, and an Lc is in its way. */
  return block == 0
             ? request->command_length == 4
             : request->command_length > 5 && request->command[4] == request->command_length - 5;
}

static void
put_digits (const TestPadRequest *request, const char *digits, guint8 *at)
{
  for (gsize i = 0; digits[i] != '\0'; i++)
    at[i] = (request->format_string & 0x03) == 2 ? (guint8) digits[i] : (guint8) (digits[i] - '0');
}

/* One PIN at @offset of the content. Returns: how much content there is now */
static gsize
insert (const TestPadRequest *request, const char *digits, gsize offset, guint8 *content)
{
  guint position = request->format_string >> 3 & 0x0F;

  put_digits (request, digits, content + offset + position);
  if (request->block_string >> 4 == 8)
    content[offset + (request->length_format & 0x0F)] = (guint8) strlen (digits);

  return offset + position + strlen (digits);
}

static GBytes *
send (TestPad *self, const TestPadRequest *request, const char *old, const char *new_pin,
      GError **error)
{
  guint8 command[80] = { 0 };
  gsize content = 0;
  gboolean blocks = (request->block_string & 0x0F) > 0;

  memcpy (command, request->command, request->command_length);
  if (old != NULL)
    content = insert (request, old, blocks ? request->offset_old : 0, command + 5);
  if (new_pin != NULL)
    content = insert (request, new_pin, blocks ? request->offset_new : content, command + 5);
  if (!blocks)
    command[4] = (guint8) content;
  self->script->sent++;

  return eonay_transport_transmit (self->card, command, 5u + command[4], error);
}

static GBytes *
say (guint status)
{
  const guint8 bytes[] = { (guint8) (status >> 8), (guint8) status };

  return g_bytes_new (bytes, sizeof bytes);
}

static GBytes *
type (TestPad *self, const TestPadRequest *request, GError **error)
{
  const char *const *typed = self->script->typed + self->script->n_typed;
  guint entries = !request->modifies ? 1 : request->confirm == 3 ? 3 : 2;
  const char *old = !request->modifies || request->confirm == 3 ? typed[0] : NULL;
  const char *new_pin = request->modifies ? typed[entries - 2] : NULL;

  for (guint i = 0; i < entries; i++, self->script->n_typed++)
    {
      if (typed[i] == NULL)
        return say (TIMED_OUT);
      if (g_str_equal (typed[i], "cancel"))
        return say (CANCELLED);
      if (strlen (typed[i]) < request->min || strlen (typed[i]) > request->max)
        return say (WRONG_SIZE);
    }
  if (request->modifies && !g_str_equal (new_pin, typed[entries - 1]))
    return say (DIFFERENT);

  return send (self, request, old, new_pin, error);
}

static GBytes *
tell (const char *hex, GError **error)
{
  if (hex != NULL)
    return test_from_hex (hex);

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_PAD_REFUSED, "8010001F");

  return NULL;
}

static GBytes *
test_pad_control (EonayTransport *transport, guint32 code, const guint8 *in, gsize in_length,
                  GError **error)
{
  TestPad *self = TEST_PAD (transport);
  TestPadScript *script = self->script;

  script->controls++;
  if (code == GET_FEATURES)
    return tell (script->features, error);
  if (code == PROPERTIES)
    return tell (script->properties, error);
  if (code == TLVS)
    return tell (script->tlvs, error);
  if (code != TEST_PAD_VERIFY && code != TEST_PAD_MODIFY)
    return tell (NULL, error);
  if (script->fails)
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, script->error, "as the script says");
      return NULL;
    }

  if (!decode (&script->request, code == TEST_PAD_MODIFY, in, in_length) ||
      !is_understood (script, &script->request))
    return say (BAD_STRUCTURE);

  return type (self, &script->request, error);
}

static GBytes *
test_pad_get_atr (EonayTransport *transport)
{
  return eonay_transport_get_atr (TEST_PAD (transport)->card);
}

static EonayProtocol
test_pad_get_protocol (EonayTransport *transport)
{
  return eonay_transport_get_protocol (TEST_PAD (transport)->card);
}

static void
test_pad_iface_init (EonayTransportInterface *iface)
{
  iface->connect = test_pad_connect;
  iface->disconnect = test_pad_disconnect;
  iface->begin = test_pad_begin;
  iface->end = test_pad_end;
  iface->transmit = test_pad_transmit;
  iface->get_atr = test_pad_get_atr;
  iface->get_protocol = test_pad_get_protocol;
  iface->control = test_pad_control;
}

static void
test_pad_finalize (GObject *object)
{
  g_object_unref (TEST_PAD (object)->card);

  G_OBJECT_CLASS (test_pad_parent_class)->finalize (object);
}

static void
test_pad_class_init (TestPadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_pad_finalize;
}

static void
test_pad_init (TestPad *self)
{
}

EonayTransport *
test_pad_new (EonayTransport *card, TestPadScript *script)
{
  TestPad *self = g_object_new (TEST_TYPE_PAD, NULL);

  self->card = card;
  self->script = script;

  return EONAY_TRANSPORT (self);
}

void
test_pad_agree (EonayTokenRequest *request, EonayCardPin *pin)
{
  EonayPinState state;

  eonay_card_pin_get_state (pin, &state);
  request->consent = eonay_pin_consent_new (&state, TRUE);
  request->pin_try = EONAY_PIN_TRY_NOT_SENT;
}
