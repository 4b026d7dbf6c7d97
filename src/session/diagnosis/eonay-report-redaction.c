#include "session/diagnosis/eonay-report-redaction.h"

#include <string.h>

#include "base/eonay-text-class.h"
#include "session/eonay-words.h"

/* "ACS ACR39U ICC Reader (A1B2C3D4) 00 00", as pcsc-lite composes a reader's name. */
#define SERIAL_IN_NAME "\\((?=[^()]*[0-9])[0-9A-Za-z.:-]{4,}\\)"

/* As drivers and other systems write one: "(SN_00421337)", "[S/N: 0042 1337]". */
#define NUMBER_IN_BRACKETS "[(\\[{](?=(?:[^()\\[\\]{}]*[0-9]){5})[^()\\[\\]{}]*[)\\]}]"

/* What pcsc-lite adds to a reader's own name: which of its like, and which slot of it. */
#define POSITION " [0-9A-F]{2} [0-9A-F]{2}$"

/* As many digits as no maker's model has, and any serial number. */
#define DIGITS_MAX 4

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

  g_autofree char *no_serial = replace (no_host, SERIAL_IN_NAME, "(…)");

  return replace (no_serial, NUMBER_IN_BRACKETS, "(…)");
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

/* Returns: (transfer full): without what is in brackets of any kind, to the end if one is not closed */
static char *
cut_brackets (const char *text)
{
  GString *cut = g_string_new (NULL);
  guint depth = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (type == G_UNICODE_OPEN_PUNCTUATION || c == '<')
        depth++;
      else if (depth == 0 && type != G_UNICODE_CLOSE_PUNCTUATION)
        g_string_append_unichar (cut, c);
      else if (depth > 0 && (type == G_UNICODE_CLOSE_PUNCTUATION || c == '>'))
        depth--;
    }

  return g_string_free (cut, FALSE);
}

/* Letters end a number; blanks and signs within it do not. */
static char *
cut_numbers (const char *text)
{
  return replace (text, "\\d(?:[^\\p{L}\\d]*\\d){" G_STRINGIFY (DIGITS_MAX) ",}", "…");
}

char *
eonay_report_redaction_apply_reader (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *plain = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autoptr (GRegex) regex = g_regex_new (POSITION, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *position = NULL;
  g_autofree char *own = NULL;
  g_autofree char *no_brackets = NULL;
  g_autofree char *no_numbers = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *redacted = NULL;
  g_autofree char *spaced = NULL;

  g_regex_match (regex, plain, 0, &match);
  position = g_match_info_fetch (match, 0);
  own = g_strndup (plain, strlen (plain) - (position != NULL ? strlen (position) : 0));
  no_brackets = cut_brackets (own);
  no_numbers = cut_numbers (no_brackets);
  whole = g_strconcat (no_numbers, position, NULL);
  redacted = eonay_report_redaction_apply_own (whole);

  spaced = replace (redacted, "\\s+", " ");

  return eonay_text_class_make_line (spaced, -1);
}
