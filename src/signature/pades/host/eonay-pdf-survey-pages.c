#include "base/eonay-error.h"
#include "signature/pades/eonay-pdf-report.h"
#include "signature/pades/host/eonay-pdf-survey.h"

#define DEPTH_MAX 64

/* ISO 32000-1, table 165. */
#define FLAG_HIDDEN (1 << 1)
#define FLAG_PRINT (1 << 2)
#define FLAG_NO_VIEW (1 << 5)

/* What a page inherits (ISO 32000-1, table 30). */
#define N_INHERITED 4

static const char *const inheritable[N_INHERITED] = { "Resources", "MediaBox", "CropBox",
                                                      "Rotate" };

/* A node of the page tree that is still to be visited, with what it inherits. */
typedef struct {
  guint object;
  guint parent;              /* number of the node above it */
  guint owners[N_INHERITED]; /* numbers of the nodes that have it */
  gboolean is_odd;           /* whether a node on the way says that another one is above it */
  guint media;
  guint crop;
  guint rotate;
  guint depth;
} Node;

static guint
get_or_inherit (EonayPdfSurvey *self, guint object, const char *key, guint inherited)
{
  guint own = eonay_pdf_source_get (self->source, object, key);

  return own != 0 ? own : inherited;
}

/* Readers differ in what they take for a value that is none: the inherited one, or a default. */
static gboolean
get_rotation (EonayPdfSurvey *self, guint rotate, guint *rotation)
{
  gint64 degrees = eonay_pdf_source_get_integer (self->source, rotate, 0);

  *rotation = degrees % 90 != 0 ? 0 : (guint) (((degrees % 360) + 360) % 360);

  return rotate == 0 || eonay_pdf_source_get_kind (self->source, rotate) == EONAY_PDF_KIND_INTEGER;
}

static gboolean
is_empty (const EonayPdfBox *box)
{
  return box->left >= box->right || box->bottom >= box->top;
}

/* What a viewer shows: the crop box as far as it lies in the media box (clause 14.11.2). */
static gboolean
get_box (EonayPdfSurvey *self, const Node *node, EonayPdfBox *box)
{
  EonayPdfBox crop;

  *box = (EonayPdfBox){ 0, 0, 612, 792, 0 };
  if (node->media != 0 &&
      (!eonay_pdf_survey_read_rectangle (self, node->media, box) || is_empty (box)))
    return FALSE;
  if (node->crop != 0)
    {
      if (!eonay_pdf_survey_read_rectangle (self, node->crop, &crop))
        return FALSE;
      box->left = MAX (crop.left, box->left);
      box->bottom = MAX (crop.bottom, box->bottom);
      box->right = MIN (crop.right, box->right);
      box->top = MIN (crop.top, box->top);
    }

  return !is_empty (box) && get_rotation (self, node->rotate, &box->rotation);
}

static void
own (EonayPdfSurvey *self, Node *node, guint id)
{
  guint parent = eonay_pdf_source_get (self->source, node->object, "Parent");

  for (guint i = 0; i < N_INHERITED; i++)
    {
      guint value = eonay_pdf_source_get (self->source, node->object, inheritable[i]);

      if (value != 0)
        node->owners[i] = id;
      eonay_pdf_source_release (self->source, value);
    }
  node->is_odd = node->is_odd ||
                 eonay_pdf_source_get_id (self->source, parent, NULL) != node->parent;
  eonay_pdf_source_release (self->source, parent);
}

/* Returns: number of the node from which @object has @key as /Parent says; 0 for none */
static guint
find_owner (EonayPdfSurvey *self, guint object, const char *key)
{
  guint node = eonay_pdf_source_hold (self->source, object);
  guint owner = 0;

  for (guint depth = 0; node != 0 && owner == 0 && depth < DEPTH_MAX; depth++)
    {
      guint parent = eonay_pdf_source_get (self->source, node, "Parent");
      guint value = eonay_pdf_source_get (self->source, node, key);

      if (value != 0)
        owner = eonay_pdf_source_get_id (self->source, node, NULL);
      eonay_pdf_source_release (self->source, value);
      eonay_pdf_source_release (self->source, node);
      node = parent;
    }
  eonay_pdf_source_release (self->source, node);

  return owner;
}

