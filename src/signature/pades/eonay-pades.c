#include "signature/pades/eonay-pades.h"

#include <string.h>

#include "signature/cades/eonay-cms-signer.h"
#include "signature/certificate/eonay-crypto.h"
#include "signature/eonay-ades.h"
#include "signature/pades/eonay-pdf-host.h"
#include "signature/pades/eonay-pdf-update.h"
#include "signature/verify/eonay-verifier.h"

/* For what the certificate does not account for: a CMS without it is below 2 KiB. */
#define RESERVED_MORE 6144

struct _EonayPades {
  GObject parent_instance;

  EonayCertificate *certificate;
  EonaySignatureScheme scheme;
  GBytes *pdf;
  EonayPdfUpdate *update;
  guint page;      /* of @box, from 1 on */
  EonayPdfBox box; /* what the signature shows; without an area nothing */
  GBytes *digest;  /* of what is signed */
  EonayCmsSigner *signer;
};

static void eonay_pades_ades_init (EonayAdesInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayPades, eonay_pades, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_ADES, eonay_pades_ades_init))

static void
eonay_pades_finalize (GObject *object)
{
  EonayPades *self = EONAY_PADES (object);

  g_clear_object (&self->certificate);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_clear_pointer (&self->update, eonay_pdf_update_free);
  g_clear_pointer (&self->digest, g_bytes_unref);
  g_clear_pointer (&self->signer, eonay_cms_signer_free);

  G_OBJECT_CLASS (eonay_pades_parent_class)->finalize (object);
}

static void
eonay_pades_class_init (EonayPadesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_pades_finalize;
}

static void
eonay_pades_init (EonayPades *self)
{
}

/* Against the rotation of the page, so that it stands upright when it is seen. */
static void
turn (EonayPdfInspection *inspection, guint page, EonayPdfBox *box)
{
  if (page >= 1 && page <= eonay_pdf_inspection_get_n_pages (inspection))
    box->rotation = eonay_pdf_inspection_get_page (inspection, page)->rotation;
}

static gboolean
make_update (EonayPades *self, EonayPdfInspection *inspection, const EonayPadesOptions *options,
             GDateTime *time, GError **error)
{
  EonayPdfUpdateOptions update = { .time = time,
                                   .name = options->name,
                                   .reason = options->reason,
                                   .location = options->location,
                                   .box = options->box,
                                   .reserved = options->reserved };
  const EonayPdfPlan *plan = eonay_pdf_inspection_get_plan (inspection);
  g_autoptr (EonayPdfAppearance) appearance = NULL;
  const EonayPdfField *field;

  if (!eonay_pdf_inspection_choose_field (inspection, options->field, &field, error))
    return FALSE;
  if (options->appearance != NULL)
    {
      appearance = eonay_pdf_appearance_new (options->appearance,
                                             eonay_pdf_update_get_appearance_id (plan), error);
      if (appearance == NULL)
        return FALSE;
      update.appearance = appearance;
    }
  if (field != NULL)
    {
      update.field = field->object;
      update.widget = field->widget;
      update.lock = field->lock;
      update.locked = (const char *const *) field->locked;
      update.box = field->box;
    }
  self->page = field != NULL ? field->page : plan->page_number;
  turn (inspection, self->page, &update.box);
  self->box = update.box;
  if (update.reserved == 0)
    update.reserved = g_bytes_get_size (eonay_certificate_get_der (self->certificate)) +
                      RESERVED_MORE;

  self->update = eonay_pdf_update_new (g_bytes_get_size (self->pdf), plan, &update);
  if (self->update == NULL)
    g_set_error_literal (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_NOT_PREPARED,
                         "Two objects of the PDF are the same");

  return self->update != NULL;
}

