#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * EonayCodeEntry: the one big entry for a Doğrulama Kodu, with a paste button inside. Shows the
 * digits in groups as they are typed; accepts what eonay_code_parse() accepts.
 *
 * Signals: `complete`, when the 15th digit of a valid code was typed or pasted (not for what
 * eonay_code_entry_set_text() fills in); `done`, when the person pressed Enter, or pasted something
 * that is not a code; `edited`, whenever the person changes the text.
 */
#define EONAY_TYPE_CODE_ENTRY (eonay_code_entry_get_type ())
G_DECLARE_FINAL_TYPE (EonayCodeEntry, eonay_code_entry, EONAY, CODE_ENTRY, AdwBin)

/** Returns: (transfer none): as shown in the entry */
const char *eonay_code_entry_get_text (EonayCodeEntry *self);

/**
 * Returns: (transfer none) (nullable): the portal of the entered link; %NULL without a link, and as
 *   soon as its code is edited
 */
const char *eonay_code_entry_get_portal_id (EonayCodeEntry *self);
void eonay_code_entry_set_text (EonayCodeEntry *self, const char *text);

/** Replaces the content with the clipboard's text. */
void eonay_code_entry_paste (EonayCodeEntry *self);

/** Has screen readers say @text with the entry. */
void eonay_code_entry_describe (EonayCodeEntry *self, const char *text);

/** Marks the code as wrong, or not. */
void eonay_code_entry_set_wrong (EonayCodeEntry *self, gboolean wrong);

G_END_DECLS
