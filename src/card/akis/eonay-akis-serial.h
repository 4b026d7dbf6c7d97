#pragma once

#include "card/akis/eonay-akis-family.h"
#include "card/driver/eonay-card-files.h"

G_BEGIN_DECLS

/**
 * eonay_akis_serial_read: asks for the card's serial number: by GET DATA, as v1.0 has it, else
 *   TokenInfo
 * @serial: (out) (transfer full) (nullable): as text if it is all ASCII letters and digits, else
 *   hexadecimal; %NULL when neither tells
 * @label: (out) (transfer full) (nullable): the one in TokenInfo, if that had to be read
 *
 * Returns: %FALSE if the transport failed
 */
gboolean eonay_akis_serial_read (EonayCardFiles *files, const EonayAkisFamily *family,
                                 char **serial, char **label, GError **error);

G_END_DECLS
