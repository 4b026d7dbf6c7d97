#include "signature/pades/host/eonay-pdf-survey.h"

#include <string.h>

#include "base/eonay-error.h"
#include "signature/pades/eonay-pdf-report.h"

#define HEADER "%PDF-"
#define STARTXREF "startxref"
#define END "%%EOF"

/* What other readers still find, and what transfers by mail add. */
#define JUNK_MAX 1024

#define KEY(kind, page) (((guint64) (kind) << 32) | (page))

EonayPdfSurvey *
eonay_pdf_survey_new (const guint8 *bytes, gsize length)
{
  EonayPdfSurvey *self = g_new0 (EonayPdfSurvey, 1);

  self->bytes = bytes;
  self->length = length;
  self->pages = g_array_new (FALSE, FALSE, sizeof (guint));
  self->boxes = g_array_new (FALSE, FALSE, sizeof (EonayPdfBox));
  self->page_numbers = g_hash_table_new (NULL, NULL);
  self->annotation_pages = g_hash_table_new (NULL, NULL);
  self->annotation_arrays = g_hash_table_new (NULL, NULL);
  self->dangling = g_hash_table_new (NULL, NULL);
  self->form_nodes = g_hash_table_new (NULL, NULL);
  self->layers = g_hash_table_new (NULL, NULL);
  self->findings = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
eonay_pdf_survey_free (EonayPdfSurvey *self)
{
  if (self == NULL)
    return;

  eonay_pdf_source_free (self->source);
  eonay_pdf_xref_free (self->entries);
  g_hash_table_unref (self->dangling);
  g_array_unref (self->pages);
  g_array_unref (self->boxes);
  g_hash_table_unref (self->page_numbers);
  g_hash_table_unref (self->annotation_pages);
  g_hash_table_unref (self->annotation_arrays);
  g_hash_table_unref (self->form_nodes);
  g_hash_table_unref (self->layers);
  g_hash_table_unref (self->findings);
  g_hash_table_unref (self->names);
  g_clear_pointer (&self->signatures, g_variant_unref);
  g_clear_pointer (&self->empty, g_variant_unref);
  g_free (self);
}

gboolean
eonay_pdf_survey_fail (GError **error, int code, const char *message)
{
  g_set_error_literal (error, EONAY_SIGNATURE_ERROR, code, message);

  return FALSE;
}

void
eonay_pdf_survey_add (EonayPdfSurvey *self, EonayPdfFindingKind kind, guint page)
{
  const guint64 key = KEY (kind, page);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->findings, &key));

  g_hash_table_insert (self->findings, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (count + 1));
}

static int
compare_findings (gconstpointer a, gconstpointer b)
{
  guint64 first = **(const guint64 *const *) a;
  guint64 second = **(const guint64 *const *) b;

  return first < second ? -1 : first > second;
}

GVariant *
eonay_pdf_survey_list_findings (EonayPdfSurvey *self)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  GVariantBuilder builder;
  GHashTableIter iterator;
  gpointer key;

  g_hash_table_iter_init (&iterator, self->findings);
  while (g_hash_table_iter_next (&iterator, &key, NULL))
    g_ptr_array_add (keys, key);
  g_ptr_array_sort (keys, compare_findings);

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" EONAY_PDF_FINDING_TYPE));
  for (guint i = 0; i < keys->len; i++)
    {
      guint64 found = *(const guint64 *) g_ptr_array_index (keys, i);
      guint count =
          GPOINTER_TO_UINT (g_hash_table_lookup (self->findings, g_ptr_array_index (keys, i)));

      g_variant_builder_add (&builder, EONAY_PDF_FINDING_TYPE, (guint) (found >> 32),
                             (guint) (found & G_MAXUINT32), count);
    }

  return g_variant_builder_end (&builder);
}

/* The last @text between @start and @end. */
static const guint8 *
find_last (const guint8 *start, const guint8 *end, const char *text)
{
  gsize length = strlen (text);

  for (gsize i = (gsize) (end - start); i >= length; i--)
    if (memcmp (start + i - length, text, length) == 0)
      return start + i - length;

  return NULL;
}

static const guint8 *
skip_blanks (const guint8 *at, const guint8 *end)
{
  while (at < end && (*at == '\0' || g_ascii_isspace ((char) *at)))
    at++;

  return at;
}

/* Returns: what comes after the digits; %NULL if there are none */
static const guint8 *
read_digits (const guint8 *at, const guint8 *end, guint64 *number)
{
  const guint8 *start = at;

  for (*number = 0; at < end && g_ascii_isdigit ((char) *at) && at - start < 12; at++)
    *number = *number * 10 + (guint64) (*at - '0');

  return at == start ? NULL : at;
}

