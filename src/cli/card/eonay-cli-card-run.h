#pragma once

#include "cli/card/eonay-cli-card-options.h"
#include "cli/terminal/eonay-cli-terminal.h"
#include "session/sign/eonay-candidate.h"

G_BEGIN_DECLS

/**
 * EonayCliCardRun: one run of a command below `eonay-cli card`.
 *
 * @readers: (transfer none): where cards may appear
 * @candidates: all certificates on them
 * @failures: from #EonayToken to the GError that ended its refreshing
 * @terminal: (nullable): the person's terminal
 * @interactive: standard input is a terminal: the person may be asked
 * @interrupted: a signal requested the end
 * @told: the error that ends the run was already printed
 * @token: (nullable): the card that a PIN command is for
 * @certificate: (nullable): selects the PIN of its key; %NULL for the token's first
 * @shown: state of the PIN or PUK as shown to the person in the question
 * @consent: to it being used
 * @stop: ends a question or wait early
 * @work: cancels requests to the card
 */
typedef struct {
  const EonayCliCardOptions *options;
  EonayReaderList *readers;
  EonayCandidateList *candidates;
  GHashTable *failures;
  EonayCliTerminal *terminal;
  gboolean interactive;
  gboolean interrupted;
  gboolean told;
  EonayToken *token;
  EonayTokenCertificate *certificate;
  EonayPinState shown;
  EonayPinConsent consent;
  GCancellable *stop;
  GCancellable *work;
} EonayCliCardRun;

/** @readers: must outlive the run */
EonayCliCardRun *eonay_cli_card_run_new (const EonayCliCardOptions *options,
                                         EonayReaderList *readers);
void eonay_cli_card_run_free (EonayCliCardRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCliCardRun, eonay_cli_card_run_free)

/** Handles a signal: ends questions and waits, and requests that have not reached the card. */
void eonay_cli_card_run_interrupt (EonayCliCardRun *self);

/** Returns: (transfer full): the tokens in the selected readers; #EonayToken */
GPtrArray *eonay_cli_card_run_list_tokens (EonayCliCardRun *self);

/** Returns: (transfer none) (nullable): %NULL for a certificate that cannot be parsed */
EonayCandidate *eonay_cli_card_run_find_candidate (EonayCliCardRun *self,
                                                   EonayTokenCertificate *certificate);

/**
 * eonay_cli_card_run_await:
 * @is_enough: called whenever no card is being read; @searching: whether modules are still being
 *   asked for more
 * @patient: the person is asked for a card, without time limit; else the wait is limited to some
 *   seconds
 *
 * Returns: whether @is_enough; else %FALSE with the reason
 */
gboolean eonay_cli_card_run_await (EonayCliCardRun *self,
                                   gboolean (*is_enough) (EonayCliCardRun *self,
                                                          gboolean searching),
                                   gboolean patient, GError **error);

/** Has @token read the state of its card. */
gboolean eonay_cli_card_run_refresh (EonayCliCardRun *self, EonayToken *token, GError **error);

/* eonay-cli-card-list.c */

/** Reads every card, and prints the result. Returns: whether any card could be read */
gboolean eonay_cli_card_list (EonayCliCardRun *self, GError **error);

/** Returns: (transfer full): the card's name, else its family; safe to be printed */
char *eonay_cli_card_name (EonayToken *token);

/* eonay-cli-card-json.c */

/**
 * eonay_cli_card_json_write:
 * @outcome: (nullable): why no card could be read
 *
 * Returns: (transfer full): one object as data/card-list.schema.json describes it
 */
char *eonay_cli_card_json_write (EonayCliCardRun *self, const GError *outcome);

/* eonay-cli-card-choice.c */

/** Sets the card and certificate of a PIN command; an ambiguous choice is an error. */
gboolean eonay_cli_card_choose (EonayCliCardRun *self, GError **error);

/* eonay-cli-card-secrets.c */

/**
 * Sets @shown, for the PIN to be changed or the PUK that unblocks it: once for each question.
 * Queries a card that can report the tries left and has not yet, however slow it is.
 */
gboolean eonay_cli_card_read_tries (EonayCliCardRun *self, GError **error);

/**
 * Returns: (transfer none) (nullable): the certificate of the PIN's key; %NULL once the card was
 *   removed
 */
EonayCertificate *eonay_cli_card_get_certificate (EonayCliCardRun *self);

/** Returns: (transfer full): the PIN or PUK; not sent yet, and of the right length */
EonaySecret *eonay_cli_card_read_presented (EonayCliCardRun *self, GError **error);

/**
 * @presented: the PIN or PUK typed before
 *
 * Returns: (transfer full): of the right length, typed twice, not easily guessed, and different
 *   from the PIN that it replaces
 */
EonaySecret *eonay_cli_card_read_new_pin (EonayCliCardRun *self, const EonaySecret *presented,
                                          GError **error);

/* eonay-cli-card-pin.c */

/** Changes or unblocks the PIN of the selected card. */
gboolean eonay_cli_card_replace_pin (EonayCliCardRun *self, GError **error);

G_END_DECLS
