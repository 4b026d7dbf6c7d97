#include "practice/eonay-practice-card.h"

#include "practice/eonay-practice-command.h"
#include "practice/eonay-practice-pkcs15.h"
#include "practice/eonay-practice-security.h"
#include "practice/eonay-practice-selection.h"

#include <string.h>

#define HOLDER "AYŞE DENEME"
#define NATIONAL_ID "10000000146"
#define TOKEN_LABEL "DENEME Kart"
#define PIN "123456"
#define PUK "12345678"

#define CLASS_CHAINED 0x10
#define CHAIN_MAX 65535

#define INS_VERIFY 0x20
#define INS_MANAGE_SECURITY_ENVIRONMENT 0x22
#define INS_CHANGE_REFERENCE 0x24
#define INS_PERFORM_SECURITY_OPERATION 0x2a
#define INS_RESET_RETRY_COUNTER 0x2c
#define INS_GET_CHALLENGE 0x84
#define INS_SELECT 0xa4
#define INS_READ_BINARY 0xb0
#define INS_GET_RESPONSE 0xc0
#define INS_GET_DATA 0xca

#define SELECT_BY_NAME 0x04

#define TAG_APPLET_VERSION 0x0101
#define TAG_HISTORICAL_BYTES 0x5f52

/* T=1 only. Historical bytes: selection by name, partial name, path and identifier; command
   chaining, extended lengths, EF.ATR; issuer "EONAY". */
#define HISTORICAL "\x80\x31\xf8\x73\xf4\x21\xe0\x55" "EONAY"
#define HISTORICAL_LENGTH 13
#define ATR_HEAD "\x3b\x8d\x01"

struct _EonayPracticeCard {
  GObject parent_instance;

  GMutex lock;
  EonayPracticeCardKind kind;
  GBytes *atr;
  EonayPracticeFile *root;
  EonayPracticeSelection selection;
  EonayPracticeSecurity *security;
  GByteArray *chain;
  guint8 chain_head[3];
  GByteArray *pending;
  guint n_resets;
};

G_DEFINE_FINAL_TYPE (EonayPracticeCard, eonay_practice_card, G_TYPE_OBJECT)

static GBytes *
make_atr (void)
{
  GByteArray *atr = g_byte_array_new ();
  guint8 check = 0;

  g_byte_array_append (atr, (const guint8 *) ATR_HEAD, 3);
  g_byte_array_append (atr, (const guint8 *) HISTORICAL, HISTORICAL_LENGTH);
  for (guint i = 1; i < atr->len; i++)
    check ^= atr->data[i];
  g_byte_array_append (atr, &check, 1);

  return g_byte_array_free_to_bytes (atr);
}

typedef struct {
  EonayPracticeKeyKind key;
  EonayPracticeCertificateKind certificate;
  const char *label;
} Content;

#define NES { EONAY_PRACTICE_KEY_RSA, EONAY_PRACTICE_NES, HOLDER " NES" }
#define NES_EC { EONAY_PRACTICE_KEY_EC, EONAY_PRACTICE_NES, HOLDER " NES (EC)" }
#define NES_EXPIRED { EONAY_PRACTICE_KEY_RSA_OTHER, EONAY_PRACTICE_NES_EXPIRED, HOLDER " NES (eski)" }
#define NOT_QUALIFIED { EONAY_PRACTICE_KEY_RSA_OTHER, EONAY_PRACTICE_NOT_QUALIFIED, HOLDER " giriş" }

/* Up to three on a card; the first without a label ends the row. */
static const Content contents[EONAY_PRACTICE_N_CARDS][4] = {
  [EONAY_PRACTICE_CARD_VALID] = { NES, NES_EXPIRED },
  [EONAY_PRACTICE_CARD_EC] = { NES_EC },
  [EONAY_PRACTICE_CARD_EXPIRED] = { NES_EXPIRED },
  [EONAY_PRACTICE_CARD_BLOCKED] = { NES },
  [EONAY_PRACTICE_CARD_TWO] = { NES, NES_EC, NOT_QUALIFIED },
};

static GPtrArray *
make_keys (EonayPracticeCardKind kind, EonayPracticePki *pki, GError **error)
{
  g_autoptr (GPtrArray) keys
    = g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_practice_key_free);

  for (const Content *content = contents[kind]; content->label != NULL; content++)
    {
      EVP_PKEY *pair = eonay_practice_pki_get_key (pki, content->key);
      GBytes *certificate = eonay_practice_pki_issue (pki, pair, HOLDER, NATIONAL_ID,
                                                      content->certificate, error);

      if (certificate == NULL)
        return NULL;

      g_ptr_array_add (keys, eonay_practice_key_new (
                               pair, certificate, content->label, keys->len,
                               content->certificate != EONAY_PRACTICE_NOT_QUALIFIED));
    }

  return g_steal_pointer (&keys);
}

