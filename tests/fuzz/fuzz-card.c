#include "fuzz-target.h"

#include <string.h>

#include "../support/test-consent.h"
#include "base/eonay-error.h"
#include "card/driver/eonay-card-session.h"
#include "card/reader/eonay-reader.h"
#include "script-card.h"

#define PIN "123456"
#define PUK "1234567890123456"

static GBytes *
digest_for (EonaySignatureScheme scheme)
{
  gsize length = eonay_signature_scheme_get_digest_length (scheme);
  g_autoptr (GChecksum) checksum = g_checksum_new (length == 32 ? G_CHECKSUM_SHA256
                                                                : G_CHECKSUM_SHA384);
  guint8 digest[48];

  g_checksum_update (checksum, (const guchar *) "deneme\n", 7);
  g_checksum_get_digest (checksum, digest, &length);

  return g_bytes_new (digest, length);
}

/* What is typed is sent once or not at all, and what is told of it is true. */
static void
execute (EonayTransport *transport, EonayCard *card, EonayTokenRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) signatures = eonay_card_session_execute (transport, card, request, &error);
  guint pins = script_card_take_pins (SCRIPT_CARD (transport));

  g_assert_true ((signatures != NULL) == (error == NULL));
  g_assert_cmpuint (pins, <=, 1);
  g_assert_cmpint (request->pin_try != EONAY_PIN_TRY_NOT_SENT, ==, pins == 1);
  if (signatures != NULL)
    g_assert_cmpuint (signatures->len, ==, request->kind == EONAY_TOKEN_REQUEST_SIGN ? 2 : 0);
}

static void
sign (EonayTransport *transport, EonayCard *card, EonayTokenCertificate *certificate,
      EonaySignatureScheme scheme)
{
  g_autoptr (EonayTokenRequest) request = eonay_token_request_new (EONAY_TOKEN_REQUEST_SIGN,
                                                                   certificate, NULL);

  request->scheme = scheme;
  request->digests = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add (request->digests, digest_for (scheme));
  g_ptr_array_add (request->digests, digest_for (scheme));
  request->secret = eonay_secret_new (PIN, sizeof PIN - 1);
  test_consent_set (card, request);
  execute (transport, card, request);
}

static void
replace_pin (EonayTransport *transport, EonayCard *card, EonayTokenRequestKind kind,
             const char *secret)
{
  g_autoptr (EonayTokenRequest) request = eonay_token_request_new (kind, NULL, NULL);

  request->secret = eonay_secret_new (secret, strlen (secret));
  request->new_pin = eonay_secret_new (PIN, sizeof PIN - 1);
  test_consent_set (card, request);
  execute (transport, card, request);
}

/* The card is listed, and then told to do all that a card can be told. */
int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  static const EonaySignatureScheme schemes[] = { EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256,
                                                  EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256,
                                                  EONAY_SIGNATURE_SCHEME_ECDSA_SHA256,
                                                  EONAY_SIGNATURE_SCHEME_ECDSA_SHA384 };
  g_autoptr (EonayTransport) transport = script_card_new (bytes, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayCard) card = eonay_card_session_read (transport, eonay_reader_families, NULL,
                                                        &error);
  g_autoptr (EonayTokenRequest) refresh = eonay_token_request_new (EONAY_TOKEN_REQUEST_REFRESH,
                                                                   NULL, NULL);
  GPtrArray *certificates;

  g_assert_true ((card != NULL) == (error == NULL));
  g_assert_cmpuint (script_card_take_pins (SCRIPT_CARD (transport)), ==, 0);
  if (card == NULL)
    return 0;

  execute (transport, card, refresh);
  certificates = eonay_card_get_description (card)->certificates;
  for (guint i = 0; i < certificates->len; i++)
    {
      EonayTokenCertificate *certificate = g_ptr_array_index (certificates, i);
      EonayPinState state;

      eonay_card_get_pin_state (card, certificate, EONAY_PIN_ROLE_PUK, &state);
      for (gsize s = 0; s < G_N_ELEMENTS (schemes); s++)
        sign (transport, card, certificate, schemes[s]);
    }
  replace_pin (transport, card, EONAY_TOKEN_REQUEST_CHANGE_PIN, PIN);
  replace_pin (transport, card, EONAY_TOKEN_REQUEST_UNBLOCK, PUK);

  return 0;
}
