#include "app/document/eonay-page-layout.h"

#include <math.h>
#include <string.h>

#include "app/document/eonay-page-text.h"
#include "app/document/eonay-seen-pages.h"
#include "base/eonay-folded-text.h"

/* Where pages are, which of them were seen, and what is in their text: without a window. */

static GArray *
make_sizes (const EonayPageSize *sizes, guint n_sizes)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof *sizes);

  g_array_append_vals (array, sizes, n_sizes);

  return array;
}

static const EonayPageSize mixed[] = { { 595, 842 }, { 842, 595 }, { 14173, 14173 }, { 100, 60 } };

static void
test_fit (void)
{
  g_autoptr (GArray) sizes = make_sizes (mixed, G_N_ELEMENTS (mixed));
  g_autoptr (EonayPageLayout) layout = eonay_page_layout_new (sizes);
  double y = 0;
  double width;
  double height;

  for (int factor = 1; factor <= 3; factor++)
    {
      eonay_page_layout_set (layout, 624, 0, factor);
      eonay_page_layout_get_extent (layout, &width, &height);
      g_assert_cmpfloat (width, ==, 624);
      y = 0;
      for (guint i = 0; i < G_N_ELEMENTS (mixed); i++)
        {
          EonayPageArea area = eonay_page_layout_get_area (layout, i);

          g_assert_cmpfloat (area.y, >=, y);
          g_assert_cmpfloat (area.x, >=, 12);
          g_assert_cmpfloat (area.x + area.width, <=, 612);
          /* Whole pixels of the device. */
          g_assert_cmpfloat (fabs (area.width * factor - round (area.width * factor)), <, 1e-6);
          g_assert_cmpfloat (fabs (area.x * factor - round (area.x * factor)), <, 1e-6);
          g_assert_cmpuint (eonay_page_layout_find (layout, area.y), ==, i);
          g_assert_cmpuint (eonay_page_layout_find (layout, area.y + area.height), ==, i);
          y = area.y + area.height;
        }
      g_assert_cmpfloat (y, <=, height);
    }
  /* A small page is not blown up. */
  g_assert_cmpfloat (eonay_page_layout_get_scale (layout, 3), ==, 2);
}

static void
test_zoom (void)
{
  g_autoptr (GArray) sizes = make_sizes (mixed, G_N_ELEMENTS (mixed));
  g_autoptr (EonayPageLayout) layout = eonay_page_layout_new (sizes);
  double width;
  double height;

  eonay_page_layout_set (layout, 624, 1.5, 1);
  eonay_page_layout_get_extent (layout, &width, &height);
  g_assert_cmpfloat (width, ==, round (14173 * 1.5) + 24);
  for (guint i = 0; i < G_N_ELEMENTS (mixed); i++)
    g_assert_cmpfloat (eonay_page_layout_get_scale (layout, i), ==, 1.5);
  g_assert_cmpuint (eonay_page_layout_find (layout, -5), ==, 0);
  g_assert_cmpuint (eonay_page_layout_find (layout, 1e9), ==, 3);
}

static void
see (EonaySeenPages *seen, guint page, double x, double y, double width, double height,
     gboolean expected)
{
  const EonayPageArea shown = { x, y, width, height };

  g_assert_true (eonay_seen_pages_add (seen, page, eonay_seen_pages_list_parts (&shown)) ==
                 expected);
}

static void
test_seen (void)
{
  g_autoptr (EonaySeenPages) seen = eonay_seen_pages_new (5);

  see (seen, 0, 0, 0, 1, 1, TRUE);
  see (seen, 0, 0, 0, 1, 1, FALSE);
  /* In two halves, with a little in between that is in neither. */
  see (seen, 1, 0, 0, 1, 0.505, FALSE);
  see (seen, 1, 0, 0.495, 1, 0.6, TRUE);
  /* Its end alone, then its sides alone. */
  see (seen, 2, 0, 0.8, 1, 0.2, FALSE);
  see (seen, 2, 0, 0, 0.5, 1, FALSE);
  g_assert_false (eonay_seen_pages_has (seen, 2));
  see (seen, 2, 0.5, 0, 0.5, 1, TRUE);
  /* The outermost edge may be missing, a line of text may not. */
  see (seen, 3, 0.01, 0.005, 0.98, 0.99, TRUE);
  see (seen, 4, 0, 0, 1, 0.96, FALSE);
  g_assert_cmpuint (eonay_seen_pages_count (seen), ==, 4);
  g_assert_cmpuint (eonay_seen_pages_find_unseen (seen), ==, 4);
  see (seen, 4, 0, 0.9, 1, 0.1, TRUE);
  g_assert_cmpuint (eonay_seen_pages_find_unseen (seen), ==, 5);
}

