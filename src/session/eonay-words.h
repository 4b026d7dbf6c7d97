#pragma once

#include <glib.h>

#include "card/token/eonay-token.h"
#include "portal/eonay-transaction.h"
#include "signature/certificate/eonay-certificate.h"

G_BEGIN_DECLS

/*
 * Texts common to window and terminal.
 */

/** Returns: (transfer none): the operation in the person's language */
const char *eonay_words_operation (EonayOperation operation);

/** Returns: (transfer full): in the portal's format: "25.12.2019 14:27:02", in local time */
char *eonay_words_time (GDateTime *time);

/** Returns: (transfer full): "25.12.2019", in local time */
char *eonay_words_date (GDateTime *time);

/** Returns: (transfer full): @bytes in lower-case hexadecimal */
char *eonay_words_hexadecimal (GBytes *bytes);

/**
 * eonay_words_mask:
 * @text: (nullable): a person's name in a card or certificate
 *
 * Returns: (transfer full): @text as UTF-8, with every T.C. Kimlik No as "10*******46", in digits
 *   of any script and written in groups, too ("100 000 001 46"); "" for %NULL
 */
char *eonay_words_mask (const char *text);

/**
 * Returns: (transfer full) (nullable): through which PKCS#11 module @token is used, by its file name,
 *   "driver: libakisp11.so"; %NULL if through none
 */
char *eonay_words_driver (EonayToken *token);

/**
 * eonay_words_card:
 * @certificate: (nullable): one that is on it
 *
 * Returns: (transfer full): whose card it is, and which: "Ayşe Yılmaz · AKİS 2.5". A module may
 *   call its token what it likes: its own file name is always there, "· driver: libakisp11.so", so
 *   that a PIN is never given to it as to the card itself
 */
char *eonay_words_card (EonayToken *token, EonayCertificate *certificate);

G_END_DECLS
