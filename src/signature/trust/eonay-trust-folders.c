#include "signature/trust/eonay-trust-folders.h"

#include "eonay-config.h"

#define MAX_FILE (1024 * 1024)

static void
add_file (EonayTrust *self, const char *path)
{
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GError) error = NULL;

  file = g_mapped_file_new (path, FALSE, &error);
  if (file != NULL && g_mapped_file_get_length (file) <= MAX_FILE)
    eonay_trust_add_pem (self, g_mapped_file_get_contents (file),
                         (gssize) g_mapped_file_get_length (file), &error);
  else if (file != NULL)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_FAILED, "too large");
  if (error != NULL)
    g_warning ("Ignoring %s: %s", path, error->message);
}

void
eonay_trust_add_folder (EonayTrust *self, const char *path)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  g_return_if_fail (EONAY_IS_TRUST (self));

  folder = g_dir_open (path, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, ".pem") || g_str_has_suffix (name, ".crt"))
      {
        g_autofree char *file = g_build_filename (path, name, NULL);

        add_file (self, file);
      }
}

EonayTrust *
eonay_trust_new_installed (void)
{
  EonayTrust *self = eonay_trust_new ();
  g_autofree char *user = g_build_filename (g_get_user_config_dir (), "eonay", "trust.d", NULL);

  eonay_trust_add_folder (self, EONAY_DATA_DIR "/trust.d");
  eonay_trust_add_folder (self, EONAY_CONFIG_DIR "/trust.d");
  eonay_trust_add_folder (self, user);

  return self;
}
