#include "card/pcsc/eonay-reader-features.h"

#include <string.h>

#include "base/eonay-byte-reader.h"

/* Part 10, 2.3: the features. */
#define FEATURE_VERIFY_PIN_DIRECT 0x06
#define FEATURE_MODIFY_PIN_DIRECT 0x07
#define FEATURE_PIN_PROPERTIES 0x0A
#define FEATURE_TLV_PROPERTIES 0x12

/* Part 10, 2.6.14: the TLV properties. */
#define PROPERTY_LCD_LAYOUT 0x01
#define PROPERTY_ENTRY_CONDITION 0x02
#define PROPERTY_TIME_OUT2 0x03
#define PROPERTY_MIN_PIN_SIZE 0x06
#define PROPERTY_MAX_PIN_SIZE 0x07
#define PROPERTY_PPDU_SUPPORT 0x09
#define PROPERTY_MAX_APDU_SIZE 0x0A

#define PIN_PROPERTIES_LENGTH 4
#define VALUE_MAX 4
#define SHORT_APDU_MAX 256

typedef struct {
  guint8 tag;
  const guint8 *value;
  guint8 length;
} Property;

static EonayByteReader
read_over (GBytes *answer)
{
  gsize length = 0;
  const guint8 *bytes = answer != NULL ? g_bytes_get_data (answer, &length) : NULL;

  return EONAY_BYTE_READER_INIT (bytes, length);
}

static gboolean
next_property (EonayByteReader *reader, Property *property)
{
  return eonay_byte_reader_u8 (reader, &property->tag) &&
         eonay_byte_reader_u8 (reader, &property->length) &&
         eonay_byte_reader_take (reader, property->length, &property->value);
}

static guint32
big_endian (const Property *property)
{
  guint32 value = 0;

  for (guint i = 0; i < property->length; i++)
    value = value << 8 | property->value[i];

  return value;
}

static guint32
little_endian (const Property *property)
{
  guint32 value = 0;

  for (guint i = property->length; i > 0; i--)
    value = value << 8 | property->value[i - 1];

  return value;
}

static void
take_pin_properties (EonayReaderFeatures *self, GBytes *answer)
{
  EonayByteReader reader = read_over (answer);
  const guint8 *bytes;
  guint16 layout;

  if (!eonay_byte_reader_take (&reader, PIN_PROPERTIES_LENGTH, &bytes))
    return;

  memcpy (&layout, bytes, sizeof layout);
  self->lcd_layout = layout;
  self->entry_conditions = bytes[2];
  self->two_time_outs = bytes[3] != 0;
}

static void
take_property (EonayReaderFeatures *self, const Property *property)
{
  guint32 value = little_endian (property);

  switch (property->tag)
    {
    case PROPERTY_LCD_LAYOUT:
      self->lcd_layout = (guint16) value;
      break;
    case PROPERTY_ENTRY_CONDITION:
      self->entry_conditions = (guint8) value;
      break;
    case PROPERTY_TIME_OUT2:
      self->two_time_outs = value != 0;
      break;
    case PROPERTY_MIN_PIN_SIZE:
      self->min_pin_size = (guint8) value;
      break;
    case PROPERTY_MAX_PIN_SIZE:
      self->max_pin_size = (guint8) value;
      break;
    case PROPERTY_PPDU_SUPPORT:
      self->ppdu_support = (guint8) value;
      break;
    case PROPERTY_MAX_APDU_SIZE:
      /* 0 says so in as many words; 1 to 256 are not allowed, and no more than that either. */
      self->short_only = value <= SHORT_APDU_MAX;
      break;
    default:
      break;
    }
}

static void
take_properties (EonayReaderFeatures *self, GBytes *answer)
{
  EonayByteReader reader = read_over (answer);
  Property property;

  while (next_property (&reader, &property))
    if (property.length > 0 && property.length <= VALUE_MAX)
      take_property (self, &property);
}

static GBytes *
control (EonayTransport *transport, guint32 code)
{
  g_autoptr (GError) error = NULL;
  GBytes *answer = eonay_transport_control (transport, code, NULL, 0, &error);

  if (answer == NULL)
    g_debug ("The reader does not tell of its features: %s", error->message);

  return answer;
}

void
eonay_reader_features_read (EonayReaderFeatures *self, EonayTransport *transport)
{
  g_autoptr (GBytes) features = control (transport, EONAY_CONTROL_GET_FEATURES);
  g_autoptr (GBytes) properties = NULL;
  g_autoptr (GBytes) tlv_properties = NULL;
  guint32 codes[G_MAXUINT8 + 1] = { 0 };
  EonayByteReader reader = read_over (features);
  Property feature;

  while (next_property (&reader, &feature))
    if (feature.length == sizeof (guint32))
      codes[feature.tag] = big_endian (&feature);

  *self = (EonayReaderFeatures){ .verify_pin = codes[FEATURE_VERIFY_PIN_DIRECT],
                                 .modify_pin = codes[FEATURE_MODIFY_PIN_DIRECT] };
  if (codes[FEATURE_PIN_PROPERTIES] != 0)
    properties = control (transport, codes[FEATURE_PIN_PROPERTIES]);
  if (codes[FEATURE_TLV_PROPERTIES] != 0)
    tlv_properties = control (transport, codes[FEATURE_TLV_PROPERTIES]);
  take_pin_properties (self, properties);
  take_properties (self, tlv_properties);
}
