#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/document/eonay-page-view-private.h"
#include "app/document/eonay-pdf-view.h"
#include "app/widgets/eonay-advice-box.h"
#include "base/eonay-error.h"
#include "support/pdf-samples.h"
#include "support/window/eonay-window-fixture.h"

/* A page counts as seen when it was painted whole and in view; and what the view is used for. */

typedef struct {
  GtkWidget *window;
  EonayPdfView *view;
  EonayPageView *pages;
  GtkAdjustment *across;
  GtkAdjustment *down;
  int judged;
  int all_seen;
  int found;
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
open_reader (Reader *self, int width, int height)
{
  GtkWidget *view = eonay_pdf_view_new ();
  GtkWidget *scroller;

  memset (self, 0, sizeof *self);
  self->window = gtk_window_new ();
  self->view = EONAY_PDF_VIEW (view);
  self->pages = eonay_pdf_view_get_pages (self->view);
  gtk_window_set_child (GTK_WINDOW (self->window), view);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  gtk_window_present (GTK_WINDOW (self->window));
  scroller = gtk_widget_get_ancestor (GTK_WIDGET (self->pages), GTK_TYPE_SCROLLED_WINDOW);
  self->across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller));
  self->down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  g_signal_connect_swapped (view, "judged", G_CALLBACK (count_cb), &self->judged);
  g_signal_connect_swapped (view, "all-seen", G_CALLBACK (count_cb), &self->all_seen);
  g_signal_connect_swapped (view, "findings-changed", G_CALLBACK (count_cb), &self->found);
  eonay_window_fixture_settle (self->window);
}

static void
close_reader (Reader *self)
{
  gpointer view = self->view;

  g_object_add_weak_pointer (view, &view);
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (view != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
show (Reader *self, GBytes *document)
{
  self->judged = self->all_seen = self->found = 0;
  eonay_pdf_view_set_document (self->view, document, "Sözleşme");
  eonay_window_fixture_wait (is_positive, &self->judged);
}

static void
show_sample (Reader *self, const char *name)
{
  g_autoptr (GBytes) document = pdf_samples_make (name);

  show (self, document);
}

static void
show_pages (Reader *self, guint n_pages)
{
  g_autoptr (GBytes) document = pdf_samples_make_pages (n_pages);

  show (self, document);
}

static guint
count_seen (Reader *self)
{
  guint n_seen = 0;

  for (guint i = 0; i < eonay_pdf_view_get_n_pages (self->view); i++)
    n_seen += eonay_page_view_was_seen (self->pages, i) ? 1 : 0;

  return n_seen;
}

static gboolean
is_drawn (gpointer user_data)
{
  Reader *self = user_data;
  guint first;
  guint last;

  if (!eonay_page_view_get_range (self->pages, &first, &last))
    return FALSE;
  for (guint page = first; page <= last; page++)
    {
      g_autoptr (GArray) tiles = eonay_page_view_list_tiles (self->pages, page);

      for (guint i = 0; i < tiles->len; i++)
        if (eonay_page_cache_get (self->pages->cache, &g_array_index (tiles, EonayPageTile, i)) ==
            NULL)
          return FALSE;
    }

  return TRUE;
}

/* Until what is in view is drawn, and painted. */
static void
settle (Reader *self)
{
  eonay_window_fixture_wait (is_drawn, self);
  eonay_window_fixture_settle (self->window);
}

static void
press (Reader *self, guint key, GdkModifierType modifiers)
{
  GtkWidget *widget = GTK_WIDGET (self->pages);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  GtkShortcutTrigger *wanted = gtk_keyval_trigger_new (key, modifiers);
  gboolean pressed = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !pressed; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      guint n_shortcuts = GTK_IS_SHORTCUT_CONTROLLER (controller)
                              ? g_list_model_get_n_items (G_LIST_MODEL (controller))
                              : 0;

      for (guint s = 0; s < n_shortcuts && !pressed; s++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), s);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), wanted))
            pressed = gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                                    gtk_shortcut_get_arguments (shortcut));
        }
    }
  g_object_unref (wanted);
  g_assert_true (pressed);
}

