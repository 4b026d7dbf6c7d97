#include "signature/certificate/eonay-certificate.h"

static void
test_table (void)
{
  const struct {
    const char *text;
    gboolean valid;
  } table[] = {
    { "10000000146", TRUE },
    { "19191919190", TRUE },
    { "12345678950", TRUE },
    { "11111111110", TRUE },
    { "10000000147", FALSE },
    { "10000000156", FALSE },
    { "01234567890", FALSE },
    { "00000000000", FALSE },
    { "1000000014", FALSE },
    { "100000001466", FALSE },
    { "1000000014a", FALSE },
    { "1000000014 ", FALSE },
    { " 10000000146", FALSE },
    { "-1000000146", FALSE },
    { "", FALSE },
    { NULL, FALSE },
    { "\xD9\xA1\xD9\xA0"
      "0000014",
      FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%s", table[i].text == NULL ? "(null)" : table[i].text);
      g_assert_cmpint (eonay_certificate_is_national_id (table[i].text), ==, table[i].valid);
    }
}

/* Both check digits are functions of the other nine: of a hundred endings exactly one passes. */
static void
test_one_in_a_hundred (void)
{
  for (int start = 0; start < 900; start++)
    {
      int valid = 0;

      for (int check = 0; check < 100; check++)
        {
          g_autofree char *id = g_strdup_printf ("%09d%02d", 100000001 + start * 997, check);

          valid += eonay_certificate_is_national_id (id) ? 1 : 0;
        }
      g_assert_cmpint (valid, ==, 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature/national-id/table", test_table);
  g_test_add_func ("/signature/national-id/one-in-a-hundred", test_one_in_a_hundred);

  return g_test_run ();
}
