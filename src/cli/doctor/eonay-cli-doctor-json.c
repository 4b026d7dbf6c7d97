#include "cli/doctor/eonay-cli-doctor-json.h"

#include <json-glib/json-glib.h>

#include "cli/eonay-cli-print.h"
#include "eonay-config.h"
#include "session/diagnosis/eonay-diagnosis-report.h"
#include "session/diagnosis/eonay-report-redaction.h"

#define FORMAT 1

/** @value: (nullable): "" is null, too */
static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL && *value != '\0')
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

/**
 * Redacts text that may name a person; the program's own words are unchanged, whatever the user's
 * name.
 */
static void
add_redacted (JsonBuilder *builder, const char *name, const char *value)
{
  g_autofree char *redacted = value != NULL ? eonay_report_redaction_apply_own (value) : NULL;

  add_text (builder, name, redacted);
}

static void
add_check (JsonBuilder *builder, EonayCheck *check)
{
  const EonayFinding *finding = eonay_check_get_finding (check);

  json_builder_begin_object (builder);
  add_text (builder, "id", eonay_check_get_id (check));
  add_redacted (builder, "subject", eonay_check_get_subject (check));
  add_text (builder, "state", eonay_finding_state_to_word (eonay_check_get_state (check)));
  add_text (builder, "code", finding != NULL ? finding->code : NULL);
  add_text (builder, "title", eonay_check_get_title (check));
  add_redacted (builder, "found", finding != NULL ? finding->found : NULL);
  add_redacted (builder, "remedy", finding != NULL ? finding->remedy : NULL);
  add_text (builder, "command", finding != NULL ? finding->command : NULL);
  json_builder_end_object (builder);
}

char *
eonay_cli_doctor_json_write (EonayDiagnosis *diagnosis, GDateTime *now)
{
  GListModel *model = G_LIST_MODEL (diagnosis);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *time = eonay_cli_print_make_time (now);
  g_autofree char *line = eonay_diagnosis_report_line (diagnosis);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_int_value (builder, FORMAT);
  add_text (builder, "version", EONAY_VERSION);
  add_text (builder, "time", time);
  add_text (builder, "helpdesk", line);
  json_builder_set_member_name (builder, "practice");
  json_builder_add_boolean_value (builder, eonay_diagnosis_is_practice (diagnosis));
  json_builder_set_member_name (builder, "can_sign");
  json_builder_add_boolean_value (builder, eonay_diagnosis_can_sign (diagnosis));
  json_builder_set_member_name (builder, "checks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayCheck) check = g_list_model_get_item (model, i);

      add_check (builder, check);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, TRUE);
}
