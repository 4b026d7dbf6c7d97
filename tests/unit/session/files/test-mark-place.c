#include "session/files/eonay-mark-place.h"

/* A page as large as it is odd: cropped, not at the origin. */
static const EonayPdfBox odd_page = { 10, 100, 410, 700, 0 };

static void
assert_box (const EonayPdfBox *box, double left, double bottom, double right, double top)
{
  g_assert_cmpfloat_with_epsilon (box->left, left, 1e-6);
  g_assert_cmpfloat_with_epsilon (box->bottom, bottom, 1e-6);
  g_assert_cmpfloat_with_epsilon (box->right, right, 1e-6);
  g_assert_cmpfloat_with_epsilon (box->top, top, 1e-6);
}

static void
test_rotations (void)
{
  const EonayMarkPlace place = { EONAY_MARK_AREA, 1, 20, 50, 150, 60 };
  const struct {
    guint rotation;
    double left, bottom, right, top;
  } cases[] = {
    { 0, 30, 590, 180, 650 },
    { 90, 60, 120, 120, 270 },
    { 180, 240, 150, 390, 210 },
    { 270, 300, 530, 360, 680 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      EonayPdfBox page = odd_page;
      EonayPdfBox box;

      page.rotation = cases[i].rotation;
      box = eonay_mark_place_find_box (&place, &page);
      assert_box (&box, cases[i].left, cases[i].bottom, cases[i].right, cases[i].top);
      g_assert_cmpuint (box.rotation, ==, page.rotation);
    }
}

static void
test_places (void)
{
  for (guint i = EONAY_MARK_TOP_LEFT; i <= EONAY_MARK_BOTTOM_RIGHT; i++)
    {
      EonayMarkPlace place = { .page = 7 };
      guint nth = i - EONAY_MARK_TOP_LEFT;
      const double lefts[] = { 36, (595 - 200) / 2.0, 595 - 36 - 200 };
      const double tops[] = { 36, (842 - 66) / 2.0, 842 - 36 - 66 };

      g_assert_true (
          eonay_mark_place_parse (eonay_mark_place_get_word ((EonayMarkPosition) i), &place));
      g_assert_cmpuint (place.page, ==, 7);
      g_assert_true (eonay_mark_place_settle (&place, 595, 842));
      g_assert_cmpfloat_with_epsilon (place.left, lefts[nth % 3], 1e-6);
      g_assert_cmpfloat_with_epsilon (place.top, tops[nth / 3], 1e-6);
      g_assert_cmpint (place.position, ==, EONAY_MARK_AREA);
    }
}

static void
test_narrow_pages (void)
{
  EonayMarkPlace place = { .position = EONAY_MARK_BOTTOM_RIGHT };
  EonayMarkPlace outside = { EONAY_MARK_AREA, 1, 500, 900, 200, 60 };

  g_assert_true (eonay_mark_place_settle (&place, 120, 60));
  g_assert_cmpfloat (place.width, ==, 120);
  g_assert_cmpfloat (place.left, ==, 0);
  g_assert_cmpfloat (place.top, ==, 0);

  place = (EonayMarkPlace){ .position = EONAY_MARK_BOTTOM_RIGHT };
  g_assert_false (eonay_mark_place_settle (&place, 60, 60));

  g_assert_true (eonay_mark_place_settle (&outside, 595, 842));
  g_assert_cmpfloat (outside.left, ==, 395);
  g_assert_cmpfloat (outside.top, ==, 782);
  g_assert_false (eonay_mark_place_settle (&outside, 199, 842));
}

static void
test_parse (void)
{
  static const char *const bad[] = {
    "",          "left",           "bottom-",      "1,2,300",
    "1,2,3,4",   "1,2,300,40,5",   "-1,2,300,40",  "nan,2,300,40",
    "1,2,300,x", "1.1.1,2,300,40", "0x1,2,300,40", "1,2,99999,40"
  };
  EonayMarkPlace place = { .page = 2 };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (eonay_mark_place_parse (bad[i], &place));
  g_assert_true (eonay_mark_place_parse ("1.5,2,300,40", &place));
  g_assert_cmpfloat (place.left, ==, 1.5);
  g_assert_cmpfloat (place.height, ==, 40);
  g_assert_cmpuint (place.page, ==, 2);
}

static void
test_format (void)
{
  static const char *const words[] = { "top-left", "middle-centre", "12,40,200,66" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      EonayMarkPlace place = { 0 };
      g_autofree char *word = NULL;

      g_assert_true (eonay_mark_place_parse (words[i], &place));
      word = eonay_mark_place_format (&place);
      g_assert_cmpstr (word, ==, words[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mark-place/rotations", test_rotations);
  g_test_add_func ("/mark-place/places", test_places);
  g_test_add_func ("/mark-place/narrow-pages", test_narrow_pages);
  g_test_add_func ("/mark-place/parse", test_parse);
  g_test_add_func ("/mark-place/format", test_format);

  return g_test_run ();
}
