#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EonaySignatureMark: what the visible mark of a signature says. It is a picture that anybody can
 * draw, and proves nothing.
 *
 * A T.C. Kimlik No is masked in every line; what does not show itself is marked.
 *
 * @name: of the signer
 * @time: when it is signed
 * @reason, @location: (nullable)
 * @is_qualified: the certificate is a person's qualified one, without which no electronic signature is a
 *   secure one (Law 5070, article 4)
 * @picture: (nullable): on the left, as eonay_mark_picture_read() makes it
 * @is_practice: it is no valid signature, and the mark says so in its first line
 */
typedef struct {
  const char *name;
  GDateTime *time;
  const char *reason;
  const char *location;
  gboolean is_qualified;
  GdkPixbuf *picture;
  gboolean is_practice;
} EonaySignatureMark;

/** Size of the letters, in points: as large as they fit between these. */
#define EONAY_SIGNATURE_MARK_FONT_MAX 11.0
#define EONAY_SIGNATURE_MARK_FONT_MIN 6.0

/** How much of the width a picture takes at most. */
#define EONAY_SIGNATURE_MARK_PICTURE_SHARE 0.4

/**
 * eonay_signature_mark_draw:
 * @width, @height: in points
 *
 * What does not fit with the smallest letters is left out: first the place, then the reason, the
 * time, and the sentence. Nothing transparent, nothing interpolated, no colour but the picture's, all
 * fonts embedded: what PDF/A (ISO 19005-2) asks of it. Any thread.
 *
 * Returns: (transfer full): a PDF of one page; %NULL with %EONAY_SESSION_ERROR_FILE_MARK_FAILED if there
 *   is no font
 */
GBytes *eonay_signature_mark_draw (const EonaySignatureMark *self, double width, double height,
                                   GError **error);

G_END_DECLS
