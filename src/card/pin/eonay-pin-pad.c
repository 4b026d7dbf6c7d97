#include "card/pin/eonay-pin-pad.h"

#include <string.h>

#include "base/eonay-error.h"
#include "card/pcsc/eonay-reader-features.h"

/* Part 10, 2.5.2: bmFormatString. */
#define UNIT_BYTES 0x80
#define POSITION_SHIFT 3
#define TYPE_BINARY 0x00
#define TYPE_ASCII 0x02

/* bmPINBlockString and bmPINLengthFormat: a length of 8 bits, counted in bytes from byte 0. */
#define LENGTH_OF_8_BITS 0x80
#define LENGTH_UNIT_BYTES 0x10
#define BLOCK_MAX 15

#define MAXIMUM_REACHED 0x01
#define KEY_PRESSED 0x02
#define CONFIRM_NEW 0x01
#define CONFIRM_NEW_AFTER_OLD 0x03
#define TURKISH 0x041F

/* The prompts that a reader knows: "PIN", "new PIN", "new PIN again". */
#define MESSAGE_PIN 0x00
#define MESSAGE_NEW 0x01
#define MESSAGE_AGAIN 0x02

/* Readers are known that break on a greater maximum. */
#define DIGITS_MAX 15

#define APDU_HEADER 4
#define APDU_MAX (APDU_HEADER + 1 + 2 * (1 + BLOCK_MAX))
#define STRUCTURE_MAX (24 + APDU_MAX)

struct _EonayPinPad {
  GObject parent_instance;

  GMutex lock;
  gboolean asked;
  EonayReaderFeatures features;
};

G_DEFINE_FINAL_TYPE (EonayPinPad, eonay_pin_pad, G_TYPE_OBJECT)

/* How a PIN is typed and put into the command. @block: 0 for a PIN without padding. */
typedef struct {
  guint8 format_string;
  guint8 block_string;
  guint8 length_format;
  guint8 block;
  guint8 pad;
  gboolean length_first;
  guint min;
  guint max;
} Entry;

typedef struct {
  guint8 bytes[STRUCTURE_MAX];
  gsize length;
} Structure;

static void
eonay_pin_pad_finalize (GObject *object)
{
  g_mutex_clear (&EONAY_PIN_PAD (object)->lock);

  G_OBJECT_CLASS (eonay_pin_pad_parent_class)->finalize (object);
}

static void
eonay_pin_pad_class_init (EonayPinPadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_pin_pad_finalize;
}

static void
eonay_pin_pad_init (EonayPinPad *self)
{
  g_mutex_init (&self->lock);
}

EonayPinPad *
eonay_pin_pad_new (void)
{
  return g_object_new (EONAY_TYPE_PIN_PAD, NULL);
}

void
eonay_pin_pad_ask (EonayPinPad *self, EonayTransport *transport)
{
  EonayReaderFeatures features;

  if (self->asked)
    return;

  eonay_reader_features_read (&features, transport);
  self->asked = TRUE;
  g_mutex_lock (&self->lock);
  self->features = features;
  g_mutex_unlock (&self->lock);
}

static void
get_features (EonayPinPad *self, EonayReaderFeatures *features)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  *features = self->features;
}

static gboolean
describe (const EonayPinFormat *format, gboolean takes_unpadded, Entry *entry)
{
  gboolean padded = format->padded && (format->stored_length <= BLOCK_MAX || !takes_unpadded);

  /* A PIN that may have letters cannot be typed there; where the length of one without padding would
     go is not settled. */
  if (format->encoding == EONAY_PIN_ENCODING_UTF8 ||
      (padded && (format->stored_length == 0 || format->stored_length > BLOCK_MAX)) ||
      (format->length_first && !padded))
    return FALSE;

  *entry = (Entry){ .pad = format->pad,
                    .length_first = format->length_first,
                    .min = format->min_length,
                    .max = format->max_length };
  /* Digit values as "binary", one byte a digit, is inferred from CCID's examples. */
  entry->format_string = UNIT_BYTES | (format->length_first ? 1 << POSITION_SHIFT : 0) |
                         (format->encoding == EONAY_PIN_ENCODING_DIGIT_VALUES ? TYPE_BINARY
                                                                              : TYPE_ASCII);
  if (padded)
    entry->block = (guint8) format->stored_length;
  entry->block_string = entry->block | (format->length_first ? LENGTH_OF_8_BITS : 0);
  entry->length_format = format->length_first ? LENGTH_UNIT_BYTES : 0;
  if (padded)
    entry->max = MIN (entry->max, entry->block);

  return TRUE;
}

/* One structure describes old and new alike; only the numbers of digits may differ. */
static gboolean
join (Entry *entry, const Entry *set)
{
  if (entry->length_first || set->length_first || entry->format_string != set->format_string ||
      entry->block != set->block || (entry->block > 0 && entry->pad != set->pad))
    return FALSE;

  entry->min = MIN (entry->min, set->min);
  entry->max = MAX (entry->max, set->max);

  return TRUE;
}

static gboolean
describe_command (const EonayPinCommand *command, const EonayReaderFeatures *features, Entry *entry)
{
  const EonayPinFormat *first = command->presented != NULL ? command->presented : command->set;
  Entry set;

  if ((command->set != NULL ? features->modify_pin : features->verify_pin) == 0 ||
      !describe (first, command->takes_unpadded && command->set == NULL, entry))
    return FALSE;
  if (command->set != NULL && (!describe (command->set, FALSE, &set) || !join (entry, &set)))
    return FALSE;

  entry->max = MIN (entry->max, DIGITS_MAX);
  if (features->max_pin_size > 0)
    entry->max = MIN (entry->max, features->max_pin_size);
  entry->min = MAX (entry->min, features->min_pin_size);

  return entry->min <= entry->max;
}