/* Everything but the gap, which lies in the update. */
static gpointer
digest_ranges (gpointer data)
{
  EonayPades *self = data;
  gsize length, section_length;
  const guint8 *pdf = g_bytes_get_data (self->pdf, &length);
  const guint8 *section = g_bytes_get_data (self->update->section, &section_length);
  gsize before = self->update->gap - length;
  gsize after = before + self->update->gap_length;
  const EonayCryptoPiece pieces[] = { { pdf, length },
                                      { section, before },
                                      { section + after, section_length - after } };

  return eonay_crypto_digest_pieces (eonay_cms_signer_get_digest_nid (self->scheme), pieces,
                                     G_N_ELEMENTS (pieces));
}

/* Returns: (transfer full): the original and its update, with the signature in its place */
static GBytes *
assemble (EonayPades *self, const char *hexadecimal)
{
  gsize length, section_length;
  const guint8 *pdf = g_bytes_get_data (self->pdf, &length);
  const guint8 *section = g_bytes_get_data (self->update->section, &section_length);
  guint8 *whole = g_malloc (length + section_length);

  memcpy (whole, pdf, length);
  memcpy (whole + length, section, section_length);
  memcpy (whole + self->update->gap + 1, hexadecimal, strlen (hexadecimal));

  return g_bytes_new_take (whole, length + section_length);
}

static gboolean
has_same_pages (EonayPdfInspection *before, EonayPdfInspection *after)
{
  guint n_pages = eonay_pdf_inspection_get_n_pages (before);

  if (eonay_pdf_inspection_get_n_pages (after) != n_pages)
    return FALSE;
  for (guint page = 1; page <= n_pages; page++)
    {
      const EonayPdfBox *one = eonay_pdf_inspection_get_page (before, page);
      const EonayPdfBox *other = eonay_pdf_inspection_get_page (after, page);

      if (one->left != other->left || one->bottom != other->bottom || one->right != other->right ||
          one->top != other->top || one->rotation != other->rotation)
        return FALSE;
    }

  return TRUE;
}

/* One signature more than before, over all of the file. */
static gboolean
has_one_more (EonayPdfInspection *before, EonayPdfInspection *after, gsize length)
{
  guint n_before, n_after;
  guint n_whole = 0;
  const EonayPdfSignature *signatures;

  eonay_pdf_inspection_get_signatures (before, &n_before);
  signatures = eonay_pdf_inspection_get_signatures (after, &n_after);
  for (guint i = 0; i < n_after; i++)
    n_whole += signatures[i].covered == length;

  return n_after == n_before + 1 && n_whole == 1;
}

static gboolean
check_prepared (EonayPades *self, EonaySealedMemory *prepared, EonayPdfInspection *before,
                GError **error)
{
  gsize length = eonay_sealed_memory_get_size (prepared);
  g_autoptr (EonayPdfInspection) after = eonay_pdf_inspection_new_of_update (self->pdf, prepared,
                                                                             error);
  g_autoptr (GError) reason = NULL;

  if (after == NULL)
    return FALSE;
  if (eonay_pdf_inspection_check_readable (after, &reason) && has_same_pages (before, after) &&
      has_one_more (before, after, length))
    return TRUE;

  g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_PDF_NOT_PREPARED,
               "The prepared PDF is not what it should be: %s",
               reason != NULL ? reason->message : "other pages or signatures");

  return FALSE;
}

/* The comparison of the pages, on its thread. */
typedef struct {
  EonayPades *pades;
  EonaySealedMemory *prepared;
  EonayPdfInspection *inspection;
  EonayPadesCheck check;
  GError *error;
} Check;

static gpointer
run_check (gpointer data)
{
  Check *self = data;
  const EonayPdfBox *box = &self->pades->box;
  gboolean is_seen = self->pades->page > 0 && box->left < box->right && box->bottom < box->top;

  self->check (self->prepared, g_bytes_get_size (self->pades->pdf), self->inspection,
               self->pades->page, is_seen ? box : NULL, &self->error);

  return NULL;
}

