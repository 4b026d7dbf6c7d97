#include "signature/pades/eonay-pdf-update.h"

#include <string.h>

#include "signature/pades/eonay-pdf-syntax.h"

/* Print and Locked (ISO 32000-1, table 165): it is on paper, too, and cannot be moved by accident. */
#define WIDGET_FLAGS 132

/* SignaturesExist and AppendOnly (table 219). */
#define SIG_FLAGS 3

/* Room for a number in the placeholder of /ByteRange. */
#define NUMBER_WIDTH 10

/* Where an object lies in the file. */
typedef struct {
  guint id;
  guint generation;
  gsize offset;
} Row;

typedef struct {
  const EonayPdfPlan *plan;
  const EonayPdfUpdateOptions *options;
  GString *out;
  gsize base; /* length of the original */
  GArray *rows;
  guint next_id;
  gsize range; /* offsets in @out */
  gsize gap;
  gboolean is_confused; /* an object is there twice */
} Writer;

static guint
new_id (Writer *self)
{
  return self->next_id++;
}

static void
begin (Writer *self, guint id, guint generation)
{
  const Row row = { id, generation, self->base + self->out->len };

  for (guint i = 0; i < self->rows->len; i++)
    self->is_confused |= g_array_index (self->rows, Row, i).id == id;
  g_array_append_val (self->rows, row);
  g_string_append_printf (self->out, "%u %u obj\n", id, generation);
}

static void
end (Writer *self)
{
  g_string_append (self->out, "\nendobj\n");
}

static void
append_entry (Writer *self, const char *key, const char *value)
{
  eonay_pdf_syntax_append_name (self->out, key);
  g_string_append_c (self->out, ' ');
  g_string_append (self->out, value);
  g_string_append_c (self->out, '\n');
}

/* @except: (nullable): keys that are written anew */
static void
append_entries (Writer *self, const GPtrArray *entries, const char *const *except)
{
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const EonayPdfEntry *entry = g_ptr_array_index (entries, i);

      if (except == NULL || !g_strv_contains (except, entry->key))
        append_entry (self, entry->key, entry->value);
    }
}

static void
append_reference (Writer *self, const char *key, guint id, guint generation)
{
  g_string_append_printf (self->out, "/%s %u %u R\n", key, id, generation);
}

static void
append_text (Writer *self, const char *key, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  g_string_append_printf (self->out, "/%s ", key);
  eonay_pdf_syntax_append_text (self->out, text);
  g_string_append_c (self->out, '\n');
}

static void
append_rectangle (Writer *self, const char *key, const EonayPdfBox *box)
{
  const double numbers[] = { box->left, box->bottom, box->right, box->top };

  g_string_append_printf (self->out, "/%s [", key);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      if (i > 0)
        g_string_append_c (self->out, ' ');
      eonay_pdf_syntax_append_number (self->out, numbers[i]);
    }
  g_string_append (self->out, "]\n");
}

/* The array with one item more. @id: 0 to leave it as it is */
static void
append_array (Writer *self, const EonayPdfArray *array, guint id)
{
  g_string_append_c (self->out, '[');
  for (guint i = 0; i < array->items->len; i++)
    g_string_append_printf (self->out, "%s\n", (const char *) g_ptr_array_index (array->items, i));
  if (id != 0)
    g_string_append_printf (self->out, "%u 0 R", id);
  g_string_append_c (self->out, ']');
}

/* What the field locks is said by its signature, too (clause 12.8.2.4). */
static void
append_lock (Writer *self)
{
  const EonayPdfUpdateOptions *options = self->options;
  const EonayPdfObject *catalog = &self->plan->catalog;

  if (options->lock == EONAY_PDF_LOCK_NONE)
    return;

  g_string_append_printf (self->out,
                          "/Reference [<< /Type /SigRef /TransformMethod /FieldMDP\n/Data %u %u R\n"
                          "/TransformParams << /Type /TransformParams /V /1.2 /Action /%s\n",
                          catalog->id, catalog->generation,
                          eonay_pdf_lock_get_action (options->lock));
  if (options->lock != EONAY_PDF_LOCK_ALL)
    {
      g_string_append (self->out, "/Fields [");
      for (gsize i = 0; options->locked != NULL && options->locked[i] != NULL; i++)
        eonay_pdf_syntax_append_text (self->out, options->locked[i]);
      g_string_append (self->out, "]\n");
    }
  g_string_append (self->out, ">> >>]\n");
}

