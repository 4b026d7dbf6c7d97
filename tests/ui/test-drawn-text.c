#include <string.h>

#include "app/document/eonay-document-card.h"
#include "app/document/eonay-drawn-text.h"
#include "app/widgets/eonay-advice-box.h"
#include "base/eonay-document-limits.h"
#include "base/eonay-error.h"
#include "support/window/eonay-window-fixture.h"

/* A text is signed only if each of its characters was in what was drawn. */

#define HEIGHT 1000 /* of a window: the card is in it whole */

typedef struct {
  GtkWidget *window;
  EonayDocumentCard *card;
  GtkTextView *view;
  GtkScrolledWindow *scroller;
  int judged;
  int seen;
} Reader;

static void
count_cb (int *count)
{
  ++*count;
}

static gboolean
is_positive (gpointer user_data)
{
  return *(int *) user_data > 0;
}

static void
open_reader (Reader *self, int width, int percent)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *page = gtk_scrolled_window_new ();
  GtkWidget *card = g_object_new (EONAY_TYPE_DOCUMENT_CARD, NULL);

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * percent / 100, NULL);
  memset (self, 0, sizeof *self);
  self->window = window;
  self->card = EONAY_DOCUMENT_CARD (card);
  g_object_set (page, "hscrollbar-policy", GTK_POLICY_NEVER, "child", card, NULL);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_set_default_size (GTK_WINDOW (window), width, HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  self->view = GTK_TEXT_VIEW (eonay_window_fixture_find (card, EONAY_TYPE_DRAWN_TEXT, NULL));
  self->scroller =
      GTK_SCROLLED_WINDOW (eonay_window_fixture_find (card, GTK_TYPE_SCROLLED_WINDOW, NULL));
  g_signal_connect_swapped (card, "judged", G_CALLBACK (count_cb), &self->judged);
  g_signal_connect_swapped (card, "end-seen", G_CALLBACK (count_cb), &self->seen);
  eonay_window_fixture_settle (window);
}

static void
close_reader (Reader *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
}

static EonayDocument *
make_document (const char *text)
{
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_autoptr (GBytes) digest = NULL;
  EonayDocument *document;
  guint8 bytes[32];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (sum[2 * i]) << 4 |
                         g_ascii_xdigit_value (sum[2 * i + 1]));
  digest = g_bytes_new (bytes, sizeof bytes);
  document = eonay_document_new ("1", "Sözleşme", "text/plain; charset=utf-8", strlen (text),
                                 digest, "documents/1", EONAY_FORMAT_CADES_ATTACHED, "AdES-B-B");
  g_assert_true (eonay_document_set_content (document, content, NULL));

  return document;
}

static gboolean
show (Reader *self, const char *text, GError **error)
{
  g_autoptr (EonayDocument) document = make_document (text);

  self->judged = self->seen = 0;

  return eonay_document_card_set_document (self->card, document, error);
}

/* What the view says of each character in sight, by its own layout. Returns: how far in sight */
static int
check_characters_in_sight (Reader *self, int from)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GdkRectangle sight;
  GtkTextIter i;

  gtk_text_view_get_visible_rect (self->view, &sight);
  gtk_text_buffer_get_iter_at_offset (buffer, &i, from);
  for (; !gtk_text_iter_is_end (&i); gtk_text_iter_forward_char (&i))
    {
      gunichar c = gtk_text_iter_get_char (&i);
      GdkRectangle at;

      gtk_text_view_get_iter_location (self->view, &i, &at);
      if (at.y + at.height > sight.y + sight.height)
        break;

      g_assert_cmpint (at.y, >=, sight.y - at.height);
      g_assert_cmpint (at.x, >=, 0);
      g_assert_cmpint (at.x, <, sight.width);
      if (!g_unichar_isspace (c))
        {
          g_assert_cmpint (at.x + at.width, <=, sight.width);
          g_assert_cmpint (at.height, >, 0);
          if (!g_unichar_ismark (c))
            g_assert_cmpint (at.width, >, 0);
        }
    }

  return gtk_text_iter_get_offset (&i);
}

