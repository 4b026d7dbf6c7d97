#pragma once

#include <adwaita.h>

#include "card/reader/eonay-reader-list.h"

G_BEGIN_DECLS

/**
 * EonayShortCode: the short code of an error, large enough to be read out on the phone. *Copy* copies
 * the helpdesk's line (eonay_helpdesk_line_write()) and says so in its own place; *Help* opens the
 * page of the code in the guide, or says below that there is none. Hidden without a code.
 */
#define EONAY_TYPE_SHORT_CODE (eonay_short_code_get_type ())
G_DECLARE_FINAL_TYPE (EonayShortCode, eonay_short_code, EONAY, SHORT_CODE, AdwBin)

/** @code: (nullable): "KART-07"; %NULL hides it */
void eonay_short_code_set_code (EonayShortCode *self, const char *code);

/**
 * eonay_short_code_attach_readers:
 * @window: (transfer none): whose codes, and those of windows that are transient for it, are copied
 *   with what @readers have in them; without it readers and cards are left out
 */
void eonay_short_code_attach_readers (GtkWindow *window, EonayReaderList *readers);

G_END_DECLS
