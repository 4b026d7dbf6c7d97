#include <string.h>

#include "base/eonay-error.h"
#include "signature/pades/eonay-pdf-lock.h"
#include "signature/pades/eonay-pdf-report.h"
#include "signature/pades/host/eonay-pdf-serializer.h"
#include "signature/pades/host/eonay-pdf-survey.h"

#define DEPTH_MAX 32
#define FIELD_NAME_MAX 1024

/* Bits of a seed value's /Ff (ISO 32000-1, table 234): these constraints are met here, or can be. */
#define SEED_FILTER (1 << 0)
#define SEED_SUBFILTER (1 << 1)

/* A field that is still to be visited. */
typedef struct {
  guint object;
  guint parent; /* the one above it; 0 for none */
  guint type;   /* of that, its own or inherited */
  guint holder; /* what its value is inherited from; 0 for none */
  char *name;   /* of its parent; owned */
  guint depth;
} Node;

typedef struct {
  EonayPdfSurvey *survey;
  GArray *nodes;
  GVariantBuilder signatures;
  GVariantBuilder empty;
  guint n_fields;
  guint n_signatures;
  guint certification;   /* what the catalog says is one; 0 for none */
  gboolean is_certified; /* whether a field has it */
} Walk;

static void
clear_node (gpointer node)
{
  g_free (((Node *) node)->name);
}

static char *
join_name (EonayPdfSurvey *self, guint object, const char *parent)
{
  guint part = eonay_pdf_source_get (self->source, object, "T");
  g_autofree char *text = eonay_pdf_source_get_text (self->source, part);

  eonay_pdf_source_release (self->source, part);
  if (text == NULL)
    return g_strdup (parent);
  if (parent == NULL)
    return g_steal_pointer (&text);

  return g_strconcat (parent, ".", text, NULL);
}

/* Kids without a name are the widgets of a field, not fields. */
static gboolean
has_field_kids (EonayPdfSurvey *self, guint kids)
{
  guint length = eonay_pdf_source_get_length (self->source, kids);
  gboolean has = FALSE;

  for (guint i = 0; i < length && !has; i++)
    {
      guint kid = eonay_pdf_source_get_item (self->source, kids, i);
      guint name = eonay_pdf_source_get (self->source, kid, "T");

      has = name != 0;
      eonay_pdf_source_release (self->source, name);
      eonay_pdf_source_release (self->source, kid);
    }

  return has;
}

static guint
get_page (EonayPdfSurvey *self, guint widget)
{
  guint id = eonay_pdf_source_get_id (self->source, widget, NULL);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->annotation_pages, GUINT_TO_POINTER (id)));
}

static guint
get_widget (EonayPdfSurvey *self, guint field)
{
  guint kids = eonay_pdf_source_get (self->source, field, "Kids");

  return eonay_pdf_source_get_length (self->source, kids) > 0
             ? eonay_pdf_source_get_item (self->source, kids, 0)
             : field;
}

/* @field: 0 if none has it; @holder: see eonay_pdf_survey_read_range() */
static void
add_signature (Walk *walk, guint field, guint value, guint holder, const char *name)
{
  EonayPdfSurvey *self = walk->survey;
  guint id = eonay_pdf_source_get_id (self->source, value, NULL);
  gboolean is_certification =
      value == walk->certification ||
      (id != 0 && id == eonay_pdf_source_get_id (self->source, walk->certification, NULL));
  guint page = get_page (self, get_widget (self, field));
  guint64 covered = eonay_pdf_survey_read_range (self, value, holder);
  guint lock = eonay_pdf_survey_find_transform (self, value, "FieldMDP");

  /* What the form says is locked, whether or not the signer's program has noted it down. */
  if (lock == 0)
    lock = eonay_pdf_source_get (self->source, field, "Lock");
  if (covered == 0)
    eonay_pdf_survey_add (self, EONAY_PDF_FINDING_BAD_SIGNATURE, page);
  g_variant_builder_add (&walk->signatures, "(sutu@" EONAY_PDF_LOCK_TYPE ")", name, page, covered,
                         eonay_pdf_survey_read_permissions (self, value, is_certification),
                         eonay_pdf_survey_read_lock (self, lock));
  walk->is_certified = walk->is_certified || is_certification;
  walk->n_signatures++;
}