static guint
count (const char *text, const char *needle)
{
  g_autoptr (EonayFoldedText) folded = eonay_folded_text_new (text);
  g_autoptr (EonayFoldedText) wanted = eonay_folded_text_new (needle);
  guint position = 0;
  guint start;
  guint end;
  guint n_found = 0;

  while (eonay_folded_text_find (folded, wanted, &position, &start, &end))
    n_found++;

  return n_found;
}

static void
test_folded (void)
{
  g_autoptr (EonayFoldedText) blank = eonay_folded_text_new (" \n\t ");
  g_autoptr (EonayFoldedText) text = eonay_folded_text_new ("  Ad\nSoyad: AYŞE  DENEME");
  g_autoptr (EonayFoldedText) name = eonay_folded_text_new ("ayşe deneme ");
  guint position = 0;
  guint start;
  guint end;

  g_assert_true (eonay_folded_text_is_blank (blank));
  g_assert_true (eonay_folded_text_find (text, name, &position, &start, &end));
  g_assert_cmpuint (start, ==, 12);
  g_assert_cmpuint (end, ==, 24);
  g_assert_false (eonay_folded_text_find (text, name, &position, &start, &end));
  g_assert_cmpuint (count ("Iğdır ığdır IĞDIR iğdir", "ığdır"), ==, 4);
  g_assert_cmpuint (count ("İ i I ı i\u0307", "i"), ==, 5);
  g_assert_cmpuint (count ("ÇALIŞKAN çalışkan", "Çalışkan"), ==, 2);
  g_assert_cmpuint (count ("söz\u00adleşme", "sözleşme"), ==, 1);
  g_assert_cmpuint (count ("aaaa", "aa"), ==, 2);
  g_assert_cmpuint (count ("", "a"), ==, 0);
}

/* A letter a column, a line a row: ten wide, ten high. */
static EonayPageText *
make_text (const char *letters)
{
  EonayPageAnswer answer = { .text = (char *) letters };
  EonayPageText *text;
  double x = 0;
  double y = 0;

  answer.areas = g_array_new (FALSE, FALSE, sizeof (EonayPageArea));
  for (const char *at = letters; *at != '\0'; at = g_utf8_next_char (at))
    {
      const EonayPageArea area = { x, y, *at == '\n' ? 0 : 10, 10 };

      g_array_append_val (answer.areas, area);
      x = *at == '\n' ? 0 : x + 10;
      y += *at == '\n' ? 20 : 0;
    }
  text = eonay_page_text_new (&answer);
  g_array_unref (answer.areas);

  return text;
}

static void
test_text (void)
{
  g_autoptr (EonayPageText) text = make_text ("bir iki\nüç dört\n");
  g_autoptr (GArray) areas = eonay_page_text_list_areas (text, 4, 10);
  g_autofree char *piece = eonay_page_text_dup (text, 4, 10);
  g_autofree char *all = eonay_page_text_dup (text, 0, G_MAXUINT);
  guint start;
  guint end;

  g_assert_cmpuint (eonay_page_text_get_length (text), ==, 16);
  g_assert_cmpuint (eonay_page_text_find (text, 2, 5), ==, 0);
  g_assert_cmpuint (eonay_page_text_find (text, 8, 5), ==, 1);
  g_assert_cmpuint (eonay_page_text_find (text, 500, 5), ==, 7);
  g_assert_cmpuint (eonay_page_text_find (text, 12, 24), ==, 9);
  g_assert_true (eonay_page_text_is_at (text, 12, 24));
  g_assert_false (eonay_page_text_is_at (text, 12, 15));
  eonay_page_text_find_word (text, 5, &start, &end);
  g_assert_cmpuint (start, ==, 4);
  g_assert_cmpuint (end, ==, 7);
  eonay_page_text_find_line (text, 9, &start, &end);
  g_assert_cmpuint (start, ==, 8);
  g_assert_cmpuint (end, ==, 15);
  g_assert_cmpuint (areas->len, ==, 2);
  g_assert_cmpfloat (g_array_index (areas, EonayPageArea, 0).x, ==, 40);
  g_assert_cmpfloat (g_array_index (areas, EonayPageArea, 0).width, ==, 30);
  g_assert_cmpstr (piece, ==, "iki\nüç");
  g_assert_cmpstr (all, ==, "bir iki\nüç dört\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/page-layout/fit", test_fit);
  g_test_add_func ("/app/page-layout/zoom", test_zoom);
  g_test_add_func ("/app/page-layout/seen", test_seen);
  g_test_add_func ("/app/page-layout/folded", test_folded);
  g_test_add_func ("/app/page-layout/text", test_text);

  return g_test_run ();
}