static void
write_signature (Writer *self, guint id)
{
  const EonayPdfUpdateOptions *options = self->options;

  begin (self, id, 0);
  g_string_append (self->out,
                   "<< /Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached\n"
                   "/ByteRange [0");
  self->range = self->out->len;
  g_string_append_printf (self->out, "%*s]\n", 3 * (NUMBER_WIDTH + 1), "");
  g_string_append (self->out, "/Contents ");
  self->gap = self->out->len;
  g_string_append_c (self->out, '<');
  for (gsize i = 0; i < options->reserved; i++)
    g_string_append (self->out, "00");
  g_string_append (self->out, ">\n/M ");
  eonay_pdf_syntax_append_date (self->out, options->time);
  g_string_append_c (self->out, '\n');
  append_text (self, "Name", options->name);
  append_text (self, "Reason", options->reason);
  append_text (self, "Location", options->location);
  append_lock (self);
  g_string_append (self->out, ">>");
  end (self);
}

static gboolean
has_area (const EonayPdfBox *box)
{
  return box->left < box->right && box->bottom < box->top;
}

/* Clause 12.5.5: a reader fits the turned box into the field's rectangle. */
static void
append_form_entries (Writer *self, double width, double height)
{
  static const char *const matrices[] = { NULL, "[0 1 -1 0 0 0]", "[-1 0 0 -1 0 0]",
                                          "[0 -1 1 0 0 0]" };
  const EonayPdfBox inner = { 0, 0, width, height, 0 };
  const char *matrix = matrices[self->options->box.rotation / 90 % 4];

  g_string_append (self->out, "<< /Type /XObject /Subtype /Form\n");
  append_rectangle (self, "BBox", &inner);
  if (matrix != NULL)
    g_string_append_printf (self->out, "/Matrix %s\n", matrix);
}

static void
append_content (Writer *self, GBytes *content)
{
  gsize length;
  const char *bytes = g_bytes_get_data (content, &length);

  g_string_append_printf (self->out, "/Length %" G_GSIZE_FORMAT " >>\nstream\n", length);
  g_string_append_len (self->out, bytes, (gssize) length);
  g_string_append (self->out, "\nendstream");
}

static void
write_drawn (Writer *self, const EonayPdfAppearance *appearance, guint first)
{
  static const char *const own[] = { "Length", "Type", "Subtype", "BBox", "Matrix", NULL };
  static const char *const length[] = { "Length", NULL };

  for (guint i = 0; i < appearance->objects->len; i++)
    {
      const EonayPdfAppearanceObject *object = g_ptr_array_index (appearance->objects, i);

      begin (self, first + i, 0);
      if (object->entries == NULL)
        g_string_append_len (self->out, g_bytes_get_data (object->content, NULL),
                             (gssize) g_bytes_get_size (object->content));
      else
        {
          if (i == 0)
            append_form_entries (self, appearance->width, appearance->height);
          else
            g_string_append (self->out, "<< ");
          append_entries (self, object->entries, i == 0 ? own : length);
          append_content (self, object->content);
        }
      end (self);
    }
}

/* Nothing is drawn, and that is said: without it each reader draws what it likes. */
static void
write_empty (Writer *self, guint id)
{
  const EonayPdfBox *box = &self->options->box;
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

  begin (self, id, 0);
  append_form_entries (self, box->right - box->left, box->top - box->bottom);
  g_string_append (self->out, "/Resources << >>\n");
  append_content (self, nothing);
  end (self);
}

guint
eonay_pdf_update_get_appearance_id (const EonayPdfPlan *plan)
{
  /* After the signature and the field. */
  return plan->max_id + 3;
}

/* Returns: the number of what the field shows; 0 for one without an area */
static guint
write_appearance (Writer *self)
{
  const EonayPdfAppearance *appearance = self->options->appearance;
  guint first = eonay_pdf_update_get_appearance_id (self->plan);

  if (!has_area (&self->options->box))
    return 0;

  self->next_id = first + (appearance != NULL ? appearance->objects->len : 1);
  if (appearance != NULL)
    write_drawn (self, appearance, first);
  else
    write_empty (self, first);

  return first;
}

static char *
choose_name (const EonayPdfPlan *plan)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *name = g_strdup_printf ("Signature%u", i);

      if (!g_strv_contains ((const char *const *) plan->names, name))
        return g_steal_pointer (&name);
    }
}

