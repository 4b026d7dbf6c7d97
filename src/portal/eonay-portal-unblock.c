#include "portal/eonay-portal-unblock.h"

#include <string.h>

#include "base/eonay-error.h"
#include "portal/eonay-portal-private.h"
#include "portal/message/eonay-json.h"
#include "portal/message/eonay-secret-json.h"

#define UNSENT_RETRIES 4
#define TO_MAX 256
#define SMS_EXPIRES_IN_MAX 86400
#define CARD_SERIAL_MAX 64

void
eonay_sms_free (EonaySms *self)
{
  if (self == NULL)
    return;

  g_free (self->to);
  g_free (self);
}

static EonaySms *
parse_sms (EonayAnswer *answer, GError **error)
{
  g_autoptr (JsonObject) object = eonay_answer_get_object (answer, error);
  JsonObject *member = object == NULL ? NULL : eonay_json_get_object (object, "sms", error);
  g_autofree char *to = NULL;
  gint64 expires_in;
  gint64 attempts_left;
  EonaySms *sms;

  if (member == NULL || (to = eonay_json_dup_line (member, "to", TO_MAX, error)) == NULL ||
      !eonay_json_get_integer (member, "expires_in", 1, SMS_EXPIRES_IN_MAX, &expires_in, error) ||
      !eonay_json_get_integer (member, "attempts_left", 1, EONAY_ATTEMPTS_MAX, &attempts_left,
                               error))
    return NULL;

  sms = g_new0 (EonaySms, 1);
  sms->to = g_steal_pointer (&to);
  sms->expires_at = answer->left_at + expires_in * G_USEC_PER_SEC;
  sms->attempts_left = (guint) attempts_left;

  return sms;
}

static void ask_once (GTask *task);

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  EonayPortalCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (EonayAnswer) answer = eonay_portal_post_finish (EONAY_PORTAL (source), result, &error);
  EonaySms *sms = answer == NULL ? NULL : parse_sms (answer, &error);

  if (sms != NULL)
    {
      eonay_portal_renew_confirmation (call->transaction);
      g_task_return_pointer (task, sms, (GDestroyNotify) eonay_sms_free);
    }
  else if (eonay_portal_error_is_unsent (error) && call->attempt < UNSENT_RETRIES)
    eonay_portal_try_later (task, error, eonay_transaction_get_expires_at (call->transaction),
                            &call->attempt, ask_once);
  else
    g_task_return_error (task, error);
}

static void
ask_once (GTask *task)
{
  EonayPortalCall *call = g_task_get_task_data (task);

  eonay_portal_post_secret_async (g_task_get_source_object (task), call->path, call->body, NULL,
                                  g_task_get_cancellable (task), on_asked, g_object_ref (task));
}

static GBytes *
create_body (const char *card_serial, const EonaySecret *security_word)
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
  g_autoptr (EonaySecret) word = security_word;
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  EonayPortalCall *call;

  g_return_if_fail (EONAY_IS_PORTAL (self));

  call = eonay_portal_call_new (transaction, "unblock", NULL, create_body (card_serial, word));
  g_task_set_task_data (task, call, (GDestroyNotify) eonay_portal_call_free);
  g_task_set_source_tag (task, eonay_portal_unblock_async);
  if (*card_serial == '\0' || strlen (card_serial) > CARD_SERIAL_MAX)
    eonay_portal_return_unsent (task, EONAY_PORTAL_ERROR_CARD_MISMATCH,
                                "No portal can mean a card of this serial number");
  else if (call->body == NULL)
    eonay_portal_return_unsent (task, EONAY_PORTAL_ERROR_SECURITY_WORD_WRONG,
                                "No portal takes this as a security word");
  else
    ask_once (task);
}

EonaySms *
eonay_portal_unblock_finish (EonayPortal *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
