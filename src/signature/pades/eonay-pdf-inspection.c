#include "signature/pades/eonay-pdf-inspection.h"

#include <string.h>

#include "base/eonay-error.h"
#include "base/eonay-text-class.h"
#include "signature/pades/eonay-pdf-host.h"
#include "signature/pades/eonay-pdf-report.h"

struct _EonayPdfInspection {
  GObject parent_instance;

  GBytes *pdf;
  gsize length;  /* with an update, if there is one */
  guint refusal; /* EONAY_PDF_REPORT_SOUND, or a code */
  char *reason;
  GArray *pages;
  GArray *findings;
  GArray *signatures;
  GArray *empty;
  EonayPdfPlan *plan;
};

G_DEFINE_FINAL_TYPE (EonayPdfInspection, eonay_pdf_inspection, G_TYPE_OBJECT)

static void
clear_signature (gpointer item)
{
  EonayPdfSignature *signature = item;

  g_free (signature->field);
  g_free (signature->label);
  g_strfreev (signature->locked);
}

static void
clear_field (gpointer item)
{
  EonayPdfField *field = item;

  g_free (field->name);
  g_free (field->label);
  g_strfreev (field->locked);
  eonay_pdf_plan_free_object (field->object);
  eonay_pdf_plan_free_object (field->widget);
}

static void
eonay_pdf_inspection_finalize (GObject *object)
{
  EonayPdfInspection *self = EONAY_PDF_INSPECTION (object);

  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_free (self->reason);
  g_array_unref (self->pages);
  g_array_unref (self->findings);
  g_array_unref (self->signatures);
  g_array_unref (self->empty);
  eonay_pdf_plan_free (self->plan);

  G_OBJECT_CLASS (eonay_pdf_inspection_parent_class)->finalize (object);
}

static void
eonay_pdf_inspection_class_init (EonayPdfInspectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_pdf_inspection_finalize;
}

static void
eonay_pdf_inspection_init (EonayPdfInspection *self)
{
  self->pages = g_array_new (FALSE, FALSE, sizeof (EonayPdfBox));
  self->findings = g_array_new (FALSE, FALSE, sizeof (EonayPdfFinding));
  self->signatures = g_array_new (FALSE, FALSE, sizeof (EonayPdfSignature));
  self->empty = g_array_new (FALSE, FALSE, sizeof (EonayPdfField));
  g_array_set_clear_func (self->signatures, clear_signature);
  g_array_set_clear_func (self->empty, clear_field);
}

static gboolean
is_coordinate (double number)
{
  return number >= -EONAY_PDF_COORDINATE_MAX && number <= EONAY_PDF_COORDINATE_MAX;
}

static gboolean
is_box (const EonayPdfBox *box)
{
  return is_coordinate (box->left) && is_coordinate (box->bottom) && is_coordinate (box->right) &&
         is_coordinate (box->top) && box->left <= box->right && box->bottom <= box->top;
}

static gboolean
read_pages (EonayPdfInspection *self, GVariant *pages)
{
  gsize length = g_variant_n_children (pages);

  if (length > EONAY_PDF_PAGES_MAX)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      EonayPdfBox box;

      g_variant_get_child (pages, i, EONAY_PDF_PAGE_TYPE, &box.left, &box.bottom, &box.right,
                           &box.top, &box.rotation);
      if (!is_box (&box) || box.left >= box.right || box.bottom >= box.top ||
          box.rotation % 90 != 0 || box.rotation >= 360)
        return FALSE;
      g_array_append_val (self->pages, box);
    }

  return TRUE;
}

static gboolean
read_findings (EonayPdfInspection *self, GVariant *findings)
{
  gsize length = g_variant_n_children (findings);

  if (length > (gsize) EONAY_PDF_N_FINDINGS * (self->pages->len + 1))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      EonayPdfFinding finding;
      guint kind;

      g_variant_get_child (findings, i, EONAY_PDF_FINDING_TYPE, &kind, &finding.page,
                           &finding.count);
      if (kind >= EONAY_PDF_N_FINDINGS || finding.page > self->pages->len || finding.count == 0)
        return FALSE;
      finding.kind = (EonayPdfFindingKind) kind;
      g_array_append_val (self->findings, finding);
    }

  return TRUE;
}

