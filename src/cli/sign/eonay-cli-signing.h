#pragma once

#include "cli/sign/eonay-cli-environment.h"
#include "cli/sign/eonay-cli-sign-options.h"
#include "cli/terminal/eonay-cli-terminal.h"
#include "session/sign/eonay-session.h"

G_BEGIN_DECLS

/**
 * EonayCliSigning: one run of `eonay-cli sign`.
 *
 * @readers: (transfer none): where cards may turn up
 * @terminal: (nullable): where the person is
 * @interactive: standard input is a terminal: the person may be asked
 * @interrupted: a signal has asked for an end
 * @last_call: the person knows that what is signed is being sent; the next signal gives it up
 * @cut_short: the card was stopped while it was to sign, and gave nothing back
 * @kept: the signatures are in the folder of --output
 * @told: the error that ends the run has been printed already
 * @stop: what ends a wait early; renewed by eonay_cli_signing_new_stop()
 * @work: what stops the portal and the card
 * @shown: of the PIN: what the person is shown when it is asked for
 * @consent: to the PIN being used
 * @reviewed_at: the size of the terminal that the documents were shown at
 * @history: (nullable): the list that the signature goes into
 */
typedef struct {
  const EonayCliSignOptions *options;
  EonayCliEnvironment *environment;
  EonaySession *session;
  EonayCandidateList *candidates;
  EonayReaderList *readers;
  EonayCliTerminal *terminal;
  gboolean interactive;
  gboolean interrupted;
  gboolean last_call;
  gboolean cut_short;
  gboolean kept;
  gboolean told;
  GCancellable *stop;
  GCancellable *work;
  EonayPinState shown;
  EonayPinConsent consent;
  EonayCliSize reviewed_at;
  EonayHistory *history;
} EonayCliSigning;

/** Returns: (transfer full): a run that has not begun; @options and @environment outlive it */
EonayCliSigning *eonay_cli_signing_new (const EonayCliSignOptions *options,
                                        EonayCliEnvironment *environment);

void eonay_cli_signing_free (EonayCliSigning *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCliSigning, eonay_cli_signing_free)

/** Returns: (transfer none): cancelled at the next change of the session's state, or a signal */
GCancellable *eonay_cli_signing_new_stop (EonayCliSigning *self);

/** Returns: whether the session is in @state and nobody has interrupted; else an error why not */
gboolean eonay_cli_signing_is_in (EonayCliSigning *self, EonaySessionState state, GError **error);

/* eonay-cli-signing-review.c */

/**
 * eonay_cli_signing_show_text:
 * @room: how many rows what comes next may take
 * @at: (out): the size of the terminal that it was shown at
 *
 * Prints @text; where the person is asked, at the terminal and a page at a time, so that it stays
 * there until the person went on.
 *
 * Returns: %FALSE without an error if the person did not want to go on;
 *   %EONAY_SESSION_ERROR_SCREEN_TOO_SMALL
 */
gboolean eonay_cli_signing_show_text (EonayCliSigning *self, const char *text, guint room,
                                      EonayCliSize *at, GError **error);

/**
 * eonay_cli_signing_show_documents:
 *
 * Shows the transaction, and each document to its end.
 *
 * Returns: %EONAY_CLI_EXIT_OK, DECLINED, or that of an end which has been told; @error is set
 *   with %EONAY_CLI_EXIT_FAILED
 */
int eonay_cli_signing_show_documents (EonayCliSigning *self, GError **error);

/**
 * eonay_cli_signing_can_accept:
 *
 * Returns: %EONAY_CLI_EXIT_OK if there is an --accept, or a person to ask at a terminal with room to
 *   read; NOT_ACCEPTED, which has been told; @error is set with %EONAY_CLI_EXIT_FAILED
 */
int eonay_cli_signing_can_accept (EonayCliSigning *self, GError **error);

/**
 * eonay_cli_signing_accept:
 *
 * Has each document accepted, by option or by the person. Who has changed the size of the window
 * since the documents were shown is shown them again before a yes counts.
 *
 * Returns: %EONAY_CLI_EXIT_OK, DECLINED, NOT_ACCEPTED, or EXPIRED; @error is set with
 *   %EONAY_CLI_EXIT_FAILED where it has not been told
 */
int eonay_cli_signing_accept (EonayCliSigning *self, GError **error);

/* eonay-cli-signing-choice.c */

/** Chooses a certificate, waiting for a card if there is somebody to insert one. */
gboolean eonay_cli_signing_choose_certificate (EonayCliSigning *self, GError **error);

/* eonay-cli-signing-pin.c */

/** Asks for the PIN and signs, as often as the person wants to try. */
gboolean eonay_cli_signing_sign (EonayCliSigning *self, GError **error);

/* eonay-cli-signing-output.c */

/** Makes the folder of --output, if any, and sees whether files can be kept there. */
gboolean eonay_cli_signing_prepare_output (EonayCliSigning *self, GError **error);

/** Keeps the documents and CAs in the folder of --output, if any. */
gboolean eonay_cli_signing_keep_documents (EonayCliSigning *self, GError **error);

/** Keeps what was signed, if anything was, in the folder of --output, if any; once. */
gboolean eonay_cli_signing_keep_signatures (EonayCliSigning *self, GError **error);

/** Keeps what was signed, and the transaction with @outcome (nullable). */
gboolean eonay_cli_signing_keep_result (EonayCliSigning *self, const GError *outcome,
                                        GError **error);

/**
 * eonay_cli_signing_keep_undelivered:
 *
 * Keeps what was signed in a new folder of the person's own, eonay/undelivered/TIME.
 *
 * Returns: (transfer full) (type filename): the folder
 */
char *eonay_cli_signing_keep_undelivered (EonayCliSigning *self, GError **error);

G_END_DECLS
