#include "session/files/eonay-file-item.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/eonay-error.h"
#include "base/eonay-regular-file.h"
#include "session/eonay-words.h"
#include "session/files/eonay-exported-file.h"
#include "session/files/eonay-field-choice.h"
#include "session/files/eonay-signature-mark.h"
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
  g_clear_pointer (&self->made, g_bytes_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->result, g_free);
  g_clear_object (&self->entry);
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

  return state != EONAY_OWN_FILE_SIGNED && state != EONAY_OWN_FILE_SAVING &&
         state != EONAY_OWN_FILE_UNSAVED;
}

gboolean
eonay_file_item_is_unsaved (const EonayFileItem *self)
{
  return self->made != NULL && self->result == NULL;
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
    return eonay_file_options_check_file (self->options->format, self->file, error);

  if (eonay_own_file_get_kind (self->file) == EONAY_OWN_FILE_SIGNATURE)
    self->kind = EONAY_FILE_OUTPUT_PARALLEL;
  else if (self->options->format != EONAY_FILE_FORMAT_CADES && is_pdf)
    self->kind = EONAY_FILE_OUTPUT_PDF;
  else
    self->kind = self->options->attached ? EONAY_FILE_OUTPUT_ATTACHED : EONAY_FILE_OUTPUT_DETACHED;

  return TRUE;
}

static gboolean
refuse_mark (GError **error, const char *reason)
{
  g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_NO_MARK, reason);

  return FALSE;
}

static gboolean
place_on_page (EonayPdfInspection *inspection, const EonayMarkPlace *wanted,
               EonayPadesOptions *options, GError **error)
{
  EonayMarkPlace place = *wanted;
  guint n_pages = eonay_pdf_inspection_get_n_pages (inspection);
  const EonayPdfBox *page;
  double width, height;

  if (place.page > n_pages)
    return refuse_mark (error, "There is no such page");

  options->page = place.page > 0 ? place.page : n_pages;
  page = eonay_pdf_inspection_get_page (inspection, options->page);
  eonay_mark_place_measure_page (page, &width, &height);
  if (!eonay_mark_place_settle (&place, width, height))
    return refuse_mark (error, "The page is too small");
  options->box = eonay_mark_place_find_box (&place, page);

  return TRUE;
}

/* Sets what the signature is to show, and where. @field: (nullable): else a new one */
static gboolean
add_mark (EonayFileItem *self, EonayCertificate *certificate, const EonayPdfField *field,
          GDateTime *time, EonayPadesOptions *options, GError **error)
{
  EonayPdfInspection *inspection = eonay_own_file_get_inspection (self->file);
  const EonaySignatureMark mark = { .name = options->name,
                                    .time = time,
                                    .reason = options->reason,
                                    .location = options->location,
                                    .is_qualified = eonay_certificate_get_kind (certificate) ==
                                                    EONAY_CERTIFICATE_QUALIFIED,
                                    .is_practice = self->options->is_practice,
                                    .picture = self->options->picture };
  EonayPdfBox box;
  double width, height;

  if (field != NULL && !eonay_pdf_inspection_is_field_seen (field))
    return refuse_mark (error, "The field is not seen");
  if (field == NULL && !place_on_page (inspection, self->options->mark, options, error))
    return FALSE;

  box = field != NULL ? field->box : options->box;
  if (field != NULL)
    box.rotation = eonay_pdf_inspection_get_page (inspection, field->page)->rotation;
  eonay_mark_place_measure_page (&box, &width, &height);
  options->appearance = eonay_signature_mark_draw (&mark, width, height, error);

  return options->appearance != NULL;
}

static char *
mask (const char *text)
{
  return text != NULL ? eonay_words_mask (text) : NULL;
}

static gboolean
choose_field (EonayFileItem *self, EonayCertificate *certificate, GDateTime *time,
              EonayPadesOptions *options, GError **error)
{
  g_autoptr (GError) reason = NULL;
  const EonayPdfField *field = eonay_field_choice_find (self->file, &reason);

  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  options->field = field != NULL ? field->name : NULL;

  return self->options->mark == NULL || add_mark (self, certificate, field, time, options, error);
}

