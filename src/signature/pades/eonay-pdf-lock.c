#include "signature/pades/eonay-pdf-lock.h"

#include <string.h>

static const char *const actions[] = { [EONAY_PDF_LOCK_ALL] = "All",
                                       [EONAY_PDF_LOCK_INCLUDE] = "Include",
                                       [EONAY_PDF_LOCK_EXCLUDE] = "Exclude" };

EonayPdfLock
eonay_pdf_lock_read_action (const char *name)
{
  if (name == NULL)
    return EONAY_PDF_LOCK_NONE;
  for (guint i = EONAY_PDF_LOCK_ALL; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i], name))
      return (EonayPdfLock) i;

  return EONAY_PDF_LOCK_ALL;
}

const char *
eonay_pdf_lock_get_action (EonayPdfLock lock)
{
  return actions[lock];
}

gboolean
eonay_pdf_lock_covers (EonayPdfLock lock, const char *const *names, const char *name)
{
  gboolean is_named = FALSE;

  for (gsize i = 0; names[i] != NULL && !is_named; i++)
    {
      gsize length = strlen (names[i]);

      is_named = strncmp (name, names[i], length) == 0 &&
                 (name[length] == '\0' || name[length] == '.');
    }

  switch (lock)
    {
    case EONAY_PDF_LOCK_ALL:
      return TRUE;
    case EONAY_PDF_LOCK_INCLUDE:
      return is_named;
    case EONAY_PDF_LOCK_EXCLUDE:
      return !is_named;
    case EONAY_PDF_LOCK_NONE:
    default:
      return FALSE;
    }
}
