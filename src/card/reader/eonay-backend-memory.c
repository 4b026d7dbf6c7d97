#include "card/reader/eonay-backend-memory.h"

#include <glib/gstdio.h>

#define KEY "way"

static char *
get_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "eonay", "cards.ini", NULL);
}

static GKeyFile *
load (void)
{
  GKeyFile *file = g_key_file_new ();
  g_autofree char *path = get_path ();

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);

  return file;
}

static void
save (GKeyFile *file)
{
  g_autofree char *path = get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  content = g_key_file_to_data (file, &length, NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0 ||
      !g_file_set_contents_full (path, content, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT,
                                 0600, &error))
    g_info ("The way to the card is not remembered: %s",
            error != NULL ? error->message : "no folder");
}

char *
eonay_backend_memory_recall (GBytes *certificate)
{
  g_autoptr (GKeyFile) file = load ();
  g_autofree char *card = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, certificate);

  return g_key_file_get_string (file, card, KEY, NULL);
}

void
eonay_backend_memory_remember (GBytes *certificate, const char *backend)
{
  g_autoptr (GKeyFile) file = load ();
  g_autofree char *card = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, certificate);
  g_autofree char *before = g_key_file_get_string (file, card, KEY, NULL);

  if (g_strcmp0 (before, backend) == 0)
    return;

  g_key_file_set_string (file, card, KEY, backend);
  save (file);
}