static EonayAdes *
make_pades (EonayFileItem *self, EonayCandidate *candidate, EonaySignatureScheme scheme,
            GDateTime *time, GError **error)
{
  EonayCertificate *certificate = eonay_candidate_get_certificate (candidate);
  /* Whoever gets the document would get a national number that was typed by mistake. */
  g_autofree char *name = mask (eonay_certificate_get_holder (certificate));
  g_autofree char *reason = mask (self->options->reason);
  g_autofree char *location = mask (self->options->location);
  EonayPadesOptions options = { .name = name,
                                .reason = reason,
                                .location = location,
                                .check = self->options->check };
  g_autoptr (GBytes) drawn = NULL;
  EonayPades *pades;

  if (!eonay_own_file_inspect (self->file, error) ||
      !choose_field (self, certificate, time, &options, error))
    return NULL;
  drawn = options.appearance;

  pades = eonay_pades_new (certificate, scheme, eonay_own_file_get_content (self->file),
                           eonay_own_file_get_inspection (self->file), &options, time, error);

  return pades != NULL ? EONAY_ADES (pades) : NULL;
}

/* Some readers find other pages in a file than are shown of it. What cannot be looked into can be signed
   beside it all the same. */
static gboolean
check_pages (EonayFileItem *self, GError **error)
{
  EonayPdfInspection *inspection = eonay_own_file_get_inspection (self->file);

  return self->options->check == NULL || inspection == NULL ||
         !eonay_own_file_is_seen (self->file) ||
         !eonay_pdf_inspection_check_readable (inspection, NULL) ||
         eonay_pades_check_unchanged (eonay_own_file_get_content (self->file), inspection,
                                      self->options->check, error);
}

static EonayAdes *
make_cades (EonayFileItem *self, EonayCandidate *candidate, EonaySignatureScheme scheme,
            GDateTime *time, GError **error)
{
  EonayCades *cades;

  if (!check_pages (self, error))
    return NULL;

  cades = eonay_cades_new_with_scheme (eonay_candidate_get_certificate (candidate), scheme,
                                       eonay_own_file_get_content (self->file),
                                       self->kind == EONAY_FILE_OUTPUT_ATTACHED, time, error);

  return cades != NULL ? EONAY_ADES (cades) : NULL;
}

/* Returns: (transfer full) (nullable): what a signature beside a file is of: "rapor.odt" of
   "rapor.odt.p7s"; %NULL if there is no such file, as the content may be inside */
static GBytes *
read_signed_file (EonayFileItem *self)
{
  const char *path = eonay_own_file_get_path (self->file);
  g_autofree char *original = NULL;

  if (!g_str_has_suffix (path, ".p7s"))
    return NULL;

  original = g_strndup (path, strlen (path) - strlen (".p7s"));

  return eonay_regular_file_read (original, EONAY_OWN_FILE_MAX, NULL);
}

/* Another signer of what is signed already. */
static EonayAdes *
make_parallel (EonayFileItem *self, EonayCandidate *candidate, EonaySignatureScheme scheme,
               GDateTime *time, GError **error)
{
  g_autoptr (GBytes) beside = read_signed_file (self);
  EonayCades *cades = eonay_cades_new_parallel (eonay_candidate_get_certificate (candidate), scheme,
                                                eonay_own_file_get_content (self->file), beside,
                                                time, error);

  return cades != NULL ? EONAY_ADES (cades) : NULL;
}

static EonayAdes *
make (EonayFileItem *self, EonayCandidate *candidate, EonaySignatureScheme scheme, GDateTime *time,
      GError **error)
{
  switch (self->kind)
    {
    case EONAY_FILE_OUTPUT_PDF:
      return make_pades (self, candidate, scheme, time, error);
    case EONAY_FILE_OUTPUT_PARALLEL:
      return make_parallel (self, candidate, scheme, time, error);
    case EONAY_FILE_OUTPUT_DETACHED:
    case EONAY_FILE_OUTPUT_ATTACHED:
    default:
      return make_cades (self, candidate, scheme, time, error);
    }
}

/* What is advised for a portal's signature is no help for a file's.
   @reason: (transfer full); @code: for a signature that is not what it should be */
