#include "fuzz-target.h"

#include <sys/mman.h>
#include <unistd.h>

#include "base/eonay-text-class.h"
#include "portal/eonay-portal-profile.h"

static void
check (EonayPortalProfile *profile)
{
  const char *texts[] = { eonay_portal_profile_get_name (profile),
                          eonay_portal_profile_get_base_url (profile),
                          eonay_portal_profile_get_help_url (profile),
                          eonay_portal_profile_get_phone (profile) };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL)
      g_assert_cmpuint (eonay_text_class_scan (texts[i]), ==, EONAY_TEXT_CLASS_ORDINARY);
  g_assert_true (g_str_has_prefix (eonay_portal_profile_get_base_url (profile), "https://") ||
                 g_ascii_strncasecmp (eonay_portal_profile_get_base_url (profile), "https:", 6) ==
                     0);
  g_assert_false (eonay_portal_profile_is_practice (profile));
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length)
{
  int fd = memfd_create ("profile", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPortalProfile) profile = NULL;

  g_assert_cmpint (fd, >=, 0);
  g_assert_true (write (fd, bytes, length) == (gssize) length);
  profile = eonay_portal_profile_load (file, &error);
  close (fd);
  g_assert_true ((profile == NULL) == (error != NULL));
  if (profile != NULL)
    check (profile);

  return 0;
}
