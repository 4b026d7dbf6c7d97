#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** Groups of EonayTextClass: content of a text that a reader might not recognise. */
typedef enum {
  EONAY_TEXT_CLEAN = 0,
  EONAY_TEXT_BIDI = 1 << 0,      /* bidirectional controls, right-to-left letters */
  EONAY_TEXT_CONTROL = 1 << 1,   /* C0/C1 controls except line ends and tab */
  EONAY_TEXT_INVISIBLE = 1 << 2, /* every other class of EonayTextClass */
  EONAY_TEXT_OVERLAY = 1 << 3,   /* marks that hide other characters: overlays, stacked marks */
} EonayTextFlags;

/**
 * eonay_text_inspection_is_showable:
 * @media_type: as the portal sent it
 *
 * Returns: whether it is plain text in UTF-8; in another charset the bytes would be another text
 *   than the one shown
 */
gboolean eonay_text_inspection_is_showable (const char *media_type);

/**
 * eonay_text_inspection_run:
 * @content: the exact bytes to be signed
 * @flags: (out): the classes found
 * @error: %EONAY_SESSION_ERROR_NOT_UTF8 or %EONAY_SESSION_ERROR_HAS_NUL; for what exceeds
 *   base/eonay-document-limits.h: %EONAY_PORTAL_ERROR_TEXT_TOO_LARGE,
 *   %EONAY_SESSION_ERROR_TEXT_LINE, %EONAY_SESSION_ERROR_TEXT_RUN, %EONAY_SESSION_ERROR_TEXT_LINES
 *   or %EONAY_SESSION_ERROR_TEXT_MARKS
 *
 * Returns: (transfer full): the text to show: @content with every flagged character replaced by a
 *   visible mark such as "⟦U+202E⟧", otherwise unchanged except for CRLF → LF
 */
char *eonay_text_inspection_run (GBytes *content, EonayTextFlags *flags, GError **error);

G_END_DECLS
