#include <json-glib/json-glib.h>

#include "portal/eonay-portal.h"
#include "portal/message/eonay-json.h"
#include "portal/message/eonay-problem.h"

/* Prints what the client knows of the protocol, for test-portal-api to hold against it. */
int
main (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  guint n;
  const EonayProblem *problems = eonay_problem_list (&n);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "operations");
  json_builder_begin_array (builder);
  for (guint i = 0; i < EONAY_N_OPERATIONS; i++)
    json_builder_add_string_value (builder,
                                   eonay_transaction_operation_to_word ((EonayOperation) i));
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "problems");
  json_builder_begin_object (builder);
  for (guint i = 0; i < n; i++)
    {
      json_builder_set_member_name (builder, problems[i].word);
      json_builder_add_int_value (builder, problems[i].status);
    }
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "limits");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "json-bytes");
  json_builder_add_int_value (builder, EONAY_JSON_MAX);
  json_builder_set_member_name (builder, "json-depth");
  json_builder_add_int_value (builder, EONAY_JSON_DEPTH);
  json_builder_set_member_name (builder, "documents");
  json_builder_add_int_value (builder, EONAY_DOCUMENTS_MAX);
  json_builder_set_member_name (builder, "document-bytes");
  json_builder_add_int_value (builder, EONAY_DOCUMENT_MAX);
  json_builder_set_member_name (builder, "documents-sum-bytes");
  json_builder_add_int_value (builder, EONAY_DOCUMENTS_SUM_MAX);
  json_builder_set_member_name (builder, "text-bytes");
  json_builder_add_int_value (builder, EONAY_DOCUMENT_TEXT_MAX);
  json_builder_set_member_name (builder, "texts-sum-bytes");
  json_builder_add_int_value (builder, EONAY_DOCUMENT_TEXTS_SUM_MAX);
  json_builder_set_member_name (builder, "text-lines");
  json_builder_add_int_value (builder, EONAY_DOCUMENT_LINES_MAX);
  json_builder_set_member_name (builder, "text-line-bytes");
  json_builder_add_int_value (builder, EONAY_DOCUMENT_LINE_MAX);
  json_builder_set_member_name (builder, "text-run-bytes");
  json_builder_add_int_value (builder, EONAY_DOCUMENT_RUN_MAX);
  json_builder_set_member_name (builder, "text-marks");
  json_builder_add_int_value (builder, EONAY_DOCUMENT_MARKS_MAX);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  g_print ("%s\n", text);

  return 0;
}