static void
test_seen_page_by_page (void)
{
  Reader reader;

  open_reader (&reader, 700, 600);
  show_pages (&reader, 4);
  g_assert_no_error (eonay_pdf_view_get_fault (reader.view));
  g_assert_cmpuint (eonay_pdf_view_get_n_pages (reader.view), ==, 4);
  settle (&reader);
  /* The window is lower than a page. */
  g_assert_cmpuint (count_seen (&reader), ==, 0);

  for (guint i = 0; i < 40 && reader.all_seen == 0; i++)
    {
      guint before = count_seen (&reader);

      press (&reader, GDK_KEY_Page_Down, 0);
      settle (&reader);
      g_assert_cmpuint (count_seen (&reader), <=, before + 1);
    }
  g_assert_cmpint (reader.all_seen, ==, 1);
  g_assert_true (eonay_pdf_view_were_all_seen (reader.view));
  g_assert_cmpuint (eonay_page_view_get_page (reader.pages), ==, 3);

  /* Another document has not been seen, though it looks the same. */
  show_pages (&reader, 4);
  g_assert_false (eonay_pdf_view_were_all_seen (reader.view));
  g_assert_cmpuint (eonay_page_view_get_page (reader.pages), ==, 0);
  close_reader (&reader);
}

/* The end alone is not the document. */
static void
test_jump_to_the_end (void)
{
  Reader reader;

  open_reader (&reader, 420, 740);
  show_pages (&reader, 6);
  settle (&reader);
  press (&reader, GDK_KEY_End, 0);
  settle (&reader);
  settle (&reader);
  g_assert_cmpint (reader.all_seen, ==, 0);
  g_assert_true (eonay_page_view_was_seen (reader.pages, 5));
  g_assert_false (eonay_page_view_was_seen (reader.pages, 2));
  g_assert_cmpuint (eonay_page_view_get_page (reader.pages), ==, 5);
  press (&reader, GDK_KEY_Home, 0);
  g_assert_cmpuint (eonay_page_view_get_page (reader.pages), ==, 0);
  close_reader (&reader);
}

/* Scrolled over is not painted. */
static void
test_unpainted (void)
{
  Reader reader;

  open_reader (&reader, 420, 740);
  gtk_widget_set_opacity (GTK_WIDGET (reader.pages), 0);
  show_sample (&reader, "text");
  settle (&reader);
  settle (&reader);
  g_assert_cmpuint (count_seen (&reader), ==, 0);
  gtk_widget_set_opacity (GTK_WIDGET (reader.pages), 1);
  eonay_window_fixture_wait (is_positive, &reader.all_seen);
  close_reader (&reader);
}

/* What is cut off by what is around the view is not in view. */
static void
test_covered (void)
{
  GtkWidget *outer = gtk_scrolled_window_new ();
  GtkAdjustment *adjustment;
  Reader reader;

  open_reader (&reader, 500, 400);
  g_object_ref (reader.view);
  gtk_window_set_child (GTK_WINDOW (reader.window), outer);
  gtk_widget_set_size_request (GTK_WIDGET (reader.view), -1, 900);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (outer), GTK_WIDGET (reader.view));
  g_object_unref (reader.view);
  show_sample (&reader, "text");
  settle (&reader);
  settle (&reader);
  g_assert_cmpuint (count_seen (&reader), ==, 0);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (outer));
  for (double at = 0; at < 900; at += 200)
    {
      gtk_adjustment_set_value (adjustment, at);
      settle (&reader);
    }
  eonay_window_fixture_wait (is_positive, &reader.all_seen);
  close_reader (&reader);
}

/* Where it is zoomed into, both sides have to be looked at. */
static void
test_zoomed (void)
{
  Reader reader;

  open_reader (&reader, 700, 900);
  show_sample (&reader, "text");
  settle (&reader);
  for (guint i = 0; i < 4; i++)
    press (&reader, GDK_KEY_plus, GDK_CONTROL_MASK);
  gtk_adjustment_set_value (reader.across, 0);
  gtk_adjustment_set_value (reader.down, 0);
  /* What was painted before the zoom does not count here. */
  g_clear_pointer (&reader.pages->seen, eonay_seen_pages_unref);
  reader.pages->seen = eonay_seen_pages_new (1);
  for (double at = 0; at < gtk_adjustment_get_upper (reader.down); at += 300)
    {
      gtk_adjustment_set_value (reader.down, at);
      settle (&reader);
    }
  g_assert_cmpuint (count_seen (&reader), ==, 0);
  gtk_adjustment_set_value (reader.across, gtk_adjustment_get_upper (reader.across));
  for (double at = 0; at < gtk_adjustment_get_upper (reader.down); at += 300)
    {
      gtk_adjustment_set_value (reader.down, at);
      settle (&reader);
    }
  eonay_window_fixture_wait (is_positive, &reader.all_seen);

  press (&reader, GDK_KEY_0, GDK_CONTROL_MASK);
  settle (&reader);
  close_reader (&reader);
}

