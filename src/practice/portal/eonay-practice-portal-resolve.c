#include <string.h>

#include "practice/portal/eonay-practice-portal-private.h"
#include "practice/portal/eonay-practice-reply.h"

#define CODE_LENGTH 15

static gboolean
is_code (const char *text)
{
  return text != NULL && strlen (text) == CODE_LENGTH && strspn (text, "0123456789") == CODE_LENGTH;
}

static void
reply_half (SoupServerMessage *message, JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  text[strlen (text) / 2] = '\0';
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text,
                                    strlen (text));
  json_node_unref (node);
}

static void
reply_transaction (SoupServerMessage *message, EonayPracticeTransaction *transaction, gint64 now)
{
  switch (transaction->fault)
    {
    case EONAY_PRACTICE_FAULT_SLOW:
      soup_server_message_pause (message);
      break;
    case EONAY_PRACTICE_FAULT_CUT:
      eonay_practice_reply_cut (message, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                         "Content-Length: 900\r\n\r\n{\"transaction\":\"");
      break;
    case EONAY_PRACTICE_FAULT_MALFORMED:
      reply_half (message, eonay_practice_transaction_resolve (transaction, now));
      break;
    default:
      eonay_practice_reply_json (message, eonay_practice_transaction_resolve (transaction, now));
    }
}

void
eonay_practice_portal_resolve (EonayPracticePortal *self, SoupServerMessage *message,
                               const char *id)
{
  g_autoptr (JsonObject) object = eonay_practice_reply_read_object (message);
  const char *code = object == NULL ? NULL : eonay_practice_reply_get_string (object, "code");
  const char *client = soup_server_message_get_remote_host (message);
  EonayPracticeLimit *limit = eonay_practice_portal_get_limit (self);
  gint64 now = eonay_clock_boottime (eonay_practice_portal_get_clock (self));
  guint wait = eonay_practice_limit_get_wait (limit, client, now);
  EonayPracticeTransaction *transaction;

  if (wait > 0)
    {
      eonay_practice_reply_wait (message, wait);
      return;
    }

  if (!is_code (code))
    {
      eonay_practice_reply_problem (message, "code-malformed");
      return;
    }

  transaction = eonay_practice_portal_find_code (self, code);
  if (transaction == NULL)
    {
      eonay_practice_limit_count (limit, client, now);
      eonay_practice_reply_problem (message, "code-unknown");
      return;
    }

  /* expires_in is at least one second. */
  if (transaction->code_used || transaction->declined)
    eonay_practice_reply_problem (message, "code-used");
  else if (transaction->expires_at - now < G_USEC_PER_SEC)
    eonay_practice_reply_problem (message, "expired");
  else
    {
      transaction->code_used = TRUE;
      reply_transaction (message, transaction, now);
    }
}
