#include "signature/pades/host/eonay-pdf-serializer.h"
#include "signature/pades/host/eonay-pdf-survey.h"

#define CONTENT_MAX (256 * 1024 * 1024)
#define DEPTH_MAX 64

/* What a page draws now, beside what it drew when the first signature was made. */
typedef struct {
  EonayPdfSurvey *now;
  EonayPdfSurvey *then;
  GHashTable *visited;
  GArray *stack;
  guint page;
} Comparison;

/* Of a page, what others may add to it, or what leads away from it. */
static const char *const beside_content[] = { "Annots",       "Parent",    "Tabs", "StructParents",
                                              "LastModified", "PieceInfo", NULL };

/* Of a node of the page tree: which pages there are is compared elsewhere. */
static const char *const of_tree[] = { "Kids", "Count", "Parent", NULL };

static const char *const nothing[] = { NULL };

static gsize
find_first_signed (EonayPdfSurvey *self)
{
  gsize first = self->length;
  gsize n_signatures = g_variant_n_children (self->signatures);

  for (gsize i = 0; i < n_signatures; i++)
    {
      g_autoptr (GVariant) signature = g_variant_get_child_value (self->signatures, i);
      guint64 covered;

      g_variant_get_child (signature, 2, "t", &covered);
      if (covered > 0)
        first = MIN (first, (gsize) covered);
    }

  return first;
}

static GBytes *
serialize (EonayPdfSource *source, guint object, const char *const *without)
{
  gboolean is_complete = TRUE;
  GString *text;

  if (eonay_pdf_source_get_kind (source, object) == EONAY_PDF_KIND_DICTIONARY ||
      eonay_pdf_source_get_kind (source, object) == EONAY_PDF_KIND_STREAM)
    {
      g_autoptr (GVariant) entries = g_variant_ref_sink (
          eonay_pdf_serializer_list_entries (source, object, without, NULL, &is_complete));

      return g_variant_get_data_as_bytes (entries);
    }
  text = g_string_new (NULL);
  eonay_pdf_serializer_append_itself (source, object, NULL, text);

  return g_string_free_to_bytes (text);
}

static gboolean
is_same (Comparison *self, guint object, guint id, const char *const *without)
{
  guint before = eonay_pdf_source_get_object (self->then->source, id);
  g_autoptr (GBytes) text = serialize (self->now->source, object, without);
  g_autoptr (GBytes) text_before = serialize (self->then->source, before, without);
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GBytes) content_before = NULL;
  gboolean same = g_bytes_equal (text, text_before);

  if (same && eonay_pdf_source_get_kind (self->now->source, object) == EONAY_PDF_KIND_STREAM)
    {
      content = eonay_pdf_source_get_raw_content (self->now->source, object, CONTENT_MAX);
      content_before = eonay_pdf_source_get_raw_content (self->then->source, before, CONTENT_MAX);
      same = content != NULL && content_before != NULL && g_bytes_equal (content, content_before);
    }
  eonay_pdf_source_release (self->then->source, before);

  return same;
}

static void
push_values (Comparison *self, guint object, gboolean is_page)
{
  EonayPdfSource *source = self->now->source;
  g_autoptr (GPtrArray) keys = eonay_pdf_source_get_keys (source, object);

  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);

      if (!g_str_equal (key, "Parent") && !(is_page && g_strv_contains (beside_content, key)))
        {
          guint value = eonay_pdf_source_get (source, object, key);

          g_array_append_val (self->stack, value);
        }
    }
  for (guint i = 0; i < eonay_pdf_source_get_length (source, object); i++)
    {
      guint item = eonay_pdf_source_get_item (source, object, i);

      g_array_append_val (self->stack, item);
    }
}

