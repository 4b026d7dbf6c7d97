#pragma once

#include "card/pkcs15/eonay-pkcs15-facts.h"
#include "card/pkcs15/eonay-pkcs15-objects.h"

G_BEGIN_DECLS

/** The longest application identifier (ISO 7816-4, 12.2.3). */
#define EONAY_PKCS15_AID_MAX 16

/**
 * EonayPkcs15Application: a PKCS#15 application on a card, and how to get there. A plain value.
 *
 * @facts: of the family
 * @aid: selects it; empty when only the path does
 * @df: where it lies under the MF; may be empty when @aid is not
 */
typedef struct {
  const EonayPkcs15Facts *facts;
  guint8 aid[EONAY_PKCS15_AID_MAX];
  gsize aid_length;
  guint8 df[EONAY_PKCS15_PATH_MAX];
  gsize df_length;
} EonayPkcs15Application;

/** The one that @facts know of. */
void eonay_pkcs15_application_init (EonayPkcs15Application *self, const EonayPkcs15Facts *facts);

/**
 * eonay_pkcs15_application_parse_dir:
 * @bytes: (array length=length): EF.DIR (ISO 7816-15, 7.4); any bytes
 *
 * Returns: (transfer full) (element-type EonayPkcs15Application): the PKCS#15 applications that
 *   it names, each by its identifier and then by its path, as far as that is not what the
 *   standard's facts say anyway
 */
GArray *eonay_pkcs15_application_parse_dir (const guint8 *bytes, gsize length);

/** Returns: (transfer none): what tells this application from a card's others */
const guint8 *eonay_pkcs15_application_get_name (const EonayPkcs15Application *self, gsize *length);

G_END_DECLS
