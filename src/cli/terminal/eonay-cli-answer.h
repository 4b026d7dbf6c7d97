#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A person's answer to a yes-or-no question. */
typedef enum {
  EONAY_CLI_ANSWER_NO,
  EONAY_CLI_ANSWER_YES,
  EONAY_CLI_ANSWER_UNCLEAR, /* neither: to be asked again */
} EonayCliAnswer;

/**
 * eonay_cli_answer_read:
 * @text: a typed line
 *
 * Whole words only, case-insensitive: "e", "evet", "y", "yes"; "h", "hayır", "n", "no" and an empty
 * line.
 */
EonayCliAnswer eonay_cli_answer_read (const char *text);

G_END_DECLS
