#include "practice/portal/eonay-practice-document.h"

#include "practice/form/eonay-practice-form.h"
#include "practice/portal/eonay-practice-spoiled-pdf.h"
#include "practice/portal/eonay-practice-text.h"

#define APPLICATION "application"
#define HUGE_SIZE (33 * 1024 * 1024)

static EonayPracticeDocument *
add (GPtrArray *documents, const char *label, gboolean is_pdf, GBytes *content)
{
  EonayPracticeDocument *self = g_new0 (EonayPracticeDocument, 1);

  self->id = g_strdup_printf ("%u", documents->len + 1);
  self->label = label;
  self->is_pdf = is_pdf;
  self->content = content;
  g_ptr_array_add (documents, self);

  return self;
}

static gboolean
add_text (GPtrArray *documents, const EonayPracticeDocumentFacts *facts, const char *label)
{
  GBytes *text = eonay_practice_text_new (facts->operation, facts->transaction, facts->created_at,
                                          facts->fault);

  if (text != NULL)
    add (documents, label, FALSE, text);

  return text != NULL;
}

static gboolean
add_forms (GPtrArray *documents, const EonayPracticeDocumentFacts *facts, GError **error)
{
  static const char *const labels[] = {
    [EONAY_PRACTICE_FORM_APPLICATION] = "Başvuru formu",
    [EONAY_PRACTICE_FORM_UNDERTAKING] = "Sertifika sahibi taahhütnamesi",
  };
  const EonayPracticeFormFacts form = {
    .transaction = facts->transaction,
    .national_id = facts->signer_hint,
    .security_word = facts->security_word,
    .created_at = facts->created_at,
  };

  for (guint kind = 0; kind < G_N_ELEMENTS (labels); kind++)
    {
      GBytes *pdf = eonay_practice_form_new ((EonayPracticeFormKind) kind, &form, error);

      if (pdf == NULL)
        return FALSE;
      add (documents, labels[kind], TRUE, pdf);
    }

  return TRUE;
}

/* The last one: what is wrong with one of them is wrong with all. */
static void
spoil_last (GPtrArray *documents, EonayPracticeFault fault)
{
  EonayPracticeDocument *last = documents->pdata[documents->len - 1];
  GBytes *spoiled = last->is_pdf ? eonay_practice_spoiled_pdf_new (last->content, fault) : NULL;

  if (spoiled == NULL)
    return;

  g_bytes_unref (last->content);
  last->content = spoiled;
}

GPtrArray *
eonay_practice_document_list_new (const EonayPracticeDocumentFacts *facts, GError **error)
{
  g_autoptr (GPtrArray) documents =
      g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_practice_document_free);

  if (!g_str_equal (facts->operation, APPLICATION))
    return add_text (documents, facts, "Sözleşme") ? g_steal_pointer (&documents) : NULL;

  if (facts->fault == EONAY_PRACTICE_FAULT_WITH_TEXT)
    add_text (documents, facts, "Başvuru beyanı");
  if (!add_forms (documents, facts, error))
    return NULL;

  spoil_last (documents, facts->fault);

  return g_steal_pointer (&documents);
}

void
eonay_practice_document_free (EonayPracticeDocument *self)
{
  g_free (self->id);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->signature, g_bytes_unref);
  g_free (self);
}

const char *
eonay_practice_document_get_media_type (EonayPracticeDocument *self)
{
  return self->is_pdf ? "application/pdf" : "text/plain; charset=utf-8";
}

static char *
encode_digest (EonayPracticeDocument *self, EonayPracticeFault fault)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, g_bytes_get_data (self->content, NULL),
                     (gssize) g_bytes_get_size (self->content));
  if (fault == EONAY_PRACTICE_FAULT_DIGEST)
    g_checksum_update (checksum, (const guchar *) "!", 1);
  g_checksum_get_digest (checksum, digest, &length);

  return g_base64_encode (digest, length);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

void
eonay_practice_document_describe (EonayPracticeDocument *self, EonayPracticeFault fault,
                                  JsonBuilder *builder)
{
  g_autofree char *digest = encode_digest (self, fault);
  g_autofree char *href = g_strconcat ("documents/", self->id, NULL);
  gsize size = fault == EONAY_PRACTICE_FAULT_HUGE_DOCUMENT ? HUGE_SIZE
                                                           : g_bytes_get_size (self->content);

  json_builder_begin_object (builder);
  add_string (builder, "id", self->id);
  add_string (builder, "label", self->label);
  add_string (builder, "media_type", eonay_practice_document_get_media_type (self));
  json_builder_set_member_name (builder, "size");
  json_builder_add_int_value (builder, (gint64) size);
  add_string (builder, "digest", digest);
  add_string (builder, "href", href);
  add_string (builder, "signature_format", self->is_pdf ? "P" : "C");
  add_string (builder, "conformance_level", "AdES-B-B");
  add_string (builder, "signed_envelope_property", self->is_pdf ? "Revision" : "Attached");
  json_builder_end_object (builder);
}
