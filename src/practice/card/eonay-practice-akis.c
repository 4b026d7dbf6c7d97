#include "practice/card/eonay-practice-akis.h"

#include <string.h>

#define INS_DIRECTORY 0x18

#define SELECT_BY_ID 0x00
#define SELECT_BY_NAME 0x04

#define DATA_SYSTEM 0x0106
#define SYSTEM_LENGTH 0x4d
#define SYSTEM_SERIAL_OFFSET 55

#define RESTORE_ENVIRONMENT 0xc3
#define UNBLOCK_WITH_NEW_PIN 0x02

/* One entry of DIRECTORY's answer: kind and identifier; the rest is not public. */
#define ENTRY_LENGTH 20
#define ENTRY_EF 0x2f
#define ENTRY_DF 0x3d

static gboolean
is_root (const EonayPracticeCommand *command)
{
  return command->body_length == 2 &&
         (command->body[0] << 8 | command->body[1]) == EONAY_PRACTICE_FILE_MF;
}

/* 00 names a DF, 02 an EF; a name is searched for below the MF, which has to be selected. */
static gboolean
may_be_selected (const EonayPracticeChip *chip, const EonayPracticeCommand *command)
{
  const EonayPracticeSelection *selection = &chip->selection;
  const EonayPracticeFile *file;

  if (command->p1 == SELECT_BY_NAME)
    return selection->current_df == chip->root;
  if (command->p1 != SELECT_BY_ID || is_root (command))
    return TRUE;
  if (chip->model->akis->only_root_by_id || command->body_length != 2)
    return FALSE;

  file = eonay_practice_file_find (selection->current_df,
                                   (guint16) (command->body[0] << 8 | command->body[1]));

  return file == NULL || eonay_practice_file_is_df (file);
}

static guint16
select_file (EonayPracticeChip *chip, const EonayPracticeCommand *command, GByteArray *response)
{
  if (command->p1 > 0x0f || !(chip->model->akis->selections & 1 << command->p1) ||
      command->p2 != 0x00)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (!may_be_selected (chip, command))
    return EONAY_PRACTICE_SW_NOT_FOUND;

  return eonay_practice_selection_select (&chip->selection, command, response);
}

static guint16
read_binary (EonayPracticeChip *chip, const EonayPracticeCommand *command, GByteArray *response)
{
  guint longest = chip->model->longest;

  if (command->p1 & 0x80)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (longest > 0 && command->expected > longest)
    return EONAY_PRACTICE_SW_WRONG_LENGTH;

  return eonay_practice_selection_read (&chip->selection, command, response);
}

static void
append_entry (const EonayPracticeFile *file, gpointer response)
{
  guint16 id = eonay_practice_file_get_id (file);
  guint8 entry[ENTRY_LENGTH] = { eonay_practice_file_is_df (file) ? ENTRY_DF : ENTRY_EF, id >> 8,
                                 id & 0xff };

  g_byte_array_append (response, entry, sizeof entry);
}

static guint16
list_files (EonayPracticeChip *chip, const EonayPracticeCommand *command, GByteArray *response)
{
  if (command->p1 != 0x00 || command->p2 != 0x00)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (command->body_length > 0 || command->expected == 0)
    return EONAY_PRACTICE_SW_WRONG_LENGTH;

  eonay_practice_file_foreach (chip->selection.current_df, append_entry, response);

  return EONAY_PRACTICE_SW_OK;
}

static guint16
get_data (EonayPracticeChip *chip, const EonayPracticeCommand *command, GByteArray *response)
{
  g_autofree char *serial = g_strdup_printf ("7000000000%02u", chip->serial[7] % 100);
  guint8 system[SYSTEM_LENGTH] = { 0 };

  if ((command->p1 << 8 | command->p2) != DATA_SYSTEM)
    return EONAY_PRACTICE_SW_REFERENCE_NOT_FOUND;
  if (command->body_length > 0 || command->expected == 0)
    return EONAY_PRACTICE_SW_WRONG_LENGTH;

  memcpy (system + SYSTEM_SERIAL_OFFSET, serial, strlen (serial));
  g_byte_array_append (response, system, sizeof system);

  return EONAY_PRACTICE_SW_OK;
}

