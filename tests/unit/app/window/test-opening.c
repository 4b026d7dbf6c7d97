#include "app/window/eonay-opening.h"

#include <glib/gstdio.h>

#include "base/eonay-error.h"

#define DIGITS "820004526184196"
#define LINK "eonay:" DIGITS "?portal=kurum"

/* Returns: (transfer full): of what stands on a command line, or comes over the bus */
static EonayOpening *
open_words (const char *const *words)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (; *words != NULL; words++)
    g_ptr_array_add (files, g_file_new_for_commandline_arg (*words));

  return eonay_opening_new ((GFile *const *) files->pdata, (int) files->len);
}

static void
check_code (const char *word, const char *code)
{
  g_autoptr (EonayOpening) opening = open_words ((const char *[]){ word, NULL });

  g_assert_cmpstr (opening->code, ==, code);
  g_assert_no_error (opening->error);
  g_assert_cmpuint (opening->files->len, ==, 0);
}

static void
check_refused (const char *word, EonaySessionError code)
{
  g_autoptr (EonayOpening) opening = open_words ((const char *[]){ word, NULL });

  g_assert_error (opening->error, EONAY_SESSION_ERROR, (int) code);
  g_assert_null (opening->code);
  g_assert_cmpuint (opening->files->len, ==, 0);
}

static void
check_file (const char *word)
{
  g_autoptr (EonayOpening) opening = open_words ((const char *[]){ word, NULL });

  g_assert_cmpuint (opening->files->len, ==, 1);
  g_assert_null (opening->code);
  g_assert_no_error (opening->error);
}

static void
test_code (void)
{
  check_code (DIGITS, DIGITS);
  check_code ("820 0045-2618 4196", "820 0045-2618 4196");
  check_code ("eonay:" DIGITS, "eonay:" DIGITS);
  check_code (LINK, LINK);
  check_refused ("82000452618419", EONAY_SESSION_ERROR_CODE_LENGTH);
  check_refused ("8200O4526184196", EONAY_SESSION_ERROR_CODE_LETTERS);
}

static void
test_no_link (void)
{
  g_autofree char *long_link = g_strnfill (10 << 20, '8');
  g_autofree char *link = g_strconcat ("eonay:", long_link, NULL);

  check_refused ("eonay:", EONAY_SESSION_ERROR_LINK_MALFORMED);
  check_refused ("EONAY://evil.example/" DIGITS, EONAY_SESSION_ERROR_LINK_MALFORMED);
  check_refused (LINK "&portal=kurum", EONAY_SESSION_ERROR_LINK_MALFORMED);
  check_refused (link, EONAY_SESSION_ERROR_LINK_MALFORMED);
}

/* What is elsewhere is no code, whatever its name is. */
static void
test_file (void)
{
  check_file ("https://evil.example/" DIGITS);
  check_file ("smb://evil.example/share/" DIGITS);
  check_file ("/nonexistent/kira.pdf");
  check_file ("/nonexistent");
  check_file ("2024.pdf");
}

static void
test_file_named_like_a_code (void)
{
  g_autofree char *folder = g_dir_make_tmp ("eonay-opening-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, DIGITS, NULL);

  check_code (path, DIGITS);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  check_file (path);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_among_others (void)
{
  const char *two[] = { LINK, LINK, NULL };
  const char *mixed[] = { LINK, "kira.pdf", DIGITS, NULL };
  const char *files[] = { "kira.pdf", "rapor.odt", NULL };
  g_autoptr (EonayOpening) of_two = open_words (two);
  g_autoptr (EonayOpening) of_mixed = open_words (mixed);
  g_autoptr (EonayOpening) of_files = open_words (files);

  g_assert_true (of_two->is_among_others);
  g_assert_null (of_two->code);
  g_assert_cmpuint (of_two->files->len, ==, 0);
  g_assert_true (of_mixed->is_among_others);
  g_assert_null (of_mixed->code);
  g_assert_cmpuint (of_mixed->files->len, ==, 1);
  g_assert_false (of_files->is_among_others);
  g_assert_cmpuint (of_files->files->len, ==, 2);
}

static void
test_nothing (void)
{
  g_autoptr (EonayOpening) opening = eonay_opening_new (NULL, 0);

  g_assert_null (opening->code);
  g_assert_no_error (opening->error);
  g_assert_false (opening->is_among_others);
  g_assert_cmpuint (opening->files->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/opening/code", test_code);
  g_test_add_func ("/opening/no-link", test_no_link);
  g_test_add_func ("/opening/file", test_file);
  g_test_add_func ("/opening/file-named-like-a-code", test_file_named_like_a_code);
  g_test_add_func ("/opening/among-others", test_among_others);
  g_test_add_func ("/opening/nothing", test_nothing);

  return g_test_run ();
}