/* "12 0 obj" */
static gboolean
is_object (const guint8 *at, const guint8 *end)
{
  guint64 number;

  for (guint i = 0; i < 2; i++)
    {
      at = read_digits (at, end, &number);
      if (at == NULL)
        return FALSE;
      at = skip_blanks (at, end);
    }

  return end - at >= 3 && memcmp (at, "obj", 3) == 0;
}

gboolean
eonay_pdf_survey_read_tail (EonayPdfSurvey *self, GError **error)
{
  const guint8 *end, *start, *last, *at;

  if (self->length < strlen (HEADER) ||
      memmem (self->bytes, MIN (self->length, JUNK_MAX), HEADER, strlen (HEADER)) == NULL)
    return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_MALFORMED, "Not a PDF");
  if (memcmp (self->bytes, HEADER, strlen (HEADER)) != 0)
    return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_DAMAGED,
                                  "Something stands before the header");

  end = self->bytes + self->length;
  start = self->length > 2 * JUNK_MAX ? end - 2 * JUNK_MAX : self->bytes;
  last = find_last (start, end, END);
  if (last == NULL || end - last - (gssize) strlen (END) > JUNK_MAX)
    return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_DAMAGED,
                                  "The end of the file is missing");
  /* Readers take the very last startxref, wherever it stands. */
  if (skip_blanks (last + strlen (END), end) != end)
    return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_DAMAGED,
                                  "Something stands behind the end");
  at = find_last (start, last, STARTXREF);
  if (at == NULL)
    return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_DAMAGED, "No startxref");
  at = read_digits (skip_blanks (at + strlen (STARTXREF), last), last, &self->xref);
  if (at == NULL || skip_blanks (at, last) != last || self->xref >= self->length)
    return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_DAMAGED, "Wrong startxref");

  at = skip_blanks (self->bytes + self->xref, end);
  self->is_stream = is_object (at, end);
  if (!self->is_stream && (end - at < 4 || memcmp (at, "xref", 4) != 0))
    return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_DAMAGED,
                                  "No cross-reference where startxref says");

  return TRUE;
}

/* Before every object is parsed. */
static gboolean
check_announced (EonayPdfSurvey *self, GError **error)
{
  guint trailer = eonay_pdf_source_get_trailer (self->source);
  guint catalog = eonay_pdf_source_get (self->source, trailer, "Root");
  guint pages = eonay_pdf_source_get (self->source, catalog, "Pages");
  guint count = eonay_pdf_source_get (self->source, pages, "Count");
  gint64 announced = eonay_pdf_source_get_integer (self->source, count, 0);

  eonay_pdf_source_release (self->source, count);
  eonay_pdf_source_release (self->source, pages);
  eonay_pdf_source_release (self->source, catalog);

  return announced <= EONAY_PDF_PAGES_MAX ||
         eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX, "Too many pages");
}

gboolean
eonay_pdf_survey_open (EonayPdfSurvey *self, GError **error)
{
  guint trailer;

  if (!eonay_pdf_survey_read_xref (self, error) || !eonay_pdf_survey_measure_packed (self, error))
    return FALSE;
  self->source = eonay_pdf_source_new (self->bytes, self->length, error);
  if (self->source == NULL)
    return FALSE;
  if (eonay_pdf_source_is_encrypted (self->source))
    return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_ENCRYPTED,
                                  "The PDF is encrypted");
  if (!eonay_pdf_survey_check_packed (self, error) || !check_announced (self, error))
    return FALSE;

  self->max_id = eonay_pdf_source_count (self->source);
  if (!eonay_pdf_source_check (self->source, error))
    return FALSE;
  if (self->max_id == 0)
    return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX,
                                  "The PDF has too many objects");

  /* A number that an older revision used belongs to what it was there. */
  self->max_id = MAX (self->max_id, self->entries->entries->len - 1);

  trailer = eonay_pdf_source_get_trailer (self->source);
  self->catalog = eonay_pdf_source_get (self->source, trailer, "Root");
  if (eonay_pdf_source_get_kind (self->source, self->catalog) != EONAY_PDF_KIND_DICTIONARY ||
      eonay_pdf_source_get_id (self->source, self->catalog, NULL) == 0)
    return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_DAMAGED, "No catalog");

  return TRUE;
}

gboolean
eonay_pdf_survey_read_rectangle (EonayPdfSurvey *self, guint object, EonayPdfBox *box)
{
  double values[4];

  if (eonay_pdf_source_get_length (self->source, object) != G_N_ELEMENTS (values))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      guint item = eonay_pdf_source_get_item (self->source, object, i);
      gboolean is_number = eonay_pdf_source_get_number (self->source, item, &values[i]);

      eonay_pdf_source_release (self->source, item);
      if (!is_number || ABS (values[i]) > EONAY_PDF_COORDINATE_MAX)
        return FALSE;
    }

  box->left = MIN (values[0], values[2]);
  box->bottom = MIN (values[1], values[3]);
  box->right = MAX (values[0], values[2]);
  box->top = MAX (values[1], values[3]);

  return TRUE;
}
