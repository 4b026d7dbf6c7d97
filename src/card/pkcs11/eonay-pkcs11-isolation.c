#include "card/pkcs11/eonay-pkcs11-isolation.h"

#include <string.h>

#include "base/eonay-error.h"
#include "card/pkcs11/eonay-pkcs11-channel.h"

#define LIMIT 10000

static gboolean
is_piece (GBytes *bytes, const char *piece)
{
  gsize length;
  const char *name = g_bytes_get_data (bytes, &length);

  return length == strlen (piece) && memcmp (name, piece, length) == 0;
}

static EonaySandboxLack
read_lack (GPtrArray *pieces)
{
  EonaySandboxLack lack = EONAY_SANDBOX_LACKS_NOTHING;

  for (guint i = 0; i < pieces->len; i++)
    {
      if (is_piece (pieces->pdata[i], EONAY_PKCS11_LACKS_FILES))
        lack |= EONAY_SANDBOX_LACKS_FILES;
      if (is_piece (pieces->pdata[i], EONAY_PKCS11_LACKS_CALLS))
        lack |= EONAY_SANDBOX_LACKS_CALLS;
    }

  return lack;
}

static void
find_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (EonayPkcs11Channel) channel = eonay_pkcs11_channel_new ("--sandbox");
  GError *error = NULL;
  g_autoptr (EonayPkcs11Answer) answer = eonay_pkcs11_channel_ask (channel, NULL, LIMIT, &error);

  if (answer != NULL && answer->modules != NULL)
    g_task_return_int (task, (gssize) read_lack (answer->modules));
  else if (answer != NULL && answer->error != NULL)
    g_task_return_error (task, g_error_copy (answer->error));
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, EONAY_CARD_ERROR, EONAY_CARD_ERROR_MODULE_FAILED,
                             "The module host did not answer what was asked");
}

void
eonay_pkcs11_isolation_find_async (GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, eonay_pkcs11_isolation_find_async);
  g_task_run_in_thread (task, find_in_thread);
}

gboolean
eonay_pkcs11_isolation_find_finish (GAsyncResult *result, EonaySandboxLack *lack, GError **error)
{
  gssize found;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  found = g_task_propagate_int (G_TASK (result), error);
  if (found < 0)
    return FALSE;

  *lack = (EonaySandboxLack) found;

  return TRUE;
}
