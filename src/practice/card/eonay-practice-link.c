#include "practice/card/eonay-practice-link.h"

#include <string.h>

#define CLASS_CHAINED 0x10
#define CHAIN_MAX 65535
#define HEAD_LENGTH 5
#define SHORT_MAX 256

void
eonay_practice_link_init (EonayPracticeLink *self)
{
  *self = (EonayPracticeLink){ .chain = g_byte_array_new (), .pending = g_byte_array_new () };
}

void
eonay_practice_link_clear (EonayPracticeLink *self)
{
  g_clear_pointer (&self->chain, g_byte_array_unref);
  g_clear_pointer (&self->pending, g_byte_array_unref);
}

void
eonay_practice_link_reset (EonayPracticeLink *self)
{
  g_byte_array_set_size (self->chain, 0);
  g_byte_array_set_size (self->pending, 0);
}

static guint16
check_class (const EonayPracticeModel *model, guint8 cla)
{
  if (model->own_class != 0 && cla == model->own_class)
    return EONAY_PRACTICE_SW_OK;
  if (cla & 0xe0)
    return EONAY_PRACTICE_SW_UNKNOWN_CLASS;
  if (cla & 0x03)
    return EONAY_PRACTICE_SW_NO_CHANNELS;
  if (cla & 0x0c)
    return EONAY_PRACTICE_SW_NO_SECURE_MESSAGING;
  if (cla & CLASS_CHAINED && !model->chaining)
    return EONAY_PRACTICE_SW_NO_CHAINING;

  return EONAY_PRACTICE_SW_OK;
}

static guint16
get_pending_status (const EonayPracticeLink *self)
{
  return (guint16) (EONAY_PRACTICE_SW_MORE |
                    (self->pending->len < SHORT_MAX ? self->pending->len : 0));
}

/* What exceeds Ne waits for GET RESPONSE (ISO/IEC 7816-4, 5.3.4). */
static guint16
hold_back (EonayPracticeLink *self, gsize expected, GByteArray *response)
{
  if (response->len <= expected)
    return EONAY_PRACTICE_SW_OK;

  g_byte_array_append (self->pending, response->data + expected,
                       (guint) (response->len - expected));
  g_byte_array_set_size (response, (guint) expected);

  return get_pending_status (self);
}

static guint16
demand (gsize length)
{
  return (guint16) (EONAY_PRACTICE_SW_WRONG_EXPECTED | (length < SHORT_MAX ? length : 0));
}

static gboolean
is_silent_select (const EonayPracticeCommand *command)
{
  return command->ins == EONAY_PRACTICE_INS_SELECT && (command->p2 & 0x0c) == 0x0c;
}

/* T=0: a command either brings data or fetches some, and then exactly P3 bytes (ISO/IEC 7816-3,
   12.2). */
static guint16
hand_over_half (EonayPracticeLink *self, const EonayPracticeCommand *command, gboolean waits,
                guint16 status, GByteArray *response)
{
  guint length = response->len;

  if (length == 0)
    return waits && is_silent_select (command) && status == EONAY_PRACTICE_SW_OK
               ? EONAY_PRACTICE_SW_MORE
               : status;

  if (command->body_length > 0 || waits)
    return hold_back (self, 0, response);

  if (length == command->expected)
    return EONAY_PRACTICE_SW_OK;

  g_byte_array_set_size (response, 0);

  return demand (length);
}

static gsize
get_room (const EonayPracticeModel *model, const EonayPracticeCommand *command)
{
  return model->longest > 0 ? MIN (command->expected, model->longest) : command->expected;
}

static guint16
get_response (EonayPracticeLink *self, const EonayPracticeModel *model,
              const EonayPracticeCommand *command, GByteArray *response)
{
  if (command->p1 != 0x00 || command->p2 != 0x00)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (command->expected == 0 || command->body_length > 0)
    return EONAY_PRACTICE_SW_WRONG_LENGTH;
  if (self->pending->len == 0)
    return EONAY_PRACTICE_SW_CONDITIONS;
  if (model->protocol == EONAY_PROTOCOL_T0 && command->expected > self->pending->len)
    return demand (self->pending->len);

  g_byte_array_append (response, self->pending->data, self->pending->len);
  g_byte_array_set_size (self->pending, 0);

  return hold_back (self, get_room (model, command), response);
}

static guint16
link_up (EonayPracticeLink *self, const EonayPracticeCommand *command)
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

static gboolean
parse (const EonayPracticeModel *model, EonayPracticeCommand *command, const guint8 *bytes,
       gsize length)
{
  gboolean extended = length > HEAD_LENGTH && bytes[HEAD_LENGTH - 1] == 0;

  if (!eonay_practice_command_parse (command, bytes, length) || (extended && !model->extended))
    return FALSE;

  if (model->protocol == EONAY_PROTOCOL_T0 && command->body_length > 0)
    {
      if (command->expected > 0)
        return FALSE;
      command->expected = SHORT_MAX;
    }

  return model->longest == 0 || command->body_length <= model->longest;
}

guint16
eonay_practice_link_answer (EonayPracticeLink *self, EonayPracticeChip *chip, const guint8 *bytes,
                            gsize length, GByteArray *response)
{
  const EonayPracticeModel *model = chip->model;
  EonayPracticeCommand command;
  guint16 status;

  if (!parse (model, &command, bytes, length))
    return EONAY_PRACTICE_SW_WRONG_LENGTH;

  status = check_class (model, command.cla);
  if (status != EONAY_PRACTICE_SW_OK)
    return status;

  if (command.ins == EONAY_PRACTICE_INS_GET_RESPONSE)
    return get_response (self, model, &command, response);
  g_byte_array_set_size (self->pending, 0);

  if (command.cla & CLASS_CHAINED || self->chain->len > 0)
    {
      status = link_up (self, &command);
      if (status != EONAY_PRACTICE_SW_OK || command.cla & CLASS_CHAINED)
        return status;
      command.body = self->chain->data;
      command.body_length = self->chain->len;
    }

  status = model->execute (chip, &command, response);
  g_byte_array_set_size (self->chain, 0);
  if (model->protocol == EONAY_PROTOCOL_T0)
    return hand_over_half (self, &command, model->waits, status, response);
  if (status == EONAY_PRACTICE_SW_OK)
    status = hold_back (self, get_room (model, &command), response);

  return status;
}
