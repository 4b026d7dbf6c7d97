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
  guint type; /* of the field, its own or inherited */
  char *name; /* of its parent; owned */
  guint depth;
} Node;

typedef struct {
  EonayPdfSurvey *survey;
  GArray *nodes;
  GVariantBuilder signatures;
  GVariantBuilder empty;
  guint n_fields;
  guint n_signatures;
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

/* @object: a dictionary with /Action, /Fields and perhaps /P, as a lock and FieldMDP's parameters are. */
static GVariant *
read_lock (EonayPdfSurvey *self, guint object)
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

/* The length of what a signature covers, with the gap; 0 if its range is none (clause 12.8.1). */
static guint64
read_range (EonayPdfSurvey *self, guint value)
{
  guint range = eonay_pdf_source_get (self->source, value, "ByteRange");
  gint64 numbers[4];
  gint64 end;

  if (eonay_pdf_source_get_length (self->source, range) != G_N_ELEMENTS (numbers))
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      numbers[i] = eonay_pdf_source_get_integer (
          self->source, eonay_pdf_source_get_item (self->source, range, i), -1);
      if (numbers[i] < 0 || numbers[i] > (gint64) self->length)
        return 0;
    }
  end = numbers[2] + numbers[3];
  if (numbers[0] != 0 || numbers[1] + 2 > numbers[2] || end > (gint64) self->length ||
      self->bytes[numbers[1]] != '<' || self->bytes[numbers[2] - 1] != '>')
    return 0;
  for (gint64 i = numbers[1] + 1; i < numbers[2] - 1; i++)
    if (!g_ascii_isxdigit ((char) self->bytes[i]))
      return 0;

  return (guint64) end;
}

/* Returns: /TransformParams of the method, 0 if the signature has none */
static guint
find_transform (EonayPdfSurvey *self, guint value, const char *method)
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

/* DocMDP's default is 2: forms may be filled and signed (table 254). */
static guint
read_permissions (EonayPdfSurvey *self, guint value)
{
  guint parameters = find_transform (self, value, "DocMDP");
  gint64 level;

  if (parameters == 0)
    return 0;
  level = eonay_pdf_source_get_integer (self->source,
                                        eonay_pdf_source_get (self->source, parameters, "P"), 2);

  return level >= 1 && level <= 3 ? (guint) level : 1;
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

static void
add_signature (Walk *walk, guint field, guint value, const char *name)
{
  EonayPdfSurvey *self = walk->survey;
  guint page = get_page (self, get_widget (self, field));
  guint64 covered = read_range (self, value);
  guint lock = find_transform (self, value, "FieldMDP");

  /* What the form says is locked, whether or not the signer's program has noted it down. */
  if (lock == 0)
    lock = eonay_pdf_source_get (self->source, field, "Lock");
  if (covered == 0)
    eonay_pdf_survey_add (self, EONAY_PDF_FINDING_BAD_SIGNATURE, page);
  g_variant_builder_add (&walk->signatures, "(sutu@" EONAY_PDF_LOCK_TYPE ")", name, page, covered,
                         read_permissions (self, value), read_lock (self, lock));
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

static void
add_empty (Walk *walk, guint field, const char *name)
{
  static const char *const without_value[] = { "V", "AP", NULL };
  static const char *const without_appearance[] = { "V", "AP", NULL };
  EonayPdfSurvey *self = walk->survey;
  guint widget = get_widget (self, field);
  EonayPdfBox box = { 0 };
  gboolean is_complete = TRUE;
  GVariant *described[2];
  gboolean demands = demands_other (self, field);

  eonay_pdf_survey_read_rectangle (self, eonay_pdf_source_get (self->source, widget, "Rect"), &box);
  described[0] = describe_object (self, field, without_value, &is_complete);
  described[1] = widget == field ? describe_nothing ()
                                 : describe_object (self, widget, without_appearance, &is_complete);
  if (eonay_pdf_source_get_id (self->source, field, NULL) == 0 ||
      eonay_pdf_source_get_id (self->source, widget, NULL) == 0)
    is_complete = FALSE;
  g_variant_builder_add (
      &walk->empty,
      "(suddddb@" EONAY_PDF_LOCK_TYPE "@" EONAY_PDF_OBJECT_TYPE "@" EONAY_PDF_OBJECT_TYPE ")", name,
      get_page (self, widget), box.left, box.bottom, box.right, box.top, demands || !is_complete,
      read_lock (self, eonay_pdf_source_get (self->source, field, "Lock")), described[0],
      described[1]);
  walk->n_signatures++;
}

static void
know (EonayPdfSurvey *self, guint object)
{
  guint id = eonay_pdf_source_get_id (self->source, object, NULL);

  if (id != 0)
    g_hash_table_add (self->form_nodes, GUINT_TO_POINTER (id));
}

static void
know_kids (EonayPdfSurvey *self, guint kids)
{
  for (guint i = 0; i < eonay_pdf_source_get_length (self->source, kids); i++)
    {
      guint kid = eonay_pdf_source_get_item (self->source, kids, i);

      know (self, kid);
      eonay_pdf_source_release (self->source, kid);
    }
}

static void
add_other (EonayPdfSurvey *self, guint field, guint type)
{
  guint widget = get_widget (self, field);
  guint page = get_page (self, widget);

  if (eonay_pdf_source_get_kind (self->source, type) != EONAY_PDF_KIND_NAME)
    return;
  eonay_pdf_survey_add (self, EONAY_PDF_FINDING_FORM_FIELD, page);
  if (eonay_pdf_source_is_name (self->source, type, "Tx") &&
      eonay_pdf_survey_shows_other_value (self, field, widget))
    eonay_pdf_survey_add (self, EONAY_PDF_FINDING_VALUE_DIFFERS, page);
}

static void
add_terminal (Walk *walk, const Node *node, guint type, const char *name)
{
  EonayPdfSurvey *self = walk->survey;
  guint value;

  know_kids (self, eonay_pdf_source_get (self->source, node->object, "Kids"));
  if (!eonay_pdf_source_is_name (self->source, type, "Sig"))
    {
      add_other (self, node->object, type);
      return;
    }

  value = eonay_pdf_source_get (self->source, node->object, "V");
  if (value == 0)
    add_empty (walk, node->object, name);
  else
    add_signature (walk, node->object, value, name);
}

static void
push (Walk *walk, guint array, guint type, const char *name, guint depth)
{
  for (guint i = eonay_pdf_source_get_length (walk->survey->source, array); i > 0; i--)
    {
      const Node node = { eonay_pdf_source_get_item (walk->survey->source, array, i - 1), type,
                          g_strdup (name), depth };

      g_array_append_val (walk->nodes, node);
    }
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
  guint own_type = eonay_pdf_source_get (self->source, node.object, "FT");
  guint kids = eonay_pdf_source_get (self->source, node.object, "Kids");

  g_array_set_size (walk->nodes, walk->nodes->len - 1);
  if (eonay_pdf_source_get_kind (self->source, node.object) == EONAY_PDF_KIND_NULL)
    return TRUE;
  if (node.depth > DEPTH_MAX || (name != NULL && strlen (name) > FIELD_NAME_MAX) ||
      (id != 0 && g_hash_table_contains (self->form_nodes, GUINT_TO_POINTER (id))))
    return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_DAMAGED, "The form is broken");
  if (++walk->n_fields > EONAY_PDF_FIELDS_MAX || walk->n_signatures > EONAY_PDF_SIGNATURES_MAX)
    return eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX, "Too many fields");

  know (self, node.object);
  if (node.depth == 0 && name != NULL)
    g_hash_table_add (self->names, g_strdup (name));
  if (has_field_kids (self, kids))
    push (walk, kids, own_type != 0 ? own_type : node.type, name, node.depth + 1);
  else
    add_terminal (walk, &node, own_type != 0 ? own_type : node.type, name != NULL ? name : "");

  return TRUE;
}

