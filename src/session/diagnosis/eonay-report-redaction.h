#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayReportSubject: whose report it is; what of it has to go.
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
 * Besides, masks every T.C. Kimlik No, and takes out what a reader's name has in parentheses:
 * its serial number.
 *
 * Returns: (transfer full)
 */
char *eonay_report_redaction_apply (const char *text, const EonayReportSubject *subject);

/** As eonay_report_redaction_apply(), for whoever runs the program. */
char *eonay_report_redaction_apply_own (const char *text);

G_END_DECLS