static void
eonay_practice_card_finalize (GObject *object)
{
  EonayPracticeCard *self = EONAY_PRACTICE_CARD (object);

  g_clear_pointer (&self->security, eonay_practice_security_free);
  g_clear_pointer (&self->root, eonay_practice_file_free);
  g_bytes_unref (self->atr);
  g_byte_array_unref (self->chain);
  g_byte_array_unref (self->pending);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (eonay_practice_card_parent_class)->finalize (object);
}

static void
eonay_practice_card_class_init (EonayPracticeCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_practice_card_finalize;
}

static void
eonay_practice_card_init (EonayPracticeCard *self)
{
  g_mutex_init (&self->lock);
  self->atr = make_atr ();
  self->chain = g_byte_array_new ();
  self->pending = g_byte_array_new ();
}

EonayPracticeCard *
eonay_practice_card_new (EonayPracticeCardKind kind, EonayPracticePki *pki, GError **error)
{
  const guint8 serial[8] = { 0xde, 0x0e, 0x5e, 0, 0, 0, 0, (guint8) (kind + 1) };
  g_autoptr (EonayPracticeCard) self = NULL;
  GPtrArray *keys;

  g_return_val_if_fail ((guint) kind < EONAY_PRACTICE_N_CARDS, NULL);
  g_return_val_if_fail (EONAY_IS_PRACTICE_PKI (pki), NULL);

  keys = make_keys (kind, pki, error);
  if (keys == NULL)
    return NULL;

  self = g_object_new (EONAY_TYPE_PRACTICE_CARD, NULL);
  self->kind = kind;
  self->root = eonay_practice_pkcs15_new (TOKEN_LABEL, serial, keys);
  self->security = eonay_practice_security_new (keys, PIN, PUK);
  if (kind == EONAY_PRACTICE_CARD_BLOCKED)
    eonay_practice_security_block (self->security);
  eonay_practice_selection_init (&self->selection, self->root);

  return g_steal_pointer (&self);
}

EonayPracticeCardKind
eonay_practice_card_get_kind (EonayPracticeCard *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_CARD (self), EONAY_PRACTICE_CARD_VALID);

  return self->kind;
}

GBytes *
eonay_practice_card_get_atr (EonayPracticeCard *self)
{
  g_return_val_if_fail (EONAY_IS_PRACTICE_CARD (self), NULL);

  return self->atr;
}

guint
eonay_practice_card_get_n_resets (EonayPracticeCard *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (EONAY_IS_PRACTICE_CARD (self), 0);

  locker = g_mutex_locker_new (&self->lock);

  return self->n_resets;
}

static guint16
do_get_data (const EonayPracticeCommand *command, GByteArray *response)
{
  /* Interface 1.0; extended length 01, random numbers 02, elliptic curves 04. */
  static const guint8 version[] = { 0x01, 0x00, 0x07 };

  switch (command->p1 << 8 | command->p2)
    {
    case TAG_APPLET_VERSION:
      g_byte_array_append (response, version, sizeof version);
      return EONAY_PRACTICE_SW_OK;
    case TAG_HISTORICAL_BYTES:
      g_byte_array_append (response, (const guint8 *) HISTORICAL, HISTORICAL_LENGTH);
      return EONAY_PRACTICE_SW_OK;
    default:
      return EONAY_PRACTICE_SW_REFERENCE_NOT_FOUND;
    }
}

static guint16
do_command (EonayPracticeCard *self, const EonayPracticeCommand *command, GByteArray *response)
{
  switch (command->ins)
    {
    case INS_SELECT:
      if (command->p1 == SELECT_BY_NAME)
        eonay_practice_security_clear_environment (self->security);
      return eonay_practice_selection_select (&self->selection, command, response);
    case INS_READ_BINARY:
      return eonay_practice_selection_read (&self->selection, command, response);
    case INS_GET_DATA:
      return do_get_data (command, response);
    case INS_VERIFY:
      return eonay_practice_security_verify (self->security, command);
    case INS_CHANGE_REFERENCE:
      return eonay_practice_security_change (self->security, command);
    case INS_RESET_RETRY_COUNTER:
      return eonay_practice_security_unblock (self->security, command);
    case INS_MANAGE_SECURITY_ENVIRONMENT:
      return eonay_practice_security_choose (self->security, command);
    case INS_PERFORM_SECURITY_OPERATION:
      return eonay_practice_security_sign (self->security, command, response);
    case INS_GET_CHALLENGE:
      return eonay_practice_security_challenge (self->security, command, response);
    default:
      return EONAY_PRACTICE_SW_UNKNOWN_INSTRUCTION;
    }
}