/* A page of five metres has room for anything where nobody can read it. */
static void
test_too_small (void)
{
  Reader reader;

  open_reader (&reader, 700, 900);
  show_sample (&reader, "huge");
  settle (&reader);
  settle (&reader);
  g_assert_true (eonay_page_view_is_too_small (reader.pages));
  g_assert_nonnull (
      eonay_window_fixture_find (GTK_WIDGET (reader.view), GTK_TYPE_LABEL,
                                 "This page is too small to be read: make it larger."));
  g_assert_cmpuint (count_seen (&reader), ==, 0);
  press (&reader, GDK_KEY_0, GDK_CONTROL_MASK);
  settle (&reader);
  g_assert_false (eonay_page_view_is_too_small (reader.pages));
  g_assert_cmpuint (eonay_page_view_get_bytes (reader.pages), <, 64u << 20);
  close_reader (&reader);
}

/* As many pixels as the screen has for it: run with GDK_SCALE=2, too. */
static void
test_device_pixels (void)
{
  const char *wanted = g_getenv ("GDK_SCALE");
  int factor = wanted != NULL ? atoi (wanted) : 1;
  Reader reader;
  EonayPageArea area;
  g_autoptr (GArray) tiles = NULL;
  const EonayPageTile *tile;
  GdkTexture *texture;

  open_reader (&reader, 500, 600);
  show_pages (&reader, 1);
  settle (&reader);
  g_assert_cmpint (gtk_widget_get_scale_factor (GTK_WIDGET (reader.pages)), ==, factor);
  area = eonay_page_view_get_area (reader.pages, 0);
  tiles = eonay_page_view_list_tiles (reader.pages, 0);
  tile = &g_array_index (tiles, EonayPageTile, 0);
  texture = eonay_page_cache_get (reader.pages->cache, tile);
  g_assert_true (tile->is_whole);
  g_assert_cmpfloat (area.width, >, 400);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, (int) round (area.width * factor));
  g_assert_cmpint (gdk_texture_get_height (texture), ==, (int) round (area.height * factor));
  close_reader (&reader);
}

/* 300 pages take no more memory than some of them. */
static void
test_memory (void)
{
  Reader reader;
  gsize most = 0;

  open_reader (&reader, 800, 700);
  show_pages (&reader, 300);
  for (guint page = 0; page < 300; page += 3)
    {
      eonay_page_view_show_page (reader.pages, page);
      settle (&reader);
      most = MAX (most, eonay_page_view_get_bytes (reader.pages));
    }
  g_test_message ("%" G_GSIZE_FORMAT " kB", most / 1024);
  g_assert_cmpuint (most, <, 64u << 20);
  close_reader (&reader);
}

static void
test_zoom_keeps_place (void)
{
  Reader reader;
  guint page;
  double x;
  double y;
  double y_after;

  open_reader (&reader, 700, 600);
  show_pages (&reader, 20);
  eonay_page_view_show_page (reader.pages, 9);
  settle (&reader);
  g_assert_cmpuint (eonay_page_view_get_page (reader.pages), ==, 9);
  gtk_adjustment_set_value (reader.down, gtk_adjustment_get_value (reader.down) + 300);
  eonay_page_view_to_page_coordinates (reader.pages, 350, 200, &page, &x, &y);
  for (guint i = 0; i < 5; i++)
    eonay_page_view_zoom (reader.pages, i < 3 ? 1 : -1);
  eonay_page_view_to_page_coordinates (reader.pages, 350, 200, &page, &x, &y_after);
  g_assert_cmpuint (page, ==, 9);
  g_assert_cmpfloat_with_epsilon (y, y_after, 30);
  eonay_page_view_fit_width (reader.pages);
  gtk_window_set_default_size (GTK_WINDOW (reader.window), 500, 600);
  settle (&reader);
  g_assert_cmpfloat (gtk_adjustment_get_upper (reader.across), <=,
                     gtk_adjustment_get_page_size (reader.across));
  close_reader (&reader);
}

static gboolean
has_texts (gpointer user_data)
{
  return g_hash_table_lookup (((Reader *) user_data)->pages->texts, GUINT_TO_POINTER (0)) != NULL;
}

static void
on_clipboard (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static char *
read_clipboard (Reader *self)
{
  char *text = NULL;

  for (guint i = 0; i < 1000 && text == NULL; i++)
    {
      gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self->pages)), NULL,
                                     on_clipboard, &text);
      for (guint turn = 0; turn < 100 && text == NULL; turn++)
        g_main_context_iteration (NULL, turn % 10 == 0);
    }

  return text;
}

