#include "fuzz-target.h"

#include <string.h>

#include "session/eonay-code.h"

int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  g_autofree char *text = g_strndup ((const char *) bytes, length);
  g_autofree char *portal = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *code = eonay_code_parse (text, &portal, &error);

  g_assert_true ((code == NULL) == (error != NULL));
  if (code != NULL)
    {
      g_autofree char *shown = eonay_code_format (code);

      g_assert_cmpuint (strlen (code), ==, EONAY_CODE_LENGTH);
      g_assert_cmpuint (strspn (code, G_CSET_DIGITS), ==, EONAY_CODE_LENGTH);
      g_assert_true (portal == NULL || strspn (portal, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS
                                               "-_") == strlen (portal));
    }
  else
    {
      g_assert_null (portal);
    }

  return 0;
}
