#pragma once

#include <adwaita.h>

#include "session/sign/eonay-candidate.h"

G_BEGIN_DECLS

/**
 * EonayCertificateRow: one certificate on one card: radio button, holder, provider and validity,
 * tag. One that cannot be used cannot be chosen, and shows the reason; if only its PIN is blocked,
 * it links to My Card.
 */
#define EONAY_TYPE_CERTIFICATE_ROW (eonay_certificate_row_get_type ())
G_DECLARE_FINAL_TYPE (EonayCertificateRow, eonay_certificate_row, EONAY, CERTIFICATE_ROW,
                      AdwActionRow)

/**
 * eonay_certificate_row_new:
 * @group: (nullable): a row whose radio button this one's joins
 * @tell_apart: there are others that can be used
 */
GtkWidget *eonay_certificate_row_new (EonayCandidate *candidate, EonayCertificateRow *group,
                                      gboolean tell_apart);

/** Returns: (transfer none) */
EonayCandidate *eonay_certificate_row_get_candidate (EonayCertificateRow *self);

/** Returns: (transfer none): the radio button, to connect to */
GtkCheckButton *eonay_certificate_row_get_radio (EonayCertificateRow *self);

G_END_DECLS
