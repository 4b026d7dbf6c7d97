#include "signature/pades/host/eonay-pdf-inspector.h"

#include "base/eonay-error.h"
#include "signature/pades/eonay-pdf-report.h"
#include "signature/pades/host/eonay-pdf-survey.h"

static GVariant *
list_pages (EonayPdfSurvey *survey)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" EONAY_PDF_PAGE_TYPE));
  for (guint i = 0; i < survey->boxes->len; i++)
    {
      const EonayPdfBox *box = &g_array_index (survey->boxes, EonayPdfBox, i);

      g_variant_builder_add (&builder, EONAY_PDF_PAGE_TYPE, box->left, box->bottom, box->right,
                             box->top, box->rotation);
    }

  return g_variant_builder_end (&builder);
}

static gboolean
survey_all (EonayPdfSurvey *survey, GError **error)
{
  return eonay_pdf_survey_read_tail (survey, error) && eonay_pdf_survey_open (survey, error) &&
         eonay_pdf_survey_read_pages (survey, error) &&
         eonay_pdf_survey_read_annotations (survey, error) &&
         eonay_pdf_survey_read_fields (survey, error) &&
         eonay_pdf_survey_read_revisions (survey, error) &&
         eonay_pdf_survey_read_content (survey, error) &&
         eonay_pdf_survey_check_repaired (survey, error);
}

static GVariant *
new_refusal (const GError *error)
{
  return g_variant_ref_sink (g_variant_new (
      "(usa" EONAY_PDF_PAGE_TYPE "a" EONAY_PDF_FINDING_TYPE "a" EONAY_PDF_SIGNATURE_TYPE
      "a" EONAY_PDF_FIELD_TYPE "@m" EONAY_PDF_PLAN_TYPE ")",
      (guint) error->code, error->message, NULL, NULL, NULL, NULL,
      g_variant_new_maybe (G_VARIANT_TYPE (EONAY_PDF_PLAN_TYPE), NULL)));
}

GVariant *
eonay_pdf_inspector_inspect (const guint8 *bytes, gsize length, guint page)
{
  g_autoptr (EonayPdfSurvey) survey = eonay_pdf_survey_new (bytes, length);
  g_autoptr (GVariant) plan = NULL;
  g_autoptr (GError) error = NULL;
  GVariant *report;

  if (survey_all (survey, &error))
    plan = eonay_pdf_survey_plan (survey, CLAMP (page, 1, survey->pages->len), &error);
  if (plan == NULL)
    return new_refusal (error);

  report = g_variant_ref_sink (g_variant_new (
      "(us@a" EONAY_PDF_PAGE_TYPE "@a" EONAY_PDF_FINDING_TYPE "@a" EONAY_PDF_SIGNATURE_TYPE
      "@a" EONAY_PDF_FIELD_TYPE "@m" EONAY_PDF_PLAN_TYPE ")",
      EONAY_PDF_REPORT_SOUND, "", list_pages (survey), eonay_pdf_survey_list_findings (survey),
      survey->signatures, survey->empty, g_variant_new_maybe (NULL, plan)));
  if (g_variant_get_size (report) <= EONAY_PDF_REPORT_MAX)
    return report;

  g_variant_unref (report);
  eonay_pdf_survey_fail (&error, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX, "The report is too long");

  return new_refusal (error);
}
