#include <string.h>

#include "fuzz-target.h"
#include "signature/pades/eonay-pdf-inspection.h"
#include "signature/pades/eonay-pdf-report.h"
#include "signature/pades/eonay-pdf-update.h"
#include "signature/pades/host/eonay-pdf-inspector.h"

/* What is packed grows a thousandfold at most, and a fuzzer has no limit but its own. */
#define LENGTH_MAX (16 * 1024)

/* Whatever the file is, what the inspector says of it makes sense to its reader. */
static EonayPdfInspection *
inspect (GBytes *pdf)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (pdf, &length);
  g_autoptr (GVariant) report = eonay_pdf_inspector_inspect (bytes, length, 1);
  g_autoptr (GError) error = NULL;
  EonayPdfInspection *inspection;

  g_assert_true (g_variant_is_of_type (report, G_VARIANT_TYPE (EONAY_PDF_REPORT_TYPE)));
  g_assert_true (g_variant_is_normal_form (report));
  inspection = eonay_pdf_inspection_new_from_report (pdf, report, &error);
  g_assert_no_error (error);

  return inspection;
}

static GBytes *
append (GBytes *pdf, GBytes *section)
{
  GByteArray *whole = g_byte_array_new ();

  g_byte_array_append (whole, g_bytes_get_data (pdf, NULL), (guint) g_bytes_get_size (pdf));
  g_byte_array_append (whole, g_bytes_get_data (section, NULL), (guint) g_bytes_get_size (section));

  return g_byte_array_free_to_bytes (whole);
}

/* What can be signed is still a PDF when it has been prepared, with the same pages and a signature more. */
static void
check_update (EonayPdfInspection *before, GBytes *pdf)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 6, 1, 0, 0, 0);
  const EonayPdfUpdateOptions options = { .time = time, .reserved = 16 };
  g_autoptr (EonayPdfUpdate) update = eonay_pdf_update_new (
      g_bytes_get_size (pdf), eonay_pdf_inspection_get_plan (before), &options);
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (EonayPdfInspection) after = NULL;
  const EonayPdfSignature *signatures;
  guint n_before, n_after;
  gboolean is_found = FALSE;

  if (update == NULL)
    return;
  whole = append (pdf, update->section);
  after = inspect (whole);
  /* Not always: what is read first decides what a confused file says. It is inspected again, too. */
  if (!eonay_pdf_inspection_check_readable (after, NULL))
    return;
  eonay_pdf_inspection_get_signatures (before, &n_before);
  signatures = eonay_pdf_inspection_get_signatures (after, &n_after);
  for (guint i = 0; i < n_after; i++)
    is_found |= signatures[i].covered == g_bytes_get_size (whole);
  if (n_after == n_before + 1)
    g_assert_true (is_found);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  g_autoptr (GBytes) pdf = g_bytes_new (bytes, length);
  g_autoptr (EonayPdfInspection) inspection = NULL;

  if (length > LENGTH_MAX)
    return 0;
  inspection = inspect (pdf);
  if (eonay_pdf_inspection_may_add_field (inspection, NULL))
    check_update (inspection, pdf);

  return 0;
}
