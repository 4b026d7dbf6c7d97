#include "practice/card/eonay-practice-iso.h"

#include <openssl/rand.h>

#define SELECT_BY_NAME 0x04

#define TAG_APPLET_VERSION 0x0101
#define TAG_MYEID_VERSION 0x01a0
#define TAG_HISTORICAL_BYTES 0x5f52

/* "MyEID", version 3.5.0; then ten bytes of serial number, and a counter of changes. */
#define MYEID_VERSION "MyEID\x03\x05\x00"
#define MYEID_SERIAL_REST 2
#define MYEID_COUNTER 2

#define FEATURE_EXTENDED 0x01
#define FEATURE_RANDOM 0x02
#define FEATURE_EC 0x04
#define FEATURE_PSS 0x08

static guint16
get_myeid_version (EonayPracticeChip *chip, GByteArray *response)
{
  const guint8 rest[MYEID_SERIAL_REST + MYEID_COUNTER] = { 0 };

  g_byte_array_append (response, (const guint8 *) MYEID_VERSION, sizeof MYEID_VERSION - 1);
  g_byte_array_append (response, chip->serial, sizeof chip->serial);
  g_byte_array_append (response, rest, sizeof rest);

  return EONAY_PRACTICE_SW_OK;
}

static guint16
get_data (EonayPracticeChip *chip, const EonayPracticeCommand *command, GByteArray *response)
{
  const EonayPracticeModel *model = chip->model;
  const guint8 version[] = { 0x01, 0x00, /* the interface's */
                             FEATURE_RANDOM | FEATURE_EC | FEATURE_PSS |
                                 (model->extended ? FEATURE_EXTENDED : 0) };

  switch (command->p1 << 8 | command->p2)
    {
    case TAG_APPLET_VERSION:
      g_byte_array_append (response, version, sizeof version);
      return EONAY_PRACTICE_SW_OK;
    case TAG_MYEID_VERSION:
      return model->keys_in_files ? get_myeid_version (chip, response)
                                  : EONAY_PRACTICE_SW_REFERENCE_NOT_FOUND;
    case TAG_HISTORICAL_BYTES:
      g_byte_array_append (response, (const guint8 *) model->historical,
                           (guint) model->historical_length);
      return EONAY_PRACTICE_SW_OK;
    default:
      return EONAY_PRACTICE_SW_REFERENCE_NOT_FOUND;
    }
}

static guint16
verify (EonayPracticeSecurity *self, const EonayPracticeCommand *command)
{
  EonayPracticePin *pin = eonay_practice_security_find_pin (self, command->p2);
  guint16 status;

  self->fresh = NULL;
  if (command->p1 != 0x00 && command->p1 != 0xff)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (pin == NULL || pin->plan->is_hidden)
    return EONAY_PRACTICE_SW_REFERENCE_NOT_FOUND;

  if (command->p1 == 0xff)
    {
      if (command->body_length > 0)
        return EONAY_PRACTICE_SW_WRONG_LENGTH;
      pin->verified = FALSE;
      return EONAY_PRACTICE_SW_OK;
    }

  if (command->body_length == 0)
    return eonay_practice_pin_ask (pin);

  status = eonay_practice_pin_verify (pin, command->body, command->body_length);
  if (status == EONAY_PRACTICE_SW_OK)
    self->fresh = pin;

  return status;
}

static guint16
change (EonayPracticeSecurity *self, const EonayPracticeCommand *command)
{
  EonayPracticePin *pin = eonay_practice_security_find_pin (self, command->p2);
  guint stored = eonay_practice_pin_rules_get_stored_length (self->model->pin_rules);
  guint16 status;

  if (command->p1 != 0x00)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (pin == NULL)
    return EONAY_PRACTICE_SW_REFERENCE_NOT_FOUND;
  if (pin->plan->unblocked_by == 0)
    return EONAY_PRACTICE_SW_CONDITIONS;
  if (command->body_length != 2 * stored)
    return EONAY_PRACTICE_SW_WRONG_LENGTH;

  status = eonay_practice_pin_verify (pin, command->body, stored);
  if (status != EONAY_PRACTICE_SW_OK)
    return status;

  return eonay_practice_pin_set (pin, command->body + stored, stored);
}

static guint16
unblock (EonayPracticeSecurity *self, const EonayPracticeCommand *command)
{
  EonayPracticePin *pin = eonay_practice_security_find_pin (self, command->p2);
  gboolean with_pin = command->p1 == 0x00;
  guint stored = eonay_practice_pin_rules_get_stored_length (self->model->pin_rules);
  EonayPracticePin *puk;
  guint16 status;

  if (command->p1 > 0x01)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (pin == NULL || pin->plan->unblocked_by == 0)
    return EONAY_PRACTICE_SW_REFERENCE_NOT_FOUND;
  if (command->body_length != (with_pin ? 2 : 1) * stored)
    return EONAY_PRACTICE_SW_WRONG_LENGTH;

  puk = eonay_practice_security_find_pin (self, pin->plan->unblocked_by);
  status = eonay_practice_pin_verify (puk, command->body, stored);
  puk->verified = FALSE;
  if (status == EONAY_PRACTICE_SW_OK && with_pin)
    status = eonay_practice_pin_set (pin, command->body + stored, stored);
  if (status != EONAY_PRACTICE_SW_OK)
    return status;

  eonay_practice_pin_unblock (pin);

  return EONAY_PRACTICE_SW_OK;
}

