#include "signature/cades/eonay-cades.h"

#include "base/eonay-error.h"
#include "signature/verify/eonay-verifier.h"
#include "support/test-signing.h"

static void
check_round_trip (const TestKind *kind, GBytes *content)
{
  g_autoptr (EonayTrust) trust = eonay_trust_new ();
  g_autofree char *pem = test_authorities_pem ();
  g_autoptr (GDateTime) at = test_date (1);
  g_autoptr (GError) error = NULL;

  g_assert_true (eonay_trust_add_pem (trust, pem, -1, &error));
  for (int attached = 0; attached < 2; attached++)
    {
      g_autoptr (GBytes) der = test_sign (kind->key, content, attached);
      g_autoptr (EonayVerifierContent) result =
          eonay_verifier_verify_cades (der, attached ? NULL : content, trust, at, &error);

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (result->content, content));
      g_assert_true (g_date_time_equal (result->signing_time, at));
      g_assert_cmpstr (eonay_certificate_get_holder (result->certificate), ==, "AYŞE DENEME");
      g_assert_cmpint (eonay_certificate_get_scheme (result->certificate), ==, kind->scheme);
    }
}

static void
test_round_trip (gconstpointer user_data)
{
  g_autoptr (GBytes) content = g_bytes_new_static (TEST_TEXT, sizeof TEST_TEXT - 1);

  check_round_trip (user_data, content);
}

static void
test_no_content (gconstpointer user_data)
{
  g_autoptr (GBytes) content = g_bytes_new (NULL, 0);

  check_round_trip (user_data, content);
}

static void
test_most_content (void)
{
  gsize size = EONAY_CADES_MAX_ATTACHED;
  guint8 *bytes = g_malloc0 (size + 1);
  g_autoptr (GBytes) whole = g_bytes_new_take (bytes, size + 1);
  g_autoptr (GBytes) content = g_bytes_new_from_bytes (whole, 0, size);
  const TestWish wish = { .key = "P-256" };
  g_autoptr (EonayCertificate) certificate = test_issuer_issue_certificate (test_root (), &wish);
  g_autoptr (GDateTime) time = test_date (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) der = NULL;

  bytes[size - 1] = 0x5A;
  der = test_sign ("P-256", content, TRUE);
  g_assert_cmpuint (g_bytes_get_size (der), >, size);
  g_assert_null (eonay_cades_new (certificate, whole, TRUE, time, &error));
  g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_TOO_LARGE);
}

static void
assert_refused (EonayCades *cades, GBytes *value)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (eonay_cades_finish (cades, value, &error));
  g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_INVALID);
}

static void
test_wrong_values (gconstpointer user_data)
{
  const TestKind *kind = user_data;
  g_autoptr (GBytes) content = g_bytes_new_static (TEST_TEXT, sizeof TEST_TEXT - 1);
  g_autoptr (EonayCades) cades = test_prepare (kind->key, content, TRUE);
  GBytes *digest = eonay_cades_get_digest (cades);
  g_autoptr (GBytes) right = test_card_sign (test_key (kind->key), digest);
  g_autofree char *other_name = g_strconcat (kind->key, "#other", NULL);
  g_autofree guint8 *swapped = g_memdup2 (g_bytes_get_data (digest, NULL),
                                          g_bytes_get_size (digest));
  gsize length = g_bytes_get_size (right);
  g_autoptr (GBytes) der = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize bit = 0; bit < length * 8; bit += length / 8)
    {
      g_autofree guint8 *flipped = g_memdup2 (g_bytes_get_data (right, NULL), length);
      g_autoptr (GBytes) value = NULL;

      flipped[bit / 8] ^= (guint8) (1 << bit % 8);
      value = g_bytes_new (flipped, length);
      assert_refused (cades, value);
    }
  for (gsize cut = 0; cut < length; cut += length / 4)
    {
      g_autoptr (GBytes) value = g_bytes_new_from_bytes (right, 0, cut);

      assert_refused (cades, value);
    }
  {
    g_autoptr (GBytes) by_other = test_card_sign (test_key (other_name), digest);

    assert_refused (cades, by_other);
  }
  swapped[0] ^= 1;
  {
    g_autoptr (GBytes) other_digest = g_bytes_new (swapped, g_bytes_get_size (digest));
    g_autoptr (GBytes) of_other = test_card_sign (test_key (kind->key), other_digest);

    assert_refused (cades, of_other);
  }
  der = eonay_cades_finish (cades, right, &error);
  g_assert_no_error (error);
  g_assert_nonnull (der);
}

static void
test_digest_and_scheme (gconstpointer user_data)
{
  const TestKind *kind = user_data;
  g_autoptr (GBytes) content = g_bytes_new_static (TEST_TEXT, sizeof TEST_TEXT - 1);
  EonayCades *cades = test_prepare (kind->key, content, FALSE);

  g_assert_cmpint (eonay_cades_get_scheme (cades), ==, kind->scheme);
  g_assert_cmpuint (g_bytes_get_size (eonay_cades_get_digest (cades)), ==,
                    eonay_signature_scheme_get_digest_length (kind->scheme));
  g_assert_finalize_object (cades);
}

