#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EonayDrawnText: a read-only text view that reports of its text only what it has proven: that each
 * character is laid out in view (EonayTextProof), and that its end was drawn. The proof is repeated
 * whenever the width, the fonts or the text change. The arrow keys move a caret through it, which is
 * seen from the first of them on: screen readers say the line, the word or the letter that it is at.
 *
 * Signal `judged`: the proof for the present layout holds or fails, see
 * eonay_drawn_text_get_fault(). Signal `end-drawn`: with a proof that holds, a frame was painted
 * with the last line of that layout completely in view; once for each text.
 */
#define EONAY_TYPE_DRAWN_TEXT (eonay_drawn_text_get_type ())
G_DECLARE_FINAL_TYPE (EonayDrawnText, eonay_drawn_text, EONAY, DRAWN_TEXT, GtkTextView)

/** @text: UTF-8; if empty, there is nothing to prove or to draw */
void eonay_drawn_text_set_text (EonayDrawnText *self, const char *text);

/** Returns: (transfer none) (nullable): why the text cannot be shown completely, as far as known */
const GError *eonay_drawn_text_get_fault (EonayDrawnText *self);

/** Returns: whether the proof holds for the present layout */
gboolean eonay_drawn_text_is_proven (EonayDrawnText *self);

G_END_DECLS
