#pragma once

#include "card/reader/eonay-reader-list.h"
#include "cli/sign/eonay-cli-sign-options.h"
#include "portal/eonay-portal.h"

G_BEGIN_DECLS

/** EonayCliStage: what a signature is made with: a portal, a code, and readers. */
typedef struct _EonayCliStage EonayCliStage;

/**
 * eonay_cli_stage_new:
 * @what: (out) (nullable): left as it is, or what happened for eonay_cli_print_error_exactly()
 *
 * Returns: %NULL with %EONAY_PORTAL_ERROR_PROFILE, a %G_OPTION_ERROR if the portal has to be chosen,
 *   or why practice cannot start
 */
EonayCliStage *eonay_cli_stage_new (const EonayCliSignOptions *options, char **what,
                                    GError **error);

/** Returns: (transfer none) (nullable): %NULL once let go */
EonayPortal *eonay_cli_stage_get_portal (EonayCliStage *self);

/** Returns: (transfer none) */
EonayReaderList *eonay_cli_stage_get_readers (EonayCliStage *self);

/** Returns: (transfer none): 15 digits */
const char *eonay_cli_stage_get_code (EonayCliStage *self);

/** Returns: (transfer none) (nullable): CAs of the signers that the embedded portal accepts */
const char *eonay_cli_stage_get_ca_pem (EonayCliStage *self);

/** Lets the portal go once its last request is done, or has taken too long. */
void eonay_cli_stage_let_portal_go (EonayCliStage *self);

/** Returns: (transfer full) (nullable): the transaction as the embedded portal knows it, JSON */
char *eonay_cli_stage_describe (EonayCliStage *self);

void eonay_cli_stage_free (EonayCliStage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayCliStage, eonay_cli_stage_free)

G_END_DECLS
