#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EonayTextProof: checks that a text view shows each character of its text, at its width and with
 * its fonts. Works in steps, so that a long text does not block the main loop.
 *
 * Each line of the text is laid out once more as the view has to have done it; heights and line
 * breaks are compared with the view's own. Then each cluster (what the shaping makes one drawing
 * of) must have a glyph, an extent and ink, all within the view and not over another line; only
 * blanks have no ink, and only they and marks over a letter may have no width.
 */
typedef struct _EonayTextProof EonayTextProof;

typedef enum {
  EONAY_TEXT_PROOF_RUNNING, /* a further step is needed */
  EONAY_TEXT_PROOF_WAITING, /* the view has not laid out all of its text: restart later */
  EONAY_TEXT_PROOF_HOLDS,
  EONAY_TEXT_PROOF_FAILS,
} EonayTextProofState;

/**
 * eonay_text_proof_new:
 * @view: (transfer none): outlives the proof; has a width
 * @attributes: (transfer none): of each line of its text
 * @cursor_width: what the view keeps free for a cursor at a line's end, in pixels: 1 in GTK 4.8;
 *   with another one than the view's the proof ends in %EONAY_TEXT_PROOF_WAITING
 */
EonayTextProof *eonay_text_proof_new (GtkTextView *view, PangoAttrList *attributes,
                                      int cursor_width);
void eonay_text_proof_free (EonayTextProof *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayTextProof, eonay_text_proof_free)

/**
 * Continues for some milliseconds.
 *
 * Returns: the state of the proof; with %EONAY_TEXT_PROOF_FAILS, @error is
 *   %EONAY_SESSION_ERROR_TEXT_NO_GLYPH or %EONAY_SESSION_ERROR_TEXT_NOT_DRAWN
 */
EonayTextProofState eonay_text_proof_step (EonayTextProof *self, GError **error);

/** Returns: whether the view still has the width, the fonts and the height of this proof */
gboolean eonay_text_proof_is_current (EonayTextProof *self);

/**
 * eonay_text_proof_get_end:
 * @line: (out): the last line on screen, in buffer coordinates
 * @ink: (out): the last line on screen that has ink; empty if the text has none
 *
 * Only for a proof that holds.
 */
void eonay_text_proof_get_end (EonayTextProof *self, GdkRectangle *line, GdkRectangle *ink);

G_END_DECLS