/* A widget that the form does not know may be brought into it later, with a value and all. */
static void
find_unreferenced (EonayPdfSurvey *self)
{
  for (guint page = 1; page <= self->pages->len; page++)
    {
      guint object = g_array_index (self->pages, guint, page - 1);
      guint array = eonay_pdf_source_get (self->source, object, "Annots");

      for (guint i = 0; i < eonay_pdf_source_get_length (self->source, array); i++)
        {
          guint annotation = eonay_pdf_source_get_item (self->source, array, i);
          guint subtype = eonay_pdf_source_get (self->source, annotation, "Subtype");
          guint id = eonay_pdf_source_get_id (self->source, annotation, NULL);

          if (eonay_pdf_source_is_name (self->source, subtype, "Widget") &&
              !g_hash_table_contains (self->form_nodes, GUINT_TO_POINTER (id)))
            eonay_pdf_survey_add (self, EONAY_PDF_FINDING_UNREFERENCED_FIELD, page);
          eonay_pdf_source_release (self->source, subtype);
          eonay_pdf_source_release (self->source, annotation);
        }
      eonay_pdf_source_release (self->source, array);
    }
}

gboolean
eonay_pdf_survey_read_fields (EonayPdfSurvey *self, GError **error)
{
  Walk walk = { .survey = self, .nodes = g_array_new (FALSE, FALSE, sizeof (Node)) };
  g_autoptr (GArray) nodes = walk.nodes;
  guint needs;
  gboolean done = TRUE;

  g_array_set_clear_func (nodes, clear_node);
  g_variant_builder_init (&walk.signatures, G_VARIANT_TYPE ("a" EONAY_PDF_SIGNATURE_TYPE));
  g_variant_builder_init (&walk.empty, G_VARIANT_TYPE ("a" EONAY_PDF_FIELD_TYPE));
  self->form = eonay_pdf_source_get (self->source, self->catalog, "AcroForm");
  if (self->form != 0 &&
      eonay_pdf_source_get_kind (self->source, self->form) != EONAY_PDF_KIND_DICTIONARY)
    done = eonay_pdf_survey_fail (error, EONAY_SIGNATURE_ERROR_PDF_DAMAGED, "The form is broken");

  push (&walk, eonay_pdf_source_get (self->source, self->form, "Fields"), 0, NULL, 0);
  while (nodes->len > 0 && done)
    done = visit (&walk, error);
  self->signatures = g_variant_ref_sink (g_variant_builder_end (&walk.signatures));
  self->empty = g_variant_ref_sink (g_variant_builder_end (&walk.empty));
  if (!done)
    return FALSE;

  needs = eonay_pdf_source_get (self->source, self->form, "NeedAppearances");
  if (walk.n_fields > 0 && eonay_pdf_source_get_boolean (self->source, needs))
    eonay_pdf_survey_add (self, EONAY_PDF_FINDING_NEEDS_APPEARANCES, 0);
  find_unreferenced (self);

  return TRUE;
}