/* Some readers inherit on the way down, some on the way up. */
static gboolean
inherits_the_same (EonayPdfSurvey *self, const Node *node)
{
  for (guint i = 0; i < N_INHERITED && node->is_odd; i++)
    if (find_owner (self, node->object, inheritable[i]) != node->owners[i])
      return FALSE;

  return TRUE;
}

static gboolean
add_page (EonayPdfSurvey *self, const Node *node, guint id, GError **error)
{
  EonayPdfBox box;

  if (!get_box (self, node, &box))
    return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_DAMAGED,
                                  "A page has no sound size or rotation");
  if (!inherits_the_same (self, node))
    return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_DAMAGED,
                                  "A page inherits from two nodes");
  if (self->pages->len >= EONAY_PDF_PAGES_MAX)
    return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX, "Too many pages");

  g_array_append_val (self->pages, node->object);
  g_array_append_val (self->boxes, box);
  g_hash_table_insert (self->page_numbers, GUINT_TO_POINTER (id),
                       GUINT_TO_POINTER (self->pages->len));

  return TRUE;
}

static gboolean
visit (EonayPdfSurvey *self, GArray *nodes, GHashTable *visited, GError **error)
{
  Node node = g_array_index (nodes, Node, nodes->len - 1);
  guint id = eonay_pdf_source_get_id (self->source, node.object, NULL);
  guint kids;

  g_array_set_size (nodes, nodes->len - 1);
  if (id == 0 || node.depth > DEPTH_MAX || !g_hash_table_add (visited, GUINT_TO_POINTER (id)) ||
      eonay_pdf_source_get_kind (self->source, node.object) != EONAY_PDF_KIND_DICTIONARY)
    return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_DAMAGED,
                                  "The page tree is broken");

  own (self, &node, id);
  node.media = get_or_inherit (self, node.object, "MediaBox", node.media);
  node.crop = get_or_inherit (self, node.object, "CropBox", node.crop);
  node.rotate = get_or_inherit (self, node.object, "Rotate", node.rotate);
  kids = eonay_pdf_source_get (self->source, node.object, "Kids");
  if (kids == 0)
    return add_page (self, &node, id, error);

  for (guint i = eonay_pdf_source_get_length (self->source, kids); i > 0; i--)
    {
      Node kid = node;

      kid.object = eonay_pdf_source_get_item (self->source, kids, i - 1);
      kid.parent = id;
      kid.depth++;
      g_array_append_val (nodes, kid);
    }

  return TRUE;
}

/* Some readers show as many pages as are announced, others as many as there are. */
static gboolean
check_count (EonayPdfSurvey *self, GError **error)
{
  guint root = eonay_pdf_source_get (self->source, self->catalog, "Pages");
  guint count = eonay_pdf_source_get (self->source, root, "Count");
  gint64 announced = eonay_pdf_source_get_integer (self->source, count, -1);

  eonay_pdf_source_release (self->source, count);
  eonay_pdf_source_release (self->source, root);

  return announced == self->pages->len ||
         eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_DAMAGED,
                                "The page tree announces another number of pages");
}

gboolean
eonay_pdf_survey_read_pages (EonayPdfSurvey *self, GError **error)
{
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  g_autoptr (GHashTable) visited = g_hash_table_new (NULL, NULL);
  const Node root = { .object = eonay_pdf_source_get (self->source, self->catalog, "Pages") };

  /* A catalog that is its own page has been seen. */
  g_hash_table_add (visited,
                    GUINT_TO_POINTER (eonay_pdf_source_get_id (self->source, self->catalog, NULL)));
  g_array_append_val (nodes, root);
  while (nodes->len > 0)
    if (!visit (self, nodes, visited, error))
      return FALSE;
  if (self->pages->len == 0)
    return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_DAMAGED, "No pages");

  return check_count (self, error);
}

static gboolean
is_of_kind (EonayPdfSurvey *self, guint annotation, const char *const *kinds)
{
  guint subtype = eonay_pdf_source_get (self->source, annotation, "Subtype");
  g_autofree char *kind = eonay_pdf_source_get_name (self->source, subtype);

  eonay_pdf_source_release (self->source, subtype);

  return kind != NULL && g_strv_contains (kinds, kind);
}

/* Without an area nothing of it is ever drawn: an invisible signature, for one. */
static gboolean
is_without_area (EonayPdfSurvey *self, guint annotation)
{
  guint rectangle = eonay_pdf_source_get (self->source, annotation, "Rect");
  EonayPdfBox box;
  gboolean has_none = rectangle == 0 ||
                      (eonay_pdf_survey_read_rectangle (self, rectangle, &box) && is_empty (&box));

  eonay_pdf_source_release (self->source, rectangle);

  return has_none;
}

