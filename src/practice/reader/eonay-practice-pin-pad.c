#include "practice/reader/eonay-practice-pin-pad.h"

#include <string.h>

#define VARIABLE "EONAY_PRACTICE_PIN_PAD"
#define TIMEOUT "timeout"
#define CANCEL "cancel"

#define TYPING_SECONDS 1

/* Offsets of the members common to both structures. */
#define AT_TIME_OUT 0
#define AT_FORMAT 2
#define AT_BLOCK 3
#define HEADER 4

/* Of PIN_MODIFY_STRUCTURE. */
#define AT_CONFIRM 9
#define CONFIRM_NEW 0x01
#define ASK_FOR_OLD 0x02

/* In a plan. */
#define SEPARATOR ","
#define N_ENTRIES 3

#define ASCII_BYTES_FROM_0 0x82

#define OK 0x9000
#define TIMED_OUT 0x6400
#define CANCELLED 0x6401
#define DIFFERENT 0x6402
#define WRONG_LENGTH 0x6403
#define BAD_STRUCTURE 0x6b80

/* Offsets of the members that differ between the structures. */
typedef struct {
  gsize limits;
  gsize length;
  gsize command;
} Layout;

static const Layout verify_layout = { 5, 15, 19 };
static const Layout modify_layout = { 7, 20, 24 };

/* Returns: seconds; -1 if @text is not such a plan */
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
  return (g_ascii_isdigit (text[0]) && text[strspn (text, "0123456789" SEPARATOR)] == '\0') ||
         g_str_equal (text, CANCEL) || parse_timeout (text, G_MAXUINT8) >= 0;
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
  static const guint8 features[] = { 0x06, 0x04, 0x42, 0x33, 0x00, 0x06,
                                     0x07, 0x04, 0x42, 0x33, 0x00, 0x07 };

  return g_bytes_new_static (features, sizeof features);
}

static gboolean
is_understood (const Layout *layout, const guint8 *structure, gsize length)
{
  guint32 announced;

  if (length != layout->command + HEADER)
    return FALSE;

  memcpy (&announced, structure + layout->length, sizeof announced);

  return announced == HEADER && structure[AT_FORMAT] == ASCII_BYTES_FROM_0 &&
         structure[AT_BLOCK] == 0;
}

static gboolean
is_allowed (const Layout *layout, const guint8 *structure, const char *typed)
{
  gsize digits = strlen (typed);
  guint16 limits;

  memcpy (&limits, structure + layout->limits, sizeof limits);

  return digits >= limits >> 8 && digits <= (limits & 0xff);
}

/* An entry without a plan gets the last value again. */
static const char *
get_entry (char **plan, guint entry)
{
  return plan[MIN (entry, g_strv_length (plan) - 1)];
}

/* @entries: (out): the values for the command, %NULL-terminated. Returns: a status word */
static guint16
type_entries (char **plan, const Layout *layout, const guint8 *structure,
              const char *entries[N_ENTRIES])
{
  gboolean modifies = layout == &modify_layout;
  guint8 confirm = modifies ? structure[AT_CONFIRM] : ASK_FOR_OLD;
  guint n_entries = 0;

  if ((confirm & ASK_FOR_OLD) != 0)
    entries[n_entries++] = get_entry (plan, 0);
  if (modifies)
    entries[n_entries++] = get_entry (plan, 1);
  entries[n_entries] = NULL;
  for (guint i = 0; i < n_entries; i++)
    if (!is_allowed (layout, structure, entries[i]))
      return WRONG_LENGTH;

  return modifies && (confirm & CONFIRM_NEW) != 0 &&
                 !g_str_equal (get_entry (plan, 1), get_entry (plan, 2))
             ? DIFFERENT
             : OK;
}

static GByteArray *
build (const guint8 *header, const char *entries[N_ENTRIES])
{
  GByteArray *command = g_byte_array_new ();
  guint8 digits = 0;

  for (guint i = 0; entries[i] != NULL; i++)
    digits = (guint8) (digits + strlen (entries[i]));
  g_byte_array_append (command, header, HEADER);
  g_byte_array_append (command, &digits, 1);
  for (guint i = 0; entries[i] != NULL; i++)
    g_byte_array_append (command, (const guint8 *) entries[i], (guint) strlen (entries[i]));

  return command;
}

guint16
eonay_practice_pin_pad_type (const char *plan, guint32 code, const guint8 *structure, gsize length,
                             GByteArray **command)
{
  const Layout *layout = code == EONAY_PRACTICE_PIN_PAD_MODIFY ? &modify_layout : &verify_layout;
  g_auto (GStrv) steps = g_strsplit (plan, SEPARATOR, -1);
  const char *entries[N_ENTRIES];
  guint16 status;
  gint64 wait;

  if (!is_understood (layout, structure, length))
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

  status = type_entries (steps, layout, structure, entries);
  if (status == OK)
    *command = build (structure + layout->command, entries);

  return status;
}
