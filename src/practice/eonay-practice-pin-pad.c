#include "practice/eonay-practice-pin-pad.h"

#include <string.h>

#define VARIABLE "EONAY_PRACTICE_PIN_PAD"
#define TIMEOUT "timeout"
#define CANCEL "cancel"

#define TYPING_SECONDS 1

/* PIN_VERIFY_STRUCTURE: where its members lie. */
#define AT_TIME_OUT 0
#define AT_FORMAT 2
#define AT_BLOCK 3
#define AT_LIMITS 5
#define AT_LENGTH 15
#define AT_COMMAND 19
#define HEADER 4

#define ASCII_BYTES_FROM_0 0x82

#define OK 0x9000
#define TIMED_OUT 0x6400
#define CANCELLED 0x6401
#define WRONG_LENGTH 0x6403
#define BAD_STRUCTURE 0x6b80

/* Returns: seconds; -1 if @text is no such plan */
static gint64
parse_timeout (const char *text, guint8 time_out)
{
  guint64 seconds;

  if (g_str_equal (text, TIMEOUT))
    return time_out;
  if (!g_str_has_prefix (text, TIMEOUT "=") ||
      !g_ascii_string_to_unsigned (text + strlen (TIMEOUT "="), 10, 0, time_out, &seconds, NULL))
    return -1;

  return (gint64) seconds;
}

static gboolean
is_plan (const char *text)
{
  gsize digits = strspn (text, "0123456789");

  return (digits > 0 && text[digits] == '\0') || g_str_equal (text, CANCEL) ||
         parse_timeout (text, G_MAXUINT8) >= 0;
}

const char *
eonay_practice_pin_pad_plan (void)
{
  const char *plan = g_getenv (VARIABLE);

  return plan != NULL && is_plan (plan) ? plan : NULL;
}

GBytes *
eonay_practice_pin_pad_describe (void)
{
  static const guint8 features[] = { 0x06, 0x04, 0x42, 0x33, 0x00, 0x06 };

  return g_bytes_new_static (features, sizeof features);
}

static gboolean
is_understood (const guint8 *structure, gsize length)
{
  guint32 announced;

  if (length != AT_COMMAND + HEADER)
    return FALSE;

  memcpy (&announced, structure + AT_LENGTH, sizeof announced);

  return announced == HEADER && structure[AT_FORMAT] == ASCII_BYTES_FROM_0 &&
         structure[AT_BLOCK] == 0;
}

static gboolean
is_allowed (const guint8 *structure, gsize digits)
{
  guint16 limits;

  memcpy (&limits, structure + AT_LIMITS, sizeof limits);

  return digits >= limits >> 8 && digits <= (limits & 0xff);
}

guint16
eonay_practice_pin_pad_type (const char *plan, const guint8 *structure, gsize length,
                             GByteArray **command)
{
  guint8 digits = (guint8) strlen (plan);
  gint64 wait;

  if (!is_understood (structure, length))
    return BAD_STRUCTURE;

  wait = parse_timeout (plan, structure[AT_TIME_OUT]);
  if (wait >= 0)
    {
      g_usleep ((gulong) wait * G_USEC_PER_SEC);
      return TIMED_OUT;
    }

  g_usleep (TYPING_SECONDS * G_USEC_PER_SEC);
  if (g_str_equal (plan, CANCEL))
    return CANCELLED;
  if (!is_allowed (structure, digits))
    return WRONG_LENGTH;

  *command = g_byte_array_new ();
  g_byte_array_append (*command, structure + AT_COMMAND, HEADER);
  g_byte_array_append (*command, &digits, 1);
  g_byte_array_append (*command, (const guint8 *) plan, digits);

  return OK;
}
