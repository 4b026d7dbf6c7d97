#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** Where the code is from, and where the card is. */
typedef enum {
  EONAY_CLI_ENVIRONMENT_INSTALLED,       /* a portal profile, real readers */
  EONAY_CLI_ENVIRONMENT_PRACTICE,        /* the embedded portal and card */
  EONAY_CLI_ENVIRONMENT_PRACTICE_PORTAL, /* the embedded portal, real readers */
} EonayCliEnvironmentKind;

/**
 * EonayCliSignOptions: the command line of `eonay-cli sign`, checked.
 *
 * @portal_id: (nullable): from --portal, or from the link that was given as the code
 * @code: (nullable): 15 digits; only the practice portal can do without
 * @operation: of the code that is made; a word that the practice portal plays
 * @validity: seconds, of the code that is made
 * @fault: (nullable): of the code that is made; a word of practice/portal/eonay-practice-fault.h
 * @card: of %EONAY_CLI_ENVIRONMENT_PRACTICE, an #EonayPracticeCardKind
 * @trust: (nullable): paths of PEM files that have certificates
 * @accept: (nullable): SHA-256 of documents, lower-case hexadecimal
 * @accept_from_input: more of them come on standard input, a line each, once the text is printed
 * @certificate: (nullable): serial number, lower-case hexadecimal without leading zeros
 * @pin_fd: -1 when the PIN is typed
 * @last_try: the last try of a PIN may be used without asking
 * @experimental_akis: see eonay_reader_list_set_allow_experimental()
 * @history: (nullable): the file that takes the place of the person's history
 * @no_history: the signature is not listed at all
 */
typedef struct {
  EonayCliEnvironmentKind environment;
  char *portal_id;
  char *code;
  char *operation;
  int validity;
  char *fault;
  int card;
  char **trust;
  char **accept;
  gboolean accept_from_input;
  char *reader;
  char **modules;
  char *certificate;
  int pin_fd;
  gboolean last_try;
  gboolean experimental_akis;
  char *output;
  char *history;
  gboolean no_history;
} EonayCliSignOptions;

/**
 * eonay_cli_sign_options_parse:
 * @argv: as main() gets it, beginning with "sign"; may be emptied
 * @error: %G_OPTION_ERROR with a message in the person's language, or %EONAY_SESSION_ERROR
 *   about the code
 *
 * `--help` prints and exits.
 */
EonayCliSignOptions *eonay_cli_sign_options_parse (int argc, char *argv[], GError **error);

/** Returns: whether some --accept names a document of this @digest */
gboolean eonay_cli_sign_options_accepts (const EonayCliSignOptions *self, GBytes *digest);

void eonay_cli_sign_options_free (EonayCliSignOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCliSignOptions, eonay_cli_sign_options_free)

G_END_DECLS