static void
propagate (GError *reason, EonaySessionError code, GError **error)
{
  static const EonaySignatureError theirs[] = { EONAY_SIGNATURE_ERROR_MALFORMED,
                                                EONAY_SIGNATURE_ERROR_INVALID,
                                                EONAY_SIGNATURE_ERROR_CONTENT_MISMATCH };
  g_autoptr (GError) owned = reason;

  if (g_error_matches (reason, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_FAILED))
    {
      g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_NOT_SIGNED,
                           reason->message);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (theirs); i++)
    if (g_error_matches (reason, EONAY_SIGNATURE_ERROR, (int) theirs[i]))
      {
        g_set_error_literal (error, EONAY_SESSION_ERROR, (int) code, reason->message);
        return;
      }

  g_propagate_error (error, g_steal_pointer (&owned));
}

gboolean
eonay_file_item_renew (EonayFileItem *self, EonayCandidate *candidate, GDateTime *time,
                       GError **error)
{
  EonayTokenCertificate *key = eonay_candidate_get_token_certificate (candidate);
  EonaySignatureScheme scheme = eonay_token_certificate_is_only_pss (key)
                                    ? EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256
                                    : EONAY_SIGNATURE_SCHEME_NONE;
  GError *reason = NULL;

  g_clear_object (&self->ades);
  self->ades = make (self, candidate, scheme, time, &reason);
  if (self->ades == NULL)
    propagate (reason,
               self->kind == EONAY_FILE_OUTPUT_PARALLEL ? EONAY_SESSION_ERROR_FILE_SIGNATURE
                                                        : EONAY_SESSION_ERROR_FILE_NOT_SIGNED,
               error);

  return self->ades != NULL;
}

/* Returns: bytes; of a file that has not been read, as far as its folder tells */
static gsize
measure (EonayFileItem *self)
{
  GStatBuf status;

  if (eonay_own_file_get_content (self->file) != NULL)
    return eonay_own_file_get_size (self->file);

  return g_stat (eonay_own_file_get_path (self->file), &status) == 0 && S_ISREG (status.st_mode)
             ? (gsize) MAX (status.st_size, 0)
             : 0;
}

/* What would be too much together is not even read. One that is too large by itself says so. */
static gboolean
check_sum (EonayFileItem *self, gsize sum, GError **error)
{
  gsize size = measure (self);

  if (size > EONAY_OWN_FILE_MAX || size <= EONAY_OWN_FILES_SUM_MAX - sum)
    return TRUE;

  g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILES_TOO_LARGE,
                       "The files of the batch are too large together");

  return FALSE;
}

/* A document portal takes a file of any name, and gives it a hidden one. */
static gboolean
check_place (EonayFileItem *self, const char *folder, GError **error)
{
  if (self->options->folder == NULL &&
      eonay_exported_file_is_alone (eonay_own_file_get_path (self->file)))
    {
      g_set_error_literal (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_FILE_NO_FOLDER,
                           "The document portal gave the file without its folder");
      return FALSE;
    }

  return eonay_file_output_check (folder, error);
}

gboolean
eonay_file_item_prepare (EonayFileItem *self, EonayCandidate *candidate, GDateTime *time,
                         gsize *sum, GError **error)
{
  g_autofree char *folder = find_folder (self);

  if (!check_sum (self, *sum, error) || !eonay_own_file_read (self->file, error) ||
      !choose_kind (self, error) || !check_place (self, folder, error))
    return FALSE;

  *sum = MIN (*sum + eonay_own_file_get_size (self->file), EONAY_OWN_FILES_SUM_MAX);
  /* Also for a signature beside it: what it hides is told. */
  eonay_own_file_inspect (self->file, NULL);

  return eonay_file_item_renew (self, candidate, time, error);
}

void
eonay_file_item_save (EonayFileItem *self, const char *folder)
{
  g_autofree char *prepared_for = find_folder (self);
  g_autofree char *original = g_path_get_basename (eonay_own_file_get_path (self->file));
  g_autofree char *name = eonay_file_output_name (original, self->kind);
  GError *reason = NULL;

  g_clear_error (&self->error);
  if (self->made == NULL)
    self->made = eonay_ades_finish (self->ades, self->value, &reason);
  if (self->made == NULL)
    {
      propagate (reason, EONAY_SESSION_ERROR_FILE_NOT_SIGNED, &self->error);
      return;
    }

  self->result = eonay_file_output_save (folder != NULL ? folder : prepared_for, name, self->made,
                                         eonay_own_file_get_mode (self->file), &self->error);
  if (self->result != NULL)
    g_clear_pointer (&self->made, g_bytes_unref);
}