/* The file names the key in it, and there is no default algorithm. */
static guint16
choose_in_file (EonayPracticeSecurity *self, guint8 algorithm, int file, int reference)
{
  if (algorithm == 0 || reference != 0)
    return EONAY_PRACTICE_SW_WRONG_CONTENT;

  for (guint i = 0; i < self->keys->len; i++)
    {
      const EonayPracticeKey *key = g_ptr_array_index (self->keys, i);

      if (key->file == file)
        return eonay_practice_security_choose (self, key, algorithm)
                   ? EONAY_PRACTICE_SW_OK
                   : EONAY_PRACTICE_SW_WRONG_CONTENT;
    }

  return EONAY_PRACTICE_SW_REFERENCE_NOT_FOUND;
}

static guint16
choose (EonayPracticeSecurity *self, const EonayPracticeCommand *command)
{
  guint8 algorithm = 0;
  int file = -1, reference = -1;
  const EonayPracticeKey *key;

  if (command->p1 != 0x41 || command->p2 != 0xb6)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (!eonay_practice_security_parse_environment (command->body, command->body_length, &algorithm,
                                                  &file, &reference))
    return EONAY_PRACTICE_SW_WRONG_CONTENT;

  if (self->model->keys_in_files)
    return choose_in_file (self, algorithm, file, reference);
  key = reference >= 0 ? eonay_practice_security_find_key (self, (guint8) reference) : self->key;
  if (key == NULL)
    return EONAY_PRACTICE_SW_REFERENCE_NOT_FOUND;

  return eonay_practice_security_choose (self, key, algorithm) ? EONAY_PRACTICE_SW_OK
                                                               : EONAY_PRACTICE_SW_WRONG_CONTENT;
}

static gboolean
is_any_verified (const EonayPracticeSecurity *self)
{
  for (guint i = 0; i < self->n_pins; i++)
    if (self->pins[i].verified && self->pins[i].plan->unblocked_by != 0)
      return TRUE;

  return FALSE;
}

static guint16
get_refusal (const EonayPracticeSecurity *self)
{
  return self->model->not_verified != 0 ? self->model->not_verified
                                        : EONAY_PRACTICE_SW_NOT_VERIFIED;
}

static guint16
sign (EonayPracticeSecurity *self, const EonayPracticeCommand *command, GByteArray *response)
{
  if (command->p1 != 0x9e || command->p2 != 0x9a)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (self->key == NULL)
    return is_any_verified (self) ? EONAY_PRACTICE_SW_CONDITIONS : get_refusal (self);
  if (!eonay_practice_security_may_use (self, self->key))
    return get_refusal (self);
  if (command->expected == 0 && self->model->wants_expected)
    return EONAY_PRACTICE_SW_OK;

  return eonay_practice_scheme_sign (self->algorithm->scheme, self->key->pair, command->body,
                                     command->body_length, response)
             ? EONAY_PRACTICE_SW_OK
             : EONAY_PRACTICE_SW_WRONG_CONTENT;
}

static guint16
challenge (const EonayPracticeCommand *command, GByteArray *response)
{
  if (command->p1 != 0x00 || command->p2 != 0x00)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (command->expected == 0 || command->body_length > 0)
    return EONAY_PRACTICE_SW_WRONG_LENGTH;

  g_byte_array_set_size (response, (guint) command->expected);
  if (RAND_bytes (response->data, (int) response->len) == 1)
    return EONAY_PRACTICE_SW_OK;

  g_byte_array_set_size (response, 0);

  return EONAY_PRACTICE_SW_FAILED;
}

static guint16
execute (EonayPracticeChip *chip, const EonayPracticeCommand *command, GByteArray *response)
{
  switch (command->ins)
    {
    case EONAY_PRACTICE_INS_SELECT:
      if (command->p1 == SELECT_BY_NAME)
        eonay_practice_security_clear_environment (&chip->security);
      return eonay_practice_selection_select (&chip->selection, command, response);
    case EONAY_PRACTICE_INS_READ_BINARY:
      return eonay_practice_selection_read (&chip->selection, command, response);
    case EONAY_PRACTICE_INS_GET_DATA:
      return get_data (chip, command, response);
    case EONAY_PRACTICE_INS_VERIFY:
      return verify (&chip->security, command);
    case EONAY_PRACTICE_INS_CHANGE_REFERENCE:
      return change (&chip->security, command);
    case EONAY_PRACTICE_INS_RESET_RETRY_COUNTER:
      return unblock (&chip->security, command);
    case EONAY_PRACTICE_INS_MANAGE_SECURITY_ENVIRONMENT:
      return choose (&chip->security, command);
    case EONAY_PRACTICE_INS_PERFORM_SECURITY_OPERATION:
      return sign (&chip->security, command, response);
    case EONAY_PRACTICE_INS_GET_CHALLENGE:
      return challenge (command, response);
    default:
      return EONAY_PRACTICE_SW_UNKNOWN_INSTRUCTION;
    }
}

guint16
eonay_practice_iso_execute (EonayPracticeChip *chip, const EonayPracticeCommand *command,
                            GByteArray *response)
{
  guint16 status = execute (chip, command, response);

  /* Between VERIFY and the signature only the command that selects the key is allowed. */
  if (command->ins != EONAY_PRACTICE_INS_VERIFY && command->ins != EONAY_PRACTICE_INS_SELECT &&
      command->ins != EONAY_PRACTICE_INS_MANAGE_SECURITY_ENVIRONMENT)
    chip->security.fresh = NULL;

  return status;
}
