#pragma once

#include <adwaita.h>

#include "session/sign/eonay-candidate.h"
#include "signature/trust/eonay-trust.h"

G_BEGIN_DECLS

/**
 * EonayCertificateWindow: all details of a certificate on a card: holder (the T.C. Kimlik No only
 * on request), issuer, validity, key, statements, fingerprints, why it cannot be used, and its
 * chain; saves and copies it.
 */
#define EONAY_TYPE_CERTIFICATE_WINDOW (eonay_certificate_window_get_type ())
G_DECLARE_FINAL_TYPE (EonayCertificateWindow, eonay_certificate_window, EONAY, CERTIFICATE_WINDOW,
                      AdwWindow)

/** @trust: installed trust anchors and intermediates */
GtkWidget *eonay_certificate_window_new (GtkWindow *parent, EonayCandidate *candidate,
                                         EonayTrust *trust);

G_END_DECLS
