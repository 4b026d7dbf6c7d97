#include <string.h>

#include "base/eonay-error.h"
#include "card/pin/eonay-card-pin.h"

/* Every PIN that may be sent, and every one that may not: a card that answers as it is told to, and
   counts what it gets. */

#define OK 0x9000
#define NO_ANSWER 0

/* What the card says to a VERIFY without content; NO_ANSWER: it was never asked. */
static const guint16 words[] = { 0x63C3, 0x63C2, 0x63C1, 0x63C0, 0x6983, OK, 0x6F00 };
static const guint16 words_before[] = { NO_ANSWER, 0x63C3, 0x63C1, OK, 0x6F00 };

typedef enum {
  VERIFY,
  CHANGE,
  UNBLOCK_WITH,
  UNBLOCK_AFTER,
  N_OPERATIONS
} Operation;

/* Whose tries the person was shown. */
typedef enum {
  OF_THIS,
  OF_ANOTHER,
  OF_NONE,
  N_WHOSE
} Whose;

#define TEST_TYPE_CARD (test_card_get_type ())
G_DECLARE_FINAL_TYPE (TestCard, test_card, TEST, CARD, GObject)

struct _TestCard {
  GObject parent_instance;

  guint16 asked;  /* the answer to being asked */
  guint16 judged; /* the answer to a PIN; NO_ANSWER: none comes */
  guint n_asked;
  guint n_presented; /* commands with a PIN or PUK that costs a try */
  guint n_all;
};

static void test_card_iface_init (EonayTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestCard, test_card, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_TRANSPORT, test_card_iface_init))

static GBytes *
test_card_transmit (EonayTransport *transport, const guint8 *command, gsize length, GError **error)
{
  TestCard *self = TEST_CARD (transport);
  gboolean asks = command[1] == 0x20 && length <= 5;
  gboolean sets_only = command[1] == 0x2C && command[2] == 0x02;
  guint16 word = asks ? self->asked : sets_only ? OK : self->judged;
  guint8 answer[] = { (guint8) (word >> 8), (guint8) word };

  self->n_all++;
  self->n_asked += asks;
  self->n_presented += !asks && !sets_only;
  if (word != NO_ANSWER)
    return g_bytes_new (answer, sizeof answer);

  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNRESPONSIVE, "as was asked");

  return NULL;
}

static EonayProtocol
test_card_get_protocol (EonayTransport *transport)
{
  return EONAY_PROTOCOL_T1;
}

static void
test_card_iface_init (EonayTransportInterface *iface)
{
  iface->get_protocol = test_card_get_protocol;
  iface->transmit = test_card_transmit;
}

static void
test_card_class_init (TestCardClass *klass)
{
}

static void
test_card_init (TestCard *self)
{
  self->judged = OK;
}

typedef struct {
  TestCard *card;
  EonayCardPin *pin;
  EonayCardPin *puk;
  EonayCardPin *other;
  EonayCardPin *after; /* is unblocked after the PUK */
} Fixture;

static EonayCardPin *
new_pin (EonayPinRole role, gboolean may_ask, EonayUnblockStyle unblock)
{
  const EonayCardPinRules rules = {
    .role = role,
    .may_ask = may_ask,
    .unblock = unblock,
    .tries_max = 3,
    .reference = role == EONAY_PIN_ROLE_PIN ? 0x81 : 0x82,
    .format = { .encoding = EONAY_PIN_ENCODING_DIGITS, .min_length = 4, .max_length = 8 }
  };

  return eonay_card_pin_new (&rules);
}

static void
fixture_open (Fixture *self, gboolean may_ask)
{
  self->card = g_object_new (TEST_TYPE_CARD, NULL);
  self->pin = new_pin (EONAY_PIN_ROLE_PIN, may_ask, EONAY_UNBLOCK_WITH_PUK);
  self->puk = new_pin (EONAY_PIN_ROLE_PUK, may_ask, EONAY_UNBLOCK_WITH_PUK);
  self->other = new_pin (EONAY_PIN_ROLE_PIN, may_ask, EONAY_UNBLOCK_WITH_PUK);
  self->after = new_pin (EONAY_PIN_ROLE_PIN, may_ask, EONAY_UNBLOCK_AFTER_PUK);
}

