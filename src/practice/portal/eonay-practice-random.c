#include "practice/portal/eonay-practice-random.h"

#include <openssl/rand.h>

void
eonay_practice_random_fill (guint8 *bytes, gsize length)
{
  if (RAND_bytes (bytes, (int) length) != 1)
    g_error ("No random numbers");
}

char *
eonay_practice_random_digits (guint count)
{
  char *digits = g_malloc (count + 1);

  for (guint i = 0; i < count;)
    {
      guint8 byte;

      eonay_practice_random_fill (&byte, 1);
      /* 250 is the largest multiple of ten in a byte: larger values would favour small digits. */
      if (byte < 250)
        digits[i++] = (char) ('0' + byte % 10);
    }
  digits[count] = '\0';

  return digits;
}