static gboolean
has_name (EonayPdfSurvey *self, guint array, const char *name)
{
  for (guint i = 0; i < eonay_pdf_source_get_length (self->source, array); i++)
    if (eonay_pdf_source_is_name (self->source, eonay_pdf_source_get_item (self->source, array, i),
                                  name))
      return TRUE;

  return FALSE;
}

/* A field may demand what a signature in it must be (clause 12.7.4.5, seed values). */
static gboolean
demands_other (EonayPdfSurvey *self, guint field)
{
  guint seed = eonay_pdf_source_get (self->source, field, "SV");
  gint64 flags = eonay_pdf_source_get_integer (self->source,
                                               eonay_pdf_source_get (self->source, seed, "Ff"), 0);

  if ((flags & ~(gint64) (SEED_FILTER | SEED_SUBFILTER)) != 0)
    return TRUE;
  if ((flags & SEED_FILTER) != 0 &&
      !eonay_pdf_source_is_name (self->source, eonay_pdf_source_get (self->source, seed, "Filter"),
                                 "Adobe.PPKLite"))
    return TRUE;

  return (flags & SEED_SUBFILTER) != 0 &&
         !has_name (self, eonay_pdf_source_get (self->source, seed, "SubFilter"),
                    "ETSI.CAdES.detached");
}

static GVariant *
describe_object (EonayPdfSurvey *self, guint object, const char *const *without,
                 gboolean *is_complete)
{
  guint generation;
  guint id = eonay_pdf_source_get_id (self->source, object, &generation);

  return g_variant_new (
      "(uu@" EONAY_PDF_DICTIONARY_TYPE ")", id, generation,
      eonay_pdf_serializer_list_entries (self->source, object, without, NULL, is_complete));
}

static GVariant *
describe_nothing (void)
{
  return g_variant_new ("(uu" EONAY_PDF_DICTIONARY_TYPE ")", 0, 0, NULL);
}

/* Some readers go from the form down, some from a field up: it is in two places if they do not agree. */
static gboolean
has_other_parent (EonayPdfSurvey *self, guint object, guint parent)
{
  guint stated = eonay_pdf_source_get (self->source, object, "Parent");
  guint id = eonay_pdf_source_get_id (self->source, stated, NULL);

  return eonay_pdf_source_get_kind (self->source, stated) == EONAY_PDF_KIND_DICTIONARY &&
         (id == 0 || id != eonay_pdf_source_get_id (self->source, parent, NULL));
}

static void
add_empty (Walk *walk, const Node *node, const char *name)
{
  static const char *const without_value[] = { "V", "AP", NULL };
  static const char *const without_appearance[] = { "V", "AP", NULL };
  EonayPdfSurvey *self = walk->survey;
  guint field = node->object;
  guint widget = get_widget (self, field);
  EonayPdfBox box = { 0 };
  gboolean is_complete = TRUE;
  GVariant *described[2];
  gboolean demands = demands_other (self, field);

  eonay_pdf_survey_read_rectangle (self, eonay_pdf_source_get (self->source, widget, "Rect"), &box);
  described[0] = describe_object (self, field, without_value, &is_complete);
  described[1] = widget == field ? describe_nothing ()
                                 : describe_object (self, widget, without_appearance, &is_complete);
  /* One that readers find at two places would be signed at one. */
  if (eonay_pdf_source_get_id (self->source, field, NULL) == 0 ||
      eonay_pdf_source_get_id (self->source, widget, NULL) == 0 ||
      has_other_parent (self, field, node->parent))
    is_complete = FALSE;
  g_variant_builder_add (
      &walk->empty,
      "(suddddb@" EONAY_PDF_LOCK_TYPE "@" EONAY_PDF_OBJECT_TYPE "@" EONAY_PDF_OBJECT_TYPE ")", name,
      get_page (self, widget), box.left, box.bottom, box.right, box.top, demands || !is_complete,
      eonay_pdf_survey_read_lock (self, eonay_pdf_source_get (self->source, field, "Lock")),
      described[0], described[1]);
  walk->n_signatures++;
}