static gboolean
read_signature (EonayPdfInspection *self, GVariant *item)
{
  EonayPdfSignature signature = { 0 };
  guint64 covered;
  guint lock;

  g_variant_get (item, "(sutu(u^asu))", &signature.field, &signature.page, &covered,
                 &signature.permissions, &lock, &signature.locked, &signature.lock_permissions);
  signature.label = eonay_text_class_make_line (signature.field, -1);
  signature.covered = (gsize) covered;
  signature.lock = (EonayPdfLock) lock;
  g_array_append_val (self->signatures, signature);

  return signature.page <= self->pages->len && covered <= self->length &&
         signature.permissions <= 3 && lock <= EONAY_PDF_LOCK_EXCLUDE &&
         signature.lock_permissions <= 3;
}

static gboolean
read_field (EonayPdfInspection *self, GVariant *item)
{
  EonayPdfField field = { 0 };
  g_autoptr (GVariant) object = NULL;
  g_autoptr (GVariant) widget = NULL;
  guint lock;

  g_variant_get (item, "(suddddb(u^asu)@" EONAY_PDF_OBJECT_TYPE "@" EONAY_PDF_OBJECT_TYPE ")",
                 &field.name, &field.page, &field.box.left, &field.box.bottom, &field.box.right,
                 &field.box.top, &field.is_unusable, &lock, &field.locked, &field.lock_permissions,
                 &object, &widget);
  field.label = eonay_text_class_make_line (field.name, -1);
  field.lock = (EonayPdfLock) lock;
  if (!field.is_unusable)
    {
      field.object = eonay_pdf_plan_read_object (object, self->plan->max_id);
      field.widget = eonay_pdf_plan_read_object (widget, self->plan->max_id);
    }
  if (field.widget != NULL && field.widget->id == 0)
    g_clear_pointer (&field.widget, eonay_pdf_plan_free_object);
  g_array_append_val (self->empty, field);

  return (field.is_unusable || (field.object != NULL && field.object->id != 0)) &&
         field.page <= self->pages->len && is_box (&field.box) && lock <= EONAY_PDF_LOCK_EXCLUDE &&
         field.lock_permissions <= 3;
}

static gboolean
read_list (EonayPdfInspection *self, GVariant *list,
           gboolean (*read_item) (EonayPdfInspection *, GVariant *))
{
  gsize length = g_variant_n_children (list);

  if (length > EONAY_PDF_SIGNATURES_MAX + 1)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GVariant) item = g_variant_get_child_value (list, i);

      if (!read_item (self, item))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_refusal (guint code)
{
  return code == EONAY_SIGNATURE_ERROR_PDF_MALFORMED || code == EONAY_SIGNATURE_ERROR_PDF_DAMAGED ||
         code == EONAY_SIGNATURE_ERROR_PDF_ENCRYPTED ||
         code == EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX;
}

static gboolean
read_report (EonayPdfInspection *self, GVariant *report)
{
  g_autoptr (GVariant) pages = NULL;
  g_autoptr (GVariant) findings = NULL;
  g_autoptr (GVariant) signatures = NULL;
  g_autoptr (GVariant) empty = NULL;
  g_autoptr (GVariant) plan = NULL;

  g_variant_get (report,
                 "(us@a" EONAY_PDF_PAGE_TYPE "@a" EONAY_PDF_FINDING_TYPE
                 "@a" EONAY_PDF_SIGNATURE_TYPE "@a" EONAY_PDF_FIELD_TYPE "m@" EONAY_PDF_PLAN_TYPE
                 ")",
                 &self->refusal, &self->reason, &pages, &findings, &signatures, &empty, &plan);
  if (self->refusal != EONAY_PDF_REPORT_SOUND)
    return is_refusal (self->refusal) && plan == NULL && g_variant_n_children (pages) == 0 &&
           g_variant_n_children (findings) == 0 && g_variant_n_children (signatures) == 0 &&
           g_variant_n_children (empty) == 0;
  if (plan == NULL || !read_pages (self, pages) || self->pages->len == 0)
    return FALSE;

  self->plan = eonay_pdf_plan_new (plan, self->length, self->pages->len);

  return self->plan != NULL && read_findings (self, findings) &&
         read_list (self, signatures, read_signature) && read_list (self, empty, read_field);
}

static EonayPdfInspection *
take_report (GBytes *pdf, gsize length, GVariant *report, GError **error)
{
  g_autoptr (EonayPdfInspection) self = g_object_new (EONAY_TYPE_PDF_INSPECTION, NULL);

  self->pdf = g_bytes_ref (pdf);
  self->length = length;
  if (read_report (self, report))
    return g_steal_pointer (&self);

  g_set_error_literal (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_CRASHED,
                       "The inspector's report makes no sense");

  return NULL;
}

