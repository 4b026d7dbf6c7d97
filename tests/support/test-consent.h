#pragma once

#include "card/driver/eonay-card.h"
#include "card/token/eonay-token.h"

G_BEGIN_DECLS

/* What a person has seen who waits until the card has told the tries left, and who agrees to all
   that they see, also to the last try. */

static inline void
test_consent_take_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static inline void
test_consent_see (EonayToken *token, EonayTokenCertificate *certificate, EonayPinRole role,
                  EonayPinState *state)
{
  if (role == EONAY_PIN_ROLE_PUK)
    eonay_token_get_puk_state (token, certificate, state);
  else
    eonay_token_get_pin_state (token, certificate, state);
}

static inline EonayPinConsent
test_consent_give (EonayToken *token, EonayTokenCertificate *certificate, EonayPinRole role)
{
  g_autoptr (GAsyncResult) result = NULL;
  EonayPinState state;

  test_consent_see (token, certificate, role, &state);
  if (eonay_pin_state_is_pending (&state) && eonay_token_is_alive (token))
    {
      eonay_token_refresh_async (token, NULL, test_consent_take_result, &result);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      eonay_token_request_finish (token, result, NULL);
      test_consent_see (token, certificate, role, &state);
    }

  return eonay_pin_consent_new (&state, TRUE);
}

/* Below the token: to what is known of @card now. */
static inline void
test_consent_set (EonayCard *card, EonayTokenRequest *request)
{
  EonayPinState state;

  eonay_card_get_pin_state (card, request->certificate,
                            request->kind == EONAY_TOKEN_REQUEST_UNBLOCK ? EONAY_PIN_ROLE_PUK
                                                                         : EONAY_PIN_ROLE_PIN,
                            &state);
  request->consent = eonay_pin_consent_new (&state, TRUE);
}

#define TEST_CONSENT(token, certificate, role) \
  ((EonayPinConsent[]){ test_consent_give (token, certificate, role) })
#define TEST_PIN_CONSENT(token, certificate) TEST_CONSENT (token, certificate, EONAY_PIN_ROLE_PIN)
#define TEST_PUK_CONSENT(token, certificate) TEST_CONSENT (token, certificate, EONAY_PIN_ROLE_PUK)

G_END_DECLS
