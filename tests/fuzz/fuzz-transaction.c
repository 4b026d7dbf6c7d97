#include "fuzz-target.h"

#include "base/eonay-text-class.h"
#include "portal/eonay-portal-private.h"
#include "portal/eonay-transaction-private.h"
#include "portal/message/eonay-problem.h"

static void
check_line (const char *line)
{
  g_assert_true (g_utf8_validate (line, -1, NULL));
  g_assert_cmpuint (eonay_text_class_scan (line), ==, EONAY_TEXT_CLASS_ORDINARY);
}

static void
check (EonayTransaction *transaction)
{
  GListModel *documents = eonay_transaction_get_documents (transaction);

  check_line (eonay_transaction_get_portal_name (transaction));
  if (eonay_transaction_get_card_hint (transaction) != NULL)
    check_line (eonay_transaction_get_card_hint (transaction));
  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EonayDocument) document = g_list_model_get_item (documents, i);

      check_line (eonay_document_get_label (document));
      g_assert_cmpuint (g_bytes_get_size (eonay_document_get_digest (document)), ==, 32);
      g_assert_null (strstr (eonay_document_get_href (document), ".."));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  g_autoptr (GBytes) json = g_bytes_new (bytes, length);
  g_autofree char *word = g_strndup ((const char *) bytes, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayTransaction) transaction = eonay_transaction_parse (json, 0, &error);

  g_assert_true ((transaction == NULL) == (error != NULL));
  if (transaction != NULL)
    check (transaction);
  eonay_problem_find (word);

  return 0;
}
