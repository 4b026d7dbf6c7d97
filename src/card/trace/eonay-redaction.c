#include "card/trace/eonay-redaction.h"

#include <string.h>

#include "card/apdu/eonay-tlv.h"

#define BLANK_LETTER 'X'
#define BLANK_DIGIT '0'

#define DEPTH_MAX 24
#define FEW_BYTES 4
#define NATIONAL_ID_LENGTH 11

/* Identifiers, hashes and paths are no longer than this. */
#define IDENTIFIER_MAX 32
#define TEXT_MIN 5

/* As many letters as the shortest names have. */
#define WORD_MIN 3

#define CONSTRUCTED 0x20
#define CLASS_MASK 0xC0
#define CLASS_UNIVERSAL 0x00
#define CLASS_CONTEXT 0x80
#define LONG_LENGTH 0x80

#define TAG_INTEGER 0x02
#define TAG_BIT_STRING 0x03
#define TAG_OCTET_STRING 0x04
#define TAG_UTC_TIME 0x17
#define TAG_GENERALIZED_TIME 0x18
#define TAG_UNIVERSAL_STRING 0x1C
#define TAG_BMP_STRING 0x1E
#define TAG_SEQUENCE 0x30
#define TAG_AID 0x4F
#define TAG_PATH 0x51
#define TAG_DF_NAME 0x84

/* What lies around an object. */
typedef struct {
  guint32 parent;
  guint32 before; /* the tag of the sibling in front of it, 0 when it is the first */
  gboolean keep_times;
  gboolean within_string; /* of several segments */
  guint depth;
} Place;

static void blank_children (guint8 *bytes, gsize length, Place place);

static guint8
first_byte (guint32 tag)
{
  while (tag > 0xFF)
    tag >>= 8;

  return (guint8) tag;
}

static gboolean
is_constructed (guint32 tag)
{
  return (first_byte (tag) & CONSTRUCTED) != 0;
}

static gboolean
is_string (guint32 tag)
{
  static const guint8 strings[] = {
    0x07, 0x0C, 0x12, 0x13, 0x14, 0x15, 0x16, 0x19, 0x1A, 0x1B, TAG_UNIVERSAL_STRING, TAG_BMP_STRING
  };

  return memchr (strings, (int) tag & ~CONSTRUCTED, sizeof strings) != NULL && tag <= 0x3E;
}

/* Of the file control templates and EF.DIR (ISO 7816-4, 7.4 and 12.2.1) only what is in use:
 * most application tags are letters, and text must not pass for objects. */
static gboolean
is_known (guint32 tag)
{
  static const guint8 known[] = {
    0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0A, 0x17, 0x18, 0x23, 0x24,
    0x30, 0x31, 0x4F, 0x50, 0x51, 0x53, 0x61, 0x62, 0x64, 0x6F, 0x73
  };

  return (tag <= 0xFF && memchr (known, (int) tag, sizeof known) != NULL) || is_string (tag) ||
         (first_byte (tag) & CLASS_MASK) == CLASS_CONTEXT;
}

static gboolean
are_objects (const guint8 *bytes, gsize length, guint depth)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);
  EonayTlv object;

  while (eonay_tlv_read (&reader, &object) == EONAY_TLV_OBJECT)
    if (!is_known (object.tag) ||
        (is_constructed (object.tag) &&
         (depth == 0 || !are_objects (object.value, object.length, depth - 1))))
      return FALSE;

  return eonay_byte_reader_remaining (&reader) == 0;
}

gboolean
eonay_redaction_are_objects (const guint8 *bytes, gsize length)
{
  return are_objects (bytes, length, DEPTH_MAX);
}

void
eonay_redaction_blank_all (guint8 *bytes, gsize length)
{
  if (length > 0)
    memset (bytes, BLANK_LETTER, length);
}

static void
blank_text (guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isdigit (bytes[i]))
      bytes[i] = BLANK_DIGIT;
    else if (g_ascii_isalpha (bytes[i]) || bytes[i] >= 0x80)
      bytes[i] = BLANK_LETTER;
}

/* @width: bytes of a character, big-endian */
static void
blank_wide_text (guint8 *bytes, gsize length, gsize width)
{
  gsize whole = length - length % width;

  for (gsize i = 0; i < whole; i += width)
    {
      guint8 *low = bytes + i + width - 1;
      gboolean ascii = *low < 0x80;

      for (gsize high = 0; high < width - 1; high++)
        ascii = ascii && bytes[i + high] == 0;
      if (!ascii)
        {
          memset (bytes + i, 0, width);
          *low = BLANK_LETTER;
        }
      blank_text (low, 1);
    }
  eonay_redaction_blank_all (bytes + whole, length - whole);
}

static void
blank_string (guint32 tag, guint8 *bytes, gsize length)
{
  if (tag == TAG_BMP_STRING)
    blank_wide_text (bytes, length, 2);
  else if (tag == TAG_UNIVERSAL_STRING)
    blank_wide_text (bytes, length, 4);
  else
    blank_text (bytes, length);
}

