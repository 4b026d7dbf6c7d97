#include <glib/gstdio.h>
#include <string.h>

#include "session/diagnosis/eonay-system-name.h"

static char *path;

static void
assert_name (const char *text, const char *expected)
{
  g_autofree char *name = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  name = eonay_system_name_read (path);
  g_assert_cmpstr (name, ==, expected);
}

static void
test_read (void)
{
  assert_name ("NAME=\"Pardus\"\nPRETTY_NAME=\"Pardus 23.4 (yirmiuc)\"\n", "Pardus 23.4 (yirmiuc)");
  assert_name ("# PRETTY_NAME=no\nPRETTY_NAME='One'\nPRETTY_NAME=Two\n", "Two");
  assert_name ("NAME=Pardus\nPRETTY_NAME=\"\"\n", "Pardus");
  assert_name ("NAME=Pardus\nPRETTY_NAME=\"open\n", "Pardus");
  assert_name ("PRETTY_NAME=\"Par\u202edus\"\n", "Par⟦U+202E⟧dus");
  assert_name ("ID=pardus\n", NULL);
  assert_name ("", NULL);
  g_remove (path);
  g_assert_null (eonay_system_name_read (path));
}

/* In a Flatpak the libraries are of another system than the computer. */
static void
test_flatpak (void)
{
  g_autofree char *outside = NULL;
  g_autofree char *inside = NULL;

  g_assert_true (g_file_set_contents (path, "PRETTY_NAME=\"Pardus 23.4\"\n", -1, NULL));
  g_setenv ("EONAY_FLATPAK_HOST_RELEASE", path, TRUE);
  g_setenv ("EONAY_FLATPAK_INFO", "/nonexistent", TRUE);
  outside = eonay_system_name_describe ();
  g_assert_false (g_str_has_prefix (outside, "Pardus 23.4 · "));
  g_setenv ("EONAY_FLATPAK_INFO", path, TRUE);
  inside = eonay_system_name_describe ();
  g_assert_true (g_str_has_prefix (inside, "Pardus 23.4 · "));
  g_remove (path);
}

int
main (int argc, char *argv[])
{
  int fd;

  g_test_init (&argc, &argv, NULL);
  fd = g_file_open_tmp ("eonay-release-XXXXXX", &path, NULL);
  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_test_add_func ("/system-name/read", test_read);
  g_test_add_func ("/system-name/flatpak", test_flatpak);

  return g_test_run ();
}
