#include <adwaita.h>

#include "app/pin/eonay-secret-buffer.h"
#include "app/pin/eonay-secret-row.h"
#include "app/pin/eonay-typed-secret.h"
#include "support/window/eonay-window-fixture.h"

/* The row for secrets alone: GTK has bullets of what is typed, and each change is the secret's. */

typedef struct {
  GtkWidget *window;
  GtkEditable *row;
  GtkText *text;
  GString *told; /* of each change, as the accessibility bus is */
} Fixture;

/* As GTK's accessibility does, after the change. */
static void
inserted_cb (GtkEditable *text, const char *inserted, int length, int *position, GString *told)
{
  g_string_append_printf (told, "+%.*s", length, inserted);
}

/* And before it. */
static void
deleted_cb (GtkEditable *text, int start, int end, GString *told)
{
  g_autofree char *deleted = gtk_editable_get_chars (text, start, end);

  g_string_append_printf (told, "-%s", deleted);
}

static void
open_fixture (Fixture *fixture)
{
  GtkWidget *group = adw_preferences_group_new ();

  fixture->row = g_object_new (EONAY_TYPE_SECRET_ROW, "title", "PIN", NULL);
  fixture->text = GTK_TEXT (gtk_editable_get_delegate (fixture->row));
  fixture->told = g_string_new (NULL);
  g_signal_connect_after (fixture->text, "insert-text", G_CALLBACK (inserted_cb), fixture->told);
  g_signal_connect (fixture->text, "delete-text", G_CALLBACK (deleted_cb), fixture->told);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (fixture->row));
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, -1);
  gtk_window_set_child (GTK_WINDOW (fixture->window), group);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_widget_grab_focus (GTK_WIDGET (fixture->text));
  eonay_window_fixture_settle (fixture->window);
}

static void
close_fixture (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_string_free (fixture->told, TRUE);
}

static void
type (Fixture *fixture, const char *characters)
{
  g_signal_emit_by_name (fixture->text, "insert-at-cursor", characters);
}

static void
move (Fixture *fixture, int steps, gboolean selects)
{
  g_signal_emit_by_name (fixture->text, "move-cursor", GTK_MOVEMENT_LOGICAL_POSITIONS, steps,
                         selects);
}

static void
assert_told (Fixture *fixture, const char *told)
{
  g_assert_cmpstr (fixture->told->str, ==, told);
  g_string_truncate (fixture->told, 0);
}

static void
test_edits (void)
{
  Fixture fixture;

  open_fixture (&fixture);
  type (&fixture, "1");
  type (&fixture, "2");
  type (&fixture, "ğ");
  assert_told (&fixture, "+●+●+●");
  eonay_window_fixture_assert_typed (fixture.row, "12ğ");

  g_signal_emit_by_name (fixture.text, "backspace");
  move (&fixture, -1, FALSE);
  type (&fixture, "x€");
  eonay_window_fixture_assert_typed (fixture.row, "1x€2");
  move (&fixture, -2, TRUE);
  g_signal_emit_by_name (fixture.text, "delete-from-cursor", GTK_DELETE_CHARS, 1);
  eonay_window_fixture_assert_typed (fixture.row, "12");
  assert_told (&fixture, "-●+●●-●●");

  eonay_typed_secret_wipe (fixture.row);
  assert_told (&fixture, "-●●");
  eonay_window_fixture_assert_typed (fixture.row, "");
  close_fixture (&fixture);
}

static void
test_takes_as_much_as_the_rules_say (void)
{
  const EonayPinState rules = { .min_length = 4, .max_length = 6, .numeric = TRUE };
  g_autofree char *long_one = g_strnfill (EONAY_SECRET_BUFFER_MAX + 10, 'x');
  Fixture fixture;

  open_fixture (&fixture);
  type (&fixture, long_one);
  g_assert_cmpuint (eonay_typed_secret_count (fixture.row), ==, EONAY_SECRET_BUFFER_MAX);
  eonay_typed_secret_wipe (fixture.row);
  g_string_truncate (fixture.told, 0);

  eonay_typed_secret_set_rules (fixture.row, &rules);
  type (&fixture, "12345678");
  assert_told (&fixture, "+●●●●●●");
  type (&fixture, "9");
  assert_told (&fixture, "");
  eonay_window_fixture_assert_typed (fixture.row, "123456");
  eonay_typed_secret_wipe (fixture.row);

  eonay_typed_secret_skip_separators (fixture.row, TRUE);
  type (&fixture, " 12-34\u00a05 6 7");
  eonay_window_fixture_assert_typed (fixture.row, "123456");
  close_fixture (&fixture);
}

/* Whoever reads the entry gets them; put back, they would be a wrong PIN. */
static void
test_refuses_bullets (void)
{
  Fixture fixture;
  int position = 0;

  open_fixture (&fixture);
  gtk_editable_insert_text (fixture.row, "●●", -1, &position);
  gtk_editable_insert_text (fixture.row, "12●", -1, &position);
  eonay_window_fixture_assert_typed (fixture.row, "");
  gtk_entry_buffer_set_text (gtk_text_get_buffer (fixture.text), "●●●", -1);
  eonay_window_fixture_assert_typed (fixture.row, "");
  assert_told (&fixture, "");
  close_fixture (&fixture);
}

static gboolean
has_typed (gpointer row)
{
  return eonay_typed_secret_count (row) > 0;
}