static gboolean
is_text (const guint8 *bytes, gsize length)
{
  while (length > 0 && bytes[length - 1] == 0)
    length--;
  for (gsize i = 0; i < length; i++)
    if (bytes[i] < 0x20)
      return FALSE;

  return g_utf8_validate ((const char *) bytes, (gssize) length, NULL);
}

static void
blank_text_or_all (guint8 *bytes, gsize length)
{
  if (is_text (bytes, length))
    blank_text (bytes, length);
  else
    eonay_redaction_blank_all (bytes, length);
}

/*
 * An uncompressed point on one of the usual curves (SEC 1, 2.3.3). One key in 256 also looks like
 * an OCTET STRING, but not like one with objects or text in it.
 */
static gboolean
is_point (const guint8 *bytes, gsize length)
{
  if ((length != 65 && length != 97 && length != 133) || bytes[0] != 0x04)
    return FALSE;

  return bytes[1] != length - 2 ||
         (!are_objects (bytes + 2, length - 2, DEPTH_MAX) && !is_text (bytes + 2, length - 2));
}

/** Blanks runs of as many digits as a national id has, or more. */
static void
blank_long_numbers (guint8 *bytes, gsize length)
{
  gsize start = 0;

  for (gsize i = 0; i <= length; i++)
    {
      if (i < length && g_ascii_isdigit (bytes[i]))
        continue;
      if (i - start >= NATIONAL_ID_LENGTH)
        memset (bytes + start, BLANK_DIGIT, i - start);
      start = i + 1;
    }
}

/* The content of an OCTET STRING, or of a BIT STRING behind its count of unused bits. */
static void
blank_octets (guint8 *bytes, gsize length, Place place)
{
  if (is_point (bytes, length))
    return;

  if (length >= 2 && place.depth > 0 && are_objects (bytes, length, place.depth - 1))
    blank_children (bytes, length, (Place){ .depth = place.depth - 1 });
  else if (length >= TEXT_MIN && is_text (bytes, length))
    blank_text (bytes, length);
  else if (length > IDENTIFIER_MAX)
    eonay_redaction_blank_all (bytes, length);
  else
    eonay_redaction_blank_words (bytes, length);
}

static gboolean
is_control_template (guint32 tag)
{
  return tag == 0x62 || tag == 0x64 || tag == 0x6F;
}

/* Implicitly tagged: numbers (a path's count, a PIN's reference, sizes) or text. */
static void
blank_context (const EonayTlv *object, guint8 *value, const Place *place)
{
  gboolean number = object->length <= 1 ||
                    (place->before == TAG_INTEGER && object->length <= FEW_BYTES) ||
                    (is_control_template (place->parent) &&
                     (object->length <= FEW_BYTES || object->tag == TAG_DF_NAME));

  if (!number)
    blank_text_or_all (value, object->length);
}

static gboolean
is_time (guint32 tag)
{
  return tag == TAG_UTC_TIME || tag == TAG_GENERALIZED_TIME;
}

static void
blank_object (const EonayTlv *object, guint8 *value, Place place)
{
  guint32 tag = object->tag;

  if (place.within_string || is_string (tag & ~(guint32) CONSTRUCTED))
    place.within_string = is_constructed (tag);

  if (is_constructed (tag) && place.depth > 0)
    blank_children (
        value, object->length,
        (Place){ .parent = tag, .within_string = place.within_string, .depth = place.depth - 1 });
  else if (is_constructed (tag))
    eonay_redaction_blank_all (value, object->length);
  else if (is_string (tag))
    blank_string (tag, value, object->length);
  else if (tag == TAG_OCTET_STRING)
    blank_octets (value, object->length, place);
  else if (tag == TAG_BIT_STRING && object->length > 0)
    blank_octets (value + 1, object->length - 1, place);
  else if (is_time (tag))
    {
      if (!place.keep_times)
        blank_text (value, object->length);
    }
  else if ((first_byte (tag) & CLASS_MASK) == CLASS_CONTEXT)
    blank_context (object, value, &place);
  else if ((first_byte (tag) & CLASS_MASK) != CLASS_UNIVERSAL && tag != TAG_AID && tag != TAG_PATH)
    blank_text_or_all (value, object->length);
  else
    blank_long_numbers (value, object->length);
}

/* The tags of up to three children; returns how many there are. */
static guint
get_shape (const guint8 *bytes, gsize length, guint32 tags[3])
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);
  EonayTlv child;
  guint count = 0;

  for (; eonay_tlv_read (&reader, &child) == EONAY_TLV_OBJECT; count++)
    if (count < 3)
      tags[count] = child.tag;

  return count;
}

