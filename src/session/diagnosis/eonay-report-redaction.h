#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayReportSubject: the names to be redacted in a report.
 *
 * @home: (nullable): absolute path of the home folder, which becomes "~"
 * @user: (nullable): the user's name, which becomes "~" as a word of its own
 * @host: (nullable): the computer's name, which becomes "…" as a word of its own
 */
typedef struct {
  const char *home;
  const char *user;
  const char *host;
} EonayReportSubject;

/**
 * eonay_report_redaction_apply:
 * @text: of a report; UTF-8
 *
 * Also masks every T.C. Kimlik No, and removes the part of a reader's name in parentheses: its
 * serial number.
 *
 * Returns: (transfer full)
 */
char *eonay_report_redaction_apply (const char *text, const EonayReportSubject *subject);

/** As eonay_report_redaction_apply(), for the user who runs the program. */
char *eonay_report_redaction_apply_own (const char *text);

G_END_DECLS