static gint64
get_flags (EonayPdfSurvey *self, guint annotation)
{
  guint flags = eonay_pdf_source_get (self->source, annotation, "F");
  gint64 value = eonay_pdf_source_get_integer (self->source, flags, 0);

  eonay_pdf_source_release (self->source, flags);

  return value;
}

static gboolean
has (EonayPdfSurvey *self, guint object, const char *key)
{
  guint value = eonay_pdf_source_get (self->source, object, key);

  eonay_pdf_source_release (self->source, value);

  return value != 0;
}

/* What has a picture of its own is drawn by some readers, whatever it calls itself; some kinds are also
   drawn without one. */
static gboolean
is_covering (EonayPdfSurvey *self, guint annotation)
{
  static const char *const of_forms[] = { "Widget", NULL };
  static const char *const drawn[] = { "FreeText", "Line",      "Square", "Circle", "Polygon",
                                       "PolyLine", "Stamp",     "Caret",  "Ink",    "Redact",
                                       "Screen",   "Watermark", NULL };

  return is_of_kind (self, annotation, drawn) ||
         (has (self, annotation, "AP") && !is_of_kind (self, annotation, of_forms));
}

static void
judge_annotation (EonayPdfSurvey *self, guint annotation, guint page)
{
  static const char *const without_appearance[] = { "Link", "Popup", NULL };
  static const char *const media[] = { "Sound", "Movie", "RichMedia", "3D", "Screen", NULL };
  gint64 flags = get_flags (self, annotation);
  gboolean is_plain = is_of_kind (self, annotation, without_appearance) &&
                      !has (self, annotation, "AP");

  if (is_of_kind (self, annotation, media))
    eonay_pdf_survey_add (self, EONAY_PDF_FINDING_MULTIMEDIA, page);
  if (is_plain || is_without_area (self, annotation))
    return;

  if ((flags & FLAG_HIDDEN) != 0)
    eonay_pdf_survey_add (self, EONAY_PDF_FINDING_HIDDEN_ANNOTATION, page);
  else if ((flags & FLAG_NO_VIEW) != 0)
    eonay_pdf_survey_add (self, EONAY_PDF_FINDING_NO_VIEW_ANNOTATION, page);
  else if ((flags & FLAG_PRINT) == 0)
    eonay_pdf_survey_add (self, EONAY_PDF_FINDING_NO_PRINT_ANNOTATION, page);
  if (!has (self, annotation, "AP"))
    eonay_pdf_survey_add (self, EONAY_PDF_FINDING_NO_APPEARANCE, page);
  if (is_covering (self, annotation))
    eonay_pdf_survey_add (self, EONAY_PDF_FINDING_COVERING_ANNOTATION, page);
}

static void
read_annotations_of (EonayPdfSurvey *self, guint page)
{
  guint object = g_array_index (self->pages, guint, page - 1);
  guint array = eonay_pdf_source_get (self->source, object, "Annots");
  gpointer id = GUINT_TO_POINTER (eonay_pdf_source_get_id (self->source, array, NULL));
  guint length = eonay_pdf_source_get_length (self->source, array);

  if (id != NULL)
    g_hash_table_insert (
        self->annotation_arrays, id,
        GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (self->annotation_arrays, id)) +
                          1));
  for (guint i = 0; i < length; i++)
    {
      guint annotation = eonay_pdf_source_get_item (self->source, array, i);
      guint annotation_id = eonay_pdf_source_get_id (self->source, annotation, NULL);

      if (annotation_id != 0)
        g_hash_table_insert (self->annotation_pages, GUINT_TO_POINTER (annotation_id),
                             GUINT_TO_POINTER (page));
      if (eonay_pdf_source_get_kind (self->source, annotation) == EONAY_PDF_KIND_DICTIONARY)
        judge_annotation (self, annotation, page);
      eonay_pdf_source_release (self->source, annotation);
    }
  eonay_pdf_source_release (self->source, array);
}

gboolean
eonay_pdf_survey_read_annotations (EonayPdfSurvey *self, GError **error)
{
  for (guint page = 1; page <= self->pages->len; page++)
    read_annotations_of (self, page);

  return TRUE;
}
