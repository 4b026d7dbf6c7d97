#include <string.h>

#include "base/eonay-error.h"
#include "signature/pades/host/eonay-pdf-survey.h"

/* References, one after another: no file has so many by accident. */
#define VISITS_MAX 20000000u
#define DIRECT_DEPTH_MAX 512

/* An object that is still to be looked at. */
typedef struct {
  guint object;
  guint depth; /* among direct objects */
} Visit;

typedef struct {
  EonayPdfSurvey *survey;
  GArray *stack;
  GArray *later;   /* parents, which belong to no page */
  guint8 *visited; /* by number */
  guint page;
  guint count;
} Walk;

/* What /S of an action says (ISO 32000-1, table 198), and what it is here. */
static const struct {
  const char *name;
  EonayPdfFindingKind kind;
} actions[] = {
  { "JavaScript", EONAY_PDF_FINDING_JAVASCRIPT },
  { "Launch", EONAY_PDF_FINDING_LAUNCH },
  { "SubmitForm", EONAY_PDF_FINDING_SUBMIT_FORM },
  { "ResetForm", EONAY_PDF_FINDING_OTHER_ACTION },
  { "ImportData", EONAY_PDF_FINDING_IMPORT_DATA },
  { "GoToR", EONAY_PDF_FINDING_OTHER_DOCUMENT },
  { "GoToE", EONAY_PDF_FINDING_OTHER_DOCUMENT },
  { "Thread", EONAY_PDF_FINDING_OTHER_ACTION },
  { "URI", EONAY_PDF_FINDING_LINK },
  { "Hide", EONAY_PDF_FINDING_HIDE_ACTION },
  { "SetOCGState", EONAY_PDF_FINDING_HIDE_ACTION },
  { "Sound", EONAY_PDF_FINDING_MULTIMEDIA },
  { "Movie", EONAY_PDF_FINDING_MULTIMEDIA },
  { "Rendition", EONAY_PDF_FINDING_MULTIMEDIA },
  { "RichMediaExecute", EONAY_PDF_FINDING_MULTIMEDIA },
  { "GoTo3DView", EONAY_PDF_FINDING_MULTIMEDIA },
  { "Trans", EONAY_PDF_FINDING_OTHER_ACTION },
};

/* Keys whose mere presence says it. */
static const struct {
  const char *key;
  EonayPdfKind of; /* the object that has it */
  EonayPdfFindingKind kind;
} keys[] = {
  { "AA", EONAY_PDF_KIND_DICTIONARY, EONAY_PDF_FINDING_ADDITIONAL_ACTION },
  { "EF", EONAY_PDF_KIND_DICTIONARY, EONAY_PDF_FINDING_EMBEDDED_FILE },
  { "F", EONAY_PDF_KIND_STREAM, EONAY_PDF_FINDING_EXTERNAL_STREAM },
  { "Ref", EONAY_PDF_KIND_STREAM, EONAY_PDF_FINDING_REFERENCE_XOBJECT },
  { "Alternates", EONAY_PDF_KIND_STREAM, EONAY_PDF_FINDING_ALTERNATE_IMAGE },
};

static void
find_action (Walk *walk, guint object)
{
  guint subtype = eonay_pdf_source_get (walk->survey->source, object, "S");
  g_autofree char *name = eonay_pdf_source_get_name (walk->survey->source, subtype);

  eonay_pdf_source_release (walk->survey->source, subtype);
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, name))
      eonay_pdf_survey_add (walk->survey, actions[i].kind, walk->page);
}

/* A script that no action holds is run by some readers; a stream of that name may be a picture. */
static void
find_script (Walk *walk, guint object)
{
  EonayPdfSource *source = walk->survey->source;
  guint script = eonay_pdf_source_get (source, object, "JS");
  guint type = eonay_pdf_source_get (source, object, "S");
  guint subtype = eonay_pdf_source_get (source, script, "Subtype");
  EonayPdfKind kind = eonay_pdf_source_get_kind (source, script);

  if (!eonay_pdf_source_is_name (source, type, "JavaScript") &&
      (kind == EONAY_PDF_KIND_STRING || (kind == EONAY_PDF_KIND_STREAM && subtype == 0)))
    eonay_pdf_survey_add (walk->survey, EONAY_PDF_FINDING_JAVASCRIPT, walk->page);
  eonay_pdf_source_release (source, subtype);
  eonay_pdf_source_release (source, type);
  eonay_pdf_source_release (source, script);
}

