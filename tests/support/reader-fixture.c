#include "reader-fixture.h"
#include "test-consent.h"

#include <string.h>

const char *const test_listing_rsa[] = { TEST_LISTING (3), TEST_SELECT, TEST_PIN_STATUS (3),
                                         "sign-rsa-minimal/2", NULL };

void
reader_fixture_open (ReaderFixture *self, EonayCardCache *cache)
{
  self->slots = test_slots_new ();
  self->list = eonay_reader_list_new_with_cache (EONAY_SLOT_SOURCE (self->slots), cache);
  test_slots_add (self->slots, TEST_SLOT);
  self->reader = g_list_model_get_item (G_LIST_MODEL (self->list), 0);
  g_assert_true (EONAY_IS_READER (self->reader));
}

void
reader_fixture_set_up (ReaderFixture *self, gconstpointer user_data)
{
  reader_fixture_open (self, NULL);
}

void
reader_fixture_tear_down (ReaderFixture *self, gconstpointer user_data)
{
  g_assert_finalize_object (g_steal_pointer (&self->list));
  g_assert_finalize_object (g_steal_pointer (&self->reader));
  while (test_slots_get_transports (self->slots) > 0)
    g_thread_yield ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&self->slots));
}

EonayToken *
reader_fixture_get_token (ReaderFixture *self)
{
  return eonay_reader_get_token (self->reader);
}

static void
on_pin_state (EonayToken *token, GParamSpec *pspec, gboolean *told)
{
  *told = TRUE;
}

static void
wait_until_refreshed (ReaderFixture *self)
{
  EonayToken *token = reader_fixture_get_token (self);
  gboolean told = FALSE;
  gulong handler;

  if (token == NULL)
    return;

  handler = g_signal_connect (token, "notify::pin-state", G_CALLBACK (on_pin_state), &told);
  while (!told)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (token, handler);
}

void
reader_fixture_insert (ReaderFixture *self, const char *const *transcripts)
{
  reader_fixture_insert_other (self, transcripts, TEST_ISOAPPLET_ATR);
}

void
reader_fixture_insert_other (ReaderFixture *self, const char *const *transcripts,
                             const char *atr_hex)
{
  test_slots_insert (self->slots, TEST_SLOT, transcripts, atr_hex);
  g_assert_cmpint (eonay_reader_get_state (self->reader), ==, EONAY_READER_READING);
  while (eonay_reader_get_state (self->reader) == EONAY_READER_READING)
    g_main_context_iteration (NULL, TRUE);
  wait_until_refreshed (self);
}

void
reader_fixture_pull (ReaderFixture *self)
{
  test_slots_pull (self->slots, TEST_SLOT);
}

static GPtrArray *
digests_of_fixture (EonaySignatureScheme scheme)
{
  gboolean is_long = scheme == EONAY_SIGNATURE_SCHEME_ECDSA_SHA384;
  g_autoptr (GChecksum) checksum = g_checksum_new (is_long ? G_CHECKSUM_SHA384 : G_CHECKSUM_SHA256);
  GPtrArray *digests = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  guint8 digest[48];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) "deneme\n", 7);
  g_checksum_get_digest (checksum, digest, &length);
  g_ptr_array_add (digests, g_bytes_new (digest, length));

  return digests;
}

void
reader_fixture_sign (ReaderFixture *self, guint certificate, EonaySignatureScheme scheme,
                     const char *pin, GCancellable *cancellable, TestOutcome *outcome)
{
  EonayToken *token = reader_fixture_get_token (self);
  g_autoptr (EonayTokenCertificate) chosen =
      g_list_model_get_item (eonay_token_get_certificates (token), certificate);
  g_autoptr (GPtrArray) digests = digests_of_fixture (scheme);

  eonay_token_sign_async (token, chosen, scheme, digests, eonay_secret_new (pin, strlen (pin)),
                          TEST_PIN_CONSENT (token, chosen), cancellable,
                          test_outcome_take_signatures, outcome);
}

static EonaySecret *
type (const char *text)
{
  return eonay_secret_new (text, strlen (text));
}

void
reader_fixture_change_pin (ReaderFixture *self, const char *secret, const char *new_pin,
                           TestOutcome *outcome)
{
  EonayToken *token = reader_fixture_get_token (self);

  eonay_token_change_pin_async (token, NULL, type (secret), type (new_pin),
                                TEST_PIN_CONSENT (token, NULL), NULL, test_outcome_take_result,
                                outcome);
  test_outcome_wait (outcome);
}

void
reader_fixture_unblock (ReaderFixture *self, const char *secret, const char *new_pin,
                        TestOutcome *outcome)
{
  EonayToken *token = reader_fixture_get_token (self);

  eonay_token_unblock_async (token, NULL, type (secret), type (new_pin),
                             TEST_PUK_CONSENT (token, NULL), NULL, test_outcome_take_result,
                             outcome);
  test_outcome_wait (outcome);
}

static void
assert_tries (const EonayPinState *state, int tries)
{
  g_assert_cmpint (state->tries_left, ==, tries);
  g_assert_true (state->known == (tries >= 0));
  g_assert_true (state->blocked == (tries == 0));
}

void
reader_fixture_assert_tries (ReaderFixture *self, int pin_tries, int puk_tries)
{
  EonayPinState pin, puk;

  eonay_token_get_pin_state (reader_fixture_get_token (self), NULL, &pin);
  eonay_token_get_puk_state (reader_fixture_get_token (self), NULL, &puk);
  assert_tries (&pin, pin_tries);
  assert_tries (&puk, puk_tries);
}

void
reader_fixture_begin_sign (ReaderFixture *self, guint certificate, const char *pin,
                           GCancellable *cancellable, TestOutcome *outcome)
{
  reader_fixture_sign (self, certificate,
                       certificate == 1 ? EONAY_SIGNATURE_SCHEME_ECDSA_SHA384
                                        : EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256,
                       pin, cancellable, outcome);
}
