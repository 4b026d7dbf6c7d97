#include "signature/pades/host/eonay-pdf-extractor.h"

#include <string.h>

#include "signature/pades/eonay-pdf-report.h"
#include "signature/pades/host/eonay-pdf-serializer.h"
#include "signature/pades/host/eonay-pdf-survey.h"

#define CONTENT_MAX (1024 * 1024)

typedef struct {
  EonayPdfSurvey *survey;
  EonayPdfNumbering numbering;
  GVariantBuilder objects;
  gboolean is_complete;
} Extraction;

static GVariant *
new_bytes (GBytes *bytes)
{
  gsize length;
  gconstpointer content = g_bytes_get_data (bytes, &length);

  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, content, length, 1);
}

static void
add_stream (Extraction *self, guint stream, GVariant *entries)
{
  g_autoptr (GBytes) content = eonay_pdf_source_get_raw_content (self->survey->source, stream,
                                                                 CONTENT_MAX);

  self->is_complete &= content != NULL;
  if (content == NULL)
    content = g_bytes_new (NULL, 0);
  g_variant_builder_add (&self->objects, "(b@" EONAY_PDF_DICTIONARY_TYPE "@ay)", TRUE, entries,
                         new_bytes (content));
}

/* cairo leaves out what is the default in PDF, and what PDF/A wants to be said (ISO 19005-1, clause 6.3.3.2;
   ISO 19005-2, clause 6.2.11.3.2). */
static void
complete_font (EonayPdfSource *source, guint object, GString *text)
{
  guint subtype = eonay_pdf_source_get (source, object, "Subtype");
  guint map = eonay_pdf_source_get (source, object, "CIDToGIDMap");

  if (eonay_pdf_source_is_name (source, subtype, "CIDFontType2") && map == 0 &&
      g_str_has_suffix (text->str, ">>"))
    g_string_insert (text, (gssize) text->len - 2, " /CIDToGIDMap /Identity ");
  eonay_pdf_source_release (source, map);
  eonay_pdf_source_release (source, subtype);
}

static void
add_object (Extraction *self, guint object)
{
  static const char *const without_length[] = { "Length", NULL };
  EonayPdfSource *source = self->survey->source;
  g_autoptr (GString) text = NULL;

  if (eonay_pdf_source_get_kind (source, object) == EONAY_PDF_KIND_STREAM)
    {
      add_stream (self, object,
                  eonay_pdf_serializer_list_entries (source, object, without_length,
                                                     &self->numbering, &self->is_complete));
      return;
    }

  text = g_string_new (NULL);
  self->is_complete &= eonay_pdf_serializer_append_itself (source, object, &self->numbering, text);
  complete_font (source, object, text);
  g_variant_builder_add (&self->objects, "(b@" EONAY_PDF_DICTIONARY_TYPE "@ay)", FALSE,
                         g_variant_new_array (G_VARIANT_TYPE ("(ayay)"), NULL, 0),
                         g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, text->str, text->len, 1));
}

static GVariant *
new_entry (const char *key, const char *value)
{
  return g_variant_new ("(@ay@ay)",
                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, key, strlen (key), 1),
                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, value, strlen (value), 1));
}

/* The page's content and resources; /BBox, /Matrix and /Type are written with the update. */
static void
add_form (Extraction *self, guint page)
{
  static const char *const keys[] = { "Filter", "DecodeParms" };
  EonayPdfSource *source = self->survey->source;
  guint content = eonay_pdf_source_get (source, page, "Contents");
  guint resources = eonay_pdf_source_get (source, page, "Resources");
  g_autoptr (GString) text = g_string_new (NULL);
  GVariantBuilder entries;

  g_variant_builder_init (&entries, G_VARIANT_TYPE (EONAY_PDF_DICTIONARY_TYPE));
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      guint value = eonay_pdf_source_get (source, content, keys[i]);

      g_string_truncate (text, 0);
      if (value != 0)
        {
          self->is_complete &= eonay_pdf_serializer_append (source, value, &self->numbering, text);
          g_variant_builder_add_value (&entries, new_entry (keys[i], text->str));
        }
    }
  g_string_truncate (text, 0);
  self->is_complete &= eonay_pdf_serializer_append (source, resources, &self->numbering, text);
  g_variant_builder_add_value (&entries, new_entry ("Resources", text->str));
  add_stream (self, content, g_variant_builder_end (&entries));
}

static void
extract_all (Extraction *self, guint page)
{
  add_form (self, page);
  for (guint i = 0; i < self->numbering.queue->len && self->is_complete; i++)
    {
      self->is_complete &= i < EONAY_PDF_APPEARANCE_OBJECTS_MAX;
      add_object (self, g_array_index (self->numbering.queue, guint, i));
    }
}

GVariant *
eonay_pdf_extractor_extract (const guint8 *bytes, gsize length, guint first)
{
  g_autoptr (EonayPdfSurvey) survey = eonay_pdf_survey_new (bytes, length);
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint));
  Extraction self = { .survey = survey,
                      .numbering = { numbers, queue, first + 1 },
                      .is_complete = TRUE };
  g_autoptr (GVariant) objects = NULL;
  const EonayPdfBox *box;

  if (!eonay_pdf_survey_read_tail (survey, NULL) || !eonay_pdf_survey_open (survey, NULL) ||
      !eonay_pdf_survey_read_pages (survey, NULL) || survey->pages->len != 1)
    return NULL;

  g_variant_builder_init (&self.objects, G_VARIANT_TYPE ("a(b" EONAY_PDF_DICTIONARY_TYPE "ay)"));
  extract_all (&self, g_array_index (survey->pages, guint, 0));
  objects = g_variant_ref_sink (g_variant_builder_end (&self.objects));
  if (!self.is_complete || !eonay_pdf_source_check (survey->source, NULL))
    return NULL;

  box = &g_array_index (survey->boxes, EonayPdfBox, 0);

  return g_variant_ref_sink (g_variant_new ("(dd@a(b" EONAY_PDF_DICTIONARY_TYPE "ay))",
                                            box->right - box->left, box->top - box->bottom,
                                            objects));
}
