#include "akis-fixture.h"

#include <string.h>

#include "support/test-consent.h"

#define REFERENCE_PIN 0x81
#define REFERENCE_PUK 0x82

guint
akis_count_commands (AkisFixture *fixture)
{
  guint commands;
  gsize bytes;

  eonay_practice_slots_get_traffic (fixture->slots, &commands, &bytes);

  return commands;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

gboolean
akis_refresh (AkisFixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_token_refresh_async (fixture->token, NULL, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return eonay_token_request_finish (fixture->token, result, error);
}

void
akis_wait_for_state (AkisFixture *fixture, EonayReaderState state)
{
  while (eonay_reader_get_state (fixture->reader) == EONAY_READER_READING ||
         (state == EONAY_READER_EMPTY &&
          eonay_reader_get_state (fixture->reader) != EONAY_READER_EMPTY))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint ((int) eonay_reader_get_state (fixture->reader), ==, (int) state);
}

void
akis_insert (AkisFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  eonay_practice_slots_set_card (fixture->slots, fixture->card);
  akis_wait_for_state (fixture, EONAY_READER_READY);
  g_set_object (&fixture->token, eonay_reader_get_token (fixture->reader));
  akis_refresh (fixture, &error);
  g_assert_no_error (error);
}

static void
set_up (AkisFixture *fixture, gconstpointer kind, gboolean allow_experimental)
{
  fixture->card = probe_card (GPOINTER_TO_INT (kind));
  fixture->pin_tries = eonay_practice_card_get_tries (fixture->card, REFERENCE_PIN);
  fixture->puk_tries = eonay_practice_card_get_tries (fixture->card, REFERENCE_PUK);
  fixture->slots = eonay_practice_slots_new ();
  fixture->list = eonay_reader_list_new (EONAY_SLOT_SOURCE (fixture->slots));
  eonay_reader_list_set_allow_experimental (fixture->list, allow_experimental);
  fixture->reader = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  akis_insert (fixture);
}

void
akis_set_up (AkisFixture *fixture, gconstpointer kind)
{
  set_up (fixture, kind, FALSE);
}

void
akis_set_up_experimental (AkisFixture *fixture, gconstpointer kind)
{
  set_up (fixture, kind, TRUE);
}

void
akis_tear_down (AkisFixture *fixture, gconstpointer kind)
{
  g_clear_object (&fixture->token);
  g_assert_finalize_object (g_steal_pointer (&fixture->list));
  g_assert_finalize_object (g_steal_pointer (&fixture->reader));
  g_assert_finalize_object (g_steal_pointer (&fixture->slots));
  g_clear_object (&fixture->card);
}

void
akis_assert_tries (AkisFixture *fixture, int pin_tries, int puk_tries)
{
  g_assert_cmpint (eonay_practice_card_get_tries (fixture->card, REFERENCE_PIN), ==, pin_tries);
  g_assert_cmpint (eonay_practice_card_get_tries (fixture->card, REFERENCE_PUK), ==, puk_tries);
}

static EonaySecret *
secret (const char *text)
{
  return eonay_secret_new (text, strlen (text));
}

static GBytes *
from_hex (const char *hex)
{
  gsize length = strlen (hex) / 2;
  guint8 *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 |
                         g_ascii_xdigit_value (hex[2 * i + 1]));

  return g_bytes_new_take (bytes, length);
}

GPtrArray *
akis_sign (AkisFixture *fixture, guint place, EonaySignatureScheme scheme, guint n, const char *pin,
           GError **error)
{
  g_autoptr (EonayTokenCertificate) certificate =
      g_list_model_get_item (eonay_token_get_certificates (fixture->token), place);
  gboolean long_hash = eonay_signature_scheme_get_digest_length (scheme) == 48;
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_nonnull (certificate);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (digests, from_hex (long_hash ? PROBE_SHA384 : PROBE_SHA256));
  eonay_token_sign_async (fixture->token, certificate, scheme, digests, secret (pin),
                          TEST_PIN_CONSENT (fixture->token, certificate), NULL, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return eonay_token_sign_finish (fixture->token, result, error);
}

GPtrArray *
akis_sign_rsa (AkisFixture *fixture, const char *pin, GError **error)
{
  return akis_sign (fixture, 0, EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256, 1, pin, error);
}

gboolean
akis_change (AkisFixture *fixture, const char *pin, const char *new_pin, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_token_change_pin_async (fixture->token, NULL, secret (pin), secret (new_pin),
                                TEST_PIN_CONSENT (fixture->token, NULL), NULL, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return eonay_token_request_finish (fixture->token, result, error);
}

gboolean
akis_unblock (AkisFixture *fixture, const char *puk, const char *new_pin, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_token_unblock_async (fixture->token, NULL, secret (puk), secret (new_pin),
                             TEST_PUK_CONSENT (fixture->token, NULL), NULL, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return eonay_token_request_finish (fixture->token, result, error);
}

void
akis_assert_signs (AkisFixture *fixture, guint place, EonaySignatureScheme scheme, guint n,
                   const char *pin)
{
  gboolean rsa = eonay_signature_scheme_is_rsa (scheme);
  g_autoptr (EonayTokenCertificate) certificate =
      g_list_model_get_item (eonay_token_get_certificates (fixture->token), place);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) signatures = akis_sign (fixture, place, scheme, n, pin, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (signatures->len, ==, n);
  for (guint i = 0; i < n; i++)
    probe_assert_signs (eonay_token_certificate_get_der (certificate),
                        g_ptr_array_index (signatures, i), rsa ? PROBE_RSA_PKCS1 : PROBE_ECDSA,
                        rsa ? EVP_sha256 () : EVP_sha384 ());
}
