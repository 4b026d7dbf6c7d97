#include "signature/pades/eonay-pdf-plan.h"

#include <string.h>

#include "signature/pades/eonay-pdf-report.h"
#include "signature/pades/eonay-pdf-syntax.h"

#define KEY_MAX 1024
#define GENERATION_MAX 65535

const char *const eonay_pdf_plan_of_section[] = {
  "Size",   "Prev",   "XRefStm",     "Root",    "Encrypt",      "Type", "Index", "W",
  "Length", "Filter", "DecodeParms", "FFilter", "FDecodeParms", "F",    "DL",    NULL,
};

static void
free_entry (gpointer entry)
{
  g_free (((EonayPdfEntry *) entry)->key);
  g_free (((EonayPdfEntry *) entry)->value);
  g_free (entry);
}

static void
clear_object (EonayPdfObject *object)
{
  g_clear_pointer (&object->entries, g_ptr_array_unref);
}

static void
clear_array (EonayPdfArray *array)
{
  g_clear_pointer (&array->items, g_ptr_array_unref);
}

void
eonay_pdf_plan_free (EonayPdfPlan *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->trailer, g_ptr_array_unref);
  clear_object (&self->catalog);
  clear_object (&self->form);
  clear_array (&self->fields);
  g_strfreev (self->names);
  clear_object (&self->page);
  clear_array (&self->annotations);
  g_free (self);
}

void
eonay_pdf_plan_free_object (EonayPdfObject *object)
{
  if (object == NULL)
    return;

  clear_object (object);
  g_free (object);
}

/* Returns: (transfer full) (nullable): the one object that the bytes are */
static char *
read_value (GVariant *variant, const EonayPdfRange *numbers)
{
  gsize length;
  const guint8 *bytes = g_variant_get_fixed_array (variant, &length, 1);

  if (!eonay_pdf_syntax_is_value (bytes, length, numbers) || memchr (bytes, '\0', length) != NULL)
    return NULL;

  return g_strndup ((const char *) bytes, length);
}

static char *
read_key (GVariant *variant)
{
  gsize length;
  const char *bytes = g_variant_get_fixed_array (variant, &length, 1);

  if (length > KEY_MAX || (length > 0 && memchr (bytes, '\0', length) != NULL))
    return NULL;

  /* "/" alone is a name, too. */
  return g_strndup (length > 0 ? bytes : "", length);
}

GPtrArray *
eonay_pdf_plan_read_entries (GVariant *variant, const EonayPdfRange *numbers)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (free_entry);
  gsize length = g_variant_n_children (variant);

  for (gsize i = 0; i < length; i++)
    {
      EonayPdfEntry *entry = g_new0 (EonayPdfEntry, 1);
      g_autoptr (GVariant) key = NULL;
      g_autoptr (GVariant) value = NULL;

      g_variant_get_child (variant, i, "(@ay@ay)", &key, &value);
      entry->key = read_key (key);
      entry->value = read_value (value, numbers);
      g_ptr_array_add (entries, entry);
      if (entry->key == NULL || entry->value == NULL)
        return NULL;
    }

  return g_steal_pointer (&entries);
}

static gboolean
read_object (GVariant *variant, guint max_id, EonayPdfObject *object)
{
  const EonayPdfRange numbers = { 1, max_id };
  g_autoptr (GVariant) entries = NULL;

  g_variant_get (variant, "(uu@" EONAY_PDF_DICTIONARY_TYPE ")", &object->id, &object->generation,
                 &entries);
  object->entries = eonay_pdf_plan_read_entries (entries, &numbers);

  return object->entries != NULL && object->id <= max_id && object->generation <= GENERATION_MAX;
}

EonayPdfObject *
eonay_pdf_plan_read_object (GVariant *object, guint max_id)
{
  EonayPdfObject *self = g_new0 (EonayPdfObject, 1);

  if (read_object (object, max_id, self))
    return self;
  eonay_pdf_plan_free_object (self);

  return NULL;
}

static gboolean
read_array (GVariant *variant, guint max_id, EonayPdfArray *array)
{
  const EonayPdfRange numbers = { 1, max_id };
  g_autoptr (GVariant) items = NULL;
  gsize length;

  g_variant_get (variant, "(uu@aay)", &array->id, &array->generation, &items);
  array->items = g_ptr_array_new_with_free_func (g_free);
  length = g_variant_n_children (items);
  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GVariant) item = g_variant_get_child_value (items, i);
      char *value = read_value (item, &numbers);

      if (value == NULL)
        return FALSE;
      g_ptr_array_add (array->items, value);
    }

  return array->id <= max_id && array->generation <= GENERATION_MAX;
}

EonayPdfPlan *
eonay_pdf_plan_new (GVariant *plan, gsize length, guint n_pages)
{
  g_autoptr (EonayPdfPlan) self = g_new0 (EonayPdfPlan, 1);
  EonayPdfRange numbers = { 1, 1 };
  g_autoptr (GVariant) trailer = NULL;
  g_autoptr (GVariant) catalog = NULL;
  g_autoptr (GVariant) form = NULL;
  g_autoptr (GVariant) fields = NULL;
  g_autoptr (GVariant) page = NULL;
  g_autoptr (GVariant) annotations = NULL;

  g_variant_get (plan,
                 "(tbu@" EONAY_PDF_DICTIONARY_TYPE "@" EONAY_PDF_OBJECT_TYPE
                 "@" EONAY_PDF_OBJECT_TYPE "@" EONAY_PDF_ARRAY_TYPE "u^asu@" EONAY_PDF_OBJECT_TYPE
                 "@" EONAY_PDF_ARRAY_TYPE ")",
                 &self->xref, &self->is_stream, &self->max_id, &trailer, &catalog, &form, &fields,
                 &self->flags, &self->names, &self->page_number, &page, &annotations);
  if (self->xref >= length || self->max_id == 0 || self->max_id > EONAY_PDF_OBJECTS_MAX)
    return NULL;
  numbers.last = self->max_id;
  self->trailer = eonay_pdf_plan_read_entries (trailer, &numbers);
  if (self->trailer == NULL || !read_object (catalog, self->max_id, &self->catalog) ||
      !read_object (form, self->max_id, &self->form) ||
      !read_array (fields, self->max_id, &self->fields) ||
      !read_object (page, self->max_id, &self->page) ||
      !read_array (annotations, self->max_id, &self->annotations))
    return NULL;
  if (self->catalog.id == 0 || self->page.id == 0 || self->page.id == self->catalog.id ||
      self->page_number < 1 || self->page_number > n_pages || self->flags > 3)
    return NULL;

  return g_steal_pointer (&self);
}
