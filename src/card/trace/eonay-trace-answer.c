#include "card/trace/eonay-trace-answer.h"

#include <string.h>

#include "card/trace/eonay-redaction.h"

struct _EonayTraceAnswer {
  EonayTraceView view;
  GByteArray *bytes;
  GByteArray *known; /* 1 for each byte that a piece has brought */
};

EonayTraceAnswer *
eonay_trace_answer_new (EonayTraceView view)
{
  EonayTraceAnswer *self = g_new0 (EonayTraceAnswer, 1);

  self->view = view;
  self->bytes = g_byte_array_new ();
  self->known = g_byte_array_new ();

  return self;
}

void
eonay_trace_answer_put (EonayTraceAnswer *self, gsize offset, const guint8 *bytes, gsize length)
{
  guint before = self->bytes->len;
  guint after = (guint) MAX (before, offset + length);

  if (length == 0)
    return;

  g_byte_array_set_size (self->bytes, after);
  g_byte_array_set_size (self->known, after);
  memset (self->known->data + before, 0, after - before);
  memcpy (self->bytes->data + offset, bytes, length);
  memset (self->known->data + offset, 1, length);
}

static void
redact (EonayTraceView view, guint8 *bytes, gsize length)
{
  switch (view)
    {
    case EONAY_TRACE_SHOWN:
      break;
    case EONAY_TRACE_NUMBERS:
      if (eonay_redaction_are_objects (bytes, length))
        eonay_redaction_blank_objects (bytes, length);
      else
        eonay_redaction_blank_words (bytes, length);
      break;
    case EONAY_TRACE_OBJECTS:
      eonay_redaction_blank_objects (bytes, length);
      break;
    case EONAY_TRACE_HIDDEN:
    default:
      eonay_redaction_blank_all (bytes, length);
    }
}

void
eonay_trace_answer_redact (EonayTraceAnswer *self)
{
  guint start = 0;

  for (guint i = 0; i <= self->bytes->len; i++)
    {
      if (i < self->bytes->len && self->known->data[i] != 0)
        continue;
      if (i > start)
        redact (self->view, self->bytes->data + start, i - start);
      start = i + 1;
    }
}

const guint8 *
eonay_trace_answer_get (const EonayTraceAnswer *self, gsize offset)
{
  return self->bytes->data != NULL ? self->bytes->data + offset : (const guint8 *) "";
}

void
eonay_trace_answer_free (EonayTraceAnswer *self)
{
  if (self == NULL)
    return;

  g_byte_array_unref (self->bytes);
  g_byte_array_unref (self->known);
  g_free (self);
}
