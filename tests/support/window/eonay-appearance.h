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

#define EONAY_N_APPEARANCES 5

extern const EonayAppearance eonay_appearances[EONAY_N_APPEARANCES];

/** For the windows that are made from now on. */
void eonay_appearance_set (const EonayAppearance *appearance);

G_END_DECLS