static GBytes *
sign_beside (const char *key, GBytes *der, GBytes *detached, int serial)
{
  const TestWish wish = { .key = key, .serial = serial };
  g_autoptr (EonayCertificate) certificate = test_issuer_issue_certificate (test_issuing (), &wish);
  g_autoptr (GDateTime) time = test_date (2);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayCades) cades = eonay_cades_new_parallel (certificate, EONAY_SIGNATURE_SCHEME_NONE,
                                                           der, detached, time, &error);
  g_autoptr (GBytes) value = NULL;
  GBytes *both;

  g_assert_no_error (error);
  value = test_card_sign (test_key (key), eonay_cades_get_digest (cades));
  both = eonay_cades_finish (cades, value, &error);
  g_assert_no_error (error);

  return both;
}

/* A second signature beside the first, and a third by a key of another kind: all of them verify. */
static void
test_parallel (void)
{
  g_autoptr (EonayTrust) trust = eonay_trust_new ();
  g_autofree char *pem = test_authorities_pem ();
  g_autoptr (GBytes) content = g_bytes_new_static (TEST_TEXT, sizeof TEST_TEXT - 1);
  g_autoptr (GDateTime) at = test_date (2);
  g_autoptr (GError) error = NULL;

  g_assert_true (eonay_trust_add_pem (trust, pem, -1, &error));
  for (int attached = 0; attached < 2; attached++)
    {
      GBytes *detached = attached ? NULL : content;
      g_autoptr (GBytes) one = test_sign ("RSA-2048", content, attached);
      g_autoptr (GBytes) two = sign_beside ("P-384", one, detached, 4712);
      g_autoptr (GBytes) three = sign_beside ("P-521", two, detached, 4713);
      g_autoptr (GPtrArray) all = eonay_verifier_verify_all (three, detached, trust, at, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (all->len, ==, 3);
      for (guint i = 0; i < all->len; i++)
        {
          const EonayVerifierContent *result = g_ptr_array_index (all, i);

          g_assert_true (g_bytes_equal (result->content, content));
        }
      /* Who expects one signer is not content with three. */
      g_assert_null (eonay_verifier_verify_cades (three, detached, trust, at, &error));
      g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_MALFORMED);
      g_clear_error (&error);
    }
}

static void
test_parallel_refused (void)
{
  const TestWish wish = { .key = "P-256", .serial = TEST_SIGNER_SERIAL };
  g_autoptr (EonayCertificate) certificate = test_issuer_issue_certificate (test_issuing (), &wish);
  g_autoptr (GBytes) content = g_bytes_new_static (TEST_TEXT, sizeof TEST_TEXT - 1);
  g_autoptr (GBytes) other = g_bytes_new_static ("x", 1);
  g_autoptr (GBytes) detached = test_sign ("P-256", content, FALSE);
  g_autoptr (GDateTime) time = test_date (2);
  const struct {
    GBytes *der;
    GBytes *detached;
    int code;
  } rows[] = {
    { detached, other, EONAY_SIGNATURE_ERROR_CONTENT_MISMATCH },
    { detached, NULL, EONAY_SIGNATURE_ERROR_MALFORMED },
    { content, content, EONAY_SIGNATURE_ERROR_MALFORMED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (eonay_cades_new_parallel (certificate, EONAY_SIGNATURE_SCHEME_NONE,
                                               rows[i].der, rows[i].detached, time, &error));
      g_assert_error (error, EONAY_SIGNATURE_ERROR, rows[i].code);
    }
}

static void
test_unsupported_key (void)
{
  const char *keys[] = { "P-224", "RSA-1024", "ED25519" };
  g_autoptr (GBytes) content = g_bytes_new_static (TEST_TEXT, sizeof TEST_TEXT - 1);
  g_autoptr (GDateTime) time = test_date (1);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const TestWish wish = { .key = keys[i] };
      g_autoptr (EonayCertificate) certificate = test_issuer_issue_certificate (test_root (),
                                                                                &wish);
      g_autoptr (GError) error = NULL;

      g_assert_null (eonay_cades_new (certificate, content, TRUE, time, &error));
      g_assert_error (error, EONAY_SIGNATURE_ERROR, EONAY_SIGNATURE_ERROR_KEY_UNSUPPORTED);
    }
}

int
main (int argc, char *argv[])
{
  const struct {
    const char *name;
    GTestDataFunc run;
  } each[] = {
    { "round-trip", test_round_trip },
    { "no-content", test_no_content },
    { "wrong-values", test_wrong_values },
    { "digest-and-scheme", test_digest_and_scheme },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < TEST_N_KINDS; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (each); j++)
      {
        g_autofree char *path = g_strdup_printf ("/signature/cades/%s/%s", TEST_KINDS[i].key,
                                                 each[j].name);

        g_test_add_data_func (path, &TEST_KINDS[i], each[j].run);
      }
  g_test_add_func ("/signature/cades/most-content", test_most_content);
  g_test_add_func ("/signature/cades/unsupported-key", test_unsupported_key);
  g_test_add_func ("/signature/cades/parallel/verifies", test_parallel);
  g_test_add_func ("/signature/cades/parallel/refused", test_parallel_refused);

  return g_test_run ();
}
