#include "portal/eonay-portal-unblock.h"

#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <string.h>

#include "base/eonay-error.h"
#include "portal/eonay-portal-call.h"
#include "portal/eonay-portal-private.h"
#include "portal/message/eonay-json.h"
#include "portal/message/eonay-secret-json.h"

#define UNSENT_RETRIES 4
#define TO_MAX 256
#define SMS_EXPIRES_IN_MAX 86400
#define CARD_SERIAL_MAX 64
#define PUK_MIN 4
#define PUK_MAX 16
#define SALT "eonay-confirmation-salt"
#define SALT_LENGTH 32

void
eonay_portal_sms_free (EonayPortalSms *self)
{
  if (self == NULL)
    return;

  g_free (self->to);
  g_free (self);
}

/* Fails with an error of @code that is marked as unsent. */
static void
fail_unsent (EonayPortal *self, EonayPortalError code, const char *message,
             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = g_error_new_literal (EONAY_PORTAL_ERROR, (int) code, message);

  eonay_portal_error_set_unsent (error);
  g_task_return_error (task, error);
}

static gpointer
take_sms (EonayTransaction *transaction, EonayAnswer *answer, GError **error)
{
  g_autoptr (JsonObject) object = eonay_answer_get_object (answer, error);
  JsonObject *member = object == NULL ? NULL : eonay_json_get_object (object, "sms", error);
  g_autofree char *to = NULL;
  gint64 expires_in;
  gint64 attempts_left;
  EonayPortalSms *sms;

  if (member == NULL || (to = eonay_json_dup_line (member, "to", TO_MAX, error)) == NULL ||
      !eonay_json_get_integer (member, "expires_in", 1, SMS_EXPIRES_IN_MAX, &expires_in, error) ||
      !eonay_json_get_integer (member, "attempts_left", 1, EONAY_ATTEMPTS_MAX, &attempts_left,
                               error))
    return NULL;

  sms = g_new0 (EonayPortalSms, 1);
  sms->to = g_steal_pointer (&to);
  sms->expires_at = answer->left_at + expires_in * G_USEC_PER_SEC;
  sms->attempts_left = (guint) attempts_left;
  /* A portal may send the same code again, and would repeat its answer to the expired one. */
  g_object_set_data (G_OBJECT (transaction), SALT, NULL);

  return sms;
}

static GBytes *
new_word_body (const char *card_serial, const EonaySecret *security_word)
{
  gsize length;

  eonay_secret_peek (security_word, &length);
  if (length == 0 || length > EONAY_SECURITY_WORD_MAX)
    return NULL;

  return eonay_secret_json_new ("card_serial", card_serial, "security_word", security_word);
}

void
eonay_portal_unblock_async (EonayPortal *self, EonayTransaction *transaction,
                            const char *card_serial, EonaySecret *security_word,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  static const EonayPortalCall call = {
    .name = "unblock",
    .parse = take_sms,
    .free_result = (GDestroyNotify) eonay_portal_sms_free,
    .retries = UNSENT_RETRIES,
    .is_costly = TRUE,
    .secret = TRUE,
  };
  g_autoptr (EonaySecret) word = security_word;
  g_autoptr (GBytes) body = NULL;

  g_return_if_fail (EONAY_IS_PORTAL (self));

  body = new_word_body (card_serial, word);
  if (*card_serial == '\0' || strlen (card_serial) > CARD_SERIAL_MAX)
    fail_unsent (self, EONAY_PORTAL_ERROR_CARD_MISMATCH, "Not a possible serial number of a card",
                 cancellable, callback, user_data);
  else if (body == NULL)
    fail_unsent (self, EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG, "Not a possible security word",
                 cancellable, callback, user_data);
  else
    eonay_portal_call_async (&call, self, transaction, NULL, g_steal_pointer (&body), cancellable,
                             callback, user_data);
}

EonayPortalSms *
eonay_portal_unblock_finish (EonayPortal *self, GAsyncResult *result, GError **error)
{
  return eonay_portal_call_finish (self, result, error);
}

static const EonaySecret *
get_salt (EonayTransaction *transaction)
{
  EonaySecret *salt = g_object_get_data (G_OBJECT (transaction), SALT);

  if (salt == NULL)
    {
      guint8 bytes[SALT_LENGTH];

      if (RAND_bytes (bytes, sizeof bytes) != 1)
        g_error ("No random numbers");
      salt = eonay_secret_new (bytes, sizeof bytes);
      OPENSSL_cleanse (bytes, sizeof bytes);
      g_object_set_data_full (G_OBJECT (transaction), SALT, salt,
                              (GDestroyNotify) eonay_secret_free);
    }

  return salt;
}

