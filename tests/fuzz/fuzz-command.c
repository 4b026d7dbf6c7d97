#include "fuzz-target.h"

#include <string.h>

#include "card/apdu/eonay-apdu.h"
#include "card/trace/eonay-trace-rule.h"

/* A command that parses is written as it was read; no trace shows a body that it should not. */
int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  EonayApdu apdu;
  EonayApduForm form;
  EonayTraceRule rule;

  if (eonay_apdu_parse (bytes, length, &apdu, &form))
    {
      g_autofree guint8 *written = g_malloc (length + 1);
      gsize count = eonay_apdu_encode (&apdu, form, EONAY_PROTOCOL_T1, written, length + 1);

      g_assert_cmpmem (written, count, bytes, length);
    }
  if (length < 4)
    return 0;

  rule = eonay_trace_rule_of_command (bytes, length);
  g_assert_false (rule.body_hidden && !rule.has_body);
  if (((bytes[1] & 0xFE) == 0x20 || (bytes[1] & 0xFE) == 0x24 || (bytes[1] & 0xFE) == 0x2C) &&
      length > 5)
    g_assert_true (rule.body_hidden);

  return 0;
}
