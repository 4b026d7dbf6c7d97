#include "test-transcripts.h"

#include <string.h>

GBytes *
test_read_file (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "data", "isoapplet",
                                            name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (text, length);
}

/* The sessions that a few lines were of are not those that they are played in. */
static char *
cut (const char *from, guint64 lines)
{
  GString *text = g_string_new (NULL);
  g_auto (GStrv) all = g_strsplit (from, "\n", -1);

  for (guint64 i = 0; i < lines; i++)
    {
      const char *session = strstr (all[i], ", \"s\"");
      gsize length = session != NULL ? (gsize) (session - all[i]) : strlen (all[i]) - 1;

      g_string_append_printf (text, "%.*s}\n", (int) length, all[i]);
    }

  return g_string_free (text, FALSE);
}

char *
test_read_transcript (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", 2);
  g_autofree char *file = g_strdup_printf ("transcripts/%s.jsonl", parts[0]);
  g_autoptr (GBytes) content = test_read_file (file);
  g_autofree char *text = g_strndup (g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  char *end = NULL;
  guint64 first = parts[1] != NULL ? g_ascii_strtoull (parts[1], &end, 10) : 1;
  const char *line = text;

  for (guint64 n = first; n > 1; n--)
    line = strchr (line, '\n') + 1;

  return end != NULL && *end == '-' ? cut (line, g_ascii_strtoull (end + 1, NULL, 10) - first + 1)
                                    : g_strdup (line);
}

char *
test_read_transcripts (const char *const *names)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *text = names[i][0] == '{' ? g_strdup (names[i])
                                                 : test_read_transcript (names[i]);

      g_string_append_printf (all, "%s\n", text);
    }

  return g_string_free (all, FALSE);
}

GBytes *
test_from_hex (const char *hex)
{
  gsize length = strlen (hex) / 2;
  guint8 *bytes = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 |
                         g_ascii_xdigit_value (hex[2 * i + 1]));

  return g_bytes_new_take (bytes, length);
}
