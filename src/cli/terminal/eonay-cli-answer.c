#include "cli/terminal/eonay-cli-answer.h"

static gboolean
is_one_of (const char *word, const char *const *words)
{
  /* ASCII case only: a Turkish locale maps I to another letter. */
  for (; *words != NULL; words++)
    if (g_ascii_strcasecmp (word, *words) == 0)
      return TRUE;

  return FALSE;
}

EonayCliAnswer
eonay_cli_answer_read (const char *text)
{
  const char *const yes[] = { "e", "evet", "y", "yes", NULL };
  const char *const no[] = { "", "h", "hayır", "hayir", "n", "no", NULL };
  g_autofree char *word = g_strstrip (g_strdup (text));

  if (is_one_of (word, yes))
    return EONAY_CLI_ANSWER_YES;

  return is_one_of (word, no) ? EONAY_CLI_ANSWER_NO : EONAY_CLI_ANSWER_UNCLEAR;
}
