#include <adwaita.h>

#include "app/pin/eonay-secret-buffer.h"
#include "app/pin/eonay-secret-row.h"
#include "app/pin/eonay-typed-secret.h"
#include "eonay-window-fixture.h"

/* The row for secrets alone: GTK has bullets of what is typed, and each change is the secret's. */

typedef struct {
  GtkWidget *window;
  GtkEditable *row;
  GtkText *text;
  GString *told; /* of each change, as the accessibility bus is */
} Bench;

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
open_bench (Bench *bench)
{
  GtkWidget *group = adw_preferences_group_new ();

  bench->row = g_object_new (EONAY_TYPE_SECRET_ROW, "title", "PIN", NULL);
  bench->text = GTK_TEXT (gtk_editable_get_delegate (bench->row));
  bench->told = g_string_new (NULL);
  g_signal_connect_after (bench->text, "insert-text", G_CALLBACK (inserted_cb), bench->told);
  g_signal_connect (bench->text, "delete-text", G_CALLBACK (deleted_cb), bench->told);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (bench->row));
  bench->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 360, -1);
  gtk_window_set_child (GTK_WINDOW (bench->window), group);
  gtk_window_present (GTK_WINDOW (bench->window));
  gtk_widget_grab_focus (GTK_WIDGET (bench->text));
  eonay_window_fixture_settle (bench->window);
}

static void
close_bench (Bench *bench)
{
  gtk_window_destroy (GTK_WINDOW (bench->window));
  g_string_free (bench->told, TRUE);
}

static void
type (Bench *bench, const char *characters)
{
  g_signal_emit_by_name (bench->text, "insert-at-cursor", characters);
}

static void
move (Bench *bench, int steps, gboolean selects)
{
  g_signal_emit_by_name (bench->text, "move-cursor", GTK_MOVEMENT_LOGICAL_POSITIONS, steps,
                         selects);
}

static void
assert_told (Bench *bench, const char *told)
{
  g_assert_cmpstr (bench->told->str, ==, told);
  g_string_truncate (bench->told, 0);
}

static void
test_edits (void)
{
  Bench bench;

  open_bench (&bench);
  type (&bench, "1");
  type (&bench, "2");
  type (&bench, "ğ");
  assert_told (&bench, "+●+●+●");
  eonay_window_fixture_assert_typed (bench.row, "12ğ");

  g_signal_emit_by_name (bench.text, "backspace");
  move (&bench, -1, FALSE);
  type (&bench, "x€");
  eonay_window_fixture_assert_typed (bench.row, "1x€2");
  move (&bench, -2, TRUE);
  g_signal_emit_by_name (bench.text, "delete-from-cursor", GTK_DELETE_CHARS, 1);
  eonay_window_fixture_assert_typed (bench.row, "12");
  assert_told (&bench, "-●+●●-●●");

  eonay_typed_secret_wipe (bench.row);
  assert_told (&bench, "-●●");
  eonay_window_fixture_assert_typed (bench.row, "");
  close_bench (&bench);
}

static void
test_takes_as_much_as_the_rules_say (void)
{
  const EonayPinState rules = { .min_length = 4, .max_length = 6, .numeric = TRUE };
  g_autofree char *long_one = g_strnfill (EONAY_SECRET_BUFFER_MAX + 10, 'x');
  Bench bench;

  open_bench (&bench);
  type (&bench, long_one);
  g_assert_cmpuint (eonay_typed_secret_count (bench.row), ==, EONAY_SECRET_BUFFER_MAX);
  eonay_typed_secret_wipe (bench.row);
  g_string_truncate (bench.told, 0);

  eonay_typed_secret_set_rules (bench.row, &rules);
  type (&bench, "12345678");
  assert_told (&bench, "+●●●●●●");
  type (&bench, "9");
  assert_told (&bench, "");
  eonay_window_fixture_assert_typed (bench.row, "123456");
  eonay_typed_secret_wipe (bench.row);

  eonay_typed_secret_skip_separators (bench.row, TRUE);
  type (&bench, " 12-34\u00a05 6 7");
  eonay_window_fixture_assert_typed (bench.row, "123456");
  close_bench (&bench);
}

