#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The commands below `eonay-cli card`. */
typedef enum {
  EONAY_CLI_CARD_LIST,
  EONAY_CLI_CARD_STATUS,
  EONAY_CLI_CARD_CHANGE_PIN,
  EONAY_CLI_CARD_UNBLOCK,
} EonayCliCardCommand;

/**
 * EonayCliCardOptions: the validated command line of a command below `eonay-cli card`.
 *
 * @json: of list and status
 * @practice: use the practice card instead of real ones
 * @card: with @practice, an #EonayPracticeCardKind
 * @reader: (nullable): only readers whose name contains this
 * @certificate: (nullable): selects the PIN of its key: serial number, lower-case hexadecimal
 *   without leading zeros
 * @secret_fd: for the PIN to be changed, or the PUK; -1 if it is typed
 * @new_pin_fd: -1 if it is typed
 * @last_try: the last try may be used without asking
 * @allow_weak: a new PIN may be easily guessed
 * @experimental_akis: see eonay_reader_list_set_allow_experimental()
 */
typedef struct {
  EonayCliCardCommand command;
  gboolean json;
  gboolean practice;
  int card;
  char *reader;
  char **modules;
  char *certificate;
  int secret_fd;
  int new_pin_fd;
  gboolean last_try;
  gboolean allow_weak;
  gboolean experimental_akis;
} EonayCliCardOptions;

/**
 * eonay_cli_card_options_parse:
 * @argv: starting with the command's own name; may be emptied
 * @error: %G_OPTION_ERROR with a message in the person's language
 *
 * `--help` prints and exits.
 */
EonayCliCardOptions *eonay_cli_card_options_parse (EonayCliCardCommand command, int argc,
                                                   char *argv[], GError **error);

void eonay_cli_card_options_free (EonayCliCardOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCliCardOptions, eonay_cli_card_options_free)

G_END_DECLS
