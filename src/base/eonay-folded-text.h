#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EonayFoldedText: a text as it is searched: without regard to upper and lower case, and to the four
 * letters İ, I, i and ı; with one blank for any number of blanks, tabs and line ends.
 */
typedef struct _EonayFoldedText EonayFoldedText;

/** @text: UTF-8 */
EonayFoldedText *eonay_folded_text_new (const char *text);
void eonay_folded_text_free (EonayFoldedText *self);

/** Returns: whether there is nothing in it but blanks */
gboolean eonay_folded_text_is_blank (EonayFoldedText *self);

/**
 * eonay_folded_text_find:
 * @needle: not blank
 * @position: (inout): 0 at first; where the search goes on
 * @start: (out): the first character of the match in the text that was folded, as an index
 * @end: (out): the index after its last one
 *
 * Returns: whether @needle is there, at or after @position
 */
gboolean eonay_folded_text_find (EonayFoldedText *self, EonayFoldedText *needle, guint *position,
                                 guint *start, guint *end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayFoldedText, eonay_folded_text_free)

G_END_DECLS