static void
append_appearance (Writer *self, guint id)
{
  if (id != 0)
    g_string_append_printf (self->out, "/AP << /N %u 0 R >>\n", id);
}

static void
write_new_field (Writer *self, guint id, guint signature, guint appearance)
{
  g_autofree char *unused = choose_name (self->plan);
  const EonayPdfUpdateOptions *options = self->options;

  begin (self, id, 0);
  g_string_append (self->out, "<< /Type /Annot /Subtype /Widget /FT /Sig\n");
  append_text (self, "T", options->field_name != NULL ? options->field_name : unused);
  g_string_append_printf (self->out, "/F %u\n", WIDGET_FLAGS);
  append_rectangle (self, "Rect", &options->box);
  append_reference (self, "P", self->plan->page.id, self->plan->page.generation);
  append_reference (self, "V", signature, 0);
  append_appearance (self, appearance);
  g_string_append (self->out, ">>");
  end (self);
}

static void
write_filled_field (Writer *self, guint signature, guint appearance)
{
  const EonayPdfObject *field = self->options->field;
  const EonayPdfObject *widget = self->options->widget;

  begin (self, field->id, field->generation);
  g_string_append (self->out, "<< ");
  append_entries (self, field->entries, NULL);
  append_reference (self, "V", signature, 0);
  if (widget == NULL)
    append_appearance (self, appearance);
  g_string_append (self->out, ">>");
  end (self);
  if (widget == NULL)
    return;

  /* The value is the field's (clause 12.7.3.1); but there are readers that ask the widget for it. */
  begin (self, widget->id, widget->generation);
  g_string_append (self->out, "<< ");
  append_entries (self, widget->entries, NULL);
  append_reference (self, "V", signature, 0);
  append_appearance (self, appearance);
  g_string_append (self->out, ">>");
  end (self);
}

static void
write_array (Writer *self, const EonayPdfArray *array, guint id)
{
  begin (self, array->id, array->generation);
  append_array (self, array, id);
  end (self);
}

static void
append_form (Writer *self, guint field)
{
  const EonayPdfArray *fields = &self->plan->fields;

  g_string_append (self->out, "<< ");
  append_entries (self, self->plan->form.entries, NULL);
  g_string_append (self->out, "/Fields ");
  if (fields->id != 0)
    g_string_append_printf (self->out, "%u %u R", fields->id, fields->generation);
  else
    append_array (self, fields, field);
  g_string_append_printf (self->out, "\n/SigFlags %u >>", SIG_FLAGS);
}

/* @field: that is new; 0 for none */
static void
write_form (Writer *self, guint field)
{
  const EonayPdfPlan *plan = self->plan;
  gboolean changes = plan->flags != SIG_FLAGS || (field != 0 && plan->fields.id == 0);

  if (field != 0 && plan->fields.id != 0)
    write_array (self, &plan->fields, field);
  if (!changes)
    return;

  if (plan->form.id != 0)
    {
      begin (self, plan->form.id, plan->form.generation);
      append_form (self, field);
      end (self);
      return;
    }

  begin (self, plan->catalog.id, plan->catalog.generation);
  g_string_append (self->out, "<< ");
  append_entries (self, plan->catalog.entries, NULL);
  g_string_append (self->out, "/AcroForm ");
  append_form (self, field);
  g_string_append (self->out, "\n>>");
  end (self);
}

static void
write_page (Writer *self, guint field)
{
  const EonayPdfPlan *plan = self->plan;

  if (plan->annotations.id != 0)
    {
      write_array (self, &plan->annotations, field);
      return;
    }

  begin (self, plan->page.id, plan->page.generation);
  g_string_append (self->out, "<< ");
  append_entries (self, plan->page.entries, NULL);
  g_string_append (self->out, "/Annots ");
  append_array (self, &plan->annotations, field);
  g_string_append (self->out, "\n>>");
  end (self);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *first = a;
  const Row *second = b;

  return first->id < second->id ? -1 : first->id > second->id;
}

/* Returns: how many rows from @first on have numbers that follow one another */
static guint
count_run (const GArray *rows, guint first)
{
  guint last = first;

  while (last + 1 < rows->len &&
         g_array_index (rows, Row, last + 1).id == g_array_index (rows, Row, last).id + 1)
    last++;

  return last - first + 1;
}

