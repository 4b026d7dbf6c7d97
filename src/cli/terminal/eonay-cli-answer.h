#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What a person answered to a question of yes or no. */
typedef enum {
  EONAY_CLI_ANSWER_NO,
  EONAY_CLI_ANSWER_YES,
  EONAY_CLI_ANSWER_UNCLEAR, /* neither word: worth another question */
} EonayCliAnswer;

/**
 * eonay_cli_answer_read:
 * @text: a line that was typed
 *
 * Whole words only, in whatever case: "e", "evet", "y", "yes"; "h", "hayır", "n", "no" and
 * nothing at all.
 */
EonayCliAnswer eonay_cli_answer_read (const char *text);

G_END_DECLS
