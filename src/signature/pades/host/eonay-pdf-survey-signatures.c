#include "signature/pades/eonay-pdf-lock.h"
#include "signature/pades/eonay-pdf-report.h"
#include "signature/pades/host/eonay-pdf-survey.h"

#define RANGE_LENGTH 4

/* Two ranges, as a signature says. */
typedef struct {
  guint64 start;
  guint64 before; /* how long the first is */
  guint64 after;  /* where the second begins */
  guint64 length; /* and how long it is */
} Range;

GVariant *
eonay_pdf_survey_read_lock (EonayPdfSurvey *self, guint object)
{
  guint action = eonay_pdf_source_get (self->source, object, "Action");
  guint fields = eonay_pdf_source_get (self->source, object, "Fields");
  guint permissions = eonay_pdf_source_get (self->source, object, "P");
  g_autofree char *name = eonay_pdf_source_get_name (self->source, action);
  gint64 level = eonay_pdf_source_get_integer (self->source, permissions, 0);
  GVariantBuilder names;

  g_variant_builder_init (&names, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; i < eonay_pdf_source_get_length (self->source, fields); i++)
    {
      guint item = eonay_pdf_source_get_item (self->source, fields, i);
      g_autofree char *field = eonay_pdf_source_get_text (self->source, item);

      if (field != NULL)
        g_variant_builder_add (&names, "s", field);
      eonay_pdf_source_release (self->source, item);
    }

  return g_variant_new (EONAY_PDF_LOCK_TYPE, (guint) eonay_pdf_lock_read_action (name), &names,
                        level >= 1 && level <= 3 ? (guint) level : 0);
}

/* Returns: whether the dictionary @object is in the file at @dictionary; not if it is packed */
static gboolean
find_bytes (EonayPdfSurvey *self, guint object, EonayPdfScanner *dictionary)
{
  guint generation;
  guint id = eonay_pdf_source_get_id (self->source, object, &generation);
  const EonayPdfXrefEntry *entry = eonay_pdf_xref_get (self->entries, id);
  EonayPdfScanner at = { self->bytes + MIN (entry->place, self->length),
                         self->bytes + self->length };
  guint64 number, found_generation;

  return id != 0 && entry->kind == EONAY_PDF_XREF_USED && entry->detail == generation &&
         eonay_pdf_scanner_read_head (&at, &number, &found_generation) && number == id &&
         eonay_pdf_scanner_read_dictionary (&at, dictionary);
}

static gboolean
find_signature (EonayPdfSurvey *self, guint value, guint holder, EonayPdfScanner *dictionary)
{
  EonayPdfScanner of_holder, at;

  if (eonay_pdf_source_get_id (self->source, value, NULL) != 0)
    return find_bytes (self, value, dictionary);

  return find_bytes (self, holder, &of_holder) &&
         eonay_pdf_scanner_find (&of_holder, "V", &at) == 1 &&
         eonay_pdf_scanner_read_dictionary (&at, dictionary);
}

static gboolean
read_numbers (const EonayPdfScanner *dictionary, guint64 max, Range *range)
{
  guint64 *const numbers[RANGE_LENGTH] = { &range->start, &range->before, &range->after,
                                           &range->length };
  EonayPdfScanner value, array;

  if (eonay_pdf_scanner_find (dictionary, "ByteRange", &value) != 1 ||
      !eonay_pdf_scanner_read_array (&value, &array))
    return FALSE;
  for (guint i = 0; i < RANGE_LENGTH; i++)
    if (!eonay_pdf_scanner_read_number (&array, max, numbers[i]))
      return FALSE;

  return eonay_pdf_scanner_is_at_end (&array) && range->start == 0 &&
         range->after + range->length <= max;
}

/* Whether the gap is the signature's own octets and nothing else: what else is in it can be changed. */
static gboolean
is_gap (EonayPdfSurvey *self, const EonayPdfScanner *dictionary, const Range *range)
{
  EonayPdfScanner value;

  if (eonay_pdf_scanner_find (dictionary, "Contents", &value) != 1 ||
      value.at != self->bytes + range->before || value.end != self->bytes + range->after ||
      value.end - value.at < 2 || *value.at != '<' || value.end[-1] != '>')
    return FALSE;
  for (const guint8 *at = value.at + 1; at < value.end - 1; at++)
    if (!g_ascii_isxdigit ((char) *at))
      return FALSE;

  return TRUE;
}

/* Whether the file was one that ended there, before it was continued. */
static gboolean
is_revision (EonayPdfSurvey *self, gsize length)
{
  g_autoptr (EonayPdfSurvey) then = eonay_pdf_survey_new (self->bytes, length);

  return eonay_pdf_survey_read_tail (then, NULL) &&
         eonay_pdf_xref_is_revision (self->entries, then->xref, length);
}

guint64
eonay_pdf_survey_read_range (EonayPdfSurvey *self, guint value, guint holder)
{
  EonayPdfScanner dictionary;
  Range range;

  return find_signature (self, value, holder, &dictionary) &&
                 read_numbers (&dictionary, self->length, &range) &&
                 is_gap (self, &dictionary, &range) &&
                 is_revision (self, (gsize) (range.after + range.length))
             ? range.after + range.length
             : 0;
}

guint
eonay_pdf_survey_find_transform (EonayPdfSurvey *self, guint value, const char *method)
{
  guint references = eonay_pdf_source_get (self->source, value, "Reference");

  for (guint i = 0; i < eonay_pdf_source_get_length (self->source, references); i++)
    {
      guint reference = eonay_pdf_source_get_item (self->source, references, i);
      guint name = eonay_pdf_source_get (self->source, reference, "TransformMethod");

      if (eonay_pdf_source_is_name (self->source, name, method))
        {
          guint parameters = eonay_pdf_source_get (self->source, reference, "TransformParams");

          return parameters != 0 ? parameters : reference;
        }
    }

  return 0;
}

guint
eonay_pdf_survey_read_permissions (EonayPdfSurvey *self, guint value, gboolean is_certification)
{
  guint parameters = eonay_pdf_survey_find_transform (self, value, "DocMDP");
  gint64 level;

  if (parameters == 0)
    return is_certification ? 2 : 0;
  level = eonay_pdf_source_get_integer (self->source,
                                        eonay_pdf_source_get (self->source, parameters, "P"), 2);

  return level >= 1 && level <= 3 ? (guint) level : 1;
}