static void
append_trailer (Writer *self)
{
  const EonayPdfPlan *plan = self->plan;

  g_string_append_printf (self->out, "/Size %u\n", self->next_id);
  append_reference (self, "Root", plan->catalog.id, plan->catalog.generation);
  append_entries (self, plan->trailer, eonay_pdf_plan_of_section);
  g_string_append_printf (self->out, "/Prev %" G_GUINT64_FORMAT "\n", plan->xref);
}

/* Clause 7.5.4: each row is 20 bytes long. */
static void
write_table (Writer *self)
{
  g_string_append (self->out, "xref\n");
  for (guint first = 0, length; first < self->rows->len; first += length)
    {
      length = count_run (self->rows, first);
      g_string_append_printf (self->out, "%u %u\n", g_array_index (self->rows, Row, first).id,
                              length);
      for (guint i = first; i < first + length; i++)
        {
          const Row *row = &g_array_index (self->rows, Row, i);

          g_string_append_printf (self->out, "%010" G_GSIZE_FORMAT " %05u n \n", row->offset,
                                  row->generation);
        }
    }
  g_string_append (self->out, "trailer\n<< ");
  append_trailer (self);
  g_string_append (self->out, ">>\n");
}

static void
append_big_endian (GString *out, guint64 number, guint n_bytes)
{
  for (guint i = n_bytes; i > 0; i--)
    g_string_append_c (out, (char) (number >> (8 * (i - 1)) & 0xff));
}

/* Clause 7.5.8, not compressed: it has a handful of rows. */
static void
write_stream (Writer *self)
{
  const Row own = { new_id (self), 0, self->base + self->out->len };

  g_array_append_val (self->rows, own);
  g_array_sort (self->rows, compare_rows);
  g_string_append_printf (self->out, "%u 0 obj\n<< /Type /XRef\n/W [1 5 2]\n/Index [", own.id);
  for (guint first = 0, length; first < self->rows->len; first += length)
    {
      length = count_run (self->rows, first);
      g_string_append_printf (self->out, "%s%u %u", first > 0 ? " " : "",
                              g_array_index (self->rows, Row, first).id, length);
    }
  g_string_append_printf (self->out, "]\n/Length %u\n", 8 * self->rows->len);
  append_trailer (self);
  g_string_append (self->out, ">>\nstream\n");
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      append_big_endian (self->out, 1, 1);
      append_big_endian (self->out, row->offset, 5);
      append_big_endian (self->out, row->generation, 2);
    }
  g_string_append (self->out, "\nendstream\nendobj\n");
}

static void
write_references (Writer *self)
{
  gsize offset = self->base + self->out->len;

  g_array_sort (self->rows, compare_rows);
  if (self->plan->is_stream)
    write_stream (self);
  else
    write_table (self);
  g_string_append_printf (self->out, "startxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", offset);
}

static void
fill_range (Writer *self)
{
  gsize before = self->base + self->gap;
  gsize after = before + 2 * self->options->reserved + 2;
  g_autofree char *range = g_strdup_printf (
      " %*" G_GSIZE_FORMAT " %*" G_GSIZE_FORMAT " %*" G_GSIZE_FORMAT, NUMBER_WIDTH, before,
      NUMBER_WIDTH, after, NUMBER_WIDTH, self->base + self->out->len - after);

  memcpy (self->out->str + self->range, range, strlen (range));
}

EonayPdfUpdate *
eonay_pdf_update_new (gsize length, const EonayPdfPlan *plan, const EonayPdfUpdateOptions *options)
{
  EonayPdfUpdate *update;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  Writer self = { .plan = plan,
                  .options = options,
                  .out = g_string_new ("\n"),
                  .base = length,
                  .rows = rows,
                  .next_id = plan->max_id + 1 };
  guint signature = new_id (&self);
  guint field = options->field == NULL ? new_id (&self) : 0;
  guint appearance;

  write_signature (&self, signature);
  appearance = write_appearance (&self);
  if (field != 0)
    {
      write_new_field (&self, field, signature, appearance);
      write_page (&self, field);
    }
  else
    write_filled_field (&self, signature, appearance);
  write_form (&self, field);
  write_references (&self);
  fill_range (&self);
  if (self.is_confused)
    {
      g_string_free (self.out, TRUE);
      return NULL;
    }

  update = g_new0 (EonayPdfUpdate, 1);
  update->gap = length + self.gap;
  update->gap_length = 2 * options->reserved + 2;
  update->section = g_string_free_to_bytes (self.out);

  return update;
}

void
eonay_pdf_update_free (EonayPdfUpdate *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->section, g_bytes_unref);
  g_free (self);
}
