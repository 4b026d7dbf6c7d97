#include "trace-probe.h"

#include <glib/gstdio.h>
#include <openssl/x509.h>
#include <string.h>

#include "card/driver/eonay-card-session.h"
#include "test-consent.h"

/* What must not be in a trace of the test cards: PIN, PUK, wrong PIN; name, parts of it, id. */
static const char *const secrets[] = { "123456", "12345678", "654321", "999999",     "AYŞE",
                                       "AYŞ",    "DENEME",   "DENEM",  "10000000146" };

char *
trace_probe_start (void)
{
  g_autofree char *folder = g_dir_make_tmp ("eonay-trace-XXXXXX", NULL);
  char *path = g_build_filename (folder, "trace.jsonl", NULL);

  g_setenv ("EONAY_TRACE", path, TRUE);

  return path;
}

char *
trace_probe_end (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  char *text;

  g_unsetenv ("EONAY_TRACE");
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);

  return text;
}

/* Digits of a key's bytes in hexadecimal may look like a PIN; it must not stand anywhere else. */
static char *
without_bytes (const char *trace)
{
  g_autoptr (GRegex) bytes = g_regex_new ("\"[cr]\": \"[0-9a-f]*\"", 0, 0, NULL);

  return g_regex_replace (bytes, trace, -1, 0, "", 0, NULL);
}

gboolean
trace_probe_has (const char *trace, const char *text)
{
  g_autoptr (GString) hex = g_string_new (NULL);
  g_autofree char *lower = g_ascii_strdown (trace, -1);
  g_autofree char *rest = without_bytes (trace);

  for (const char *c = text; *c != '\0'; c++)
    g_string_append_printf (hex, "%02x", (guint8) *c);

  return strstr (rest, text) != NULL || strstr (lower, hex->str) != NULL;
}

void
trace_probe_assert_clean (const char *trace)
{
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    if (trace_probe_has (trace, secrets[i]))
      g_error ("The trace has %s", secrets[i]);
}

static EVP_PKEY *
get_key (EonayTokenCertificate *certificate)
{
  gsize length;
  const guint8 *der = g_bytes_get_data (eonay_token_certificate_get_der (certificate), &length);
  X509 *x509 = d2i_X509 (NULL, &der, (long) length);
  EVP_PKEY *key;

  g_assert_nonnull (x509);
  key = X509_get_pubkey (x509);
  g_assert_nonnull (key);
  X509_free (x509);

  return key;
}

void
trace_probe_assert_same_list (EonayCard *card, EonayCard *other)
{
  GPtrArray *certificates = eonay_card_get_description (card)->certificates;
  GPtrArray *others = eonay_card_get_description (other)->certificates;

  g_assert_cmpstr (eonay_card_get_description (card)->model, ==,
                   eonay_card_get_description (other)->model);
  g_assert_cmpuint (certificates->len, >, 0);
  g_assert_cmpuint (certificates->len, ==, others->len);
  for (guint i = 0; i < certificates->len; i++)
    {
      EonayTokenCertificate *one = g_ptr_array_index (certificates, i);
      EonayTokenCertificate *two = g_ptr_array_index (others, i);
      EVP_PKEY *key = get_key (one);
      EVP_PKEY *other_key = get_key (two);

      g_assert_cmpint (EVP_PKEY_eq (key, other_key), ==, 1);
      g_assert_true (g_bytes_equal (eonay_token_certificate_get_id (one),
                                    eonay_token_certificate_get_id (two)));
      g_assert_cmpint (eonay_token_certificate_may_sign (one), ==,
                       eonay_token_certificate_may_sign (two));
      g_assert_cmpuint (g_bytes_get_size (eonay_token_certificate_get_der (one)), ==,
                        g_bytes_get_size (eonay_token_certificate_get_der (two)));
      EVP_PKEY_free (key);
      EVP_PKEY_free (other_key);
    }
}

GBytes *
trace_probe_sign (EonayTransport *transport, EonayCard *card, guint n, EonaySignatureScheme scheme,
                  GBytes *digest, const char *pin)
{
  EonayTokenCertificate *certificate =
      g_ptr_array_index (eonay_card_get_description (card)->certificates, n);
  g_autoptr (EonayTokenRequest) request = eonay_token_request_new (EONAY_TOKEN_REQUEST_SIGN,
                                                                   certificate, NULL);
  g_autoptr (GPtrArray) signatures = NULL;
  g_autoptr (GError) error = NULL;

  request->scheme = scheme;
  request->digests = g_ptr_array_new ();
  g_ptr_array_add (request->digests, digest);
  request->secret = eonay_secret_new (pin, strlen (pin));
  test_consent_set (card, request);
  /* What the card told the person is not in the transcript. */
  if (request->consent.answer == 0)
    request->consent.answer = eonay_pin_consent_next_number ();
  signatures = eonay_card_session_execute (transport, card, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (signatures->len, ==, 1);

  return g_bytes_ref (g_ptr_array_index (signatures, 0));
}

void
trace_probe_refresh (EonayTransport *transport, EonayCard *card)
{
  g_autoptr (EonayTokenRequest) request = eonay_token_request_new (EONAY_TOKEN_REQUEST_REFRESH,
                                                                   NULL, NULL);
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;

  none = eonay_card_session_execute (transport, card, request, &error);
  g_assert_no_error (error);
}
