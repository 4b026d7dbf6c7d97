#include "session/diagnosis/eonay-diagnosis-report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "eonay-config.h"
#include "session/diagnosis/eonay-helpdesk-line.h"
#include "session/diagnosis/eonay-report-redaction.h"
#include "session/eonay-words.h"

#define INDENT "    "

static const char *const signs[] = {
  [EONAY_FINDING_PENDING] = "…", [EONAY_FINDING_NOT_APPLICABLE] = "–",
  [EONAY_FINDING_OK] = "✓",      [EONAY_FINDING_WARNING] = "!",
  [EONAY_FINDING_UNKNOWN] = "?", [EONAY_FINDING_FAILURE] = "✗",
};

/* A finding may have several lines. */
static void
add_indented (GString *report, const char *before, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (report, INDENT "%s%s\n", i == 0 ? before : "", lines[i]);
}

/* Redacts text that may name a person; the program's own words are unchanged, whatever the user's
   name. */
static void
add_redacted (GString *report, const char *before, const char *text)
{
  g_autofree char *redacted = eonay_report_redaction_apply_own (text);

  add_indented (report, before, redacted);
}

static void
add_check (GString *report, EonayCheck *check)
{
  const EonayFinding *finding = eonay_check_get_finding (check);
  const char *subject = eonay_check_get_subject (check);

  g_string_append_printf (report, "%s %s", signs[eonay_check_get_state (check)],
                          eonay_check_get_title (check));
  if (subject != NULL)
    {
      g_autofree char *redacted = eonay_report_redaction_apply_own (subject);

      g_string_append_printf (report, " · %s", redacted);
    }
  if (finding == NULL)
    {
      g_string_append_c (report, '\n');
      return;
    }

  if (finding->code != NULL && finding->state >= EONAY_FINDING_WARNING)
    g_string_append_printf (report, " · %s", finding->code);
  g_string_append_c (report, '\n');
  add_redacted (report, "", finding->found);
  if (*finding->remedy != '\0')
    add_redacted (report, "→ ", finding->remedy);
  if (finding->command != NULL)
    add_indented (report, "  ", finding->command);
}

/* Returns: (nullable): the short code of the first check in @state that has one */
static const char *
find_code (EonayDiagnosis *self, EonayFindingState state)
{
  GListModel *model = G_LIST_MODEL (self);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayCheck) check = g_list_model_get_item (model, i);
      const EonayFinding *finding = eonay_check_get_finding (check);

      if (finding != NULL && finding->code != NULL && eonay_check_get_state (check) == state)
        return finding->code;
    }

  return NULL;
}

char *
eonay_diagnosis_report_line (EonayDiagnosis *self)
{
  const char *code = find_code (self, EONAY_FINDING_FAILURE);

  if (code == NULL)
    code = find_code (self, EONAY_FINDING_WARNING);

  return eonay_helpdesk_line_write (code, eonay_diagnosis_get_readers (self));
}

char *
eonay_diagnosis_report (EonayDiagnosis *self, GDateTime *now)
{
  GListModel *model = G_LIST_MODEL (self);
  g_autoptr (GString) report = g_string_new (NULL);
  g_autofree char *time = eonay_words_time (now);
  g_autofree char *line = eonay_diagnosis_report_line (self);
  int group = -1;

  g_string_append_printf (report, "%s · e-Onay %s · %s\n", _ ("Diagnostics report"), EONAY_VERSION,
                          time);
  g_string_append_printf (report, "%s: %s\n", _ ("For the helpdesk"), line);
  if (eonay_diagnosis_is_practice (self))
    g_string_append_printf (report, "%s\n", _ ("PRACTICE MODE · signatures are not valid"));
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (EonayCheck) check = g_list_model_get_item (model, i);

      if ((int) eonay_check_get_group (check) != group)
        {
          group = (int) eonay_check_get_group (check);
          g_string_append_printf (report, "\n%s\n", eonay_check_group_get_title (group));
        }
      add_check (report, check);
    }
  g_string_append_printf (report, "\n%s\n", eonay_diagnosis_describe_verdict (self));

  return g_string_free (g_steal_pointer (&report), FALSE);
}