/* Pages through the text; its end counts as seen on the last page, and not before. */
static void
read_to_the_end (Reader *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  int n_characters = gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (self->view));
  int offset = 0;

  for (;;)
    {
      double value = gtk_adjustment_get_value (adjustment);

      eonay_window_fixture_settle (self->window);
      offset = check_characters_in_sight (self, offset);
      if (offset == n_characters)
        break;

      g_assert_cmpint (self->seen, ==, 0);
      gtk_adjustment_set_value (adjustment, value + gtk_adjustment_get_page_size (adjustment) / 2);
      g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, value);
    }

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  eonay_window_fixture_wait (is_positive, &self->seen);
  g_assert_cmpint (self->seen, ==, 1);
}

/* The same of a page in each sixteenth of a text that is too long to be paged through. */
static void
look_here_and_there (Reader *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  for (guint part = 0; part < 16; part++)
    {
      GdkRectangle sight;
      GtkTextIter first;

      gtk_adjustment_set_value (adjustment, end * part / 16);
      eonay_window_fixture_settle (self->window);
      gtk_text_view_get_visible_rect (self->view, &sight);
      gtk_text_view_get_iter_at_location (self->view, &first, 0, sight.y);
      gtk_text_view_forward_display_line (self->view, &first);
      check_characters_in_sight (self, gtk_text_iter_get_offset (&first));
      g_assert_cmpint (self->seen, ==, 0);
    }

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  eonay_window_fixture_wait (is_positive, &self->seen);
}

typedef struct {
  const char *name;
  const char *unit;
  guint n; /* units in a line */
  guint n_lines;
  int fault; /* EonaySessionError; -1: it is shown */
} Text;

static const Text texts[] = {
  { "ordinary", "Kabul ediyorum: ödemeyi vadesinde yapacağım; ", 20, 4, -1 },
  { "longest words", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl", 4, 2, -1 },
  { "underscores", "_", 120, 2, -1 },
  { "two blanks", "Evet.  Hayır.   Belki. ", 60, 2, -1 },
  { "blanks", "a                                                             b", 40, 2, -1 },
  { "short lines", "a", 1, 300, -1 },
  { "no letters", "", 1, 300, -1 },
  { "composed", "a\u0308o\u0302\u0301", 30, 2, -1 },
  { "marks by themselves", "i\u0307 a\u0301\u0302\u0303 ", 30, 2, -1 },
  { "marks on nothing", "\u0301\u0302a ", 30, 2, -1 },
  { "zero-width", "a\u200b\u200dc\ufe0f \u00ad", 40, 2, -1 },
  { "turned", "\u202emuroyide\u202c \u0627\u0644 ", 20, 2, -1 },
  { "wide", "\u2014\u2014\u2014 \u00bd \u01c4 ", 60, 2, -1 },
  { "soft places to hyphenate", "çekoslovakyalılaştıramadıklarımızdanmışsınız ", 40, 2, -1 },
  { "no font", "a\U00012000", 1, 1, EONAY_SESSION_ERROR_TEXT_NO_GLYPH },
  { "no font far down", "b\U0001f9ff", 1, 90, EONAY_SESSION_ERROR_TEXT_NO_GLYPH },
  { "tabs past the edge", "\t", 100, 1, EONAY_SESSION_ERROR_TEXT_NOT_DRAWN },
};

static char *
write_text (const Text *what)
{
  GString *text = g_string_new (NULL);

  for (guint line = 0; line < what->n_lines; line++)
    {
      for (guint i = 0; i < what->n; i++)
        g_string_append (text, what->unit);
      g_string_append_c (text, '\n');
    }
  g_string_append (text, "Son.");

  return g_string_free (text, FALSE);
}

static void
test_texts (gconstpointer user_data)
{
  const int *form = user_data;
  Reader reader;

  open_reader (&reader, form[0], form[1]);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = write_text (&texts[i]);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i].name);
      g_assert_true (show (&reader, text, &error));
      eonay_window_fixture_wait (is_positive, &reader.judged);
      if (texts[i].fault < 0)
        {
          g_assert_no_error (eonay_document_card_get_fault (reader.card));
          read_to_the_end (&reader);
          continue;
        }

      g_assert_error (eonay_document_card_get_fault (reader.card), EONAY_SESSION_ERROR,
                      texts[i].fault);
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (reader.scroller), G_MAXINT);
      eonay_window_fixture_settle (reader.window);
      eonay_window_fixture_settle (reader.window);
      g_assert_cmpint (reader.seen, ==, 0);
    }
  close_reader (&reader);
}

