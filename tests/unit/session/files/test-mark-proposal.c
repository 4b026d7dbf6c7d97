#include "session/files/eonay-mark-proposal.h"

#define WIDTH 595.0
#define HEIGHT 842.0
#define LETTER 6.0
#define LINE 14.0

/* A line of text; its letters are as wide as each other. */
typedef struct {
  const char *text;
  double left;
  double top;
} Line;

typedef struct {
  GString *text;
  GArray *areas;
  GArray *ink;
  double height;
} Sheet;

static Sheet *
sheet_new (const Line *lines)
{
  Sheet *self = g_new0 (Sheet, 1);

  self->text = g_string_new (NULL);
  self->areas = g_array_new (FALSE, FALSE, sizeof (EonayMarkProposalArea));
  self->ink = g_array_new (FALSE, FALSE, sizeof (EonayMarkProposalArea));
  self->height = HEIGHT;
  for (; lines->text != NULL; lines++)
    {
      glong length = g_utf8_strlen (lines->text, -1);
      EonayMarkProposalArea area = { lines->left, lines->top, LETTER, LINE };
      EonayMarkProposalArea end = { lines->left + LETTER * (double) length, lines->top, 0, LINE };

      for (glong i = 0; i < length; i++, area.left += LETTER)
        g_array_append_val (self->areas, area);
      g_array_append_val (self->areas, end);
      g_string_append_printf (self->text, "%s\n", lines->text);
    }

  return self;
}

static void
sheet_free (Sheet *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->areas);
  g_array_unref (self->ink);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sheet, sheet_free)

static void
add_ink (Sheet *self, double left, double top, double width, double height)
{
  EonayMarkProposalArea area = { left, top, width, height };

  g_array_append_val (self->ink, area);
}

static EonayMarkProposalPage
get_page (Sheet *self)
{
  return (EonayMarkProposalPage){ .width = WIDTH,
                                  .height = self->height,
                                  .text = self->text->str,
                                  .areas = (EonayMarkProposalArea *) (gpointer) self->areas->data,
                                  .n_areas = self->areas->len,
                                  .ink = (EonayMarkProposalArea *) (gpointer) self->ink->data,
                                  .n_ink = self->ink->len };
}

static gboolean
put_under (Sheet *self, const char *name, EonayMarkPlace *place)
{
  EonayMarkProposalPage page = get_page (self);
  EonayMarkProposalArea area;

  return eonay_mark_proposal_find_name (&page, name, &area) &&
         eonay_mark_proposal_put_under (&page, &area, place);
}

static gboolean
put_at_end (Sheet *self, EonayMarkPlace *place)
{
  EonayMarkProposalPage page = get_page (self);

  return eonay_mark_proposal_put_at_end (&page, place);
}

static void
assert_place (const EonayMarkPlace *place, double left, double top)
{
  g_assert_cmpint (place->position, ==, EONAY_MARK_AREA);
  g_assert_cmpuint (place->page, ==, 3);
  g_assert_cmpfloat_with_epsilon (place->left, left, 1e-6);
  g_assert_cmpfloat_with_epsilon (place->top, top, 1e-6);
  g_assert_cmpfloat (place->width, ==, EONAY_MARK_WIDTH);
  g_assert_cmpfloat (place->height, ==, EONAY_MARK_HEIGHT);
}

