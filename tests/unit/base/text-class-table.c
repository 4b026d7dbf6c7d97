/* Prints "FIRST LAST CLASS" in hexadecimal for each run of code points of one class. */
#include "base/eonay-text-class.h"

#define LAST 0x10ffff

int
main (void)
{
  gunichar first = 0;

  for (gunichar c = 0; c <= LAST; c++)
    if (c == LAST || eonay_text_class_of (c + 1) != eonay_text_class_of (first))
      {
        g_print ("%x %x %x\n", first, c, (guint) eonay_text_class_of (first));
        first = c + 1;
      }

  return 0;
}