/* What a page inherits (clause 7.7.3.4): its ancestors themselves, and on the stack what they lead to. */
static gboolean
compare_ancestors (Comparison *self, guint page)
{
  EonayPdfSource *source = self->now->source;
  guint node = eonay_pdf_source_get (source, page, "Parent");
  gboolean same = TRUE;

  for (guint depth = 0; node != 0 && depth < DEPTH_MAX; depth++)
    {
      guint id = eonay_pdf_source_get_id (source, node, NULL);
      guint resources = eonay_pdf_source_get (source, node, "Resources");
      guint parent = eonay_pdf_source_get (source, node, "Parent");

      same = same && (id == 0 || id > self->then->max_id || is_same (self, node, id, of_tree));
      g_array_append_val (self->stack, resources);
      eonay_pdf_source_release (source, node);
      node = parent;
    }
  eonay_pdf_source_release (source, node);

  return same;
}

/* Returns: whether all that is drawn is what it was */
static gboolean
compare_page (Comparison *self)
{
  guint start = g_array_index (self->now->pages, guint, self->page - 1);
  guint copy = eonay_pdf_source_hold (self->now->source, start);
  gboolean same = compare_ancestors (self, start);

  g_array_append_val (self->stack, copy);
  while (self->stack->len > 0)
    {
      guint object = g_array_index (self->stack, guint, self->stack->len - 1);
      guint id = eonay_pdf_source_get_id (self->now->source, object, NULL);
      gboolean is_page = id != 0 && id == eonay_pdf_source_get_id (self->now->source, start, NULL);

      g_array_set_size (self->stack, self->stack->len - 1);
      if (id == 0 ||
          (g_hash_table_add (self->visited, GUINT_TO_POINTER (id)) &&
           (is_page || !g_hash_table_contains (self->now->page_numbers, GUINT_TO_POINTER (id)))))
        {
          same = same && (id == 0 || id > self->then->max_id ||
                          is_same (self, object, id, is_page ? beside_content : nothing));
          push_values (self, object, is_page);
        }
      eonay_pdf_source_release (self->now->source, object);
    }

  return same;
}

static gboolean
has_same_pages (const Comparison *self)
{
  if (self->now->pages->len != self->then->pages->len)
    return FALSE;
  for (guint i = 0; i < self->now->pages->len; i++)
    if (eonay_pdf_source_get_id (self->now->source, g_array_index (self->now->pages, guint, i),
                                 NULL) !=
        eonay_pdf_source_get_id (self->then->source, g_array_index (self->then->pages, guint, i),
                                 NULL))
      return FALSE;

  return TRUE;
}

gboolean
eonay_pdf_survey_read_revisions (EonayPdfSurvey *self, GError **error)
{
  gsize length = find_first_signed (self);
  g_autoptr (EonayPdfSurvey) then = NULL;
  g_autoptr (GHashTable) visited = NULL;
  g_autoptr (GArray) stack = NULL;
  Comparison comparison;

  if (length == self->length)
    return TRUE;
  then = eonay_pdf_survey_new (self->bytes, length);
  /* One that cannot be read alone was no document to whoever signed it. */
  if (!eonay_pdf_survey_read_tail (then, NULL) || !eonay_pdf_survey_open (then, NULL) ||
      !eonay_pdf_survey_read_pages (then, NULL))
    {
      eonay_pdf_survey_add (self, EONAY_PDF_FINDING_BAD_SIGNATURE, 0);
      return TRUE;
    }

  visited = g_hash_table_new (NULL, NULL);
  stack = g_array_new (FALSE, FALSE, sizeof (guint));
  comparison = (Comparison){ self, then, visited, stack, 0 };
  if (!has_same_pages (&comparison))
    {
      eonay_pdf_survey_add (self, EONAY_PDF_FINDING_OVERRIDDEN, 0);
      return TRUE;
    }
  for (comparison.page = 1; comparison.page <= self->pages->len; comparison.page++)
    if (!compare_page (&comparison))
      eonay_pdf_survey_add (self, EONAY_PDF_FINDING_OVERRIDDEN, comparison.page);

  return TRUE;
}
