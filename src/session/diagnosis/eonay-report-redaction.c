#include "session/diagnosis/eonay-report-redaction.h"

#include <string.h>

#include "session/eonay-words.h"

/* "ACS ACR39U ICC Reader (A1B2C3D4) 00 00", as pcsc-lite composes a reader's name. */
#define SERIAL_IN_NAME "\\((?=[^()]*[0-9])[0-9A-Za-z.:-]{4,}\\)"

/* So short a name would match unrelated words. */
#define WORD_MIN 3

static char *
replace (const char *text, const char *pattern, const char *by)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);

  return g_regex_replace_literal (regex, text, -1, 0, by, 0, NULL);
}

static char *
replace_word (const char *text, const char *word, const char *by)
{
  g_autofree char *escaped = NULL;
  g_autofree char *pattern = NULL;

  if (word == NULL || strlen (word) < WORD_MIN || g_str_equal (word, "localhost"))
    return g_strdup (text);

  escaped = g_regex_escape_string (word, -1);
  pattern = g_strdup_printf ("(?<![\\w-])%s(?![\\w-])", escaped);

  return replace (text, pattern, by);
}

static char *
replace_home (const char *text, const char *home)
{
  g_autofree char *escaped = NULL;
  g_autofree char *pattern = NULL;

  if (home == NULL || *home != '/' || home[1] == '\0')
    return g_strdup (text);

  escaped = g_regex_escape_string (home, -1);
  pattern = g_strdup_printf ("%s(?![^/\\s.,;:)])", escaped);

  return replace (text, pattern, "~");
}

char *
eonay_report_redaction_apply (const char *text, const EonayReportSubject *subject)
{
  g_autofree char *masked = eonay_words_mask (text);
  g_autofree char *no_home = replace_home (masked, subject->home);
  g_autofree char *no_user = replace_word (no_home, subject->user, "~");
  g_autofree char *no_host = replace_word (no_user, subject->host, "…");

  return replace (no_host, SERIAL_IN_NAME, "(…)");
}

char *
eonay_report_redaction_apply_own (const char *text)
{
  EonayReportSubject own = {
    .home = g_get_home_dir (),
    .user = g_get_user_name (),
    .host = g_get_host_name (),
  };

  return eonay_report_redaction_apply (text, &own);
}
