#include "card/pin/eonay-card-pin.h"

#include <openssl/crypto.h>

#include "card/apdu/eonay-apdu.h"
#include "card/apdu/eonay-status-word.h"

#define OK 0x9000
#define INS_VERIFY 0x20
#define INS_CHANGE_REFERENCE_DATA 0x24
#define INS_RESET_RETRY_COUNTER 0x2C
#define P1_LOCAL_PIN 0x02
#define P1_ONLY_NEW_PIN 0x02
#define REFERENCE_MASK 0x7F

struct _EonayCardPin {
  EonayCardPinRules rules;
  EonayPinFormat measured; /* the rules', behind its length */
  GMutex lock;
  EonayPinState state; /* under the lock */
};

EonayCardPin *
eonay_card_pin_new (const EonayCardPinRules *rules)
{
  EonayCardPin *self = g_new0 (EonayCardPin, 1);

  g_mutex_init (&self->lock);
  self->rules = *rules;
  self->measured = rules->format;
  self->measured.length_first = TRUE;
  self->measured.padded = FALSE;
  eonay_pin_format_describe (&rules->format, &self->state);
  self->state.tries_max = rules->tries_max;
  self->state.askable = rules->may_ask;
  self->state.pin = eonay_pin_consent_next_number ();

  return self;
}

void
eonay_card_pin_free (EonayCardPin *self)
{
  if (self == NULL)
    return;

  g_mutex_clear (&self->lock);
  g_free (self);
}

void
eonay_card_pin_get_state (EonayCardPin *self, EonayPinState *state)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  *state = self->state;
}

/* @answer: what told it; 0: nothing did */
static void
set_tries (EonayCardPin *self, int tries, guint answer)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->state.tries_left = tries;
  self->state.known = tries >= 0;
  self->state.blocked = tries == 0;
  self->state.answer = answer;
}

/* @presented: whether a PIN was in the command; else it only asked. */
static void
learn (EonayCardPin *self, guint16 status, gboolean presented)
{
  int tries = eonay_status_word_get_tries_left (status);
  guint answer = eonay_pin_consent_next_number ();
  EonayPinState before;

  eonay_card_pin_get_state (self, &before);
  if (status == OK && presented)
    set_tries (self, self->rules.tries_max, answer);
  else if (tries >= 0)
    set_tries (self, tries, answer);
  /* A last try stays one until the card says otherwise; 9000 says only that a PIN was given. */
  else if (!presented)
    set_tries (self, before.tries_left == 1 ? 1 : -1, answer);
}

gboolean
eonay_card_pin_check (const EonayCardPin *self, const EonaySecret *secret, GError **error)
{
  gboolean is_puk = self->rules.role == EONAY_PIN_ROLE_PUK;

  if (secret == NULL || eonay_pin_format_accepts (&self->rules.format, secret))
    return TRUE;

  g_propagate_error (error, eonay_card_error_new_length (is_puk));

  return FALSE;
}

static EonayStatusOf
status_of (const EonayCardPin *self)
{
  return self->rules.role == EONAY_PIN_ROLE_PUK ? EONAY_STATUS_OF_PUK : EONAY_STATUS_OF_PIN;
}

static EonayPinCommand
verify_command (const EonayCardPin *self)
{
  return (EonayPinCommand){ .ins = INS_VERIFY,
                            .p2 = self->rules.reference,
                            .presented = &self->rules.format,
                            .takes_unpadded = self->rules.takes_unpadded };
}

static EonayPinCommand
change_command (const EonayCardPin *self)
{
  EonayPinCommand command = { .ins = INS_CHANGE_REFERENCE_DATA,
                              .p2 = self->rules.reference,
                              .presented = &self->rules.format,
                              .set = &self->rules.format };

  if (self->rules.change == EONAY_CHANGE_MEASURED)
    {
      command.p1 = P1_LOCAL_PIN;
      command.p2 &= REFERENCE_MASK;
      command.presented = command.set = &self->measured;
    }

  return command;
}

static EonayPinCommand
unblock_command (const EonayCardPin *self, const EonayCardPin *puk)
{
  return (EonayPinCommand){ .ins = INS_RESET_RETRY_COUNTER,
                            .p2 = self->rules.reference,
                            .presented = &puk->rules.format,
                            .set = &self->rules.format };
}

gboolean
eonay_card_pin_fits_pad (const EonayCardPin *self, EonayPinPad *pad)
{
  const EonayPinCommand command = verify_command (self);

  return !self->rules.only_on_host && eonay_pin_pad_can_send (pad, &command);
}

gboolean
eonay_card_pin_change_fits_pad (const EonayCardPin *self, const EonayCardPin *presented,
                                EonayPinPad *pad)
{
  const EonayPinCommand command = presented == self ? change_command (self)
                                                    : unblock_command (self, presented);

  return !self->rules.only_on_host && eonay_pin_pad_can_send (pad, &command);
}