static gboolean
has_new_text (gpointer user_data)
{
  GdkContentProvider *provider = gdk_clipboard_get_content (user_data);
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);

  return provider != NULL && gdk_content_provider_get_value (provider, &value, NULL) &&
         strstr (g_value_get_string (&value), "Sayfa 3") != NULL;
}

static void
test_select_and_copy (void)
{
  Reader reader;
  GdkClipboard *clipboard;
  g_autofree char *text = NULL;

  open_reader (&reader, 700, 900);
  show_pages (&reader, 3);
  settle (&reader);
  eonay_window_fixture_wait (has_texts, &reader);
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (reader.pages));
  eonay_page_view_select_all (reader.pages);
  eonay_page_view_copy (reader.pages);
  eonay_window_fixture_wait (has_new_text, clipboard);
  text = read_clipboard (&reader);
  g_assert_true (g_str_has_prefix (text, "Sayfa 1\n"));
  g_assert_nonnull (strstr (text, "Sayfa 2\n"));
  close_reader (&reader);
}

static gboolean
is_found (gpointer user_data)
{
  return eonay_window_fixture_find (user_data, GTK_TYPE_LABEL, "31 / 40") != NULL;
}

static gboolean
is_not_found (gpointer user_data)
{
  return eonay_window_fixture_find (user_data, GTK_TYPE_LABEL, "Not found") != NULL;
}

static gboolean
shows_page_30 (gpointer user_data)
{
  guint first;
  guint last;

  return eonay_page_view_get_range (user_data, &first, &last) && first <= 30 && last >= 30;
}

typedef struct {
  Reader *reader;
  const char *count;
  guint page;
} Hit;

static gboolean
shows_hit (gpointer user_data)
{
  const Hit *hit = user_data;
  guint first;
  guint last;

  return eonay_window_fixture_find (GTK_WIDGET (hit->reader->view), GTK_TYPE_LABEL, hit->count) !=
             NULL &&
         eonay_page_view_get_range (hit->reader->pages, &first, &last) && first <= hit->page &&
         last >= hit->page;
}

static void
step (GtkWidget *entry, const char *signal, guint times)
{
  for (guint i = 0; i < times; i++)
    g_signal_emit_by_name (entry, signal);
}

/* From the last match on to the first, and back again; the view goes along. */
static void
check_round (Reader *reader, GtkWidget *entry)
{
  Hit last = { reader, "40 / 40", 39 };
  Hit first = { reader, "1 / 40", 0 };

  step (entry, "next-match", 9);
  eonay_window_fixture_wait (shows_hit, &last);
  step (entry, "next-match", 1);
  eonay_window_fixture_wait (shows_hit, &first);
  step (entry, "previous-match", 1);
  eonay_window_fixture_wait (shows_hit, &last);
}

static void
test_search (void)
{
  Reader reader;
  GtkWidget *entry;
  GtkWidget *toggle;

  open_reader (&reader, 700, 600);
  show_pages (&reader, 40);
  eonay_page_view_show_page (reader.pages, 30);
  toggle = eonay_window_fixture_find (GTK_WIDGET (reader.view), GTK_TYPE_TOGGLE_BUTTON, NULL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  entry = eonay_window_fixture_find (GTK_WIDGET (reader.view), GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "SAYFA");
  eonay_window_fixture_wait (is_found, reader.view);
  g_assert_cmpuint (reader.pages->n_current, ==, 1);
  g_assert_true (shows_page_30 (reader.pages));
  check_round (&reader, entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "bulunmaz");
  eonay_window_fixture_wait (is_not_found, reader.view);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), FALSE);
  g_assert_null (reader.pages->matches);
  close_reader (&reader);
}

static GtkWidget *
find_with_tooltip (GtkWidget *root, const char *text)
{
  GtkWidget *found = NULL;

  if (g_strcmp0 (gtk_widget_get_tooltip_text (root), text) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_with_tooltip (child, text);

  return found;
}

static gboolean
reads_page_2 (gpointer user_data)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (user_data);
  GtkTextIter start;
  GtkTextIter end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);

  return g_str_has_prefix (text, "Sayfa 2\n");
}

static void
test_text_pane (void)
{
  Reader reader;
  GtkWidget *pane;
  GtkWidget *button;

  open_reader (&reader, 700, 900);
  show_pages (&reader, 3);
  button = find_with_tooltip (GTK_WIDGET (reader.view), "Show the page’s text");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  settle (&reader);
  pane = eonay_window_fixture_find (GTK_WIDGET (reader.view), GTK_TYPE_TEXT_VIEW, NULL);
  eonay_page_view_show_page (reader.pages, 1);
  eonay_window_fixture_wait (reads_page_2, pane);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (pane), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Text of page 2");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (reader.pages), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Sözleşme, page 2 of 3");
  close_reader (&reader);
}

