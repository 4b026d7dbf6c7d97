#include "fuzz-target.h"

#include <string.h>

#include "card/apdu/eonay-tlv.h"
#include "card/trace/eonay-redaction.h"
#include "card/trace/eonay-trace-answer.h"

#define NAME "AYSENUR"

/* The same tags and lengths, in the same places. */
static void
assert_same_shape (const guint8 *before, const guint8 *after, gsize length)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (before, length);
  EonayByteReader other = EONAY_BYTE_READER_INIT (after, length);
  EonayTlv object, blank;

  while (eonay_tlv_read (&reader, &object) == EONAY_TLV_OBJECT)
    {
      guint8 first = before[(gsize) (object.value - before) - (object.total - object.length)];

      g_assert_cmpint (eonay_tlv_read (&other, &blank), ==, EONAY_TLV_OBJECT);
      g_assert_cmpuint (object.tag, ==, blank.tag);
      g_assert_cmpuint (object.length, ==, blank.length);
      if ((first & 0x20) != 0)
        assert_same_shape (object.value, blank.value, object.length);
    }
}

/* A name in a string, in front of which and behind which lies anything. */
static void
hide_name (const guint8 *bytes, gsize length)
{
  static const guint8 begin[] = { 0x30, 0x82 };
  static const guint8 string[] = { 0x0C, sizeof NAME - 1 };
  g_autoptr (GByteArray) file = g_byte_array_new ();
  gsize total = sizeof string + sizeof NAME - 1 + length;
  const guint8 size[] = { (guint8) (total >> 8), (guint8) total };

  if (total > G_MAXUINT16)
    return;

  g_byte_array_append (file, begin, sizeof begin);
  g_byte_array_append (file, size, sizeof size);
  g_byte_array_append (file, string, sizeof string);
  g_byte_array_append (file, (const guint8 *) NAME, sizeof NAME - 1);
  g_byte_array_append (file, bytes, (guint) length);
  eonay_redaction_blank_objects (file->data, file->len);
  g_assert_true (memmem (file->data, sizeof begin + sizeof size + sizeof string + sizeof NAME, NAME,
                         sizeof NAME - 1) == NULL);
}

/* Of the first object; behind it may lie what is blanked whole. */
static void
check_shape (const guint8 *bytes, const guint8 *blank, gsize length)
{
  EonayByteReader reader = EONAY_BYTE_READER_INIT (bytes, length);
  EonayTlv object;

  if (eonay_tlv_read (&reader, &object) == EONAY_TLV_OBJECT && (bytes[0] & 0x20) != 0 &&
      eonay_redaction_are_objects (bytes, object.total))
    assert_same_shape (bytes, blank, object.total);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  g_autofree guint8 *blank = g_memdup2 (bytes, length);
  g_autoptr (EonayTraceAnswer) answer = eonay_trace_answer_new (EONAY_TRACE_OBJECTS);

  eonay_redaction_blank_objects (blank, length);
  check_shape (bytes, blank, length);

  for (gsize at = 0; at < length; at += 100)
    eonay_trace_answer_put (answer, at, bytes + at, MIN (100, length - at));
  eonay_trace_answer_redact (answer);
  g_assert_cmpmem (eonay_trace_answer_get (answer, 0), length, blank, length);

  hide_name (bytes, length);

  return 0;
}
