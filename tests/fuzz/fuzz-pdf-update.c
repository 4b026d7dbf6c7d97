#include <string.h>

#include "base/host/eonay-frame.h"
#include "fuzz-target.h"
#include "signature/pades/eonay-pdf-inspection.h"
#include "signature/pades/eonay-pdf-report.h"
#include "signature/pades/eonay-pdf-update.h"

/* Of the PDF that is not there. */
#define LENGTH (64 * 1024)

/* What is written is where it is said to be, whatever the inspector has said. */
static void
check_update (const EonayPdfPlan *plan, const EonayPdfField *field)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 6, 1, 0, 0, 0);
  EonayPdfUpdateOptions options = { .time = time, .name = "Ay\305\237e", .reserved = 16 };
  g_autoptr (EonayPdfUpdate) update = NULL;
  const char *section;
  gsize length, gap;

  if (field != NULL)
    {
      options.field = field->object;
      options.widget = field->widget;
      options.lock = field->lock;
      options.locked = (const char *const *) field->locked;
      options.box = field->box;
    }
  update = eonay_pdf_update_new (LENGTH, plan, &options);
  if (update == NULL)
    return;

  section = g_bytes_get_data (update->section, &length);
  gap = update->gap - LENGTH;
  g_assert_cmpuint (update->gap_length, ==, 34);
  g_assert_cmpuint (gap + update->gap_length, <, length);
  g_assert_cmpint (section[gap], ==, '<');
  g_assert_cmpint (section[gap + update->gap_length - 1], ==, '>');
  g_assert_true (memcmp (section + length - 6, "%%EOF\n", 6) == 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  g_autoptr (GBytes) frame = g_bytes_new (bytes, length);
  g_autoptr (GVariant) report = eonay_frame_open (EONAY_PDF_REPORT_TYPE, frame);
  g_autofree guint8 *content = g_malloc0 (LENGTH);
  g_autoptr (GBytes) pdf = g_bytes_new (content, LENGTH);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPdfInspection) inspection = NULL;
  const EonayPdfField *fields;
  guint n_fields;

  if (report == NULL)
    return 0;
  inspection = eonay_pdf_inspection_new_from_report (pdf, report, &error);
  g_assert_true ((inspection == NULL) == (error != NULL));
  if (inspection == NULL || !eonay_pdf_inspection_check_readable (inspection, NULL))
    return 0;

  check_update (eonay_pdf_inspection_get_plan (inspection), NULL);
  fields = eonay_pdf_inspection_get_empty_fields (inspection, &n_fields);
  for (guint i = 0; i < MIN (n_fields, 8); i++)
    if (!fields[i].is_unusable)
      check_update (eonay_pdf_inspection_get_plan (inspection), &fields[i]);

  return 0;
}
