#include "practice/form/eonay-practice-barcode.h"

#include <string.h>

#define CODE_C 99
#define CODE_B 100
#define START_B 104
#define START_C 105
#define STOP 106
#define MODULUS 103
#define FIRST_CHARACTER ' '

/* Widths of bar, space, bar, space, bar, space by value (ISO/IEC 15417, table 1); the stop has a bar
   more. */
static const char *const patterns[] = {
  "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312",  "132212",
  "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122",  "123221",
  "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122",  "321221",
  "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123",  "131321",
  "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331",  "132131",
  "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311",  "213131",
  "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411",  "431111",
  "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412",  "122114",
  "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",  "111242",
  "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211",  "212141",
  "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113",  "411311",
  "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
};

G_STATIC_ASSERT (G_N_ELEMENTS (patterns) == STOP + 1);

static gboolean
is_encodable (const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isprint (text[i]))
      return FALSE;

  return length > 0 && length <= EONAY_PRACTICE_BARCODE_MAX;
}

/* Another code set costs a character: it has to save at least as many. */
static gboolean
is_worth_pairs (const char *text, gboolean is_first)
{
  gsize digits = strspn (text, G_CSET_DIGITS);
  gboolean is_last = text[digits] == '\0';

  return digits >= (is_first || is_last ? 4 : 6) || (is_first && is_last && digits == 2);
}

static guint
pair_value (const char *digits)
{
  return (guint) (g_ascii_digit_value (digits[0]) * 10 + g_ascii_digit_value (digits[1]));
}

static GArray *
list_values (const char *text)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean in_pairs = is_worth_pairs (text, TRUE);
  guint value = in_pairs ? START_C : START_B;

  g_array_append_val (values, value);
  for (const char *at = text; *at != '\0';)
    {
      gboolean has_pair = strspn (at, G_CSET_DIGITS) >= 2;

      /* An odd number of digits begins in the code set that it is in. */
      if (in_pairs && !has_pair)
        value = CODE_B;
      else if (!in_pairs && strspn (at, G_CSET_DIGITS) % 2 == 0 && is_worth_pairs (at, FALSE))
        value = CODE_C;
      else
        {
          value = in_pairs ? pair_value (at) : (guint) (*at - FIRST_CHARACTER);
          at += in_pairs ? 2 : 1;
          g_array_append_val (values, value);
          continue;
        }

      in_pairs = !in_pairs;
      g_array_append_val (values, value);
    }

  return values;
}

static void
append_check_and_stop (GArray *values)
{
  guint sum = g_array_index (values, guint, 0);
  guint stop = STOP;

  for (guint i = 1; i < values->len; i++)
    sum += i * g_array_index (values, guint, i);
  sum %= MODULUS;
  g_array_append_val (values, sum);
  g_array_append_val (values, stop);
}

GArray *
eonay_practice_barcode_encode (const char *text)
{
  g_autoptr (GArray) values = NULL;
  GArray *widths;

  g_return_val_if_fail (text != NULL, NULL);

  if (!is_encodable (text))
    return NULL;

  values = list_values (text);
  append_check_and_stop (values);
  widths = g_array_new (FALSE, FALSE, sizeof (guint8));
  for (guint i = 0; i < values->len; i++)
    for (const char *at = patterns[g_array_index (values, guint, i)]; *at != '\0'; at++)
      {
        guint8 width = (guint8) (*at - '0');

        g_array_append_val (widths, width);
      }

  return widths;
}