static void
test_pastes_a_line (void)
{
  Fixture fixture;
  GdkClipboard *clipboard;

  open_fixture (&fixture);
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture.text));
  gdk_clipboard_set_text (clipboard, "123 456\nand more");
  eonay_typed_secret_skip_separators (fixture.row, TRUE);
  g_signal_emit_by_name (fixture.text, "paste-clipboard");
  eonay_window_fixture_wait (has_typed, fixture.row);
  eonay_window_fixture_assert_typed (fixture.row, "123456");
  assert_told (&fixture, "+●●●+●●●");

  /* In the place of what is selected. */
  gdk_clipboard_set_text (clipboard, "7");
  gtk_editable_select_region (fixture.row, 1, -1);
  g_signal_emit_by_name (fixture.text, "paste-clipboard");
  while (eonay_typed_secret_count (fixture.row) != 2)
    g_main_context_iteration (NULL, TRUE);
  eonay_window_fixture_assert_typed (fixture.row, "17");
  close_fixture (&fixture);
}

/* What shows itself to GTK could be dragged out, copied, and undone. */
static void
test_shows_nothing_to_gtk (void)
{
  Fixture fixture;
  GtkInputHints hints;
  g_autofree char *method = NULL;

  open_fixture (&fixture);
  type (&fixture, "123456");
  eonay_secret_row_set_shown (EONAY_SECRET_ROW (fixture.row), TRUE);
  eonay_window_fixture_settle (fixture.window);
  g_assert_false (gtk_text_get_visibility (fixture.text));
  eonay_window_fixture_assert_typed (fixture.row, "123456");

  gtk_widget_activate_action (GTK_WIDGET (fixture.text), "text.undo", NULL);
  eonay_window_fixture_assert_typed (fixture.row, "123456");

  g_object_get (fixture.text, "input-hints", &hints, "im-module", &method, NULL);
  g_assert_true (hints & GTK_INPUT_HINT_PRIVATE);
  g_assert_cmpstr (method, ==, "gtk-im-context-simple");
  close_fixture (&fixture);
}

static GdkTexture *
draw (Fixture *fixture)
{
  GtkNative *native = gtk_widget_get_native (fixture->window);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (fixture->row));
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  /* The focus stays, and so does its cursor, at the same place. */
  g_object_set (gtk_widget_get_settings (fixture->window), "gtk-cursor-blink", FALSE, NULL);
  gtk_editable_set_position (fixture->row, 0);
  eonay_window_fixture_settle (fixture->window);
  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_to_node (snapshot);

  return gsk_renderer_render_texture (gtk_native_get_renderer (native), node, NULL);
}

static gboolean
draws_alike (GdkTexture *a, GdkTexture *b)
{
  g_autoptr (GBytes) a_file = gdk_texture_save_to_png_bytes (a);
  g_autoptr (GBytes) b_file = gdk_texture_save_to_png_bytes (b);

  return g_bytes_equal (a_file, b_file);
}

/* Hidden, two of one length look the same; shown, each looks like itself. */
static void
test_draws_what_is_shown (void)
{
  g_autoptr (GdkTexture) hidden = NULL, hidden_other = NULL, shown = NULL, shown_other = NULL;
  Fixture fixture;

  open_fixture (&fixture);
  type (&fixture, "111111");
  hidden = draw (&fixture);
  eonay_secret_row_set_shown (EONAY_SECRET_ROW (fixture.row), TRUE);
  shown = draw (&fixture);
  gtk_editable_set_text (fixture.row, "222222");
  shown_other = draw (&fixture);
  eonay_secret_row_set_shown (EONAY_SECRET_ROW (fixture.row), FALSE);
  hidden_other = draw (&fixture);

  g_assert_true (draws_alike (hidden, hidden_other));
  g_assert_false (draws_alike (shown, shown_other));
  close_fixture (&fixture);
}

static void
test_hides_when_the_focus_goes (void)
{
  Fixture fixture;
  gboolean shown;

  open_fixture (&fixture);
  type (&fixture, "123456");
  eonay_secret_row_set_shown (EONAY_SECRET_ROW (fixture.row), TRUE);
  /* To its own button. */
  gtk_widget_child_focus (fixture.window, GTK_DIR_TAB_FORWARD);
  g_object_get (fixture.row, "shown", &shown, NULL);
  g_assert_true (shown);

  gtk_window_set_focus (GTK_WINDOW (fixture.window), NULL);
  g_object_get (fixture.row, "shown", &shown, NULL);
  g_assert_false (shown);
  eonay_window_fixture_assert_typed (fixture.row, "123456");
  close_fixture (&fixture);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/app/secret-row/edits", test_edits);
  g_test_add_func ("/app/secret-row/hides-when-the-focus-goes", test_hides_when_the_focus_goes);
  g_test_add_func ("/app/secret-row/takes-as-much-as-the-rules-say",
                   test_takes_as_much_as_the_rules_say);
  g_test_add_func ("/app/secret-row/refuses-bullets", test_refuses_bullets);
  g_test_add_func ("/app/secret-row/pastes-a-line", test_pastes_a_line);
  g_test_add_func ("/app/secret-row/shows-nothing-to-gtk", test_shows_nothing_to_gtk);
  g_test_add_func ("/app/secret-row/draws-what-is-shown", test_draws_what_is_shown);

  return g_test_run ();
}
