#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** The answers, as responses of the dialog. */
#define EONAY_QUESTION_YES "yes"
#define EONAY_QUESTION_NO "no"

/**
 * eonay_question_ask:
 * @heading, @body: in the person's language; a long @body is scrolled
 * @no, @yes: words of the two buttons; Return and Escape mean @no, and @yes is coloured as what
 *   cannot be undone, and cannot be pressed for the first second (eonay_press_guard_get_delay()). @yes has no
 *   mnemonic: that of what asks would answer
 * @sure_cb: (scope async): called with @object and the dialog's response once the person says @yes
 * @object: as long as it lives
 *
 * Asks before something that cannot be undone.
 *
 * Returns: (transfer none): the dialog; it goes with @parent
 */
GtkWindow *eonay_question_ask (GtkWindow *parent, const char *heading, const char *body,
                               const char *no, const char *yes, GCallback sure_cb, gpointer object);

G_END_DECLS