/* @parent: what has it in its /Kids; 0 for the form */
static void
know (EonayPdfSurvey *self, guint object, guint parent)
{
  guint id = eonay_pdf_source_get_id (self->source, object, NULL);

  if (id != 0)
    g_hash_table_add (self->form_nodes, GUINT_TO_POINTER (id));
  if (has_other_parent (self, object, parent))
    eonay_pdf_survey_add (self, EONAY_PDF_FINDING_UNREFERENCED_FIELD, get_page (self, object));
}

static void
know_kids (EonayPdfSurvey *self, guint field)
{
  guint kids = eonay_pdf_source_get (self->source, field, "Kids");

  for (guint i = 0; i < eonay_pdf_source_get_length (self->source, kids); i++)
    {
      guint kid = eonay_pdf_source_get_item (self->source, kids, i);

      know (self, kid, field);
      eonay_pdf_source_release (self->source, kid);
    }
}

/* The nearest ancestor with @key, as /Parent says, which some readers go by; 0 if there is none. */
static guint
find_ancestor (EonayPdfSurvey *self, guint object, const char *key)
{
  guint node = eonay_pdf_source_get (self->source, object, "Parent");

  for (guint depth = 0; depth < DEPTH_MAX && node != 0; depth++)
    {
      if (eonay_pdf_source_get (self->source, node, key) != 0)
        return node;
      node = eonay_pdf_source_get (self->source, node, "Parent");
    }

  return 0;
}

static guint
get_type (EonayPdfSurvey *self, guint object, guint inherited)
{
  guint own = eonay_pdf_source_get (self->source, object, "FT");

  if (own != 0 || inherited != 0)
    return own != 0 ? own : inherited;

  return eonay_pdf_source_get (self->source, find_ancestor (self, object, "FT"), "FT");
}

/* Returns: what has the field's value, itself or what it inherits from; 0 if it has none */
static guint
get_holder (EonayPdfSurvey *self, guint object, guint inherited)
{
  if (eonay_pdf_source_get (self->source, object, "V") != 0)
    return object;

  return inherited != 0 ? inherited : find_ancestor (self, object, "V");
}

/* @holder: what has the value; 0 for none */
static void
add_other (EonayPdfSurvey *self, guint field, guint type, guint holder)
{
  guint kids = eonay_pdf_source_get (self->source, field, "Kids");
  guint own = eonay_pdf_source_get (self->source, field, "Ff");
  guint flags = own != 0
                    ? own
                    : eonay_pdf_source_get (self->source, find_ancestor (self, field, "Ff"), "Ff");
  const EonayPdfFieldValue value = { type, eonay_pdf_source_get (self->source, holder, "V"),
                                     eonay_pdf_source_get_integer (self->source, flags, 0) };

  if (eonay_pdf_source_get_kind (self->source, type) != EONAY_PDF_KIND_NAME)
    return;
  eonay_pdf_survey_add (self, EONAY_PDF_FINDING_FORM_FIELD,
                        get_page (self, get_widget (self, field)));
  for (guint i = 0; i < MAX (eonay_pdf_source_get_length (self->source, kids), 1); i++)
    {
      guint widget = kids != 0 ? eonay_pdf_source_get_item (self->source, kids, i) : field;

      if (eonay_pdf_survey_shows_other_value (self, field, widget, &value))
        eonay_pdf_survey_add (self, EONAY_PDF_FINDING_VALUE_DIFFERS, get_page (self, widget));
    }
}