/* Two at a time: processes look into the same bytes, and draw them. */
static gboolean
seal_and_check (EonayPades *self, EonayPdfInspection *inspection, EonayPadesCheck check,
                GError **error)
{
  /* Not kept: of a large batch there would be too many, and each has a descriptor. */
  g_autoptr (EonaySealedMemory) prepared = eonay_pdf_host_seal (self->pdf, self->update->section,
                                                                error);
  Check comparison = { .pades = self,
                       .prepared = prepared,
                       .inspection = inspection,
                       .check = check };
  GThread *comparing = NULL;
  gboolean is_checked;

  if (prepared == NULL)
    return FALSE;

  if (check != NULL)
    comparing = g_thread_new ("compare-pdf", run_check, &comparison);
  is_checked = check_prepared (self, prepared, inspection, error);
  if (comparing != NULL)
    g_thread_join (comparing);
  if (is_checked && comparison.error == NULL)
    return TRUE;

  if (is_checked)
    g_propagate_error (error, comparison.error);
  else
    g_clear_error (&comparison.error);

  return FALSE;
}

gboolean
eonay_pades_check_unchanged (GBytes *pdf, EonayPdfInspection *inspection, EonayPadesCheck check,
                             GError **error)
{
  g_autoptr (EonaySealedMemory) memory = NULL;

  g_return_val_if_fail (EONAY_IS_PDF_INSPECTION (inspection), FALSE);
  g_return_val_if_fail (g_bytes_equal (pdf, eonay_pdf_inspection_get_pdf (inspection)), FALSE);

  memory = eonay_pdf_host_seal (pdf, NULL, error);

  return memory != NULL && check (memory, g_bytes_get_size (pdf), inspection, 0, NULL, error);
}

static gboolean
check_and_digest (EonayPades *self, EonayPdfInspection *inspection, EonayPadesCheck check,
                  GError **error)
{
  GThread *hashing = g_thread_new ("hash-pdf", digest_ranges, self);
  gboolean is_checked = seal_and_check (self, inspection, check, error);

  self->digest = g_thread_join (hashing);
  if (is_checked && self->digest == NULL)
    eonay_crypto_set_error (error, EONAY_SIGNATURE_ERROR_FAILED, "Cannot hash the PDF");

  return is_checked && self->digest != NULL;
}

static gboolean
prepare (EonayPades *self, EonayPdfInspection *inspection, const EonayPadesOptions *options,
         GDateTime *time, GError **error)
{
  if (!make_update (self, inspection, options, time, error) ||
      !check_and_digest (self, inspection, options->check, error))
    return FALSE;

  self->signer = eonay_cms_signer_new (self->certificate, self->scheme, NULL, self->digest, NULL,
                                       error);

  return self->signer != NULL;
}

EonayPades *
eonay_pades_new (EonayCertificate *certificate, EonaySignatureScheme scheme, GBytes *pdf,
                 EonayPdfInspection *inspection, const EonayPadesOptions *options, GDateTime *time,
                 GError **error)
{
  static const EonayPadesOptions usual = { 0 };
  g_autoptr (EonayPades) self = NULL;
  g_autoptr (EonayPdfInspection) of_page = NULL;
  guint page = options != NULL ? options->page : 0;

  g_return_val_if_fail (EONAY_IS_CERTIFICATE (certificate), NULL);
  g_return_val_if_fail (EONAY_IS_PDF_INSPECTION (inspection), NULL);
  g_return_val_if_fail (pdf != NULL && time != NULL, NULL);
  g_return_val_if_fail (g_bytes_equal (pdf, eonay_pdf_inspection_get_pdf (inspection)), NULL);

  if (!eonay_pdf_inspection_check_signable (inspection, error))
    return NULL;
  scheme = eonay_cms_signer_choose_scheme (certificate, scheme, error);
  if (scheme == EONAY_SIGNATURE_SCHEME_NONE)
    return NULL;
  if (page > 0 && page != eonay_pdf_inspection_get_plan (inspection)->page_number)
    {
      of_page = eonay_pdf_inspection_new_for_page (pdf, page, NULL, error);
      if (of_page == NULL || !eonay_pdf_inspection_check_signable (of_page, error))
        return NULL;
      inspection = of_page;
    }

  self = g_object_new (EONAY_TYPE_PADES, NULL);
  self->certificate = g_object_ref (certificate);
  self->scheme = scheme;
  self->pdf = g_bytes_ref (pdf);

  return prepare (self, inspection, options != NULL ? options : &usual, time, error)
             ? g_steal_pointer (&self)
             : NULL;
}