gboolean
eonay_pin_pad_can_send (EonayPinPad *self, const EonayPinCommand *command)
{
  EonayReaderFeatures features;
  Entry entry;

  get_features (self, &features);

  return describe_command (command, &features, &entry);
}

static void
put_u8 (Structure *self, guint8 value)
{
  self->bytes[self->length++] = value;
}

/* The wider ones are in the host's byte order, which pcsc-lite's drivers expect. */
static void
put_u16 (Structure *self, guint16 value)
{
  memcpy (self->bytes + self->length, &value, sizeof value);
  self->length += sizeof value;
}

static void
put_u32 (Structure *self, guint32 value)
{
  memcpy (self->bytes + self->length, &value, sizeof value);
  self->length += sizeof value;
}

static void
put_block (Structure *self, const Entry *entry)
{
  if (entry->length_first)
    put_u8 (self, 0);
  memset (self->bytes + self->length, entry->pad, entry->block);
  self->length += entry->block;
}

/* bTeoPrologue, ulDataLength and the command, with its padding in place of the PINs. */
static void
put_command (Structure *self, const EonayPinCommand *command, const Entry *entry)
{
  guint blocks = (command->presented != NULL) + (command->set != NULL);
  guint content = blocks * (entry->block + (entry->length_first ? 1u : 0u));

  for (guint i = 0; i < 3; i++)
    put_u8 (self, 0);
  /* Of a PIN without padding the reader makes the length; readers refuse an Lc of 00. */
  put_u32 (self, entry->block > 0 ? APDU_HEADER + 1 + content : APDU_HEADER);
  put_u8 (self, 0);
  put_u8 (self, command->ins);
  put_u8 (self, command->p1);
  put_u8 (self, command->p2);
  if (entry->block == 0)
    return;

  put_u8 (self, (guint8) content);
  for (guint i = 0; i < blocks; i++)
    put_block (self, entry);
}

static void
put_entry (Structure *self, const Entry *entry)
{
  put_u8 (self, EONAY_PIN_PAD_TIME_OUT);
  put_u8 (self, EONAY_PIN_PAD_TIME_OUT);
  put_u8 (self, entry->format_string);
  put_u8 (self, entry->block_string);
  put_u8 (self, entry->length_format);
}

static guint8
choose_condition (const EonayReaderFeatures *features)
{
  if (features->entry_conditions == 0 || (features->entry_conditions & KEY_PRESSED) != 0)
    return KEY_PRESSED;

  return MAXIMUM_REACHED;
}

/* PIN_VERIFY_STRUCTURE (part 10, 2.5.2). */
static void
put_verify (Structure *self, const EonayPinCommand *command, const Entry *entry,
            const EonayReaderFeatures *features)
{
  put_entry (self, entry);
  put_u16 (self, (guint16) (entry->min << 8 | entry->max));
  put_u8 (self, choose_condition (features));
  put_u8 (self, 1);
  put_u16 (self, TURKISH);
  put_u8 (self, MESSAGE_PIN);
  put_command (self, command, entry);
}

/* PIN_MODIFY_STRUCTURE (part 10, 2.5.3). */
static void
put_modify (Structure *self, const EonayPinCommand *command, const Entry *entry,
            const EonayReaderFeatures *features)
{
  gboolean with_old = command->presented != NULL;

  put_entry (self, entry);
  put_u8 (self, 0);
  put_u8 (self, with_old ? entry->block : 0);
  put_u16 (self, (guint16) (entry->min << 8 | entry->max));
  put_u8 (self, with_old ? CONFIRM_NEW_AFTER_OLD : CONFIRM_NEW);
  put_u8 (self, choose_condition (features));
  put_u8 (self, with_old ? 3 : 2);
  put_u16 (self, TURKISH);
  put_u8 (self, with_old ? MESSAGE_PIN : MESSAGE_NEW);
  put_u8 (self, with_old ? MESSAGE_NEW : MESSAGE_AGAIN);
  put_u8 (self, with_old ? MESSAGE_AGAIN : 0);
  put_command (self, command, entry);
}

static gboolean
take_status (GBytes *answer, guint16 *status, GError **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (answer, &length);

  if (length >= 2)
    {
      *status = (guint16) (bytes[length - 2] << 8 | bytes[length - 1]);
      return TRUE;
    }

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PROTOCOL,
                       "The reader's keypad gave no status word");

  return FALSE;
}

gboolean
eonay_pin_pad_send (EonayPinPad *self, const EonayPinCommand *command, EonayTransport *transport,
                    guint16 *status, GError **error)
{
  Structure structure = { .length = 0 };
  g_autoptr (GBytes) answer = NULL;
  EonayReaderFeatures features;
  Entry entry;

  get_features (self, &features);
  if (!describe_command (command, &features, &entry))
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_PAD_REFUSED,
                           "The reader's keypad cannot put this PIN as the card wants it");
      return FALSE;
    }

  if (command->set != NULL)
    put_modify (&structure, command, &entry, &features);
  else
    put_verify (&structure, command, &entry, &features);
  answer = eonay_transport_control (
      transport, command->set != NULL ? features.modify_pin : features.verify_pin, structure.bytes,
      structure.length, error);

  return answer != NULL && take_status (answer, status, error);
}
