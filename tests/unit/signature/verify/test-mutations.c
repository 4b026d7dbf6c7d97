#include <string.h>

#include "base/eonay-error.h"
#include "signature/verify/eonay-verifier.h"
#include "support/test-signing.h"

/* Enough to reach every field of these structures; the fuzz targets go on from here. */
#define ROUNDS 4000

typedef void (*Reader) (GBytes *bytes);

static GBytes *
mutate (GBytes *whole)
{
  gsize length = g_bytes_get_size (whole);
  guint8 *bytes = g_malloc (length + 16);
  int changes = g_test_rand_int_range (1, 6);

  memcpy (bytes, g_bytes_get_data (whole, NULL), length);
  for (int i = 0; i < changes; i++)
    {
      gsize at = (gsize) g_test_rand_int_range (0, (gint32) length);

      switch (g_test_rand_int_range (0, 6))
        {
        case 0:
          bytes[at] ^= (guint8) (1 << g_test_rand_int_range (0, 8));
          break;
        case 1:
          bytes[at] = (guint8) g_test_rand_int_range (0, 256);
          break;
        case 2:
          bytes[at] = 0x80;
          break;
        case 3:
          memset (bytes + at, 0xFF, MIN (length - at, 4));
          break;
        case 4:
          memmove (bytes + at, bytes + at + 1, length - at - 1);
          length = MAX (length - 1, 1);
          break;
        default:
          length = MAX (at, 1);
          break;
        }
    }

  return g_bytes_new_take (bytes, length);
}

static void
read_certificate (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayCertificate) certificate = eonay_certificate_new (bytes, &error);
  g_autoptr (GDateTime) now = test_date (0);

  if (certificate == NULL)
    {
      g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_CERTIFICATE_MALFORMED);
      return;
    }
  g_assert_true (g_utf8_validate (eonay_certificate_get_holder (certificate), -1, NULL));
  g_assert_true (g_utf8_validate (eonay_certificate_get_provider (certificate), -1, NULL));
  g_assert_nonnull (eonay_certificate_get_key_name (certificate));
  eonay_certificate_get_problems (certificate, now);
  eonay_certificate_get_days_left (certificate, now);
}

static void
read_signature (GBytes *bytes)
{
  g_autoptr (GBytes) content = g_bytes_new_static (TEST_TEXT, sizeof TEST_TEXT - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayVerifierContent) result = eonay_verifier_verify_cades (bytes, NULL, NULL, NULL,
                                                                         &error);

  /* A change may hit bytes that nothing covers (a tag's form, a length's); never the content. */
  if (result != NULL)
    g_assert_true (g_bytes_equal (result->content, content));
  else
    g_assert_true (error->domain == EONAY_SIGNATURE_ERROR);
}

static void
read_mutations (GBytes *whole, Reader reader)
{
  gsize length = g_bytes_get_size (whole);

  for (int i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GBytes) mutated = mutate (whole);

      reader (mutated);
    }
  for (gsize cut = 0; cut < length; cut += 3)
    {
      g_autoptr (GBytes) head = g_bytes_new_from_bytes (whole, 0, cut);

      reader (head);
    }
}

static void
test_certificate (gconstpointer file)
{
  g_autoptr (GBytes) der = test_certificate_der (file);

  read_mutations (der, read_certificate);
}

static void
test_signature (gconstpointer key)
{
  g_autoptr (GBytes) content = g_bytes_new_static (TEST_TEXT, sizeof TEST_TEXT - 1);
  g_autoptr (GBytes) der = test_sign (key, content, TRUE);

  read_mutations (der, read_signature);
}

static void
test_random_bytes (void)
{
  for (int i = 0; i < ROUNDS; i++)
    {
      gsize length = (gsize) g_test_rand_int_range (0, 300);
      guint8 *bytes = g_malloc (length + 1);
      g_autoptr (GBytes) random = NULL;

      for (gsize j = 0; j < length; j++)
        bytes[j] = (guint8) g_test_rand_int_range (0, 256);
      bytes[0] = 0x30;
      random = g_bytes_new_take (bytes, length);
      read_certificate (random);
      read_signature (random);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/signature/mutations/certificate/rsa", "nes-rsa.pem", test_certificate);
  g_test_add_data_func ("/signature/mutations/certificate/ec", "nes-ec.pem", test_certificate);
  g_test_add_data_func ("/signature/mutations/signature/rsa", "RSA-2048", test_signature);
  g_test_add_data_func ("/signature/mutations/signature/ec", "P-384", test_signature);
  g_test_add_func ("/signature/mutations/random-bytes", test_random_bytes);

  return g_test_run ();
}
