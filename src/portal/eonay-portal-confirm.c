#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <string.h>

#include "base/eonay-error.h"
#include "portal/eonay-portal-private.h"
#include "portal/eonay-portal-unblock.h"
#include "portal/message/eonay-secret-json.h"

#define PUK_MIN 4
#define PUK_MAX 16
#define SALT_LENGTH 32

static G_DEFINE_QUARK (eonay - confirmation - salt, salt)

    /* A portal may send the same code again, and would go on with its answer to the late one. */
    void eonay_portal_renew_confirmation (EonayTransaction *transaction)
{
  g_object_set_qdata (G_OBJECT (transaction), salt_quark (), NULL);
}

static const EonaySecret *
get_salt (EonayTransaction *transaction)
{
  EonaySecret *salt = g_object_get_qdata (G_OBJECT (transaction), salt_quark ());

  if (salt == NULL)
    {
      guint8 bytes[SALT_LENGTH];

      if (RAND_bytes (bytes, sizeof bytes) != 1)
        g_error ("No random numbers");
      salt = eonay_secret_new (bytes, sizeof bytes);
      OPENSSL_cleanse (bytes, sizeof bytes);
      g_object_set_qdata_full (G_OBJECT (transaction), salt_quark (), salt,
                               (GDestroyNotify) eonay_secret_free);
    }

  return salt;
}

/* A few digits could be guessed from a plain digest of them, and a list of keys would hold one. */
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

static EonaySecret *
parse_puk (EonayAnswer *answer, GError **error)
{
  if (!eonay_answer_check (answer, "application/json", error))
    return NULL;

  if (!answer->no_store)
    {
      g_set_error_literal (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_MALFORMED,
                           "The portal's answer with the PUK may be stored on its way");
      return NULL;
    }

  return eonay_secret_json_get_digits (answer->body, "puk", PUK_MIN, PUK_MAX, error);
}

static void confirm_once (GTask *task);

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  EonayPortalCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (EonayAnswer) answer = eonay_portal_post_finish (EONAY_PORTAL (source), result, &error);
  EonaySecret *puk = answer == NULL ? NULL : parse_puk (answer, &error);

  if (puk != NULL)
    g_task_return_pointer (task, puk, (GDestroyNotify) eonay_secret_free);
  else
    eonay_portal_try_later (task, error, eonay_transaction_get_expires_at (call->transaction),
                            &call->attempt, confirm_once);
}

static void
confirm_once (GTask *task)
{
  EonayPortalCall *call = g_task_get_task_data (task);

  eonay_portal_post_secret_async (g_task_get_source_object (task), call->path, call->body,
                                  call->key, g_task_get_cancellable (task), on_confirmed,
                                  g_object_ref (task));
}

void
eonay_portal_confirm_unblock_async (EonayPortal *self, EonayTransaction *transaction,
                                    EonaySecret *sms_code, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (EonaySecret) code = sms_code;
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (EONAY_IS_PORTAL (self));

  g_task_set_source_tag (task, eonay_portal_confirm_unblock_async);
  if (!is_sms_code (code))
    {
      eonay_portal_return_unsent (task, EONAY_PORTAL_ERROR_SMS_CODE_WRONG,
                                  "No portal takes this as an SMS code");
      return;
    }

  g_task_set_task_data (
      task,
      eonay_portal_call_new (transaction, "unblock/confirm", create_key (transaction, code),
                             eonay_secret_json_new (NULL, NULL, "sms_code", code)),
      (GDestroyNotify) eonay_portal_call_free);
  confirm_once (task);
}

EonaySecret *
eonay_portal_confirm_unblock_finish (EonayPortal *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