EonayPdfInspection *
eonay_pdf_inspection_new_from_report (GBytes *pdf, GVariant *report, GError **error)
{
  return take_report (pdf, g_bytes_get_size (pdf), report, error);
}

EonayPdfInspection *
eonay_pdf_inspection_new_of_update (GBytes *pdf, EonaySealedMemory *updated, GError **error)
{
  g_autoptr (GVariant) report = eonay_pdf_host_ask (updated, "1", EONAY_PDF_REPORT_TYPE, NULL,
                                                    error);

  return report != NULL ? take_report (pdf, eonay_sealed_memory_get_size (updated), report, error)
                        : NULL;
}

EonayPdfInspection *
eonay_pdf_inspection_new_for_page (GBytes *pdf, guint page, GCancellable *cancellable,
                                   GError **error)
{
  g_autofree char *argument = g_strdup_printf ("%u", page);
  g_autoptr (EonaySealedMemory) memory = NULL;
  g_autoptr (GVariant) report = NULL;

  g_return_val_if_fail (pdf != NULL, NULL);

  memory = eonay_pdf_host_seal (pdf, NULL, error);
  if (memory != NULL)
    report = eonay_pdf_host_ask (memory, argument, EONAY_PDF_REPORT_TYPE, cancellable, error);

  return report != NULL ? eonay_pdf_inspection_new_from_report (pdf, report, error) : NULL;
}

EonayPdfInspection *
eonay_pdf_inspection_new (GBytes *pdf, GCancellable *cancellable, GError **error)
{
  return eonay_pdf_inspection_new_for_page (pdf, 1, cancellable, error);
}

static void
inspect_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  EonayPdfInspection *inspection = eonay_pdf_inspection_new (task_data, cancellable, &error);

  if (inspection != NULL)
    g_task_return_pointer (task, inspection, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
eonay_pdf_inspection_new_async (GBytes *pdf, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, eonay_pdf_inspection_new_async);
  g_task_set_task_data (task, g_bytes_ref (pdf), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, inspect_in_thread);
}

EonayPdfInspection *
eonay_pdf_inspection_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

GBytes *
eonay_pdf_inspection_get_pdf (EonayPdfInspection *self)
{
  g_return_val_if_fail (EONAY_IS_PDF_INSPECTION (self), NULL);

  return self->pdf;
}

gboolean
eonay_pdf_inspection_check_readable (EonayPdfInspection *self, GError **error)
{
  g_autofree char *line = NULL;

  g_return_val_if_fail (EONAY_IS_PDF_INSPECTION (self), FALSE);

  if (self->refusal == EONAY_PDF_REPORT_SOUND)
    return TRUE;

  line = eonay_text_class_make_line (self->reason, -1);
  g_set_error_literal (error, EONAY_SIGNATURE_ERROR, (int) self->refusal, line);

  return FALSE;
}

