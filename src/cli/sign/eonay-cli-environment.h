#pragma once

#include "card/reader/eonay-reader-list.h"
#include "cli/sign/eonay-cli-sign-options.h"
#include "portal/eonay-portal.h"

G_BEGIN_DECLS

/** EonayCliEnvironment: the portal, the code and the readers of a signature. */
typedef struct _EonayCliEnvironment EonayCliEnvironment;

/**
 * eonay_cli_environment_new:
 * @what: (out) (nullable): unchanged, or a description for eonay_cli_print_error_exactly()
 *
 * Returns: %NULL with %EONAY_PORTAL_ERROR_PROFILE, a %G_OPTION_ERROR if the portal has to be
 *   chosen, or the reason why practice cannot start
 */
EonayCliEnvironment *eonay_cli_environment_new (const EonayCliSignOptions *options, char **what,
                                                GError **error);

/** Returns: (transfer none) (nullable): %NULL once released */
EonayPortal *eonay_cli_environment_get_portal (EonayCliEnvironment *self);

/** Returns: (transfer none) */
EonayReaderList *eonay_cli_environment_get_readers (EonayCliEnvironment *self);

/** Returns: (transfer none): 15 digits */
const char *eonay_cli_environment_get_code (EonayCliEnvironment *self);

/** Returns: (transfer none) (nullable): CAs of the signers that the embedded portal accepts */
const char *eonay_cli_environment_get_ca_pem (EonayCliEnvironment *self);

/** Releases the portal once its last request is done, or has timed out. */
void eonay_cli_environment_release_portal (EonayCliEnvironment *self);

/** Returns: (transfer full) (nullable): the embedded portal's transaction, JSON */
char *eonay_cli_environment_describe (EonayCliEnvironment *self);

void eonay_cli_environment_free (EonayCliEnvironment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCliEnvironment, eonay_cli_environment_free)

G_END_DECLS
