#pragma once

#include "card/reader/eonay-reader-list.h"
#include "cli/sign/eonay-cli-sign-options.h"
#include "portal/eonay-portal.h"

G_BEGIN_DECLS

/** EonayCliEnvironment: what a signature is made with: a portal, a code, and readers. */
typedef struct _EonayCliStage EonayCliEnvironment;

/**
 * eonay_cli_environment_new:
 * @what: (out) (nullable): left as it is, or what happened for eonay_cli_print_error_exactly()
 *
 * Returns: %NULL with %EONAY_PORTAL_ERROR_PROFILE, a %G_OPTION_ERROR if the portal has to be chosen,
 *   or why practice cannot start
 */
EonayCliEnvironment *eonay_cli_environment_new (const EonayCliSignOptions *options, char **what,
                                                GError **error);

/** Returns: (transfer none) (nullable): %NULL once let go */
EonayPortal *eonay_cli_environment_get_portal (EonayCliEnvironment *self);

/** Returns: (transfer none) */
EonayReaderList *eonay_cli_environment_get_readers (EonayCliEnvironment *self);

/** Returns: (transfer none): 15 digits */
const char *eonay_cli_environment_get_code (EonayCliEnvironment *self);

/** Returns: (transfer none) (nullable): CAs of the signers that the embedded portal accepts */
const char *eonay_cli_environment_get_ca_pem (EonayCliEnvironment *self);

/** Lets the portal go once its last request is done, or has taken too long. */
void eonay_cli_environment_let_portal_go (EonayCliEnvironment *self);

/** Returns: (transfer full) (nullable): the transaction as the embedded portal knows it, JSON */
char *eonay_cli_environment_describe (EonayCliEnvironment *self);

void eonay_cli_environment_free (EonayCliEnvironment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCliEnvironment, eonay_cli_environment_free)

G_END_DECLS