/* @name: (nullable): of an empty field that is to be filled; %NULL for a new one */
static gboolean
check_earlier (EonayPdfInspection *self, const char *name, GError **error)
{
  for (guint i = 0; i < self->signatures->len; i++)
    {
      const EonayPdfSignature *earlier = &g_array_index (self->signatures, EonayPdfSignature, i);
      guint permissions = earlier->permissions != 0 ? earlier->permissions
                                                    : earlier->lock_permissions;

      if (permissions == 1 || (permissions != 0 && name == NULL))
        {
          g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_CERTIFIED,
                       "An earlier signature allows no %s", name == NULL ? "new field" : "change");
          return FALSE;
        }
      /* A new name is one that no list of names has. */
      if (eonay_pdf_lock_covers (earlier->lock, (const char *const *) earlier->locked,
                                 name != NULL ? name : ""))
        {
          g_set_error_literal (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_LOCKED,
                               "An earlier signature has locked the form");
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
eonay_pdf_inspection_may_add_field (EonayPdfInspection *self, GError **error)
{
  return eonay_pdf_inspection_check_readable (self, error) && check_earlier (self, NULL, error);
}

const EonayPdfField *
eonay_pdf_inspection_find_field (EonayPdfInspection *self, const char *name, GError **error)
{
  g_return_val_if_fail (name != NULL, NULL);

  if (!eonay_pdf_inspection_check_readable (self, error))
    return NULL;
  for (guint i = 0; i < self->empty->len; i++)
    {
      const EonayPdfField *field = &g_array_index (self->empty, EonayPdfField, i);

      if (g_str_equal (field->name, name) && !field->is_unusable)
        return check_earlier (self, name, error) ? field : NULL;
    }
  g_set_error_literal (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_FIELD,
                       "No empty signature field of this name that can be used");

  return NULL;
}

gboolean
eonay_pdf_inspection_is_field_seen (const EonayPdfField *field)
{
  return field->page > 0 && field->box.left < field->box.right &&
         field->box.bottom < field->box.top;
}

/* Returns: (transfer none) (nullable): the first empty one that may be signed; @is_seen: of those that are */
static const EonayPdfField *
find_first_field (EonayPdfInspection *self, gboolean is_seen)
{
  for (guint i = 0; i < self->empty->len; i++)
    {
      const EonayPdfField *field = &g_array_index (self->empty, EonayPdfField, i);

      if ((!is_seen || eonay_pdf_inspection_is_field_seen (field)) &&
          eonay_pdf_inspection_find_field (self, field->name, NULL) == field)
        return field;
    }

  return NULL;
}

gboolean
eonay_pdf_inspection_choose_field (EonayPdfInspection *self, const char *name,
                                   const EonayPdfField **field, GError **error)
{
  *field = NULL;
  g_return_val_if_fail (EONAY_IS_PDF_INSPECTION (self), FALSE);

  if (!eonay_pdf_inspection_check_signable (self, error))
    return FALSE;
  if (name != NULL)
    {
      *field = eonay_pdf_inspection_find_field (self, name, error);
      return *field != NULL;
    }
  if (eonay_pdf_inspection_may_add_field (self, NULL))
    return TRUE;

  *field = find_first_field (self, TRUE);
  if (*field == NULL)
    *field = find_first_field (self, FALSE);

  return TRUE;
}

gboolean
eonay_pdf_inspection_check_signable (EonayPdfInspection *self, GError **error)
{
  if (eonay_pdf_inspection_may_add_field (self, NULL))
    return TRUE;
  for (guint i = 0; i < self->empty->len; i++)
    if (eonay_pdf_inspection_find_field (self, g_array_index (self->empty, EonayPdfField, i).name,
                                         NULL) != NULL)
      return TRUE;

  return eonay_pdf_inspection_may_add_field (self, error);
}

guint
eonay_pdf_inspection_get_n_pages (EonayPdfInspection *self)
{
  g_return_val_if_fail (EONAY_IS_PDF_INSPECTION (self), 0);

  return self->pages->len;
}

const EonayPdfBox *
eonay_pdf_inspection_get_page (EonayPdfInspection *self, guint page)
{
  g_return_val_if_fail (EONAY_IS_PDF_INSPECTION (self), NULL);
  g_return_val_if_fail (page >= 1 && page <= self->pages->len, NULL);

  return &g_array_index (self->pages, EonayPdfBox, page - 1);
}

const EonayPdfFinding *
eonay_pdf_inspection_get_findings (EonayPdfInspection *self, guint *n_findings)
{
  g_return_val_if_fail (EONAY_IS_PDF_INSPECTION (self), NULL);

  *n_findings = self->findings->len;

  return (const EonayPdfFinding *) (gpointer) self->findings->data;
}

guint
eonay_pdf_inspection_count (EonayPdfInspection *self, EonayPdfFindingKind kind)
{
  guint64 count = 0;

  g_return_val_if_fail (EONAY_IS_PDF_INSPECTION (self), 0);

  for (guint i = 0; i < self->findings->len; i++)
    if (g_array_index (self->findings, EonayPdfFinding, i).kind == kind)
      count += g_array_index (self->findings, EonayPdfFinding, i).count;

  return (guint) MIN (count, G_MAXUINT);
}

const EonayPdfSignature *
eonay_pdf_inspection_get_signatures (EonayPdfInspection *self, guint *n_signatures)
{
  g_return_val_if_fail (EONAY_IS_PDF_INSPECTION (self), NULL);

  *n_signatures = self->signatures->len;

  return (const EonayPdfSignature *) (gpointer) self->signatures->data;
}

const EonayPdfField *
eonay_pdf_inspection_get_empty_fields (EonayPdfInspection *self, guint *n_fields)
{
  g_return_val_if_fail (EONAY_IS_PDF_INSPECTION (self), NULL);

  *n_fields = self->empty->len;

  return (const EonayPdfField *) (gpointer) self->empty->data;
}

const EonayPdfPlan *
eonay_pdf_inspection_get_plan (EonayPdfInspection *self)
{
  g_return_val_if_fail (EONAY_IS_PDF_INSPECTION (self), NULL);

  return self->plan;
}
