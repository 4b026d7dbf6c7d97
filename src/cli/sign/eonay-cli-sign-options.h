#pragma once

#include "session/files/eonay-file-options.h"
#include "session/history/eonay-history.h"

G_BEGIN_DECLS

/** Origin of the code, and place of the card. */
typedef enum {
  EONAY_CLI_ENVIRONMENT_INSTALLED,       /* a portal profile, real readers */
  EONAY_CLI_ENVIRONMENT_PRACTICE,        /* the embedded portal and card */
  EONAY_CLI_ENVIRONMENT_PRACTICE_PORTAL, /* the embedded portal, real readers */
} EonayCliEnvironmentKind;

/**
 * EonayCliSignOptions: the validated command line of `eonay-cli sign`.
 *
 * @portal_id: (nullable): from --portal, or from a link given as the code
 * @code: (nullable): 15 digits; optional only with the practice portal
 * @operation: of the code to be made; an operation that the practice portal supports
 * @validity: of the code to be made, in seconds
 * @fault: (nullable): of the code to be made; a word of practice/portal/eonay-practice-fault.h
 * @card: of %EONAY_CLI_ENVIRONMENT_PRACTICE, an #EonayPracticeCardKind
 * @trust: (nullable): paths of PEM files with certificates
 * @accept: (nullable): SHA-256 of documents, lower-case hexadecimal
 * @accept_from_input: more are read from standard input, one per line, after the text is printed
 * @certificate: (nullable): serial number, lower-case hexadecimal without leading zeros
 * @pin_fd: -1 if the PIN is typed
 * @last_try: the last try of a PIN may be used without asking
 * @experimental_akis: see eonay_reader_list_set_allow_experimental()
 * @files: (nullable) (element-type filename): own files to sign, instead of what a portal asks for
 * @format: of @files
 * @attached: CAdES with the file inside
 * @reason, @location: (nullable): told in the signature of a PDF
 * @mark: (nullable): where a PDF has a visible mark
 * @mark_picture: (nullable): a picture in the mark
 * @field: (nullable): name of the signature field of a PDF
 * @yes: @files are signed without asking
 * @history: (nullable): a file to be used instead of the person's history
 * @no_history: the signature is not recorded
 */
typedef struct {
  EonayCliEnvironmentKind environment_kind;
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
  char **files;
  EonayFileFormat format;
  gboolean attached;
  char *reason;
  char *location;
  EonayMarkPlace *mark;
  char *mark_picture;
  char *field;
  gboolean yes;
  char *history;
  gboolean no_history;
} EonayCliSignOptions;

/**
 * eonay_cli_sign_options_parse:
 * @argv: as in main(), starting with "sign"; may be emptied
 * @error: %G_OPTION_ERROR with a message in the person's language, or %EONAY_SESSION_ERROR
 *   about the code
 *
 * `--help` prints and exits.
 */
EonayCliSignOptions *eonay_cli_sign_options_parse (int argc, char *argv[], GError **error);

/** Returns: whether an --accept names a document of this @digest */
gboolean eonay_cli_sign_options_accepts (const EonayCliSignOptions *self, GBytes *digest);

/**
 * Returns: (transfer full) (nullable): where signatures are recorded: not those of a practice card
 */
EonayHistory *eonay_cli_sign_options_open_history (const EonayCliSignOptions *self);

void eonay_cli_sign_options_free (EonayCliSignOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCliSignOptions, eonay_cli_sign_options_free)

G_END_DECLS