static void
test_names (void)
{
  const struct {
    const char *text;
    const char *name;
    gboolean is_there;
  } cases[] = {
    { "Ayşe DENEME", "AYŞE DENEME", TRUE },
    { "İMZA: ışıl iNCİ", "IŞIL İNCİ", TRUE },
    { "IŞIL İNCİ", "Işıl İnci", TRUE },
    { "i\u0307nci ÇAĞRI", "İNCİ Çağrı", TRUE },
    { "AYŞE   DENEME", "Ayşe Deneme", TRUE },
    { "(Ayşe Deneme),", "AYŞE DENEME", TRUE },
    { "Ayşe DENEMECİ", "AYŞE DENEME", FALSE },
    { "Gülayşe Deneme", "AYŞE DENEME", FALSE },
    { "Ayse Deneme", "AYŞE DENEME", FALSE },
    { "Ali Deneme", "AYŞE DENEME", FALSE },
    { "Ayşe Deneme", " ", FALSE },
    { "", "AYŞE DENEME", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Line lines[] = { { cases[i].text, 100, 100 }, { NULL } };
      g_autoptr (Sheet) sheet = sheet_new (lines);
      EonayMarkProposalPage page = get_page (sheet);
      EonayMarkProposalArea area;

      g_test_message ("%s: %s", cases[i].text, cases[i].name);
      g_assert_cmpint (eonay_mark_proposal_find_name (&page, cases[i].name, &area), ==,
                       cases[i].is_there);
    }
}

static void
test_under_name (void)
{
  const Line lines[] = { { "Ben Ayşe Deneme", 72, 100 },
                         { "ARZ EDERİM", 72, 118 },
                         { "AYŞE DENEME", 400, 300 },
                         { "Adres: Ankara", 72, 700 },
                         { NULL } };
  const Line at_edge[] = { { "AYŞE DENEME", 20, 300 }, { NULL } };
  g_autoptr (Sheet) sheet = sheet_new (lines);
  g_autoptr (Sheet) edge = sheet_new (at_edge);
  EonayMarkPlace place = { .page = 3 };

  /* The last one of two, and in the middle under it. */
  g_assert_true (put_under (sheet, "Ayşe Deneme", &place));
  assert_place (&place, 400 + (11 * LETTER - EONAY_MARK_WIDTH) / 2, 320);

  g_assert_true (put_under (edge, "Ayşe Deneme", &place));
  assert_place (&place, 18, 320);
}

/* The words stand in two lines: it is the second under which there has to be room. */
static void
test_two_lines (void)
{
  const Line lines[] = { { "Ayşe", 300, 300 }, { "DENEME", 300, 316 }, { NULL } };
  g_autoptr (Sheet) sheet = sheet_new (lines);
  EonayMarkPlace place = { .page = 3 };

  g_assert_true (put_under (sheet, "AYŞE DENEME", &place));
  assert_place (&place, 300 + (6 * LETTER - EONAY_MARK_WIDTH) / 2, 336);
}

static void
test_not_empty (void)
{
  const Line crowded[] = { { "AYŞE DENEME", 300, 300 }, { "Müdür", 310, 316 }, { NULL } };
  const Line low[] = { { "AYŞE DENEME", 300, 770 }, { NULL } };
  const Line free[] = { { "AYŞE DENEME", 300, 300 }, { NULL } };
  g_autoptr (Sheet) text = sheet_new (crowded);
  g_autoptr (Sheet) end = sheet_new (low);
  g_autoptr (Sheet) underlined = sheet_new (free);
  g_autoptr (Sheet) picture = sheet_new (free);
  EonayMarkPlace place = { .page = 3 };

  g_assert_false (put_under (text, "AYŞE DENEME", &place));
  g_assert_false (put_under (end, "AYŞE DENEME", &place));
  g_assert_cmpint (place.position, ==, EONAY_MARK_AREA);
  g_assert_cmpfloat (place.width, ==, 0);

  add_ink (underlined, 300, 300, 66, 15);
  g_assert_true (put_under (underlined, "AYŞE DENEME", &place));
  add_ink (picture, 330, 350, 2, 2);
  g_assert_false (put_under (picture, "AYŞE DENEME", &place));
}

/* A page is seen turned; where the mark comes in the file is told by its rotation. */
static void
test_rotated (void)
{
  const Line lines[] = { { "AYŞE DENEME", 100, 100 }, { NULL } };
  const EonayPdfBox paper = { 0, 0, 842, 595, 90 };
  g_autoptr (Sheet) sheet = sheet_new (lines);
  EonayMarkPlace place = { .page = 3 };
  EonayPdfBox box;

  g_assert_true (put_under (sheet, "AYŞE DENEME", &place));
  assert_place (&place, 33, 120);
  box = eonay_mark_place_find_box (&place, &paper);
  g_assert_cmpfloat (box.left, ==, 120);
  g_assert_cmpfloat (box.bottom, ==, 33);
  g_assert_cmpfloat (box.right, ==, 120 + EONAY_MARK_HEIGHT);
  g_assert_cmpfloat (box.top, ==, 33 + EONAY_MARK_WIDTH);
}

static void
test_at_end (void)
{
  const double right = WIDTH - EONAY_MARK_MARGIN - EONAY_MARK_WIDTH;
  const Line lines[] = { { "Bir", 72, 100 },
                         { "İki", 72, 300 },
                         { "Üç", 72, 430 },
                         { "- 2 -", 290, 800 },
                         { NULL } };
  const Line none[] = { { NULL } };
  g_autoptr (Sheet) sheet = sheet_new (lines);
  g_autoptr (Sheet) blank = sheet_new (none);
  g_autoptr (Sheet) scan = sheet_new (none);
  EonayMarkPlace place = { .page = 3 };

  /* Under the last line, whatever stands in the footer. */
  g_assert_true (put_at_end (sheet, &place));
  assert_place (&place, right, 456);

  /* A picture is below it; a frame goes by. */
  add_ink (sheet, 20, 20, 1, 800);
  add_ink (sheet, 300, 500, 100, 100);
  g_assert_true (put_at_end (sheet, &place));
  assert_place (&place, right, 612);

  /* Full down to its footer. */
  add_ink (sheet, 400, 600, 20, 120);
  g_assert_false (put_at_end (sheet, &place));

  /* Without text there may be a picture; without anything there is no end. */
  g_assert_false (put_at_end (blank, &place));
  add_ink (scan, 0, 0, WIDTH, 500);
  g_assert_true (put_at_end (scan, &place));
  assert_place (&place, right, 512);
  scan->height = 520;
  g_assert_false (put_at_end (scan, &place));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/mark-proposal/names", test_names);
  g_test_add_func ("/session/mark-proposal/under-name", test_under_name);
  g_test_add_func ("/session/mark-proposal/two-lines", test_two_lines);
  g_test_add_func ("/session/mark-proposal/not-empty", test_not_empty);
  g_test_add_func ("/session/mark-proposal/rotated", test_rotated);
  g_test_add_func ("/session/mark-proposal/at-end", test_at_end);

  return g_test_run ();
}
