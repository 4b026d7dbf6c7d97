#include "session/files/eonay-file-options.h"

#include "base/eonay-error.h"
#include "session/files/eonay-exported-file.h"

EonayFileOptions *
eonay_file_options_new (void)
{
  return g_new0 (EonayFileOptions, 1);
}

EonayFileOptions *
eonay_file_options_copy (const EonayFileOptions *self)
{
  EonayFileOptions *copy = g_memdup2 (self, sizeof *self);

  copy->reason = g_strdup (self->reason);
  copy->location = g_strdup (self->location);
  copy->mark = g_memdup2 (self->mark, sizeof *self->mark);
  if (self->picture != NULL)
    g_object_ref (self->picture);
  copy->folder = g_strdup (self->folder);

  return copy;
}

void
eonay_file_options_free (EonayFileOptions *self)
{
  if (self == NULL)
    return;

  g_free (self->reason);
  g_free (self->location);
  g_free (self->mark);
  g_clear_object (&self->picture);
  g_free (self->folder);
  g_free (self);
}

gboolean
eonay_file_options_needs_folder (GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    if (eonay_exported_file_is_alone (eonay_own_file_get_path (files->pdata[i])))
      return TRUE;

  return FALSE;
}

/* What is too much together with others can be signed alone, and is no such reason. */
static gboolean
is_unreadable (const GError *error)
{
  return g_error_matches (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_MISSING) ||
         g_error_matches (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_UNREADABLE) ||
         g_error_matches (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_NOT_REGULAR) ||
         g_error_matches (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_EMPTY) ||
         g_error_matches (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_TOO_LARGE);
}

static gboolean
check_pdf (EonayOwnFile *file, GError **error)
{
  EonayPdfInspection *inspection = eonay_own_file_get_inspection (file);
  const GError *reason = eonay_own_file_get_inspection_error (file);

  if (inspection != NULL)
    return eonay_pdf_inspection_check_signable (inspection, error);
  if (reason == NULL)
    return TRUE;

  g_propagate_error (error, g_error_copy (reason));

  return FALSE;
}

gboolean
eonay_file_options_check_file (EonayFileFormat format, EonayOwnFile *file, GError **error)
{
  const GError *reason = eonay_own_file_get_error (file);
  EonayOwnFileKind kind = eonay_own_file_get_kind (file);

  if (is_unreadable (reason))
    {
      g_propagate_error (error, g_error_copy (reason));
      return FALSE;
    }
  if (format == EONAY_FILE_FORMAT_CADES || kind == EONAY_OWN_FILE_UNKNOWN)
    return TRUE;
  if (kind == EONAY_OWN_FILE_PDF)
    return check_pdf (file, error);
  if (format == EONAY_FILE_FORMAT_AUTOMATIC)
    return TRUE;

  g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_NOT_PDF,
                       "PAdES is for PDF");

  return FALSE;
}
