#include "eonay-appearance.h"

static const EonayAppearance appearances[] = {
  { "light-360", ADW_COLOR_SCHEME_FORCE_LIGHT, 360, 640, 96 },
  { "light-1366", ADW_COLOR_SCHEME_FORCE_LIGHT, 1366, 768, 96 },
  { "dark-360", ADW_COLOR_SCHEME_FORCE_DARK, 360, 640, 96 },
  { "dark-1366", ADW_COLOR_SCHEME_FORCE_DARK, 1366, 768, 96 },
  { "large-1366", ADW_COLOR_SCHEME_FORCE_LIGHT, 1366, 768, 192 },
};

static const EonayAppearance measured[] = {
  { "light", ADW_COLOR_SCHEME_FORCE_LIGHT, 480, 1600, 96 },
  { "dark", ADW_COLOR_SCHEME_FORCE_DARK, 480, 1600, 96 },
};

gboolean
eonay_appearance_is_measured (void)
{
  return g_getenv ("EONAY_CONTRAST") != NULL;
}

const EonayAppearance *
eonay_appearance_get (guint index)
{
  if (eonay_appearance_is_measured ())
    return index < G_N_ELEMENTS (measured) ? &measured[index] : NULL;

  return index < G_N_ELEMENTS (appearances) ? &appearances[index] : NULL;
}

void
eonay_appearance_set (const EonayAppearance *appearance)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), appearance->scheme);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", appearance->dpi * 1024, NULL);
}
