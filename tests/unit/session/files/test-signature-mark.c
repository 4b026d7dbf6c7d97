#include <glib/gstdio.h>
#include <string.h>

#include "session/files/eonay-signature-mark.h"

#define NATIONAL_ID "10000000146"
#define SENTENCE "This document is signed with a secure electronic signature."

static GDateTime *
new_time (void)
{
  return g_date_time_new_local (2026, 11, 30, 9, 5, 7);
}

/* Returns: (transfer full): what pdftotext reads in it, as one line */
static char *
read_words (GBytes *pdf)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  const char *arguments[] = { "pdftotext", NULL, "-", NULL };
  int status;
  int descriptor = g_file_open_tmp ("eonay-mark-XXXXXX", &path, NULL);

  g_assert_cmpint (descriptor, >=, 0);
  g_close (descriptor, NULL);
  g_assert_true (
      g_file_set_contents (path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), NULL));
  arguments[1] = path;
  g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                               &text, NULL, &status, NULL));
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  g_remove (path);

  words = g_strsplit_set (text, " \n\f", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (kept, words[i]);
  g_ptr_array_add (kept, NULL);

  return g_strjoinv (" ", (char **) kept->pdata);
}

static char *
draw (const EonaySignatureMark *mark, double width, double height)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = eonay_signature_mark_draw (mark, width, height, &error);

  g_assert_no_error (error);

  return read_words (pdf);
}

static void
test_words (void)
{
  g_autoptr (GDateTime) time = new_time ();
  const EonaySignatureMark mark = { "AYŞE IŞIK", time, "Onaylıyorum", "Iğdır", TRUE, NULL };
  g_autofree char *words = draw (&mark, 200, 66);

  g_assert_cmpstr (words, ==,
                   "AYŞE IŞIK " SENTENCE " 30.11.2026 09:05:07 Reason: Onaylıyorum Place: Iğdır");
}

/* However small the mark is, it says that. */
static void
test_practice (void)
{
  g_autoptr (GDateTime) time = new_time ();
  const EonaySignatureMark mark = { "AYŞE DENEME", time, NULL, NULL, TRUE, NULL, TRUE };
  g_autofree char *words = draw (&mark, 200, 66);
  g_autofree char *few = draw (&mark, 150, 12);

  g_assert_cmpstr (words, ==,
                   "PRACTICE: this signature is not valid. AYŞE DENEME 30.11.2026 09:05:07");
  g_assert_cmpstr (few, ==, "PRACTICE: this signature is not valid.");
}

/* What only a qualified certificate makes is not said of another. */
static void
test_not_qualified (void)
{
  g_autoptr (GDateTime) time = new_time ();
  const EonaySignatureMark mark = { "AYŞE IŞIK", time, NULL, NULL, FALSE, NULL };
  g_autofree char *words = draw (&mark, 200, 66);

  g_assert_cmpstr (words, ==,
                   "AYŞE IŞIK This document is signed with an electronic signature. "
                   "30.11.2026 09:05:07");
}

static void
test_no_national_id (void)
{
  g_autoptr (GDateTime) time = new_time ();
  const EonaySignatureMark mark = { "AYŞE DENEME " NATIONAL_ID, time, "Ben " NATIONAL_ID,
                                    "100 000 001 46 Ankara",    TRUE, NULL };
  g_autofree char *words = draw (&mark, 400, 200);

  g_assert_null (strstr (words, NATIONAL_ID));
  g_assert_null (strstr (words, "100 000 001 46"));
  g_assert_nonnull (strstr (words, "AYŞE DENEME 10*******46"));
  g_assert_nonnull (strstr (words, "Reason: Ben 10*******46"));
}

static void
test_hostile_reason (void)
{
  g_autoptr (GDateTime) time = new_time ();
  const EonaySignatureMark mark = { "AYŞE DENEME", time, "bir\n\u202eiki", "", TRUE, NULL };
  g_autofree char *words = draw (&mark, 400, 200);

  g_assert_nonnull (strstr (words, "U+202E"));
  g_assert_null (strstr (words, "Place"));
}

/* The least important line goes first; what is left is whole. */
static void
test_fitting (void)
{
  static const char *const lines[] = { "Place: Ankara", "Reason: Onay", "30.11.2026 09:05:07",
                                       SENTENCE, "AYŞE DENEME" };
  g_autoptr (GDateTime) time = new_time ();
  const EonaySignatureMark mark = { "AYŞE DENEME", time, "Onay", "Ankara", TRUE, NULL };
  guint n_gone = 0;

  for (double height = 100; height >= 16; height -= 4)
    {
      g_autofree char *words = draw (&mark, 100, height);
      guint first = 0;

      while (first < G_N_ELEMENTS (lines) && strstr (words, lines[first]) == NULL)
        first++;
      g_assert_cmpuint (first, >=, n_gone);
      n_gone = first;
      for (guint i = first; i < G_N_ELEMENTS (lines); i++)
        g_assert_nonnull (strstr (words, lines[i]));
    }
  g_assert_cmpuint (n_gone, ==, G_N_ELEMENTS (lines) - 1);
}

static void
test_long_name (void)
{
  g_autoptr (GDateTime) time = new_time ();
  g_autofree char *name = g_strnfill (5000, 'W');
  const EonaySignatureMark mark = { name, time, NULL, NULL, TRUE, NULL };
  g_autofree char *words = draw (&mark, 80, 40);

  g_assert_nonnull (strstr (words, "WWW"));
}

/* Seen beside the words, and so that PDF/A allows it. */
static void
test_picture (void)
{
  g_autoptr (GDateTime) time = new_time ();
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 300, 150);
  EonaySignatureMark mark = { "AYŞE IŞIK", time, NULL, NULL, TRUE, NULL };
  g_autoptr (GBytes) plain = eonay_signature_mark_draw (&mark, 200, 66, NULL);
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *words = NULL;
  const char *bytes;
  gsize length;

  gdk_pixbuf_fill (picture, 0x204080ff);
  mark.picture = picture;
  pdf = eonay_signature_mark_draw (&mark, 200, 66, NULL);
  words = read_words (pdf);
  g_assert_cmpstr (words, ==, "AYŞE IŞIK " SENTENCE " 30.11.2026 09:05:07");
  bytes = g_bytes_get_data (pdf, &length);
  g_assert_nonnull (memmem (bytes, length, "/Subtype /Image", 15));
  g_assert_null (memmem (bytes, length, "/SMask", 6));
  g_assert_null (memmem (bytes, length, "/Interpolate true", 17));
  bytes = g_bytes_get_data (plain, &length);
  g_assert_null (memmem (bytes, length, "/Subtype /Image", 15));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/signature-mark/words", test_words);
  g_test_add_func ("/signature-mark/not-qualified", test_not_qualified);
  g_test_add_func ("/signature-mark/practice", test_practice);
  g_test_add_func ("/signature-mark/no-national-id", test_no_national_id);
  g_test_add_func ("/signature-mark/hostile-reason", test_hostile_reason);
  g_test_add_func ("/signature-mark/fitting", test_fitting);
  g_test_add_func ("/signature-mark/long-name", test_long_name);
  g_test_add_func ("/signature-mark/picture", test_picture);

  return g_test_run ();
}
