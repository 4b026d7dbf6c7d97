#include "signature/pades/eonay-pdf-appearance.h"

#include "base/eonay-error.h"
#include "signature/pades/eonay-pdf-host.h"
#include "signature/pades/eonay-pdf-plan.h"
#include "signature/pades/eonay-pdf-report.h"
#include "signature/pades/eonay-pdf-syntax.h"

#define SIDE_MAX 14400.0

static void
free_object (gpointer item)
{
  EonayPdfAppearanceObject *object = item;

  g_clear_pointer (&object->entries, g_ptr_array_unref);
  g_clear_pointer (&object->content, g_bytes_unref);
  g_free (object);
}

void
eonay_pdf_appearance_free (EonayPdfAppearance *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->objects, g_ptr_array_unref);
  g_free (self);
}

static gboolean
read_object (EonayPdfAppearance *self, GVariant *item, const EonayPdfRange *numbers)
{
  EonayPdfAppearanceObject *object = g_new0 (EonayPdfAppearanceObject, 1);
  g_autoptr (GVariant) entries = NULL;
  g_autoptr (GVariant) content = NULL;
  gboolean is_stream;
  gsize length;

  g_variant_get (item, "(b@" EONAY_PDF_DICTIONARY_TYPE "@ay)", &is_stream, &entries, &content);
  object->content = g_variant_get_data_as_bytes (content);
  if (is_stream)
    object->entries = eonay_pdf_plan_read_entries (entries, numbers);
  g_ptr_array_add (self->objects, object);
  if (is_stream)
    return object->entries != NULL;

  length = g_bytes_get_size (object->content);

  return eonay_pdf_syntax_is_value (g_bytes_get_data (object->content, NULL), length, numbers);
}

EonayPdfAppearance *
eonay_pdf_appearance_new_from_answer (GVariant *answer, guint first)
{
  g_autoptr (EonayPdfAppearance) self = g_new0 (EonayPdfAppearance, 1);
  g_autoptr (GVariant) objects = NULL;
  EonayPdfRange numbers = { first, first };
  gsize length;

  self->objects = g_ptr_array_new_with_free_func (free_object);
  g_variant_get (answer, "(dd@a(b" EONAY_PDF_DICTIONARY_TYPE "ay))", &self->width, &self->height,
                 &objects);
  length = g_variant_n_children (objects);
  if (length == 0 || length > EONAY_PDF_APPEARANCE_OBJECTS_MAX + 1 ||
      !(self->width > 0 && self->width <= SIDE_MAX) ||
      !(self->height > 0 && self->height <= SIDE_MAX))
    return NULL;

  numbers.last = first + (guint) length - 1;
  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GVariant) item = g_variant_get_child_value (objects, i);

      if (!read_object (self, item, &numbers))
        return NULL;
    }
  if (((EonayPdfAppearanceObject *) g_ptr_array_index (self->objects, 0))->entries == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/* It is ours: what is wrong with it says nothing of the document. */
static void
propagate (GError *reason, GError **error)
{
  g_autoptr (GError) owned = reason;

  if (g_error_matches (reason, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_NO_INSPECTOR))
    g_propagate_error (error, g_steal_pointer (&owned));
  else
    g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_APPEARANCE,
                 "The appearance cannot be taken over: %s", reason->message);
}

EonayPdfAppearance *
eonay_pdf_appearance_new (GBytes *pdf, guint first, GError **error)
{
  g_autofree char *argument = g_strdup_printf (EONAY_PDF_HOST_APPEARANCE "%u", first);
  GError *reason = NULL;
  g_autoptr (EonaySealedMemory) memory = eonay_pdf_host_seal (pdf, NULL, &reason);
  g_autoptr (GVariant) answer = NULL;
  EonayPdfAppearance *self = NULL;

  if (memory != NULL)
    answer = eonay_pdf_host_ask (memory, argument, EONAY_PDF_APPEARANCE_TYPE, NULL, &reason);
  if (answer != NULL)
    self = eonay_pdf_appearance_new_from_answer (answer, first);
  if (answer != NULL && self == NULL)
    reason = g_error_new_literal (EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_FAILED,
                                  "it makes no sense");
  if (reason != NULL)
    propagate (reason, error);

  return self;
}