static guint16
verify (EonayPracticeChip *chip, const EonayPracticeCommand *command)
{
  EonayPracticePin *pin = eonay_practice_security_find_pin (&chip->security, command->p2);

  if (command->p1 != 0x00)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (pin == NULL)
    return chip->model->akis->no_pin;

  return command->body_length > 0
             ? eonay_practice_pin_verify (pin, command->body, command->body_length)
             : eonay_practice_pin_ask (pin);
}

/* The old PIN is as long as its first byte says; or, inferred, as long as the PIN is. */
static gboolean
split_change (const EonayPracticeChip *chip, const EonayPracticePin *pin,
              const EonayPracticeCommand *command, gsize *old_length)
{
  gsize length = command->body_length;

  if (!chip->model->akis->measured_change)
    {
      *old_length = pin->length;
      return length > pin->length;
    }

  if (length < 2 || command->body[0] == 0 || (gsize) command->body[0] + 2 > length)
    return FALSE;

  *old_length = command->body[0];

  return *old_length + 2 + command->body[*old_length + 1] == length;
}

/* The PIN of VERIFY 81 is also called 01 with P1 = 02 here: software for v1.0 does so. */
static EonayPracticePin *
find_changed (EonayPracticeChip *chip, const EonayPracticeCommand *command)
{
  guint8 reference = command->p1 == 0x02 ? command->p2 | 0x80 : command->p2;

  return eonay_practice_security_find_pin (&chip->security, reference);
}

static guint16
change (EonayPracticeChip *chip, const EonayPracticeCommand *command)
{
  gsize head = chip->model->akis->measured_change ? 1 : 0;
  EonayPracticePin *pin = find_changed (chip, command);
  const guint8 *new_pin;
  gsize old_length;
  guint16 status;

  if (command->p1 != 0x00 && (command->p1 != 0x02 || head == 0))
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (pin == NULL)
    return chip->model->akis->no_pin;
  if (!split_change (chip, pin, command, &old_length))
    return EONAY_PRACTICE_SW_WRONG_LENGTH;

  status = eonay_practice_pin_verify (pin, command->body + head, old_length);
  if (status != EONAY_PRACTICE_SW_OK)
    return status;

  new_pin = command->body + head + old_length + head;

  return eonay_practice_pin_set (pin, new_pin,
                                 command->body_length - (gsize) (new_pin - command->body));
}

/* Inferred for v2. */
static guint16
unblock (EonayPracticeChip *chip, const EonayPracticeCommand *command)
{
  EonayPracticePin *pin = eonay_practice_security_find_pin (&chip->security, command->p2);
  EonayPracticePin *puk;
  guint16 status;

  if (command->p1 != UNBLOCK_WITH_NEW_PIN)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (pin == NULL || pin->plan->unblocked_by == 0)
    return chip->model->akis->no_pin;

  puk = eonay_practice_security_find_pin (&chip->security, pin->plan->unblocked_by);
  if (!puk->verified)
    return chip->model->akis->not_entered;

  status = eonay_practice_pin_set (pin, command->body, command->body_length);
  if (status != EONAY_PRACTICE_SW_OK)
    return status;

  puk->verified = FALSE;
  eonay_practice_pin_unblock (pin);

  return EONAY_PRACTICE_SW_OK;
}

static guint16
choose_by_reference (EonayPracticeChip *chip, const EonayPracticeCommand *command)
{
  const EonayPracticeKey *key;

  if (command->p1 != RESTORE_ENVIRONMENT)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (command->body_length > 0 || command->expected > 0)
    return EONAY_PRACTICE_SW_WRONG_LENGTH;

  key = eonay_practice_security_find_key (&chip->security, command->p2);

  return key != NULL && eonay_practice_security_choose (&chip->security, key, 0)
             ? EONAY_PRACTICE_SW_OK
             : chip->model->akis->no_key;
}