static void
add_terminal (Walk *walk, const Node *node, guint type, const char *name)
{
  EonayPdfSurvey *self = walk->survey;
  guint holder = get_holder (self, node->object, node->holder);

  know_kids (self, node->object);
  if (!eonay_pdf_source_is_name (self->source, type, "Sig"))
    add_other (self, node->object, type, holder);
  else if (holder == 0)
    add_empty (walk, node, name);
  else
    add_signature (walk, node->object, eonay_pdf_source_get (self->source, holder, "V"), holder,
                   name);
}

/* @above: whose kids they are; @from: its node, %NULL for the topmost */
static void
push (Walk *walk, guint array, guint above, const Node *from, const char *name)
{
  EonayPdfSurvey *self = walk->survey;
  guint type = from != NULL ? get_type (self, above, from->type) : 0;
  guint holder = from != NULL ? get_holder (self, above, from->holder) : 0;

  for (guint i = eonay_pdf_source_get_length (self->source, array); i > 0; i--)
    {
      const Node node = { eonay_pdf_source_get_item (self->source, array, i - 1),
                          above,
                          type,
                          holder,
                          g_strdup (name),
                          from != NULL ? from->depth + 1 : 0 };

      g_array_append_val (walk->nodes, node);
    }
}

static gboolean
check_number (const Walk *walk, GError **error)
{
  return (walk->n_fields <= EONAY_PDF_FIELDS_MAX &&
          walk->n_signatures < EONAY_PDF_SIGNATURES_MAX) ||
         eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX, "Too many fields");
}

static gboolean
visit (Walk *walk, GError **error)
{
  EonayPdfSurvey *self = walk->survey;
  Node node = g_array_index (walk->nodes, Node, walk->nodes->len - 1);
  g_autofree char *parent =
      g_steal_pointer (&g_array_index (walk->nodes, Node, walk->nodes->len - 1).name);
  guint id = eonay_pdf_source_get_id (self->source, node.object, NULL);
  g_autofree char *name = join_name (self, node.object, parent);
  guint kids = eonay_pdf_source_get (self->source, node.object, "Kids");

  g_array_set_size (walk->nodes, walk->nodes->len - 1);
  if (eonay_pdf_source_get_kind (self->source, node.object) == EONAY_PDF_KIND_NULL)
    return TRUE;
  if (node.depth > DEPTH_MAX || (name != NULL && strlen (name) > FIELD_NAME_MAX) ||
      (id != 0 && g_hash_table_contains (self->form_nodes, GUINT_TO_POINTER (id))))
    return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_DAMAGED, "The form is broken");
  walk->n_fields++;
  if (!check_number (walk, error))
    return FALSE;

  know (self, node.object, node.parent);
  if (node.depth == 0 && name != NULL)
    g_hash_table_add (self->names, g_strdup (name));
  if (has_field_kids (self, kids))
    push (walk, kids, node.object, &node, name);
  else
    add_terminal (walk, &node, get_type (self, node.object, node.type), name != NULL ? name : "");

  return TRUE;
}

/* A widget that the form does not know may be brought into it later, with a value and all. One with a
   signature is one to some readers. */
static gboolean
add_unreferenced (Walk *walk, guint annotation, guint page, GError **error)
{
  EonayPdfSurvey *self = walk->survey;
  guint subtype = eonay_pdf_source_get (self->source, annotation, "Subtype");
  guint id = eonay_pdf_source_get_id (self->source, annotation, NULL);
  gboolean is_unreferenced = eonay_pdf_source_is_name (self->source, subtype, "Widget") &&
                             !g_hash_table_contains (self->form_nodes, GUINT_TO_POINTER (id));
  guint holder;

  eonay_pdf_source_release (self->source, subtype);
  if (!is_unreferenced)
    return TRUE;

  eonay_pdf_survey_add (self, EONAY_PDF_FINDING_UNREFERENCED_FIELD, page);
  holder = get_holder (self, annotation, 0);
  if (holder != 0 && eonay_pdf_source_is_name (self->source, get_type (self, annotation, 0), "Sig"))
    {
      g_autofree char *name = join_name (self, annotation, NULL);

      add_signature (walk, annotation, eonay_pdf_source_get (self->source, holder, "V"), holder,
                     name != NULL ? name : "");
    }

  return check_number (walk, error);
}

