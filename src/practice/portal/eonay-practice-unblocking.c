#include "practice/portal/eonay-practice-unblocking.h"

#include <string.h>

#include "practice/portal/eonay-practice-random.h"

#define TEXT_MAX 64
#define PUK_MIN 4
#define PUK_MAX 16
#define SMS_VALIDITY_MAX 86400
#define SMS_DIGITS 6

gboolean
eonay_practice_unblocking_is_digits (const char *text, gsize min, gsize max)
{
  gsize length = text == NULL ? 0 : strspn (text, "0123456789");

  return text != NULL && text[length] == '\0' && length >= min && length <= max;
}

static gboolean
is_short_text (const char *text)
{
  return *text != '\0' && strlen (text) <= TEXT_MAX;
}

EonayPracticeUnblocking *
eonay_practice_unblocking_new (const EonayPracticeUnblockWish *wish)
{
  const char *word = wish->security_word == NULL ? EONAY_PRACTICE_SECURITY_WORD
                                                 : wish->security_word;
  const char *puk = wish->puk == NULL ? EONAY_PRACTICE_PUK : wish->puk;
  gint64 validity = wish->sms_validity == 0 ? EONAY_PRACTICE_SMS_VALIDITY : wish->sms_validity;
  EonayPracticeUnblocking *self;

  if (!is_short_text (word) || !eonay_practice_unblocking_is_digits (puk, PUK_MIN, PUK_MAX) ||
      validity < 1 || validity > SMS_VALIDITY_MAX ||
      (wish->card_serial != NULL && !is_short_text (wish->card_serial)))
    return NULL;

  self = g_new0 (EonayPracticeUnblocking, 1);
  self->card_serial = g_strdup (wish->card_serial);
  self->puk = g_strdup (puk);
  self->security_word = g_strdup (word);
  self->sms_validity = (guint) validity;
  self->words_left = EONAY_PRACTICE_WORDS;
  self->sms_codes_left = EONAY_PRACTICE_SMS_CODES;

  return self;
}

void
eonay_practice_unblocking_free (EonayPracticeUnblocking *self)
{
  if (self == NULL)
    return;

  g_free (self->card_serial);
  g_free (self->puk);
  g_free (self->security_word);
  g_free (self->sms_code);
  g_free (self->outcome);
  g_free (self);
}

static const char *
spend (EonayPracticeUnblocking *self, guint *left, const char *problem)
{
  if (--*left > 0)
    return problem;

  self->failed = TRUE;

  return "attempts-exhausted";
}

const char *
eonay_practice_unblocking_ask (EonayPracticeUnblocking *self, const char *card_serial,
                               const char *security_word, EonayPracticeFault fault, gint64 now)
{
  if (self->failed)
    return "attempts-exhausted";
  if (self->card_serial != NULL && g_ascii_strcasecmp (self->card_serial, card_serial) != 0)
    return "card-mismatch";
  if (!g_str_equal (self->security_word, security_word))
    return spend (self, &self->words_left, "security-word-wrong");
  if (self->messages == EONAY_PRACTICE_MESSAGES)
    return "too-many-requests";

  self->messages++;
  g_free (self->sms_code);
  self->sms_code = eonay_practice_random_digits (SMS_DIGITS);
  self->sms_expires_at = now + (gint64) self->sms_validity * G_USEC_PER_SEC;
  if (fault == EONAY_PRACTICE_FAULT_SMS_LATE && self->messages == 1)
    self->sms_expires_at = now;

  return NULL;
}

const char *
eonay_practice_unblocking_confirm (EonayPracticeUnblocking *self, const char *sms_code, gint64 now)
{
  if (self->failed)
    return "attempts-exhausted";
  if (now >= self->sms_expires_at)
    return "sms-code-expired";
  if (!g_str_equal (self->sms_code, sms_code))
    return spend (self, &self->sms_codes_left, "sms-code-wrong");

  self->puk_given = TRUE;

  return NULL;
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  if (text == NULL)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_number (JsonBuilder *builder, const char *name, guint number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

void
eonay_practice_unblocking_describe (EonayPracticeUnblocking *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "unblock");
  json_builder_begin_object (builder);
  add_text (builder, "card_serial", self->card_serial);
  add_text (builder, "security_word", self->security_word);
  add_number (builder, "words_left", self->words_left);
  add_number (builder, "sms_codes_left", self->sms_codes_left);
  add_number (builder, "sms_count", self->messages);
  add_text (builder, "sms_code", self->sms_code);
  json_builder_set_member_name (builder, "puk_given");
  json_builder_add_boolean_value (builder, self->puk_given);
  add_text (builder, "outcome", self->outcome);
  json_builder_end_object (builder);
}