/* Inferred from IAS-ECC, to which v2 is akin: the algorithms are not public. */
static guint16
choose_by_templates (EonayPracticeChip *chip, const EonayPracticeCommand *command)
{
  const EonayPracticeKey *key = NULL;
  guint8 algorithm = 0;
  int reference = -1;

  if (command->p1 != 0x41 || command->p2 != 0xb6)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (!eonay_practice_security_parse_environment (command->body, command->body_length, &algorithm,
                                                  NULL, &reference) ||
      algorithm == 0)
    return EONAY_PRACTICE_SW_WRONG_CONTENT;

  if (reference >= 0)
    key = eonay_practice_security_find_key (&chip->security, (guint8) reference);
  if (key == NULL)
    return chip->model->akis->no_key;

  return eonay_practice_security_choose (&chip->security, key, algorithm)
             ? EONAY_PRACTICE_SW_OK
             : EONAY_PRACTICE_SW_WRONG_CONTENT;
}

static guint16
choose (EonayPracticeChip *chip, const EonayPracticeCommand *command)
{
  if (!chip->model->akis->signs)
    return EONAY_PRACTICE_SW_UNKNOWN_INSTRUCTION;

  return chip->model->akis->environment_in_body ? choose_by_templates (chip, command)
                                                : choose_by_reference (chip, command);
}

static guint16
sign (EonayPracticeChip *chip, const EonayPracticeCommand *command, GByteArray *response)
{
  EonayPracticeSecurity *security = &chip->security;
  const EonayPracticeAkisRules *rules = chip->model->akis;
  EonayPracticePin *pin = &security->pins[0];

  if (!rules->signs)
    return EONAY_PRACTICE_SW_UNKNOWN_INSTRUCTION;
  if (command->p1 != 0x9e || command->p2 != 0x9a)
    return EONAY_PRACTICE_SW_WRONG_P1_P2;
  if (!pin->verified)
    return rules->not_entered;
  if (security->key == NULL)
    return rules->not_chosen;
  if (!eonay_practice_scheme_sign (security->algorithm->scheme, security->key->pair, command->body,
                                   command->body_length, response))
    return EONAY_PRACTICE_SW_WRONG_CONTENT;

  pin->verified = !rules->uses_pin_up;

  return EONAY_PRACTICE_SW_OK;
}

guint16
eonay_practice_akis_execute (EonayPracticeChip *chip, const EonayPracticeCommand *command,
                             GByteArray *response)
{
  if (command->cla == chip->model->own_class && chip->model->own_class != 0)
    return command->ins == INS_DIRECTORY ? list_files (chip, command, response)
                                         : EONAY_PRACTICE_SW_UNKNOWN_INSTRUCTION;

  switch (command->ins)
    {
    case EONAY_PRACTICE_INS_SELECT:
      return select_file (chip, command, response);
    case EONAY_PRACTICE_INS_READ_BINARY:
      return read_binary (chip, command, response);
    case EONAY_PRACTICE_INS_GET_DATA:
      return get_data (chip, command, response);
    case EONAY_PRACTICE_INS_VERIFY:
      return verify (chip, command);
    case EONAY_PRACTICE_INS_CHANGE_REFERENCE:
      return change (chip, command);
    case EONAY_PRACTICE_INS_RESET_RETRY_COUNTER:
      return unblock (chip, command);
    case EONAY_PRACTICE_INS_MANAGE_SECURITY_ENVIRONMENT:
      return choose (chip, command);
    case EONAY_PRACTICE_INS_PERFORM_SECURITY_OPERATION:
      return sign (chip, command, response);
    default:
      return EONAY_PRACTICE_SW_UNKNOWN_INSTRUCTION;
    }
}