GBytes *
eonay_pades_get_digest (EonayPades *self)
{
  g_return_val_if_fail (EONAY_IS_PADES (self), NULL);

  return eonay_cms_signer_get_digest (self->signer);
}

GBytes *
eonay_pades_get_message (EonayPades *self)
{
  g_return_val_if_fail (EONAY_IS_PADES (self), NULL);

  return eonay_cms_signer_get_message (self->signer);
}

EonaySignatureScheme
eonay_pades_get_scheme (EonayPades *self)
{
  g_return_val_if_fail (EONAY_IS_PADES (self), EONAY_SIGNATURE_SCHEME_NONE);

  return self->scheme;
}

static GBytes *
get_known_digest (int nid, gpointer user_data)
{
  EonayPades *self = user_data;

  return nid == eonay_cms_signer_get_digest_nid (self->scheme) ? g_bytes_ref (self->digest) : NULL;
}

static char *
to_hexadecimal (GBytes *der)
{
  static const char digits[] = "0123456789abcdef";
  gsize length;
  const guint8 *bytes = g_bytes_get_data (der, &length);
  char *text = g_malloc (2 * length + 1);

  for (gsize i = 0; i < length; i++)
    {
      text[2 * i] = digits[bytes[i] >> 4];
      text[2 * i + 1] = digits[bytes[i] & 15];
    }
  text[2 * length] = '\0';

  return text;
}

static gboolean
check_signature (EonayPades *self, GBytes *der, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (EonayVerifierContent) signed_content = NULL;

  if (2 * g_bytes_get_size (der) + 2 > self->update->gap_length)
    g_set_error_literal (&reason, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_INVALID,
                         "it does not fit into its place");
  else
    signed_content = eonay_verifier_verify_detached (der, get_known_digest, self, NULL, NULL,
                                                     &reason);
  if (signed_content != NULL &&
      g_bytes_equal (eonay_certificate_get_der (signed_content->certificate),
                     eonay_certificate_get_der (self->certificate)))
    return TRUE;

  g_set_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_INVALID,
               "The new signature does not verify: %s",
               reason != NULL ? reason->message : "other certificate");

  return FALSE;
}

GBytes *
eonay_pades_finish (EonayPades *self, GBytes *value, GError **error)
{
  g_autoptr (GBytes) der = NULL;
  g_autofree char *hexadecimal = NULL;

  g_return_val_if_fail (EONAY_IS_PADES (self), NULL);
  g_return_val_if_fail (value != NULL, NULL);

  der = eonay_cms_signer_encode (self->signer, value, NULL, error);
  if (der == NULL || !check_signature (self, der, error))
    return NULL;

  hexadecimal = to_hexadecimal (der);

  return assemble (self, hexadecimal);
}

static GBytes *
get_digest (EonayAdes *self)
{
  return eonay_pades_get_digest (EONAY_PADES (self));
}

static GBytes *
get_message (EonayAdes *self)
{
  return eonay_pades_get_message (EONAY_PADES (self));
}

static EonaySignatureScheme
get_scheme (EonayAdes *self)
{
  return eonay_pades_get_scheme (EONAY_PADES (self));
}

static GBytes *
finish (EonayAdes *self, GBytes *value, GError **error)
{
  return eonay_pades_finish (EONAY_PADES (self), value, error);
}

static void
eonay_pades_ades_init (EonayAdesInterface *iface)
{
  iface->get_digest = get_digest;
  iface->get_message = get_message;
  iface->get_scheme = get_scheme;
  iface->finish = finish;
}
