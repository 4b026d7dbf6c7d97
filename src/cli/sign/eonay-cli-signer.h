#pragma once

#include "card/reader/eonay-reader-list.h"
#include "cli/sign/eonay-cli-sign-options.h"
#include "cli/terminal/eonay-cli-terminal.h"
#include "session/sign/eonay-candidate.h"

G_BEGIN_DECLS

/** Returns: %FALSE with the reason why no certificate and no PIN is wanted any more */
typedef gboolean (*EonayCliSignerGoOn) (gpointer user_data, GError **error);

/**
 * EonayCliSigner: the person, or script, that signs: which certificate, and the PIN. For what a
 * portal asks for, and for own files.
 *
 * @readers: (transfer none): where cards may appear
 * @candidate: (nullable): the chosen certificate
 * @terminal: (nullable): the person's terminal
 * @interactive: standard input is a terminal: the person may be asked
 * @asks: the person is asked whether to sign, and therefore has to have seen everything
 * @interrupted: a signal requested the end
 * @told: the error that ends the run was already printed
 * @stop: ends a wait early; renewed by eonay_cli_signer_new_stop()
 * @work: cancels requests to the portal and the card
 * @shown: state of the PIN as shown to the person in the question
 * @consent: to the PIN being used
 * @go_on: (nullable): asked again and again while waiting
 */
typedef struct {
  const EonayCliSignOptions *options;
  EonayReaderList *readers;
  EonayCandidateList *candidates;
  EonayCandidate *candidate;
  EonayCliTerminal *terminal;
  gboolean interactive;
  gboolean asks;
  gboolean interrupted;
  gboolean told;
  GCancellable *stop;
  GCancellable *work;
  EonayPinState shown;
  EonayPinConsent consent;
  EonayCliSignerGoOn go_on;
  gpointer user_data;
} EonayCliSigner;

/** @options and @readers must outlive it */
EonayCliSigner *eonay_cli_signer_new (const EonayCliSignOptions *options, EonayReaderList *readers);
void eonay_cli_signer_free (EonayCliSigner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCliSigner, eonay_cli_signer_free)

/** Returns: (transfer none): cancelled at the next change that matters, or a signal */
GCancellable *eonay_cli_signer_new_stop (EonayCliSigner *self);

/** Returns: %FALSE with the reason if it was interrupted, or @go_on says no */
gboolean eonay_cli_signer_may_go_on (EonayCliSigner *self, GError **error);

/** Returns: %FALSE with a %G_OPTION_ERROR if there is neither a terminal nor --pin-fd */
gboolean eonay_cli_signer_has_pin_source (EonayCliSigner *self, GError **error);

/**
 * eonay_cli_signer_show_text:
 * @room: the number of rows needed by what follows
 * @at: (out): the size of the terminal at which it was shown
 *
 * Prints @text; if the person is asked, at the terminal and a page at a time, so that it stays
 * visible until the person continues.
 *
 * Returns: %FALSE without an error if the person did not continue;
 *   %EONAY_SESSION_ERROR_SCREEN_TOO_SMALL
 */
gboolean eonay_cli_signer_show_text (EonayCliSigner *self, const char *text, guint room,
                                     EonayCliSize *at, GError **error);

/* eonay-cli-signer-choice.c */

/** Chooses a certificate; waits for a card if there is a person to insert one. */
gboolean eonay_cli_signer_choose (EonayCliSigner *self, GError **error);

/* eonay-cli-signer-pin.c */

/**
 * eonay_cli_signer_ask_pin: one PIN, with the tries left, and the second question of the last try
 * @pin: (out) (transfer full) (nullable): %NULL if it is typed on the reader
 *
 * Sets @shown and @consent. What the card would not take is refused here.
 */
gboolean eonay_cli_signer_ask_pin (EonayCliSigner *self, EonaySecret **pin, GError **error);

/** Says that the card is signing, or what to do at the reader. @pin: (nullable) */
void eonay_cli_signer_print_begin (const EonayCliSigner *self, const EonaySecret *pin);

/**
 * eonay_cli_signer_may_ask_again: whether another PIN may follow @error, which is printed then
 */
gboolean eonay_cli_signer_may_ask_again (EonayCliSigner *self, const GError *error);

G_END_DECLS
