#pragma once

#include "card/reader/eonay-reader-list.h"

G_BEGIN_DECLS

/**
 * eonay_helpdesk_line_write: what a helpdesk asks first, to be read out or sent
 * @code: (nullable): the short code of an error; %NULL without one
 * @readers: (nullable): what is in use; %NULL where that is not known
 *
 * "KART-07 · e-Onay 0.1.0 · ACS ACR39U ICC Reader 00 00: AKİS v1.2": the code, the version, and each
 * reader with the family of its card, in the person's language. Names no person, no serial number of
 * a card or reader, no portal and no verification code, and no user or computer.
 *
 * Returns: (transfer full): one line, without a line end
 */
char *eonay_helpdesk_line_write (const char *code, EonayReaderList *readers);

G_END_DECLS