/* The children, which are all there, of an object or string. */
static void
blank_children (guint8 *bytes, gsize length, Place place)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);
  guint32 tags[3] = { 0 };
  guint count = get_shape (bytes, length, tags);
  gboolean signed_object = place.parent == TAG_SEQUENCE && count == 3 && tags[0] == TAG_SEQUENCE &&
                           tags[1] == TAG_SEQUENCE && tags[2] == TAG_BIT_STRING;
  EonayTlv child;

  place.keep_times = place.parent == TAG_SEQUENCE && count == 2 && is_time (tags[0]) &&
                     is_time (tags[1]);
  while (eonay_tlv_read (&reader, &child) == EONAY_TLV_OBJECT)
    {
      guint8 *value = bytes + (child.value - bytes);

      if (place.within_string && !is_constructed (child.tag))
        blank_text (value, child.length);
      else if (signed_object && child.tag == TAG_BIT_STRING && child.length > 1)
        memset (value + 1, 0, child.length - 1);
      else
        blank_object (&child, value, place);
      place.before = child.tag;
    }
}

/* Of a constructed object that goes on behind the last byte: what there is of it. */
static void
blank_cut (guint8 *bytes, gsize length, guint depth)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);
  EonayTlv object;
  EonayTlvResult result;
  gsize header;

  while ((result = eonay_tlv_read (&reader, &object)) == EONAY_TLV_OBJECT)
    if (are_objects (bytes + reader.position - object.total, object.total, DEPTH_MAX))
      blank_object (&object, bytes + (object.value - bytes), (Place){ .depth = DEPTH_MAX });
    else
      eonay_redaction_blank_all (bytes + (object.value - bytes), object.length);

  bytes += reader.position;
  length -= reader.position;
  if (result == EONAY_TLV_MALFORMED || (object.total == 0 && length > FEW_BYTES))
    eonay_redaction_blank_all (bytes, length);
  if (result != EONAY_TLV_TRUNCATED || object.total == 0)
    return;

  header = object.total - object.length;
  if (is_constructed (object.tag) && is_known (object.tag) && depth > 0)
    blank_cut (bytes + header, length - header, depth - 1);
  else if (object.tag == TAG_INTEGER)
    blank_long_numbers (bytes + header, length - header);
  else
    eonay_redaction_blank_all (bytes + header, length - header);
}

/* No text begins so: a constructed object with a length in several bytes. */
static gboolean
begins_like_object (const guint8 *bytes, gsize length)
{
  return length >= 2 && is_known (bytes[0]) && is_constructed (bytes[0]) &&
         (bytes[1] & LONG_LENGTH) != 0;
}

static gboolean
has_letters (const guint8 *bytes, gsize length)
{
  guint letters = 0;

  for (gsize i = 0; i < length; i++)
    letters += g_ascii_isalpha (bytes[i]) || bytes[i] >= 0xC0;

  return letters >= 2;
}

void
eonay_redaction_blank_objects (guint8 *bytes, gsize length)
{
  gsize position = 0;

  while (position < length)
    {
      guint8 *here = bytes + position;
      gsize left = length - position;
      EonayByteReader reader = EONAY_BYTE_READER_INIT (here, left);
      EonayTlv object;
      EonayTlvResult result = eonay_tlv_read (&reader, &object);

      if (*here == 0x00 || *here == 0xFF)
        position++;
      else if (result == EONAY_TLV_OBJECT && is_constructed (object.tag) &&
               are_objects (here, object.total, DEPTH_MAX))
        {
          blank_object (&object, here + (object.value - here), (Place){ .depth = DEPTH_MAX });
          position += object.total;
        }
      else
        {
          if (result == EONAY_TLV_TRUNCATED && begins_like_object (here, left))
            blank_cut (here, left, DEPTH_MAX);
          else if (left > FEW_BYTES || has_letters (here, left))
            eonay_redaction_blank_all (here, left);
          break;
        }
    }
}

/* ISO 8859 has letters from C0 on. */
static gboolean
may_be_letter (guint8 byte)
{
  return g_ascii_isalpha (byte) || byte >= 0xC0;
}

static void
blank_runs_of_letters (guint8 *bytes, gsize length)
{
  for (gsize start = 0, end = 0; start < length; start = end + 1)
    {
      guint plain = 0;

      for (end = start; end < length && may_be_letter (bytes[end]); end++)
        plain += g_ascii_isalpha (bytes[end]);
      if (end - start >= WORD_MIN && plain >= WORD_MIN - 1)
        eonay_redaction_blank_all (bytes + start, end - start);
    }
}

/* Of UTF-16, every second byte is 00, or 01 for some Turkish letters. */
static gboolean
is_wide_text (const guint8 *bytes, gsize length)
{
  gboolean big = TRUE, little = TRUE;

  for (gsize i = 0; i + 1 < length; i += 2)
    {
      big = big && bytes[i] <= 0x01 && bytes[i + 1] >= ' ';
      little = little && bytes[i + 1] <= 0x01 && bytes[i] >= ' ';
    }

  return length >= 2 * WORD_MIN && (big || little);
}

void
eonay_redaction_blank_words (guint8 *bytes, gsize length)
{
  if (is_wide_text (bytes, length))
    {
      eonay_redaction_blank_all (bytes, length);
      return;
    }

  blank_long_numbers (bytes, length);
  blank_runs_of_letters (bytes, length);
}