static void
test_faults (void)
{
  static const struct {
    const char *name;
    EonayPageError code;
  } faults[] = {
    { "encrypted", EONAY_PAGE_ERROR_ENCRYPTED },
    { "no-pages", EONAY_PAGE_ERROR_MALFORMED },
    { "absurd", EONAY_PAGE_ERROR_TOO_LARGE },
  };
  Reader reader;

  open_reader (&reader, 500, 500);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      GtkWidget *advice;

      show_sample (&reader, faults[i].name);
      g_assert_error (eonay_pdf_view_get_fault (reader.view), EONAY_PAGE_ERROR,
                      (int) faults[i].code);
      advice = eonay_window_fixture_find (GTK_WIDGET (reader.view), EONAY_TYPE_ADVICE_BOX, NULL);
      g_assert_false (eonay_advice_box_is_empty (EONAY_ADVICE_BOX (advice)));
      g_assert_false (eonay_pdf_view_were_all_seen (reader.view));
    }
  show_sample (&reader, "text");
  g_assert_no_error (eonay_pdf_view_get_fault (reader.view));
  close_reader (&reader);
}

/* A process that a page has taken over: the person is told, nothing counts as seen. */
static void
test_faulty_process (void)
{
  g_autofree char *good = g_strdup (g_getenv ("EONAY_PDF_RENDERER"));
  Reader reader;

  g_setenv ("EONAY_PDF_RENDERER", g_getenv ("TEST_FAULTY_RENDERER"), TRUE);
  g_setenv ("EONAY_PDF_RENDERER_LIMIT", "500", TRUE);
  open_reader (&reader, 500, 500);
  show_sample (&reader, "text");
  g_assert_cmpuint (eonay_pdf_view_get_n_pages (reader.view), ==, 8);
  reader.judged = 0;
  eonay_page_view_show_page (reader.pages, 1);
  eonay_window_fixture_wait (is_positive, &reader.judged);
  g_assert_error (eonay_pdf_view_get_fault (reader.view), EONAY_PAGE_ERROR,
                  EONAY_PAGE_ERROR_CRASHED);
  g_assert_false (eonay_pdf_view_were_all_seen (reader.view));
  close_reader (&reader);
  g_setenv ("EONAY_PDF_RENDERER", good, TRUE);
  g_unsetenv ("EONAY_PDF_RENDERER_LIMIT");
}

static void
test_findings (void)
{
  Reader reader;

  open_reader (&reader, 700, 700);
  show_sample (&reader, "no-print");
  while (!eonay_page_findings_is_complete (eonay_pdf_view_get_findings (reader.view)))
    {
      eonay_window_fixture_wait (is_positive, &reader.found);
      reader.found = 0;
    }
  g_assert_cmpuint (
      eonay_page_findings_get_printed_otherwise (eonay_pdf_view_get_findings (reader.view))->len,
      ==, 1);
  g_assert_nonnull (
      eonay_window_fixture_find (GTK_WIDGET (reader.view), GTK_TYPE_LABEL,
                                 "Printed otherwise than it is shown here; pages: 1"));
  g_assert_nonnull (eonay_window_fixture_find (
      GTK_WIDGET (reader.view), GTK_TYPE_LABEL,
      "May look otherwise on another computer, because fonts are not part of the document: "
      "Helvetica"));
  close_reader (&reader);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/pdf-view/page-by-page", test_seen_page_by_page);
  g_test_add_func ("/window/pdf-view/jump-to-the-end", test_jump_to_the_end);
  g_test_add_func ("/window/pdf-view/unpainted", test_unpainted);
  g_test_add_func ("/window/pdf-view/covered", test_covered);
  g_test_add_func ("/window/pdf-view/zoomed", test_zoomed);
  g_test_add_func ("/window/pdf-view/too-small", test_too_small);
  g_test_add_func ("/window/pdf-view/device-pixels", test_device_pixels);
  g_test_add_func ("/window/pdf-view/memory", test_memory);
  g_test_add_func ("/window/pdf-view/zoom-keeps-place", test_zoom_keeps_place);
  g_test_add_func ("/window/pdf-view/select-and-copy", test_select_and_copy);
  g_test_add_func ("/window/pdf-view/search", test_search);
  g_test_add_func ("/window/pdf-view/text-pane", test_text_pane);
  g_test_add_func ("/window/pdf-view/faults", test_faults);
  g_test_add_func ("/window/pdf-view/faulty-process", test_faulty_process);
  g_test_add_func ("/window/pdf-view/findings", test_findings);

  return g_test_run ();
}
