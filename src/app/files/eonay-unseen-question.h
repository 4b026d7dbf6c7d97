#pragma once

#include "app/widgets/eonay-question.h"

G_BEGIN_DECLS

/**
 * eonay_unseen_question_ask: asks before files are signed that were not looked at
 * @files: (element-type EonayOwnFile): of the batch
 * @count: of these, how many were not looked at, or whose warnings were not confirmed as read
 * @sure_cb, @object: as of eonay_question_ask()
 *
 * Returns: (transfer none): the dialog, whose answer may be #EONAY_QUESTION_NO
 */
GtkWindow *eonay_unseen_question_ask (GtkWindow *parent, GPtrArray *files, guint count,
                                      GCallback sure_cb, gpointer object);

G_END_DECLS
