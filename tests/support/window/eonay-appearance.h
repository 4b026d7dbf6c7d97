#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** What a window is looked at with: colours, size in pixels, text size as dots an inch. */
typedef struct {
  const char *name;
  AdwColorScheme scheme;
  int width;
  int height;
  int dpi;
} EonayAppearance;

/**
 * eonay_appearance_get:
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): what pictures are taken in: light and dark, narrow, on a small
 *   laptop, with large text; %NULL beyond the last. Where the environment has `EONAY_CONTRAST`, light
 *   and dark in windows so tall that every text shows
 */
const EonayAppearance *eonay_appearance_get (guint index);

/** Returns: whether the contrast of texts is to be measured, instead of taking pictures */
gboolean eonay_appearance_is_measured (void);

/** For the windows that are made from now on. */
void eonay_appearance_set (const EonayAppearance *appearance);

G_END_DECLS
