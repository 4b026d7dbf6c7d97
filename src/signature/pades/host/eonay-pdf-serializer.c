#include "signature/pades/host/eonay-pdf-serializer.h"

#include <string.h>

#include "signature/pades/eonay-pdf-syntax.h"

#define DEPTH_MAX 48
#define LENGTH_MAX (1024 * 1024)

/* A text that grows. */
typedef struct {
  EonayPdfSource *source;
  EonayPdfNumbering *numbering;
  GString *text;
} Writer;

static gboolean append (const Writer *writer, guint object, guint depth);

/* Takes @object. */
static gboolean
append_taken (const Writer *writer, guint object, guint depth)
{
  gboolean done = append (writer, object, depth);

  eonay_pdf_source_release (writer->source, object);

  return done;
}

static gboolean
append_array (const Writer *writer, guint object, guint depth)
{
  guint length = eonay_pdf_source_get_length (writer->source, object);

  g_string_append_c (writer->text, '[');
  for (guint i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append_c (writer->text, ' ');
      if (!append_taken (writer, eonay_pdf_source_get_item (writer->source, object, i), depth + 1))
        return FALSE;
    }
  g_string_append_c (writer->text, ']');

  return TRUE;
}

static gboolean
append_dictionary (const Writer *writer, guint object, guint depth)
{
  g_autoptr (GPtrArray) keys = eonay_pdf_source_get_keys (writer->source, object);

  g_string_append (writer->text, "<<");
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);

      eonay_pdf_syntax_append_name (writer->text, key);
      g_string_append_c (writer->text, ' ');
      if (!append_taken (writer, eonay_pdf_source_get (writer->source, object, key), depth + 1))
        return FALSE;
    }
  g_string_append (writer->text, ">>");

  return TRUE;
}

static gboolean
append_direct (const Writer *writer, guint object, guint depth)
{
  g_autofree char *word = NULL;
  g_autoptr (GBytes) string = NULL;

  switch (eonay_pdf_source_get_kind (writer->source, object))
    {
    case EONAY_PDF_KIND_NULL:
      g_string_append (writer->text, "null");
      return TRUE;
    case EONAY_PDF_KIND_BOOLEAN:
      g_string_append (writer->text,
                       eonay_pdf_source_get_boolean (writer->source, object) ? "true" : "false");
      return TRUE;
    case EONAY_PDF_KIND_INTEGER:
      g_string_append_printf (writer->text, "%" G_GINT64_FORMAT,
                              eonay_pdf_source_get_integer (writer->source, object, 0));
      return TRUE;
    case EONAY_PDF_KIND_REAL:
      word = eonay_pdf_source_get_real (writer->source, object);
      g_string_append (writer->text, word != NULL ? word : "0");
      return TRUE;
    case EONAY_PDF_KIND_STRING:
      string = eonay_pdf_source_get_string (writer->source, object);
      if (string != NULL)
        eonay_pdf_syntax_append_string (writer->text, g_bytes_get_data (string, NULL),
                                        g_bytes_get_size (string));
      return string != NULL;
    case EONAY_PDF_KIND_NAME:
      word = eonay_pdf_source_get_name (writer->source, object);
      if (word != NULL)
        eonay_pdf_syntax_append_name (writer->text, word);
      return word != NULL;
    case EONAY_PDF_KIND_ARRAY:
      return append_array (writer, object, depth);
    case EONAY_PDF_KIND_DICTIONARY:
      return append_dictionary (writer, object, depth);
    case EONAY_PDF_KIND_STREAM:
    case EONAY_PDF_KIND_OTHER:
    default:
      return FALSE;
    }
}

static guint
number (EonayPdfNumbering *self, EonayPdfSource *source, guint object, guint id)
{
  gpointer known = g_hash_table_lookup (self->numbers, GUINT_TO_POINTER (id));
  guint copy;

  if (known != NULL)
    return GPOINTER_TO_UINT (known);

  copy = eonay_pdf_source_hold (source, object);
  g_array_append_val (self->queue, copy);
  g_hash_table_insert (self->numbers, GUINT_TO_POINTER (id), GUINT_TO_POINTER (self->next));

  return self->next++;
}

static gboolean
append (const Writer *writer, guint object, guint depth)
{
  guint generation;
  guint id = eonay_pdf_source_get_id (writer->source, object, &generation);

  if (depth > DEPTH_MAX || writer->text->len > LENGTH_MAX)
    return FALSE;
  if (id != 0)
    {
      if (writer->numbering != NULL)
        {
          id = number (writer->numbering, writer->source, object, id);
          generation = 0;
        }
      g_string_append_printf (writer->text, "%u %u R", id, generation);
      return TRUE;
    }

  return append_direct (writer, object, depth);
}

gboolean
eonay_pdf_serializer_append (EonayPdfSource *source, guint object, EonayPdfNumbering *numbering,
                             GString *text)
{
  const Writer writer = { source, numbering, text };

  return append (&writer, object, 0);
}

gboolean
eonay_pdf_serializer_append_itself (EonayPdfSource *source, guint object,
                                    EonayPdfNumbering *numbering, GString *text)
{
  const Writer writer = { source, numbering, text };

  return append_direct (&writer, object, 0);
}

static GVariant *
new_bytes (const char *bytes, gsize length)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, length, 1);
}

/* Takes @object. */
static GVariant *
serialize (EonayPdfSource *source, guint object, EonayPdfNumbering *numbering,
           gboolean *is_complete)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!eonay_pdf_serializer_append (source, object, numbering, text))
    *is_complete = FALSE;
  eonay_pdf_source_release (source, object);

  return new_bytes (text->str, text->len);
}

GVariant *
eonay_pdf_serializer_list_entries (EonayPdfSource *source, guint object, const char *const *without,
                                   EonayPdfNumbering *numbering, gboolean *is_complete)
{
  g_autoptr (GPtrArray) keys = eonay_pdf_source_get_keys (source, object);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ayay)"));
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);

      if (!g_strv_contains (without, key))
        g_variant_builder_add (
            &builder, "(@ay@ay)", new_bytes (key, strlen (key)),
            serialize (source, eonay_pdf_source_get (source, object, key), numbering, is_complete));
    }

  return g_variant_builder_end (&builder);
}

GVariant *
eonay_pdf_serializer_list_items (EonayPdfSource *source, guint object, gboolean *is_complete)
{
  guint length = eonay_pdf_source_get_length (source, object);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aay"));
  for (guint i = 0; i < length; i++)
    g_variant_builder_add_value (
        &builder,
        serialize (source, eonay_pdf_source_get_item (source, object, i), NULL, is_complete));

  return g_variant_builder_end (&builder);
}
