#pragma once

#include "cli/sign/eonay-cli-environment.h"
#include "cli/sign/eonay-cli-signer.h"
#include "session/sign/eonay-session.h"

G_BEGIN_DECLS

/**
 * EonayCliSigning: one run of `eonay-cli sign`.
 *
 * @signer: who signs
 * @expected: the session's state while a certificate is chosen, or a PIN asked for
 * @last_call: the person was told that the signature is being sent; the next signal cancels that
 * @cut_short: the card was cancelled while it was to sign, and returned nothing
 * @kept: the signatures were written to the folder of --output
 * @reviewed_at: the size of the terminal at which the documents were shown
 * @history: (nullable): where the signature is recorded
 */
typedef struct {
  const EonayCliSignOptions *options;
  EonayCliEnvironment *environment;
  EonaySession *session;
  EonayCliSigner *signer;
  EonaySessionState expected;
  gboolean last_call;
  gboolean cut_short;
  gboolean kept;
  EonayCliSize reviewed_at;
  EonayHistory *history;
} EonayCliSigning;

/**
 * Returns: (transfer full): a run that has not started; @options and @environment must outlive it
 */
EonayCliSigning *eonay_cli_signing_new (const EonayCliSignOptions *options,
                                        EonayCliEnvironment *environment);

void eonay_cli_signing_free (EonayCliSigning *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCliSigning, eonay_cli_signing_free)

/** Returns: whether the session is in @state and was not interrupted; else %FALSE with an error */
gboolean eonay_cli_signing_is_in (EonayCliSigning *self, EonaySessionState state, GError **error);

/** Chooses a certificate; waits for a card if there is a person to insert one. */
gboolean eonay_cli_signing_choose_certificate (EonayCliSigning *self, GError **error);

/** Asks for the PIN and signs, repeated as the person wants. */
gboolean eonay_cli_signing_sign (EonayCliSigning *self, GError **error);

/* eonay-cli-signing-review.c */

/**
 * eonay_cli_signing_show_documents:
 *
 * Shows the transaction, and each document to its end.
 *
 * Returns: %EONAY_CLI_EXIT_OK, DECLINED, or that of an end which was printed; @error is set with
 *   %EONAY_CLI_EXIT_FAILED
 */
int eonay_cli_signing_show_documents (EonayCliSigning *self, GError **error);

/**
 * eonay_cli_signing_can_accept:
 *
 * Returns: %EONAY_CLI_EXIT_OK if there is an --accept, or a person at a terminal that is large
 *   enough; NOT_ACCEPTED, which was printed; @error is set with %EONAY_CLI_EXIT_FAILED
 */
int eonay_cli_signing_can_accept (EonayCliSigning *self, GError **error);

/**
 * eonay_cli_signing_accept:
 *
 * Has each document accepted, by option or by the person. If the size of the window was changed
 * since the documents were shown, they are shown again before a yes counts.
 *
 * Returns: %EONAY_CLI_EXIT_OK, DECLINED, NOT_ACCEPTED, or EXPIRED; @error is set with
 *   %EONAY_CLI_EXIT_FAILED if it was not printed
 */
int eonay_cli_signing_accept (EonayCliSigning *self, GError **error);

/* eonay-cli-signing-output.c */

/** Creates the folder of --output, if any, and checks that files can be written there. */
gboolean eonay_cli_signing_prepare_output (EonayCliSigning *self, GError **error);

/** Writes the documents and CAs to the folder of --output, if any. */
gboolean eonay_cli_signing_keep_documents (EonayCliSigning *self, GError **error);

/** Writes the signatures, if any, to the folder of --output, if any; once. */
gboolean eonay_cli_signing_keep_signatures (EonayCliSigning *self, GError **error);

/** Writes the signatures, and the transaction with @outcome (nullable). */
gboolean eonay_cli_signing_keep_result (EonayCliSigning *self, const GError *outcome,
                                        GError **error);

/**
 * eonay_cli_signing_keep_undelivered:
 *
 * Writes the signatures to a new folder of the person's own, eonay/undelivered/TIME.
 *
 * Returns: (transfer full) (type filename): the folder
 */
char *eonay_cli_signing_keep_undelivered (EonayCliSigning *self, GError **error);

G_END_DECLS
