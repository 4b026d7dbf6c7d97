#pragma once

#include "card/akis/eonay-akis-family.h"
#include "card/driver/eonay-card-files.h"

G_BEGIN_DECLS

/**
 * The files of an AKİS card: its own ways to SELECT; what is selected is read as on any card.
 *
 * eonay_akis_files_init: for READ BINARY as long as the family takes it, never in extended form
 */
void eonay_akis_files_init (EonayCardFiles *self, const EonayAkisFamily *family,
                            EonayTransport *transport);

/**
 * eonay_akis_files_select_application: by its name "PKCS-15", as the vendor's software does, else
 * the folder 3D00 that the early cards have
 * @found: (out): whether there is one
 */
gboolean eonay_akis_files_select_application (EonayCardFiles *self, const EonayAkisFamily *family,
                                              gboolean *found, GError **error);

/**
 * eonay_akis_files_select:
 * @path: file identifiers: one alone lies in the application's folder, which is selected; several
 *   begin at the MF
 * @status: (out): the answer; a file that is not there is no error
 */
gboolean eonay_akis_files_select (EonayCardFiles *self, const guint8 *path, gsize length,
                                  guint16 *status, GError **error);

G_END_DECLS
