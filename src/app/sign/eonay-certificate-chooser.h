#pragma once

#include <adwaita.h>

#include "session/sign/eonay-candidate.h"

G_BEGIN_DECLS

/**
 * EonayCertificateChooser: Sertifika seçimi: every certificate on every card, the unusable ones
 * with their reason; a line with what to do if there is none.
 *
 * Property `candidate` (#EonayCandidate, nullable): the chosen one, always one of the list.
 */
#define EONAY_TYPE_CERTIFICATE_CHOOSER (eonay_certificate_chooser_get_type ())
G_DECLARE_FINAL_TYPE (EonayCertificateChooser, eonay_certificate_chooser, EONAY,
                      CERTIFICATE_CHOOSER, AdwBin)

/**
 * eonay_certificate_chooser_set_candidates:
 * @candidates: a model of #EonayCandidate; followed as it changes
 * @last_used: (nullable): fingerprint of the certificate that signed last
 */
void eonay_certificate_chooser_set_candidates (EonayCertificateChooser *self,
                                               EonayCandidateList *candidates,
                                               const char *last_used);

/** Returns: (transfer none) (nullable) */
EonayCandidate *eonay_certificate_chooser_get_candidate (EonayCertificateChooser *self);

/** Returns: (nullable): why nothing can be signed with what is chosen, as a sentence */
const char *eonay_certificate_chooser_get_obstacle (EonayCertificateChooser *self);

/** @candidate: (nullable): a usable one of the list; %NULL chooses none */
void eonay_certificate_chooser_set_candidate (EonayCertificateChooser *self,
                                              EonayCandidate *candidate);

/** Shown if there is no certificate: see eonay_sign_view_set_reader_status(). */
void eonay_certificate_chooser_set_reader_status (EonayCertificateChooser *self, const char *status,
                                                  const char *remedy);

G_END_DECLS