gboolean
eonay_card_pin_ask (EonayCardPin *self, EonayTransport *transport, GError **error)
{
  EonayApdu apdu = { .ins = INS_VERIFY, .p2 = self->rules.reference };
  g_autoptr (GBytes) answer = NULL;
  guint16 status;

  if (!self->rules.may_ask)
    return TRUE;

  answer = eonay_apdu_exchange (transport, &apdu, EONAY_APDU_SHORT, &status, error);
  if (answer == NULL)
    return FALSE;

  learn (self, status, FALSE);

  return TRUE;
}

/* Others may have spent tries since the person was shown how many there are, or what was shown was
   not the card's word at all. */
static gboolean
may_spend_try (EonayCardPin *self, EonayTransport *transport, EonayTokenRequest *request,
               GError **error)
{
  EonayPinState now;

  if (!eonay_card_pin_ask (self, transport, error))
    return FALSE;

  eonay_card_pin_get_state (self, &now);

  return eonay_pin_consent_check (&request->consent, &now, self->rules.role,
                                  request->pin_try == EONAY_PIN_TRY_ACCEPTED, error);
}

/* The person types on the reader; what the reader keeps to itself was not sent. */
static gboolean
have_pins_typed (const EonayPinCommand *command, EonayTransport *transport,
                 EonayTokenRequest *request, EonayStatusOf of, guint16 *status, GError **error)
{
  EonayPinTry before = request->pin_try;
  GError *local = NULL;

  if (eonay_pin_pad_can_send (request->pin_pad, command))
    request->pin_try = EONAY_PIN_TRY_UNCERTAIN;
  if (!eonay_token_request_may_go_on (request, error))
    {
      request->pin_try = before;
      return FALSE;
    }
  if (eonay_pin_pad_send (request->pin_pad, command, transport, status, &local))
    {
      local = eonay_status_word_to_pin_pad_error (*status, of);
      if (local == NULL)
        return TRUE;
      request->pin_try = before;
    }
  g_propagate_error (error, local);

  return FALSE;
}

/* Nothing that is shorter than it should be is left to the card to judge. */
static gboolean
encode_pins (const EonayPinCommand *command, EonayTokenRequest *request, guint8 *buffer,
             gsize *length, GError **error)
{
  gsize presented = 0, set = 0;

  if (command->presented != NULL)
    presented = eonay_pin_format_encode (command->presented, request->secret, buffer);
  if (command->set != NULL)
    set = eonay_pin_format_encode (command->set, request->new_pin, buffer + presented);
  *length = presented + set;
  if ((command->presented == NULL || presented > 0) && (command->set == NULL || set > 0))
    return TRUE;

  OPENSSL_cleanse (buffer, *length);
  g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNSUPPORTED,
                       "The card keeps its PIN in a way that is not known");

  return FALSE;
}

/* The only code that sends a PIN. */
static gboolean
send_typed_pins (const EonayPinCommand *command, EonayTransport *transport,
                 EonayTokenRequest *request, guint16 *status, GError **error)
{
  guint8 buffer[2 * EONAY_PIN_FORMAT_MAX];
  EonayApdu apdu = { .ins = command->ins, .p1 = command->p1, .p2 = command->p2, .content = buffer };
  EonayPinTry before = request->pin_try;
  g_autoptr (GBytes) answer = NULL;

  /* In this request: see EonayTokenRequest. */
  request->pin_try = EONAY_PIN_TRY_UNCERTAIN;
  if (!eonay_token_request_may_go_on (request, error) ||
      !encode_pins (command, request, buffer, &apdu.content_length, error))
    {
      request->pin_try = before;
      return FALSE;
    }

  answer = eonay_apdu_exchange (transport, &apdu, EONAY_APDU_SHORT, status, error);
  OPENSSL_cleanse (buffer, sizeof buffer);

  return answer != NULL;
}

/*
 * What leads to the only code that sends a PIN, so that the person's consent is asked for here.
 *
 * @counted: (nullable): whose try it costs, and whose tries nobody knows from then on, until the
 *   card has answered; %NULL when only a new PIN is sent
 */