/* What is referred to and is none, which readers look for all over the file. */
static void
note_dangling (EonayPdfSurvey *self, guint object, guint id)
{
  const EonayPdfXrefEntry *entry = eonay_pdf_xref_get (self->entries, id);
  guint generation;

  eonay_pdf_source_get_id (self->source, object, &generation);
  if (!(entry->kind == EONAY_PDF_XREF_USED && entry->detail == generation) &&
      !(entry->kind == EONAY_PDF_XREF_PACKED && generation == 0))
    g_hash_table_add (self->dangling, GUINT_TO_POINTER (id));
}

static void
push (Walk *walk, guint object, guint depth)
{
  EonayPdfSource *source = walk->survey->source;
  EonayPdfKind kind = eonay_pdf_source_get_kind (source, object);
  gboolean has_more = kind == EONAY_PDF_KIND_ARRAY || kind == EONAY_PDF_KIND_DICTIONARY ||
                      kind == EONAY_PDF_KIND_STREAM;
  guint id = has_more || kind == EONAY_PDF_KIND_NULL
                 ? eonay_pdf_source_get_id (source, object, NULL)
                 : 0;
  const Visit visit = { object, id != 0 ? 0 : depth };

  if (kind == EONAY_PDF_KIND_NULL && id != 0)
    note_dangling (walk->survey, object, id);
  if (has_more &&
      (id == 0 || (id <= walk->survey->max_id && (walk->visited[id / 8] & (1 << (id % 8))) == 0)))
    {
      if (id != 0)
        walk->visited[id / 8] |= (guint8) (1 << (id % 8));
      g_array_append_val (walk->stack, visit);
    }
  else
    eonay_pdf_source_release (source, object);
}

static void
push_items (Walk *walk, const Visit *visit)
{
  guint length = eonay_pdf_source_get_length (walk->survey->source, visit->object);

  for (guint i = 0; i < length; i++)
    push (walk, eonay_pdf_source_get_known_item (walk->survey->source, visit->object, i),
          visit->depth + 1);
}

static void
push_values (Walk *walk, const Visit *visit, EonayPdfKind kind)
{
  EonayPdfSource *source = walk->survey->source;
  g_autoptr (GPtrArray) names = eonay_pdf_source_get_keys (source, visit->object);
  gboolean may_be_layer = g_hash_table_size (walk->survey->layers) > 0;

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      for (gsize j = 0; j < G_N_ELEMENTS (keys); j++)
        if (keys[j].of == kind && g_str_equal (keys[j].key, name))
          eonay_pdf_survey_add (walk->survey, keys[j].kind, walk->page);
      if (g_str_equal (name, "JS"))
        find_script (walk, visit->object);
      if (g_str_equal (name, "S"))
        find_action (walk, visit->object);
      else if (g_str_equal (name, "Parent") && walk->page != 0)
        {
          guint parent = eonay_pdf_source_get (source, visit->object, name);

          g_array_append_val (walk->later, parent);
        }
      else if (kind == EONAY_PDF_KIND_DICTIONARY)
        push (walk, eonay_pdf_source_get_known (source, visit->object, name), visit->depth + 1);
      else
        push (walk, eonay_pdf_source_get (source, visit->object, name), visit->depth + 1);
      may_be_layer = may_be_layer || g_str_equal (name, "Type");
    }
  if (may_be_layer && kind == EONAY_PDF_KIND_DICTIONARY)
    eonay_pdf_survey_find_layer (walk->survey, visit->object);
}

/* The longest side, in pixels, of an image that the pages are drawn with: cairo leaves a larger one out. */
#define IMAGE_SIDE_MAX 32767

static gboolean
is_side_drawn (Walk *walk, guint object, const char *key)
{
  guint side = eonay_pdf_source_get (walk->survey->source, object, key);
  gint64 length = eonay_pdf_source_get_integer (walk->survey->source, side, 0);

  eonay_pdf_source_release (walk->survey->source, side);

  return length <= IMAGE_SIDE_MAX;
}

static gboolean
check_image (Walk *walk, guint object, GError **error)
{
  return (is_side_drawn (walk, object, "Width") && is_side_drawn (walk, object, "Height")) ||
         eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX,
                                "An image is too large to be drawn");
}

static gboolean
run (Walk *walk, guint start, GError **error)
{
  push (walk, start, 0);
  while (walk->stack->len > 0)
    {
      const Visit visit = g_array_index (walk->stack, Visit, walk->stack->len - 1);
      EonayPdfKind kind = eonay_pdf_source_get_kind (walk->survey->source, visit.object);

      g_array_set_size (walk->stack, walk->stack->len - 1);
      if (++walk->count > VISITS_MAX || visit.depth > DIRECT_DEPTH_MAX)
        return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX,
                                      "The PDF has too many objects");
      if (kind == EONAY_PDF_KIND_STREAM && !check_image (walk, visit.object, error))
        return FALSE;
      if (kind == EONAY_PDF_KIND_ARRAY)
        push_items (walk, &visit);
      else
        push_values (walk, &visit, kind);
      eonay_pdf_source_release (walk->survey->source, visit.object);
    }

  return TRUE;
}

