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

/** What stands for a module's token and slot, of which the module says what it likes. */
#define EONAY_REPORT_REDACTION_MODULE "PKCS#11"

/**
 * eonay_report_redaction_apply:
 * @text: of a report; UTF-8
 *
 * Also masks every T.C. Kimlik No, and removes what is in brackets and looks like the
 * serial number of a reader.
 *
 * Returns: (transfer full)
 */
char *eonay_report_redaction_apply (const char *text, const EonayReportSubject *subject);

/** As eonay_report_redaction_apply(), for the user who runs the program. */
char *eonay_report_redaction_apply_own (const char *text);

/**
 * eonay_report_redaction_apply_reader:
 * @name: of a reader, as pcsc-lite composes it
 *
 * What it keeps is maker, model and position: "ACS ACR39U ICC Reader 00 00". What is in brackets, and
 * every number of five digits or more ("…"), may be the serial number of one reader; a driver's
 * configuration can have anything there.
 *
 * Returns: (transfer full): one line, in Unicode's form NFKC
 */
char *eonay_report_redaction_apply_reader (const char *name);

G_END_DECLS