static gboolean
send_pins (EonayCardPin *counted, const EonayPinCommand *command, EonayTransport *transport,
           EonayTokenRequest *request, EonayStatusOf of, guint16 *status, GError **error)
{
  gboolean lacks_presented = command->presented != NULL && request->secret == NULL;
  gboolean lacks_set = command->set != NULL && request->new_pin == NULL;
  EonayPinTry before = request->pin_try;
  EonayPinState known = { .tries_left = -1 };
  gboolean sent;

  if (!eonay_token_request_may_go_on (request, error))
    return FALSE;
  if ((lacks_presented || lacks_set) && (request->pin_pad == NULL || !request->typed_on_reader ||
                                         (counted != NULL && counted->rules.only_on_host)))
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_PAD_REFUSED,
                           "There is neither a PIN nor a keypad to type it on");
      return FALSE;
    }

  if (counted != NULL)
    {
      if (!may_spend_try (counted, transport, request, error))
        return FALSE;
      eonay_card_pin_get_state (counted, &known);
      /* A last try stays one where the card cannot be asked. */
      if (counted->rules.may_ask || known.tries_left != 1)
        set_tries (counted, -1, 0);
    }
  sent = lacks_presented || lacks_set
             ? have_pins_typed (command, transport, request, of, status, error)
             : send_typed_pins (command, transport, request, status, error);
  if (!sent && request->pin_try == before && counted != NULL)
    set_tries (counted, known.tries_left, known.answer);

  return sent;
}

gboolean
eonay_card_pin_verify (EonayCardPin *self, EonayTransport *transport, EonayTokenRequest *request,
                       gboolean keep, GError **error)
{
  const EonayPinCommand command = verify_command (self);
  guint16 status = 0;
  gboolean sent = send_pins (self, &command, transport, request, status_of (self), &status, error);

  if ((!keep || status != OK) && request->pin_try != EONAY_PIN_TRY_NOT_SENT)
    g_clear_pointer (&request->secret, eonay_secret_free);
  if (!sent)
    return FALSE;

  learn (self, status, TRUE);
  if (status == OK)
    request->pin_try = EONAY_PIN_TRY_ACCEPTED;

  return eonay_status_word_check (status, status_of (self), "VERIFY", error);
}

/* What was not sent may be once another program's reset is over: the request begins again then. */
static void
forget_sent (EonayTokenRequest *request)
{
  if (request->pin_try != EONAY_PIN_TRY_NOT_SENT)
    eonay_token_request_forget_secrets (request);
}

gboolean
eonay_card_pin_change (EonayCardPin *self, EonayTransport *transport, EonayTokenRequest *request,
                       GError **error)
{
  const EonayPinCommand command = change_command (self);
  guint16 status;
  gboolean sent = send_pins (self, &command, transport, request, EONAY_STATUS_OF_NEW_PIN, &status,
                             error);

  forget_sent (request);
  if (!sent)
    return FALSE;

  learn (self, status, TRUE);

  return eonay_status_word_check (status, EONAY_STATUS_OF_NEW_PIN, "CHANGE REFERENCE DATA", error);
}

static gboolean
unblock_with_puk (EonayCardPin *self, EonayCardPin *puk, EonayTransport *transport,
                  EonayTokenRequest *request, guint16 *status, GError **error)
{
  const EonayPinCommand command = unblock_command (self, puk);
  gboolean sent = send_pins (puk, &command, transport, request, EONAY_STATUS_OF_PUK, status, error);

  forget_sent (request);
  if (sent)
    learn (puk, *status, TRUE);

  return sent;
}

static gboolean
unblock_after_puk (EonayCardPin *self, EonayCardPin *puk, EonayTransport *transport,
                   EonayTokenRequest *request, guint16 *status, GError **error)
{
  const EonayPinCommand command = { .ins = INS_RESET_RETRY_COUNTER,
                                    .p1 = P1_ONLY_NEW_PIN,
                                    .p2 = self->rules.reference,
                                    .set = &self->rules.format };
  gboolean sent;

  if (!eonay_card_pin_verify (puk, transport, request, FALSE, error))
    return FALSE;

  sent = send_pins (NULL, &command, transport, request, EONAY_STATUS_OF_ONLY_NEW_PIN, status,
                    error);
  g_clear_pointer (&request->new_pin, eonay_secret_free);
  /* The card has answered: what was presented was the PUK, and that it took. */
  if (sent)
    request->pin_try = EONAY_PIN_TRY_ACCEPTED;

  return sent;
}

gboolean
eonay_card_pin_unblock (EonayCardPin *self, EonayCardPin *puk, EonayTransport *transport,
                        EonayTokenRequest *request, GError **error)
{
  gboolean together = self->rules.unblock == EONAY_UNBLOCK_WITH_PUK;
  guint16 status;

  if (together ? !unblock_with_puk (self, puk, transport, request, &status, error)
               : !unblock_after_puk (self, puk, transport, request, &status, error))
    return FALSE;

  if (status == OK)
    {
      request->pin_try = EONAY_PIN_TRY_UNCERTAIN;
      set_tries (self, self->rules.tries_max, eonay_pin_consent_next_number ());
    }

  return eonay_status_word_check (status,
                                  together ? EONAY_STATUS_OF_PUK : EONAY_STATUS_OF_ONLY_NEW_PIN,
                                  "RESET RETRY COUNTER", error);
}
