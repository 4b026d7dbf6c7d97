#include "eonay-appearance.h"

const EonayAppearance eonay_appearances[EONAY_N_APPEARANCES] = {
  { "light-360", ADW_COLOR_SCHEME_FORCE_LIGHT, 360, 640, 96 },
  { "light-1366", ADW_COLOR_SCHEME_FORCE_LIGHT, 1366, 768, 96 },
  { "dark-360", ADW_COLOR_SCHEME_FORCE_DARK, 360, 640, 96 },
  { "dark-1366", ADW_COLOR_SCHEME_FORCE_DARK, 1366, 768, 96 },
  { "large-1366", ADW_COLOR_SCHEME_FORCE_LIGHT, 1366, 768, 192 },
};

void
eonay_appearance_set (const EonayAppearance *appearance)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), appearance->scheme);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", appearance->dpi * 1024, NULL);
}
