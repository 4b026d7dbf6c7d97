#pragma once

#include "app/document/wire/eonay-page-answer.h"

G_BEGIN_DECLS

/** EonayPageText: the text of a page, and where its characters are, for selecting it. */
typedef struct _EonayPageText EonayPageText;

/** @answer: to %EONAY_PAGE_ASK_TEXT */
EonayPageText *eonay_page_text_new (const EonayPageAnswer *answer);
void eonay_page_text_free (EonayPageText *self);

/** Returns: characters */
guint eonay_page_text_get_length (EonayPageText *self);

/** Returns: where a selection that goes to this point of the page begins or ends */
guint eonay_page_text_find (EonayPageText *self, double x, double y);

/** Returns: whether there is a character at this point of the page */
gboolean eonay_page_text_is_at (EonayPageText *self, double x, double y);

/** The word, or the line, that the character at @index is in. */
void eonay_page_text_find_word (EonayPageText *self, guint index, guint *start, guint *end);
void eonay_page_text_find_line (EonayPageText *self, guint index, guint *start, guint *end);

/** Returns: (transfer full) (element-type EonayPageArea): a rectangle for each line from @start to
 *   before @end */
GArray *eonay_page_text_list_areas (EonayPageText *self, guint start, guint end);

/** Returns: (transfer full): as it is in the document */
char *eonay_page_text_dup (EonayPageText *self, guint start, guint end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPageText, eonay_page_text_free)

G_END_DECLS
