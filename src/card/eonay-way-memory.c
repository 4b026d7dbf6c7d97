#include "card/eonay-way-memory.h"

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
      !g_file_set_contents_full (path, content, (gssize) length,
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_info ("The way to the card is not remembered: %s",
            error != NULL ? error->message : "no folder");
}

char *
eonay_way_memory_recall (const char *serial)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autofree char *card = NULL;

  if (serial[0] == '\0')
    return NULL;

  file = load ();
  card = g_compute_checksum_for_string (G_CHECKSUM_SHA256, serial, -1);

  return g_key_file_get_string (file, card, KEY, NULL);
}

void
eonay_way_memory_remember (const char *serial, const char *way)
{
  g_autofree char *before = eonay_way_memory_recall (serial);
  g_autoptr (GKeyFile) file = NULL;
  g_autofree char *card = NULL;

  if (serial[0] == '\0' || g_strcmp0 (before, way) == 0)
    return;

  file = load ();
  card = g_compute_checksum_for_string (G_CHECKSUM_SHA256, serial, -1);
  g_key_file_set_string (file, card, KEY, way);
  save (file);
}

gboolean
eonay_way_memory_has_module (const char *path)
{
  g_autoptr (GKeyFile) file = load ();
  g_auto (GStrv) cards = g_key_file_get_groups (file, NULL);

  for (guint i = 0; cards[i] != NULL; i++)
    {
      g_autofree char *way = g_key_file_get_string (file, cards[i], KEY, NULL);

      if (g_strcmp0 (way, path) == 0)
        return TRUE;
    }

  return FALSE;
}
