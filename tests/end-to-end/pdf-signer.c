#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "base/eonay-error.h"
#include "signature/eonay-ades.h"
#include "signature/pades/eonay-pades.h"
#include "support/test-signing.h"

#define DAYS_MANY 20000

/* The names of the errors, as in their enumeration. */
static const char *const errors[] = {
  [EONAY_SIGNATURE_ERROR_FAILED] = "FAILED",
  [EONAY_SIGNATURE_ERROR_INVALID] = "INVALID",
  [EONAY_SIGNATURE_ERROR_PDF_MALFORMED] = "PDF_MALFORMED",
  [EONAY_SIGNATURE_ERROR_PDF_DAMAGED] = "PDF_DAMAGED",
  [EONAY_SIGNATURE_ERROR_PDF_ENCRYPTED] = "PDF_ENCRYPTED",
  [EONAY_SIGNATURE_ERROR_PDF_CERTIFIED] = "PDF_CERTIFIED",
  [EONAY_SIGNATURE_ERROR_PDF_LOCKED] = "PDF_LOCKED",
  [EONAY_SIGNATURE_ERROR_PDF_FIELD] = "PDF_FIELD",
  [EONAY_SIGNATURE_ERROR_PDF_TOO_LARGE] = "PDF_TOO_LARGE",
  [EONAY_SIGNATURE_ERROR_PDF_TOO_COMPLEX] = "PDF_TOO_COMPLEX",
  [EONAY_SIGNATURE_ERROR_PDF_CRASHED] = "PDF_CRASHED",
  [EONAY_SIGNATURE_ERROR_PDF_NOT_PREPARED] = "PDF_NOT_PREPARED",
};

static GBytes *
sign (EonayCertificate *certificate, const char *key, EonaySignatureScheme scheme, GBytes *pdf,
      GBytes *mark, GError **error)
{
  g_autoptr (EonayPdfInspection) inspection = eonay_pdf_inspection_new (pdf, NULL, error);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  EonayPadesOptions options = { .name = "AYŞE DENEME",
                                .reason = "Onaylıyorum",
                                .location = "Ankara" };
  g_autoptr (EonayPades) pades = NULL;
  g_autoptr (GBytes) value = NULL;
  const EonayPdfField *fields;
  guint n_fields;
  GBytes *digest;

  if (inspection == NULL)
    return NULL;
  fields = eonay_pdf_inspection_get_empty_fields (inspection, &n_fields);
  if (n_fields > 0)
    options.field = fields[0].name;
  if (mark != NULL)
    {
      options.appearance = mark;
      options.box = (EonayPdfBox){ 100, 100, 300, 200, 0 };
      options.page = eonay_pdf_inspection_get_n_pages (inspection);
    }
  pades = eonay_pades_new (certificate, scheme, pdf, inspection, &options, now, error);
  if (pades == NULL)
    return NULL;
  digest = eonay_ades_get_digest (EONAY_ADES (pades));
  value = eonay_ades_get_scheme (EONAY_ADES (pades)) == EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256
              ? test_card_sign_pss (test_key (key), digest)
              : test_card_sign (test_key (key), digest);

  return eonay_ades_finish (EONAY_ADES (pades), value, error);
}

static void
sign_file (EonayCertificate *certificate, const char *key, EonaySignatureScheme scheme,
           const char *in, const char *out, const char *name, GBytes *mark)
{
  g_autofree char *from = g_build_filename (in, name, NULL);
  g_autofree char *to = g_build_filename (out, name, NULL);
  g_autofree char *content = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GBytes) result = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &content, &length, NULL));
  pdf = g_bytes_new_take (g_steal_pointer (&content), length);
  result = sign (certificate, key, scheme, pdf, mark, &error);
  if (result == NULL)
    {
      g_assert_true (error->domain == EONAY_SIGNATURE_ERROR);
      printf ("%s\t%s\t%s\n", name, errors[error->code], error->message);
      return;
    }
  g_assert_true (g_file_set_contents (to, g_bytes_get_data (result, NULL),
                                      (gssize) g_bytes_get_size (result), NULL));
  printf ("%s\tok\t\n", name);
}

static GBytes *
read_mark (const char *path)
{
  g_autofree char *content = NULL;
  gsize length;

  if (path == NULL)
    return NULL;
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));

  return g_bytes_new_take (g_steal_pointer (&content), length);
}

/* Usage: pdf-signer KEY IN OUT AUTHORITIES [MARK]; KEY: "RSA-2048", "RSA-2048-PSS", "P-256" …. Signs each
   "*.pdf" of a folder, and writes the authorities, for the judges to trust them. MARK, a PDF,
   is what each signature shows. */
int
main (int argc, char *argv[])
{
  const TestWish lasting = { .days_after = DAYS_MANY };
  g_autofree char *root_name = g_strconcat ("DENEME Kök ", argv[1], NULL);
  TestIssuer *root = test_issuer_new (root_name, NULL, &lasting);
  /* Another serial number than the root's own: NSS takes no two of an issuer. */
  const TestWish lasting_too = { .days_after = DAYS_MANY, .serial = 101 };
  g_autofree char *issuing_name = g_strconcat ("DENEME Nitelikli ESHS ", argv[1], NULL);
  TestIssuer *issuing = test_issuer_new (issuing_name, root, &lasting_too);
  g_autofree char *key = g_strdup (argv[1]);
  EonaySignatureScheme scheme = EONAY_SIGNATURE_SCHEME_NONE;
  g_autofree char *pem = g_strconcat (test_issuer_to_pem (root), test_issuer_to_pem (issuing),
                                      NULL);
  g_autoptr (EonayCertificate) certificate = NULL;
  g_autoptr (GDir) folder = NULL;
  g_autoptr (GBytes) mark = NULL;
  TestWish wish = { .days_after = DAYS_MANY, .serial = TEST_SIGNER_SERIAL };
  const char *name;

  g_assert_cmpint (argc, >=, 5);
  mark = read_mark (argv[5]);
  if (g_str_has_suffix (key, "-PSS"))
    {
      key[strlen (key) - strlen ("-PSS")] = '\0';
      scheme = EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256;
    }
  wish.key = key;
  certificate = test_issuer_issue_certificate (issuing, &wish);
  g_assert_true (g_file_set_contents (argv[4], pem, -1, NULL));
  folder = g_dir_open (argv[2], 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, ".pdf"))
      sign_file (certificate, key, scheme, argv[2], argv[3], name, mark);

  return 0;
}