/* As much as is let in, in bytes, in lines, in bytes of a line and of a word. */
static const Text largest[] = {
  { "longest lines", "ödemeyi vadesinde yapacağım; ", 128, 127, -1 },
  { "longest words in longest lines",
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklabcdefghijklmnopqrstuvwxyz"
    "abcdefghijklmnopqrstuvwxyzabcdefghijklabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
    "abcdefghijklabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghi ",
    16, 128, -1 },
  { "most lines", "Kabul ediyorum: evet; 24 ay. ", 1, 16383, -1 },
};

static void
test_at_the_limits (void)
{
  Reader reader;

  open_reader (&reader, 1280, 100);
  for (gsize i = 0; i < G_N_ELEMENTS (largest); i++)
    {
      g_autofree char *text = write_text (&largest[i]);
      gsize length = strlen (text);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s: %" G_GSIZE_FORMAT " bytes", largest[i].name, length);
      g_assert_cmpuint (length, <=, EONAY_DOCUMENT_TEXT_MAX);
      g_assert_cmpuint (length, >, EONAY_DOCUMENT_TEXT_MAX * 8 / 10);
      g_assert_true (show (&reader, text, &error));
      eonay_window_fixture_wait (is_positive, &reader.judged);
      g_assert_no_error (eonay_document_card_get_fault (reader.card));
      look_here_and_there (&reader);
    }
  close_reader (&reader);
}

/* A text that is shown whole stays so at each width, and one that was not may be so later. */
static void
test_width_changes (void)
{
  static const Text tabs = { "tabs", "\t", 12, 1, -1 };
  g_autofree char *text = write_text (&texts[0]);
  g_autofree char *wide = write_text (&tabs);
  Reader reader;

  open_reader (&reader, 900, 100);
  g_assert_true (show (&reader, text, NULL));
  for (int width = 900; width >= 360; width -= 41)
    {
      reader.judged = 0;
      gtk_window_set_default_size (GTK_WINDOW (reader.window), width, HEIGHT);
      eonay_window_fixture_wait (is_positive, &reader.judged);
      g_assert_no_error (eonay_document_card_get_fault (reader.card));
      g_assert_true (eonay_drawn_text_is_proven (EONAY_DRAWN_TEXT (reader.view)));
    }

  g_assert_true (show (&reader, wide, NULL));
  eonay_window_fixture_wait (is_positive, &reader.judged);
  g_assert_error (eonay_document_card_get_fault (reader.card), EONAY_SESSION_ERROR,
                  EONAY_SESSION_ERROR_TEXT_NOT_DRAWN);
  reader.judged = 0;
  gtk_window_set_default_size (GTK_WINDOW (reader.window), 1300, HEIGHT);
  eonay_window_fixture_wait (is_positive, &reader.judged);
  g_assert_no_error (eonay_document_card_get_fault (reader.card));
  eonay_window_fixture_wait (is_positive, &reader.seen);
  close_reader (&reader);
}

/* Scrolled to its end is not drawn to its end. */
static void
test_seen_only_when_drawn (void)
{
  Reader reader;

  open_reader (&reader, 600, 100);
  gtk_widget_set_opacity (GTK_WIDGET (reader.view), 0);
  g_assert_true (show (&reader, "Kabul ediyorum.", NULL));
  eonay_window_fixture_wait (is_positive, &reader.judged);
  eonay_window_fixture_settle (reader.window);
  eonay_window_fixture_settle (reader.window);
  g_assert_cmpint (reader.seen, ==, 0);

  gtk_widget_set_opacity (GTK_WIDGET (reader.view), 1);
  eonay_window_fixture_wait (is_positive, &reader.seen);
  g_assert_cmpint (reader.seen, ==, 1);
  close_reader (&reader);
}

/* 300 KB of ordinary words in one paragraph once hid what came after them. */
static void
test_hidden_clause (void)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Reader reader;

  while (text->len < 400 * 1024)
    g_string_append (text, "kabul ediyorum, ");
  g_string_append (text, "ve evimi devrediyorum.");

  open_reader (&reader, 600, 100);
  g_assert_true (show (&reader, "Kabul ediyorum.", NULL));
  g_assert_false (show (&reader, text->str, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_TEXT_LINE);
  g_assert_cmpint (gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (reader.view)), ==, 0);
  eonay_window_fixture_settle (reader.window);
  eonay_window_fixture_settle (reader.window);
  g_assert_cmpint (reader.seen, ==, 0);
  close_reader (&reader);
  g_string_free (text, TRUE);
}

