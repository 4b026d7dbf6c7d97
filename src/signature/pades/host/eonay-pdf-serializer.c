#include "signature/pades/host/eonay-pdf-serializer.h"

#include <string.h>

#include "signature/pades/eonay-pdf-syntax.h"

#define DEPTH_MAX 48
#define LENGTH_MAX (1024 * 1024)

static gboolean append (EonayPdfSource *source, guint object, GString *text, guint depth);

/* Takes @object. */
static gboolean
append_taken (EonayPdfSource *source, guint object, GString *text, guint depth)
{
  gboolean done = append (source, object, text, depth);

  eonay_pdf_source_release (source, object);

  return done;
}

static gboolean
append_array (EonayPdfSource *source, guint object, GString *text, guint depth)
{
  guint length = eonay_pdf_source_get_length (source, object);

  g_string_append_c (text, '[');
  for (guint i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      if (!append_taken (source, eonay_pdf_source_get_item (source, object, i), text, depth + 1))
        return FALSE;
    }
  g_string_append_c (text, ']');

  return TRUE;
}

static gboolean
append_dictionary (EonayPdfSource *source, guint object, GString *text, guint depth)
{
  g_autoptr (GPtrArray) keys = eonay_pdf_source_get_keys (source, object);

  g_string_append (text, "<<");
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);

      eonay_pdf_syntax_append_name (text, key);
      g_string_append_c (text, ' ');
      if (!append_taken (source, eonay_pdf_source_get (source, object, key), text, depth + 1))
        return FALSE;
    }
  g_string_append (text, ">>");

  return TRUE;
}

static gboolean
append_direct (EonayPdfSource *source, guint object, GString *text, guint depth)
{
  g_autofree char *word = NULL;
  g_autoptr (GBytes) string = NULL;

  switch (eonay_pdf_source_get_kind (source, object))
    {
    case EONAY_PDF_KIND_NULL:
      g_string_append (text, "null");
      return TRUE;
    case EONAY_PDF_KIND_BOOLEAN:
      g_string_append (text, eonay_pdf_source_get_boolean (source, object) ? "true" : "false");
      return TRUE;
    case EONAY_PDF_KIND_INTEGER:
      g_string_append_printf (text, "%" G_GINT64_FORMAT,
                              eonay_pdf_source_get_integer (source, object, 0));
      return TRUE;
    case EONAY_PDF_KIND_REAL:
      word = eonay_pdf_source_get_real (source, object);
      g_string_append (text, word != NULL ? word : "0");
      return TRUE;
    case EONAY_PDF_KIND_STRING:
      string = eonay_pdf_source_get_string (source, object);
      if (string != NULL)
        eonay_pdf_syntax_append_string (text, g_bytes_get_data (string, NULL),
                                        g_bytes_get_size (string));
      return string != NULL;
    case EONAY_PDF_KIND_NAME:
      word = eonay_pdf_source_get_name (source, object);
      if (word != NULL)
        eonay_pdf_syntax_append_name (text, word);
      return word != NULL;
    case EONAY_PDF_KIND_ARRAY:
      return append_array (source, object, text, depth);
    case EONAY_PDF_KIND_DICTIONARY:
      return append_dictionary (source, object, text, depth);
    case EONAY_PDF_KIND_STREAM:
    case EONAY_PDF_KIND_OTHER:
    default:
      return FALSE;
    }
}

static gboolean
append (EonayPdfSource *source, guint object, GString *text, guint depth)
{
  guint generation;
  guint id = eonay_pdf_source_get_id (source, object, &generation);

  if (depth > DEPTH_MAX || text->len > LENGTH_MAX)
    return FALSE;
  if (id != 0)
    {
      g_string_append_printf (text, "%u %u R", id, generation);
      return TRUE;
    }

  return append_direct (source, object, text, depth);
}

gboolean
eonay_pdf_serializer_append (EonayPdfSource *source, guint object, GString *text)
{
  return append (source, object, text, 0);
}

static GVariant *
new_bytes (const char *bytes, gsize length)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, length, 1);
}

/* Takes @object. */
static GVariant *
serialize (EonayPdfSource *source, guint object, gboolean *is_complete)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!append_taken (source, object, text, 0))
    *is_complete = FALSE;

  return new_bytes (text->str, text->len);
}

GVariant *
eonay_pdf_serializer_list_entries (EonayPdfSource *source, guint object, const char *const *without,
                                   gboolean *is_complete)
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
            serialize (source, eonay_pdf_source_get (source, object, key), is_complete));
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
        &builder, serialize (source, eonay_pdf_source_get_item (source, object, i), is_complete));

  return g_variant_builder_end (&builder);
}