/* A plain digest of a few digits could be reversed, and a list of keys would contain one. */
static char *
create_key (EonayTransaction *transaction, const EonaySecret *sms_code)
{
  gsize salt_length;
  gsize length;
  const guint8 *salt = eonay_secret_peek (get_salt (transaction), &salt_length);
  const guint8 *digits = eonay_secret_peek (sms_code, &length);
  guint8 mac[EVP_MAX_MD_SIZE];
  guint mac_length;
  GString *key = g_string_new (NULL);

  if (HMAC (EVP_sha256 (), salt, (int) salt_length, digits, length, mac, &mac_length) == NULL)
    g_error ("No HMAC");
  for (guint i = 0; i < mac_length; i++)
    g_string_append_printf (key, "%02x", mac[i]);

  return g_string_free (key, FALSE);
}

static gboolean
is_sms_code (const EonaySecret *secret)
{
  gsize length;
  const guint8 *bytes = eonay_secret_peek (secret, &length);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (bytes[i]))
      return FALSE;

  return length >= EONAY_SMS_CODE_MIN && length <= EONAY_SMS_CODE_MAX;
}

static gpointer
parse_puk (EonayTransaction *transaction, EonayAnswer *answer, GError **error)
{
  if (!eonay_answer_check (answer, "application/json", error))
    return NULL;

  if (!answer->no_store)
    {
      g_set_error_literal (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_MALFORMED,
                           "The portal's answer with the PUK is not marked no-store");
      return NULL;
    }

  return eonay_secret_json_get_digits (answer->body, "puk", PUK_MIN, PUK_MAX, error);
}

void
eonay_portal_confirm_unblock_async (EonayPortal *self, EonayTransaction *transaction,
                                    EonaySecret *sms_code, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data)
{
  static const EonayPortalCall call = {
    .name = "unblock/confirm",
    .parse = parse_puk,
    .free_result = (GDestroyNotify) eonay_secret_free,
    .retries = G_MAXUINT,
    .secret = TRUE,
  };
  g_autoptr (EonaySecret) code = sms_code;

  g_return_if_fail (EONAY_IS_PORTAL (self));

  if (is_sms_code (code))
    eonay_portal_call_async (&call, self, transaction, create_key (transaction, code),
                             eonay_secret_json_new (NULL, NULL, "sms_code", code), cancellable,
                             callback, user_data);
  else
    fail_unsent (self, EONAY_PORTAL_ERROR_SMS_CODE_WRONG, "Not a possible SMS code", cancellable,
                 callback, user_data);
}

EonaySecret *
eonay_portal_confirm_unblock_finish (EonayPortal *self, GAsyncResult *result, GError **error)
{
  return eonay_portal_call_finish (self, result, error);
}

static const char *
word_of (EonayUnblockOutcome outcome)
{
  static const char *const words[] = {
    [EONAY_UNBLOCK_OUTCOME_DONE] = "done",
    [EONAY_UNBLOCK_OUTCOME_FAILED] = "failed",
    [EONAY_UNBLOCK_OUTCOME_CANCELLED] = "cancelled",
    [EONAY_UNBLOCK_OUTCOME_UNKNOWN] = "unknown",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (words) == EONAY_N_UNBLOCK_OUTCOMES);
  g_return_val_if_fail ((guint) outcome < EONAY_N_UNBLOCK_OUTCOMES, NULL);

  return words[outcome];
}

void
eonay_portal_report_unblock_async (EonayPortal *self, EonayTransaction *transaction,
                                   EonayUnblockOutcome outcome, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  static const EonayPortalCall call = {
    .name = "unblock/result",
    .retries = G_MAXUINT,
    .grace = EONAY_PORTAL_GRACE,
  };
  char *text;

  g_return_if_fail (EONAY_IS_PORTAL (self));

  text = g_strdup_printf ("{\"outcome\":\"%s\"}", word_of (outcome));
  eonay_portal_call_async (&call, self, transaction, NULL, g_bytes_new_take (text, strlen (text)),
                           cancellable, callback, user_data);
}

gboolean
eonay_portal_report_unblock_finish (EonayPortal *self, GAsyncResult *result, GError **error)
{
  return eonay_portal_call_finish (self, result, error) != NULL;
}