static guint16
check_class (guint8 cla)
{
  if (cla & 0xe0)
    return EONAY_PRACTICE_SW_UNKNOWN_CLASS;
  if (cla & 0x03)
    return EONAY_PRACTICE_SW_NO_CHANNELS;
  if (cla & 0x0c)
    return EONAY_PRACTICE_SW_NO_SECURE_MESSAGING;

  return EONAY_PRACTICE_SW_OK;
}

/* What exceeds Ne waits for GET RESPONSE (ISO/IEC 7816-4, 5.3.4). */
static guint16
hold_back (EonayPracticeCard *self, gsize expected, GByteArray *response)
{
  gsize left;

  if (response->len <= expected)
    return EONAY_PRACTICE_SW_OK;

  left = response->len - expected;
  g_byte_array_append (self->pending, response->data + expected, (guint) left);
  g_byte_array_set_size (response, (guint) expected);

  return (guint16) (EONAY_PRACTICE_SW_MORE | (left < 256 ? left : 0));
}

static guint16
do_get_response (EonayPracticeCard *self, const EonayPracticeCommand *command,
                 GByteArray *response)
{
  if (command->p1 != 0x00 || command->p2 != 0x00)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (command->expected == 0 || command->body_length > 0)
    return EONAY_PRACTICE_SW_WRONG_LENGTH;
  if (self->pending->len == 0)
    return EONAY_PRACTICE_SW_CONDITIONS;

  g_byte_array_append (response, self->pending->data, self->pending->len);
  g_byte_array_set_size (self->pending, 0);

  return hold_back (self, command->expected, response);
}

static guint16
do_link (EonayPracticeCard *self, const EonayPracticeCommand *command)
{
  const guint8 head[] = { command->ins, command->p1, command->p2 };

  if (self->chain->len == 0)
    memcpy (self->chain_head, head, sizeof head);

  if (memcmp (self->chain_head, head, sizeof head) != 0)
    {
      g_byte_array_set_size (self->chain, 0);
      return EONAY_PRACTICE_SW_LAST_OF_CHAIN_EXPECTED;
    }
  if (self->chain->len + command->body_length > CHAIN_MAX)
    {
      g_byte_array_set_size (self->chain, 0);
      return EONAY_PRACTICE_SW_WRONG_LENGTH;
    }

  if (command->body_length > 0)
    g_byte_array_append (self->chain, command->body, (guint) command->body_length);

  return EONAY_PRACTICE_SW_OK;
}

static guint16
answer (EonayPracticeCard *self, const guint8 *bytes, gsize length, GByteArray *response)
{
  EonayPracticeCommand command;
  guint16 status;

  if (!eonay_practice_command_parse (&command, bytes, length))
    return EONAY_PRACTICE_SW_WRONG_LENGTH;

  status = check_class (command.cla);
  if (status != EONAY_PRACTICE_SW_OK)
    return status;

  if (command.ins == INS_GET_RESPONSE)
    return do_get_response (self, &command, response);
  g_byte_array_set_size (self->pending, 0);

  if (command.cla & CLASS_CHAINED || self->chain->len > 0)
    {
      status = do_link (self, &command);
      if (status != EONAY_PRACTICE_SW_OK || command.cla & CLASS_CHAINED)
        return status;
      command.body = self->chain->data;
      command.body_length = self->chain->len;
    }

  status = do_command (self, &command, response);
  g_byte_array_set_size (self->chain, 0);
  if (status == EONAY_PRACTICE_SW_OK)
    status = hold_back (self, command.expected, response);

  return status;
}

GBytes *
eonay_practice_card_process (EonayPracticeCard *self, const guint8 *command, gsize length)
{
  GByteArray *response = g_byte_array_new ();
  guint16 status;

  g_return_val_if_fail (EONAY_IS_PRACTICE_CARD (self), NULL);

  g_mutex_lock (&self->lock);
  status = answer (self, command, length, response);
  g_mutex_unlock (&self->lock);

  g_byte_array_append (response, (const guint8[]){ status >> 8, status & 0xff }, 2);

  return g_byte_array_free_to_bytes (response);
}

void
eonay_practice_card_reset (EonayPracticeCard *self)
{
  g_return_if_fail (EONAY_IS_PRACTICE_CARD (self));

  g_mutex_lock (&self->lock);
  eonay_practice_selection_init (&self->selection, self->root);
  eonay_practice_security_reset (self->security);
  g_byte_array_set_size (self->chain, 0);
  g_byte_array_set_size (self->pending, 0);
  self->n_resets++;
  g_mutex_unlock (&self->lock);
}