static gboolean
find_unreferenced (Walk *walk, GError **error)
{
  EonayPdfSurvey *self = walk->survey;

  for (guint page = 1; page <= self->pages->len; page++)
    {
      guint object = g_array_index (self->pages, guint, page - 1);
      guint array = eonay_pdf_source_get (self->source, object, "Annots");

      for (guint i = 0; i < eonay_pdf_source_get_length (self->source, array); i++)
        {
          guint annotation = eonay_pdf_source_get_item (self->source, array, i);

          if (!add_unreferenced (walk, annotation, page, error))
            return FALSE;
          eonay_pdf_source_release (self->source, annotation);
        }
      eonay_pdf_source_release (self->source, array);
    }

  return TRUE;
}

/* A certification that no field has binds all the same. */
static void
read_certification (Walk *walk)
{
  EonayPdfSource *source = walk->survey->source;

  if (!walk->is_certified &&
      eonay_pdf_source_get_kind (source, walk->certification) == EONAY_PDF_KIND_DICTIONARY)
    add_signature (walk, 0, walk->certification, 0, "");
}

static void
begin (Walk *walk)
{
  EonayPdfSurvey *self = walk->survey;
  guint given = eonay_pdf_source_get (self->source, self->catalog, "Perms");

  walk->certification = eonay_pdf_source_get (self->source, given, "DocMDP");
  if (eonay_pdf_source_get (self->source, given, "UR3") != 0 ||
      eonay_pdf_source_get (self->source, given, "UR") != 0)
    eonay_pdf_survey_add (self, EONAY_PDF_FINDING_USAGE_RIGHTS, 0);
  g_variant_builder_init (&walk->signatures, G_VARIANT_TYPE ("a" EONAY_PDF_SIGNATURE_TYPE));
  g_variant_builder_init (&walk->empty, G_VARIANT_TYPE ("a" EONAY_PDF_FIELD_TYPE));
  self->form = eonay_pdf_source_get (self->source, self->catalog, "AcroForm");
}

gboolean
eonay_pdf_survey_read_fields (EonayPdfSurvey *self, GError **error)
{
  Walk walk = { .survey = self, .nodes = g_array_new (FALSE, FALSE, sizeof (Node)) };
  g_autoptr (GArray) nodes = walk.nodes;
  guint needs;
  gboolean done = TRUE;

  g_array_set_clear_func (nodes, clear_node);
  begin (&walk);
  if (self->form != 0 &&
      eonay_pdf_source_get_kind (self->source, self->form) != EONAY_PDF_KIND_DICTIONARY)
    done = eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_DAMAGED, "The form is broken");

  push (&walk, eonay_pdf_source_get (self->source, self->form, "Fields"), 0, NULL, NULL);
  while (nodes->len > 0 && done)
    done = visit (&walk, error);
  done = done && find_unreferenced (&walk, error);
  if (done)
    read_certification (&walk);
  self->signatures = g_variant_ref_sink (g_variant_builder_end (&walk.signatures));
  self->empty = g_variant_ref_sink (g_variant_builder_end (&walk.empty));
  if (!done)
    return FALSE;

  needs = eonay_pdf_source_get (self->source, self->form, "NeedAppearances");
  if (walk.n_fields > 0 && eonay_pdf_source_get_boolean (self->source, needs))
    eonay_pdf_survey_add (self, EONAY_PDF_FINDING_NEEDS_APPEARANCES, 0);

  return TRUE;
}
