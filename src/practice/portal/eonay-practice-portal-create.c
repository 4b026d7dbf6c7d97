#include "practice/portal/eonay-practice-portal-private.h"
#include "practice/portal/eonay-practice-reply.h"

#define DEFAULT_VALIDITY 285

static void
reply_created (SoupServerMessage *message, EonayPracticeTransaction *transaction)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "code");
  json_builder_add_string_value (builder, transaction->code);
  json_builder_set_member_name (builder, "transaction");
  json_builder_add_string_value (builder, transaction->id);
  json_builder_end_object (builder);

  eonay_practice_reply_json (message, json_builder_get_root (builder));
}

/* Returns: whether it is absent or a whole number */
static gboolean
read_number (JsonObject *object, const char *name, gint64 *number)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;

  *number = json_node_get_int (node);

  return TRUE;
}

void
eonay_practice_portal_create_asked (EonayPracticePortal *self, SoupServerMessage *message,
                                    const char *id)
{
  g_autoptr (JsonObject) object = eonay_practice_reply_read_object (message);
  EonayPracticeTransaction *transaction = NULL;
  EonayPracticeUnblockWish wish = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 validity = DEFAULT_VALIDITY;
  const char *operation;

  if (object == NULL || (operation = eonay_practice_reply_get_string (object, "operation")) == NULL)
    {
      eonay_practice_reply_status (message, 400, "DENEME: İstek gövdesi beklendiği gibi değil.");
      return;
    }

  if (!read_number (object, "validity", &validity) ||
      !read_number (object, "sms_validity", &wish.sms_validity))
    {
      eonay_practice_reply_status (message, 400,
                                   "DENEME: validity ve sms_validity bir tam sayı olmalıdır.");
      return;
    }

  wish.card_serial = eonay_practice_reply_get_string (object, "card_serial");
  wish.puk = eonay_practice_reply_get_string (object, "puk");
  wish.security_word = eonay_practice_reply_get_string (object, "security_word");
  transaction = eonay_practice_portal_add (
      self, operation, validity, eonay_practice_reply_get_string (object, "signer_hint"),
      eonay_practice_reply_get_string (object, "fault"), &wish, &error);
  if (transaction == NULL)
    eonay_practice_reply_status (message, 400, error->message);
  else
    reply_created (message, transaction);
}