/* No ink that is not in the text: as many letters are drawn as there are. */
static guint
count_glyphs (const GskRenderNode *node)
{
  guint n = 0;

  switch (gsk_render_node_get_node_type (node))
    {
    case GSK_TEXT_NODE:
      return gsk_text_node_get_num_glyphs (node);
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        n += count_glyphs (gsk_container_node_get_child (node, i));
      return n;
    case GSK_CLIP_NODE:
      return count_glyphs (gsk_clip_node_get_child (node));
    case GSK_TRANSFORM_NODE:
      return count_glyphs (gsk_transform_node_get_child (node));
    case GSK_DEBUG_NODE:
      return count_glyphs (gsk_debug_node_get_child (node));
    default:
      return 0;
    }
}

static void
test_no_hyphens (void)
{
  const char *word = "çekoslovakyalılaştıramadıklarımızdanmışsınızsevgilivatandaşlarım"
                     "çekoslovakyalılaştıramadıklarımızdanmışsınız";
  Reader reader;
  GtkSnapshot *snapshot;
  GskRenderNode *node;

  open_reader (&reader, 360, 100);
  g_assert_true (show (&reader, word, NULL));
  eonay_window_fixture_wait (is_positive, &reader.seen);
  snapshot = gtk_snapshot_new ();
  GTK_WIDGET_GET_CLASS (reader.view)->snapshot (GTK_WIDGET (reader.view), snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_cmpuint (count_glyphs (node), ==, (guint) g_utf8_strlen (word, -1));
  gsk_render_node_unref (node);
  close_reader (&reader);
}

static gboolean
can_sign (gpointer user_data)
{
  return eonay_window_fixture_can_act (user_data, "sign");
}

static gboolean
cannot_sign (gpointer user_data)
{
  return !can_sign (user_data);
}

/* In the window: with a text that has no font nothing is signed, and it says why. */
static void
test_fault_in_the_window (void)
{
  g_autoptr (EonayDocument) faulty = make_document ("Kabul ediyorum: \U00012000.");
  g_autoptr (EonayDocument) good = make_document ("Kabul ediyorum.");
  g_autoptr (GError) error = NULL;
  EonayDocumentCard *card;
  EonayWindowFixture fixture;

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024, NULL);
  eonay_window_fixture_open (&fixture, 900, 680);
  eonay_window_fixture_go_to_review (&fixture);
  card = EONAY_DOCUMENT_CARD (
      eonay_window_fixture_find (GTK_WIDGET (fixture.window), EONAY_TYPE_DOCUMENT_CARD, NULL));
  g_assert_true (eonay_document_card_set_document (card, faulty, NULL));
  eonay_window_fixture_wait (cannot_sign, &fixture);
  g_assert_false (eonay_session_can_sign (fixture.session, &error));
  g_assert_error (error, EONAY_SESSION_ERROR, EONAY_SESSION_ERROR_TEXT_NO_GLYPH);
  g_assert_nonnull (
      eonay_window_fixture_find (GTK_WIDGET (fixture.window), EONAY_TYPE_ADVICE_BOX, NULL));
  eonay_window_fixture_settle (GTK_WIDGET (fixture.window));
  eonay_window_fixture_save_picture (GTK_WIDGET (fixture.window), "text-without-font");

  g_assert_true (eonay_document_card_set_document (card, good, NULL));
  eonay_window_fixture_wait (can_sign, &fixture);
  eonay_window_fixture_close (&fixture);
}

int
main (int argc, char *argv[])
{
  static const int forms[][2] = { { 360, 200 }, { 360, 100 }, { 720, 100 }, { 1280, 200 } };

  eonay_window_fixture_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *path = g_strdup_printf ("/window/drawn-text/%d-px-%d-percent", forms[i][0],
                                               forms[i][1]);

      g_test_add_data_func (path, forms[i], test_texts);
    }
  g_test_add_func ("/window/drawn-text/at-the-limits", test_at_the_limits);
  g_test_add_func ("/window/drawn-text/width-changes", test_width_changes);
  g_test_add_func ("/window/drawn-text/seen-only-when-drawn", test_seen_only_when_drawn);
  g_test_add_func ("/window/drawn-text/hidden-clause", test_hidden_clause);
  g_test_add_func ("/window/drawn-text/no-hyphens", test_no_hyphens);
  g_test_add_func ("/window/drawn-text/fault-in-the-window", test_fault_in_the_window);

  return g_test_run ();
}
