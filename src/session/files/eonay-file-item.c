#include "session/files/eonay-file-item.h"

#include "base/eonay-error.h"
#include "signature/cades/eonay-cades.h"
#include "signature/pades/eonay-pades.h"

EonayFileItem *
eonay_file_item_new (EonayOwnFile *file, const EonayFileOptions *options)
{
  EonayFileItem *self = g_new0 (EonayFileItem, 1);

  self->file = g_object_ref (file);
  self->options = options;

  return self;
}

void
eonay_file_item_reset (EonayFileItem *self)
{
  g_clear_object (&self->ades);
  g_clear_pointer (&self->value, g_bytes_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->result, g_free);
}

void
eonay_file_item_free (EonayFileItem *self)
{
  eonay_file_item_reset (self);
  g_object_unref (self->file);
  g_free (self);
}

gboolean
eonay_file_item_is_open (const EonayFileItem *self)
{
  EonayOwnFileState state = eonay_own_file_get_state (self->file);

  return state != EONAY_OWN_FILE_SIGNED && state != EONAY_OWN_FILE_SAVING;
}

gboolean
eonay_file_item_is_ready (const EonayFileItem *self)
{
  return self->ades != NULL && eonay_file_item_is_open (self);
}

/* Returns: (transfer full) (type filename) */
static char *
find_folder (const EonayFileItem *self)
{
  return self->options->folder != NULL ? g_strdup (self->options->folder)
                                       : g_path_get_dirname (eonay_own_file_get_path (self->file));
}

static gboolean
choose_kind (EonayFileItem *self, GError **error)
{
  gboolean is_pdf = eonay_own_file_get_kind (self->file) == EONAY_OWN_FILE_PDF;

  if (self->options->format == EONAY_FILE_FORMAT_PADES && !is_pdf)
    {
      g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_NOT_PDF,
                           "PAdES is for PDF");
      return FALSE;
    }

  if (self->options->format != EONAY_FILE_FORMAT_CADES && is_pdf)
    self->kind = EONAY_FILE_OUTPUT_PDF;
  else
    self->kind = self->options->attached ? EONAY_FILE_OUTPUT_ATTACHED : EONAY_FILE_OUTPUT_DETACHED;

  return TRUE;
}

static EonayAdes *
make_pades (EonayFileItem *self, EonayCandidate *candidate, EonaySignatureScheme scheme,
            GDateTime *time, GError **error)
{
  EonayCertificate *certificate = eonay_candidate_get_certificate (candidate);
  const EonayPadesOptions options = { .name = eonay_certificate_get_holder (certificate),
                                      .reason = self->options->reason,
                                      .location = self->options->location };
  EonayPades *pades;

  if (!eonay_own_file_inspect (self->file, error))
    return NULL;

  pades = eonay_pades_new (certificate, scheme, eonay_own_file_get_content (self->file),
                           eonay_own_file_get_inspection (self->file), &options, time, error);

  return pades != NULL ? EONAY_ADES (pades) : NULL;
}

static EonayAdes *
make_cades (EonayFileItem *self, EonayCandidate *candidate, EonaySignatureScheme scheme,
            GDateTime *time, GError **error)
{
  EonayCades *cades = eonay_cades_new_with_scheme (
      eonay_candidate_get_certificate (candidate), scheme, eonay_own_file_get_content (self->file),
      self->kind == EONAY_FILE_OUTPUT_ATTACHED, time, error);

  return cades != NULL ? EONAY_ADES (cades) : NULL;
}

gboolean
eonay_file_item_renew (EonayFileItem *self, EonayCandidate *candidate, GDateTime *time,
                       GError **error)
{
  EonayTokenCertificate *key = eonay_candidate_get_token_certificate (candidate);
  EonaySignatureScheme scheme = eonay_token_certificate_is_only_pss (key)
                                    ? EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256
                                    : EONAY_SIGNATURE_SCHEME_NONE;

  g_clear_object (&self->ades);
  self->ades = self->kind == EONAY_FILE_OUTPUT_PDF
                   ? make_pades (self, candidate, scheme, time, error)
                   : make_cades (self, candidate, scheme, time, error);

  return self->ades != NULL;
}

gboolean
eonay_file_item_prepare (EonayFileItem *self, EonayCandidate *candidate, GDateTime *time,
                         gsize *sum, GError **error)
{
  g_autofree char *folder = find_folder (self);

  if (!eonay_own_file_read (self->file, error) || !choose_kind (self, error) ||
      !eonay_file_output_check (folder, error))
    return FALSE;

  if (eonay_own_file_get_size (self->file) > EONAY_OWN_FILES_SUM_MAX - *sum)
    {
      g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILES_TOO_LARGE,
                           "The files of the batch are too large together");
      return FALSE;
    }
  *sum += eonay_own_file_get_size (self->file);

  return eonay_file_item_renew (self, candidate, time, error);
}

void
eonay_file_item_save (EonayFileItem *self)
{
  g_autofree char *folder = find_folder (self);
  g_autofree char *original = g_path_get_basename (eonay_own_file_get_path (self->file));
  g_autofree char *name = eonay_file_output_name (original, self->kind);
  g_autoptr (GBytes) made = eonay_ades_finish (self->ades, self->value, &self->error);

  if (made != NULL)
    self->result = eonay_file_output_save (folder, name, made, eonay_own_file_get_mode (self->file),
                                           &self->error);
}
