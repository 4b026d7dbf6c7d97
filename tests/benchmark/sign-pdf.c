#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "signature/certificate/eonay-crypto.h"
#include "signature/eonay-ades.h"
#include "signature/pades/eonay-pades.h"
#include "support/test-pdf.h"
#include "support/test-signing.h"

/*
 * What it costs to look into a PDF and to sign it, but for the card: a long one and a large one. Beside
 * it, hashing the same bytes and copying them once, which no signature can do without. The inspector's
 * time is in it, its memory is told apart.
 */

#define RUNS 9
#define MIB (1024 * 1024)

typedef struct {
  double base;
  double look;
  double prepare;
  double finish;
} Times;

static double
milliseconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000;
}

static GBytes *
make_large (gsize size)
{
  g_autoptr (TestPdf) pdf = test_pdf_new_pages (TEST_PDF_TABLE, 10, "", "");
  g_autofree guint8 *content = g_malloc (size / 10);

  for (gsize i = 0; i < size / 10; i++)
    content[i] = (guint8) (i * 2654435761u >> 13);
  for (guint i = 0; i < 10; i++)
    test_pdf_add_stream (pdf, 30 + i, "/Type /XObject /Subtype /Image", content, size / 10);

  return test_pdf_finish (pdf, "/Root 1 0 R");
}

static double
measure_base (GBytes *pdf)
{
  gint64 start = g_get_monotonic_time ();
  gsize length;
  gconstpointer bytes = g_bytes_get_data (pdf, &length);
  g_autoptr (GBytes) digest = eonay_crypto_digest (NID_sha256, bytes, length);
  g_autofree void *copy = g_memdup2 (bytes, length);

  g_assert_nonnull (digest);
  g_assert_nonnull (copy);

  return milliseconds_since (start);
}

static Times
measure (GBytes *pdf, EonayCertificate *certificate)
{
  Times times = { .base = measure_base (pdf) };
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (EonayPdfInspection) inspection = NULL;
  g_autoptr (EonayPades) pades = NULL;
  g_autoptr (GBytes) value = NULL;
  g_autoptr (GBytes) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  inspection = eonay_pdf_inspection_new (pdf, NULL, NULL);
  g_assert_nonnull (inspection);
  times.look = milliseconds_since (start);
  start = g_get_monotonic_time ();
  pades = eonay_pades_new (certificate, EONAY_SIGNATURE_SCHEME_NONE, pdf, inspection, NULL, now,
                           &error);
  g_assert_no_error (error);
  times.prepare = milliseconds_since (start);
  value = test_card_sign (test_key ("RSA-2048"), eonay_pades_get_digest (pades));
  start = g_get_monotonic_time ();
  result = eonay_pades_finish (pades, value, NULL);
  g_assert_nonnull (result);
  times.finish = milliseconds_since (start);

  return times;
}

static int
compare (const void *a, const void *b)
{
  double one = ((const Times *) a)->prepare + ((const Times *) a)->finish;
  double other = ((const Times *) b)->prepare + ((const Times *) b)->finish;

  return one < other ? -1 : one > other;
}

static long
get_peak (int who)
{
  struct rusage usage;

  getrusage (who, &usage);

  return usage.ru_maxrss / 1024;
}

static void
print_figures (const char *name, GBytes *pdf)
{
  const TestWish wish = { .serial = TEST_SIGNER_SERIAL };
  g_autoptr (EonayCertificate) certificate = test_issuer_issue_certificate (test_issuing (), &wish);
  Times times[RUNS];
  const Times *median = &times[RUNS / 2];

  measure (pdf, certificate); /* fills the caches */
  for (guint i = 0; i < RUNS; i++)
    times[i] = measure (pdf, certificate);
  qsort (times, RUNS, sizeof times[0], compare);
  printf (
      "%s, %.1f MiB: inspected in %.1f ms; prepared in %.1f ms and finished in %.1f ms, that is "
      "%.2f × hashing and copying it (%.1f ms), with the first inspection %.2f ×; peak memory so far "
      "%ld MiB, the inspector's at most %ld MiB\n",
      name, (double) g_bytes_get_size (pdf) / MIB, median->look, median->prepare, median->finish,
      (median->prepare + median->finish) / median->base, median->base,
      (median->look + median->prepare + median->finish) / median->base, get_peak (RUSAGE_SELF),
      get_peak (RUSAGE_CHILDREN));
}

int
main (void)
{
  g_autoptr (GBytes) small = test_pdf_make_pages (TEST_PDF_TABLE, 1, "", "");
  g_autoptr (GBytes) pages = test_pdf_make_pages (TEST_PDF_STREAM, 300, "", "");
  g_autoptr (GBytes) large = make_large (50 * MIB);

  print_figures ("One page", small);
  print_figures ("300 pages", pages);
  print_figures ("A large PDF", large);

  return 0;
}
