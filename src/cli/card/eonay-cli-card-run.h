#pragma once

#include "cli/card/eonay-cli-card-options.h"
#include "cli/terminal/eonay-cli-terminal.h"
#include "session/sign/eonay-candidate.h"

G_BEGIN_DECLS

/**
 * EonayCliCardRun: one run of a command below `eonay-cli card`.
 *
 * @readers: (transfer none): where cards may turn up
 * @candidates: every certificate on them
 * @failures: from #EonayToken to the GError that ended its refreshing
 * @terminal: (nullable): where the person is
 * @interactive: standard input is a terminal: the person may be asked
 * @interrupted: a signal has asked for an end
 * @told: the error that ends the run has been printed already
 * @token: (nullable): the card that a PIN command is for
 * @certificate: (nullable): whose key's PIN; %NULL for the token's first
 * @shown: of the PIN or PUK: what the person is shown when it is asked for
 * @consent: to it being used
 * @stop: what ends a question or wait early
 * @work: what stops the card
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

/** @readers: has to live as long as the run */
EonayCliCardRun *eonay_cli_card_run_new (const EonayCliCardOptions *options,
                                         EonayReaderList *readers);
void eonay_cli_card_run_free (EonayCliCardRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCliCardRun, eonay_cli_card_run_free)

/** A signal came: ends questions and waits, and what has not reached the card. */
void eonay_cli_card_run_interrupt (EonayCliCardRun *self);

/** Returns: (transfer full): those in the readers that are asked for; #EonayToken */
GPtrArray *eonay_cli_card_run_list_tokens (EonayCliCardRun *self);

/** Returns: (transfer none) (nullable): %NULL for a certificate that cannot be parsed */
EonayCandidate *eonay_cli_card_run_find_candidate (EonayCliCardRun *self,
                                                   EonayTokenCertificate *certificate);

/**
 * eonay_cli_card_run_await:
 * @is_enough: asked whenever no card is being read; @searching: whether modules may still show
 *   more, and are waited for
 * @patient: the person is asked for a card, however long it takes; else some seconds have to do
 *
 * Returns: whether @is_enough; else why not
 */
gboolean eonay_cli_card_run_await (EonayCliCardRun *self,
                                   gboolean (*is_enough) (EonayCliCardRun *self,
                                                          gboolean searching),
                                   gboolean patient, GError **error);

/** Has @token ask its card how it is. */
gboolean eonay_cli_card_run_refresh (EonayCliCardRun *self, EonayToken *token, GError **error);

/* eonay-cli-card-list.c */

/** Reads every card, and prints what there is. Returns: whether some card could be read */
gboolean eonay_cli_card_list (EonayCliCardRun *self, GError **error);

/** Prints the readers for people; PINs and PUKs with `card status`. */
void eonay_cli_card_list_print (EonayCliCardRun *self);

/** Returns: (transfer full): what the card is called, else its family; fit to be printed */
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

/** Sets the card and certificate that a PIN command is for; refuses to guess. */
gboolean eonay_cli_card_choose (EonayCliCardRun *self, GError **error);

/* eonay-cli-card-secrets.c */

/**
 * Sets @shown, of the PIN that is changed or the PUK that unblocks it: once for each question. Asks
 * a card that can tell the tries left and has not yet, however slow it is.
 */
gboolean eonay_cli_card_read_tries (EonayCliCardRun *self, GError **error);

/** Returns: (transfer none) (nullable): whose PIN it is; %NULL once the card is gone */
EonayCertificate *eonay_cli_card_get_certificate (EonayCliCardRun *self);

/** Returns: (transfer full): the PIN or PUK; has not been sent, and is of the right length */
EonaySecret *eonay_cli_card_read_presented (EonayCliCardRun *self, GError **error);

/**
 * @presented: what was typed before
 *
 * Returns: (transfer full): of the right length, typed twice, not easily guessed, and not the PIN that
 *   it replaces
 */
EonaySecret *eonay_cli_card_read_new_pin (EonayCliCardRun *self, const EonaySecret *presented,
                                          GError **error);

/* eonay-cli-card-pin.c */

/** Changes or unblocks the PIN of the card that was chosen. */
gboolean eonay_cli_card_replace_pin (EonayCliCardRun *self, GError **error);

G_END_DECLS
