#pragma once

#include "base/host/eonay-sandbox.h"
#include "eonay-config.h"
#include "portal/eonay-portal-probe.h"
#include "session/diagnosis/eonay-card-facts.h"
#include "session/diagnosis/eonay-finding.h"
#include "session/diagnosis/eonay-locale-facts.h"
#include "session/diagnosis/eonay-sandbox-facts.h"

G_BEGIN_DECLS

/** What gives a Flatpak the permission for the card service, in a terminal. */
#define EONAY_JUDGE_PCSC_COMMAND "flatpak override --user --socket=pcsc " EONAY_APPLICATION_ID

/*
 * Evaluation of the gathered facts: pure functions from facts to a finding (transfer full).
 */

/** The facts for the checks of readers and cards. */
typedef struct {
  const EonayPcscProbeFacts *service; /* (nullable): %NULL in practice, which needs no service */
  gboolean is_sandboxed;
  gboolean has_pcsc; /* whether the sandbox has the permission for the service */
  GPtrArray *cards;  /* (element-type EonayCardFacts) */
} EonayCardEvidence;

/** Returns: whether a certificate of some card can be used to sign now */
gboolean eonay_judge_can_sign (const EonayCardEvidence *evidence);

/**
 * Returns: (transfer full): what a person and a helpdesk know @card's reader by: nothing personal,
 *   and no serial number
 */
char *eonay_judge_name_reader (const EonayCardFacts *card);

/** Returns: whether there is a reader */
gboolean eonay_judge_has_reader (const EonayCardEvidence *evidence);

EonayFinding *eonay_judge_service (const EonayCardEvidence *evidence);
EonayFinding *eonay_judge_permission (const EonayCardEvidence *evidence);
EonayFinding *eonay_judge_protocol (const EonayCardEvidence *evidence);
EonayFinding *eonay_judge_reader (const EonayCardEvidence *evidence);
EonayFinding *eonay_judge_card (const EonayCardEvidence *evidence);
EonayFinding *eonay_judge_driver (const EonayCardEvidence *evidence);
EonayFinding *eonay_judge_pin (const EonayCardEvidence *evidence);
EonayFinding *eonay_judge_certificate (const EonayCardEvidence *evidence);

/** The facts for a portal's checks. @address: its host, with the port if it has one */
typedef struct {
  const char *address;
  const EonayPortalProbeFacts *facts;
} EonayPortalEvidence;

/** Clock differences above these are a warning or a failure, in seconds. */
#define EONAY_CLOCK_WARNING 60
#define EONAY_CLOCK_FAILURE 300

EonayFinding *eonay_judge_proxy (const EonayPortalEvidence *evidence);
EonayFinding *eonay_judge_portal (const EonayPortalEvidence *evidence);
EonayFinding *eonay_judge_tls (const EonayPortalEvidence *evidence);
EonayFinding *eonay_judge_clock (const EonayPortalEvidence *evidence);

EonayFinding *eonay_judge_sandbox (const EonaySandboxFacts *facts);

/** Whether a Flatpak reaches the modules of the computer, if a card may need one. */
EonayFinding *eonay_judge_host_modules (const EonaySandboxFacts *facts,
                                        const EonayCardEvidence *evidence);

/** @lack: (nullable): what the sandbox of PKCS#11 modules lacks; %NULL if unknown */
EonayFinding *eonay_judge_isolation (const EonaySandboxLack *lack);
EonayFinding *eonay_judge_locale (const EonayLocaleFacts *facts);

G_END_DECLS
