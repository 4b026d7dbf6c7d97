#include "card/trace/eonay-trace-rule.h"

#include "card/apdu/eonay-apdu.h"

#define INS_VERIFY 0x20
#define INS_CHANGE_REFERENCE_DATA 0x24
#define INS_RESET_RETRY_COUNTER 0x2C
#define INS_MANAGE_SECURITY_ENVIRONMENT 0x22
#define INS_PERFORM_SECURITY_OPERATION 0x2A
#define INS_MANAGE_CHANNEL 0x70
#define INS_GET_CHALLENGE 0x84
#define INS_SELECT 0xA4
#define INS_READ_BINARY 0xB0
#define INS_READ_RECORD 0xB2
#define INS_GET_RESPONSE 0xC0
#define INS_GET_DATA 0xCA
#define PSO_SIGNATURE 0x9E
#define BY_SHORT_ID 0x80
#define SHORT_ID_MASK 0x1F

/* Odd instructions are the same ones with BER-TLV data (5.4.2). */
static gboolean
carries_pin (guint8 ins)
{
  ins &= 0xFE;

  return ins == INS_VERIFY || ins == INS_CHANGE_REFERENCE_DATA || ins == INS_RESET_RETRY_COUNTER;
}

/* Interindustry classes without secure messaging, whatever the channel, chained or not (5.4.1). */
static gboolean
is_plain (guint8 cla)
{
  return (cla & 0xEC) == 0x00 || (cla & 0xE0) == 0x40;
}

gboolean
eonay_trace_rule_has_body (const guint8 *command, gsize length)
{
  EonayApdu apdu;

  if (length <= 4 || (length == 5 && command[4] == 0))
    return FALSE;
  if (!eonay_apdu_parse (command, length, &apdu, NULL))
    return TRUE;

  /* A PIN can be cut so short that its length and first digits look like an Le. */
  return apdu.content_length > 0 || carries_pin (apdu.ins);
}

static void
rule_of_known (EonayTraceRule *rule, const guint8 *command)
{
  rule->body_hidden = FALSE;
  switch (command[1])
    {
    case INS_READ_BINARY:
      rule->reads_file = TRUE;
      rule->short_id = (command[2] & BY_SHORT_ID) != 0 ? command[2] & SHORT_ID_MASK : 0;
      rule->offset = (command[2] & BY_SHORT_ID) != 0 ? command[3]
                                                     : (gsize) command[2] << 8 | command[3];
      break;
    case INS_GET_RESPONSE:
      rule->continues = TRUE;
      break;
    case INS_GET_CHALLENGE:
    case INS_MANAGE_CHANNEL:
      rule->answer = EONAY_TRACE_SHOWN;
      break;
    case INS_GET_DATA:
    case INS_GET_DATA | 1:
      rule->answer = EONAY_TRACE_NUMBERS;
      break;
    case INS_PERFORM_SECURITY_OPERATION:
      /* What is deciphered or hashed may be a text. */
      rule->body_hidden = command[2] != PSO_SIGNATURE;
      rule->answer = rule->body_hidden ? EONAY_TRACE_HIDDEN : EONAY_TRACE_SHOWN;
      break;
    case INS_SELECT:
    case INS_READ_RECORD:
    case INS_MANAGE_SECURITY_ENVIRONMENT:
      break;
    default:
      rule->body_hidden = TRUE;
    }
}

EonayTraceRule
eonay_trace_rule_of_command (const guint8 *command, gsize length)
{
  EonayTraceRule rule = { .body_hidden = TRUE, .answer = EONAY_TRACE_OBJECTS };

  g_return_val_if_fail (length >= 4, rule);

  rule.has_body = eonay_trace_rule_has_body (command, length);
  if (carries_pin (command[1]))
    rule.answer = EONAY_TRACE_HIDDEN;
  else if (is_plain (command[0]))
    rule_of_known (&rule, command);
  rule.body_hidden = rule.body_hidden && rule.has_body;

  return rule;
}
