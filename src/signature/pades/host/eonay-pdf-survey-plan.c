#include "base/eonay-error.h"
#include "signature/pades/eonay-pdf-plan.h"
#include "signature/pades/eonay-pdf-report.h"
#include "signature/pades/host/eonay-pdf-serializer.h"
#include "signature/pades/host/eonay-pdf-survey.h"

static GVariant *
describe_object (EonayPdfSurvey *self, guint object, const char *const *without,
                 gboolean *is_complete)
{
  guint generation;
  guint id = eonay_pdf_source_get_id (self->source, object, &generation);

  return g_variant_new (
      "(uu@" EONAY_PDF_DICTIONARY_TYPE ")", id, generation,
      eonay_pdf_serializer_list_entries (self->source, object, without, NULL, is_complete));
}

/* An array that other pages use as well gets no number: its user gets one of its own. */
static GVariant *
describe_array (EonayPdfSurvey *self, guint object, gboolean is_shared, gboolean *is_complete)
{
  guint generation;
  guint id = eonay_pdf_source_get_id (self->source, object, &generation);

  return g_variant_new ("(uu@aay)", is_shared ? 0 : id, is_shared ? 0 : generation,
                        eonay_pdf_serializer_list_items (self->source, object, is_complete));
}

static GVariant *
list_names (EonayPdfSurvey *self)
{
  GVariantBuilder builder;
  GHashTableIter iterator;
  gpointer name;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  g_hash_table_iter_init (&iterator, self->names);
  while (g_hash_table_iter_next (&iterator, &name, NULL))
    g_variant_builder_add (&builder, "s", name);

  return g_variant_builder_end (&builder);
}

static gboolean
is_array_or_nothing (EonayPdfSurvey *self, guint object)
{
  EonayPdfKind kind = eonay_pdf_source_get_kind (self->source, object);

  return kind == EONAY_PDF_KIND_ARRAY || kind == EONAY_PDF_KIND_NULL;
}

static gint64
get_flags (EonayPdfSurvey *self)
{
  guint flags = eonay_pdf_source_get (self->source, self->form, "SigFlags");

  return eonay_pdf_source_get_integer (self->source, flags, 0) & 3;
}

GVariant *
eonay_pdf_survey_plan (EonayPdfSurvey *self, guint page, GError **error)
{
  static const char *const without_form[] = { "AcroForm", NULL };
  static const char *const without_fields[] = { "Fields", "SigFlags", NULL };
  static const char *const without_annotations[] = { "Annots", NULL };
  guint page_object = g_array_index (self->pages, guint, page - 1);
  guint fields = eonay_pdf_source_get (self->source, self->form, "Fields");
  guint annotations = eonay_pdf_source_get (self->source, page_object, "Annots");
  gpointer id = GUINT_TO_POINTER (eonay_pdf_source_get_id (self->source, annotations, NULL));
  gboolean is_shared = GPOINTER_TO_UINT (g_hash_table_lookup (self->annotation_arrays, id)) > 1 ||
                       id ==
                           GUINT_TO_POINTER (eonay_pdf_source_get_id (self->source, fields, NULL));
  gboolean is_complete = TRUE;
  g_autoptr (GVariant) plan = NULL;

  if (!is_array_or_nothing (self, fields) || !is_array_or_nothing (self, annotations))
    {
      eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_DAMAGED, "The form is broken");
      return NULL;
    }

  plan = g_variant_ref_sink (g_variant_new (
      "(tbu@" EONAY_PDF_DICTIONARY_TYPE "@" EONAY_PDF_OBJECT_TYPE "@" EONAY_PDF_OBJECT_TYPE
      "@" EONAY_PDF_ARRAY_TYPE "u@asu@" EONAY_PDF_OBJECT_TYPE "@" EONAY_PDF_ARRAY_TYPE ")",
      self->xref, self->is_stream, self->max_id,
      eonay_pdf_serializer_list_entries (self->source, eonay_pdf_source_get_trailer (self->source),
                                         eonay_pdf_plan_of_section, NULL, &is_complete),
      describe_object (self, self->catalog, without_form, &is_complete),
      describe_object (self, self->form, without_fields, &is_complete),
      describe_array (self, fields, FALSE, &is_complete), (guint) get_flags (self),
      list_names (self), page,
      describe_object (self, page_object, without_annotations, &is_complete),
      describe_array (self, annotations, is_shared, &is_complete)));
  if (!is_complete)
    {
      eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX,
                             "An object is too large to be written anew");
      return NULL;
    }

  return g_steal_pointer (&plan);
}