/* Whoever reads the entry gets them; put back, they would be a wrong PIN. */
static void
test_refuses_bullets (void)
{
  Bench bench;
  int position = 0;

  open_bench (&bench);
  gtk_editable_insert_text (bench.row, "●●", -1, &position);
  gtk_editable_insert_text (bench.row, "12●", -1, &position);
  eonay_window_fixture_assert_typed (bench.row, "");
  gtk_entry_buffer_set_text (gtk_text_get_buffer (bench.text), "●●●", -1);
  eonay_window_fixture_assert_typed (bench.row, "");
  assert_told (&bench, "");
  close_bench (&bench);
}

static gboolean
has_typed (gpointer row)
{
  return eonay_typed_secret_count (row) > 0;
}

static void
test_pastes_a_line (void)
{
  Bench bench;
  GdkClipboard *clipboard;

  open_bench (&bench);
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (bench.text));
  gdk_clipboard_set_text (clipboard, "123 456\nand more");
  eonay_typed_secret_skip_separators (bench.row, TRUE);
  g_signal_emit_by_name (bench.text, "paste-clipboard");
  eonay_window_fixture_wait (has_typed, bench.row);
  eonay_window_fixture_assert_typed (bench.row, "123456");
  assert_told (&bench, "+●●●+●●●");

  /* In the place of what is selected. */
  gdk_clipboard_set_text (clipboard, "7");
  gtk_editable_select_region (bench.row, 1, -1);
  g_signal_emit_by_name (bench.text, "paste-clipboard");
  while (eonay_typed_secret_count (bench.row) != 2)
    g_main_context_iteration (NULL, TRUE);
  eonay_window_fixture_assert_typed (bench.row, "17");
  close_bench (&bench);
}

/* What shows itself to GTK could be dragged out, copied, and undone. */
static void
test_shows_nothing_to_gtk (void)
{
  Bench bench;
  GtkInputHints hints;
  g_autofree char *method = NULL;

  open_bench (&bench);
  type (&bench, "123456");
  eonay_secret_row_set_shown (EONAY_SECRET_ROW (bench.row), TRUE);
  eonay_window_fixture_settle (bench.window);
  g_assert_false (gtk_text_get_visibility (bench.text));
  eonay_window_fixture_assert_typed (bench.row, "123456");

  gtk_widget_activate_action (GTK_WIDGET (bench.text), "text.undo", NULL);
  eonay_window_fixture_assert_typed (bench.row, "123456");

  g_object_get (bench.text, "input-hints", &hints, "im-module", &method, NULL);
  g_assert_true (hints & GTK_INPUT_HINT_PRIVATE);
  g_assert_cmpstr (method, ==, "gtk-im-context-simple");
  close_bench (&bench);
}

static GdkTexture *
draw (Bench *bench)
{
  GtkNative *native = gtk_widget_get_native (bench->window);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (bench->row));
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  gtk_editable_set_position (bench->row, 0);
  gtk_window_set_focus (GTK_WINDOW (bench->window), NULL);
  eonay_window_fixture_settle (bench->window);
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
  Bench bench;

  open_bench (&bench);
  type (&bench, "111111");
  hidden = draw (&bench);
  eonay_secret_row_set_shown (EONAY_SECRET_ROW (bench.row), TRUE);
  shown = draw (&bench);
  gtk_editable_set_text (bench.row, "222222");
  shown_other = draw (&bench);
  eonay_secret_row_set_shown (EONAY_SECRET_ROW (bench.row), FALSE);
  hidden_other = draw (&bench);

  g_assert_true (draws_alike (hidden, hidden_other));
  g_assert_false (draws_alike (shown, shown_other));
  close_bench (&bench);
}

int
main (int argc, char *argv[])
{
  eonay_window_fixture_init (&argc, &argv);
  g_test_add_func ("/app/secret-row/edits", test_edits);
  g_test_add_func ("/app/secret-row/takes-as-much-as-the-rules-say",
                   test_takes_as_much_as_the_rules_say);
  g_test_add_func ("/app/secret-row/refuses-bullets", test_refuses_bullets);
  g_test_add_func ("/app/secret-row/pastes-a-line", test_pastes_a_line);
  g_test_add_func ("/app/secret-row/shows-nothing-to-gtk", test_shows_nothing_to_gtk);
  g_test_add_func ("/app/secret-row/draws-what-is-shown", test_draws_what_is_shown);

  return g_test_run ();
}