/* A place to go to is an array that begins with a page, or GoTo with nothing after it. */
static gboolean
is_place (EonayPdfSurvey *self, guint action)
{
  EonayPdfSource *source = self->source;
  guint first = eonay_pdf_source_get_item (source, action, 0);
  guint subtype = eonay_pdf_source_get (source, action, "S");
  guint next = eonay_pdf_source_get (source, action, "Next");

  switch (eonay_pdf_source_get_kind (source, action))
    {
    case EONAY_PDF_KIND_ARRAY:
      return eonay_pdf_source_get_kind (source, first) != EONAY_PDF_KIND_DICTIONARY ||
             g_hash_table_contains (self->page_numbers, GUINT_TO_POINTER (eonay_pdf_source_get_id (
                                                            source, first, NULL)));
    case EONAY_PDF_KIND_DICTIONARY:
      return next == 0 && eonay_pdf_source_is_name (source, subtype, "GoTo");
    default:
      return TRUE;
    }
}

static void
find_in_catalog (EonayPdfSurvey *self)
{
  guint action = eonay_pdf_source_get (self->source, self->catalog, "OpenAction");
  guint xfa = eonay_pdf_source_get (self->source, self->form, "XFA");

  if (!is_place (self, action))
    eonay_pdf_survey_add (self, EONAY_PDF_FINDING_OPEN_ACTION, 0);
  if (xfa != 0)
    eonay_pdf_survey_add (self, EONAY_PDF_FINDING_XFA, 0);
}

/* Pages and catalogs that wait for a later update to make them the document. */
static void
find_unused (Walk *walk)
{
  static const char *const types[] = { "Page", "Pages", "Catalog", NULL };
  EonayPdfSource *source = walk->survey->source;

  for (guint id = 1; id <= walk->survey->max_id; id++)
    {
      guint object, type;
      g_autofree char *name = NULL;

      if ((walk->visited[id / 8] & (1 << (id % 8))) != 0)
        continue;
      object = eonay_pdf_source_get_object (source, id);
      if (eonay_pdf_source_get_kind (source, object) == EONAY_PDF_KIND_DICTIONARY)
        {
          type = eonay_pdf_source_get (source, object, "Type");
          name = eonay_pdf_source_get_name (source, type);
          eonay_pdf_source_release (source, type);
        }
      eonay_pdf_source_release (source, object);
      if (name != NULL && g_strv_contains (types, name))
        eonay_pdf_survey_add (walk->survey, EONAY_PDF_FINDING_UNUSED_PAGE, 0);
    }
}

static gboolean
read_all (EonayPdfSurvey *self, Walk *walk, GError **error)
{
  /* Marked first, so that none is reached from another one. */
  for (guint page = 1; page <= self->pages->len; page++)
    {
      guint id = eonay_pdf_source_get_id (self->source,
                                          g_array_index (self->pages, guint, page - 1), NULL);

      walk->visited[id / 8] |= (guint8) (1 << (id % 8));
    }
  for (walk->page = 1; walk->page <= self->pages->len; walk->page++)
    {
      const Visit visit = { g_array_index (self->pages, guint, walk->page - 1), 0 };

      push_values (walk, &visit, EONAY_PDF_KIND_DICTIONARY);
      if (!run (walk, 0, error))
        return FALSE;
    }
  walk->page = 0;
  if (!run (walk, eonay_pdf_source_get_trailer (self->source), error))
    return FALSE;
  for (guint i = 0; i < walk->later->len; i++)
    if (!run (walk, g_array_index (walk->later, guint, i), error))
      return FALSE;

  return TRUE;
}

gboolean
eonay_pdf_survey_read_content (EonayPdfSurvey *self, GError **error)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Visit));
  g_autoptr (GArray) later = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint8 *visited = g_malloc0 (self->max_id / 8 + 1);
  Walk walk = { .survey = self, .stack = stack, .later = later, .visited = visited };

  find_in_catalog (self);
  eonay_pdf_survey_read_layers (self);
  if (!read_all (self, &walk, error))
    return FALSE;
  find_unused (&walk);

  return eonay_pdf_source_check (self->source, error);
}