static void
fixture_clear (Fixture *self)
{
  g_object_unref (self->card);
  eonay_card_pin_free (self->pin);
  eonay_card_pin_free (self->puk);
  eonay_card_pin_free (self->other);
  eonay_card_pin_free (self->after);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static EonayCardPin *
presented (Fixture *self, Operation operation)
{
  return operation == UNBLOCK_WITH || operation == UNBLOCK_AFTER ? self->puk : self->pin;
}

static EonayTokenRequest *
new_request (Operation operation, const EonayPinConsent *consent)
{
  static const EonayTokenRequestKind kinds[] = { EONAY_TOKEN_REQUEST_SIGN,
                                                 EONAY_TOKEN_REQUEST_CHANGE_PIN,
                                                 EONAY_TOKEN_REQUEST_UNBLOCK,
                                                 EONAY_TOKEN_REQUEST_UNBLOCK };
  EonayTokenRequest *request = eonay_token_request_new (kinds[operation], NULL, NULL);

  request->secret = eonay_secret_new ("123456", 6);
  if (operation != VERIFY)
    request->new_pin = eonay_secret_new ("654321", 6);
  request->consent = *consent;

  return request;
}

/* Returns: whether it went well */
static gboolean
execute (Fixture *self, Operation operation, EonayTokenRequest *request, GError **error)
{
  EonayTransport *transport = EONAY_TRANSPORT (self->card);

  switch (operation)
    {
    case VERIFY:
      return eonay_card_pin_verify (self->pin, transport, request, TRUE, error);
    case CHANGE:
      return eonay_card_pin_change (self->pin, transport, request, error);
    case UNBLOCK_WITH:
    case UNBLOCK_AFTER:
    default:
      return eonay_card_pin_unblock (operation == UNBLOCK_WITH ? self->pin : self->after, self->puk,
                                     transport, request, error);
    }
}

static void
see (EonayCardPin *pin, TestCard *card, guint16 word, EonayPinState *state)
{
  card->asked = word;
  if (word != NO_ANSWER)
    g_assert_true (eonay_card_pin_ask (pin, EONAY_TRANSPORT (card), NULL));
  eonay_card_pin_get_state (pin, state);
}

static int
tries_of (guint16 word)
{
  return word == 0x6983 ? 0 : (word & 0xFFF0) == 0x63C0 ? word & 0x0F : -1;
}

/* The rule, once more and in other words. @before: what the person was shown. */
static EonayCardError
expect (Whose whose, guint16 before, gboolean agreed, guint16 now, gboolean puk)
{
  /* What tells no count leaves the last try the last. */
  gboolean tells_none = now == 0x6F00 || now == 0x9000;
  int left = tells_none && before == 0x63C1 && whose != OF_ANOTHER ? 1 : tries_of (now);

  if (left == 0)
    return puk ? EONAY_CARD_ERROR_PUK_BLOCKED : EONAY_CARD_ERROR_PIN_BLOCKED;
  if (left == 1)
    return whose == OF_THIS && before == 0x63C1 && agreed ? EONAY_CARD_ERROR_FAILED
                                                          : EONAY_CARD_ERROR_LAST_TRY;
  if (whose != OF_THIS || before == NO_ANSWER)
    return EONAY_CARD_ERROR_TRIES_NOT_SHOWN;
  if (left > 1 || tries_of (before) < 0)
    return EONAY_CARD_ERROR_FAILED;

  return EONAY_CARD_ERROR_TRIES_NOT_SHOWN;
}

/* %EONAY_CARD_ERROR_FAILED stands for "sent". */
static void
assert_asked_card (Operation operation, Whose whose, guint16 before, gboolean agreed, guint16 now)
{
  g_auto (Fixture) fixture = { 0 };
  g_autoptr (EonayTokenRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  EonayPinConsent consent = EONAY_PIN_CONSENT_NONE;
  EonayPinState shown;
  EonayCardError expected = expect (whose, before, agreed, now,
                                    operation == UNBLOCK_WITH || operation == UNBLOCK_AFTER);
  gboolean sent = expected == EONAY_CARD_ERROR_FAILED;

  fixture_open (&fixture, TRUE);
  see (whose == OF_ANOTHER ? fixture.other : presented (&fixture, operation), fixture.card, before,
       &shown);
  if (whose != OF_NONE)
    consent = eonay_pin_consent_new (&shown, agreed);
  request = new_request (operation, &consent);
  fixture.card->asked = now;
  fixture.card->n_asked = 0;
  g_test_message ("operation %d, whose %d, before %04X, agreed %d, now %04X", operation, whose,
                  before, agreed, now);
  g_assert_cmpint (execute (&fixture, operation, request, &error), ==, sent);
  g_assert_cmpuint (fixture.card->n_asked, ==, 1);
  g_assert_cmpuint (fixture.card->n_presented, ==, sent ? 1 : 0);
  if (sent)
    return;

  g_assert_error (error, EONAY_CARD_ERROR, (int) expected);
  g_assert_cmpint (request->pin_try, ==, EONAY_PIN_TRY_NOT_SENT);
  g_assert_true (eonay_card_error_is_about_pin (error));
}

static void
test_card_that_can_be_asked (void)
{
  for (int operation = 0; operation < N_OPERATIONS; operation++)
    for (int whose = 0; whose < N_WHOSE; whose++)
      for (gsize b = 0; b < G_N_ELEMENTS (words_before); b++)
        for (int agreed = 0; agreed < 2; agreed++)
          for (gsize n = 0; n < G_N_ELEMENTS (words); n++)
            assert_asked_card ((Operation) operation, (Whose) whose, words_before[b], agreed == 1,
                               words[n]);
}

/* Presents a wrong one that the card answers so. */
static void
present (Fixture *fixture, Operation operation, guint16 word)
{
  g_autoptr (EonayTokenRequest) request = NULL;
  EonayPinConsent consent;
  EonayPinState state;

  eonay_card_pin_get_state (presented (fixture, operation), &state);
  consent = eonay_pin_consent_new (&state, TRUE);
  request = new_request (operation, &consent);
  fixture->card->judged = word;
  g_assert_false (execute (fixture, operation, request, NULL));
}

/* @known: what the card has said to a PIN before the person was shown it; @since: after that. */
static void
assert_mute_card (Operation operation, Whose whose, guint16 known, gboolean agreed, guint16 since)
{
  g_auto (Fixture) fixture = { 0 };
  g_autoptr (EonayTokenRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  EonayPinConsent consent = EONAY_PIN_CONSENT_NONE;
  EonayPinState shown, now;
  gboolean sent;

  fixture_open (&fixture, FALSE);
  if (known != NO_ANSWER)
    present (&fixture, operation, known);
  eonay_card_pin_get_state (whose == OF_ANOTHER ? fixture.other : presented (&fixture, operation),
                            &shown);
  if (since != NO_ANSWER)
    present (&fixture, operation, since);
  eonay_card_pin_get_state (presented (&fixture, operation), &now);
  if (whose != OF_NONE)
    consent = eonay_pin_consent_new (&shown, agreed);

  sent = whose == OF_THIS && since == NO_ANSWER && tries_of (known) != 0 &&
         (tries_of (known) != 1 || agreed);
  request = new_request (operation, &consent);
  fixture.card->judged = OK;
  fixture.card->n_presented = 0;
  g_test_message ("operation %d, whose %d, known %04X, agreed %d, since %04X", operation, whose,
                  known, agreed, since);
  g_assert_cmpint (execute (&fixture, operation, request, &error), ==, sent);
  g_assert_cmpuint (fixture.card->n_asked, ==, 0);
  g_assert_cmpuint (fixture.card->n_presented, ==, sent ? 1 : 0);
  if (!sent && now.tries_left == 1)
    g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_LAST_TRY);
  else if (!sent && !now.blocked)
    g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_TRIES_NOT_SHOWN);
}

static void
test_card_that_cannot_be_asked (void)
{
  static const guint16 known[] = { NO_ANSWER, 0x63C2, 0x63C1, 0x6983 };
  static const guint16 since[] = { NO_ANSWER, 0x63C2, 0x63C1, 0x6983 };

  for (int operation = 0; operation < N_OPERATIONS; operation++)
    for (int whose = 0; whose < N_WHOSE; whose++)
      for (gsize k = 0; k < G_N_ELEMENTS (known); k++)
        for (int agreed = 0; agreed < 2; agreed++)
          for (gsize s = 0; s < G_N_ELEMENTS (since); s++)
            if (known[k] != 0x6983 || since[s] == NO_ANSWER)
              assert_mute_card ((Operation) operation, (Whose) whose, known[k], agreed == 1,
                                since[s]);
}

/* A key that wants its PIN before each signature: each is judged, but with what the card said of
   the one before it. */
static void
assert_each_is_judged (gboolean may_ask, guint16 then, gboolean sent)
{
  g_auto (Fixture) fixture = { 0 };
  g_autoptr (EonayTokenRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  EonayPinConsent consent;
  EonayPinState shown;

  fixture_open (&fixture, may_ask);
  see (fixture.pin, fixture.card, 0x63C3, &shown);
  consent = eonay_pin_consent_new (&shown, FALSE);
  request = new_request (VERIFY, &consent);
  g_assert_true (execute (&fixture, VERIFY, request, NULL));
  fixture.card->asked = then;
  g_assert_cmpint (execute (&fixture, VERIFY, request, &error), ==, sent);
  g_assert_cmpuint (fixture.card->n_presented, ==, sent ? 2 : 1);
  if (sent)
    return;

  /* It was sent, and taken, once: nothing may be said of "not sent". */
  g_assert_error (error, EONAY_CARD_ERROR,
                  (then == 0x63C0 ? EONAY_CARD_ERROR_PIN_BLOCKED : EONAY_CARD_ERROR_FAILED));
  g_assert_cmpint (request->pin_try, ==, EONAY_PIN_TRY_ACCEPTED);
}

static void
test_each_is_judged (void)
{
  assert_each_is_judged (TRUE, 0x63C3, TRUE);
  assert_each_is_judged (TRUE, OK, TRUE);
  assert_each_is_judged (TRUE, 0x63C1, FALSE);
  assert_each_is_judged (TRUE, 0x63C0, FALSE);
  assert_each_is_judged (FALSE, OK, TRUE);
}

/* What was shown does not hold any more once a PIN went and no answer came. */
static void
test_unanswered (void)
{
  g_auto (Fixture) fixture = { 0 };
  g_autoptr (EonayTokenRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  EonayPinConsent consent;
  EonayPinState state;

  fixture_open (&fixture, TRUE);
  see (fixture.pin, fixture.card, 0x63C3, &state);
  present (&fixture, VERIFY, NO_ANSWER);
  eonay_card_pin_get_state (fixture.pin, &state);
  g_assert_true (eonay_pin_state_is_pending (&state));
  consent = eonay_pin_consent_new (&state, TRUE);
  request = new_request (VERIFY, &consent);
  fixture.card->n_presented = 0;
  g_assert_false (execute (&fixture, VERIFY, request, &error));
  g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_TRIES_NOT_SHOWN);
  g_assert_cmpuint (fixture.card->n_presented, ==, 0);
}

/* The card that cannot be asked right now gets nothing, and the request may begin again with it. */
static void
test_asking_fails (void)
{
  for (int operation = 0; operation < N_OPERATIONS; operation++)
    {
      g_auto (Fixture) fixture = { 0 };
      g_autoptr (EonayTokenRequest) request = NULL;
      g_autoptr (GError) error = NULL;
      EonayPinConsent consent;
      EonayPinState state;

      fixture_open (&fixture, TRUE);
      see (presented (&fixture, (Operation) operation), fixture.card, 0x63C3, &state);
      consent = eonay_pin_consent_new (&state, TRUE);
      request = new_request ((Operation) operation, &consent);
      fixture.card->asked = NO_ANSWER;
      g_assert_false (execute (&fixture, (Operation) operation, request, &error));
      g_assert_error (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNRESPONSIVE);
      g_assert_cmpuint (fixture.card->n_presented, ==, 0);
      g_assert_nonnull (request->secret);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pin-consent/asked", test_card_that_can_be_asked);
  g_test_add_func ("/pin-consent/mute", test_card_that_cannot_be_asked);
  g_test_add_func ("/pin-consent/each", test_each_is_judged);
  g_test_add_func ("/pin-consent/unanswered", test_unanswered);
  g_test_add_func ("/pin-consent/asking-fails", test_asking_fails);

  return g_test_run ();
}
